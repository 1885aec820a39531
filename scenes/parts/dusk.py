"""The colours of dusk, from night to the moon: of a lit wall of knobs, and of the sky over houses."""

from __future__ import annotations

import numpy as np
from manim import color_to_rgb
from numpy.typing import ArrayLike, NDArray

#: By a number from -1 to 1: night, the sky above it, the last light, snow and moon. The same in every theme: it is the
#: light of a picture, and means nothing else.
DUSK = (
    (-1.00, "#0d1028"),
    (-0.75, "#24265c"),
    (-0.45, "#54428c"),
    (-0.15, "#96548c"),
    (0.12, "#e07870"),
    (0.42, "#fab26c"),
    (0.75, "#ffe0a8"),
    (1.00, "#fffaec"),
)
_PLACES = np.array([place for place, _ in DUSK])
_TONES = np.array([color_to_rgb(tone) for _, tone in DUSK])


def dusk(numbers: ArrayLike) -> NDArray[np.float64]:
    """``(…, 3)``, the colour of dusk for each number, from 0 to 1; beyond -1 and 1 that of the ends.

    >>> dusk([-1.0, 1.0, 2.0]).round(2).tolist()
    [[0.05, 0.06, 0.16], [1.0, 0.98, 0.93], [1.0, 0.98, 0.93]]
    """
    values = np.asarray(numbers, dtype=float)
    return np.stack([np.interp(values, _PLACES, tones) for tones in _TONES.T], axis=-1)


def dusk_hex(number: float) -> str:
    """The same for one number, as ``#rrggbb``.

    >>> dusk_hex(-1.0), dusk_hex(1.0)
    ('#0d1028', '#fffaec')
    """
    return "#" + "".join(f"{round(255 * part):02x}" for part in dusk(number))
