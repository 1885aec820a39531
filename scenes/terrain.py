"""From a height field to a picture, by numpy alone: no manim, no GPU, no window.

A height field seen through a shifted lens (the picture plane stays upright, so verticals stay
vertical) can be drawn column by column, front to back: the ground is cut into slices of equal
depth; in each column the highest row that any nearer slice reached hides all that lies below it.
A running minimum along depth and one count per column tell, for every pixel, the first slice that
covers it; between that slice and the one before, the crossing is interpolated. So one pass over
``slices x columns`` heights gives each pixel's depth and place on the ground. Where a ridge ends
against what lies behind it, its row is known to a fraction of a pixel: that is the silhouette's
anti-aliasing (`Edges`).

What does not depend on the eye (light, shadow, colour) is baked once per landscape. What does not
depend on the hiker (everything but the fog) is drawn once per camera.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float32]

#: Rows of a picture that are drawn at a time, and columns that are marched at a time.
_BAND, _STRIP = 32, 240
#: Depth slices for each row of the frame: the ground between two of them is straight to a twentieth of a pixel.
_SLICES_A_ROW = 4 / 9
#: Slices that a ridge hides behind it, at least.
_JUMP = 3
#: Rows on either side of a silhouette that it can touch; a steeper one than this is cut short.
_TOUCHED = 4
#: Ground distance over which the haze closes toward the edge of what was sampled.
_SHORE = 2.2
Colour = tuple[float, float, float]


class HoleInTheGround(UserWarning):
    """A landscape is not finite everywhere. Said once, when it is baked."""


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
        known = np.isfinite(heights)
        if not known.all():
            share = 100 * (1 - known.mean())
            warnings.warn(
                f"the loss is not finite on {share:.2g} % of the landscape: drawn as a hole in the ground",
                HoleInTheGround,
                stacklevel=2,
            )
        # A hole in the data is a hole in the ground: it lies at the lowest finite height.
        self.heights: Array = np.where(known, heights, heights[known].min()).astype(np.float32)

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
        corners = [(index + offset).astype(np.intp) for offset in (0, 1, ny, ny + 1)]
        lit = np.empty((3, *x.shape), np.float32)
        far, gap = np.empty_like(x), np.empty_like(x)
        for baked, near in zip(self.ground_colour, lit, strict=True):
            # `at` keeps to the grid: "clip" never clips, but it spares take() a copy.
            for corner, edge in ((0, near), (2, far)):
                baked.take(corners[corner], out=edge, mode="clip")
                baked.take(corners[corner + 1], out=gap, mode="clip")
                gap -= edge
                gap *= v
                edge += gap
            far -= near
            far *= u
            near += far
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
        u = (x - np.float32(self._origin[0])) * np.float32(self.texels)
        v = (y - np.float32(self._origin[1])) * np.float32(self.texels)
        np.clip(u, 0, nx - 1.001, out=u)
        np.clip(v, 0, ny - 1.001, out=v)
        i, j = u.astype(np.int32), v.astype(np.int32)
        u -= i
        v -= j
        i *= np.int32(ny)
        i += j
        return i, u, v

    def height(self, x: Array, y: Array) -> Array:
        """World heights, between baked points bilinearly."""
        index, u, v = self.at(x, y)
        flat, ny = self.heights.ravel(), self.heights.shape[1]
        near, far = flat.take(index), flat.take(index + ny)
        index += 1
        near += (flat.take(index) - near) * v
        far += (flat.take(index + ny) - far) * v
        far -= near
        far *= u
        near += far
        return near

    def point(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """``(…, 3)``, the world point on the ground, exact (not from the baked grid)."""
        x, y = np.broadcast_arrays(np.asarray(x, float), np.asarray(y, float))
        return np.stack([x, y, self.landscape.height(x, y) * self.relief], axis=-1)


@dataclass(frozen=True)
class Edges:
    """Silhouettes: where the ground ends against what lies behind it, to a fraction of a pixel.

    Attributes
    ----------
    row, column
        ``(n,)``, the topmost pixel of the nearer ground.
    at
        ``(n,)``, the row (pixel units) that its edge really is at in that column.
    steep
        ``(n,)``, rows that the edge rises or falls from one column to the next.
    """

    row: NDArray[np.intp]
    column: NDArray[np.intp]
    at: Array
    steep: Array

    def soften(self, picture: NDArray[Any]) -> None:
        """Mix what is on both sides into the pixels of a ``(H, W, …)`` picture that an edge crosses."""
        last = len(picture) - 1
        reach = np.minimum(np.ceil(np.maximum(self.steep, 1) / 2).astype(np.intp), _TOUCHED)
        ground = picture[np.minimum(self.row + reach, last), self.column].astype(np.float32)
        behind = picture[np.maximum(self.row - 1 - reach, 0), self.column].astype(np.float32)
        extra = (1,) * (ground.ndim - 1)
        for offset in range(-_TOUCHED, _TOUCHED):
            row = self.row + offset
            # The share of this pixel that lies below an edge of that steepness.
            share = np.clip(0.5 + (row + 0.5 - self.at) / np.maximum(self.steep, 1), 0, 1)
            crossed = (share > 0) & (share < 1) & (row >= 0) & (row <= last)
            mix = share[crossed].reshape(-1, *extra)
            mixed = behind[crossed] + (ground[crossed] - behind[crossed]) * mix
            picture[row[crossed], self.column[crossed]] = mixed


@dataclass(frozen=True)
class View:
    """What a camera sees of a terrain.

    Attributes
    ----------
    planes
        ``(3, H, W)`` float32 from 0 to 255, one plane a colour: ground, contours, haze and sky, without fog.
    ground
        ``(2, H, W)`` float32: the ground point under each pixel's centre (east, north).
    depth
        ``(H, W)`` float32: distance along the view; infinite in the sky.
    height
        ``(H, W)`` float32: world height of that ground point.
    edges
        The silhouettes. ``planes`` is as sharp as ``depth``: whoever paints over it by depth softens last.
    """

    planes: Array
    ground: Array
    depth: Array
    height: Array
    edges: Edges

    @property
    def picture(self) -> Array:
        """``(H, W, 3)``, the picture as a frame has it, silhouettes softened."""
        picture = np.ascontiguousarray(self.planes.transpose(1, 2, 0))
        self.edges.soften(picture)
        return picture


def look(terrain: Terrain, camera: Camera, *, contour: float = 0.0, smooth: int = 1, slices: int | None = None) -> View:
    """Draw ``terrain`` as ``camera`` sees it.

    Parameters
    ----------
    contour
        Height (in loss) between contour lines; 0 draws none.
    smooth
        Supersampling of the colours: 2 draws them at twice the width and height and averages.
    slices
        How many depth slices the ground is cut into; by default as many as the frame can tell apart.
    """
    if slices is None:
        slices = int(np.clip(camera.size[1] * _SLICES_A_ROW, 240, 480))
    march = _March(terrain, camera, slices)
    lens = camera.scaled(smooth) if smooth > 1 else camera
    fine = _March(terrain, lens, slices) if smooth > 1 else march
    width, height = camera.size
    view = View(
        planes=np.empty((3, height, width), np.float32),
        ground=np.empty((2, height, width), np.float32),
        depth=np.empty((height, width), np.float32),
        height=np.empty((height, width), np.float32),
        edges=march.edges(),
    )
    # Band by band, so that what is computed for a band stays in the processor's cache. Contours need
    # the change from row to row, so a band is drawn with a row more on either side.
    for top in range(0, height, _BAND // smooth):
        bottom = min(top + _BAND // smooth, height)
        first, last = max(top * smooth - 1, 0), min(bottom * smooth + 1, lens.size[1])
        seen = fine.rows(first, last)
        shaded = _shade(terrain, lens, first, seen, contour, smooth)
        own = slice(top * smooth - first, bottom * smooth - first)
        view.planes[:, top:bottom] = _averaged(shaded[:, own], smooth)
        depth, east, north, level = (part[own] for part in seen) if smooth == 1 else march.rows(top, bottom)
        view.depth[top:bottom], view.height[top:bottom] = depth, level
        view.ground[0, top:bottom], view.ground[1, top:bottom] = east, north
    return view


class _March:
    """For every pixel the slices that its ray meets the ground between."""

    def __init__(self, terrain: Terrain, camera: Camera, slices: int) -> None:
        width, height = camera.size
        eye = np.array(camera.eye, np.float32)
        if eye[2] <= float(terrain.height(eye[0:1], eye[1:2])[0]):
            raise ValueError(f"the camera stands below the ground at {camera.eye[:2]}; raise its eye")
        near, far = _reach(terrain, camera)
        self._depths = np.geomspace(near, far, slices).astype(np.float32)
        self._columns = np.arange(width, dtype=np.int32)
        lateral = (self._columns.astype(np.float32) + np.float32(0.5 - width / 2)) / np.float32(camera.focal)
        (fx, fy), (rx, ry) = camera.forward.astype(np.float32), camera.right.astype(np.float32)
        self._rays = fx + lateral * rx, fy + lateral * ry  # per unit of depth
        self._eye, self._camera = eye, camera
        #: Row that each slice reaches in each column.
        self._slice_rows = np.empty((slices, width), np.float32)
        #: Index of the nearest slice that covers a pixel; as many as there are slices is sky.
        self._first = np.empty((height, width), np.int16)
        # Strip by strip, for the cache's sake too.
        for left in range(0, width, _STRIP):
            self._march(terrain, slice(left, min(left + _STRIP, width)))

    def _march(self, terrain: Terrain, strip: slice) -> None:
        """Fill in the columns of a strip."""
        height, slices = len(self._first), len(self._depths)
        (ray_x, ray_y), depths = self._rays, self._depths[:, None]
        rows = terrain.height(self._eye[0] + depths * ray_x[strip], self._eye[1] + depths * ray_y[strip])
        rows -= self._eye[2]
        rows *= np.float32(-self._camera.focal) / depths
        rows += np.float32(self._camera.horizon)
        # The nearest slice reaches down to the lower edge: the ground goes on under the viewer's feet.
        rows[0] = np.maximum(rows[0], height + 1)
        self._slice_rows[:, strip] = rows
        reached = np.minimum.accumulate(rows, axis=0, out=rows)

        # A slice covers the pixels whose centre is at or below the row it reached.
        width = rows.shape[1]
        reached -= np.float32(0.5)
        np.ceil(reached, out=reached)
        np.clip(reached, 0, height, out=reached)
        spots = reached.astype(np.int32)
        spots *= np.int32(width)
        spots += np.arange(width, dtype=np.int32)
        landed = np.bincount(spots.ravel(), minlength=(height + 1) * width)
        covering = np.cumsum(landed.reshape(height + 1, width)[:height], axis=0, dtype=np.int16)
        np.subtract(np.int16(slices), covering, out=self._first[:, strip])

    def rows(self, top: int, bottom: int) -> tuple[Array, Array, Array, Array]:
        """Depth, ground point (east, north) and world height of the pixels of some rows."""
        first, depths, width = self._first[top:bottom], self._depths, len(self._columns)
        k = np.clip(first, 1, len(depths) - 1).astype(np.int32)
        near = depths.take(k - 1)
        depth = depths.take(k)
        k *= np.int32(width)
        k += self._columns
        row_far = self._slice_rows.take(k)
        k -= np.int32(width)
        row_near = self._slice_rows.take(k)
        centre = (np.arange(top, bottom, dtype=np.float32) + np.float32(0.5))[:, None]
        gap = np.subtract(row_near, row_far, out=row_far)
        np.copyto(gap, 1, where=np.abs(gap) < 1e-6)
        part = np.subtract(row_near, centre, out=row_near)
        part /= gap
        np.clip(part, 0, 1, out=part)
        depth -= near
        depth *= part
        depth += near
        east, north = (depth * ray for ray in self._rays)
        east += self._eye[0]
        north += self._eye[1]
        # The ray's own height where it meets the ground is the ground's.
        level = depth * ((np.float32(self._camera.horizon) - centre) / np.float32(self._camera.focal))
        level += self._eye[2]
        np.copyto(depth, np.inf, where=first >= len(depths))
        return depth, east, north, level

    def edges(self) -> Edges:
        """Where the ground, going away from the eye, turns down and out of sight."""
        slices, last = len(self._depths), len(self._columns) - 1
        # Candidates: from one pixel to the next above it, slices were left out.
        row, column = np.nonzero(self._first[:-1] > self._first[1:] + np.int16(1))
        behind = self._first[row, column].astype(np.intp)
        row += 1
        top = self._first[row, column].astype(np.intp)
        # Within its topmost pixel the ground may rise on for some slices.
        rising = np.arange(len(top))
        while len(rising):
            after = top[rising] + 1
            inside = after < behind[rising]
            rising, after = rising[inside], after[inside]
            higher = self._slice_rows[after, column[rising]] <= self._slice_rows[after - 1, column[rising]]
            rising = rising[higher]
            top[rising] += 1
        # It is a ridge if it then goes down, well out of sight; where slices merely crowd, it never does.
        ridge = (top + _JUMP < behind) | (behind >= slices)
        row, column, top = row[ridge], column[ridge], top[ridge]
        at = self._slice_rows[top, column]
        # The highest row over depth changes from column to column as it does at one depth.
        left, right = np.maximum(column - 1, 0), np.minimum(column + 1, last)
        rise = np.abs(self._slice_rows[top, right] - self._slice_rows[top, left]) / np.maximum(right - left, 1)
        return Edges(row, column, at, rise)


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
    picture = np.empty((3, *depth.shape), np.float32) if sky.all() else terrain.colour(east, north)
    if contour and not sky.all():
        strength = _contour_lines(level * np.float32(1 / (terrain.relief * contour)), smooth)
        strength *= np.float32(0.34)
        _tint(picture, material.contour, strength)
    if not sky.all():
        _tint(picture, material.haze, _haze(terrain, depth, east, north))
    if sky.any():
        rise = np.clip((camera.horizon - np.arange(top, top + len(depth))) / (camera.size[1] * 0.9), 0, 1) ** 0.7
        for plane, low, high in zip(picture, material.haze, material.sky, strict=True):
            np.copyto(plane, ((low + (high - low) * rise) * 255).astype(np.float32)[:, None], where=sky)
    return picture


def _haze(terrain: Terrain, depth: Array, east: Array, north: Array) -> Array:
    """How much of the ground the air hides, from 0 to 1."""
    away = np.minimum(depth, np.float32(1e3))
    away *= np.float32(1 / (0.95 * _scale(terrain)))
    veil = np.sqrt(away)
    veil *= away
    veil *= away
    np.negative(veil, out=veil)
    np.expm1(veil, out=veil)
    np.negative(veil, out=veil)
    # Beyond the sampled ground nothing is known: the haze closes there.
    west, east_edge, south, north_edge = (np.float32(bound) for bound in terrain.landscape.bounds)
    margin = np.minimum(east - west, east_edge - east)
    np.minimum(margin, north - south, out=margin)
    np.minimum(margin, north_edge - north, out=margin)
    if margin.min() < _SHORE:
        margin *= np.float32(-1 / _SHORE)
        margin += 1
        np.clip(margin, 0, 1, out=margin)
        np.maximum(veil, margin ** np.float32(0.8), out=veil)
    return veil


def _tint(planes: Array, colour: Colour, strength: Array) -> None:
    """Mix a colour into a picture, by a share for each pixel."""
    for plane, value in zip(planes, colour, strict=True):
        plane += (np.float32(value * 255) - plane) * strength


def _scale(terrain: Terrain) -> float:
    west, east, south, north = terrain.landscape.bounds
    return float(np.hypot(east - west, north - south))


def _contour_lines(level: Array, smooth: int) -> Array:
    """Lines of even width in pixels, whatever the distance and the slope."""
    change = _change(level)
    offset = np.rint(level)
    offset -= level
    np.abs(offset, out=offset)
    offset /= change  # pixels to the nearest line
    line = np.subtract(np.float32(0.5 + 0.55 * smooth), offset, out=offset)
    np.clip(line, 0, 1, out=line)
    # Where lines crowd closer than a few pixels they would fill the ground: let them fade.
    change *= np.float32(-5 / smooth)
    change += np.float32(1.6)
    np.clip(change, 0, 1, out=change)
    line *= change
    return line


def _change(level: Array) -> Array:
    """How much ``level`` changes from pixel to pixel, more than 0."""
    total = np.empty_like(level)
    across = level[:, 2:] - level[:, :-2]
    np.square(across, out=total[:, 1:-1])
    total[:, 0], total[:, -1] = total[:, 1], total[:, -2]
    along = level[2:] - level[:-2]
    np.square(along, out=along)
    total[1:-1] += along
    total[0] += along[0]
    total[-1] += along[-1]
    np.sqrt(total, out=total)
    total *= np.float32(0.5)
    return np.maximum(total, np.float32(1e-6), out=total)


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
