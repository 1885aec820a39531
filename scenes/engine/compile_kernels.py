"""Compile the renderer's loops, so that the first picture need not wait for it.

By ``python -m scenes.engine.compile_kernels``, or by `compile_all`.

numba keeps what it compiled beside the source in a checkout, and elsewhere in the user's cache (see
``descent_core.folders.use_writable_folders``); after a change to a loop it compiles it again by itself.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenes.engine.dartboard.darts import paint_darts
from scenes.engine.dartboard.light import LAMPLIGHT, Glow, add_glows, add_lamp, finished, lit
from scenes.engine.dartboard.surfaces import surfaces
from scenes.engine.dartboard.table import add_table
from scenes.engine.dartboard.view import WallView as WallFrame
from scenes.engine.dither import veil
from scenes.engine.drawing.compositing import composite
from scenes.engine.drawing.subpaths import subpaths
from scenes.engine.fields.bead_field import HUES, Film, Threads, paint_beads
from scenes.engine.fields.decision import paint_decision
from scenes.engine.fields.knob_field import KnobColours, WallView, paint_knobs
from scenes.engine.fields.lamp_field import FogBank, paint_lamps
from scenes.engine.fields.night_sea import SeaLook, paint_sea
from scenes.engine.fields.sheets import paint_sheets
from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.fog.fog import Fog, Halo, Lights, lies, with_fog, without_fog
from scenes.engine.terrain.fog.sea import hides
from scenes.engine.terrain.kernels.lamps import widen
from scenes.engine.terrain.lamps import Lamp, light_of
from scenes.engine.terrain.material import Material
from scenes.engine.terrain.paper import PaperMap
from scenes.engine.terrain.pixel_box import PixelBox
from scenes.engine.terrain.scenery.scatter import Clearing, Scattered
from scenes.engine.terrain.sky import draw_sky
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
    bounds = (0.0, 18.0, 0.0, 18.0)

    def height(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        return np.asarray(np.add(x, y) * 0.1, dtype=np.float64)


def compile_all() -> None:
    """Draw a very small picture in each way in which a mountain is drawn: numba then keeps all that it compiled."""
    ground = BakedTerrain(_Slope(), _MATERIAL, relief=1.0, texels=4)
    camera = Camera((9.0, -6.0, 7.0), (9.0, 9.0, 2.0), 60.0, (64, 36))
    scattered = Scattered(ground, [Clearing(np.array([[9.0, 9.0]]), 0.5)])
    paper = PaperMap(ground, 0.5, (0.0, 0.0, 0.0), np.ones(2))
    render_view(ground, replace(camera, relief=0.5), contour=0.1, smooth=2, scattered=scattered, paper=paper)
    view = render_view(ground, camera, contour=0.1, smooth=2, scattered=scattered)
    draw_sky(ground, camera, view.colours, np.full_like(view.depth, np.inf))
    lamp = light_of([Lamp((9.0, 9.0, 2.3), reach=30.0)], view, ground, camera)
    widen(np.zeros((2, 2), np.float32), 2, np.zeros((4, 4), np.float32))
    lights = Lights(lamp, lamp, halos=[Halo(30.0, 18.0, 4.0, 0.3)])
    without_fog(view)
    without_fog(view, ground, lights)
    Fog().closing(1.0)
    lies(ground, 9.0, 9.0, 1.0)
    ground.seen([9.0, 9.0, 1.0], camera.eye)
    hides(0.5, ground, camera.eye, np.array([9.0, 9.0, 1.0]))
    composite(np.zeros((2, 2, 4), np.uint8), 0, 0, np.zeros((1, 1, 4), np.uint8))
    veil(np.zeros((2, 2, 4), np.uint8), np.zeros(3, np.float32), 0.5)
    subpaths(np.zeros((8, 3)), 1e-6)
    paint_knobs(
        (4, 4), WallView((2, 2), 4.0), np.zeros((1, 4), np.float32), 1, KnobColours(*np.zeros((8, 3), np.float32))
    )
    fog = FogBank(_GREY, 0.5)
    paint_lamps((4, 4), WallView((2, 2), 4.0), np.zeros((1, 5), np.float32), 1, np.zeros((4, 3), np.float32), fog)
    film = Film(np.zeros(3, np.float32), np.ones((HUES, 3), np.float32))
    paint_beads((4, 4), np.ones((1, 4 + HUES), np.float32), Threads(), film)
    paint_sheets((4, 4), np.zeros((2, 2, 3), np.uint8), np.eye(4, 3), np.zeros(3), np.zeros(3, np.float32))
    black, one = np.zeros(3, np.float32), np.array([[8, 12, 1, 1, 1, 0, 0]], np.float32)
    paint_sea((16, 16), 4.0, SeaLook(*(black,) * 5), one, np.ones((3, 3), np.float32), path=(8.0, 0.5))
    with_fog(Fog(0.5, top=0.5), view, ground, 0.0, [(9.0, 9.0)], PixelBox(0, 0, 64, 36), lights, camera)
    paint_decision((4, 4), np.zeros((2, 2), np.float32), np.ones((1, 3), np.float32), np.zeros((5, 3), np.float32), 1.0)
    _dartboard()


def _dartboard() -> None:
    """A wall with a board, a lamp, a dart and a ring."""
    wall, page, bull = WallFrame(0.0, 150.0, 2.0, (16, 8)), np.zeros(3, np.float32), (0.0, 150.0)
    planks = np.ones((2, 3), np.float32)
    picture = lit(surfaces(wall, bull, (0.5, 1.0), planks), wall, page, bull=bull, spot=1.0, ambient=0.1)
    add_table(picture, planks, LAMPLIGHT, 1.0)
    add_lamp(picture, wall, (0.0, 150.0, 100.0), 1.0)
    one = np.ones(1)
    paint_darts(
        picture,
        wall,
        np.array([[0.0, 150.0, 0.0]]),
        np.array([[0.0, 0.0, 1.0]]),
        size=2.0,
        colours=np.ones(3, np.float32),
        light=one,
        seen=one,
        shadow=0.5,
        shadow_way=(0.1, -0.5),
        roll=one,
    )
    add_glows(picture, wall, [Glow(0.0, 150.0, 2.0, 1.0, 1.0, (1.0, 1.0, 1.0), 2.0)])
    finished(picture)


if __name__ == "__main__":
    compile_all()
