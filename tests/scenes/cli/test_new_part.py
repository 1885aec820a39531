"""``descent new-part``: what it writes stands from the first minute, and it writes nothing or all."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from descent_core.recordings import archive
from scenes.cli import new_part
from scenes.cli.main import cli
from scenes.cli.new_part import appended, outlines, skeleton, with_film_layer, write
from scenes.outline import OUTLINES, Outline

ROOT = Path(__file__).parents[3]
#: A film that the outline has and nobody has begun.
PLANNED = Outline(len(OUTLINES) + 1, "planned", "A planned film", "a blank page")


def plan(root: Path) -> None:
    """Announce the planned film in the outline of a checkout."""
    outline = root / "scenes" / "outline.py"
    outline.write_text(appended(outline.read_text("utf-8"), PLANNED), "utf-8")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As much of a checkout as the command reads."""
    root = tmp_path / "checkout"
    for name in ("pyproject.toml", "scenes/outline.py", "scenes/theme.py", "scenes/gradient/__init__.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, root / name)
    for name in ("specs.py", "gradient.py"):
        (root / "descent_core" / "catalogue").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "descent_core" / "catalogue" / name, root / "descent_core" / "catalogue" / name)
    return root


def content(root: Path) -> dict[str, bytes | None]:
    """All files of a folder, and its folders."""
    return {str(path.relative_to(root)): path.read_bytes() if path.is_file() else None for path in root.rglob("*")}


def run(folder: Path, *arguments: str, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.chdir(folder)
    return CliRunner().invoke(cli, ["new-part", *arguments], prog_name="descent")


def test_a_film_of_the_outline_keeps_its_number_title_and_picture(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = PLANNED
    plan(checkout)
    before = content(checkout)
    # From any folder of the checkout.
    answer = run(checkout / "descent_core" / "catalogue", film.slug, monkeypatch=monkeypatch)
    assert answer.exit_code == 0, answer.output
    after = content(checkout)
    files = {
        f"descent_core/catalogue/{film.package}.py",
        f"scenes/{film.package}/__init__.py",
        f"scenes/{film.package}/first_steps.py",
        f"tests/descent_core/catalogue/test_{film.package}.py",
    }
    folders = {f"scenes/{film.package}", "tests", "tests/descent_core", "tests/descent_core/catalogue"}
    assert after.keys() - before.keys() == files | folders
    assert {name for name in before if after[name] != before[name]} == {"pyproject.toml"}
    for name in files:
        text = (checkout / name).read_text("utf-8")
        ast.parse(text)
        assert "{{" not in text
        assert name in answer.output
    assert f"Part {film.number}, {film.title}:" in (checkout / f"scenes/{film.package}/__init__.py").read_text("utf-8")
    commands = answer.output.split("Next, in this order:\n")[1].splitlines()
    assert [line.split()[:2] for line in commands] == [["descent", "film"], ["python", "-m"], ["descent", "sheet"]]


def test_a_new_film_is_appended_to_the_outline(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = run(checkout, "drop-out", "--title", "It's out", monkeypatch=monkeypatch)
    assert answer.exit_code == 0, answer.output
    text = (checkout / "scenes/outline.py").read_text("utf-8")
    assert outlines(text) == [
        *OUTLINES,
        Outline(len(OUTLINES) + 1, "drop-out", "It's out", new_part._PICTURE),
    ]
    # One line more, and no other changed.
    old = (ROOT / "scenes/outline.py").read_text("utf-8").splitlines()
    added = [line for line in text.splitlines() if line not in old]
    assert len(added) == 1
    assert [line for line in text.splitlines() if line != added[0]] == old
    assert (checkout / "scenes/drop_out/__init__.py").is_file()
    # And it is one of the outline from now on.
    again = run(checkout, "drop-out", monkeypatch=monkeypatch)
    assert again.exit_code == 2
    assert "is made already: it is in scenes/drop_out" in " ".join(again.output.split())


def test_a_long_film_is_formatted_as_ruff_would(checkout: Path) -> None:
    text = (checkout / "scenes/outline.py").read_text("utf-8")
    for length in (10, 40, 50):
        text = appended(text, Outline(9, "a-slug-of-20-letters", "t" * length, "p" * length))
    (checkout / "scenes/outline.py").write_text(text, "utf-8")
    ruff = [sys.executable, "-m", "ruff", "format", "--check", "scenes/outline.py"]
    subprocess.run(ruff, cwd=checkout, check=True, capture_output=True)


@pytest.mark.parametrize(
    "slug", ["Tensors", "two words", "under_score", "4th", "-x", "x-", "a--b", "for", "../up", "", "a" * 21, "ü"]
)
def test_a_slug_that_is_none_is_refused(slug: str, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(checkout)
    answer = run(checkout, "--", slug, monkeypatch=monkeypatch)
    assert answer.exit_code == 2
    assert f"{slug!r} is no slug" in answer.output
    assert "such as training-loop" in " ".join(answer.output.split())
    assert content(checkout) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("gradient",), "Part 4, 'gradient', is made already: it is in scenes/gradient"),
        (("tensors", "--title", "Arrays"), "has its title and its picture in scenes/outline.py: 'Tensors'"),
        (("theme",), "this is there already: scenes/theme.py"),  # a folder would hide the module
        (("specs",), "this is there already: descent_core/catalogue/specs.py"),
        (("new", "--title", "x" * 51), "take 1 to 50 characters"),
        (("new", "--picture", 'a """ quote'), "cannot be a picture"),
        (("new", "--title", " "), "cannot be a title"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_written(
    arguments: Sequence[str], message: str, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(checkout)
    answer = run(checkout, *arguments, monkeypatch=monkeypatch)
    assert answer.exit_code == 2
    assert message in " ".join(answer.output.split())
    assert content(checkout) == before


@pytest.mark.parametrize(
    "name",
    [
        "scenes/new",
        "scenes/new.py",
        "descent_core/catalogue/new.py",
        "descent_core/catalogue/new",
        "tests/descent_core/catalogue/test_new.py",
    ],
)
def test_nothing_is_overwritten(name: str, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (checkout / name).parent.mkdir(parents=True, exist_ok=True)
    (checkout / name).write_text("mine")
    before = content(checkout)
    answer = run(checkout, "new", monkeypatch=monkeypatch)
    assert answer.exit_code == 2
    assert f"this is there already: {name}" in " ".join(answer.output.split())
    assert content(checkout) == before


@pytest.mark.parametrize("project", [None, '[project]\nname = "another"\n', "no toml ["])
def test_outside_of_a_checkout_it_says_so(project: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes" / "outline.py").write_text("OUTLINES = ()\n")
    if project is not None:
        (tmp_path / "pyproject.toml").write_text(project)
    before = content(tmp_path)
    answer = run(tmp_path, "tensors", monkeypatch=monkeypatch)
    assert answer.exit_code == 1
    assert "an installed package has nothing to write into" in answer.output.lower()
    assert str(tmp_path) in answer.output
    assert content(tmp_path) == before


@pytest.mark.parametrize("failing", range(6))
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_all_as_it_was(
    failing: int, error: BaseException, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four files are written and two replaced: at each of them in turn the disk is full, or somebody stops it."""
    made = skeleton(checkout, "new")
    assert len(made.new) + len(made.edited) == 6
    before = content(checkout)
    count = 0

    def step(*_: object) -> None:
        nonlocal count
        count += 1
        if count == failing + 1:
            raise error

    with monkeypatch.context() as patched:
        opened, replace = Path.open, archive.write_atomically
        patched.setattr(archive, "write_atomically", lambda path, content: (step(), replace(path, content)))
        patched.setattr(
            Path, "open", lambda path, mode="r", **options: (mode == "x" and step(), opened(path, mode, **options))[1]
        )
        with pytest.raises(click.ClickException if isinstance(error, OSError) else KeyboardInterrupt) as raised:
            write(checkout, made)
    assert count > failing
    assert content(checkout) == before
    if isinstance(error, OSError):
        assert "No space left on device. The checkout is as it was before." in str(raised.value)


def test_what_cannot_be_edited_is_left_alone(checkout: Path) -> None:
    film = Outline(6, "new", "New", "a new picture")
    for text, message in [
        ("FILMS = ()\n", "no OUTLINES"),
        ('OUTLINES = (Outline(7, "x", "X", "a cross"),)\n', "by hand"),
    ]:
        with pytest.raises(click.ClickException, match=message):
            appended(text, film)
    with pytest.raises(click.ClickException, match="was not found"):
        with_film_layer('layers = ["gradient | explore"]', "new")
    layers = '    "gradient | (loss) | explore",\n'
    assert with_film_layer(layers, "loss") == layers


@pytest.mark.slow
def test_the_skeleton_renders_and_holds_its_claims(tmp_path: Path) -> None:
    """In a copy of the checkout, for a film of the outline and a new one: film, claims, checks, import contracts."""
    copy = tmp_path / "copy"
    for name in ("descent_core", "scenes", "tests/descent_core/catalogue"):
        shutil.copytree(ROOT / name, copy / name)  # with what numba compiled, by the times of the files
    for name in ("pyproject.toml", "render.py", "README.md", "tests/conftest.py"):
        shutil.copy2(ROOT / name, copy / name)
    environment = {**os.environ, "PYTHONPATH": str(copy)}

    def python(*line: str) -> str:
        done = subprocess.run([sys.executable, *line], cwd=copy, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    planned = PLANNED.slug
    plan(copy)
    told = python("render.py", "new-part", planned)
    told += python("render.py", "new-part", "drop-out", "--picture", "a crew with some asleep")
    files = [name for action, name in re.findall(r"^(wrote|edited) +(\S+\.py)$", told, re.MULTILINE)]
    assert len(files) == 4 + 5
    listed = python("render.py", "list")
    for slug in (planned, "drop-out"):
        assert "first-steps" in listed.split(f"  {slug} ")[1].splitlines()[1]

    python("render.py", "film", planned, "drop-out", "-q", "draft", "--voice", "none", "--quiet", "-o", "films")
    films = list((copy / "films").glob("*/film.mp4"))
    assert len(films) == 2
    assert all(film.stat().st_size > 10_000 for film in films)
    claims = [name for name in files if name.startswith("tests")]
    assert "6 passed" in python("-m", "pytest", "-q", *claims)
    assert "No faults" in python("render.py", "check", planned)
    python("-m", "ruff", "check", *files)
    python("-m", "ruff", "format", "--check", *files)
    python("-m", "mypy", "--follow-imports=silent", *(name for name in files if name not in claims))
    python("-c", "from importlinter.cli import lint_imports_command as lint; lint()")
