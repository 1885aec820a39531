"""Soft shapes: figures are made of them. Without strokes, and some fade from their middle outward."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import VMobject
from numpy.typing import NDArray


class SoftShape(VMobject):
    """A shape without a stroke, with a fill that a mobject of manim has not.

    Under `StageCamera` it is as soft as it should be, if it is of a figure; manim's own camera fills a fading one
    evenly.

    Parameters
    ----------
    fading
        How opaque it is from its middle outward, beside its own opacity; nothing for what does not fade.

    Attributes
    ----------
    ends
        ``(2, 3)``, from where to where the colours of its fill run, scene points; None for manim's own.
    middle
        ``(3, 3)``, where it is most opaque, and two points of the ellipse on which it is gone, a quarter of a turn
        apart; None for what does not fade.

    Examples
    --------
    >>> shape = SoftShape().set_points_as_corners([[0, 0, 0], [2, 0, 0], [2, 2, 0], [0, 0, 0]])
    >>> shape.lay(shape.points, ends=np.array([[0.0, 0, 0], [2, 0, 0]]))
    >>> [end.tolist() for end in shape.shift([1, 0, 0]).get_gradient_start_and_end_points()]
    [[1.0, 0.0, 0.0], [3.0, 0.0, 0.0]]
    """

    def __init__(self, fading: tuple[float, ...] = (), **kwargs: Any) -> None:
        super().__init__(stroke_width=0, **kwargs)
        self.fading = fading
        self.ends: NDArray[np.float64] | None = None
        self.middle: NDArray[np.float64] | None = None
        self._laid = 0
        self._anchor: NDArray[np.float64] | None = None

    def lay(
        self,
        points: NDArray[np.float64],
        *,
        ends: NDArray[np.float64] | None = None,
        middle: NDArray[np.float64] | None = None,
    ) -> None:
        """Give it other points, ``(4 n, 3)`` as manim has them, of closed loops; and say how its fill lies."""
        self.points, self.ends, self.middle = points, ends, middle
        self._anchor = points[0].copy() if len(points) else None
        self._laid += 1

    def appearance(self) -> int:
        """A hash of how it is drawn."""
        first = self.points[0]
        return hash((self._laid, float(first[0]), float(first[1]), self.fill_rgbas.tobytes()))

    def moved(self) -> NDArray[np.float64]:
        """``(3,)``, how far it was moved since it was laid, if it was moved as a whole."""
        return self.points[0] - self._anchor if self._anchor is not None and len(self.points) else np.zeros(3)

    def get_gradient_start_and_end_points(self) -> Any:
        """From where to where the colours of its fill run."""
        return super().get_gradient_start_and_end_points() if self.ends is None else self.ends + self.moved()
