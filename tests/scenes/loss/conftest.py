"""The scenes of the film, each played once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from manim import tempconfig

from scenes.loss import PART
from scenes.part import SceneRef
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

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def __missing__(self, slug: str) -> ExplainerScene:
        self[slug] = dry(PART.scene(slug), self._folder)
        return self[slug]


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The scenes of the film, by slug."""
    return Played(tmp_path_factory.mktemp("media"))
