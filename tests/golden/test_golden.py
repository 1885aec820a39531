"""Every beat looks as it did when somebody last looked at it and accepted it.

``python -m pytest tests/golden --update`` accepts what is found now.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scenes.part import SceneRef
from scenes.series import SERIES
from tests.golden.album import Album
from tests.golden.strips import Strip, played

SCENES = [ref for one in SERIES for ref in one.scenes]
ALBUM = Album(Path(__file__).parent / "frames", Path(__file__).parent.parent.parent / ".golden")
ACCEPT = "If that is what it shall look like: python -m pytest tests/golden --update"


@pytest.fixture(scope="session")
def strips(request: pytest.FixtureRequest) -> dict[str, tuple[Strip, ...]]:
    """The strips of all scenes that the chosen tests ask for, played at once."""
    asked = {
        item.callspec.params["ref"].slug
        for item in request.session.items
        if item.path == Path(__file__) and hasattr(item, "callspec")
    }
    return played([ref for ref in SCENES if ref.slug in asked], os.cpu_count() or 1)


@pytest.mark.parametrize("ref", [pytest.param(ref, id=ref.slug) for ref in SCENES])
def test_every_beat_looks_as_it_was_accepted(
    ref: SceneRef, strips: dict[str, tuple[Strip, ...]], request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--update"):
        ALBUM.accept(ref.slug, strips[ref.slug])
    changed = ALBUM.changed(ref.slug, strips[ref.slug])
    if changed:
        pytest.fail("\n".join([*changed, ACCEPT]), pytrace=False)


def test_no_frames_are_kept_of_scenes_that_are_gone(request: pytest.FixtureRequest) -> None:
    gone = ALBUM.of_no_scene(ref.slug for ref in SCENES)
    if request.config.getoption("--update"):
        for file in gone:
            file.unlink()
        gone = []
    if gone:
        pytest.fail("\n".join([*(f"{file} is kept of no scene" for file in gone), ACCEPT]), pytrace=False)
