"""Fog: what hides the ground from whoever stands in it. Laid over a view of the mountain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.kernels import fog as kernel
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

    def _clear(self) -> tuple[np.float32, np.float32]:
        return np.float32(self.sight), np.float32(max(self.soft, 1e-3))

    @property
    def reach(self) -> float:
        """Ground distance from which on nothing at all is seen."""
        return self.sight + self.soft + float(kernel.FRAYED)


@dataclass(frozen=True)
class PixelBox:
    """A rectangle of the frame, in whole pixels; right and bottom are just outside of it."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def around(cls, spots: NDArray[np.float64], size: tuple[int, int]) -> PixelBox | None:
        """The smallest that holds projected points, ``(n, 3)``, as a camera gives them.

        The whole frame if one of them is beside the eye or behind it; None if none of it lies in the frame.
        """
        width, height = size
        if (spots[:, 2] <= 0.05).any():
            return cls(0, 0, width, height)
        (left, top), (right, bottom) = np.floor(spots[:, :2].min(axis=0)), np.ceil(spots[:, :2].max(axis=0))
        box = cls(max(int(left), 0), max(int(top), 0), min(int(right), width), min(int(bottom), height))
        return box if box.left < box.right and box.top < box.bottom else None

    @property
    def corners(self) -> NDArray[np.int64]:
        """``(4,)``: left, top, right, bottom."""
        return np.array([self.left, self.top, self.right, self.bottom])


#: No pixel of the frame.
_NOWHERE = PixelBox(0, 0, 0, 0)


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
            return several[0] if several else cls(_NOWHERE, np.zeros((0, 0), np.float32))
        corners = np.array([glow.box.corners for glow in several])
        box = PixelBox(*(int(side) for side in (*corners[:, :2].min(axis=0), *corners[:, 2:].max(axis=0))))
        dark = np.ones((box.bottom - box.top, box.right - box.left), np.float32)
        for glow in several:
            left, top = glow.box.left - box.left, glow.box.top - box.top
            dark[top : top + len(glow.strength), left : left + glow.strength.shape[1]] *= 1 - glow.strength
        return cls(box, 1 - dark)


def without_fog(view: View) -> NDArray[np.uint8]:
    """The picture without fog, as a frame has it: ``(H, W, 4)``, opaque."""
    picture = np.empty(view.level.shape, "<u4")
    kernel.draw_clear(view.colours, picture)
    return _softened(picture, view)


def with_fog(
    fog: Fog,
    view: View,
    terrain: BakedTerrain,
    clock: float,
    viewers: Sequence[tuple[float, float]] = (),
    seen_box: PixelBox | None = None,
    glows: Sequence[Glow] = (),
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
    glows
        Lit windows.
    """
    height, width = view.level.shape
    picture = np.empty((height, width), "<u4")
    wisps = _wisps(clock, width, height)
    low, high = terrain.span
    glow = Glow.of(glows)
    kernel.draw_fog(
        view.colours,
        view.level,
        view.ground,
        view.depth,
        # From the upper half of the mountain on the fog gets thinner.
        np.array([low + 0.55 * (high - low), 1 / max(0.45 * (high - low), 1e-6)], np.float32),
        wisps,
        np.float32(height / len(wisps)),
        _fog_rows(height, terrain.material.fog_light),
        np.array([fog.density, *fog._clear(), terrain.material.wisps], np.float32),
        np.array(viewers, np.float32).reshape(-1, 2),
        (seen_box if seen_box and viewers else _NOWHERE).corners,
        np.array([terrain.material.fog, terrain.material.glow], np.float32) * np.float32(255),
        glow.strength,
        glow.box.corners,
        picture,
    )
    return _softened(picture, view)


def _softened(picture: NDArray[np.uint32], view: View) -> NDArray[np.uint8]:
    pixels = picture.view(np.uint8).reshape(*picture.shape, 4)
    view.edges.soften(pixels)
    return pixels


@cache
def _fog_rows(height: int, light: tuple[float, float]) -> NDArray[np.float32]:
    """How bright the fog is in each row: lighter toward the sky."""
    return np.linspace(*light, height, dtype=np.float32)


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


def _wisps(clock: float, width: int, height: int) -> NDArray[np.float32]:
    """``(height / 8, width)``, two layers of the cloud drifting over each other, about -1 to 1: mixed small."""
    columns, rows = max(width // _COARSE, 2), max(height // _COARSE, 2)
    drawn = np.empty((rows, width), np.float32)
    layers = [
        (clock * speed, clock * drop, span / columns, span * height / width / rows, weight)
        for speed, drop, span, weight in ((3.1, 0.4, 200.0, 0.65), (-1.7, 0.25, 120.0, 0.5))
    ]
    kernel.wisps(_cloud(), np.array(layers), columns, drawn)
    return drawn


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
