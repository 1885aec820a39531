"""Where the eye stands on a mountain that nobody has seen before: round about, until the walks can be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from manim import Mobject
from numpy.typing import ArrayLike, NDArray

from scenes.engine.terrain.shot import CLEARANCE, Shot
from scenes.parts.ground.mountain import Mountain
from scenes.stage.label_places import box_of

#: Degrees round the stage and above the ground, those that look best first.
_TURNS = (0, 20, -20, 40, -40, 65, -65, 90, -90, 125, -125, 160, -160)
_ELEVATIONS = (31, 38, 48)
#: How near and how far the eye may be, and how wide it sees (degrees).
_DISTANCES, _FOV = np.concatenate([np.arange(11.0, 19.0, 0.5), np.arange(19.0, 24.0, 1.5)]), 60
#: What plates and captions leave free of the frame, in scene units: left, right, lower and upper bound.
_FREE = (-5.9, 5.9, -2.3, 1.5)
#: The height in the frame that nobody is above, and how far beside a panel a walk stays.
_HIGHEST, _ASIDE = 3.4, 0.15
#: A view that shows this fraction of the walks is good enough.
_ENOUGH = 0.96
#: Height above the ground of what should be seen: of a hiker's belt, and hat.
_BELT, _HAT = 0.35, 0.85


def wide_shot(
    mountain: Mountain, places: ArrayLike, ends: ArrayLike, panels: Sequence[Mobject] = (), floor: float = _FREE[2]
) -> Shot:
    """A shot in which walks lie between panels and above the floor, and behind no ridge, as far as can be.

    Parameters
    ----------
    places, ends
        ``(n, 2)`` and ``(m, 2)``, where walks come by, and where hikers stand: to see those matters most.
    panels
        What lies over the ground.
    floor
        The height in the frame, in scene units, below which nobody should be.
    """
    world = [mountain.terrain.point(*np.asarray(rows, np.float64).T.reshape(2, -1)) for rows in (places, ends)]
    boxes = np.array([box_of(panel) for panel in panels]).reshape(-1, 4)
    before, best, found = mountain.shot, -1.0, mountain.shot
    for shot in _candidates(mountain, world, boxes, floor):
        mountain.shot = shot
        # The start and the ends of the walks count as much as all that is between.
        shown = float(np.mean([_shown(mountain, points, boxes, floor).mean() for points in world if len(points)]))
        if shown > best + 0.02:
            best, found = shown, shot
        if best >= _ENOUGH:
            break
    mountain.shot = before
    return found


def _shown(
    mountain: Mountain, world: NDArray[np.float64], boxes: NDArray[np.float64], floor: float
) -> NDArray[np.bool_]:
    """``(n,)``, whether a hiker at world points is seen: behind no ridge, under no panel, and in the frame."""
    clear = mountain.seen(world + [0, 0, _BELT])
    for lift in (0.0, _HAT):
        spots = mountain.on_screen(world + [0, 0, lift])
        clear &= _clear(spots, boxes)
        clear &= (np.abs(spots[:, 0]) < _FREE[1] + 0.3) & (spots[:, 1] > floor - 0.1) & (spots[:, 1] < _HIGHEST)
    return np.asarray(clear)


def _clear(spots: NDArray[np.float64], boxes: NDArray[np.float64]) -> NDArray[np.bool_]:
    """``(n,)``, whether scene points lie under none of the boxes, nor close beside one."""
    x, y = spots[:, None, 0], spots[:, None, 1]
    left, low, right, top = (boxes + np.array([-_ASIDE, -_ASIDE, _ASIDE, _ASIDE])).T
    return np.asarray(~((x > left) & (x < right) & (y > low) & (y < top)).any(axis=1))


def close_shot(mountain: Mountain, place: ArrayLike, whole: Shot) -> Shot:
    """From the same side as ``whole``, near enough to see who stands at a place; from another if a ridge hides it."""
    x, y = np.asarray(place, np.float64)
    foot = float(mountain.terrain.point(x, y)[2])
    back = np.subtract(whole.eye[:2], whole.target[:2])
    back = back / np.hypot(*back)
    shot = Shot((float(x + 6.6 * back[0]), float(y + 6.6 * back[1]), foot + 3.6), (float(x), float(y), foot + 0.4), 40)
    sides = [_above(shot.orbited(turn), mountain) for turn in (0, 30, -30, 60, -60, 90, -90, 120, -120, 150, -150, 180)]
    return next((side for side in sides if _sees(mountain, side, np.array([x, y, foot]))), sides[0])


def _sees(mountain: Mountain, shot: Shot, foot: NDArray[np.float64]) -> bool:
    """Whether a shot shows who stands on a world point, from the boots to the hat."""
    before, mountain.shot = mountain.shot, shot
    seen = mountain.seen(foot + np.array([[0, 0, 0.1 * _HAT], [0, 0, _HAT]]))
    mountain.shot = before
    return bool(np.all(seen))


def _candidates(
    mountain: Mountain, parts: Sequence[NDArray[np.float64]], boxes: NDArray[np.float64], floor: float
) -> Iterator[Shot]:
    """Shots from all around, each just far enough for the frame to hold what should be seen beside the panels."""
    world = np.concatenate(parts)
    solid = np.concatenate([world, world + [0, 0, _HAT]])
    middle = (world[:, :2].min(axis=0) + world[:, :2].max(axis=0)) / 2
    # Where much of the stage lies beside the walks, let some of it be seen.
    x, y = (float(value) for value in middle * 0.8)
    under = float(min(boxes[:, 1].min(initial=_FREE[3]) - _ASIDE, _FREE[3]))
    for elevation in np.radians(_ELEVATIONS):
        for turn in _TURNS:
            shots = []
            for distance in _DISTANCES:
                eye = (x, y - float(distance), float(distance * np.tan(elevation)))
                shot = _above(Shot(eye, (x, y, 0.0), _FOV).orbited(turn), mountain)
                for ceiling in dict.fromkeys((_FREE[3], under)):
                    shots.append(_centred(shot, mountain, solid, floor, ceiling))
                    if _fits(shots[-1], mountain, solid, boxes, floor, ceiling):
                        yield shots[-1]
                        break
                else:
                    continue
                break
            else:
                yield shots[-1]


def _centred(shot: Shot, mountain: Mountain, solid: NDArray[np.float64], floor: float, ceiling: float) -> Shot:
    """The same shot, set up so that world points are halfway between two heights of the frame."""
    mountain.shot = shot
    heights = mountain.on_screen(solid)[:, 1]
    return _set_up(shot, mountain, (floor + ceiling) / 2 - float(heights.min() + heights.max()) / 2)


def _fits(
    shot: Shot,
    mountain: Mountain,
    solid: NDArray[np.float64],
    boxes: NDArray[np.float64],
    floor: float,
    ceiling: float,
) -> bool:
    """Whether world points lie between the edges of what is free, and under no panel."""
    mountain.shot = shot
    spots = mountain.on_screen(solid)
    (left, low, _), (right, high, _) = spots.min(axis=0), spots.max(axis=0)
    inside = _FREE[0] <= left and right <= _FREE[1] and high - low <= ceiling - floor
    return bool(inside and _clear(spots, boxes).all())


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
