"""The throw of a dart, in numpy: where it lands, and on which way.

Lengths are centimetres, angles degrees, times seconds. Film 2 learns two angles by it.
`descent_core.catalogue.loss` has the same formula in torch, for runs; pictures are made with this one, and a test holds
the two together.

The wall is flat and `AWAY` from the thrower. A place on it is ``(x, y)``: how far right of straight ahead, and how high
above the floor. There is no air: a dart falls as everything falls.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: From the thrower to the wall, as the rules of darts have it; how fast a dart leaves the hand, and how high.
AWAY, SPEED, RELEASED = 237.0, 650.0, 175.0
#: What pulls it down, in centimetres per second per second.
GRAVITY = 981.0
#: Where the bull hangs. The thrower doesn't know.
BULL = (62.0, 148.0)
#: Radii of a dartboard: the bull's eye, the ring round it, both edges of the two narrow rings, the board's own edge.
BULL_RADIUS, OUTER_BULL, TRIPLE, DOUBLE, EDGE = 0.635, 1.59, (9.9, 10.7), (16.2, 17.0), 22.55
#: A dart less far from the bull than this has hit: within the double ring.
HIT = DOUBLE[1]

#: By how much the hand shakes at each of the twenty darts of a round: sideways and up, in degrees, their mean is 0.
#: Drawn once: normal, 0.012 radians, torch's generator with seed 0, the mean taken off.
SHAKES = (
    (-1.371666, -0.294907),
    (-0.512508, 0.648933),
    (-0.390955, -0.915280),
    (-0.211641, -0.634000),
    (-0.673951, 1.009293),
    (0.439389, 1.349008),
    (0.997735, -0.881820),
    (0.265939, 0.194125),
    (0.322408, -0.473686),
    (-0.650092, -0.538093),
    (0.203129, 0.106313),
    (0.338683, -0.609295),
    (0.764840, 0.107251),
    (0.310068, -0.061582),
    (0.533451, 0.730019),
    (0.470593, -0.166989),
    (0.207423, -0.175519),
    (-0.922018, 0.590072),
    (1.010767, -0.097460),
    (-1.131594, 0.113618),
)
#: The same with one dart that slips out of the hand.
SLIPPED_SHAKES = ((-34.4, -5.7), *SHAKES[1:])


def landing(aims: ArrayLike) -> NDArray[np.float64]:
    """``(…, 2)``, where on the wall darts land.

    Parameters
    ----------
    aims
        ``(…, 2)``, the two angles of each: to the right, and up.

    Examples
    --------
    Straight ahead it falls for 0.36 seconds:

    >>> landing([0.0, 0.0]).round(1).tolist()
    [0.0, 109.8]
    """
    aside, up = np.moveaxis(np.radians(np.asarray(aims, dtype=np.float64)), -1, 0)
    far = AWAY / np.cos(aside)
    falls = GRAVITY * far**2 / (2 * SPEED**2 * np.cos(up) ** 2)
    return np.stack([AWAY * np.tan(aside), RELEASED + far * np.tan(up) - falls], axis=-1)


def misses(aim: ArrayLike, shakes: ArrayLike = SHAKES) -> NDArray[np.float64]:
    """``(n,)``, how far from the bull the darts of a round land that is thrown at one aim.

    >>> misses([14.5, 10.5]).round(1)[:3].tolist()
    [6.7, 4.4, 3.9]
    """
    thrown = landing(np.asarray(aim, dtype=np.float64) + np.asarray(shakes, dtype=np.float64))
    return np.asarray(np.linalg.norm(thrown - BULL, axis=-1))


def flight(aims: ArrayLike, fraction: ArrayLike) -> NDArray[np.float64]:
    """``(…, 3)``, where darts are on their way: right of straight ahead, above the floor, and how far from the wall.

    Parameters
    ----------
    aims
        ``(…, 2)``, the two angles of each.
    fraction
        Of the time that it takes, from 0, in the hand, to 1, in the wall; broadcasts with the aims.

    Examples
    --------
    >>> flight([0.0, 0.0], 0.0).tolist()
    [0.0, 175.0, 237.0]
    >>> flight([0.0, 0.0], 1.0).round(1).tolist()
    [0.0, 109.8, 0.0]
    """
    aside, up = np.moveaxis(np.radians(np.asarray(aims, dtype=np.float64)), -1, 0)
    gone = np.asarray(fraction, dtype=np.float64) * AWAY
    seconds = gone / (SPEED * np.cos(up) * np.cos(aside))
    height = RELEASED + SPEED * np.sin(up) * seconds - GRAVITY * seconds**2 / 2
    return np.stack(np.broadcast_arrays(gone * np.tan(aside), height, AWAY - gone), axis=-1)


def heading(aims: ArrayLike, fraction: ArrayLike) -> NDArray[np.float64]:
    """``(…, 3)``, which way darts fly then, as long as 1: to the right, up, and away from the wall.

    Parameters
    ----------
    aims, fraction
        As for `flight`.

    >>> heading([0.0, 0.0], 0.0).tolist()
    [0.0, 0.0, -1.0]
    """
    aside, up = np.moveaxis(np.radians(np.asarray(aims, dtype=np.float64)), -1, 0)
    ahead = SPEED * np.cos(up) * np.cos(aside)
    seconds = np.asarray(fraction, dtype=np.float64) * AWAY / ahead
    falling = SPEED * np.sin(up) - GRAVITY * seconds
    way = np.stack(np.broadcast_arrays(ahead * np.tan(aside), falling, -ahead), axis=-1)
    return np.asarray(way / np.linalg.norm(way, axis=-1, keepdims=True))
