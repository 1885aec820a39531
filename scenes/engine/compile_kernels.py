"""Compile the renderer's loops, so that the first picture need not wait for it.

By ``python -m scenes.engine.compile_kernels``, or by `compile_all`.

numba keeps what it compiled beside the source in a checkout, and elsewhere in the user's cache (see
``descent_core.folders.use_writable_folders``); after a change to a loop it compiles it again by itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenes.engine.drawing.compositing import composite
from scenes.engine.drawing.subpaths import subpaths
from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.fog import Fog, with_fog, without_fog
from scenes.engine.terrain.pixel_box import PixelBox
from scenes.engine.terrain.material import Material
from scenes.engine.terrain.view import render_view

_GREY = (0.5, 0.5, 0.5)
_MATERIAL = Material(
    ground=(_GREY, _GREY),
    rock=_GREY,
    sun=_GREY,
    shade=_GREY,
    haze=_GREY,
    sky=_GREY,
    fog=_GREY,
    contour=_GREY,
    glow=_GREY,
)


class _Slope:
    bounds = (0.0, 1.0, 0.0, 1.0)

    def height(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        return np.asarray(np.add(x, y), dtype=np.float64)


def compile_all() -> None:
    """Draw a very small picture in each way in which a mountain is drawn: numba then keeps all that it compiled."""
    ground = BakedTerrain(_Slope(), _MATERIAL, relief=1.0)
    view = render_view(ground, Camera((0.5, -2.0, 3.0), (0.5, 0.5, 1.0), 40.0, (64, 36)), contour=0.1, smooth=2)
    without_fog(view)
    Fog().closing(1.0)
    composite(np.zeros((2, 2, 4), np.uint8), 0, 0, np.zeros((1, 1, 4), np.uint8))
    subpaths(np.zeros((8, 3)), 1e-6)
    with_fog(Fog(), view, ground, 0.0, [(0.5, 0.5)], PixelBox(0, 0, 64, 36))


if __name__ == "__main__":
    compile_all()
