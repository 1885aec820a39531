"""The one-way flow, by the contracts in ``pyproject.toml``; and what is light stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: What is imported before it is known whether anything is to be trained or drawn.
LIGHT = [
    "descent_core",
    "descent_core.catalogue",
    "descent_core.catalogue.gradient",
    "descent_core.counted",
    "descent_core.errors",
    "descent_core.fingerprints",
    "descent_core.folders",
    "descent_core.library",
    "descent_core.explore.height_map",
    "descent_core.explore.plane",
    "descent_core.explore.region",
    "descent_core.explore.summary",
    "descent_core.explore.verdict",
    "descent_core.recordings.archive",
    "descent_core.recordings.landscape",
    "descent_core.recordings.listing",
    "descent_core.recordings.outcome",
    "descent_core.recordings.text_formats",
    "descent_core.recordings.trajectory",
    "descent_core.round_numbers",
    "descent_core.suggestions",
    "render",
    "scenes",
    "scenes.cli.main",
    "scenes.engine.terrain.baked_terrain",
    "scenes.explore.film",
    "scenes.gradient",
    "scenes.narration.captions",
    "scenes.narration.chapters",
    "scenes.narration.cues",
    "scenes.narration.narrator",
    "scenes.narration.transcript",
    "scenes.outline",
    "scenes.part",
    "scenes.parts",
    "scenes.production.format",
    "scenes.production.sound.mix",
    "scenes.production.takes.cache",
    "scenes.production.takes.key",
    "scenes.production.takes.pool",
    "scenes.production.takes.progress",
    "scenes.production.takes.sources",
    "scenes.production.takes.take",
    "scenes.production.takes.worker",
    "scenes.production.web.film_page",
    "scenes.production.web.front_page",
    "scenes.series",
    "scenes.talk",
    "scenes.talk.slides",
    "scenes.theme",
]


def heavy_after(code: str) -> list[str]:
    check = f"{code}\nimport sys\nprint([m for m in ('torch', 'manim') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, cwd=ROOT)
    return list(ast.literal_eval(done.stdout))


def test_light_modules_bring_neither_torch_nor_manim() -> None:
    # One after another in one process: the first that brings either is named.
    code = (
        "import importlib, sys\n"
        f"for name in {LIGHT!r}:\n"
        "    importlib.import_module(name)\n"
        "    heavy = [m for m in ('torch', 'manim') if m in sys.modules]\n"
        "    assert not heavy, f'{name} brings {heavy}'\n"
    )
    assert heavy_after(code) == []


def test_the_contracts_of_the_layers_are_kept() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_the_public_names_are_handed_on_when_asked_for() -> None:
    assert heavy_after("from descent_core import Trajectory, Landscape, RUNS") == []
    assert heavy_after("from descent_core import record, Trajectory, Landscape, RUNS; assert callable(record)") == [
        "torch"
    ]
    # Whichever module was imported first, the name is the function and not the module.
    assert heavy_after("import descent_core.training.recorder; from descent_core import record; record.__code__") == [
        "torch"
    ]


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    import descent_core

    with pytest.raises(AttributeError, match="nothing"):
        _ = descent_core.nothing
    assert all(hasattr(descent_core, name) for name in descent_core.__all__)
