"""What a camera sees of a terrain: colours, depths, and the ground under each pixel.

A height field seen through a shifted lens (the picture plane stays upright, so verticals stay
vertical) can be drawn column by column, front to back: the ground is cut into slices of equal
depth; in each column a slice that rises above all nearer ones covers the pixels between; where in
depth the ground crosses a pixel's centre is interpolated between that slice and the one before. So
one pass over ``slices x columns`` heights gives each pixel's depth and place on the ground. Where a
ridge ends against what lies behind it, its row is known to a fraction of a pixel: that is the
silhouette's anti-aliasing (`Silhouettes`). The loops are in `scenes.engine.terrain.kernels.rays`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenes.engine.bands import in_bands
from scenes.engine.terrain.baked_terrain import BakedTerrain, Skin
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.kernels import rays, shading
from scenes.engine.terrain.noise import grit
from scenes.engine.terrain.paper import PaperMap
from scenes.engine.terrain.scenery.scatter import Scattered
from scenes.engine.terrain.sky import draw_sky

Array = NDArray[np.float32]

#: Depth slices for each row of the frame: the ground between two of them is straight to a twentieth of a pixel.
_SLICES_A_ROW = 4 / 9
#: Slices that a ridge hides behind it, at least.
_JUMP = 3
#: Rows on either side of a silhouette that it can touch; a steeper one than this is cut short.
_TOUCHED = 4
#: Ground distance over which the haze closes toward the edge of what was sampled.
_SHORE = 2.2
#: Depth, in diagonals of the ground, at which the air hides two thirds of it.
_FAR = 1.15
#: Points of grit to a unit of ground, and how many pixels a unit takes up where it begins to be seen, and in full.
_GRIT, _SEEN, _FULL = 150.0, 340.0, 620.0


@dataclass(frozen=True)
class Silhouettes:
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

    def where(self, chosen: NDArray[np.bool_]) -> Silhouettes:
        """Only those that are chosen, ``(n,)``."""
        return Silhouettes(self.row[chosen], self.column[chosen], self.at[chosen], self.steep[chosen])

    def soften(self, picture: NDArray[Any]) -> None:
        """Mix what is on both sides into the pixels of a ``(H, W, channels)`` picture that an edge crosses."""
        rays.soften(picture, self.row, self.column, self.at, self.steep, _TOUCHED)


@dataclass(frozen=True)
class View:
    """What a camera sees of a terrain.

    Attributes
    ----------
    colours
        ``(H, W)``, ground, contours, haze and sky, without fog: red, green and blue, ten bits each from the lowest
        on. Small, because laying the fog over them is a matter of how much has to be read.
    eye, rays
        ``(3,)`` and ``(2, W)``, the eye as it stands over the ground at its full height, and how far east and north
        each column's ray goes per unit of depth.
    depth
        ``(H, W)`` float32: distance along the view; infinite in the sky.
    level
        ``(H, W)`` float32: height of that ground point, at its full height.
    edges
        The silhouettes. ``colours`` are as sharp as ``depth``: whoever paints over it by depth softens last.
    """

    colours: NDArray[np.uint32]
    eye: Array
    rays: Array
    depth: Array
    level: Array
    edges: Silhouettes

    @cached_property
    def ground(self) -> Array:
        """``(2, H, W)`` float32: the ground point under each pixel's centre (east, north); of no meaning in the sky."""
        return rays.ground(self.eye, self.rays, self.depth)

    @property
    def sharp(self) -> Array:
        """``(H, W, 3)``, the picture before its silhouettes are softened, from 0 to 255."""
        tens = np.stack([self.colours >> shift & 1023 for shift in (0, 10, 20)], axis=-1)
        return np.asarray(tens * np.float32(255 / 1023), np.float32)

    @property
    def picture(self) -> Array:
        """``(H, W, 3)``, the picture as a frame has it, silhouettes softened."""
        picture = self.sharp
        self.edges.soften(picture)
        return picture


def render_view(
    terrain: BakedTerrain,
    camera: Camera,
    *,
    contour: float = 0.0,
    smooth: int = 1,
    slices: int | None = None,
    scattered: Scattered | None = None,
    paper: PaperMap | None = None,
) -> View:
    """Draw ``terrain`` as ``camera`` sees it.

    Parameters
    ----------
    contour
        Height (in loss) between contour lines; 0 draws none.
    smooth
        Supersampling of the colours: 2 draws them at twice the width and height and averages.
    slices
        How many depth slices the ground is cut into; by default as many as the frame can tell apart.
    scattered
        What stands on the terrain; nothing by default.
    paper
        What the land looks like as long as the ``relief`` of the camera says that it is still rising.

    Raises
    ------
    ValueError
        The eye stands below the ground.
    """
    if slices is None:
        slices = int(np.clip(camera.size[1] * _SLICES_A_ROW, 240, 480))
    traced = _Traced(terrain, camera, slices)
    fine = _Traced(terrain, camera.scaled(smooth), slices) if smooth > 1 else traced
    width, height = camera.size
    colours = np.empty((height, width), np.uint32)
    fine.shade(colours, contour, smooth, scattered.skin if scattered else terrain.skin, paper)
    edges = traced.edges()
    before = colours.copy() if paper and paper.is_paper else None
    draw_sky(terrain, camera, colours, traced.depth)
    if paper and before is not None:
        paper.lay_over(colours, before)
    if scattered is not None:
        chosen, spots = scattered.drawn_by(camera, paper.grown if paper else 1.0)
        veil = _veil(terrain, spots[:, 3], scattered.points[chosen])
        covered = scattered.draw(camera, veil, chosen, spots, (colours, traced.depth, traced.level))
        edges = edges.where(~covered[edges.row, edges.column])
    return View(colours, traced.eye, traced.rays, traced.depth, traced.level, edges)


class _Traced:
    """Where the rays of a camera's pixels meet the ground: ``depth`` and ``level`` (its height), ``(H, W)``."""

    def __init__(self, terrain: BakedTerrain, camera: Camera, slices: int) -> None:
        width, height = camera.size
        # Low ground seen from an eye is the full ground seen from an eye as many times as high, through a lens as many
        # times as flat: so nothing has to be baked anew while the land rises.
        x, y, z = camera.eye
        eye = np.array([x, y, z / camera.relief], np.float32)
        if eye[2] <= float(terrain.height(eye[0:1], eye[1:2])[0]):
            raise ValueError(f"the camera stands below the ground at {camera.eye[:2]}; raise its eye")
        lateral = (np.arange(width, dtype=np.float32) + np.float32(0.5 - width / 2)) / np.float32(camera.focal)
        forward, right = camera.forward.astype(np.float32), camera.right.astype(np.float32)
        self.rays = forward[:, None] + right[:, None] * lateral  # per unit of depth
        self._terrain, self._camera, self.eye = terrain, camera, eye
        #: Row that each slice reaches in each column.
        self._slice_rows = np.empty((slices, width), np.float32)
        #: Index of the nearest slice that covers a pixel; as many as there are slices is sky.
        self._first = np.empty((height, width), np.int16)
        self.depth, self.level = np.empty((2, height, width), np.float32)
        given = (
            terrain.heights,
            *self._baked,
            eye,
            self.rays,
            np.array([camera.focal * camera.relief, camera.horizon], np.float32),
            np.geomspace(*_reach(terrain, camera), slices).astype(np.float32),
            self._slice_rows,
            self._first,
            self.depth,
            self.level,
        )
        in_bands(width, lambda begin, end: rays.trace(*given, begin, end))

    @property
    def _baked(self) -> tuple[np.float32, np.float32, np.float32]:
        """Where the baked ground begins, west and south, and its points per unit."""
        west, _, south, _ = self._terrain.landscape.bounds
        return np.float32(west), np.float32(south), np.float32(self._terrain.texels)

    def shade(
        self, colours: NDArray[np.uint32], contour: float, times: int, skin: Skin, paper: PaperMap | None
    ) -> None:
        """Fill ``colours``, the mean of every ``times`` by ``times`` pixels."""
        terrain, camera = self._terrain, self._camera
        material = terrain.material
        rise = np.clip((camera.horizon - np.arange(camera.size[1])) / (camera.size[1] * 0.9), 0, 1)[:, None] ** 0.7
        sky = np.asarray(material.haze) + np.subtract(material.sky, material.haze) * rise
        # Lines a unit of height, half their width, their strength; and how they fade where they crowd.
        lines = [
            1 / (terrain.relief * contour) if contour else 0,
            0.5 + 0.55 * times,
            material.contour_strength,
            1.6,
            5 / times,
        ]
        ink, haze = np.array(material.contour, np.float32), np.array(material.haze, np.float32)
        thinness, shore = 1 / (_FAR * _diagonal(terrain)), 1 / _SHORE
        if paper and paper.is_paper:
            skin = paper.skin(skin)
            lines[2], ink = paper.lines(lines[2], ink)
            haze, sky = paper.over_page(haze), paper.over_page(sky)
            thinness, shore = thinness * (1 - paper.share), 1 / (_SHORE * (1 - paper.share) + paper.EDGE)
        given = (
            skin.flat,
            skin.levels,
            grit(),
            self._near(times),
            *self._baked,
            np.array(terrain.landscape.bounds, np.float32),
            self.eye,
            self.rays,
            self.depth,
            self.level,
            np.array(lines, np.float32) * np.float32(contour > 0),
            ink * np.float32(255),
            haze * np.float32(255),
            (sky * 255).astype(np.float32),
            np.float32(thinness),
            np.float32(shore),
            times,
            colours,
        )
        in_bands(camera.size[1], lambda begin, end: shading.shade(*given, begin, end), times)

    def _near(self, times: int) -> Array:
        """What the kernel needs to know of grit: see `shading.shade`."""
        focal, unit = self._camera.focal / times, self._terrain.unit
        if self._terrain.material.roughness == 0:
            focal = 0.0  # no ground is so near that it would be seen
        return np.array([_GRIT / unit, focal / _SEEN * unit, focal / _FULL * unit, self._camera.focal], np.float32)

    def edges(self) -> Silhouettes:
        """Where the ground, going away from the eye, turns down and out of sight."""
        slices, columns = self._slice_rows.shape
        # Candidates: from one pixel to the next above it, slices were left out.
        row, column = rays.gaps(self._first, 1)
        behind = self._first[row - 1, column].astype(np.intp)
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
        left, right = np.maximum(column - 1, 0), np.minimum(column + 1, columns - 1)
        rise = np.abs(self._slice_rows[top, right] - self._slice_rows[top, left]) / np.maximum(right - left, 1)
        return Silhouettes(row, column, at, rise)


def _reach(terrain: BakedTerrain, camera: Camera) -> tuple[float, float]:
    """The nearest and farthest depth at which there is ground in the frame."""
    low, high = (end * camera.relief for end in terrain.span)
    _, frame_height = camera.size
    # The lowest ray of the frame meets the highest ground no nearer than this.
    slope = (frame_height - camera.horizon) / camera.focal
    near = (camera.eye[2] - high) / slope if slope > 0 and camera.eye[2] > high else 0.05
    west, east, south, north = terrain.landscape.bounds
    corners = np.array([(x, y) for x in (west, east) for y in (south, north)]) - camera.eye[:2]
    far = max(float((corners @ camera.forward).max()), near * 2)
    return max(near * 0.98, 0.05), far + (high - low)


def _diagonal(terrain: BakedTerrain) -> float:
    """Of the ground, in world units."""
    west, east, south, north = terrain.landscape.bounds
    return float(np.hypot(east - west, north - south))


def _veil(terrain: BakedTerrain, depth: Array, points: NDArray[np.float64]) -> Array:
    """``(n,)``, how much the air hides of points on the ground: as the kernel reckons it for each pixel."""
    thick = (depth / (_FAR * _diagonal(terrain))) ** 3
    west, east, south, north = terrain.landscape.bounds
    x, y = points[:, 0], points[:, 1]
    margin = np.minimum(np.minimum(x - west, east - x), np.minimum(y - south, north - y))
    return np.asarray(np.maximum(1 - np.exp(-thick), np.clip(1 - margin / _SHORE, 0, 1) ** 0.75), np.float32)
