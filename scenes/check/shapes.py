"""Shapes: all that is on stage at one moment, as arrays: where each thing is, how opaque, in which colours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from manim import ImageMobject, Mobject, VMobject
from numpy.typing import NDArray

from scenes.engine.drawing.raster import Raster


class Shapes:
    """What has points, of mobjects in the order in which they are drawn.

    Parameters
    ----------
    shown
        Mobjects in the order in which they are drawn, those within others too.

    Attributes
    ----------
    mobjects
        Those of them that have points.
    points
        ``(N, 3)``, the points of all of them, one after another.
    starts
        ``(n,)``, where those of each begin.

    Examples
    --------
    >>> from manim import Square
    >>> shapes = Shapes([Square(2.0), VMobject()])
    >>> len(shapes.mobjects), shapes.low[0].tolist(), shapes.high[0].tolist()
    (1, [-1.0, -1.0, 0.0], [1.0, 1.0, 0.0])
    """

    def __init__(self, shown: Sequence[Mobject]) -> None:
        self.mobjects = [mobject for mobject in shown if len(mobject.points)]
        counts = [len(mobject.points) for mobject in self.mobjects]
        self.starts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.intp) if counts else np.zeros(0, np.intp)
        # A copy in any case: manim moves points where they are.
        self.points: NDArray[np.float64] = np.concatenate([np.zeros((0, 3)), *(each.points for each in self.mobjects)])
        # Now, since a mobject that looks otherwise later is the same mobject.
        #: ``(n,)``, how opaque the fill of each is; the opacity of a picture.
        self.fill = np.array([_fill(mobject) for mobject in self.mobjects], np.float64)
        #: ``(n,)``, how opaque the line of each is; 0 of one that is drawn without.
        self.stroke = np.array([_stroke(mobject) for mobject in self.mobjects], np.float64)
        self._looks = self._looks_now()
        self._pictures = [
            _picture(each) for each in self.mobjects if not _is_vector(each) and isinstance(each, ImageMobject)
        ]

    @cached_property
    def low(self) -> NDArray[np.float64]:
        """``(n, 3)``, the least coordinates of each."""
        return self._reduced(np.minimum)

    @cached_property
    def high(self) -> NDArray[np.float64]:
        """``(n, 3)``, the greatest coordinates of each."""
        return self._reduced(np.maximum)

    def _reduced(self, by: np.ufunc) -> NDArray[np.float64]:
        if not len(self.starts):
            return np.zeros((0, 3))
        # Column by column: reduceat is many times as fast along a row of its own.
        return np.stack([by.reduceat(np.ascontiguousarray(column), self.starts) for column in self.points.T], axis=-1)

    @cached_property
    def place(self) -> dict[int, int]:
        """The number of each mobject, by its ``id``."""
        return {id(mobject): number for number, mobject in enumerate(self.mobjects)}

    @property
    def opacity(self) -> NDArray[np.float64]:
        """``(n,)``, how opaque each is: its fill or its line, whichever is more."""
        return np.maximum(self.fill, self.stroke)

    def of(self, mobject: Mobject) -> list[int]:
        """The numbers of all that has points of a mobject; none if nothing of it is on stage."""
        return [self.place[id(member)] for member in mobject.get_family() if id(member) in self.place]

    def box_of(self, mobject: Mobject) -> NDArray[np.float64] | None:
        """``(4,)``, left, bottom, right and top of what is on stage of a mobject; None if nothing is."""
        numbers = self.of(mobject)
        if not numbers:
            return None
        return np.concatenate([self.low[numbers, :2].min(axis=0), self.high[numbers, :2].max(axis=0)])

    def opacity_of(self, mobject: Mobject) -> float:
        """How opaque the most opaque of a mobject is; 0 if nothing of it is on stage."""
        numbers = self.of(mobject)
        return float(self.opacity[numbers].max()) if numbers else 0.0

    def _looks_now(self) -> NDArray[np.float64]:
        """All colours and widths, of no meaning but that another look has others."""
        shapes: list[Any] = [mobject for mobject in self.mobjects if _is_vector(mobject)]
        widths = np.array([shape.stroke_width for shape in shapes], np.float64)
        colours = [rgbas for shape in shapes for rgbas in (shape.fill_rgbas, shape.stroke_rgbas)]
        return np.concatenate([widths, *(rgbas.ravel() for rgbas in colours)])

    def same_shapes(self, other: Shapes) -> bool:
        """Whether the same mobjects are in the same places, in the same colours; pictures set aside."""
        return (
            len(self.mobjects) == len(other.mobjects)
            and self.points.shape == other.points.shape
            and all(mine is its for mine, its in zip(self.mobjects, other.mobjects, strict=True))
            and np.array_equal(self.points, other.points)
            and np.array_equal(self._looks, other._looks)
        )

    def same(self, other: Shapes) -> bool:
        """Whether a frame of both is the same to the pixel."""
        return None not in self._pictures and self._pictures == other._pictures and self.same_shapes(other)


def _picture(mobject: ImageMobject) -> Any:
    """All that decides what an image shows; None if that can't be known."""
    if isinstance(mobject, Raster):
        return None if mobject.picture_key() is None else (mobject.opacity, mobject.picture_key())
    return id(mobject.pixel_array)


def strength(mobject: Mobject) -> float:
    """How strongly a mobject is drawn, shape or picture, or the strongest part of it: from 0 to 1."""
    return max((max(_fill(part), _stroke(part)) for part in mobject.get_family() if part.has_points()), default=0.0)


#: Whether a class is of shapes, and not of pictures: asked once, since the classes of manim are slow to ask.
_VECTORS: dict[Any, bool] = {}


def _is_vector(mobject: Mobject) -> bool:
    kind: Any = type(mobject)
    if kind not in _VECTORS:
        _VECTORS[kind] = issubclass(kind, VMobject)
    return _VECTORS[kind]


def _fill(mobject: Any) -> float:
    if _is_vector(mobject):
        return float(mobject.fill_rgbas[0, 3]) if len(mobject.fill_rgbas) else 0.0
    return float(getattr(mobject, "opacity", 1.0)) if isinstance(mobject, ImageMobject) else 0.0


def _stroke(mobject: Any) -> float:
    if not _is_vector(mobject) or not len(mobject.stroke_rgbas) or mobject.stroke_width <= 0:
        return 0.0
    return float(mobject.stroke_rgbas[0, 3])
