"""Mountain: a loss landscape as ground to stand on, in fog that hides what the hiker can't know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from manim import ManimColor, config
from numpy.typing import ArrayLike, NDArray

from descent_core.recordings.landscape import Landscape
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.fog.fog import Fog, Lights, lies, with_fog, without_fog
from scenes.engine.terrain.fog.sea import hides
from scenes.engine.terrain.material import Material
from scenes.engine.terrain.paper import FLAT, PaperMap
from scenes.engine.terrain.pixel_box import PixelBox
from scenes.engine.terrain.scale import Scale, baked
from scenes.engine.terrain.scenery import sprite_shapes
from scenes.engine.terrain.scenery.scatter import Clearing, Scattered
from scenes.engine.terrain.shot import Shot, overview
from scenes.engine.terrain.view import View, render_view
from scenes.parts.ground import lights
from scenes.parts.ground.moves import GroundMoves
from scenes.theme import theme

#: Loss between contour lines on ground that needs no scaling.
_CONTOUR = 0.12
#: World units round a recorded point on which nothing grows.
_CLEARING = 0.6
#: Units of the coefficients from one line of the map's grid to the next.
_GRID = 2.0
#: Seconds that fog and flames may stay as they are.
_PACE = 1 / 30
#: Ground distances from whoever sees: where a window's glow is full, and where it is lost in the fog.
_GLOW_FULL, _GLOW_LOST = 1.1, 2.9


def bake_ahead(landscape: Landscape) -> None:
    """Bake a landscape in the theme in use before a `Mountain` of it is made: what takes longest is done then."""
    terrain = baked(landscape, Scale.of(landscape), theme.material)
    sprite_shapes.sizes()
    _ = Scattered(terrain), terrain.ground_colour


class Mountain(GroundMoves):
    """A `Landscape` seen through a `Shot`, in `Fog`.

    Parameters
    ----------
    landscape
        The ground: the loss over two coefficients, of any range. See `scenes.engine.terrain.scale.Scale` for how large
        it is drawn.
    shot
        The first view, by default one that shows all of it. `move_to_shot` animates to another.
    fog
        The fog; `change_fog` animates it. A clear day by default.
    contour
        Loss between contour lines; by default as much as lies about a sixteenth of the height apart.
    scale
        How large it is drawn, for ground that has its size already; by default as large as a mountain.
    material
        Its colours, and how rough it is; by default the theme's.
    width, height
        Of its picture, in scene units; the whole frame by default.

    Raises
    ------
    ValueError
        The landscape is not finite anywhere, or the eye stands below the ground.

    Examples
    --------
    Any loss of two coefficients, seen whole, and then the fog comes in::

        ground = Landscape.sample(lambda c: (c**2).sum() / 100 + torch.sin(c[0]), (-20, 20), (-20, 20), nodes=(61, 61))
        mountain = Mountain(ground)
        self.add(mountain)
        self.play(mountain.orbit(10, run_time=1))
        self.play(mountain.change_fog(density=1, run_time=1))

    Attributes
    ----------
    lights
        Functions, each of which gives the coefficients ``(2,)`` of somebody who stands in the fog and sees, and
        perhaps how high above the ground their boots are (world units): around them the fog is thin.
    windows
        Functions, each of which gives a lit window, as its coefficients and a height above the ground in world
        units: from not too far away it is a glow in the fog.
    clock
        Seconds that the fog has drifted.
    relief
        How far the land has risen out of its map, from 0, a sheet of paper, to 1. Whatever stands on it is asked for
        where it is now.
    """

    def __init__(
        self,
        landscape: Landscape,
        shot: Shot | None = None,
        fog: Fog | None = None,
        *,
        contour: float | None = None,
        scale: Scale | None = None,
        material: Material | None = None,
        width: float | None = None,
        height: float | None = None,
    ) -> None:
        super().__init__(width, height)
        self.landscape = landscape
        self.scale_of = scale or Scale.of(landscape)
        self.terrain = baked(landscape, self.scale_of, material or theme.material)
        self.shot = shot or overview(self.terrain)
        self.fog = fog or Fog(0)
        self.contour = _CONTOUR / self.scale_of.height if contour is None else contour
        self.lights: list[Callable[[], tuple[float, ...]]] = []
        self.windows: list[Callable[[], tuple[float, float, float]]] = []
        self.clock = 0.0
        self._clearings: tuple[Clearing, ...] = ()
        self._scattered: Scattered | None = None
        self._seen: tuple[Any, View] | None = None
        self._settles = False
        self._painted: tuple[Any, NDArray[np.uint8]] | None = None
        self._shining = lights.Shining(self)
        self.add_updater(_drift)

    def keep_clear(self, coeffs: ArrayLike, radius: float = _CLEARING, wide: float = 0.2) -> None:
        """Leave a clearing in the woods round recorded points, ``(n, 2)``, which then stay in sight.

        In world units: nothing stands within ``radius`` of them, and nothing that is nearer to the eye hides what is
        less than ``wide`` to the left or right of one.
        """
        points = np.asarray(coeffs, dtype=float).reshape(-1, 2) * self.scale_of.ground
        clearing = Clearing(points[np.isfinite(points).all(axis=1)], radius, wide)
        if any(known.radius == radius and np.array_equal(known.points, clearing.points) for known in self._clearings):
            return
        self._clearings = (*self._clearings, clearing)
        self._scattered = self._seen = self._painted = None

    @property
    def scattered(self) -> Scattered:
        """What stands on the ground besides all that is recorded: firs and boulders."""
        if self._scattered is None:
            self._scattered = Scattered(self.terrain, self._clearings)
        return self._scattered

    # Where things are.

    def camera(self, size: tuple[int, int] | None = None) -> Camera:
        """The camera of the present shot, for a picture of ``size`` pixels."""
        return _camera(self.shot, size or self.pixels)

    @property
    def _tall(self) -> float:
        """What the heights of the baked ground are multiplied by."""
        return max(self.relief, FLAT)

    def point(self, x: float, y: float, lift: float = 0.0) -> NDArray[np.float64]:
        """``(3,)``, the scene point that is ``lift`` world units above the ground at coefficients ``x``, ``y``."""
        return self.points_at(np.array([[x, y]]), lift)[0]

    def points_at(self, coeffs: ArrayLike, lift: float | NDArray[np.float64] = 0.0) -> NDArray[np.float64]:
        """``(n, 3)``, scene points of coefficients ``(n, 2)``, ``lift`` (world units) above the ground."""
        coeffs = np.asarray(coeffs, dtype=np.float64)
        world = self.world(coeffs[..., 0], coeffs[..., 1])
        world[..., 2] += lift
        return self.on_screen(world)

    def world(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """``(…, 3)``, the world points of the ground at coefficients ``x``, ``y`` (they broadcast)."""
        scale = self.scale_of
        point = self.terrain.point(np.asarray(x) * scale.east, np.asarray(y) * scale.north)
        known = np.isfinite(point)
        # Where the loss is not finite the ground has a hole, as deep as it is drawn.
        point = point if known.all() else np.where(known, point, self.terrain.span[0])
        point[..., 2] *= self._tall
        return point

    def tilt(self, x: float, y: float) -> NDArray[np.float64]:
        """``(2,)``, the slope of the ground as it is drawn, where a unit of loss is one tall: it points uphill."""
        slope = self.landscape.slope(x, y) * (self.scale_of.height * self._tall / self.scale_of.ground)
        return np.where(np.isfinite(slope), slope, 0.0)

    def on_screen(self, world: ArrayLike) -> NDArray[np.float64]:
        """``(…, 3)`` world points to scene points."""
        width, height = self.pixels
        spot = self.camera().project(world)
        unit = config.frame_height / config.pixel_height
        x = (spot[..., 0] - width / 2) * unit
        y = (height / 2 - spot[..., 1]) * unit
        return np.stack([x, y, np.zeros_like(x)], axis=-1) + self.get_center()

    @property
    def framing(self) -> tuple[Any, ...]:
        """What decides where things are seen: as long as it stays the same, what stands still need not move."""
        return self.shot, self.pixels, self.relief, *self.get_center()

    def depth_at(self, x: float, y: float) -> float:
        """World distance of the ground at ``x``, ``y`` along the view."""
        return float(self.camera().project(self.world(x, y))[2])

    def scale_at(self, x: float, y: float) -> float:
        """Scene units that one world unit takes up on the screen, at that place."""
        return self.scale_in(self.depth_at(x, y))

    def scale_in(self, depth: float) -> float:
        """Scene units that one world unit takes up on the screen, at that depth."""
        return self.camera().focal / max(depth, 1e-3) * config.frame_height / config.pixel_height

    def in_view(self, x: float, y: float, lift: float = 0.05) -> bool:
        """Whether no ridge stands between the eye and the point ``lift`` above the ground at ``x``, ``y``."""
        return bool(self.seen(self.world(x, y) + [0, 0, lift]))

    def seen(self, world: ArrayLike) -> NDArray[np.bool_]:
        """``(…,)``, whether no ridge stands between the eye and ``(…, 3)`` world points."""
        # Seen as on the full ground, from an eye as many times as high.
        (x, y, z), full = self.shot.eye, np.array([1, 1, 1 / self._tall])
        return self.terrain.seen(np.asarray(world) * full, (x, y, z / self._tall))

    def hides(self, size: tuple[int, int], depth: float, region: tuple[slice, slice]) -> NDArray[np.float32] | None:
        """How much of each pixel in a region of the picture is ground nearer than ``depth``; None for nowhere.

        ``size`` is the picture's width and height in pixels, ``depth`` a world distance along the view, and ``region``
        its rows and columns: ``(h, w)``, the shape of what is returned, from 0 to 1.
        """
        nearer = (self._view(size).depth[region] < depth).astype(np.float32)
        if not nearer.any():
            return None
        # A pixel's worth of softness, as a ridge has.
        padded = np.pad(nearer, 1, mode="edge")
        soft = (padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4
        return np.asarray((soft[:, :-2] + 2 * soft[:, 1:-1] + soft[:, 2:]) / 4, np.float32)

    def clarity(self, x: float, y: float) -> float:
        """How much of the ground at ``x``, ``y`` shows through the fog, from 0 to 1."""
        place = self.world(x, y)
        east, north, level = (float(part) for part in place)
        cover = self.fog.cover(lies(self.terrain, east, north, level / self._tall))
        sunk = hides(self.fog.top, self.terrain, self.shot.eye, place)
        return 1 - cover * sunk * self.fog.closing(self._viewer_distance(x, y))

    def glow(self, x: float, y: float) -> float:
        """How strongly a lit window at ``x``, ``y`` glows in the fog, from 0 to 1: not at all from far away."""
        lost = np.clip((self._viewer_distance(x, y) - _GLOW_FULL) / (_GLOW_LOST - _GLOW_FULL), 0, 1)
        sunk = hides(self.fog.top, self.terrain, self.shot.eye, self.world(x, y))
        return float(min(self.fog.density, 1.0) * sunk * (1 - lost) ** 2)

    def _viewer_distance(self, x: float, y: float) -> float:
        """World distance over the ground from ``x``, ``y`` to the nearest of those who see; infinite if nobody does."""
        x, y = x * self.scale_of.east, y * self.scale_of.north
        return float(min((np.hypot(x - a, y - b) for a, b in self.viewers()), default=np.inf))

    def __deepcopy__(self, memo: dict[int, Any]) -> Mountain:
        # manim copies what it animates; the ground is the same ground.
        return self

    # How it is painted.

    def paint(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        """``(H, W, 4)``, the mountain in its fog, opaque, at ``size`` (width, height) in pixels."""
        view = self._view(size)
        assert self._seen is not None
        # Soft as it is, nobody sees the fog follow a moment late; drawn in every frame, it would cost twice as much.
        # In equal spells, whenever it was drawn before: so a frame is the same in a film and on its own.
        foggy = self.fog.density > 0
        tick = self.tick if foggy or self._shines else 0.0
        lamps = tuple(self._shining.windows())
        key = (self._seen[0], self.fog, len(self.windows), lamps, None if self.updaters else self.carried(), tick)
        if self._painted is not None and self._painted[0] == key:
            return self._painted[1]
        # On a map no lamp is lit.
        shining = self._shining.seen_in(view, size) if self.relief == 1 else Lights()
        if foggy:
            picture = with_fog(
                self.fog,
                view,
                self.terrain,
                tick,
                self.viewers(),
                self._seen_box(size),
                shining,
                self.camera(size),
            )
        else:
            picture = without_fog(view, self.terrain, shining)
        self._painted = (key, picture)
        return picture

    @property
    def tick(self) -> float:
        """The clock as fog and flames have it, which stay as they are for a spell."""
        return float(np.floor(self.clock / _PACE + 1e-6)) * _PACE

    def settle(self, size: tuple[int, int]) -> None:
        """See `Raster.settle`: an eye that rests sees finely at once."""
        self._settles = not (self._flies or self._rises)
        self._view(size)
        self._settles = False

    def picture_key(self) -> Any:
        """See `Raster.picture_key`."""
        size = self.pixels
        alive = self.fog.density > 0 or self._shines
        drifting = (self.clock, self.carried(), [window() for window in self.windows]) if alive else ()
        lamps = tuple(self._shining.windows())
        return self.shot, self.relief, size, self._smoothing(size), self.fog, drifting, lamps

    def _smoothing(self, size: tuple[int, int]) -> int:
        """How finely the next picture is drawn: once the eye rests, more so than at first."""
        key = (self.shot, self.relief, size)
        if self._settles:
            return 2
        if self._seen is None or self._seen[0][0] != key:
            return 1
        return int(self._seen[0][1]) if self._flies or self._rises else 2

    def _view(self, size: tuple[int, int]) -> View:
        """What the eye sees without fog: drawn coarsely while the eye moves, finely once it rests."""
        key, smoothing = (self.shot, self.relief, size), self._smoothing(size)
        if self._seen is not None and self._seen[0] == (key, smoothing):
            return self._seen[1]
        self._seen = None  # one picture at a time: they are large
        camera, paper = self.camera(size), None
        if self.relief < 1:
            camera = replace(camera, relief=self._tall)
            paper = PaperMap(self.terrain, self.relief, _colour(theme.page), _GRID * self.scale_of.ground)
        view = render_view(
            self.terrain, camera, contour=self.contour, smooth=smoothing, scattered=self.scattered, paper=paper
        )
        self._seen = ((key, smoothing), view)
        return view

    def _seen_box(self, size: tuple[int, int]) -> PixelBox | None:
        """The pixels outside of which nobody who stands in the fog sees anything."""
        return lights.seen_box(self, size)

    @property
    def _shines(self) -> bool:
        """Whether somebody carries a lantern that can be seen on the ground: its flame is never still."""
        return bool(self.lights) and self.terrain.material.lamplight > 0 and self.relief == 1

    def viewers(self) -> list[tuple[float, float]]:
        """Ground points, in world units, of those who see."""
        return [(east, north) for east, north, _ in self.carried()]

    def carried(self) -> list[tuple[float, float, float]]:
        """Of those who see: the ground point under them, and how high above it they are, in world units."""
        scale = self.scale_of
        places = ([*light(), 0.0][:3] for light in self.lights)
        return [(x * scale.east, y * scale.north, lift) for x, y, lift in places]


def _colour(code: str) -> tuple[float, float, float]:
    red, green, blue = ManimColor(code).to_rgb()
    return float(red), float(green), float(blue)


def _drift(mountain: Mountain, dt: float) -> None:
    mountain.clock += dt


@lru_cache(maxsize=8)
def _camera(shot: Shot, size: tuple[int, int]) -> Camera:
    """The camera of a shot; whatever stands on the ground asks for it, several times in each frame."""
    return Camera(shot.eye, shot.target, shot.fov, size)
