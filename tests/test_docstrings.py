"""What docstrings and comments refer to is there, what is public is described, and nothing grows too large."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = sorted([ROOT / "render.py", *(ROOT / "descent_core").rglob("*.py"), *(ROOT / "scenes").rglob("*.py")])
#: The most lines of a file, and the most modules of a folder beside its ``__init__``.
LINES, MODULES = 400, 14
#: A name in single backticks, perhaps with dots, or brackets behind it.
REFERENCE = re.compile(r"(?<!`)`([A-Za-z_][\w.]*)(?:\(\))?`(?!`)")
#: What may be referred to without being defined here: other packages, and what Python brings.
ELSEWHERE = re.compile(
    r"(lazy_loader|platformdirs|rich|(torch|manim|numpy|dataclasses)\.[\w.]+|(Type|Value|Key|OS|Attribute|Runtime|FileNotFound)Error)$"
)


@dataclass
class Module:
    """What a file defines: names at its top, and the attributes of its classes, instance attributes too."""

    name: str
    names: set[str] = field(default_factory=set)
    classes: dict[str, set[str]] = field(default_factory=dict)
    bases: dict[str, list[str]] = field(default_factory=dict)
    parameters: set[str] = field(default_factory=set)


def dotted(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def assigned(node: ast.AST) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}


def read(file: Path) -> Module:
    tree = ast.parse(file.read_text("utf-8"))
    found = Module(dotted(file))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        if isinstance(node, ast.FunctionDef):
            every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            found.parameters |= {argument.arg for argument in every}
        if isinstance(node, ast.ClassDef):
            attributes: set[str] = set()
            for part in ast.walk(node):
                if isinstance(part, ast.FunctionDef | ast.ClassDef):
                    attributes.add(part.name)
                elif isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store):
                    attributes.add(part.attr)
                attributes |= assigned(part)
            found.classes[node.name] = attributes
            found.bases[node.name] = [
                base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "") for base in node.bases
            ]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.names.add(node.name)
        found.names |= assigned(node)
    return found


@cache
def index() -> dict[str, Module]:
    return {module.name: module for module in map(read, FILES)}


@cache
def everywhere() -> tuple[set[str], dict[str, set[str]]]:
    """All names that are defined at the top of a module, and the attributes of all classes, those of bases too."""
    names = {name for module in index().values() for name in module.names}
    classes: dict[str, set[str]] = {}
    bases: dict[str, list[str]] = {}
    for module in index().values():
        for name, attributes in module.classes.items():
            classes.setdefault(name, set()).update(attributes)
            bases.setdefault(name, []).extend(module.bases[name])
    for name in classes:
        waiting = list(bases[name])
        while waiting:
            base = waiting.pop()
            if base in classes:
                classes[name] |= classes[base]
                waiting += [other for other in bases[base] if other != base]
    return names, classes


@cache
def handed_on() -> set[str]:
    """The public names of packages, which their stubs list."""
    found = set()
    for stub in [*(ROOT / "descent_core").rglob("*.pyi"), *(ROOT / "scenes").rglob("*.pyi")]:
        package = ".".join(stub.parent.relative_to(ROOT).parts)
        for node in ast.parse(stub.read_text("utf-8")).body:
            found |= {f"{package}.{alias.name}" for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
    return found


def resolves(reference: str, module: Module) -> bool:
    names, classes = everywhere()
    if ELSEWHERE.match(reference):
        return True
    if "." not in reference:
        if reference in index():
            return True
        own = {attribute for attributes in module.classes.values() for attribute in attributes}
        inherited = {attribute for name in module.classes for attribute in classes[name]}
        return reference in module.names | own | inherited | module.parameters | names
    if reference in index():
        return True
    if reference in handed_on():
        return True
    head, _, last = reference.rpartition(".")
    if head in index():
        return last in index()[head].names or f"{reference}" in index()
    package, _, owner = head.rpartition(".")
    if package and package in index():
        return last in classes.get(owner, set())
    return last in classes.get(head, set()) or any(
        name.rsplit(".", 1)[-1] == head and last in found.names for name, found in index().items()
    )


def texts(file: Path) -> list[tuple[int, str]]:
    """The docstrings and comments of a file, with their first lines."""
    source = file.read_text("utf-8")
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (
            text := ast.get_docstring(node, clean=False)
        ):
            found.append((node.body[0].lineno, text))
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            found.append((token.start[0], token.string))
    return found


def test_what_they_refer_to_is_there() -> None:
    missing = [
        f"{file.relative_to(ROOT)}:{line}: `{reference}`"
        for file in FILES
        for line, text in texts(file)
        for reference in REFERENCE.findall(text)
        if not resolves(reference, index()[dotted(file)])
    ]
    assert len(missing) == 0, "refers to what is not there:\n" + "\n".join(missing)


def test_a_reference_to_nothing_is_found() -> None:
    module = index()["scenes.production.takes.worker"]
    assert resolves("_LogLines", module)
    assert resolves("scenes.production.takes.worker.run_job", module)
    assert not resolves("_end_with_the_parent", module)
    assert not resolves("scenes.production.takes.worker.serve", module)
    assert not resolves("Take.heard", module)


def test_what_is_public_is_described() -> None:
    # Update rules, scorecards, and how coefficients start, are shown on screen as they stand; click takes its help from
    # elsewhere.
    shown = {"step", "step_without_zero", "print_gradient", "init_coeffs", "score", "count_hits", "cli"}
    silent = []
    for file in FILES:
        tree = ast.parse(file.read_text("utf-8"))
        defined = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        public = [node for node in defined if not node.name.startswith("_")]
        described = {node.name for node in public if ast.get_docstring(node)} | shown  # one overload is enough
        silent += [f"{file.relative_to(ROOT)}: {node.name}" for node in public if node.name not in described]
        silent += [] if ast.get_docstring(tree) else [f"{file.relative_to(ROOT)}: the module"]
    assert not silent


def test_no_file_and_no_folder_is_too_large() -> None:
    tests = sorted((ROOT / "tests").rglob("*.py"))
    long = {
        str(file.relative_to(ROOT)): count
        for file in [*FILES, *tests]
        if (count := file.read_text("utf-8").count("\n")) > LINES
    }
    assert not long
    folders = {file.parent for file in FILES}
    full = {
        str(folder.relative_to(ROOT)): count
        for folder in folders
        if (count := len(list(folder.glob("[!_]*.py")))) > MODULES
    }
    assert not full
