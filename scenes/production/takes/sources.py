"""Which files a scene is made of: all that it imports from the project's packages, found without importing.

Imports are read from the text, those inside functions too, because they are run sooner or later;
those that only a type checker sees are not. Names that a package hands on lazily are followed by its stub, the
``.pyi`` that `lazy_loader` reads them from. A film's own package only lists its scenes: it is no part of any of
them, but of those that import a name from it.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypeGuard

#: What a scene imports from elsewhere counts by its version, not by its text.
OURS = frozenset({"scenes", "descent_core"})
#: Functions that import what they are given the name of.
_CALLED = ("import_module", "__import__")


@dataclass(frozen=True)
class Import:
    """One import: a whole module, or (``name``) something out of it."""

    module: str
    name: str | None = None


@dataclass(frozen=True)
class Source:
    """One file, as it was when it was read."""

    module: str
    path: Path
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """Of its text."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def _tree(self) -> ast.Module:
        return _parsed(self.content)

    @property
    def package(self) -> str:
        """What its relative imports start from."""
        return self.module if self.path.name == "__init__.py" else self.module.rpartition(".")[0]

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """What it imports when it runs."""
        return _imports(self.content, self.package)

    @cached_property
    def words(self) -> int:
        """How many words it says: those in the text of its calls of ``say``."""
        return sum(
            len(constant.value.split())
            for call in ast.walk(self._tree)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "say"
            for text in call.args[:1]
            for constant in ast.walk(text)
            if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
        )

    @cached_property
    def offers(self) -> dict[str, Import]:
        """What a package hands on lazily, by name: what its stub imports."""
        try:
            stub = ast.parse(self.path.with_suffix(".pyi").read_bytes())
        except OSError:
            return {}
        return {found.name: found for node in stub.body for found in _of(node, self.package) if found.name}

    @cached_property
    def is_film(self) -> bool:
        """Whether it is a film's package, which names a ``PART``."""
        return self.path.name == "__init__.py" and any(
            isinstance(node, ast.Assign)
            and any(isinstance(name, ast.Name) and name.id == "PART" for name in node.targets)
            for node in self._tree.body
        )


class Sources:
    """Reads each file once; asked again, it gives what it read. For one run of the program.

    >>> names = Sources().reached("scenes.gradient.fog")
    >>> "scenes/parts/ground/hiker/figure.py" in names, "scenes/gradient/zero_grad.py" in names
    (True, False)
    """

    def __init__(self) -> None:
        self._read: dict[str, Source | None] = {}
        self._tops: dict[str, tuple[Path, ...]] = {}

    def reached(self, module: str, local: frozenset[str] = frozenset()) -> dict[str, Source]:
        """The files that importing ``module`` brings in from our packages, its own and ``local`` ones, by path."""
        packages = OURS | local | {module.split(".")[0]}
        found: dict[str, Source] = {}
        waiting, seen = [module], set[str]()
        while waiting:
            name = waiting.pop()
            if name in seen or name.split(".")[0] not in packages:
                continue
            seen.add(name)
            package = self.source(name.rpartition(".")[0]) if "." in name else None
            if package is not None and not package.is_film:
                waiting.append(package.module)  # a package is run before what is in it
            source = self.source(name)
            if source is not None:
                found[self._shown(source)] = source
                waiting += [target for wanted in source.imports for target in self._targets(wanted, packages)]
        return dict(sorted(found.items()))

    def source(self, module: str) -> Source | None:
        """The file of a module, if it has one."""
        if module not in self._read:
            self._read[module] = self._find(module)
        return self._read[module]

    def _targets(self, wanted: Import, packages: frozenset[str]) -> Iterator[str]:
        """The modules that an import runs; of lazy packages, those that it asks for."""
        if wanted.module.split(".")[0] not in packages:
            return
        source = self.source(wanted.module)
        submodule = wanted.name and wanted.name != "*" and self.source(f"{wanted.module}.{wanted.name}")
        if not (submodule and source and source.is_film):
            yield wanted.module
        offers = source.offers if source else {}
        if wanted.name and wanted.name != "*":
            if submodule:
                yield from self._targets(Import(f"{wanted.module}.{wanted.name}"), packages)
            elif wanted.name in offers:
                yield from self._targets(offers[wanted.name], packages)
        else:  # any of its names may be used
            for offered in offers.values():
                yield from self._targets(offered, packages)

    def _find(self, module: str) -> Source | None:
        top, *below = module.split(".")
        if top not in self._tops:
            spec = find_spec(top)  # of a top-level name: imports nothing
            folders = list(spec.submodule_search_locations or []) if spec else []
            if spec and not folders and spec.origin:
                return self._load(module, Path(spec.origin)) if not below else None
            self._tops[top] = tuple(Path(folder) for folder in folders)
        for top_folder in self._tops[top]:
            folder = top_folder.joinpath(*below)
            for path in (folder / "__init__.py", *([folder.with_suffix(".py")] if below else [])):
                source = self._load(module, path)
                if source is not None:
                    return source
        return None

    def _load(self, module: str, path: Path) -> Source | None:
        try:
            return Source(module, path, path.read_bytes())
        except OSError:
            return None

    def _shown(self, source: Source) -> str:
        """As people name it: by its path from the folder that the packages are in."""
        levels = source.module.count(".") + (source.path.name == "__init__.py")
        return "/".join(source.path.parts[-levels - 1 :])


def _for_checker(node: ast.AST) -> TypeGuard[ast.If]:
    """Whether it is ``if TYPE_CHECKING:``."""
    if not isinstance(node, ast.If):
        return False
    test = node.test
    return (test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")) == "TYPE_CHECKING"


@lru_cache(maxsize=1024)
def _parsed(content: bytes) -> ast.Module:
    try:
        return ast.parse(content)
    except (SyntaxError, ValueError):  # it will fail when it is drawn, and say so better
        return ast.Module([], [])


@lru_cache(maxsize=1024)
def _imports(content: bytes, package: str) -> tuple[Import, ...]:
    """What a text imports when it runs. Cached, as scenes share most of their files and each is asked for twice."""
    # Imports are statements. Only where one may be called by name are expressions, the most of a text, looked at.
    calls = any(name.encode() in content for name in _CALLED)
    found: list[Import] = []
    waiting: list[ast.AST] = [_parsed(content)]
    while waiting:
        node = waiting.pop()
        found += _of(node, package)
        children = node.orelse if _for_checker(node) else ast.iter_child_nodes(node)
        waiting += [child for child in children if calls or not isinstance(child, ast.expr)]
    return tuple(found)


def _of(node: ast.AST, package: str) -> Iterator[Import]:
    """What one node imports into a package."""
    if isinstance(node, ast.Import):
        yield from (Import(alias.name) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            start = package.split(".")
            start = start[: len(start) - node.level + 1]
            base = ".".join([*start, base] if base else start)
        yield from (Import(base, alias.name) for alias in node.names)
    elif isinstance(node, ast.Call) and node.args:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        named = node.args[0]
        if called in _CALLED and isinstance(named, ast.Constant):
            yield Import(str(named.value))
