"""Where the eye stands on a mountain that nobody has seen before: round about, until the walks can be seen."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenes.engine.terrain.shot import CLEARANCE, Shot
from scenes.parts.ground.mountain import Mountain

#: Degrees round the stage and above the ground, those that look best first.
_TURNS = (0, 20, -20, 40, -40, 65, -65, 90, -90, 125, -125, 160, -160)
_ELEVATIONS = (31, 38, 48)
#: How near and how far the eye may be, and how wide it sees (degrees).
_DISTANCES, _FOV = np.arange(11.0, 19.0, 0.5), 60
#: What plates and captions leave free of the frame, in scene units: left, right, lower and upper bound.
_FREE = (-5.9, 5.9, -2.3, 1.5)
#: A view that shows this fraction of the walks is good enough.
_ENOUGH = 0.96
#: Height above the ground of what should be seen: of a hiker's belt, and hat.
_BELT, _HAT = 0.35, 0.85


def wide_shot(mountain: Mountain, places: ArrayLike) -> Shot:
    """A shot in which ``(n, 2)`` places lie between plates and captions and behind no ridge, as far as can be."""
    places = np.asarray(places, np.float64)
    world = mountain.terrain.point(places[:, 0], places[:, 1])
    before, best, found = mountain.shot, -1.0, mountain.shot
    for shot in _candidates(mountain, world):
        mountain.shot = shot
        shown = float(mountain.seen(world + [0, 0, _BELT]).mean())
        if shown > best + 0.02:
            best, found = shown, shot
        if best >= _ENOUGH:
            break
    mountain.shot = before
    return found


def close_shot(mountain: Mountain, place: ArrayLike, whole: Shot) -> Shot:
    """From the same side as ``whole``, near enough to a place to see who stands there."""
    x, y = np.asarray(place, np.float64)
    foot = float(mountain.terrain.point(x, y)[2])
    back = np.subtract(whole.eye[:2], whole.target[:2])
    back = back / np.hypot(*back)
    shot = Shot((float(x + 6.6 * back[0]), float(y + 6.6 * back[1]), foot + 3.6), (float(x), float(y), foot + 0.4), 40)
    return _above(shot, mountain)


def _candidates(mountain: Mountain, world: NDArray[np.float64]) -> Iterator[Shot]:
    """Shots from all around, each just far enough for the frame to hold what should be seen."""
    middle = (world[:, :2].min(axis=0) + world[:, :2].max(axis=0)) / 2
    # Where much of the stage lies beside the walks, let some of it be seen.
    x, y = (float(value) for value in middle * 0.8)
    for elevation in np.radians(_ELEVATIONS):
        for turn in _TURNS:
            for distance in _DISTANCES:
                eye = (x, y - float(distance), float(distance * np.tan(elevation)))
                shot = _above(Shot(eye, (x, y, 0.0), _FOV).orbited(turn), mountain)
                mountain.shot = shot
                spots = mountain.on_screen(np.concatenate([world, world + [0, 0, _HAT]]))
                (left, low, _), (right, high, _) = spots.min(axis=0), spots.max(axis=0)
                if (
                    right - left <= _FREE[1] - _FREE[0] and high - low <= _FREE[3] - _FREE[2]
                ) or distance == _DISTANCES[-1]:
                    yield _set_up(shot, mountain, (_FREE[2] + _FREE[3]) / 2 - float(low + high) / 2)
                    break


def _set_up(shot: Shot, mountain: Mountain, by: float) -> Shot:
    """The same shot with its lens shifted, so that the picture is ``by`` scene units higher."""
    x, y, z = shot.target
    unit = mountain.on_screen([[x, y, z + 1.0]])[0, 1] - mountain.on_screen([[x, y, z]])[0, 1]
    return Shot(shot.eye, (x, y, z - by / float(unit)), shot.fov)


def _above(shot: Shot, mountain: Mountain) -> Shot:
    """The same shot, no lower than the ground lets it be: neither its eye nor what lies close before it."""
    eye, target = np.asarray(shot.eye), np.asarray(shot.target)
    near = eye + (target - eye) * np.linspace(0, 0.35, 12)[:, None]
    ground = mountain.terrain.height(near[:, 0].astype(np.float32), near[:, 1].astype(np.float32))
    west, east, south, north = mountain.landscape.bounds
    inside = (near[:, 0] > west) & (near[:, 0] < east) & (near[:, 1] > south) & (near[:, 1] < north)
    lack = np.where(inside, ground + 2 * CLEARANCE - near[:, 2], 0)
    # Beyond what was sampled the ground goes on at the height of its edge, and the eye may not be below that.
    edge = float(mountain.terrain.height(*(np.array([value], np.float32) for value in eye[:2]))[0])
    return shot.risen(max(float(lack.max()), edge + 2 * CLEARANCE - float(eye[2]), 0.0))
