"""The scenes of the film, each played once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from manim import tempconfig

from scenes.gradient import PART
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


@pytest.fixture(scope="package")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ExplainerScene]:
    """By slug."""
    folder = tmp_path_factory.mktemp("media")
    return {ref.slug: dry(ref, folder) for ref in PART.scenes}
