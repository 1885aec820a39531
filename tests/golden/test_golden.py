"""Every beat looks as it did when somebody last looked at it and accepted it.

``python -m pytest tests/golden --update`` accepts what is found now.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from scenes.part import SceneRef
from scenes.series import SERIES
from tests.golden.album import Album
from tests.golden.strips import played

SCENES = {f"{part.slug}/{ref.slug}": ref for part in SERIES for ref in part.scenes}
ALBUM = Album(Path(__file__).parent / "frames", Path(__file__).parent.parent.parent / ".golden")
ACCEPT = "If that is what it shall look like: python -m pytest tests/golden --update"


@pytest.mark.parametrize(
    ("scene", "ref"),
    [pytest.param(scene, ref, id=scene, marks=pytest.mark.xdist_group(scene)) for scene, ref in SCENES.items()],
)
def test_every_beat_looks_as_it_was_accepted(scene: str, ref: SceneRef, request: pytest.FixtureRequest) -> None:
    strips = played(ref).strips
    if request.config.getoption("--update"):
        ALBUM.accept(scene, strips)
    changed = ALBUM.changed(scene, strips)
    if changed:
        pytest.fail("\n".join([*changed, ACCEPT]), pytrace=False)


def test_no_frames_are_kept_of_scenes_that_are_gone(request: pytest.FixtureRequest) -> None:
    gone = ALBUM.of_no_scene(SCENES)
    if request.config.getoption("--update"):
        for file in gone:
            file.unlink()
        gone = []
    if gone:
        pytest.fail("\n".join([*(f"{file} is kept of no scene" for file in gone), ACCEPT]), pytrace=False)
