"""What code made a recording: a hash of its text, found without importing it.

Of a module with many definitions, such as a film's catalogue, only one definition and what it uses of the same
module count: an edit to one loss does not make the recordings of another stale.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def fingerprint(texts: Iterable[str]) -> str:
    """Sixteen hexadecimal digits for texts in an order."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(hashlib.sha256(text.encode()).digest())
    return digest.hexdigest()[:16]


@cache
def module_text(module: str) -> str:
    """The source text of a module, by its whole name. Its package is imported, the module itself is not."""
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"no source text of {module}")
    return Path(spec.origin).read_text("utf-8")


def function_text(function: Any) -> str:
    """The definition of a function, or of a partial of one with its arguments, and all that it uses of its module."""
    if isinstance(function, partial):
        return f"{function_text(function.func)}\n{function.args!r} {function.keywords!r}"
    return definition_text(function.__module__, function.__name__)


@cache
def definition_text(module: str, name: str) -> str:
    """The source text of one definition of a module, and of the definitions of that module that it uses, sorted.

    Raises
    ------
    KeyError
        The module has no such definition at its top level.

    >>> text = definition_text("descent_core.catalogue.gradient", "clear_radio")
    >>> "def radio(" in text, "def bowl(" in text  # the one calls the other
    (True, False)
    """
    source = module_text(module)
    tree = ast.parse(source)
    definitions = {defined: node for node in tree.body for defined in _defined(node)}
    found: dict[str, str] = {}
    waiting = [name]
    while waiting:
        wanted = waiting.pop()
        if wanted in found:
            continue
        if wanted not in definitions:
            raise KeyError(f"{module} defines no {wanted!r}")
        found[wanted] = ast.get_source_segment(source, definitions[wanted]) or ""
        used = {node.id for node in ast.walk(definitions[wanted]) if isinstance(node, ast.Name)}
        waiting += sorted(used & definitions.keys())
    return "\n".join(found[key] for key in sorted(found))


def _defined(node: ast.stmt) -> list[str]:
    """The names that a statement at the top of a module defines."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
