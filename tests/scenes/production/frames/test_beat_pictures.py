"""A picture of a scene on its own is the frame of the film, to the bit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import tempconfig
from numpy.typing import NDArray

from descent_core.errors import UnknownLabel
from scenes.part import SceneRef
from scenes.production.format import Format, RenderSettings
from scenes.production.frames.beat_pictures import BeatPicture, draw_beats, picture_of
from scenes.production.manim_settings import manim_settings
from scenes.series import made_parts
from scenes.stage.observation import Observer, observed
from scenes.theme import using_theme

SETTINGS = RenderSettings(Format(320, 180, 10))
SCENES = [pytest.param(ref, id=f"{part.slug}-{ref.slug}") for part in made_parts() for ref in part.scenes]


class LastFrames(Observer):
    """The last frame of each beat of a film, the first of its fading out, and when they are."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[float, NDArray[np.uint8]]] = {}
        self.fading: NDArray[np.uint8] | None = None
        self._beat = ""
        self._closing = False

    def on_beat(self, scene: Any, name: str, loop: bool) -> None:
        self._end(scene)
        self._beat = name

    def on_close(self, scene: Any) -> None:
        self._end(scene)
        self._closing = True

    def on_written(self, scene: Any) -> None:
        if self._closing and self.fading is None:
            self.fading = scene.renderer.written[..., :3].copy()

    def _end(self, scene: Any) -> None:
        if self._beat:
            time = scene.time - 1 / SETTINGS.format.rate
            self.found[self._beat] = (time, scene.renderer.written[..., :3].copy())


def filmed(ref: SceneRef, folder: Path) -> LastFrames:
    """What the film of a scene has."""
    frames = LastFrames()
    with using_theme(SETTINGS.theme), tempconfig(manim_settings(SETTINGS.format, folder) | {"dry_run": True}):
        observed(ref.load(), [frames]).render()
    return frames


def unlike(picture: BeatPicture, frame: NDArray[np.uint8]) -> int:
    """How many pixels of a picture are not those of a frame."""
    return int((np.asarray(picture.picture) != frame).any(axis=-1).sum())


@pytest.mark.parametrize("ref", SCENES)
def test_every_beat_of_every_film_is_drawn_as_the_film_has_it(ref: SceneRef, tmp_path: Path) -> None:
    film = filmed(ref, tmp_path)
    drawn: list[BeatPicture] = []
    assert draw_beats(ref, SETTINGS, drawn.append) == list(film.found)
    assert [picture.beat for picture in drawn] == list(film.found)
    for picture in drawn:
        time, frame = film.found[picture.beat]
        assert picture.time == pytest.approx(time, abs=1e-9)
        assert unlike(picture, frame) == 0, picture.beat
    # One by itself: what comes before is jumped, not drawn.
    for beat in (drawn[len(drawn) // 2].beat, drawn[-1].beat):
        assert unlike(picture_of(ref, SETTINGS, beat=beat), film.found[beat][1]) == 0, beat
    assert film.fading is not None
    assert unlike(picture_of(ref, SETTINGS), film.fading) == 0


def test_any_moment_is_drawn_as_the_film_has_it(tmp_path: Path) -> None:
    ref = next(ref for ref in made_parts()[0].scenes if ref.slug == "fog")

    class Frames(Observer):
        """Every frame of a film, and when it is."""

        def __init__(self) -> None:
            self.frames: list[NDArray[np.uint8]] = []

        def on_written(self, scene: Any) -> None:
            count = round(scene.time * SETTINGS.format.rate) - len(self.frames)
            self.frames += [scene.renderer.written[..., :3].copy()] * count

    film = Frames()
    with using_theme(SETTINGS.theme), tempconfig(manim_settings(SETTINGS.format, tmp_path) | {"dry_run": True}):
        observed(ref.load(), [film]).render()
    for number in np.random.default_rng(4).integers(0, len(film.frames), 12):
        picture = picture_of(ref, SETTINGS, at=number / SETTINGS.format.rate)
        assert picture.time == pytest.approx(number / SETTINGS.format.rate)
        assert unlike(picture, film.frames[number]) == 0, number


def test_a_beat_that_is_not_there_is_named_with_those_that_are() -> None:
    ref = made_parts()[0].scenes[0]
    with pytest.raises(UnknownLabel, match="There is no beat called 'lunch'"):
        picture_of(ref, SETTINGS, beat="lunch")
