"""A picture of a scene on its own is the frame of the film: to the bit, but for how a hiker holds himself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import config, tempconfig
from numpy.typing import NDArray

from descent_core.errors import UnknownLabel
from scenes.part import SceneRef
from scenes.parts import Hiker, Mountain
from scenes.parts.ground.hiker.figure import TALL
from scenes.production.format import Format, RenderSettings
from scenes.production.frames.beat_pictures import BeatPicture, draw_beats, picture_of
from scenes.production.manim_settings import manim_settings
from scenes.series import find_part, made_parts
from scenes.stage.observation import Observer, observed
from scenes.theme import using_theme

SETTINGS = RenderSettings(Format(320, 180, 10))
SCENES = [pytest.param(ref, id=f"{part.slug}-{ref.slug}") for part in made_parts() for ref in part.scenes]


#: Pixels round a hiker who is far away.
_ROOM = 14


@dataclass(frozen=True)
class Frame:
    """A frame of a film: when it is shown, its pixels, where its hikers are, ``(H, W)``, and whether the eye moves."""

    time: float
    pixels: NDArray[np.uint8]
    hikers: NDArray[np.bool_]
    flies: bool

    @classmethod
    def of(cls, scene: Any) -> Frame:
        """The frame that was written last."""
        pixels = scene.renderer.written[..., :3].copy()
        hikers = np.zeros(pixels.shape[:2], bool)
        unit = pixels.shape[0] / config.frame_height
        for hiker in scene.get_mobject_family_members():
            if isinstance(hiker, Hiker):
                tall = hiker.mountain.scale_at(*hiker.place()[:2]) * TALL * hiker.size * unit + _ROOM
                x, y = pixels.shape[1] / 2 + hiker.feet()[0] * unit, pixels.shape[0] / 2 - hiker.feet()[1] * unit
                # With his staff, his shadow, and what his lantern lights.
                rows = slice(max(round(y - 1.4 * tall), 0), max(round(y + 0.9 * tall), 0))
                hikers[rows, max(round(x - 1.3 * tall), 0) : max(round(x + 1.3 * tall), 0)] = True
        flies = any(isinstance(each.mobject, Mountain) for each in scene.animations)
        return cls(scene.time - 1 / SETTINGS.format.rate, pixels, hikers, flies)


class LastFrames(Observer):
    """The last frame of each beat of a film, and its last: the first of its fading out, if it does."""

    def __init__(self) -> None:
        self.found: dict[str, Frame] = {}
        self.last: Frame | None = None
        self._beat = ""
        self._closing = False

    def on_beat(self, scene: Any, name: str, loop: bool) -> None:
        self._end(scene)
        self._beat = name

    def on_close(self, scene: Any) -> None:
        self._end(scene)
        self._closing = True

    def on_written(self, scene: Any) -> None:
        if self._closing and self.last is None:
            self.last = Frame.of(scene)

    def over(self, scene: Any) -> None:
        """The scene has played. One that ends in a cut did not close."""
        if not self._closing:
            self._end(scene)
            self.last = Frame.of(scene)

    def _end(self, scene: Any) -> None:
        if self._beat:
            self.found[self._beat] = Frame.of(scene)


def filmed(ref: SceneRef, folder: Path) -> LastFrames:
    """What the film of a scene has."""
    frames = LastFrames()
    with using_theme(SETTINGS.theme), tempconfig(manim_settings(SETTINGS.format, folder) | {"dry_run": True}):
        scene = observed(ref.load(), [frames])
        scene.render()
    frames.over(scene)
    return frames


def unlike(picture: BeatPicture, frame: Frame) -> int:
    """How many pixels of a picture are not those of a frame, beside its hikers."""
    differ = (np.asarray(picture.picture) != frame.pixels).any(axis=-1)
    # A hiker is there, in his colours, however he holds his limbs.
    if frame.hikers.any():
        ours, theirs = (each[frame.hikers].mean(axis=0) for each in (np.asarray(picture.picture), frame.pixels))
        assert np.abs(ours - theirs).max() < 4
    return int((differ & ~frame.hikers).sum())


@pytest.mark.parametrize("ref", SCENES)
def test_every_beat_of_every_film_is_drawn_as_the_film_has_it(ref: SceneRef, tmp_path: Path) -> None:
    film = filmed(ref, tmp_path)
    drawn: list[BeatPicture] = []
    assert draw_beats(ref, SETTINGS, drawn.append) == list(film.found)
    assert [picture.beat for picture in drawn] == list(film.found)
    for picture in drawn:
        assert picture.time == pytest.approx(film.found[picture.beat].time, abs=1e-9)
        assert unlike(picture, film.found[picture.beat]) == 0, picture.beat
    # One by itself: what comes before is jumped, not drawn.
    for beat in (drawn[len(drawn) // 2].beat, drawn[-1].beat):
        assert unlike(picture_of(ref, SETTINGS, beat=beat), film.found[beat]) == 0, beat
    assert film.last is not None
    assert unlike(picture_of(ref, SETTINGS), film.last) == 0


def test_any_moment_is_drawn_as_the_film_has_it(tmp_path: Path) -> None:
    ref = next(ref for ref in find_part("gradient").scenes if ref.slug == "fog")

    class Frames(Observer):
        """Every frame of a film, and when it is."""

        def __init__(self) -> None:
            self.frames: list[Frame] = []

        def on_written(self, scene: Any) -> None:
            count = round(scene.time * SETTINGS.format.rate) - len(self.frames)
            self.frames += [Frame.of(scene)] * count

    film = Frames()
    with using_theme(SETTINGS.theme), tempconfig(manim_settings(SETTINGS.format, tmp_path) | {"dry_run": True}):
        observed(ref.load(), [film]).render()
    for number in np.random.default_rng(4).integers(0, len(film.frames), 12):
        picture = picture_of(ref, SETTINGS, at=number / SETTINGS.format.rate)
        assert picture.time == pytest.approx(number / SETTINGS.format.rate)
        frame = film.frames[number]
        # A slow eye moves in steps of less than a pixel, and those are jumped too; what it sees at rest is drawn finely
        # from the second frame on.
        if any(each.flies for each in film.frames[max(number - 1, 0) : number + 1]):
            assert np.abs(np.asarray(picture.picture, float) - frame.pixels).mean() < 2, number
        else:
            assert unlike(picture, frame) == 0, number


def test_a_beat_that_is_not_there_is_named_with_those_that_are() -> None:
    ref = find_part("gradient").scenes[0]
    with pytest.raises(UnknownLabel, match="There is no beat called 'lunch'"):
        picture_of(ref, SETTINGS, beat="lunch")
