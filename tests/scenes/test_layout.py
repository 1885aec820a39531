"""Nothing that is to be read comes near the edge of the frame, in any animation of any scene."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from manim import Mobject, Text, config, tempconfig

from scenes.series import SERIES, SceneRef
from scenes.stage import ExplainerScene

SCENES = [pytest.param(ref, id=ref.slug) for one in SERIES for ref in one.scenes]
#: The share of the frame's width and height at each edge that screens may cut off.
TITLE_SAFE = 0.05


def texts(mobjects: list[Mobject]) -> Iterator[Text]:
    for mobject in mobjects:
        for one in mobject.get_family():
            if isinstance(one, Text) and any(glyph.get_fill_opacity() > 0.05 for glyph in one):
                yield one


def outside(scene: ExplainerScene) -> dict[str, str]:
    wide, high = config.frame_width * (0.5 - TITLE_SAFE), config.frame_height * (0.5 - TITLE_SAFE)
    found = {}
    for text in texts(scene.mobjects):
        left, right, bottom, top = (
            edge[axis]
            for edge, axis in (
                (text.get_left(), 0),
                (text.get_right(), 0),
                (text.get_bottom(), 1),
                (text.get_top(), 1),
            )
        )
        if left < -wide or right > wide or bottom < -high or top > high:
            found[text.text] = f"at {scene.time:.1f} s: {left:.2f} to {right:.2f}, {bottom:.2f} to {top:.2f}"
    return found


@pytest.mark.parametrize("ref", SCENES)
def test_words_stay_within_the_title_safe_area(ref: SceneRef, tmp_path: Path) -> None:
    found: dict[str, str] = {}
    words = 0
    small = {"pixel_width": 160, "pixel_height": 90, "frame_rate": 3}
    quiet = {"verbosity": "ERROR", "progress_bar": "none", "media_dir": str(tmp_path)}
    with tempconfig({"dry_run": True, **small, **quiet}):
        scene = ref.load()()
        update = scene.update_to_time

        def watched(moment: float) -> None:
            nonlocal words
            update(moment)
            words += sum(1 for _ in texts(scene.mobjects))
            found.update(outside(scene))

        scene.update_to_time = watched  # called for every frame of every animation
        scene.render()
    assert words > 20
    assert not found
