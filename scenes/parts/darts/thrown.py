"""Thrown: darts on their way to the wall, or in it, by the physics of their two angles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.catalogue.darts.throw import SHAKES, flight, heading, landing
from scenes.parts.live_value import live
from scenes.parts.progress import Progress
from scenes.theme import theme

#: How far darts come out of the wall between one round and the next, in centimetres.
_HOP = 34.0
#: A dart that has just landed quivers: by how much, in radians; how fast, in radians a second; and how soon it is calm.
_QUIVER, _RATE, _CALM = 0.085, 62.0, 0.16


class Thrown:
    """Some darts that are thrown alike: they fly, they land, they stay.

    Parameters
    ----------
    aims
        ``(n, 2)``, the two angles of each, recorded; or a function that gives the present ones.
    colour
        Of their flights, ``#rrggbb``; by default that of who follows the gradient.

    Attributes
    ----------
    fraction
        How much of their way they have flown: 0 in the hand, 1 in the wall.
    seen
        How opaque they are, from 0 to 1.
    shine
        Light that falls on them beside the room's own, from 0 to 1.
    roll
        By how much the first is turned about itself, in radians.
    landed
        When they landed, on the room's clock; None while they fly.

    Examples
    --------
    ::

        room, dart = DartRoom(RoomLook(lamp=1.0)), Thrown(recording("darts").coeffs[:1])
        room.darts.append(dart)
        self.add(room)
        self.play(room.throw(dart, run_time=0.5))
    """

    def __init__(self, aims: ArrayLike | Callable[[], ArrayLike], colour: str | None = None) -> None:
        self._aims = live(aims)
        self.colour = colour or theme.right
        self.fraction, self.seen, self.shine, self.roll = 0.0, 1.0, 0.0, 0.5
        self.landed: float | None = None

    @property
    def out(self) -> float:
        """How far they have been drawn out of the wall, as a part of a hop, from 0 to 1."""
        return 0.0

    def aims(self) -> NDArray[np.float64]:
        """``(n, 2)``, their angles now, in degrees."""
        return np.asarray(self._aims(), dtype=np.float64).reshape(-1, 2)

    def landings(self) -> NDArray[np.float64]:
        """``(n, 2)``, where on the wall they land or have landed, in centimetres."""
        return landing(self.aims())

    def tips(self) -> NDArray[np.float64]:
        """``(n, 3)``, where their points are now."""
        tips = flight(self.aims(), self.fraction)
        tips[:, 2] += _HOP * self.out
        return tips

    def ways(self, clock: float) -> NDArray[np.float64]:
        """``(n, 3)``, which way they point; of those that have just landed, quivering."""
        ways = heading(self.aims(), self.fraction)
        since = np.inf if self.landed is None else max(clock - self.landed, 0.0)
        swing = _QUIVER * np.exp(-since / _CALM) * np.sin(_RATE * min(since, 10.0))
        if abs(swing) > 1e-4:
            phases = np.cos(1.7 * np.arange(len(ways)))
            ways[:, 1] += swing * (0.6 + 0.4 * phases)
            ways /= np.linalg.norm(ways, axis=1, keepdims=True)
        return ways


class Round(Thrown):
    """The twenty darts of a round, as a recording goes from round to round: they are drawn out, and land anew.

    Parameters
    ----------
    progress
        How far the recording has been shown; its coefficients are the two angles.
    shakes
        ``(n, 2)``, by how much the hand shakes at each dart, in degrees.
    colour
        As for `Thrown`.
    hops
        Whether they come out of the wall between two rounds; else they wander over it.

    Examples
    --------
    ::

        progress, room = Progress(recording("darts")), DartRoom(RoomLook(spot=1.0))
        room.darts.append(Round(progress))
        self.add(room)
        self.play(progress.to(30, run_time=2))
    """

    def __init__(
        self,
        progress: Progress,
        shakes: Sequence[tuple[float, float]] = SHAKES,
        colour: str | None = None,
        *,
        hops: bool = True,
    ) -> None:
        super().__init__(self._present, colour)
        self.progress, self._shakes, self.hops = progress, np.asarray(shakes, dtype=np.float64), hops
        self.fraction = 1.0

    def centre(self) -> NDArray[np.float64]:
        """``(2,)``, the two angles now: recorded ones at a row, on the line between two of them meanwhile."""
        coeffs, row = self.progress.trajectory.coeffs, self.progress.row
        after = min(row + 1, self.progress.trajectory.steps)
        here, there = (np.asarray(coeffs[each], dtype=np.float64) for each in (row, after))
        return np.asarray(here + (there - here) * (self.progress.now - row))

    @property
    def out(self) -> float:
        """How far they are out of the wall, from 0 to 1: not at all where a round is."""
        return float(np.sin(np.pi * (self.progress.now % 1.0))) if self.hops else 0.0

    def _present(self) -> NDArray[np.float64]:
        return self.centre() + self._shakes
