"""Lights: many lights on a night sea, each a person, that drift to where a recorded machine puts them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import Mobject, UpdateFromAlphaFunc, color_to_rgb
from numpy.typing import ArrayLike, NDArray

from scenes.engine.fields.night_sea import SeaLook, paint_sea
from scenes.parts.live_value import live
from scenes.parts.look import Look, Looked
from scenes.theme import theme

Floats = NDArray[np.float64]

#: How wide the sea is from the answer 0 to the answer 1, in scene units, at its near edge; and what part of that it is
#: far away.
_WIDE, _CONVERGES = 11.6, 0.70
#: How far below the horizon the nearest and the farthest row lie, in scene units: so large are lights in each, too.
_NEAR, _FAR = 3.55, 0.28
#: Of a light at the near edge, in scene units: its radius, and how high above the water it hangs.
_SIZE, _HIGH = 0.024, 0.07
#: Half the width of a fleet of one, in answers, and how it grows with their number.
_HALF, _GROWS = 0.0125, 0.345
#: The least part of its width that a fleet has as it crosses the middle, where lights keep to the side of their answer.
_NARROW = 0.22
#: How many times as deep as its lane a fleet is.
_OVERLAP = 1.45
#: The golden angle, by which lights of a fleet are placed like the seeds of a sunflower.
_GOLDEN = 2.399963


@dataclass(frozen=True)
class LightsLook(Look):
    """How a sea of lights is seen.

    Attributes
    ----------
    x, y
        Where the middle of the horizon is, a scene point.
    zoom
        How many times as large all is.
    shown
        How many lights there are, from the first on, with a fraction of the next.
    bright
        How bright they are.
    veil
        How much of the colour is hidden of those that are covered, from 0 to 1.
    others
        How bright those are that were never covered, as a part of ``bright``.
    hush
        How much dimmer than the others those are that are not spoken of, from 0 to 1: see `Lights.speak_of`.
    path
        How bright the path of glitter is that lies at one half.
    dawn
        How far the night is over, from 0 to 1.
    """

    framing = ("x", "y", "zoom")

    x: float = 0.0
    y: float = 1.4
    zoom: float = 1.0
    shown: float = 1e9
    bright: float = 1.0
    veil: float = 0.0
    others: float = 1.0
    hush: float = 0.0
    path: float = 0.0
    dawn: float = 0.0


class Lights(Looked):
    """A night sea with a light for everybody. It takes the whole frame.

    Those of a group lie together, one group behind the other, the first the nearest. How far right a group lies is
    its answer: 0 at the left, 1 at the right, and what is less or more lies beyond.

    Parameters
    ----------
    answers
        ``(g,)``, a number for each group, or a function that gives the present ones.
    groups
        ``(n,)``, the group of each light.
    fates
        ``(n,)``, 1 for a light in the colour of who was saved, 0 in that of who was lost.
    covered
        ``(n,)``, whose colour ``look.veil`` hides; nobody's by default.
    divided
        A group lies on the side of the middle where its answer is, all of it: the nearer the middle, the narrower.

    Attributes
    ----------
    look
        How it is seen; `change_look` animates it.
    is_live
        Whether it was given a function.

    Examples
    --------
    Three groups whose answers are the coefficients of a run::

        def three(c):
            return ((c - torch.tensor([0.9, 0.1, 0.4])) ** 2).sum()

        run = record(three, [0.5, 0.5, 0.5], lr=0.1, steps=20)
        progress = Progress(run)
        groups = np.repeat([0, 1, 2], [40, 200, 90])
        lights = Lights(lambda: progress.between(run.coeffs), groups, np.arange(330) % 3 == 0)
        self.add(lights)
        self.play(progress.to(20, run_time=1), lights.change_look(path=0.5, run_time=1))
    """

    def __init__(
        self,
        answers: ArrayLike | Callable[[], ArrayLike],
        groups: ArrayLike,
        fates: ArrayLike,
        covered: ArrayLike | None = None,
        *,
        divided: bool = False,
    ) -> None:
        super().__init__()
        self._answers, self.is_live = live(answers), callable(answers)
        self.groups = np.asarray(groups, dtype=int)
        self.fates = np.asarray(fates, dtype=float)
        count = len(self.groups)
        self.covered = np.zeros(count, bool) if covered is None else np.asarray(covered, dtype=bool)
        self._lanes, self._aside, self._depths = _places(self.groups)
        self._divided = divided
        #: How far the outermost light of each group is aside of its middle, in answers.
        self._wide = np.zeros(int(self.groups.max(initial=0)) + 1)
        np.maximum.at(self._wide, self.groups, np.abs(self._aside))
        chance = np.random.default_rng(3)
        self._phases = chance.uniform(0, 2 * np.pi, count)
        self._own = chance.uniform(0.82, 1.18, count)
        self._spoken_of = np.zeros(int(self.groups.max(initial=0)) + 1, bool)
        self.look = LightsLook()
        #: Seconds that it has been on stage: the water moves by them.
        self.seconds = 0.0
        self._painted: tuple[Any, NDArray[np.uint8]] | None = None
        self.answers = np.asarray(self._answers(), dtype=float)
        self.add_updater(self._live_on)
        self.add_updater(lambda _: self.refresh())

    def _live_on(self, _: Mobject, dt: float = 0.0) -> None:
        self.seconds += dt

    def refresh(self) -> None:
        """Take the present answers."""
        self.answers = np.asarray(self._answers(), dtype=float)

    def speak_of(self, *groups: int) -> None:
        """Say which groups stay as bright as they are when ``look.hush`` dims the others."""
        self._spoken_of[:] = False
        self._spoken_of[list(groups)] = True

    def drift(self, run_time: float) -> UpdateFromAlphaFunc:
        """Animate nothing but what its answers do: for a play that moves what they are read from.

        So that it is known that these lights are what moves, such as on a word.
        """
        return self.change_look(run_time=run_time)

    def place(self, group: int) -> NDArray[np.float64]:
        """``(3,)``, the scene point where the middle of a group lies on the water."""
        depth = float(self._lanes[group])
        x, y = self._seen(np.array([self.answers[group]]), np.array([depth]))
        return np.array([x[0], y[0], 0.0])

    def at(self, answer: float, depth: float) -> NDArray[np.float64]:
        """``(3,)``, the scene point of an answer, so far away: 0 at the near edge, 1 at the far one."""
        x, y = self._seen(np.array([answer]), np.array([depth]))
        return np.array([x[0], y[0], 0.0])

    def _seen(self, answers: Floats, depths: Floats) -> tuple[Floats, Floats]:
        """The scene points of places on the water: two arrays, across and up."""
        look = self.look
        below = _NEAR + (_FAR - _NEAR) * depths
        across = (answers - 0.5) * _WIDE * (1 + (_CONVERGES - 1) * depths)
        return look.x + look.zoom * across, look.y - look.zoom * below

    def drawn(self) -> tuple[Floats, Floats]:
        """Where every light is drawn, in scene units: ``(n,)`` across and ``(n,)`` up, without their bobbing."""
        return self._seen(self.answers[self.groups] + self._aside * self._part(), self._depths)

    def _part(self) -> Floats:
        """``(n,)``, what part of its width the group of each light has: less beside the middle, where it divides."""
        if not self._divided:
            return np.ones(len(self.groups))
        room = np.abs(self.answers[: len(self._wide)] - 0.5) / np.maximum(self._wide, 1e-9)
        return np.asarray(np.clip(room, _NARROW, 1)[self.groups])

    def paint(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        """``(H, W, 4)``, the sea as it is now."""
        key = (size, self.look, round(self.seconds, 3), self.answers.tobytes(), self._spoken_of.tobytes())
        if self._painted is None or self._painted[0] != key:
            self._painted = key, self._paint(size)
        return self._painted[1]

    def _paint(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        look, unit = self.look, size[1] / self.height
        x, y = self.drawn()
        near = (1 + (_FAR / _NEAR - 1) * self._depths) * look.zoom * unit
        # Far away a light is not as small as it would be: it would be lost.
        large = 0.34 * look.zoom * unit + 0.66 * near
        bob = np.sin(1.1 * self.seconds + self._phases)
        lights = np.zeros((len(x), 7), np.float32)
        lights[:, 0] = size[0] / 2 + x * unit + 0.010 * near * np.cos(0.7 * self.seconds + 2 * self._phases)
        lights[:, 1] = size[1] / 2 - y * unit
        lights[:, 2] = _SIZE * large * self._own
        lights[:, 3] = near * (_HIGH + 0.012 * bob)
        shine = look.bright * np.clip(look.shown - np.arange(len(x)), 0, 1)
        shine = shine * (1 + 0.10 * np.sin(2.3 * self.seconds + 5 * self._phases))
        shine = shine * np.where(self._spoken_of[self.groups], 1, 1 - 0.86 * look.hush)
        shine = shine * np.where(self.covered, 1, look.others)
        shine = shine * self._part() ** 0.7  # or those that lie close would all be white
        known = 1 - look.veil * self.covered
        lights[:, 4] = shine * known * self.fates
        lights[:, 5] = shine * known * (1 - self.fates)
        lights[:, 6] = shine * (1 - known) * 0.9
        middle, _ = self._seen(np.array([0.5]), np.array([0.0]))
        return paint_sea(
            size,
            size[1] / 2 - look.y * unit,
            _sea_look(look.dawn),
            lights,
            np.array([color_to_rgb(colour) for colour in (theme.saved, theme.lost, theme.quiet)], np.float32),
            self.seconds,
            1.0 if theme.name == "light" else 0.0,
            (size[0] / 2 + float(middle[0]) * unit, 0.55 * look.path),
        )


def _sea_look(dawn: float) -> SeaLook:
    """The sea at night, or at dawn, or between; by paper's light, in mist."""
    night, morning = _LOOKS[theme.name]
    return night.toward(morning, float(np.clip(dawn, 0, 1)))


def _of(*colours: tuple[float, float, float], stars: float) -> SeaLook:
    zenith, horizon, far, near, band = (np.array(colour, np.float32) for colour in colours)
    return SeaLook(zenith, horizon, far, near, band, stars)


#: By the name of the theme: the sea before dawn, and when the day has come. Sky above and at the horizon, water there
#: and at the near edge, the glow that lies on the horizon.
_LOOKS = {
    "dark": (
        _of(
            (0.018, 0.030, 0.066),
            (0.055, 0.085, 0.15),
            (0.028, 0.048, 0.092),
            (0.006, 0.011, 0.024),
            (0.045, 0.075, 0.125),
            stars=0.8,
        ),
        _of(
            (0.10, 0.16, 0.30),
            (0.44, 0.36, 0.40),
            (0.27, 0.26, 0.34),
            (0.030, 0.050, 0.090),
            (0.42, 0.23, 0.10),
            stars=0.08,
        ),
    ),
    "light": (
        _of(
            (0.86, 0.88, 0.89),
            (0.93, 0.93, 0.92),
            (0.84, 0.87, 0.88),
            (0.92, 0.93, 0.92),
            (0.03, 0.03, 0.02),
            stars=0.0,
        ),
        _of(
            (0.80, 0.87, 0.92),
            (0.97, 0.93, 0.86),
            (0.90, 0.89, 0.86),
            (0.93, 0.93, 0.91),
            (0.05, 0.01, -0.05),
            stars=0.0,
        ),
    ),
}


def _places(groups: NDArray[np.int_]) -> tuple[Floats, Floats, Floats]:
    """Where lights lie in their fleet, whatever its answer is.

    Returns the depth of the middle of each group, ``(g,)``; and of each light how far it is from the middle of its
    group, in answers, and its depth, ``(n,)`` each.
    """
    counts = np.bincount(groups)
    # Each group has a lane of its own, as deep as its number asks for.
    deep = np.where(counts > 0, np.sqrt(counts), 0)
    ends = np.cumsum(deep + np.where(counts > 0, 1.6, 0))
    lanes = (ends - (deep + 1.6) / 2) / max(float(ends[-1]), 1.0)
    aside, depths = np.zeros(len(groups)), np.zeros(len(groups))
    chance = np.random.default_rng(7)
    for group, count in enumerate(counts):
        if not count:
            continue
        seeds = chance.permutation(count)  # or the first of them would all lie in the middle
        out, angle = np.sqrt((seeds + 0.5) / count), seeds * _GOLDEN
        out = out * (1 + 0.12 * out * chance.standard_normal(count))
        angle = angle + chance.normal(0, 0.25, count) / np.maximum(out * np.sqrt(count), 1)
        # Whatever was drawn by chance, the middle of a group is where its answer is.
        across = out * np.cos(angle)
        members = np.flatnonzero(groups == group)
        aside[members] = _HALF * count**_GROWS * (across - across.mean())
        depths[members] = lanes[group] + out * np.sin(angle) * _OVERLAP * deep[group] / 2 / float(ends[-1])
    return lanes, aside, np.clip(depths, 0, 1)
