"""How bright light is along the threads of a lattice, and in its beads: a front that passes, and what stays lit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scenes.engine.fields.bead_field import DELAYS, HUES, PLACES

Floats = NDArray[np.float64]

#: The hues: of numbers by themselves, of cold light, of warm light, of the one number at the top.
NUMBER, COLD, WARM, TOP = range(HUES)
#: Half the width of a front, how much later the last thread is than the first, and how bright a front is.
_WIDE, _LATE, _FRONT = 0.045, 0.10, 2.6


def passed(at: Floats | float, far: Floats | float, embers: float) -> Floats:
    """How bright a place is ``at`` a part of the way, from 0 to 1, when a front has come ``far``.

    >>> passed(0.5, 0.0, 0.4).round(2).item(), passed(0.5, 1.0, 0.4).round(2).item()
    (0.0, 0.4)
    """
    ahead = (np.asarray(at, dtype=float) - far) / _WIDE
    return np.asarray(
        _FRONT * np.exp(-(np.clip(ahead, -30, 30) ** 2)) + embers / (1 + np.exp(np.clip(4 * ahead, -60, 60)))
    )


def fronts(far: float) -> Floats:
    """``(DELAYS,)``, how far the front has come in threads of each delay: a little before 0, and beyond 1.

    >>> bool((fronts(0.0) < -0.1).all()), bool((fronts(1.0) > 1.1).all())
    (True, True)
    """
    late = _LATE * np.arange(DELAYS) / DELAYS
    return -0.15 + far * (1.3 + _LATE) - late


def tables(begin: float, end: float, cold: float, warm: float, embers: float, still: float) -> NDArray[np.float32]:
    """``(DELAYS, HUES, PLACES)``, how bright threads are that lead from a part ``begin`` of the way up to ``end``.

    Parameters
    ----------
    begin, end
        From 0, the bottom, to 1, the top.
    cold, warm
        How far cold light has risen, and warm light fallen.
    embers
        What stays lit behind a front.
    still
        How bright threads are in which there is no light.
    """
    way = np.linspace(begin, end, PLACES)[None, :]
    light = np.zeros((DELAYS, HUES, PLACES), np.float32)
    fallen = passed(1 - way, fronts(warm)[:, None], embers)
    # Where warm light has come by, the cold is gone.
    light[:, COLD] = passed(way, fronts(cold)[:, None], embers) * np.clip(1 - 1.6 * fallen / max(embers, 0.05), 0.03, 1)
    # Where many threads meet, those without light are the fainter.
    light[:, COLD] += still * np.clip(np.minimum(way, 1 - way) * 5, 0.08, 1)
    light[:, WARM] = fallen
    return light
