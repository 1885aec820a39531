"""Mountain: a loss landscape as ground to stand on, in fog that hides what the hiker can't know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from manim import UpdateFromAlphaFunc, config, smooth
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from descent_core.landscape import Landscape
from scenes.parts.raster import Raster
from scenes.terrain import Camera, Material, Terrain, View, look
from scenes.theme import theme

#: World height of one unit of loss.
RELIEF = 1.4
#: World height that a moving eye keeps above the ground.
CLEARANCE = 0.25
#: Rows of a picture that are painted at a time.
_BAND = 32


@dataclass(frozen=True)
class Shot:
    """Where the eye is, what it looks at (world units: knob 0, knob 1, height), how wide it sees."""

    eye: tuple[float, float, float]
    target: tuple[float, float, float]
    fov: float = 44

    def toward(self, other: Shot, part: float) -> Shot:
        """The shot ``part`` of the way to ``other``."""

        def mix(a: tuple[float, float, float], b: tuple[float, float, float]) -> tuple[float, float, float]:
            x, y, z = np.asarray(a) + (np.asarray(b) - np.asarray(a)) * part
            return float(x), float(y), float(z)

        fov = self.fov + (other.fov - self.fov) * part
        return Shot(mix(self.eye, other.eye), mix(self.target, other.target), fov)


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


class Mountain(Raster):
    """A `Landscape` seen through a `Shot`, in `Fog`.

    Parameters
    ----------
    landscape
        The ground.
    shot
        The first view. `move_to_shot` animates to another.
    fog
        The fog; `change_fog` animates it.
    contour
        Loss between contour lines.

    Notes
    -----
    ``lights`` is a list of functions that give the ground point of somebody who sees: the fog is thin
    around each.
    """

    def __init__(
        self,
        landscape: Landscape,
        shot: Shot,
        fog: Fog | None = None,
        *,
        contour: float = 0.12,
        width: float | None = None,
        height: float | None = None,
    ) -> None:
        super().__init__(width, height)
        self.landscape = landscape
        self.terrain = _baked(landscape, theme.material)
        self.shot = shot
        self.fog = fog or Fog(0)
        self.contour = contour
        self.lights: list[Callable[[], tuple[float, float]]] = []
        self.clock = 0.0
        self._seen: tuple[Any, _Backdrop] | None = None
        self.add_updater(_drift)

    # Where things are.

    def camera(self, size: tuple[int, int] | None = None) -> Camera:
        """The camera of the present shot, for a picture of ``size`` pixels."""
        return Camera(self.shot.eye, self.shot.target, self.shot.fov, size or self.pixels)

    def point(self, x: float, y: float, lift: float = 0.0) -> NDArray[np.float64]:
        """``(3,)``, the scene point where the ground at knobs ``x``, ``y`` is seen, ``lift`` above it."""
        return self.points_at(np.array([[x, y]]), lift)[0]

    def points_at(self, knobs: ArrayLike, lift: float | NDArray[np.float64] = 0.0) -> NDArray[np.float64]:
        """``(n, 3)``, scene points of ``(n, 2)`` knob settings, ``lift`` (world units) above the ground."""
        knobs = np.asarray(knobs, dtype=np.float64)
        world = self.terrain.point(knobs[..., 0], knobs[..., 1])
        world[..., 2] += lift
        return self.on_screen(world)

    def on_screen(self, world: ArrayLike) -> NDArray[np.float64]:
        """``(…, 3)`` world points to scene points."""
        width, height = self.pixels
        spot = self.camera().project(world)
        unit = config.frame_height / config.pixel_height
        x = (spot[..., 0] - width / 2) * unit
        y = (height / 2 - spot[..., 1]) * unit
        return np.stack([x, y, np.zeros_like(x)], axis=-1) + self.get_center()

    def scale_at(self, x: float, y: float) -> float:
        """Scene units that one world unit takes up on the screen, at that place."""
        camera = self.camera()
        depth = float(camera.project(self.terrain.point(x, y))[2])
        return camera.focal / max(depth, 1e-3) * config.frame_height / config.pixel_height

    def in_view(self, x: float, y: float, lift: float = 0.05) -> bool:
        """Whether no ridge stands between the eye and the ground at ``x``, ``y``."""
        end = self.terrain.point(x, y) + [0, 0, lift]
        way = np.linspace(0.02, 0.98, 120)[:, None]
        along = np.asarray(self.shot.eye) + (end - self.shot.eye) * way
        ground = self.terrain.height(along[:, 0].astype(np.float32), along[:, 1].astype(np.float32))
        west, east, south, north = self.landscape.bounds
        inside = (along[:, 0] > west) & (along[:, 0] < east) & (along[:, 1] > south) & (along[:, 1] < north)
        return not bool((inside & (ground > along[:, 2])).any())

    def clarity(self, x: float, y: float) -> float:
        """How much of the ground at ``x``, ``y`` shows through the fog, from 0 to 1."""
        away = min((np.hypot(x - a, y - b) for a, b in self._standing()), default=np.inf)
        return 1 - self.fog.density * float(_closing(np.float32(away), self.fog))

    # How it changes.

    def move_to_shot(self, shot: Shot, **kwargs: Any) -> UpdateFromAlphaFunc:
        """Animate the eye to ``shot``, over a way that stays above the ground.

        Raises
        ------
        ValueError
            The straight way of the eye would lead through a mountain.
        """
        start = self.shot
        for part in np.linspace(0, 1, 101):
            x, y, z = start.toward(shot, float(part)).eye
            ground = float(self.terrain.point(x, y)[2])
            if z < ground + CLEARANCE:
                raise ValueError(
                    f"on its way to {shot.eye} the eye would be at height {z:.2f} over ({x:.1f}, {y:.1f}), "
                    f"where the ground is at {ground:.2f}; go by way of a higher shot"
                )

        def to(mountain: Mountain, alpha: float) -> None:
            mountain.shot = start.toward(shot, alpha)

        return UpdateFromAlphaFunc(self, to, **{"rate_func": smooth, **kwargs})

    def change_fog(self, **changes: float) -> UpdateFromAlphaFunc:
        """Animate the fog to other values of its ``density``, ``sight`` or ``soft``."""
        run_time = changes.pop("run_time", 2.0)
        start, end = self.fog, replace(self.fog, **changes)

        def to(mountain: Mountain, alpha: float) -> None:
            mountain.fog = start.toward(end, alpha)

        return UpdateFromAlphaFunc(self, to, run_time=run_time, rate_func=smooth)

    def __deepcopy__(self, memo: dict[int, Any]) -> Mountain:
        # manim copies what it animates; the ground is the same ground.
        return self

    # How it is painted.

    def paint(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        backdrop = self._backdrop(size)
        if self.fog.density <= 0:
            return backdrop.clear_bytes
        picture = np.empty_like(backdrop.clear_bytes)
        wisps = _wisps(self.clock, *size)
        # Band by band, so that what is computed for a band stays in the processor's cache.
        for top in range(0, size[1], _BAND):
            rows = slice(top, top + _BAND)
            self._lay_fog(picture, backdrop, wisps, rows)
        return picture

    def _backdrop(self, size: tuple[int, int]) -> _Backdrop:
        """What the eye sees without fog: drawn coarsely while the eye moves, finely once it rests."""
        key = (self.shot, size)
        if self._seen is not None and self._seen[0] == (key, 2):
            return self._seen[1]
        rests = self._seen is not None and self._seen[0][0] == key
        smoothing = 2 if rests else 1
        view = look(self.terrain, self.camera(size), contour=self.contour, smooth=smoothing)
        backdrop = _Backdrop.of(view, self.terrain)
        self._seen = ((key, smoothing), backdrop)
        return backdrop

    def _lay_fog(
        self, picture: NDArray[np.uint8], backdrop: _Backdrop, wisps: NDArray[np.float32], rows: slice
    ) -> None:
        """Paint some rows of the picture: the ground, the lantern's light on it, the fog before it."""
        fog, material = self.fog, theme.material
        wisp, lid = wisps[rows], backdrop.lid[rows]
        nearest: NDArray[np.float32] | None = None
        for x, y in self._standing():
            away = np.square(backdrop.east[rows] - np.float32(x))
            away += np.square(backdrop.north[rows] - np.float32(y))
            nearest = away if nearest is None else np.minimum(nearest, away)
        lit: NDArray[np.float32] | None = None
        if nearest is None:
            thickness = lid * np.float32(fog.density)
        else:
            np.sqrt(nearest, out=nearest)
            nearest += wisp * np.float32(0.5)
            thickness = _closing(nearest, fog)
            lit = (1 - thickness) * np.float32(0.10 * min(fog.density, 1))
            thickness *= lid
            thickness *= np.float32(fog.density)
        thickness *= 1 + wisp * np.float32(0.10)
        np.minimum(thickness, 1, out=thickness)
        shine = (1 + wisp * np.float32(0.16)) * _fog_rows(picture.shape[0])[rows, None]
        for channel in range(3):
            tone = backdrop.clear[channel, rows]
            if lit is not None:
                tone = tone + (np.float32(material.glow[channel] * 255) - tone) * lit
            tint = shine * np.float32(material.fog[channel] * 255)
            tint -= tone
            tint *= thickness
            tint += tone
            picture[rows, :, channel] = tint

    def _standing(self) -> list[tuple[float, float]]:
        return [light() for light in self.lights]


@dataclass(frozen=True)
class _Backdrop:
    """A view, and how much fog can lie on each of its pixels: less on the heights.

    ``clear`` is ``(3, H, W)``, one plane a colour, which is faster to reckon with; ``clear_bytes``
    is the same picture as a frame wants it.
    """

    clear: NDArray[np.float32]
    clear_bytes: NDArray[np.uint8]
    east: NDArray[np.float32]
    north: NDArray[np.float32]
    lid: NDArray[np.float32]

    @classmethod
    def of(cls, view: View, terrain: Terrain) -> _Backdrop:
        east, north = (np.ascontiguousarray(part) for part in view.ground)
        low, high = float(terrain.heights.min()), float(terrain.heights.max())
        level = (view.height - low) / max(high - low, 1e-6)
        lid = np.float32(1) - np.float32(0.16) * np.clip((level - 0.55) / 0.45, 0, 1) ** 1.5
        sky = ~np.isfinite(view.depth)
        lid[sky] = 0.9
        east[sky] = north[sky] = 1e3
        frame = np.empty(view.picture.shape, np.uint8)
        for channel, plane in enumerate(view.planes):
            frame[..., channel] = plane
        return cls(view.planes, frame, east, north, lid.astype(np.float32))


def _drift(mountain: Mountain, dt: float) -> None:
    mountain.clock += dt


def _closing(away: Any, fog: Fog) -> Any:
    """How thick the fog is at a ground distance from whoever sees, from 0 to 1."""
    part = np.clip((away - np.float32(fog.sight)) / np.float32(max(fog.soft, 1e-3)), 0, 1)
    return part * part * (3 - 2 * part)


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


def _wisps(clock: float, width: int, height: int) -> NDArray[np.float32]:
    """Two layers of the cloud drifting over each other, mixed small and stretched to the frame's size."""
    small = (max(width // 4, 1), max(height // 4, 1))
    mixed = np.zeros(small[::-1], np.float32)
    for speed, drop, span, weight in ((3.1, 0.4, 200.0, 0.65), (-1.7, 0.25, 120.0, 0.5)):
        left, top = (256 + clock * speed) % 256, (256 + clock * drop) % 256
        box = (left, top, left + span, top + span * height / width)
        layer = _cloud().resize(small, Image.Resampling.BILINEAR, box=box)
        mixed += np.asarray(layer) * np.float32(weight)
    stretched = Image.fromarray(mixed).resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(stretched)


@cache
def _baked(landscape: Landscape, material: Material) -> Terrain:
    return Terrain(landscape, material, RELIEF)
