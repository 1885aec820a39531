"""Fog: what hides the ground from whoever stands in it. Laid over a view of the mountain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.fog.banks import banks_of, wisps_of
from scenes.engine.terrain.fog.sea import FULL, sea_of, surface_of
from scenes.engine.terrain.kernels import fog as kernel
from scenes.engine.terrain.lamps import LampLight
from scenes.engine.terrain.pixel_box import NOWHERE, PixelBox
from scenes.engine.terrain.view import View

Array = NDArray[np.float32]

#: World distance that a lit window's glow reaches in the fog.
_HALO = 1.7
#: How much light breaks through fog while it sinks past the eye, beside what does where it thins.
_BREAKING = 0.55


@dataclass(frozen=True)
class Fog:
    """How thick the fog is, and how far someone viewers in it sees.

    Attributes
    ----------
    density
        0 is a clear day, 1 hides the ground.
    sight, soft
        Distance over the ground (world units) that is clear around a hiker, and over which it closes.
    top
        How high it reaches, in heights of the land from its lowest ground. As it sinks, the far ranges and the peaks
        come out of it first, and the valleys last; below 0 nothing is left of it.

    Examples
    --------
    Thick fog, and a lantern in it::

        mountain = Mountain(library.landscape("mountain"), fog=Fog(0.9, sight=1.5, soft=2.0))
        mountain.lights.append(lambda: (-2.9, -0.15))
        self.add(mountain, Hiker(mountain, (-2.9, -0.15)))
        self.play(mountain.change_fog(density=0.2, run_time=1))
    """

    density: float = 1.0
    sight: float = 0.55
    soft: float = 1.5
    top: float = FULL

    def toward(self, other: Fog, fraction: float) -> Fog:
        """The fog at ``fraction`` of the way to ``other``: 0 is this one, 1 the other."""
        return Fog(
            self.density + (other.density - self.density) * fraction,
            self.sight + (other.sight - self.sight) * fraction,
            self.soft + (other.soft - self.soft) * fraction,
            self.top + (other.top - self.top) * fraction,
        )

    def closing(self, away: float) -> float:
        """How thick it is at a ground distance from whoever sees, from 0 to 1.

        >>> [Fog(sight=1, soft=2).closing(away) for away in (0.5, 2, 4)]
        [0.0, 0.5, 1.0]
        """
        return float(kernel.closing(*self._clear(), np.float32(away)))

    def cover(self, lies: float) -> float:
        """How much of the ground it hides where no viewer stands, from 0 to 1.

        Parameters
        ----------
        lies
            How gladly fog lies there, from -1 to 1; see `lies`.

        >>> Fog(1).cover(-1), Fog(0).cover(1), Fog(0.5).cover(-1) < 0.1, Fog(0.5).cover(1) > 0.9
        (1.0, 0.0, True, True)
        """
        return float(np.clip(self.density + self.unevenness * lies, 0, 1))

    @property
    def unevenness(self) -> float:
        """By how much it is thicker here and thinner there: not at all if it is thick everywhere, or nowhere."""
        density = min(max(self.density, 0.0), 1.0)
        return 2.1 * density * (1 - density)

    def _clear(self) -> tuple[np.float32, np.float32]:
        return np.float32(self.sight), np.float32(max(self.soft, 1e-3))

    @property
    def reach(self) -> float:
        """Ground distance from which on nothing at all is seen."""
        return self.sight + self.soft + float(kernel.FRAYED)


@dataclass(frozen=True)
class Glow:
    """Light of a window that the fog scatters.

    Attributes
    ----------
    box
        Where in the frame.
    strength
        ``(h, w)``, how strong on each of its pixels, from 0 to 1.
    """

    box: PixelBox
    strength: Array

    @classmethod
    def of(cls, several: Sequence[Glow]) -> Glow:
        """The light of several windows together: what one leaves dark, the next may light."""
        if len(several) < 2:
            return several[0] if several else cls(NOWHERE, np.zeros((0, 0), np.float32))
        corners = np.array([glow.box.corners for glow in several])
        box = PixelBox(*(int(side) for side in (*corners[:, :2].min(axis=0), *corners[:, 2:].max(axis=0))))
        dark = np.ones((box.bottom - box.top, box.right - box.left), np.float32)
        for glow in several:
            left, top = glow.box.left - box.left, glow.box.top - box.top
            dark[top : top + len(glow.strength), left : left + glow.strength.shape[1]] *= 1 - glow.strength
        return cls(box, 1 - dark)


@dataclass(frozen=True)
class Halo:
    """The mist round a lantern, lit by it.

    Attributes
    ----------
    column, row
        Where in the frame.
    radius
        Pixels at which it is a quarter as bright as in the middle.
    strength
        How bright it is in the middle, from 0 to 1.
    """

    column: float
    row: float
    radius: float
    strength: float


@dataclass(frozen=True)
class Lights:
    """All that shines in a picture of the mountain.

    Attributes
    ----------
    windows, lanterns
        The ground in their light.
    flicker
        How bright the lanterns are just now: about 1.
    glows
        The light of windows that the fog scatters.
    halos
        That of lanterns.
    """

    windows: LampLight = field(default_factory=LampLight.nowhere)
    lanterns: LampLight = field(default_factory=LampLight.nowhere)
    flicker: float = 1.0
    glows: Sequence[Glow] = ()
    halos: Sequence[Halo] = ()

    @property
    def any(self) -> bool:
        """Whether anything shines at all."""
        return bool(self.windows.lit.size or self.lanterns.lit.size or self.halos)


def flicker(clock: float, which: int = 0) -> float:
    """How bright the flame of a lantern is: about 1, a little more and less from moment to moment.

    >>> 0.9 < flicker(1.25) < 1.1, flicker(1.25) == flicker(1.25)
    (True, True)
    """
    waves = ((1.7, 0.022), (4.3, 0.020), (9.1, 0.016))
    return 1 + float(sum(size * np.sin(2 * np.pi * rate * clock + 1.7 * which + 3 * rate) for rate, size in waves))


def without_fog(view: View, terrain: BakedTerrain | None = None, lights: Lights | None = None) -> NDArray[np.uint8]:
    """The picture without fog, as a frame has it: ``(H, W, 4)``, opaque."""
    picture = np.empty(view.level.shape, "<u4")
    if terrain is None or lights is None or not lights.any:
        kernel.draw_clear(view.colours, picture)
    else:
        kernel.draw_lit(view.colours, *_lamps(lights, terrain), picture)  # type: ignore[call-arg]
    return _softened(picture, view)


def _lamps(lights: Lights, terrain: BakedTerrain) -> tuple[NDArray[Any], ...]:
    """Lamps and halos, as the kernels want them."""
    halos = np.array([(each.column, each.row, each.radius, each.strength) for each in lights.halos], np.float32)
    fire = np.array(terrain.material.glow, np.float32)
    return (
        lights.windows.lit,
        lights.windows.box.corners,
        lights.lanterns.lit,
        lights.lanterns.box.corners,
        np.array([lights.flicker], np.float32),
        halos.reshape(-1, 4),
        np.square(fire * np.float32(1023)),
        fire * np.float32(255),
    )


def with_fog(
    fog: Fog,
    view: View,
    terrain: BakedTerrain,
    clock: float,
    viewers: Sequence[tuple[float, float]] = (),
    seen_box: PixelBox | None = None,
    lights: Lights | None = None,
    camera: Camera | None = None,
) -> NDArray[np.uint8]:
    """The picture with fog before it, as a frame has it: ``(H, W, 4)``, opaque.

    Parameters
    ----------
    fog, view, terrain
        The fog, the view that it hides, and the terrain that is seen there.
    clock
        Seconds: the wisps drift.
    viewers
        Ground points, in world units, of those who see.
    seen_box
        The pixels outside of which none of them sees anything; None if they see none.
    lights
        Lamps and lit windows.
    camera
        Through which it is seen: as the eye moves, near banks pass before far ones.
    """
    height, width = view.level.shape
    picture = np.empty((height, width), "<u4")
    wisps = wisps_of(clock, width, height)
    sunk = sunlit = np.zeros((0, width), np.float32)
    breaking = fog.unevenness
    if fog.top < FULL and camera is not None:
        sunk, sunlit = sea_of(fog.top, view, terrain, clock, camera)
        # Light breaks in as its surface passes the eye.
        over = (surface_of(fog.top, terrain) - camera.eye[2]) / terrain.unit
        breaking = max(breaking, _BREAKING * float(np.exp(-np.square((over - 0.5) / 1.3))))
    banks = banks_of(breaking, terrain, clock, width, height, camera)
    low, high = terrain.span
    west, east, south, north = terrain.landscape.bounds
    lights = lights or Lights()
    glow = Glow.of(lights.glows)
    kernel.draw_fog(  # type: ignore[call-arg]
        view.colours,
        view.level,
        view.depth,
        view.eye,
        view.rays,
        # It lies in valleys rather than on heights, and in the middle rather than at the edge.
        np.array([low, 1 / max(high - low, 1e-6), (west + east) / 2, (south + north) / 2], np.float32),
        np.array([2 / (east - west), 2 / (north - south)], np.float32),
        wisps,
        banks,
        np.float32(height / len(wisps)),
        np.array([fog.density, *fog._clear(), fog.unevenness], np.float32),
        np.array(viewers, np.float32).reshape(-1, 2),
        (seen_box if seen_box and viewers else NOWHERE).corners,
        np.array([terrain.material.fog, terrain.material.glow], np.float32) * np.float32(255),
        glow.strength,
        glow.box.corners,
        *_lamps(lights, terrain),
        sunk,
        sunlit,
        picture,
    )
    return _softened(picture, view)


def lies(terrain: BakedTerrain, x: float, y: float, level: float) -> float:
    """How gladly fog lies at a place on the ground, from -1 to 1: in valleys, far from the edge; but for its wisps."""
    low, high = terrain.span
    west, east, south, north = terrain.landscape.bounds
    away = (2 * (x - (west + east) / 2) / (east - west)) ** 2 + (2 * (y - (south + north) / 2) / (north - south)) ** 2
    return float(kernel.lies(np.float32((level - low) / max(high - low, 1e-6)), np.float32(away), np.float32(0)))


def _softened(picture: NDArray[np.uint32], view: View) -> NDArray[np.uint8]:
    pixels = picture.view(np.uint8).reshape(*picture.shape, 4)
    view.edges.soften(pixels)
    return pixels


@lru_cache(maxsize=4)
def halo_of(camera: Camera, place: tuple[float, float, float]) -> Glow | None:
    """The glow around a world point at full strength; None outside of the frame."""
    spot = camera.project(place)
    unit = camera.focal / spot[2]
    box = PixelBox.around(spot + unit * _HALO * np.array([[-1, -1, 0], [1, 1, 0]]), camera.size)
    if box is None:
        return None
    down = (np.arange(box.top, box.bottom) + 0.5 - spot[1]) / unit
    across = (np.arange(box.left, box.right) + 0.5 - spot[0]) / unit
    away = np.square(down)[:, None] + np.square(across)
    halo = 0.62 * np.exp(-away / 0.06) + 0.38 * np.exp(-away / 0.5)
    edge = np.clip((_HALO**2 - away) / _HALO**2, 0, 1)
    return Glow(box, (halo * edge).astype(np.float32))
