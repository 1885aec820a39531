"""Fog: what hides the ground from whoever stands in it. Laid over a view of the mountain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.kernels import fog as kernel
from scenes.engine.terrain.lamps import LampLight
from scenes.engine.terrain.noise import WAVE, tile
from scenes.engine.terrain.pixel_box import NOWHERE, PixelBox
from scenes.engine.terrain.view import View

Array = NDArray[np.float32]

#: World distance that a lit window's glow reaches in the fog.
_HALO = 1.7


@dataclass(frozen=True)
class Fog:
    """How thick the fog is, and how far someone viewers in it sees.

    Attributes
    ----------
    density
        0 is a clear day, 1 hides the ground.
    sight, soft
        Distance over the ground (world units) that is clear around a hiker, and over which it closes.

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

    def toward(self, other: Fog, fraction: float) -> Fog:
        """The fog at ``fraction`` of the way to ``other``: 0 is this one, 1 the other."""
        return Fog(
            self.density + (other.density - self.density) * fraction,
            self.sight + (other.sight - self.sight) * fraction,
            self.soft + (other.soft - self.soft) * fraction,
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
    wisps = _wisps(clock, width, height)
    banks = _banks(fog, terrain, clock, width, height, camera)
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


@cache
def _cloud() -> NDArray[np.float32]:
    """``(256, 256)``, smooth noise, about -1 to 1, that repeats without a seam."""
    chance = np.random.default_rng(4)
    size = 256
    fx, fy = np.fft.fftfreq(size)[:, None] * size, np.fft.fftfreq(size)[None, :] * size
    radius = np.hypot(fx, fy * 2.2)  # wisps lie flat
    spectrum = np.where(radius > 0, 1 / np.maximum(radius, 1) ** 1.9, 0) * (radius < 40)
    phase = np.exp(2j * np.pi * chance.random((size, size)))
    total = np.fft.ifft2(spectrum * phase).real
    total /= np.abs(total).max()
    return total.astype(np.float32)


#: Pixels from one row of the small picture of the wisps to the next.
_COARSE = 8
#: Banks of fog, from far to near: how far behind the middle of the land they stand, how high, and how much higher and
#: lower their crest is here and there (world units), units of it to a hill, and units that it drifts in a second.
_BANKS = (
    (15.0, 1.3, 0.70, 15.0, 0.16),
    (10.0, 0.9, 0.60, 11.0, -0.21),
    (6.0, 0.7, 0.50, 9.0, 0.27),
    (2.5, 0.5, 0.42, 7.0, -0.33),
    (-0.5, 0.35, 0.34, 5.5, 0.40),
    (-3.0, 0.2, 0.28, 4.4, -0.48),
    (-5.0, 0.1, 0.22, 3.6, 0.58),
)
#: World height over which a bank's crest fades in, and how much of what is behind it shows through.
_CREST, _THROUGH = 1.0, 0.35


def _wisps(clock: float, width: int, height: int) -> NDArray[np.float32]:
    """``(height / 8, width)``, two layers of the cloud drifting over each other, about -1 to 1: mixed small."""
    columns, rows = _small(width, height)
    drawn = np.empty((rows, width), np.float32)
    layers = [
        (clock * speed, clock * drop, span / columns, span * height / width / rows, weight)
        for speed, drop, span, weight in ((3.1, 0.4, 200.0, 0.65), (-1.7, 0.25, 120.0, 0.5))
    ]
    kernel.wisps(_cloud(), np.array(layers), columns, drawn)
    return drawn


def _banks(
    fog: Fog, terrain: BakedTerrain, clock: float, width: int, height: int, camera: Camera | None
) -> NDArray[np.float32]:
    """``(height / 8, width)``, how bright the fog is: banks at several depths, and shafts of light as it lifts."""
    columns, rows = _small(width, height)
    material, unit = terrain.material, terrain.unit
    bright, dark = material.fog_light
    down = ((np.arange(rows, dtype=np.float32) + np.float32(0.5)) * np.float32(height / rows))[:, None]
    drawn = np.zeros((rows, columns + 1), np.float32)
    if camera is not None:
        west, east, south, north = terrain.landscape.bounds
        middle = np.array([(west + east) / 2, (south + north) / 2])
        away = float((middle - camera.eye[:2]) @ camera.forward)
        aside = float((middle - camera.eye[:2]) @ camera.right)
        across = np.arange(columns + 1) * (width / columns) - width / 2
        wavy = tile(67)
        for number, (behind, high, uneven, span, speed) in enumerate(_BANKS):
            depth = away + behind * unit
            near = min(max((depth / unit - 1.5) / 2.5, 0.0), 1.0)
            if near <= 0:
                continue
            place = (across * depth / camera.focal - aside) / (span * unit) + clock * speed / span
            crest = _line(wavy, 37 * number, place) + 0.32 * _line(wavy, 37 * number + 11, place * 3.1)
            top = terrain.span[0] + unit * (high + uneven * crest)
            row = camera.horizon + camera.focal * (camera.eye[2] - top) / depth
            soft = camera.focal / depth * _CREST * unit
            past = (down - row.astype(np.float32)) / np.float32(soft)
            inside = np.clip(past + np.float32(0.5), 0, 1)
            inside *= inside * (3 - 2 * inside)
            # Lit along its crest, dark below it.
            tone = np.float32(2.2) / (1 + np.square(np.maximum(past, 0) * np.float32(0.8))) - np.float32(0.9)
            drawn += (tone - drawn) * inside * np.float32((1 - _THROUGH) * near)
    drawn *= np.float32(material.wisps)
    drawn += np.linspace(bright, dark, rows, dtype=np.float32)[:, None]
    shafts = material.shafts * fog.unevenness * 2
    if camera is not None and shafts > 0.01:
        drawn += _shafts(terrain, camera, clock, columns, rows) * np.float32(shafts)
    wide = np.empty((rows, width), np.float32)
    kernel.stretch(drawn, wide)
    return wide


def _line(wavy: NDArray[np.float32], row: int, place: NDArray[Any]) -> NDArray[np.float64]:
    """One row of a tile at places, a hill of it to each whole one, smooth between its points."""
    line, at = wavy[row % len(wavy)], place * WAVE
    i = np.floor(at).astype(int)
    part = at - i
    part = part * part * (3 - 2 * part)
    return np.asarray(line[i % len(line)] + (line[(i + 1) % len(line)] - line[i % len(line)]) * part)


def _shafts(terrain: BakedTerrain, camera: Camera, clock: float, columns: int, rows: int) -> NDArray[np.float32]:
    """``(rows, columns + 1)``, shafts of sunlight, from 0 to 1: in the picture they run toward where the sun is."""
    width, height = camera.size
    sun = terrain.sun.astype(np.float64)
    ahead = float(sun[:2] @ camera.forward)
    ahead = ahead if abs(ahead) > 0.05 else 0.05
    at = np.array([width / 2 + camera.focal * float(sun[:2] @ camera.right) / ahead])
    above = camera.horizon - camera.focal * float(sun[2]) / ahead
    across = (np.arange(columns + 1) * width / columns - at) / width
    down = ((np.arange(rows) + 0.5) * height / rows - above)[:, None] / width
    # Seen from the vanishing point, equal steps of the angle are shafts of equal width.
    angle = np.unwrap(np.unwrap(np.arctan2(down, across), axis=1), axis=0)
    spread = max(float(np.ptp(angle)), 1e-3)
    place = (angle - angle.min()) / spread * 11 + 0.05 * clock
    light = _line(tile(61), 7, place) + 0.6 * _line(tile(61), 97, place * 2.3)
    fading = np.linspace(1.0, 0.25, rows)[:, None]
    return (np.clip(light - 0.1, 0, 2) * 0.5 * fading).astype(np.float32)


def _small(width: int, height: int) -> tuple[int, int]:
    """Columns and rows of the small pictures."""
    return max(width // _COARSE, 2), max(height // _COARSE, 2)


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
