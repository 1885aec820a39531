"""What lies behind the land, compiled by numba: ranges of mountains in the haze, one behind the other.

Plain loops over plain arrays; `scenes.engine.terrain.sky` says what they mean.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scenes.engine.terrain.kernels.shading import ten_bits
from scenes.engine.terrain.kernels.sunlight import between

Array = NDArray[np.float32]

_NONE, _HALF, _ONE = np.float32(0), np.float32(0.5), np.float32(1)


@njit(cache=True, nogil=True)
def ranges(
    picture: NDArray[np.uint32],
    depth: Array,
    ends: Array,
    tops: Array,
    arcs: Array,
    scales: Array,
    leans: Array,
    feet: Array,
    tones: Array,
    haze: Array,
    tile: Array,
) -> None:
    """Draw ranges of mountains where there is no land.

    Parameters
    ----------
    picture, depth
        The view, in ten bits a colour.
    ends
        ``(W,)``, the depth at which the land ends in each column: what is farther is drawn over.
    tops, arcs, scales, leans, feet
        ``(n, W)`` each, from the nearest to the farthest: in each column the row of the crest, the place along the
        range in its own unit, pixels of that unit, how its flank turns to the sun there, and the row of its foot.
    tones
        ``(n, 2, 3)``, of each range the colour in the shade and in the sun, from 0 to 1.
    haze
        ``(3,)``, into which their feet fade.
    tile
        Noise: spurs and gullies.
    """
    rows, columns = picture.shape
    count = len(tops)
    for row in range(rows):
        for c in range(columns):
            if depth[row, c] < ends[c]:
                continue
            middle = np.float32(row) + _HALF
            packed = picture[row, c]
            red, green, blue = ten_bits(packed, 0), ten_bits(packed, 10), ten_bits(packed, 20)
            for k in range(count - 1, -1, -1):
                cover = min(max(middle - tops[k, c] + _HALF, _NONE), _ONE)
                if cover <= _NONE:
                    continue
                below = max(middle - tops[k, c], _NONE) / scales[k, c]
                along = arcs[k, c]
                spur = between(
                    tile, (along * np.float32(1.3) + below * np.float32(0.8)) * np.float32(8), below * np.float32(5)
                )
                rib = between(
                    tile,
                    along * np.float32(23) - below * np.float32(17),
                    below * np.float32(15) + along * np.float32(9),
                )
                light = leans[k, c] * np.float32(0.45) + spur * np.float32(0.40) + rib * np.float32(0.11)
                light = min(max(light + np.float32(0.40), _NONE), _ONE)
                # Mist lies between one range and the next.
                mist = max(_ONE - (feet[k, c] - middle) / scales[k, c], _NONE)
                mist = min(mist, _ONE)
                mist = mist * mist * (np.float32(3) - mist - mist)
                light *= _ONE - mist
                for channel in range(3):
                    tone = tones[k, 0, channel] + (tones[k, 1, channel] - tones[k, 0, channel]) * light
                    tone = (tone + (haze[channel] - tone) * mist) * np.float32(1023)
                    if channel == 0:
                        red += (tone - red) * cover
                    elif channel == 1:
                        green += (tone - green) * cover
                    else:
                        blue += (tone - blue) * cover
            mixed = np.uint32(red + _HALF) | np.uint32(np.uint32(green + _HALF) << np.uint32(10))
            picture[row, c] = mixed | np.uint32(np.uint32(blue + _HALF) << np.uint32(20))
