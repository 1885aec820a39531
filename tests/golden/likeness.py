"""Likeness: do two pictures look the same to an eye, wherever they were drawn?

Two measures, each over small places of the picture, so that one wrong word is not drowned by a frame that is
right elsewhere; and the worst place decides. Shape is the structural similarity of lightness. Colour is the
distance CIEDE2000 of what a place shows on the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, uniform_filter
from skimage.color import deltaE_ciede2000, rgb2lab
from skimage.metrics import structural_similarity

Frame = NDArray[np.uint8]

#: Pixels across of a place, and from one to the next.
PLACE, STEP = 16, 4
#: How far two pictures are looked at with narrowed eyes, in pixels: edges may be drawn a little softer or harder.
NARROWED = 1.5
#: What counts as a difference: a loss of structural similarity (0 to 1), and a distance CIEDE2000. Both lie between
#: what another machine does to a frame and what a fault does: see test_likeness.
SHAPE, COLOUR = 0.143, 3.85


@dataclass(frozen=True)
class Likeness:
    """How far one picture is from another, at the worst place.

    Attributes
    ----------
    shape, colour
        The two measures, as multiples of what is tolerated: above 1 is a difference.
    place
        The worst place: column and row of its upper left corner, in pixels.
    """

    shape: float
    colour: float
    place: tuple[int, int]

    @property
    def worst(self) -> float:
        """The larger of the two."""
        return max(self.shape, self.colour)

    def __str__(self) -> str:
        """The measure that decides, and where."""
        what = "shape" if self.shape >= self.colour else "colour"
        return f"{what} at ({self.place[0]}, {self.place[1]}) is {self.worst:.1f} times what is tolerated"


def likeness(expected: Frame, found: Frame) -> Likeness:
    """Compare two frames, ``(H, W, 3)`` in sRGB.

    Raises
    ------
    ValueError
        They are not of one size.

    Examples
    --------
    A dot two pixels across, and no dot:

    >>> page = np.full((48, 64, 3), 30, np.uint8)
    >>> dotted = page.copy()
    >>> dotted[20:24, 30:34] = 250
    >>> likeness(page, page).worst
    0.0
    >>> likeness(page, dotted).worst > 1
    True
    """
    if expected.shape != found.shape:
        sizes = " and ".join(f"{one.shape[1]} by {one.shape[0]}" for one in (expected, found))
        raise ValueError(f"Only pictures of one size can be compared; these are {sizes}.")
    if np.array_equal(expected, found):
        return Likeness(0.0, 0.0, (0, 0))
    one, other = (gaussian_filter(rgb2lab(frame), (NARROWED, NARROWED, 0)) for frame in (expected, found))
    _, alike = structural_similarity(
        one[..., 0] / 100,
        other[..., 0] / 100,
        data_range=1.0,
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
        full=True,
    )
    shape = (1 - _places(alike)) / SHAPE
    colour = deltaE_ciede2000(_places(one), _places(other)) / COLOUR
    row, column = np.unravel_index(np.argmax(np.maximum(shape, colour)), shape.shape)
    return Likeness(float(shape.max()), float(colour.max()), (int(column) * STEP, int(row) * STEP))


def _places(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """``(rows, columns, …)``, the mean of each place."""
    size = (PLACE, PLACE, *[1] * (values.ndim - 2))
    half = PLACE // 2
    means = uniform_filter(values, size)
    return means[half : values.shape[0] - half + 1 : STEP, half : values.shape[1] - half + 1 : STEP]
