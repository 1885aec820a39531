"""The README is held to what it says: its code runs, its tables are the registries'."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from manim import Scene, tempconfig

from render import cli
from scenes.series import SERIES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def needs(project: dict[str, Any]) -> list[str]:
    """All that is asked for, also by the extras."""
    return sum(project["optional-dependencies"].values(), project["dependencies"])


def run_block(index: int) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "readme"}
    exec(BLOCKS[index], names)
    return names


def test_the_example_of_recording_runs() -> None:
    names = run_block(0)
    assert names["walk"].outcome == "converged"
    assert names["adam"].steps == 50


def test_the_deck_it_shows_is_one() -> None:
    deck = run_block(2)["DECK"]
    assert [entry.scene.__name__ for entry in deck.entries] == ["MountainInTheFog", "SlopeUnderTheBoots"]
    assert deck.entries[1].staged()().run("right").outcome == "converged"


@pytest.mark.parametrize("name", ["Timid", "MyTalk"])
def test_the_scenes_it_shows_play(name: str, tmp_path: Path) -> None:
    small = {"pixel_width": 160, "pixel_height": 90, "frame_rate": 5, "media_dir": str(tmp_path), "verbosity": "ERROR"}
    with tempconfig({"dry_run": True, "progress_bar": "none", **small}):
        scene: Scene = run_block(1)[name]()
        scene.render()
    assert scene.time > 1


@pytest.mark.parametrize(
    "tool", ["ruff check --config pyproject.toml", "ruff format --check --config pyproject.toml", "mypy"]
)
def test_its_code_is_of_the_project_s_own_style_and_types(tool: str, tmp_path: Path) -> None:
    files = [tmp_path / f"block_{index}.py" for index in range(len(BLOCKS))]
    for file, block in zip(files, BLOCKS, strict=True):
        file.write_text(block, "utf-8")
    command = [sys.executable, "-m", *tool.split(), *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_lists_every_part_scene_command_and_package() -> None:
    for part in SERIES:
        scenes = " ".join(f"`{ref.slug}`" for ref in part.scenes) or "not made yet"
        row = f"| {part.number} {part.title} | `{part.slug}` | {part.picture} | {scenes} |"
        assert row in README, f"The README's table of parts lacks a line: put {row!r} into it"
    for command in cli.commands:
        assert f"`descent {command}" in README
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for need in needs(project):
        assert f"`{re.split(r'[^a-z0-9-]', need)[0]}`" in README


def test_its_links_lead_somewhere() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / link).exists(), link


def test_what_is_installed_is_what_the_lock_pins() -> None:
    from importlib.metadata import distributions

    lines = (ROOT / "lock.txt").read_text("utf-8").splitlines()
    pinned = dict(line.lower().replace("_", "-").split("==") for line in lines)
    assert pinned["torch"] == "2.13.0"
    installed = {
        found.metadata["Name"].lower().replace("_", "-"): found.version.split("+")[0] for found in distributions()
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for need in needs(project):
        assert re.split(r"[^a-z0-9-]", need)[0] in pinned
    # Another platform's torch may bring packages of its own; those named here are as they are pinned.
    both = pinned.keys() & installed.keys() - {"setuptools"}
    assert len(both) > 30
    assert {name: installed[name] for name in both} == {name: pinned[name] for name in both}


def test_the_command_has_one_name() -> None:
    """`render.py` is the command in a checkout alone: whoever installed the project has `descent`."""
    texts = [path for folder in ("descent_core", "scenes") for path in (ROOT / folder).rglob("*.py")]
    another_name = re.compile(rf"render\.py`* ({'|'.join(cli.commands)})\b")
    for path in (*ROOT.glob("*.md"), *texts):
        assert not another_name.search(path.read_text("utf-8")), path
