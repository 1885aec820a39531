"""The wheel: what is in it, and that it works without the checkout, from any folder."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Callable
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import numpy as np
import pytest
from packaging.requirements import Requirement
from PIL import Image

ROOT = Path(__file__).parent.parent
PACKAGES = ("descent_core", "scenes")
#: What lies among the code and is not installed: the picture at the head of the README.
LEFT_OUT = {"scenes/gradient/still.jpg"}

LOSSES = '''
def bowl(c):
    """Two knobs, one minimum."""
    return (c**2).sum()
'''
TALK = """
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.talk import Deck


class Hello(ExplainerScene):
    def construct(self):
        self.beat("hello")
        with self.say("Hello."):
            self.enter(words("Hello"))


DECK = Deck("Hello").add(Hello)
"""


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files(root: Path) -> set[str]:
    """The files below a folder, without what Python and numba compiled."""
    every = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(root)) for path in every}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built of a copy, because a build leaves its folders where it is made; without network."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for package in (*PACKAGES, "tests/scenes/narration"):
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "render.py"):
        shutil.copy2(ROOT / name, source / name)
    pip = (sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--quiet")
    run(*pip, "--wheel-dir", folder / "built", source, cwd=folder)
    (built,) = (folder / "built").iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Runs a program of an environment that has the wheel, and what the wheel needs, but not the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    programs = folder / "venv" / "bin"
    pip = (
        sys.executable,
        "-m",
        "pip",
        "--python",
        programs / "python",
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
    )
    run(*pip, wheel, cwd=folder)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(run(programs / "python", "-c", where, cwd=folder).strip())
    # The packages that the tests run with. A path in a .pth file is only searched: the .pth files in it, of which one
    # would find the checkout, are not read.
    (site / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (folder / "home").mkdir()
    ours = ("DESCENT_", "PYTHON", "XDG_", "PYTEST_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environment |= {"HOME": str(folder / "home"), "XDG_CACHE_HOME": str(folder / "home" / ".cache")}
    # What Python and numba compile is looked at too: pip has compiled Python's, and numba's goes into the user's cache.
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}

    def program(name: str, *arguments: str, cwd: Path) -> str:
        output = run(programs / name, *arguments, cwd=cwd, env=environment)
        assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before
        return output

    return program


@pytest.mark.slow
def test_it_has_all_code_and_data_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = next(name for name in names if name.endswith("/METADATA"))
        described = archive.read(metadata).decode()
    ours = {f"{package}/{name}" for package in PACKAGES for name in files(ROOT / package)} - LEFT_OUT
    assert {name for name in names if ".dist-info/" not in name} == ours
    assert {"descent_core/py.typed", "descent_core/__init__.pyi", "scenes/talk/__init__.pyi"} <= ours
    assert any(name.startswith("scenes/production/web/assets/") for name in ours)
    assert "License-Expression: MIT" in described
    assert "Requires-Dist: torch" in described


@pytest.mark.slow
def test_the_command_works_from_any_folder(installed: Callable[..., str], tmp_path: Path) -> None:
    for module in PACKAGES:
        found = installed("python", "-c", f"import {module}; print({module}.__file__)", cwd=tmp_path)
        assert "site-packages" in found
        assert not Path(found).is_relative_to(ROOT)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert installed("descent", "--version", cwd=tmp_path) == f"descent-films {version}\n"
    assert "step-size" in installed("descent", "list", cwd=tmp_path)


@pytest.mark.slow
def test_it_makes_a_still_of_a_loss_of_ones_own(installed: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "losses.py").write_text(LOSSES)
    start = ("--start", "2,1", "--lr", "0.2", "--steps", "8")
    installed("descent", "explore", "losses.py:bowl", *start, "--still", "-q", "draft", cwd=tmp_path)
    assert files(tmp_path) == {"losses.py", "films/explore-losses-bowl.png"}
    with Image.open(tmp_path / "films" / "explore-losses-bowl.png") as picture:
        assert picture.size == (854, 480)
        assert len(np.unique(np.asarray(picture.convert("L")))) > 50


@pytest.mark.slow
def test_it_makes_a_talk_of_ones_own(installed: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "hello.py").write_text(TALK)
    installed("descent", "talk", "hello.py", "-q", "draft", "--quiet", cwd=tmp_path)
    assert {name.split("/")[0] for name in files(tmp_path)} == {"hello.py", "talks"}
    page = (tmp_path / "talks" / "hello" / "talk.html").read_text("utf-8")
    needed = {Path(found) for found in re.findall(r'"(talk_files/[^"]+)"', page)}
    assert any(file.suffix == ".mp4" for file in needed)
    assert all((tmp_path / "talks" / "hello" / file).is_file() for file in needed)


@pytest.mark.slow
def test_it_makes_a_film(installed: Callable[..., str], tmp_path: Path) -> None:
    """The shortest there is: of a loss of one's own."""
    (tmp_path / "losses.py").write_text(LOSSES)
    start = ("--start", "2,1", "--lr", "0.2", "--steps", "2", "--voice", "none", "--quiet")
    installed("descent", "explore", "losses.py:bowl", *start, "-q", "draft", cwd=tmp_path)
    assert (tmp_path / "films" / "explore-losses-bowl" / "film.mp4").stat().st_size > 10_000
    assert (tmp_path / "films" / "explore-losses-bowl" / "index.html").exists()


@pytest.mark.slow
def test_it_has_no_checkout_to_write_a_new_film_into(installed: Callable[..., str], tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"(?s)An\s+installed\s+package\s+has\s+nothing\s+to\s+write\s+into"):
        installed("descent", "new-part", "tensors", cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


def imported(file: Path) -> set[str]:
    """The packages that a file imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    of = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.split(".")[0] for name in plain | of}


def test_every_package_that_is_imported_is_asked_for() -> None:
    """In a clean environment there is what the project asks for, and what these packages ask for in turn."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    needs = [Requirement(need) for need in (*project["dependencies"], *extras["piper"], *extras["slides"])]
    there = {_name(need.name) for need in needs}
    for need in needs:
        for extra in need.extras or {""}:
            brought = map(Requirement, requires(need.name) or ())
            there |= {
                _name(other.name) for other in brought if not other.marker or other.marker.evaluate({"extra": extra})
            }
    homes = packages_distributions()
    third_party = {
        name: file
        for package in PACKAGES
        for file in (ROOT / package).rglob("*.py")
        for name in imported(file) - sys.stdlib_module_names - {*PACKAGES}
    }
    assert len(third_party) > 15
    missing = {
        name: file.relative_to(ROOT)
        for name, file in third_party.items()
        if not {_name(home) for home in homes.get(name, [name])} & there
    }
    assert not missing


def _name(package: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", package.lower())
