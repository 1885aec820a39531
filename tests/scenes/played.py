"""The scenes of a film, each played once for all of its tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from manim import tempconfig

from scenes.part import Part, SceneRef
from scenes.stage.explainer_scene import ExplainerScene


def dry(ref: SceneRef, folder: Path) -> ExplainerScene:
    """The scene, played without drawing a pixel."""
    small = {"pixel_width": 160, "pixel_height": 90, "frame_rate": 5}  # no frame is kept; few are computed
    quiet = {"verbosity": "ERROR", "progress_bar": "none", "media_dir": str(folder)}
    with tempconfig({"dry_run": True, **small, **quiet}):
        scene: ExplainerScene = ref.load()()
        scene.render()
    return scene


class Played(dict[str, ExplainerScene]):
    """Scenes by slug, each played when it is first asked for."""

    def __init__(self, part: Part, folder: Path) -> None:
        super().__init__()
        self._part, self._folder = part, folder

    def __missing__(self, slug: str) -> ExplainerScene:
        self[slug] = dry(self._part.scene(slug), self._folder)
        return self[slug]


def played_once(part: Part) -> Callable[..., Played]:
    """A fixture that gives the scenes of a film by slug: for the ``conftest.py`` of its tests."""

    @pytest.fixture(scope="session")
    def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
        return Played(part, tmp_path_factory.mktemp("media"))

    return played
