"""What another machine does to a frame is tolerated, with room to spare; what is wrong with one is not.

Both on real frames, out of which the tolerances were chosen.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from colorsys import rgb_to_hsv
from contextlib import contextmanager

import numpy as np
import pytest
from manim import FullScreenRectangle, ManimColor, Mobject, config
from PIL import Image
from scipy.ndimage import shift

from scenes.check.playback import Frame, Moment, play
from scenes.gradient.step_size import ThreeStepSizes
from scenes.parts import Cabin, Hiker, LossCurve, Mountain, Trail
from scenes.theme import THEMES, theme, using_theme
from tests.golden.likeness import PLACE, likeness
from tests.golden.strips import SIZE, packed, unpacked

#: At most what another machine may do, and at least what a fault does, in multiples of the tolerance.
CALM, LOUD = 0.7, 1.7


def stored(frame: Frame) -> Frame:
    """The frame as a strip keeps it."""
    return unpacked(packed([frame]))[0]


# What another machine does.


def again(frame: Frame) -> Frame:
    """Stored once more, by an encoder that keeps less."""
    written = io.BytesIO()
    Image.fromarray(frame).save(written, "JPEG", quality=80, subsampling=0)
    return np.array(Image.open(written))


def grainy(frame: Frame) -> Frame:
    """Two grey levels more or less at every pixel."""
    return whole(frame + np.random.default_rng(0).integers(-2, 3, frame.shape))


def brighter(frame: Frame) -> Frame:
    """Two grey levels more everywhere: another rounding."""
    return whole(frame + 2.0)


def softer(frame: Frame) -> Frame:
    """A quarter of a pixel aside and down, which softens every edge."""
    return whole(shift(frame.astype(np.float64), (0.25, 0.25, 0), order=1, mode="nearest"))


def whole(values: np.ndarray) -> Frame:
    return np.clip(np.round(values), 0, 255).astype(np.uint8)


MACHINES: dict[str, Callable[[Frame], Frame]] = {
    change.__name__: change for change in (again, grainy, brighter, softer)
}


# What is wrong.


@contextmanager
def moved(parts: Iterable[Mobject], right: float = 0, up: float = 0) -> Iterator[None]:
    """Parts of a scene, some pixels aside."""
    pixel = config.frame_width / SIZE[0]
    every = {id(piece): piece for mobject in parts for piece in mobject.get_family() if len(piece.points)}
    before = {key: piece.points for key, piece in every.items()}
    for piece in every.values():
        piece.points = piece.points + np.array([right, up, 0]) * pixel
    yield
    for key, piece in every.items():
        piece.points = before[key]


@contextmanager
def swapped(mobject: Mobject, colour: str, other: str) -> Iterator[None]:
    """A mobject in which one colour is another, in all its shades."""
    (hue, _, light), new = rgb_to_hsv(*ManimColor(colour).to_rgb()), ManimColor(other).to_rgb()
    kept, found = [], False
    for rgbas in (kind for piece in mobject.get_family() for kind in (piece.fill_rgbas, piece.stroke_rgbas)):
        kept.append((rgbas, rgbas.copy()))
        for rgba in rgbas:
            its, strong, bright = rgb_to_hsv(*rgba[:3])
            if abs(its - hue) < 0.03 and strong > 0.3:
                rgba[:3], found = np.minimum(new * bright / light, 1), True
    assert found
    yield
    for rgbas, before in kept:
        rgbas[:] = before


class Frames:
    """Looks at a scene, and draws it right and wrong.

    Attributes
    ----------
    right
        Its frames.
    aside
        Frames, and the same with every shape half a pixel aside, or up: other edges, on the same ground.
    wrong
        By what is wrong, a frame without and with it; of the end of the beat "just right".
    """

    def __init__(self) -> None:
        self.right: list[Frame] = []
        self.aside: list[tuple[Frame, Frame]] = []
        self.wrong: dict[str, tuple[Frame, Frame]] = {}

    def see(self, moment: Moment) -> None:
        self.right.append(moment.drawn()[..., :3])
        right = moment.drawn()[..., :3]  # where the eye moves, what is drawn second is sharper than the first
        # The page and its dimming fill the frame: aside, they would leave a gap.
        shapes = [
            mobject for mobject in moment.scene.mobjects if not isinstance(mobject, Mountain | FullScreenRectangle)
        ]
        for way in ((0.5, 0.0), (0.0, 0.5)):
            with moved(shapes, *way):
                self.aside.append((right, moment.drawn()[..., :3]))
        beats = moment.scene.cue_sheet().beats
        curves = [mobject for mobject in moment.shown if isinstance(mobject, LossCurve)]
        if beats[-1].name == "just right" and curves:
            self.wrong = {what: (right, frame) for what, frame in self._wrong(moment, curves[-1])}
            self.wrong |= self._wrong_cabin(moment)

    def _wrong_cabin(self, moment: Moment) -> dict[str, tuple[Frame, Frame]]:
        """A cabin a little off, with nobody before it: who stands at its door hides most of it."""
        cabin = next(mobject for mobject in moment.shown if isinstance(mobject, Cabin))
        hikers = [mobject for mobject in moment.shown if isinstance(mobject, Hiker)]
        right, wrong = moment.drawn(without=hikers)[..., :3], {}
        for way, (x, y) in {"aside": (3, 0), "up": (0, 3)}.items():
            with moved([cabin], x, y):
                wrong[f"cabin 3 pixels {way}"] = right, moment.drawn(without=hikers)[..., :3]
        return wrong

    def _wrong(self, moment: Moment, curve: LossCurve) -> Iterator[tuple[str, Frame]]:
        hiker = [mobject for mobject in moment.shown if isinstance(mobject, Hiker)][-1]
        trail = next(
            mobject
            for mobject in moment.shown
            if isinstance(mobject, Trail) and mobject.walk.trajectory.label == "right"
        )
        label = next(mobject for mobject in moment.shown if getattr(mobject, "original_text", "") == "just right")
        parts = {"hiker": hiker, "trail": trail, "label": label, "curve": curve}
        parts["cabin"] = next(mobject for mobject in moment.shown if isinstance(mobject, Cabin))
        for name, mobject in parts.items():
            yield f"{name} gone", moment.drawn(without=[mobject])[..., :3]
        for name, pixels in (("hiker", 4), ("label", 4), ("curve", 4)):
            for way, (x, y) in {"aside": (1, 0), "up": (0, 1)}.items():
                with moved([parts[name]], x * pixels, y * pixels):
                    yield f"{name} {pixels} pixels {way}", moment.drawn()[..., :3]
        for name in ("hiker", "curve"):
            with swapped(parts[name], theme.right, theme.too_big):
                yield f"{name} in another's colour", moment.drawn()[..., :3]


@pytest.fixture(scope="module", params=THEMES)
def frames(request: pytest.FixtureRequest) -> Frames:
    seen = Frames()
    with using_theme(request.param):
        play(ThreeStepSizes, seen.see, rate=1, size=SIZE)
    return seen


@pytest.mark.parametrize("machine", MACHINES)
def test_what_another_machine_does_is_tolerated(machine: str, frames: Frames) -> None:
    for frame in frames.right[3::6]:  # the first is all dark
        alike = likeness(stored(frame), stored(MACHINES[machine](frame)))
        assert 0 < alike.worst <= CALM


def test_other_edges_are_tolerated(frames: Frames) -> None:
    assert any((right != other).any() for right, other in frames.aside)
    for right, other in frames.aside[::7]:
        assert likeness(stored(right), stored(other)).worst <= CALM


def test_what_is_wrong_is_found_where_it_is(frames: Frames) -> None:
    assert len(frames.wrong) == 15
    for what, (right, wrong) in frames.wrong.items():
        alike = likeness(stored(right), stored(wrong))
        assert alike.worst >= LOUD, what
        rows, columns = np.nonzero((right != wrong).any(axis=-1))
        left, top = alike.place
        assert columns.min() - PLACE <= left <= columns.max(), what
        assert rows.min() - PLACE <= top <= rows.max(), what


def test_a_frame_is_exactly_like_itself(frames: Frames) -> None:
    assert likeness(frames.right[3], frames.right[3]).worst == 0


def test_only_pictures_of_one_size_are_compared() -> None:
    with pytest.raises(ValueError, match="64 by 48 and 32 by 48"):
        likeness(np.zeros((48, 64, 3), np.uint8), np.zeros((48, 32, 3), np.uint8))
