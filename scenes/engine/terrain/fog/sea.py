"""Fog that sinks: a sea whose surface falls, so that ranges and peaks come out of it first and the valleys last."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.kernels import fog_sea as kernel
from scenes.engine.terrain.noise import tile
from scenes.engine.terrain.view import View

Array = NDArray[np.float32]

#: Fog that reaches so many heights of the land has not sunk at all.
FULL = 3.0
#: World height of its swells, how thick it is for each unit of way, and by how much it is lower at the land's edge.
_SWELL, _DENSE, _DOME = 0.15, 1.5, 0.75


def surface_of(top: float, terrain: BakedTerrain) -> float:
    """The world height of a surface that is given in heights of the land, from its lowest ground."""
    low, high = terrain.span
    return low + top * (high - low)


def sea_of(top: float, view: View, terrain: BakedTerrain, clock: float, camera: Camera) -> tuple[Array, Array]:
    """``(H, W)`` twice: how much such fog hides of each pixel if nobody sees there, and how bright it is."""
    west, east, south, north = terrain.landscape.bounds
    unit = terrain.unit
    shape = [
        surface_of(top, terrain),
        _SWELL * unit,
        _DENSE,
        _DOME * unit,
        (west + east) / 2,
        (south + north) / 2,
        (2 / max(east - west, north - south)) ** 2,
        unit,
        clock,
        camera.horizon,
        camera.focal,
        float(np.median(np.concatenate([terrain.heights[[0, -1]].ravel(), terrain.heights[:, [0, -1]].ravel()]))),
    ]
    sun = terrain.sun[:2] / np.hypot(*terrain.sun[:2])
    thick, bright = np.empty((2, *view.level.shape), np.float32)
    kernel.sea(
        view.level,
        view.depth,
        view.eye,
        view.rays,
        np.array(shape, np.float32),
        sun.astype(np.float32),
        tile(61),
        thick,
        bright,
    )
    return thick, bright


def hides(top: float, terrain: BakedTerrain, eye: tuple[float, float, float], place: NDArray[np.float64]) -> float:
    """How much of a world point such fog hides from an eye, but for its swells, from 0 to 1."""
    if top >= FULL:
        return 1.0
    west, east, south, north = terrain.landscape.bounds
    reach = max(float(np.hypot(place[0] - eye[0], place[1] - eye[1])), 1e-3)
    away = ((place[0] - (west + east) / 2) ** 2 + (place[1] - (south + north) / 2) ** 2) * (
        2 / max(east - west, north - south)
    ) ** 2
    level = surface_of(top, terrain)
    falls = min(max((eye[2] - level) / (0.9 * terrain.unit), 0.0), 1.0)  # as the kernel has it
    surface = level - falls * _DOME * terrain.unit * min(float(away), 1.6)
    numbers = (eye[2], (place[2] - eye[2]) / reach, reach, surface)
    way = float(kernel.through(*(np.float32(number) for number in numbers))) / terrain.unit
    return float(1 - np.exp(-_DENSE * way))
