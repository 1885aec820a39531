"""The renderer against projection and a brute-force ray march."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from scenes.engine.bands import on_all_cores
from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.kernels import rays
from scenes.engine.terrain.material import Material
from scenes.engine.terrain.view import View, render_view
from scenes.theme import theme

SIZE = (240, 136)


class Hills:
    """A height field with ridges to hide behind."""

    bounds = (-6.0, 6.0, -6.0, 6.0)

    def height(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        x, y = np.asarray(x, float), np.asarray(y, float)
        return np.asarray(np.cos(x * 1.1) * np.exp(-((y / 3) ** 2)) + 0.3 * np.sin(y * 1.7), dtype=np.float64)


@pytest.fixture(scope="module")
def terrain() -> BakedTerrain:
    return BakedTerrain(Hills(), theme.material, relief=1.4)


@pytest.fixture(scope="module")
def camera() -> Camera:
    return Camera((-1.0, -9.0, 5.0), (0.3, 0.0, 0.3), 46, SIZE)


@pytest.fixture(scope="module")
def view(terrain: BakedTerrain, camera: Camera) -> View:
    return render_view(terrain, camera)


def test_known_ground_points_land_on_the_pixels_that_show_them(
    terrain: BakedTerrain, camera: Camera, view: View
) -> None:
    rng = np.random.default_rng(0)
    x, y = rng.uniform(-4, 4, 400), rng.uniform(-3, 5, 400)
    spots = camera.project(terrain.point(x, y))
    seen = 0
    for (column, row, depth), gx, gy in zip(spots, x, y, strict=True):
        i, j = int(row), int(column)
        if not (1 <= i < SIZE[1] - 1 and 1 <= j < SIZE[0] - 1):
            continue
        if view.depth[i, j] < depth - 0.12:
            continue  # behind a ridge
        seen += 1
        # Forth and back: the pixel's own ground point projects into the pixel ...
        east, north = view.ground[:, i, j]
        back = camera.project(terrain.point(east, north))
        assert abs(back[0] - (j + 0.5)) < 0.51
        # ... and within a pixel's footprint it is the point we asked for.
        near = view.ground[:, i - 1 : i + 2, j - 1 : j + 2].reshape(2, -1)
        reach = np.abs(near - near.mean(axis=1, keepdims=True)).max() + 0.05
        assert np.hypot(east - gx, north - gy) < 2.5 * reach
    assert seen > 150


def test_it_agrees_with_a_brute_force_ray_march(terrain: BakedTerrain, camera: Camera, view: View) -> None:
    """Thin steps along each ray through the exact height field, for a grid of pixels."""
    wrong = total = 0
    for i in range(3, SIZE[1], 8):
        for j in range(3, SIZE[0], 8):
            lateral = (j + 0.5 - SIZE[0] / 2) / camera.focal
            drop = (camera.horizon - (i + 0.5)) / camera.focal
            depth = np.linspace(0.5, 16, 6000)
            x = camera.eye[0] + depth * (camera.forward[0] + lateral * camera.right[0])
            y = camera.eye[1] + depth * (camera.forward[1] + lateral * camera.right[1])
            ray = camera.eye[2] + depth * drop
            west, east, south, north = Hills.bounds
            inside = (x > west) & (x < east) & (y > south) & (y < north)
            hit = inside & (Hills().height(x, y) * terrain.relief >= ray)
            if not hit.any():
                continue
            first = depth[np.argmax(hit)]
            if not inside[max(np.argmax(hit) - 3, 0)]:
                continue  # the ray enters through the side of the sampled box
            total += 1
            wrong += abs(float(view.depth[i, j]) - first) > 0.02 * first
    assert total > 150
    assert wrong <= 0.015 * total  # only where a ray grazes a ridge


def test_there_are_no_holes_in_the_ground(view: View) -> None:
    below_sky = np.isfinite(view.depth)
    first = below_sky.argmax(axis=0)
    for column, top in enumerate(first):
        assert below_sky[top:, column].all()


def test_depth_falls_toward_the_viewer_but_for_ridges(view: View) -> None:
    depth = np.where(np.isfinite(view.depth), view.depth, 99)
    assert (np.diff(depth, axis=0) <= 1e-3).mean() > 0.999


def test_an_upright_stays_upright(camera: Camera, terrain: BakedTerrain) -> None:
    foot = terrain.point(2.0, 1.0)
    column, row, _ = camera.project(foot)
    above, higher, _ = camera.project(foot + [0, 0, 1])
    assert above == pytest.approx(column)
    assert higher < row


def test_the_target_is_in_the_middle(camera: Camera) -> None:
    column, row, _ = camera.project(camera.target)
    assert (column, row) == pytest.approx((SIZE[0] / 2, SIZE[1] / 2))


@pytest.mark.parametrize("smooth", [1, 2])
def test_bands_of_several_threads_make_up_the_same_picture(
    terrain: BakedTerrain, camera: Camera, smooth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = render_view(terrain, camera, contour=0.2, smooth=smooth)
    drawn: list[tuple[int, int]] = []
    trace = rays.trace

    def noted(*given: Any) -> None:
        drawn.append((given[-2], given[-1]))
        trace(*given)

    monkeypatch.setattr(rays, "trace", noted)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(3))
    with on_all_cores():
        together = render_view(terrain, camera, contour=0.2, smooth=smooth)
    assert len(drawn) == 3 * smooth
    assert (together.colours == alone.colours).all()
    assert (together.depth == alone.depth).all()
    assert (together.level == alone.level).all()


def test_a_point_is_seen_if_a_fine_march_from_the_eye_meets_no_ground(terrain: BakedTerrain) -> None:
    rng, eye = np.random.default_rng(3), np.array([-1.0, -9.0, 1.6])
    points = terrain.point(*rng.uniform(-7, 7, (2, 500))) + [0, 0, 0.1]
    fractions = np.linspace(0.02, 0.985, 2000)[:, None]
    along = eye + (points[:, None] - eye) * fractions
    above = along[..., 2] - terrain.height(along[..., 0].astype(np.float32), along[..., 1].astype(np.float32))
    above[(np.abs(along[..., :2]) >= 6).any(axis=-1)] = np.inf  # beyond the edge nothing hides
    closest = above.min(axis=1)
    clearly = np.abs(closest) > 0.02  # what only just grazes, a coarser march may miss
    seen = terrain.seen(points, eye)
    assert seen.shape == (500,)
    assert 50 < seen[clearly].sum() < clearly.sum() - 50
    assert (seen[clearly] == (closest[clearly] > 0)).all()
    assert bool(terrain.seen(points[0], eye)) == seen[0]


def test_supersampling_shows_the_same_ground(terrain: BakedTerrain, camera: Camera, view: View) -> None:
    fine = render_view(terrain, camera, smooth=2)
    assert fine.picture.shape == view.picture.shape
    both = np.isfinite(view.depth) & np.isfinite(fine.depth)
    assert np.median(np.abs(fine.depth[both] - view.depth[both])) < 0.05
    assert np.abs(fine.picture.mean() - view.picture.mean()) < 2


@pytest.mark.parametrize("eye", [(-1.0, -9.0, 3.0), (4.0, -8.0, 2.2)])
def test_silhouettes_are_as_a_much_finer_picture_has_them(eye: tuple[float, float, float]) -> None:
    # Nothing but light and dark: the ground's own drawing is finer in a finer picture.
    grey = (0.5, 0.5, 0.5)
    bare = replace(
        theme.material,
        ground=(grey, grey),
        rock=grey,
        scree=grey,
        snow=(0, 0, 0),  # which lies on the ranges behind the land alone
        snow_line=3,
        drifts=0,
        haze=(0, 0, 0),
        sky=(0, 0, 0),
        ranges=(0, 0, 0),
        stars=0,
        roughness=0,
    )
    ground = BakedTerrain(Hills(), bare, relief=1.4)
    width, height = 480, 272
    camera = Camera(eye, (0.0, 0.0, 0.4), 46, (width, height))
    view = render_view(ground, camera)
    fine = render_view(ground, camera.scaled(8), slices=1500).sharp
    truth = fine.reshape(height, 8, width, 8, 3).mean(axis=(1, 3))
    near = np.zeros((height, width), bool)
    near[view.edges.row, view.edges.column] = near[view.edges.row - 1, view.edges.column] = True
    assert near.sum() > 300

    def missed(picture: NDArray[np.float32]) -> float:
        return float(np.sqrt(np.square(picture - truth)[near].mean()))

    assert missed(view.picture) < 0.35 * missed(view.sharp)


@pytest.mark.parametrize(
    ("eye", "target", "fov", "wanted"),
    [
        ((0, 0, 5), (0, 0, 0), 40, "straight up or down"),
        ((0, -9, 5), (0, 0, 0), 0, "field of view"),
        ((0, float("nan"), 5), (0, 0, 0), 40, "finite"),
    ],
)
def test_a_camera_that_cannot_see_says_so(eye: tuple, target: tuple, fov: float, wanted: str) -> None:
    with pytest.raises(ValueError, match=wanted):
        Camera(eye, target, fov, SIZE)


def test_a_camera_below_the_ground_says_so(terrain: BakedTerrain) -> None:
    with pytest.raises(ValueError, match="below the ground"):
        render_view(terrain, Camera((0, -1, -3), (0, 2, 0), 40, SIZE))


class Odd(Hills):
    def __init__(self, kind: str) -> None:
        self.kind = kind

    def height(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        z = super().height(x, y)
        hole = np.hypot(*np.broadcast_arrays(x, y)) < 0.8
        if self.kind == "flat":
            return np.ones_like(z)
        if self.kind == "nothing":
            return np.full_like(z, np.nan)
        return np.where(hole, {"nan": np.nan, "inf": np.inf}[self.kind], z)


@pytest.mark.filterwarnings("ignore::scenes.engine.terrain.baked_terrain.HoleInTheGround")
@pytest.mark.parametrize("kind", ["flat", "nan", "inf"])
def test_odd_ground_gives_a_sane_picture(kind: str, camera: Camera) -> None:
    view = render_view(BakedTerrain(Odd(kind), theme.material, 1.4), camera, contour=0.1)
    assert np.isfinite(view.picture).all()
    assert 20 < view.picture.mean() < 230


def test_ground_without_any_height_is_refused() -> None:
    with pytest.raises(ValueError, match="no finite height"):
        BakedTerrain(Odd("nothing"), theme.material, 1.4)


def test_contour_lines_are_as_wide_far_as_near(terrain: BakedTerrain, camera: Camera) -> None:
    plain = Material(
        ground=((0, 0, 0), (0, 0, 0)),
        rock=(0, 0, 0),
        sun=(0, 0, 0),
        shade=(0, 0, 0),
        haze=(0, 0, 0),
        sky=(0, 0, 0),
        fog=(0, 0, 0),
        contour=(1, 1, 1),
        glow=(0, 0, 0),
    )
    big = Camera(camera.eye, camera.target, camera.fov, (960, 544))
    lines = render_view(BakedTerrain(Hills(), plain, 1.4), big, contour=0.25).picture[..., 0] > 20
    runs = []
    for column in lines.T[::7]:
        edges = np.flatnonzero(np.diff(np.concatenate([[0], column.astype(int), [0]])))
        runs += [(start, end - start) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    rows, widths = np.array(runs).T
    far, near = widths[rows < np.median(rows)], widths[rows >= np.median(rows)]
    assert len(runs) > 200
    assert np.median(far) == pytest.approx(np.median(near), abs=1)
    assert np.median(widths) <= 3
