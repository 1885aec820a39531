"""True to the runs: hikers, trails, arrows, curves and code are where, and what, the recordings say.

What is drawn is measured, frame by frame, as it stands in the film, against the recorded numbers
themselves: not against what the parts believe of themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import Mobject
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.places.curves import curve_fault
from scenes.check.places.distance import too_far
from scenes.check.playback import Moment
from scenes.engine.drawing.subpaths import subpaths
from scenes.parts.ground.arrow import ArrowRole, GroundArrow
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.panels.plot import PlotCurve

#: How far an arrow may be from its direction, in degrees: at a recorded row, and within a step. There the slope is the
#: one where the step began, and the ground has another by then.
_ASIDE, _ASIDE_WITHIN = 1.0, 25.0
#: World height of footprints above the ground: see `Trail`.
_PRINT = 0.02
#: What is measured.
_KINDS = (Hiker, Trail, GroundArrow, PlotCurve, CodePanel)


@dataclass
class Geometry(Check):
    """Measures what a scene shows, moment by moment, and keeps the first fault of each kind.

    Attributes
    ----------
    measured
        How many hikers, prints, arrows, curves and lines of code were measured, all moments together.
    """

    measured: int = 0

    def see(self, moment: Moment) -> None:
        """Measure one moment."""
        shown = [mobject for mobject in moment.shown if isinstance(mobject, _KINDS) and _follows(mobject)]
        walks = [mobject.walk for mobject in shown if isinstance(mobject, Hiker) and mobject.walk is not None]
        for mobject in shown:
            for rule, name, found in _measured(mobject, walks, moment.scene):
                self.measured += 1
                if found:
                    self.keep(Fault(rule, name, found, moment.time), mobject)


def _follows(mobject: Mobject) -> bool:
    """Whether it is where its updaters put it: what is just coming or going drifts, and follows nothing meanwhile.

    A curve is held against its axes, which drift with it, or against nothing while they come without it.
    """
    moving = mobject.plot if isinstance(mobject, PlotCurve) else mobject
    return not moving.updating_suspended and bool(mobject.get_all_points().size)


def _measured(mobject: Mobject, walks: list[Walk], scene: Any) -> Iterator[tuple[str, str, str]]:
    """What was measured of a mobject: the rule, the run, and what is wrong, or nothing."""
    if isinstance(mobject, Hiker) and mobject.walk is not None and mobject.submobjects[-1].get_fill_opacity() > 0:
        found = too_far(mobject.drawn_feet(), _boots(mobject.walk))
        yield "hiker", mobject.walk.trajectory.label, found and f"the boots are {found} from the recorded point"
    elif isinstance(mobject, Trail):
        yield from _prints(mobject)
    elif isinstance(mobject, GroundArrow):
        yield from _direction(mobject, walks)
    elif isinstance(mobject, PlotCurve):
        yield "curve", *curve_fault(mobject, scene)
    elif isinstance(mobject, CodePanel):
        for line, index in zip(mobject.code, mobject.indices, strict=True):
            ran = mobject.listing.lines[index].strip()
            shown = line.original_text
            yield "code", mobject.listing.name, "" if shown == ran else f"shows {shown!r}, and {ran!r} ran"


def _boots(walk: Walk) -> NDArray[np.float64]:
    """``(3,)``, the scene point where the boots belong: at whole steps, the recorded loss itself is the height."""
    run, now = walk.trajectory, walk.now
    row = round(now)
    if abs(now - row) < 1e-6 and walk.mountain.landscape.contains(*run.coeffs[row]):
        return np.asarray(_recorded_spots(walk, np.array([row]), 0.0)[0])
    x, y, lift = walk.pose()
    return np.asarray(walk.mountain.point(x, y, lift))


def _recorded_spots(walk: Walk, rows: NDArray[np.int64], lift: float) -> NDArray[np.float64]:
    """``(n, 3)``, the scene points of recorded ones."""
    mountain, run = walk.mountain, walk.trajectory
    across = np.asarray(run.coeffs)[rows].T
    world = mountain.world(*across)
    # A walk that was set on a stage, as that of any loss is, has the height of the ground, which is drawn by a formula.
    ground = run.meta.get("height") == "ground"
    losses = mountain.landscape.height(*across) if ground else np.asarray(run.losses)[rows]
    world[:, 2] = losses * mountain.terrain.relief + lift  # the relief has the scale's height in it
    return np.asarray(mountain.on_screen(world))


def _prints(trail: Trail) -> Iterator[tuple[str, str, str]]:
    """Each footprint is at a recorded point that was reached; later ones than that have none."""
    walk, run, points = trail.walk, trail.walk.trajectory, trail.dots.points
    if not len(points):
        return
    firsts = 4 * subpaths(points, trail.dots.tolerance_for_point_equality)[0]
    centres = (np.minimum.reduceat(points, firsts) + np.maximum.reduceat(points, firsts)) / 2
    rows = np.arange(walk.row + 1)
    rows = rows[walk.mountain.landscape.contains(*np.asarray(run.coeffs)[rows].T)]
    places = _recorded_spots(walk, rows, _PRINT)
    away = cKDTree(places[:, :2]).query(centres[:, :2])[0] if len(places) else np.full(len(centres), np.inf)
    for distance in away:
        found = too_far([distance, 0], [0, 0])
        yield "trail", run.label, found and f"a footprint is {found} from every recorded point that was reached"


def _direction(arrow: GroundArrow, walks: list[Walk]) -> Iterator[tuple[str, str, str]]:
    """An arrow with a role, at the boots of a walk, goes along what was recorded there."""
    corners = arrow.shape.get_vertices()
    foot, tip = (corners[0] + corners[6]) / 2, corners[3]
    recorded: dict[ArrowRole, tuple[str, Callable[[Walk], NDArray[np.float64]]]] = {
        ArrowRole.UPHILL: ("the slope", lambda walk: walk.trajectory.slopes[walk.row]),
        ArrowRole.DOWNHILL: ("minus the slope", lambda walk: -walk.trajectory.slopes[walk.row]),
        ArrowRole.HELD: ("minus what grad held", lambda walk: -walk.trajectory.grads[walk.row]),
    }
    if arrow.role is None or np.linalg.norm(tip - foot) < 1e-3:
        return
    name, direction = recorded[arrow.role]
    for walk in walks:
        mountain, at = walk.mountain, walk.coeffs_at()
        start = mountain.world(*at) + [0, 0, 0.03]
        if np.linalg.norm(mountain.on_screen(start) - foot) > 0.02:
            continue
        along = np.asarray(direction(walk), dtype=np.float64)
        # In world units a coefficient counts as much as it is drawn wide; the rise is that of the loss along the way.
        along = along / np.linalg.norm(along * mountain.scale_of.ground)
        rise = float(np.dot(walk.trajectory.slopes[walk.row], along)) * mountain.terrain.relief
        along = along * mountain.scale_of.ground
        way = mountain.on_screen(start + 0.01 * np.array([*along, rise])) - mountain.on_screen(start)
        drawn = tip - foot
        turned = np.degrees(np.arctan2(way[0] * drawn[1] - way[1] * drawn[0], float(np.dot(way, drawn))))
        near = _ASIDE if abs(walk.now - round(walk.now)) < 1e-6 else _ASIDE_WITHIN
        found = "" if abs(turned) <= near else f"an arrow is {abs(turned):.0f} degrees off {name}, as recorded"
        yield "arrow", walk.trajectory.label, found
