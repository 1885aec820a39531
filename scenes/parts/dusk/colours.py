"""The colours of dusk, from night to the moon: of a lit wall of knobs, and of the sky over houses."""

from __future__ import annotations

import numpy as np
from manim import color_to_rgb
from numpy.typing import ArrayLike, NDArray

from scenes.theme import theme


def dusk(numbers: ArrayLike) -> NDArray[np.float64]:
    """``(…, 3)``, the colour of dusk for each number, from 0 to 1; beyond -1 and 1 that of the ends.

    -1 is night, then come the sky above it, the last light, snow, and at 1 the moon (`scenes.theme.Theme.dusk`).

    >>> dusk([-1.0, 1.0, 2.0]).round(2).tolist()
    [[0.05, 0.06, 0.16], [1.0, 0.98, 0.93], [1.0, 0.98, 0.93]]
    """
    values = np.asarray(numbers, dtype=float)
    places, codes = zip(*theme.dusk, strict=True)
    tones = np.array([color_to_rgb(code) for code in codes])
    return np.stack([np.interp(values, places, tone) for tone in tones.T], axis=-1)


def dusk_hex(number: float) -> str:
    """The same for one number, as ``#rrggbb``.

    >>> dusk_hex(-1.0), dusk_hex(1.0)
    ('#0d1028', '#fffaec')
    """
    return "#" + "".join(f"{round(255 * part):02x}" for part in dusk(number))
