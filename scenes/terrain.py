"""From a height field to a picture, by numpy alone: no manim, no GPU, no window.

A height field seen through a shifted lens (the picture plane stays upright, so verticals stay
vertical) can be drawn column by column, front to back: the ground is cut into slices of equal
depth; in each column the highest row that any nearer slice reached hides all that lies below it.
A running minimum along depth and one count per column tell, for every pixel, the first slice that
covers it; between that slice and the one before, the crossing is interpolated. So one pass over
``slices x columns`` heights gives each pixel's depth and place on the ground.

What does not depend on the eye (light, shadow, colour) is baked once per landscape. What does not
depend on the hiker (everything but the fog) is drawn once per camera.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float32]

#: Rows of a picture that are drawn at a time.
_BAND = 32
#: Ground distance over which the haze closes toward the edge of what was sampled.
_SHORE = 2.2
Colour = tuple[float, float, float]


class HeightField(Protocol):
    """What the renderer needs of a landscape: `descent_core.Landscape` has it."""

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, east, south and north edge."""

    def height(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """The height at points that broadcast."""


@dataclass(frozen=True)
class Material:
    """The colours of ground, sky and air, each as red, green, blue from 0 to 1.

    ``ground`` goes from the lowest height to the highest, evenly spaced; ``rock`` shows where it is
    steep. ``haze`` is the colour of distance and ``fog`` that of the fog; ``sky`` is the zenith.
    """

    ground: tuple[Colour, ...]
    rock: Colour
    sun: Colour
    shade: Colour
    haze: Colour
    sky: Colour
    fog: Colour
    contour: Colour
    glow: Colour
    sun_from: tuple[float, float, float] = (-0.62, 0.34, 0.50)
    """Direction to the sun: east, north, up."""
    roughness: float = 0.016
    """How strongly the grain of the ground catches the light."""


@dataclass(frozen=True)
class Camera:
    """An eye, what it looks at, and the size of the frame.

    Attributes
    ----------
    eye, target
        World points (east, north, up). ``target`` comes to the middle of the frame.
    fov
        Width of the view in degrees.
    size
        Frame width and height in pixels.
    """

    eye: tuple[float, float, float]
    target: tuple[float, float, float]
    fov: float
    size: tuple[int, int]

    def __post_init__(self) -> None:
        if not np.isfinite([*self.eye, *self.target]).all():
            raise ValueError(f"the camera's eye and target must be finite: {self.eye}, {self.target}")
        if not 1 <= self.fov <= 150:
            raise ValueError(f"the field of view must be from 1 to 150 degrees, found {self.fov}")
        if np.hypot(self.target[0] - self.eye[0], self.target[1] - self.eye[1]) < 1e-9:
            raise ValueError("the camera looks straight up or down; move its target a little to the side")

    @property
    def forward(self) -> NDArray[np.float64]:
        """``(2,)``, the direction of view over the ground, of length 1."""
        along = np.subtract(self.target[:2], self.eye[:2])
        return along / np.hypot(*along)

    @property
    def right(self) -> NDArray[np.float64]:
        """``(2,)``, to the right of it."""
        east, north = self.forward
        return np.array([north, -east])

    @property
    def focal(self) -> float:
        """Pixels per unit of lateral distance, at depth 1."""
        return float(self.size[0] / 2 / np.tan(np.radians(self.fov) / 2))

    @property
    def horizon(self) -> float:
        """The row of the horizon: where the lens is shifted so that the target is in the middle."""
        depth = float(np.dot(np.subtract(self.target[:2], self.eye[:2]), self.forward))
        return self.size[1] / 2 + self.focal * (self.target[2] - self.eye[2]) / depth

    def project(self, points: ArrayLike) -> NDArray[np.float64]:
        """``(…, 3)`` world points to ``(…, 3)``: column, row (pixel units, 0 at the top left) and depth.

        Points behind the eye have a depth of 0 or less and no meaningful column or row.
        """
        away = np.asarray(points, dtype=np.float64) - self.eye
        depth = away[..., :2] @ self.forward
        safe = np.where(depth > 1e-6, depth, 1e-6)
        column = self.size[0] / 2 + self.focal * (away[..., :2] @ self.right) / safe
        row = self.horizon - self.focal * away[..., 2] / safe
        return np.stack([column, row, depth], axis=-1)

    def scaled(self, factor: float) -> Camera:
        """The same view on a frame that is ``factor`` times as large."""
        width, height = self.size
        return Camera(self.eye, self.target, self.fov, (round(width * factor), round(height * factor)))


class Terrain:
    """A landscape, baked: its heights on a fine grid, and the colour of its lit ground.

    Parameters
    ----------
    landscape
        The height field.
    material
        Its colours.
    relief
        World height of one unit of loss: how steep the mountain looks.
    texels
        Baked points per unit of ground.
    """

    def __init__(self, landscape: HeightField, material: Material, relief: float, texels: float = 72.0) -> None:
        self.landscape = landscape
        self.material = material
        self.relief = relief
        self.texels = texels
        west, east, south, north = landscape.bounds
        self._origin = np.array([west, south])
        xs = np.arange(west, east, 1 / texels)
        ys = np.arange(south, north, 1 / texels)
        heights = landscape.height(xs[:, None], ys[None, :]) * relief
        if not np.isfinite(heights).any():
            raise ValueError("the landscape has no finite height: there is nothing to draw")
        # A hole in the data is a hole in the ground: it lies at the lowest finite height.
        self.heights: Array = np.nan_to_num(
            heights, nan=np.nanmin(heights[np.isfinite(heights)]), posinf=np.nan, neginf=np.nan
        ).astype(np.float32)
        self.heights = np.nan_to_num(self.heights, nan=float(np.nanmin(self.heights)))

    @cached_property
    def ground_colour(self) -> Array:
        """``(3, nx * ny)``, the lit ground from 0 to 255, one plane a colour."""
        material, heights = self.material, self.heights
        gx, gy = np.gradient(heights, 1 / self.texels)
        up = 1 / np.sqrt(1 + gx**2 + gy**2)
        grain = _grain(heights.shape, self.texels)
        # Grain is paint, not ground: it tilts the light, never the height that a hiker stands on.
        rough = material.roughness * (0.35 + 1.3 * np.clip(1 - up, 0, 0.6))
        bump_x, bump_y = np.gradient(grain, 1 / self.texels)
        gx, gy = gx + bump_x * rough, gy + bump_y * rough
        lit_up = 1 / np.sqrt(1 + gx**2 + gy**2)
        sun = np.asarray(material.sun_from) / np.linalg.norm(material.sun_from)
        facing = np.clip((sun[2] - gx * sun[0] - gy * sun[1]) * lit_up, 0, 1) * self._sunlit(sun)
        low, high = np.quantile(heights, [0.0, 1.0])
        level = (heights - low) / max(high - low, 1e-6) + grain * 0.03
        stops = np.linspace(0, 1, len(material.ground))
        colour = np.stack(
            [np.interp(level, stops, channel) for channel in np.transpose(material.ground)], axis=-1
        ).astype(np.float32)
        steep = np.clip((1 - up - 0.22) / 0.3, 0, 1)[..., None]
        colour += (np.asarray(material.rock, np.float32) - colour) * steep * 0.8
        colour *= (1 + 0.05 * grain)[..., None]
        hollow = np.clip(0.5 + (heights - _blurred(heights, round(self.texels * 0.7))) * 0.55, 0.25, 0.8)
        sky_light = (0.35 + 0.65 * up) * hollow * 1.5
        light = sky_light[..., None] * np.asarray(material.shade) + facing[..., None] * np.asarray(material.sun)
        lit = np.clip(colour * light, 0, 1) * 255
        return np.ascontiguousarray(lit.transpose(2, 0, 1), np.float32).reshape(3, -1)

    def colour(self, x: Array, y: Array) -> Array:
        """``(3, …)``, the lit ground at ground points, between baked points bilinearly."""
        index, u, v = self.at(x, y)
        ny = self.heights.shape[1]
        corners = (index, index + 1, index + ny, index + ny + 1)
        lit = np.empty((3, *x.shape), np.float32)
        for channel, baked in enumerate(self.ground_colour):
            near, near_next, far, far_next = (baked.take(corner) for corner in corners)
            near += (near_next - near) * v
            far += (far_next - far) * v
            far -= near
            far *= u
            np.add(near, far, out=lit[channel])
        return lit

    def _sunlit(self, sun: NDArray[np.float64]) -> Array:
        """How much of the sun each point sees, from 0 to 1: soft, wider with distance."""
        flat = np.hypot(sun[0], sun[1])
        step = np.array([sun[0], sun[1]]) / flat
        rise = sun[2] / flat
        free = np.ones_like(self.heights)
        for distance in np.geomspace(0.12, 7.0, 42):
            shift = np.rint(step * distance * self.texels).astype(int)
            blocked = _shifted(self.heights, shift) - self.heights - rise * distance
            free = np.minimum(free, 0.5 - blocked / (0.10 + 0.16 * distance))
        return np.clip(free, 0, 1).astype(np.float32)

    def at(self, x: Array, y: Array) -> tuple[NDArray[np.int32], Array, Array]:
        """Flat index of the baked cell that holds each ground point, and the place within it."""
        nx, ny = self.heights.shape
        u = np.clip((x - np.float32(self._origin[0])) * np.float32(self.texels), 0, nx - 1.001)
        v = np.clip((y - np.float32(self._origin[1])) * np.float32(self.texels), 0, ny - 1.001)
        i, j = u.astype(np.int32), v.astype(np.int32)
        return i * np.int32(ny) + j, (u - i).astype(np.float32), (v - j).astype(np.float32)

    def height(self, x: Array, y: Array) -> Array:
        """World heights, between baked points bilinearly."""
        index, u, v = self.at(x, y)
        flat, ny = self.heights.ravel(), self.heights.shape[1]
        near = flat[index] * (1 - v) + flat[index + 1] * v
        far = flat[index + ny] * (1 - v) + flat[index + ny + 1] * v
        return near + (far - near) * u

    def point(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """``(…, 3)``, the world point on the ground, exact (not from the baked grid)."""
        x, y = np.broadcast_arrays(np.asarray(x, float), np.asarray(y, float))
        return np.stack([x, y, self.landscape.height(x, y) * self.relief], axis=-1)


@dataclass(frozen=True)
class View:
    """What a camera sees of a terrain.

    Attributes
    ----------
    planes
        ``(3, H, W)`` float32 from 0 to 255, one plane a colour: ground, contours, haze and sky, without fog.
    ground
        ``(2, H, W)`` float32: the ground point under each pixel (east, north).
    depth
        ``(H, W)`` float32: distance along the view; infinite in the sky.
    height
        ``(H, W)`` float32: world height of that ground point.
    """

    planes: Array
    ground: Array
    depth: Array
    height: Array

    @property
    def picture(self) -> Array:
        """``(H, W, 3)``, the same picture as a frame has it."""
        return self.planes.transpose(1, 2, 0)


def look(terrain: Terrain, camera: Camera, *, contour: float = 0.0, smooth: int = 1, slices: int = 700) -> View:
    """Draw ``terrain`` as ``camera`` sees it.

    Parameters
    ----------
    contour
        Height (in loss) between contour lines; 0 draws none.
    smooth
        Supersampling: 2 draws at twice the width and height and averages.
    slices
        How many depth slices the ground is cut into.
    """
    lens = camera.scaled(smooth) if smooth > 1 else camera
    march = _March(terrain, lens, slices)
    width, height = camera.size
    view = View(
        planes=np.empty((3, height, width), np.float32),
        ground=np.empty((2, height, width), np.float32),
        depth=np.empty((height, width), np.float32),
        height=np.empty((height, width), np.float32),
    )
    # Band by band, so that what is computed for a band stays in the processor's cache. Contours need
    # the change from row to row, so a band is drawn with a row more on either side.
    for top in range(0, height, _BAND // smooth):
        bottom = min(top + _BAND // smooth, height)
        first, last = max(top * smooth - 1, 0), min(bottom * smooth + 1, lens.size[1])
        depth, east, north, level = march.rows(first, last)
        shaded = _shade(terrain, lens, first, (depth, east, north, level), contour, smooth)
        own = slice(top * smooth - first, bottom * smooth - first)
        view.planes[:, top:bottom] = _averaged(shaded[:, own], smooth)
        middle = (slice(own.start + smooth // 2, own.stop, smooth), slice(smooth // 2, None, smooth))
        view.depth[top:bottom] = depth[middle]
        view.height[top:bottom] = level[middle]
        view.ground[0, top:bottom], view.ground[1, top:bottom] = east[middle], north[middle]
    return view


class _March:
    """For every pixel the slices that its ray meets the ground between."""

    def __init__(self, terrain: Terrain, camera: Camera, slices: int) -> None:
        width, height = camera.size
        eye = np.array(camera.eye, np.float32)
        if eye[2] <= float(terrain.height(eye[0:1], eye[1:2])[0]):
            raise ValueError(f"the camera stands below the ground at {camera.eye[:2]}; raise its eye")
        near, far = _reach(terrain, camera)
        depths = np.geomspace(near, far, slices).astype(np.float32)
        lateral = ((np.arange(width, dtype=np.float32) + 0.5 - width / 2) / camera.focal).astype(np.float32)
        (fx, fy), (rx, ry) = camera.forward.astype(np.float32), camera.right.astype(np.float32)
        ray_x, ray_y = fx + lateral * rx, fy + lateral * ry  # per unit of depth

        rows = terrain.height(eye[0] + depths[:, None] * ray_x, eye[1] + depths[:, None] * ray_y)
        rows -= eye[2]
        rows *= (-camera.focal / depths)[:, None]
        rows += np.float32(camera.horizon)
        # The nearest slice reaches down to the lower edge: the ground goes on under the viewer's feet.
        rows[0] = np.maximum(rows[0], height + 1)
        reached = np.minimum.accumulate(rows, axis=0)

        # A slice covers the pixels whose centre is at or below the row it reached.
        first_row = np.clip(np.ceil(reached - 0.5), 0, height).astype(np.int32)
        self._columns = np.arange(width, dtype=np.int32)
        landed = np.bincount((first_row * width + self._columns).ravel(), minlength=(height + 1) * width)
        covering = np.cumsum(landed.reshape(height + 1, width)[:height], axis=0, dtype=np.int32)
        # Index of the nearest slice that covers the pixel; as many as there are slices is sky.
        self._first = np.subtract(slices, covering, out=covering)
        self._slice_rows, self._depths = rows.ravel(), depths
        self._rays, self._eye, self._camera = (ray_x, ray_y), eye, camera

    def rows(self, top: int, bottom: int) -> tuple[Array, Array, Array, Array]:
        """Depth, ground point (east, north) and world height of the pixels of some rows."""
        first, depths = self._first[top:bottom], self._depths
        k = np.clip(first, 1, len(depths) - 1)
        flat = k * np.int32(len(self._columns)) + self._columns
        row_far, row_near = self._slice_rows[flat], self._slice_rows[flat - len(self._columns)]
        centre = (np.arange(top, bottom, dtype=np.float32) + np.float32(0.5))[:, None]
        gap = row_near - row_far
        part = np.clip((row_near - centre) / np.where(np.abs(gap) < 1e-6, 1, gap), 0, 1)
        near = depths[k - 1]
        depth = near + part * (depths[k] - near)
        east, north = (self._eye[axis] + depth * ray for axis, ray in enumerate(self._rays))
        # The ray's own height where it meets the ground is the ground's.
        level = self._eye[2] + (np.float32(self._camera.horizon) - centre) * depth / np.float32(self._camera.focal)
        depth[first >= len(depths)] = np.inf
        return depth, east, north, level


def _reach(terrain: Terrain, camera: Camera) -> tuple[float, float]:
    """The nearest and farthest depth worth looking at."""
    low, high = float(terrain.heights.min()), float(terrain.heights.max())
    _, frame_height = camera.size
    # The lowest ray of the frame meets the highest ground no nearer than this.
    slope = (frame_height - camera.horizon) / camera.focal
    near = (camera.eye[2] - high) / slope if slope > 0 and camera.eye[2] > high else 0.05
    west, east, south, north = terrain.landscape.bounds
    corners = np.array([(x, y) for x in (west, east) for y in (south, north)]) - camera.eye[:2]
    far = max(float((corners @ camera.forward).max()), near * 2)
    return max(near * 0.98, 0.05), far + (high - low)


def _shade(
    terrain: Terrain,
    camera: Camera,
    top: int,
    ground: tuple[Array, Array, Array, Array],
    contour: float,
    smooth: int,
) -> Array:
    """The colours of some rows, from row ``top`` on."""
    material = terrain.material
    depth, east, north, level = ground
    sky = ~np.isfinite(depth)
    picture = terrain.colour(east, north)
    if contour:
        strength = _contour_lines(level * np.float32(1 / (terrain.relief * contour)), smooth)
        _tint(picture, material.contour, strength * np.float32(0.34))
    away = np.where(sky, 0, depth) * np.float32(1 / (0.95 * _scale(terrain)))
    veil = 1 - np.exp(-(away * away * np.sqrt(away)))
    # Beyond the sampled ground nothing is known: the haze closes there.
    west, east_edge, south, north_edge = terrain.landscape.bounds
    margin = np.minimum.reduce([east - west, east_edge - east, north - south, north_edge - north])
    if margin.min() < _SHORE:
        veil = np.maximum(veil, np.clip(1 - margin / _SHORE, 0, 1) ** 0.8)
    _tint(picture, material.haze, veil)
    if sky.any():
        rise = np.clip((camera.horizon - np.arange(top, top + len(depth))) / (camera.size[1] * 0.9), 0, 1) ** 0.7
        for plane, low, high in zip(picture, material.haze, material.sky, strict=True):
            plane[:] = np.where(sky, ((low + (high - low) * rise) * 255).astype(np.float32)[:, None], plane)
    return picture


def _tint(planes: Array, colour: Colour, strength: Array) -> None:
    """Mix a colour into a picture, by a share for each pixel."""
    for plane, value in zip(planes, colour, strict=True):
        plane += (np.float32(value * 255) - plane) * strength


def _scale(terrain: Terrain) -> float:
    west, east, south, north = terrain.landscape.bounds
    return float(np.hypot(east - west, north - south))


def _contour_lines(level: Array, smooth: int) -> Array:
    """Lines of even width in pixels, whatever the distance and the slope."""
    along_y, along_x = np.gradient(level)
    change = np.maximum(np.hypot(along_x, along_y), 1e-6)  # levels per pixel
    offset = np.abs(level - np.rint(level)) / change  # pixels to the nearest line
    line = np.clip(0.5 + 0.55 * smooth - offset, 0, 1)
    # Where lines crowd closer than a few pixels they would fill the ground: let them fade.
    return line * np.clip(1.6 - change * 5 / smooth, 0, 1)


def _grain(shape: tuple[int, int], texels: float) -> Array:
    """Noise of the ground's own scale, about -1 to 1: rocks and tufts, the same every time."""
    chance = np.random.default_rng(11)
    size = 1024
    frequency = np.fft.fftfreq(size) * texels  # cycles per unit of ground
    radius = np.hypot(frequency[:, None], frequency[None, :])
    spectrum = np.where(radius > 0.35, 1 / np.maximum(radius, 0.35) ** 1.25, 0) * np.exp(-((radius / 16) ** 2))
    tile = np.fft.ifft2(spectrum * np.exp(2j * np.pi * chance.random((size, size)))).real
    tile /= 2.5 * tile.std()
    times = (-(-shape[0] // size), -(-shape[1] // size))
    return np.tile(tile, times)[: shape[0], : shape[1]].astype(np.float32)


def _averaged(planes: Array, times: int) -> Array:
    """Every ``times`` by ``times`` pixels as one."""
    if times == 1:
        return planes
    total: Array = sum(planes[:, i::times, j::times] for i in range(times) for j in range(times))  # type: ignore[assignment]
    return np.asarray(total * np.float32(1 / times**2))


def _shifted(field: Array, by: NDArray[np.int_]) -> Array:
    """``field`` as seen ``by`` cells further; beyond the edge, that of the edge."""
    i = np.clip(np.arange(field.shape[0]) + by[0], 0, field.shape[0] - 1)
    j = np.clip(np.arange(field.shape[1]) + by[1], 0, field.shape[1] - 1)
    return field[i][:, j]


def _blurred(field: Array, radius: int) -> Array:
    """Three box means in a row: nearly a Gaussian."""
    for _ in range(3):
        for axis in (0, 1):
            padded = np.concatenate(
                [
                    np.repeat(field.take([0], axis), radius + 1, axis),
                    field,
                    np.repeat(field.take([-1], axis), radius, axis),
                ],
                axis,
            )
            total = np.cumsum(padded, axis, dtype=np.float64)
            size = field.shape[axis]
            upper = total.take(np.arange(2 * radius + 1, 2 * radius + 1 + size), axis)
            field = ((upper - total.take(np.arange(size), axis)) / (2 * radius + 1)).astype(np.float32)
    return field
