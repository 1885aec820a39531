"""How a wall is seen: which of its points are where in the picture, and where what hovers before it is seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: Where the eye is, behind a shoulder: centimetres right of straight ahead, above the floor, and from the wall.
EYE = (-18.0, 222.0, 430.0)


@dataclass(frozen=True)
class WallView:
    """A flat wall, seen straight on.

    Attributes
    ----------
    x, y
        The point of the wall in the middle of the picture: centimetres right of straight ahead, and above the floor.
    scale
        Pixels for a centimetre of the wall.
    size
        Width and height of the picture in pixels.
    """

    x: float
    y: float
    scale: float
    size: tuple[int, int]

    def pixels(self, points: ArrayLike) -> NDArray[np.float64]:
        """``(…, 2)``, column and row of points of the wall, ``(…, 2)``; or of points before it, ``(…, 3)``.

        >>> WallView(0.0, 150.0, 2.0, (400, 200)).pixels([10.0, 160.0]).tolist()
        [220.0, 80.0]
        """
        flat = on_wall(points)
        column = self.size[0] / 2 + (flat[..., 0] - self.x) * self.scale
        row = self.size[1] / 2 - (flat[..., 1] - self.y) * self.scale
        return np.stack([column, row], axis=-1)


def nearness(away: ArrayLike) -> NDArray[np.float64]:
    """``(…,)``, how many times as large something is seen that is so many centimetres from the wall.

    >>> float(nearness(0.0)), float(nearness(215.0))
    (1.0, 2.0)
    """
    return np.asarray(EYE[2] / np.maximum(EYE[2] - np.asarray(away, dtype=np.float64), 1.0))


def on_wall(points: ArrayLike) -> NDArray[np.float64]:
    """``(…, 2)``, the point of the wall that is seen where each of these is: they may be before it, ``(…, 3)``.

    >>> on_wall([EYE[0], EYE[1], 100.0]).tolist() == [EYE[0], EYE[1]]
    True
    """
    points = np.asarray(points, dtype=np.float64)
    if points.shape[-1] == 2:
        return points
    foot = np.array(EYE[:2])
    return np.asarray(foot + (points[..., :2] - foot) * nearness(points[..., 2])[..., None])
