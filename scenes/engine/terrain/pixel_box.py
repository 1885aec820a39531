"""A rectangle of the frame, in whole pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class PixelBox:
    """A rectangle of the frame, in whole pixels; right and bottom are just outside of it."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def around(cls, spots: NDArray[np.float64], size: tuple[int, int]) -> PixelBox | None:
        """The smallest that holds projected points, ``(n, 3)``, as a camera gives them.

        The whole frame if one of them is beside the eye or behind it; None if none of it lies in the frame.
        """
        width, height = size
        if (spots[:, 2] <= 0.05).any():
            return cls(0, 0, width, height)
        (left, top), (right, bottom) = np.floor(spots[:, :2].min(axis=0)), np.ceil(spots[:, :2].max(axis=0))
        box = cls(max(int(left), 0), max(int(top), 0), min(int(right), width), min(int(bottom), height))
        return box if box.left < box.right and box.top < box.bottom else None

    @property
    def corners(self) -> NDArray[np.int64]:
        """``(4,)``: left, top, right, bottom."""
        return np.array([self.left, self.top, self.right, self.bottom])


#: No pixel of the frame.
NOWHERE = PixelBox(0, 0, 0, 0)
