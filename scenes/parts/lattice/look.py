"""How a lattice is seen: where the eye is, what is lit, and how far light has come in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenes.parts.look import Look

Floats = NDArray[np.float64]

#: Half the height of what is seen, at distance 1.
_ANGLE = 0.36


@dataclass(frozen=True)
class LatticeLook(Look):
    """How a lattice is seen, and lit.

    Attributes
    ----------
    x, y, z
        What the eye looks at. From a column to the next it is one unit; of a picture, of rank 3, half its height is.
    distance, turn, tilt
        How far away the eye is, how far round to the right, and how far up, in degrees.
    rise
        How far above the middle of the frame that is seen, in scene units.
    lens
        How much is out of focus that is nearer or farther away.
    lit
        How bright the numbers are by themselves, from 0 to 1.
    threads
        How much is seen of the threads.
    below
        How much is seen of the feet, and of the threads that lead to them.
    cold
        How far cold light has risen: 0 not yet, 0.5 to the beads, 1 to the top.
    warm
        How far warm light has fallen: 0 not yet, 0.5 to the beads, 1 to the bottom.
    embers
        How much stays lit where light has passed.
    shown
        Rows from the first on within which beads are there; below 1, that part of the first row.
    apart
        How far the three sheets of a picture stand apart.

    Examples
    --------
    ::

        near, far = LatticeLook(distance=6.0), LatticeLook(distance=30.0, turn=30.0)
        lattice = Lattice(np.eye(5), look=near.toward(far, 0.5))
        self.add(lattice)
        self.play(lattice.change_look(**vars(far)))
    """

    framing = ("x", "y", "z", "distance", "turn", "tilt", "rise")

    x: float = 0.0
    y: float = 0.0
    z: float = 0.0
    distance: float = 20.0
    turn: float = 0.0
    tilt: float = 20.0
    rise: float = 0.0
    lens: float = 1.0
    lit: float = 1.0
    threads: float = 0.0
    below: float = 1.0
    cold: float = 0.0
    warm: float = 0.0
    embers: float = 0.4
    shown: float = 1e5
    apart: float = 0.0

    def toward(self, other: LatticeLook, fraction: float) -> LatticeLook:
        """The look at ``fraction`` of the way to ``other``: distances and what is shown in proportion, the rest evenly.

        What is looked at goes along with the distance, so that it stays in sight while the eye draws back.

        >>> half = LatticeLook(distance=4.0, x=0.0).toward(LatticeLook(distance=64.0, x=6.0), 0.5)
        >>> half.distance, round(half.x, 9)
        (16.0, 1.2)
        """
        far = float(self.distance * (other.distance / self.distance) ** fraction)
        apart = other.distance - self.distance
        along = fraction if abs(apart) < 0.05 * self.distance else (far - self.distance) / apart
        between = {
            name: value + (getattr(other, name) - value) * (along if name in "xyz" else fraction)
            for name, value in vars(self).items()
            if name not in ("distance", "shown")
        }
        shown = float(self.shown * (other.shown / self.shown) ** fraction)
        return LatticeLook(distance=far, shown=shown, **between)

    def axes(self) -> Floats:
        """``(4, 3)``: where the eye is, and its directions to the right, up and forward."""
        turn, tilt = np.radians(self.turn), np.radians(self.tilt)
        back = np.array([np.cos(tilt) * np.sin(turn), np.sin(tilt), np.cos(tilt) * np.cos(turn)])
        right = np.array([np.cos(turn), 0.0, -np.sin(turn)])
        return np.stack(
            [np.array([self.x, self.y, self.z]) + self.distance * back, right, np.cross(back, right), -back]
        )

    def seen(self, points: ArrayLike, height: float) -> Floats:
        """``(…, 4)``, where points are seen in a frame so high, from its middle to the right and up.

        Third how large a unit is there, fourth how far away it is; behind the eye, and close before it, a unit is 0.

        >>> LatticeLook(distance=10, tilt=0).seen([[0, 0, 0], [1, 0, 0]], 7.2)[:, :3].round(2).tolist()
        [[0.0, 0.0, 1.0], [1.0, 0.0, 1.0]]
        """
        eye, *axes = self.axes()
        right, up, forward = ((np.asarray(points, dtype=float) - eye) @ axis for axis in axes)
        unit = np.where(forward > 0.3, height / (2 * _ANGLE * np.maximum(forward, 0.3)), 0.0)
        return np.stack([right * unit, up * unit + self.rise, unit, forward], axis=-1)

    def picture_axes(self) -> Floats:
        """``(4, 3)``, the axes for a picture that is two units high: it fills the frame from straight before, at 1.

        >>> LatticeLook(distance=1.0, tilt=0.0).picture_axes()[0].tolist()
        [0.0, 0.0, 2.4]
        """
        narrow = 2.4
        wide = LatticeLook(**{**vars(self), "distance": self.distance * narrow})
        axes = wide.axes()
        axes[1:3] /= narrow
        return axes
