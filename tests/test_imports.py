"""The one-way flow: descent_core, then scenes, then render. And light modules stay light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LIGHT = [
    "descent_core",
    "descent_core.recordings.archive",
    "descent_core.errors",
    "descent_core.recordings.landscape",
    "descent_core.library",
    "descent_core.recordings.listing",
    "descent_core.recordings.outcome",
    "descent_core.explore.plane",
    "descent_core.explore.region",
    "descent_core.explore.height_map",
    "descent_core.catalogue.gradient",
    "descent_core.recordings.trajectory",
    "descent_core.explore.verdict",
    "scenes",
    "scenes.series",
    "scenes.engine.terrain.baked_terrain",
    "scenes.cli.explore",
    "scenes.cli.rendering",
    "scenes.explore.film",
    "scenes.narration.captions",
    "scenes.narration.chapters",
    "scenes.narration.cues",
    "scenes.cli.doctor",
    "scenes.production.web.front_page",
    "scenes.production.web.film_page",
    "scenes.production.takes.progress",
    "scenes.production.format",
    "scenes.production.sound.mix",
    "scenes.production.takes.sources",
    "scenes.production.takes.take",
    "scenes.production.takes.cache",
    "scenes.production.takes.key",
    "scenes.production.takes.pool",
    "scenes.narration.transcript",
    "scenes.narration.voices",
    "scenes.production.takes.worker",
    "scenes.gradient",
    "scenes.parts",
    "scenes.cli.talk",
    "scenes.talk",
    "scenes.talk.slides",
    "render",
]


def heavy_after(code: str) -> list[str]:
    check = f"{code}\nimport sys\nprint([m for m in ('torch', 'manim') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, cwd=ROOT)
    return list(ast.literal_eval(done.stdout))


@pytest.mark.parametrize("module", LIGHT)
def test_light_modules_bring_neither_torch_nor_manim(module: str) -> None:
    assert heavy_after(f"import {module}") == []


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

    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = descent_core.nothing
    assert all(hasattr(descent_core, name) for name in descent_core.__all__)


def imports(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.split(".")[0] for name in names}


def test_data_flows_one_way() -> None:
    core = [imports(file) for file in (ROOT / "descent_core").rglob("*.py")]
    drawn = [imports(file) for file in (ROOT / "scenes").rglob("*.py")]
    assert len(core) > 10
    assert len(drawn) > 20
    assert not set.union(*core) & {"scenes", "render", "manim"}
    assert not set.union(*drawn) & {"render"}


def test_scenes_never_train() -> None:
    losses = ROOT / "scenes" / "examples" / "losses.py"  # what one hands to `explore`: no scene, and none imports it
    for file in set((ROOT / "scenes").rglob("*.py")) - {losses}:
        assert "torch" not in imports(file), file
        assert "examples.losses" not in file.read_text("utf-8"), file


def test_the_terrain_is_drawn_by_arrays_and_loops_alone() -> None:
    standard = {"__future__", "dataclasses", "functools", "typing", "warnings"}
    assert imports(ROOT / "scenes" / "camera.py") <= {*standard, "numpy"}
    for name in ("rays", "mist", "over", "sunlight"):
        assert imports(ROOT / "scenes" / f"{name}.py") <= {*standard, "numpy", "numba", "scenes"}
    assert imports(ROOT / "scenes" / "terrain.py") <= {*standard, "numpy", "scipy", "scenes"}
    assert imports(ROOT / "scenes" / "view.py") <= {*standard, "numpy", "scenes"}
