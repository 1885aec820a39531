"""Fog: what hides the ground from whoever stands in it. Laid over a view of the mountain, by numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from scenes.terrain import Material, Terrain, View

Array = NDArray[np.float32]

#: Rows of a picture that are painted at a time.
_BAND = 32
#: Ground distance by which wisps fray the edge of what somebody sees.
_FRAYED = 0.5


@dataclass(frozen=True)
class Fog:
    """How thick the fog is, and how far someone standing in it sees.

    Attributes
    ----------
    density
        0 is a clear day, 1 hides the ground.
    sight, soft
        Ground distance (knob units) that is clear around a hiker, and over which it closes.
    """

    density: float = 1.0
    sight: float = 0.55
    soft: float = 1.5

    def toward(self, other: Fog, part: float) -> Fog:
        """The fog ``part`` of the way to ``other``."""
        return Fog(
            self.density + (other.density - self.density) * part,
            self.sight + (other.sight - self.sight) * part,
            self.soft + (other.soft - self.soft) * part,
        )

    def closing(self, away: Any) -> Any:
        """How thick it is at a ground distance from whoever sees, from 0 to 1.

        >>> Fog(sight=1, soft=2).closing(np.float32([0.5, 2, 4])).tolist()
        [0.0, 0.5, 1.0]
        """
        part = np.clip((away - np.float32(self.sight)) * np.float32(1 / max(self.soft, 1e-3)), 0, 1)
        rest = np.float32(3) - part - part
        rest *= part
        rest *= part
        return rest

    @property
    def reach(self) -> float:
        """Ground distance from which on nothing at all is seen."""
        return self.sight + self.soft + _FRAYED


@dataclass(frozen=True)
class Box:
    """A part of the frame, in whole pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def around(cls, spots: NDArray[np.float64], size: tuple[int, int]) -> Box | None:
        """The part that holds projected points; the whole frame if one of them is beside the eye, none outside."""
        width, height = size
        if (spots[:, 2] <= 0.05).any():
            return cls(0, 0, width, height)
        (left, top), (right, bottom) = np.floor(spots[:, :2].min(axis=0)), np.ceil(spots[:, :2].max(axis=0))
        box = cls(max(int(left), 0), max(int(top), 0), min(int(right), width), min(int(bottom), height))
        return box if box.left < box.right and box.top < box.bottom else None

    def within(self, rows: slice) -> tuple[tuple[slice, slice], tuple[slice, slice]] | None:
        """Its share of a band of rows: as seen from the band, and from the frame."""
        top, bottom = max(self.top, rows.start), min(self.bottom, rows.stop)
        if top >= bottom:
            return None
        columns = slice(self.left, self.right)
        return (slice(top - rows.start, bottom - rows.start), columns), (slice(top, bottom), columns)


@dataclass(frozen=True)
class Glow:
    """Light of a window that the fog scatters: where in the frame, and how strong on each of its pixels."""

    box: Box
    strength: Array


class Backdrop:
    """A view, and what the fog needs to know of it.

    ``lid`` is how much fog can lie on each pixel: less on the heights. ``clear_bytes`` is the picture
    without any, as a frame wants it.
    """

    def __init__(self, view: View, terrain: Terrain) -> None:
        self.view = view
        self.east, self.north = view.ground
        low, high = float(terrain.heights.min()), float(terrain.heights.max())
        rise = view.height - np.float32(low + 0.55 * (high - low))
        rise *= np.float32(1 / max(0.45 * (high - low), 1e-6))
        np.clip(rise, 0, 1, out=rise)
        lid = np.sqrt(rise)
        lid *= rise
        lid *= np.float32(-0.16)
        lid += 1
        sky = ~np.isfinite(view.depth)
        np.copyto(lid, 0.9, where=sky)
        for part in (self.east, self.north):
            np.copyto(part, 1e3, where=sky)
        self.lid = lid

    @cached_property
    def clear_bytes(self) -> NDArray[np.uint8]:
        picture = np.empty((*self.lid.shape, 4), np.uint8)
        picture[..., 3] = 255
        for channel, plane in enumerate(self.view.planes):
            picture[..., channel] = plane
        self.view.edges.soften(picture)
        return picture


def lay(
    fog: Fog,
    backdrop: Backdrop,
    material: Material,
    clock: float,
    standing: Sequence[tuple[float, float]] = (),
    sighted: Box | None = None,
    glows: Sequence[Glow] = (),
) -> NDArray[np.uint8]:
    """The picture with fog before it, as a frame has it: ``(H, W, 4)``, opaque.

    Parameters
    ----------
    fog, backdrop, material
        The fog, what it hides, and their colours.
    clock
        Seconds: the wisps drift.
    standing
        Ground points of those who see.
    sighted
        The part of the frame outside of which none of them sees anything; None for nowhere.
    glows
        Lit windows.
    """
    height, width = backdrop.lid.shape
    picture = np.empty((height, width, 4), np.uint8)
    wisps = _Wisps(clock, width, height)
    # Band by band, so that what is computed for a band stays in the processor's cache.
    for top in range(0, height, _BAND):
        rows = slice(top, min(top + _BAND, height))
        wisp = wisps.rows(rows)
        thickness = wisp * np.float32(0.10 * fog.density)
        thickness += np.float32(fog.density)
        thickness *= backdrop.lid[rows]
        band = sighted.within(rows) if sighted is not None and standing else None
        lit: Array | None = None
        if band is not None:
            inside, there = band
            closing = fog.closing(_farness(backdrop, there, standing) + wisp[inside] * np.float32(_FRAYED))
            # The lantern's light on the ground near by.
            lit = (1 - closing) * np.float32(0.10 * min(fog.density, 1))
            thickness[inside] *= closing
            lit *= 1 - np.minimum(thickness[inside], 1)
        np.minimum(thickness, 1, out=thickness)
        shine = wisp * np.float32(0.16)
        shine += 1
        shine *= _fog_rows(height)[rows, None]
        for channel in range(3):
            tone = backdrop.view.planes[channel, rows]
            tint = shine * np.float32(material.fog[channel] * 255)
            tint -= tone
            tint *= thickness
            tint += tone
            warm = np.float32(material.glow[channel] * 255)
            if lit is not None:
                tint[inside] += (warm - tone[inside]) * lit
            for glow in glows:
                if part := glow.box.within(rows):
                    spot, place = part
                    share = glow.strength[place[0].start - glow.box.top : place[0].stop - glow.box.top]
                    tint[spot] += (warm - tint[spot]) * (share * np.minimum(shine[spot], 1))
            picture[rows, :, channel] = tint
        picture[rows, :, 3] = 255
    backdrop.view.edges.soften(picture)
    return picture


def _farness(backdrop: Backdrop, there: tuple[slice, slice], standing: Sequence[tuple[float, float]]) -> Array:
    """The ground distance of some pixels from whoever stands nearest."""
    nearest: Array | None = None
    for x, y in standing:
        away = np.square(backdrop.east[there] - np.float32(x))
        away += np.square(backdrop.north[there] - np.float32(y))
        nearest = away if nearest is None else np.minimum(nearest, away, out=nearest)
    assert nearest is not None
    return np.sqrt(nearest, out=nearest)


@cache
def _fog_rows(height: int) -> NDArray[np.float32]:
    """The fog is lighter toward the sky."""
    return np.linspace(1.12, 0.86, height, dtype=np.float32)


@cache
def _cloud() -> Image.Image:
    """A tile of smooth noise, about -1 to 1, that repeats without a seam."""
    chance = np.random.default_rng(4)
    size = 256
    total = np.zeros((size, size))
    fx, fy = np.fft.fftfreq(size)[:, None] * size, np.fft.fftfreq(size)[None, :] * size
    radius = np.hypot(fx, fy * 2.2)  # wisps lie flat
    spectrum = np.where(radius > 0, 1 / np.maximum(radius, 1) ** 1.9, 0) * (radius < 40)
    phase = np.exp(2j * np.pi * chance.random((size, size)))
    total = np.fft.ifft2(spectrum * phase).real
    total /= np.abs(total).max()
    return Image.fromarray(np.tile(total, (3, 3)).astype(np.float32), mode="F")


class _Wisps:
    """Two layers of the cloud drifting over each other: mixed small, and stretched band by band."""

    #: Pixels from one row of the small picture to the next.
    coarse = 8

    def __init__(self, clock: float, width: int, height: int) -> None:
        small = (max(width // self.coarse, 2), max(height // self.coarse, 2))
        mixed = np.zeros(small[::-1], np.float32)
        for speed, drop, span, weight in ((3.1, 0.4, 200.0, 0.65), (-1.7, 0.25, 120.0, 0.5)):
            left, top = (256 + clock * speed) % 256, (256 + clock * drop) % 256
            box = (left, top, left + span, top + span * height / width)
            layer = _cloud().resize(small, Image.Resampling.BILINEAR, box=box)
            mixed += np.asarray(layer) * np.float32(weight)
        self._wide = np.asarray(Image.fromarray(mixed).resize((width, small[1]), Image.Resampling.BILINEAR))
        self._pitch = height / small[1]

    def rows(self, rows: slice) -> NDArray[np.float32]:
        """About -1 to 1, for some rows of the frame."""
        at = (np.arange(rows.start, rows.stop) + 0.5) / self._pitch - 0.5
        at = np.clip(at, 0, len(self._wide) - 1.001)
        upper = at.astype(np.intp)
        part = (at - upper).astype(np.float32)[:, None]
        stretched = self._wide[upper + 1]
        above = self._wide[upper]
        stretched -= above
        stretched *= part
        stretched += above
        return stretched
