"""Rings and spots that glow on the wall: where the bull may be, and where rounds have landed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from manim import color_to_rgb
from numpy.typing import ArrayLike

from descent_core.catalogue.darts.throw import landing
from scenes.engine.dartboard.light import Glow
from scenes.parts.progress import Progress
from scenes.theme import theme


class Shining(Protocol):
    """Something that glows on the wall, as strong as ``strength`` says, from 0 to 1."""

    strength: float

    def glows(self) -> Iterable[Glow]:
        """What glows now."""
        ...


@dataclass(eq=False)
class Ring:
    """All places of the wall that are as far from one of them: where the bull may be, by one score.

    Attributes
    ----------
    x, y, radius
        In centimetres; how far it has grown is ``grown`` times its radius.
    colour
        ``#rrggbb``.
    wide
        Half the width of its line, in centimetres.
    strength, grown
        From 0 to 1.
    halo
        How far it shines, in times its width.

    Examples
    --------
    ::

        room = DartRoom()
        room.rings.append(ring := Ring(0.0, 150.0, 60.0, theme.loss))
        self.add(room)
        self.play(room.grow(ring, run_time=1))
    """

    x: float
    y: float
    radius: float
    colour: str
    wide: float = 0.55
    strength: float = 0.9
    grown: float = 0.0
    halo: float = 7.0

    def glows(self) -> Iterable[Glow]:
        """How it shines now."""
        if self.grown > 0:
            radius, colour = self.radius * self.grown, _rgb(self.colour)
            yield Glow(self.x, self.y, radius, self.wide, self.strength, colour, self.halo, _pale())


def spot(place: ArrayLike, colour: str, radius: float = 1.1, strength: float = 1.0) -> Ring:
    """A spot of light at a place of the wall, ``(2,)``: a ring without a radius, fully grown.

    >>> spot([62.0, 148.0], theme.text).radius
    0.0
    """
    x, y = np.asarray(place, dtype=np.float64)
    return Ring(float(x), float(y), 0.0, colour, wide=radius, strength=strength, grown=1.0, halo=3.5)


@dataclass(eq=False)
class RoundRing:
    """The ring of a recording of throws: round the middle of the present round, as wide as its recorded score.

    Between two rounds it is in between. It passes the bull, as nearly as a shaking hand lets it.

    Attributes
    ----------
    progress
        How far the recording has been shown; its coefficients are two angles, its losses centimetres.
    colour, wide, strength, halo
        As of a `Ring`.

    Examples
    --------
    It grows narrow as the darts come nearer to the bull::

        progress, room = Progress(recording("darts")), DartRoom(RoomLook(lamp=0.5))
        room.darts.append(Round(progress))
        room.rings.append(RoundRing(progress, theme.loss))
        self.add(room)
        self.play(progress.to(20, run_time=1))
    """

    progress: Progress
    colour: str
    wide: float = 0.45
    strength: float = 0.7
    halo: float = 6.0

    def glows(self) -> Iterable[Glow]:
        """How it shines now."""
        run, row = self.progress.trajectory, self.progress.row
        after, part = min(row + 1, run.steps), self.progress.now - row
        (x, y), (u, v) = landing(np.asarray(run.coeffs)[[row, after]])
        here, there = (float(run.losses[each]) for each in (row, after))
        radius = here + (there - here) * part
        yield Glow(
            float(x + (u - x) * part),
            float(y + (v - y) * part),
            radius,
            self.wide,
            self.strength,
            _rgb(self.colour),
            self.halo,
            _pale(),
        )


@dataclass(eq=False)
class RoundTrail:
    """A spot where each round of a recording has landed, in its middle, up to the present one.

    Attributes
    ----------
    progress
        How far the recording has been shown.
    colour, strength
        As of a `Ring`.
    radius
        Of a spot, in centimetres.

    Examples
    --------
    ::

        progress, room = Progress(recording("darts")), DartRoom()
        room.rings.append(RoundTrail(progress, theme.trail))
        self.add(room)
        self.play(progress.to(20, run_time=1))
    """

    progress: Progress
    colour: str
    strength: float = 0.8
    radius: float = 0.9

    def glows(self) -> Iterable[Glow]:
        """How it shines now."""
        for x, y in landing(np.asarray(self.progress.trajectory.coeffs)[: self.progress.row + 1]):
            yield Glow(float(x), float(y), 0.0, self.radius, self.strength, _rgb(self.colour), 2.6, _pale())


def _pale() -> float:
    """How near to white the middle of a glow is: on paper not at all."""
    return 0.35 if sum(_rgb(theme.page)) < 1.5 else 0.0


def _rgb(code: str) -> tuple[float, float, float]:
    red, green, blue = color_to_rgb(code)
    return float(red), float(green), float(blue)
