"""What code made a recording: a hash of its text, found without importing it.

Of a module with many definitions, such as a film's catalogue, only one definition and what it uses count:
an edit to one loss does not make the recordings of another stale.
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
    """The source text of one definition of a module, and of the definitions that it uses, in the order of their names.

    What it uses is looked up in its own module, and in those that it imports names from with
    ``from descent_core.… import …``; a change anywhere else goes unnoticed.

    Raises
    ------
    KeyError
        A module has no such definition at its top level.

    >>> text = definition_text("descent_core.catalogue.gradient", "clear_radio")
    >>> "def radio(" in text, "def bowl(" in text  # clear_radio calls radio
    (True, False)
    """
    found: dict[tuple[str, str], str] = {}
    waiting = [(module, name)]
    while waiting:
        wanted = waiting.pop()
        if wanted in found:
            continue
        definitions, imports = _names(wanted[0])
        if wanted[1] not in definitions:
            raise KeyError(f"{wanted[0]} defines no {wanted[1]!r}: import it from the module that does")
        node = definitions[wanted[1]]
        found[wanted] = ast.get_source_segment(module_text(wanted[0]), node) or ""
        used = {child.id for child in ast.walk(node) if isinstance(child, ast.Name)}
        waiting += [(wanted[0], other) for other in sorted(used & definitions.keys())]
        waiting += [imports[other] for other in sorted(used & imports.keys() - definitions.keys())]
    return "\n".join(found[key] for key in sorted(found))


def _names(module: str) -> tuple[dict[str, ast.stmt], dict[str, tuple[str, str]]]:
    """What a module defines at its top, and what it imports from this package: the module and the name there."""
    tree = ast.parse(module_text(module))
    definitions = {defined: node for node in tree.body for defined in _defined(node)}
    imports = {
        alias.asname or alias.name: (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("descent_core.")
        for alias in node.names
    }
    return definitions, imports


def _defined(node: ast.stmt) -> list[str]:
    """The names that a statement at the top of a module defines."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [child.id for target in targets for child in ast.walk(target) if isinstance(child, ast.Name)]
