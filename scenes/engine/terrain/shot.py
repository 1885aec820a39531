"""Shots: where the eye stands, and the ways that it moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.camera import Camera

#: World height that a moving eye keeps above the ground.
CLEARANCE = 0.25
#: At how many places of a camera path the height of the eye is compared with the ground.
_SAMPLES = 201

Point = tuple[float, float, float]


@dataclass(frozen=True)
class Shot:
    """Where the eye is, what it looks at, and how wide it sees.

    World units are those of the coefficients, and 1.4 for a unit of loss, unless the landscape is much larger or
    smaller than the mountain of the films: see `scenes.engine.terrain.scale.Scale`.

    Attributes
    ----------
    eye, target
        World points: east, north, up.
    fov
        Width of the view, in degrees.

    Examples
    --------
    From the valley up to the peak, then round it::

        low = Shot((2.0, -7.0, 3.0), (0.0, 0.0, 0.8))
        mountain = Mountain(library.landscape("mountain"), low)
        self.add(mountain)
        self.play(mountain.move_to_shot(Shot((-3.4, -8.4, 5.6), (-1.6, 0.0, 2.25), 42), run_time=1))
        self.play(mountain.orbit(12, dolly=0.1, run_time=1))
    """

    eye: Point
    target: Point
    fov: float = 44

    def toward(self, other: Shot, fraction: float) -> Shot:
        """The shot at ``fraction`` of the straight way to ``other``: 0 is this one, 1 the other."""
        fov = self.fov + (other.fov - self.fov) * fraction
        return Shot(_between(self.eye, other.eye, fraction), _between(self.target, other.target, fraction), fov)

    def orbited(self, degrees: float) -> Shot:
        """The same look at the target from ``degrees`` farther round it, counter-clockwise on the map.

        >>> Shot((0, -2, 1), (0, 0, 0)).orbited(90).eye
        (2.0, 0.0, 1)
        """
        turn = np.radians(degrees)
        east, north = self.eye[0] - self.target[0], self.eye[1] - self.target[1]
        x = self.target[0] + east * np.cos(turn) - north * np.sin(turn)
        y = self.target[1] + east * np.sin(turn) + north * np.cos(turn)
        return replace(self, eye=(round(float(x), 9) + 0.0, round(float(y), 9) + 0.0, self.eye[2]))

    def dollied(self, fraction: float) -> Shot:
        """The eye ``fraction`` of the way nearer to the target; less than 0 is farther.

        >>> Shot((0, -2, 1), (0, 0, 0)).dollied(0.5).eye
        (0.0, -1.0, 0.5)
        """
        return replace(self, eye=_between(self.eye, self.target, fraction))

    def risen(self, by: float) -> Shot:
        """The eye ``by`` world units higher, still looking at the target.

        >>> Shot((0, -2, 1), (0, 0, 0)).risen(0.5).eye
        (0, -2, 1.5)
        """
        x, y, z = self.eye
        return replace(self, eye=(x, y, z + by))


def overview(terrain: BakedTerrain) -> Shot:
    """A shot that shows all of a landscape: from the south, and a little from the west."""
    west, east, south, north = terrain.landscape.bounds
    low, high = float(terrain.heights.min()), float(terrain.heights.max())
    x, y, middle = (west + east) / 2, (south + north) / 2, low + (high - low) / 3
    # Far enough away for ground 18 across.
    away = max(east - west, north - south) / 18
    return Shot((x - 3 * away, y - 21 * away, max(middle + 9.5 * away, high + 1)), (x, y - away, middle), 46)


#: A camera move: the shot at each fraction of the way, from 0 to 1.
CameraPath = Callable[[float], Shot]


def above_ground(way: CameraPath, terrain: BakedTerrain) -> CameraPath:
    """The same way, lifted in the middle where it would lead through the ground or graze it.

    Raises
    ------
    ValueError
        It begins or ends nearer to the ground than `CLEARANCE`, where no lift in the middle helps.
    """
    fractions = np.linspace(0, 1, _SAMPLES)
    eyes = np.array([way(float(fraction)).eye for fraction in fractions])
    ground = terrain.point(eyes[:, 0], eyes[:, 1])[:, 2]
    # Beyond what was sampled there is nothing to run into.
    west, east, south, north = terrain.landscape.bounds
    inside = (eyes[:, 0] > west) & (eyes[:, 0] < east) & (eyes[:, 1] > south) & (eyes[:, 1] < north)
    lack = np.where(inside, ground + CLEARANCE - eyes[:, 2], 0)
    for end, name in ((0, "begins"), (-1, "ends")):
        if lack[end] > 0:
            x, y, z = eyes[end]
            raise ValueError(
                f"the camera move {name} at height {z:.2f} over ({x:.1f}, {y:.1f}), where the ground is at "
                f"{ground[end]:.2f}; let it keep {CLEARANCE} above the ground"
            )
    lift = float(np.max(np.maximum(lack[1:-1], 0) / np.sin(np.pi * fractions[1:-1]), initial=0))
    if lift == 0:
        return way
    return lambda fraction: way(fraction).risen(lift * float(np.sin(np.pi * fraction)))


def picture_shift(shot: Shot, other: Shot, terrain: BakedTerrain, size: tuple[int, int]) -> float:
    """How far the picture moves if the eye goes from ``shot`` to another: the most of some points, in pixels.

    Parameters
    ----------
    size
        Width and height of the picture, in pixels.
    """
    cameras = (Camera(each.eye, each.target, each.fov, size) for each in (shot, other))
    now, then = (camera.project(terrain.samples)[:, :2] for camera in cameras)
    inside = ((now >= 0) & (now <= size)).all(axis=1)
    return float(np.abs(then - now)[inside].max(initial=0)) if inside.any() else np.inf


def _between(a: Point, b: Point, fraction: float) -> Point:
    x, y, z = np.asarray(a) + (np.asarray(b) - np.asarray(a)) * fraction
    return float(x), float(y), float(z)
