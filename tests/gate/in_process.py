"""An edit without a copy of the checkout: what it changes is changed in the modules that are loaded, for a while.

For tests, which can't wait until manim is imported once more. What an edit may change is the code of functions and of
methods, and constants that are numbers, texts or tuples of them.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

from tests.gate.edit import Edit, EditError

ROOT = Path(__file__).resolve().parents[2]
_PLAIN = (int, float, str, tuple)


@contextmanager
def planted(edit: Edit) -> Iterator[None]:
    """Make an edit, while the block runs.

    Raises
    ------
    EditError
        It cannot be made, or it changes nothing that can be changed so.
    """
    module = importlib.import_module(edit.file.removesuffix(".py").replace("/", "."))
    edited = ModuleType(module.__name__)
    edited.__dict__.update(__file__=module.__file__, __package__=module.__package__)
    source = edit.applied((ROOT / edit.file).read_text("utf-8"))
    exec(compile(source, edit.file, "exec"), edited.__dict__)
    with pytest.MonkeyPatch.context() as patch:
        changes = list(_changes(module, edited, module))
        if not changes:
            raise EditError(f"{edit.name}: nothing that it changes can be changed in a module that is loaded")
        for owner, name, value in changes:
            patch.setattr(owner, name, value)
        yield


def _changes(module: ModuleType, edited: Any, own: Any) -> Iterator[tuple[Any, str, Any]]:
    """What is other in a module or class than in its edited one: where, its name, and the new value."""
    for name, new in list(vars(edited).items()):
        old = vars(own).get(name)
        if isinstance(old, type) and isinstance(new, type) and old.__module__ == module.__name__:
            yield from _changes(module, new, old)
        elif isinstance(old, property) and isinstance(new, property):
            if _differ(old.fget.__code__, new.fget.__code__):
                yield own, name, property(_moved(new.fget, old.fget))
        elif isinstance(old, FunctionType) and isinstance(new, FunctionType):
            if old.__module__ == module.__name__ and _differ(old.__code__, new.__code__):
                yield own, name, _moved(new, old)
        elif isinstance(old, _PLAIN) and isinstance(new, _PLAIN) and not name.startswith("__") and old != new:
            yield own, name, new


def _moved(new: FunctionType, old: FunctionType) -> FunctionType:
    """A function that sees the names that the old one does."""
    moved = FunctionType(new.__code__, old.__globals__, new.__name__, new.__defaults__, old.__closure__)
    moved.__kwdefaults__ = new.__kwdefaults__
    return moved


def _differ(old: CodeType, new: CodeType) -> bool:
    """Whether two functions do other things: where their lines stand counts for nothing."""
    if (old.co_code, old.co_names, len(old.co_consts)) != (new.co_code, new.co_names, len(new.co_consts)):
        return True
    return any(
        _differ(one, other) if isinstance(one, CodeType) and isinstance(other, CodeType) else one != other
        for one, other in zip(old.co_consts, new.co_consts, strict=True)
    )
