"""Lamps: lanterns that are carried and windows that are lit, and the ground in their light."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.kernels import lamps as kernel
from scenes.engine.terrain.pixel_box import NOWHERE, PixelBox
from scenes.engine.terrain.view import View

Array = NDArray[np.float32]

#: Directions and distances in which a lamp looks for ground that stands in its light.
_AZIMUTHS, _RADII = 128, 32
#: What nobody sees, as a power.
_DARK = 4e-4
#: Pixels above which the light is reckoned for every second pixel only, each way.
_MANY = 160_000


@dataclass(frozen=True)
class Lamp:
    """A light near the ground.

    Attributes
    ----------
    place
        World point.
    strength
        How bright it is a unit away, as a power; it falls with the square of the distance.
    reach
        World distance at which nothing is left of it.
    toward
        The direction over the ground, of length 1, to which a window throws it; None for a lantern.
    opening
        Of a lamp behind a window or a door, how far its light spreads to the left and to the right of that direction,
        as tangents: left and right of whoever stands before it and looks in. Equal ones are none.
    """

    place: tuple[float, float, float]
    strength: float = 0.2
    reach: float = 2.2
    toward: tuple[float, float] | None = None
    opening: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class LampLight:
    """What the ground gives back of the light of lamps.

    Attributes
    ----------
    box
        Where in the frame.
    lit
        ``(h, w)``, how bright on each of its pixels, as a power of the lamps' colour.
    """

    box: PixelBox
    lit: Array

    @classmethod
    def trimmed(cls, box: PixelBox, lit: Array) -> LampLight:
        """The same, without the rows and columns round it that are as good as dark."""
        bright = lit > _DARK
        rows, columns = np.flatnonzero(bright.any(axis=1)), np.flatnonzero(bright.any(axis=0))
        if not len(rows):
            return cls.nowhere()
        (top, bottom), (left, right) = (rows[0], rows[-1] + 1), (columns[0], columns[-1] + 1)
        inner = PixelBox(box.left + int(left), box.top + int(top), box.left + int(right), box.top + int(bottom))
        return cls(inner, np.ascontiguousarray(lit[top:bottom, left:right]))

    @classmethod
    def nowhere(cls) -> LampLight:
        """No light at all."""
        return cls(NOWHERE, np.zeros((0, 0), np.float32))


def light_of(lamps: Sequence[Lamp], view: View, terrain: BakedTerrain, camera: Camera) -> LampLight:
    """The light of some lamps on the ground of a view."""
    boxes = [(lamp, box) for lamp in lamps if (box := _reached(lamp, terrain, camera)) is not None]
    if not boxes:
        return LampLight.nowhere()
    corners = np.array([box.corners for _, box in boxes])
    whole = PixelBox(*(int(side) for side in (*corners[:, :2].min(axis=0), *corners[:, 2:].max(axis=0))))
    height, width = whole.bottom - whole.top, whole.right - whole.left
    step = 2 if height * width > _MANY else 1
    coarse = np.zeros((-(-height // step), -(-width // step)), np.float32)
    west, _, south, _ = terrain.landscape.bounds
    for lamp, _ in boxes:
        kernel.shine(
            terrain.matter,
            np.float32(west),
            np.float32(south),
            np.float32(terrain.texels),
            view.eye,
            view.rays,
            view.level,
            view.depth,
            np.array(
                [
                    *lamp.place,
                    lamp.strength,
                    lamp.reach,
                    *(lamp.toward or (0, 0)),
                    lamp.toward is None,
                    *lamp.opening,
                ],
                np.float32,
            ),
            _horizon(lamp, terrain),
            coarse,
            whole.left,
            whole.top,
            step,
        )
    if step == 1:
        return LampLight.trimmed(whole, coarse)
    fine = np.empty((height, width), np.float32)
    kernel.widen(coarse, step, fine)
    return LampLight.trimmed(whole, fine)


def _reached(lamp: Lamp, terrain: BakedTerrain, camera: Camera) -> PixelBox | None:
    """The pixels that a lamp may light."""
    x, y, _ = lamp.place
    around = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    ring = np.stack([np.cos(around), np.sin(around)], axis=-1) * lamp.reach / np.cos(np.pi / 12) + (x, y)
    # A summit between the lamp and the end of its reach is lit too.
    within = np.concatenate([(x, y) + (ring - (x, y)) * part for part in (0, 0.25, 0.5, 0.75, 1)])
    ground = terrain.height(*within.astype(np.float32).T)
    room = 0.1 * lamp.reach
    low, high = float(ground.min()) - room, float(ground.max()) + room
    rim = np.concatenate([np.insert(ring, 2, level, axis=1) for level in (low, high)])
    return PixelBox.around(camera.project(rim), camera.size)


def _horizon(lamp: Lamp, terrain: BakedTerrain) -> Array:
    """``(azimuths, radii)``, how steeply the ground rises before each distance, at most, as the lamp sees it.

    Azimuths are even in the sum of the two coordinates' sizes, as the kernel reckons them.
    """
    turn = np.arange(_AZIMUTHS) * 4 / _AZIMUTHS
    quarter, part = np.floor(turn), turn - np.floor(turn)
    east = np.choose(quarter.astype(int), [1 - part, -part, part - 1, part])
    north = np.choose(quarter.astype(int), [part, 1 - part, -part, part - 1])
    size = np.hypot(east, north)
    away = (np.arange(_RADII) + 0.5) * lamp.reach / _RADII
    x, y, z = lamp.place
    xs = (x + (east / size)[:, None] * away).astype(np.float32)
    ys = (y + (north / size)[:, None] * away).astype(np.float32)
    rise = (terrain.height(xs, ys) - np.float32(z)) / away.astype(np.float32)
    return np.ascontiguousarray(np.maximum.accumulate(rise, axis=1))
