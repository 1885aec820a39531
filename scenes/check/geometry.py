"""True to the runs: hikers, trails, arrows, curves and code are where, and what, the recordings say.

What is drawn is measured, frame by frame, as it stands in the film, against the recorded numbers
themselves: not against what the parts believe of themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from manim import Mobject, config
from numpy.typing import NDArray

from scenes.check.legibility import Fault
from scenes.check.playback import Moment
from scenes.parts.ground.arrow import ArrowRole, GroundArrow
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.panels.loss_curve import LossCurve

#: How far a thing may be from its place, in pixels of a frame 1080 high; and an arrow from its way, in degrees.
_NEAR, _ASIDE = 1.0, 1.0
#: World height of footprints above the ground: see `Trail`.
_PRINT = 0.02


@dataclass
class Geometry:
    """Looks at a scene, and keeps the first fault of each kind.

    Attributes
    ----------
    faults
        What was found, by rule and run.
    measured
        How many hikers, prints, arrows and heads of curves were measured.
    """

    faults: dict[tuple[str, str], Fault] = field(default_factory=dict)
    measured: int = 0

    def see(self, look: Moment) -> None:
        """Look at one moment."""
        # What is just coming or going drifts, and follows nothing meanwhile.
        shown = [part for part in look.shown if part.get_all_points().size and not part.updating_suspended]
        walks = [part.walk for part in shown if isinstance(part, Hiker) and part.walk is not None]
        for part in shown:
            for rule, of, found in _measured(part, walks):
                self.measured += 1
                if found:
                    self.faults.setdefault((rule, of), Fault(rule, of, found, look.time))


def _measured(part: Mobject, walks: list[Walk]) -> Iterator[tuple[str, str, str]]:
    """What was measured of a part: the rule, the run, and what is wrong, or nothing."""
    if isinstance(part, Hiker) and part.walk is not None and part.submobjects[-1].get_fill_opacity() > 0:
        found = _apart(part.drawn_feet(), _boots(part.walk))
        yield "hiker", part.walk.trajectory.label, found and f"the boots are {found} from the recorded point"
    elif isinstance(part, Trail):
        yield from _prints(part)
    elif isinstance(part, GroundArrow):
        yield from _direction(part, walks)
    elif isinstance(part, LossCurve):
        for head, progress in part.heads:
            run, now = progress.trajectory, progress.now
            row = int(now)
            after = min(row + 1, run.steps)
            if np.isfinite(run.losses[[row, after]]).all():
                loss = run.losses[row] + (run.losses[after] - run.losses[row]) * (now - row)
                found = _apart(head.get_center(), part.spot(now, loss))
                yield "curve", run.label, found and f"the curve's head is {found} from step {now:.1f}"
    elif isinstance(part, CodePanel):
        for line, index in zip(part.code, part.indices, strict=True):
            ran = part.listing.lines[index].strip()
            shown = line.original_text
            yield "code", part.listing.name, "" if shown == ran else f"shows {shown!r}, and {ran!r} ran"


def _boots(walk: Walk) -> NDArray[np.float64]:
    """``(3,)``, the scene point where the boots belong: at whole steps, the recorded loss itself is the height."""
    run, now = walk.trajectory, walk.now
    row = round(now)
    if abs(now - row) < 1e-6 and walk.mountain.landscape.contains(*run.coeffs[row]):
        return _seen(walk, row, 0.0)
    x, y, lift = walk.pose()
    return walk.mountain.point(x, y, lift)


def _seen(walk: Walk, row: int, lift: float) -> NDArray[np.float64]:
    """``(3,)``, the scene point of a recorded one."""
    mountain, run = walk.mountain, walk.trajectory
    world = mountain.world(*run.coeffs[row])
    # A walk that was set on a stage, as that of any loss is, has the height of the ground, which is drawn by a formula.
    ground = run.meta.get("height") == "ground"
    loss = float(mountain.landscape.height(*run.coeffs[row])) if ground else run.losses[row]
    world[2] = loss * mountain.scale_of.height * mountain.terrain.relief + lift
    return mountain.on_screen(world)


def _prints(trail: Trail) -> Iterator[tuple[str, str, str]]:
    """Each footprint is at a recorded point that was reached; later ones than that have none."""
    walk, run = trail.walk, trail.walk.trajectory
    prints = [path.reshape(-1, 3) for path in trail.dots.get_subpaths()]
    if not prints:
        return
    rows = [row for row in range(walk.row + 1) if walk.mountain.landscape.contains(*run.coeffs[row])]
    places = np.array([_seen(walk, row, _PRINT) for row in rows])
    for path in prints:
        centre = (path.min(axis=0) + path.max(axis=0)) / 2
        away = np.linalg.norm(places - centre, axis=1).min() if len(places) else np.inf
        found = _apart(away, 0.0)
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
        along = along / np.linalg.norm(along) * mountain.scale_of.ground
        rise = (
            float(np.dot(walk.trajectory.slopes[walk.row], along)) * mountain.scale_of.height * mountain.terrain.relief
        )
        way = mountain.on_screen(start + 0.01 * np.array([*along, rise])) - mountain.on_screen(start)
        drawn = tip - foot
        turned = np.degrees(np.arctan2(way[0] * drawn[1] - way[1] * drawn[0], float(np.dot(way, drawn))))
        # Within a step the slope is the one that was felt where it began: the ground there is another by then.
        near = _ASIDE if abs(walk.now - round(walk.now)) < 1e-6 else 25.0
        said = "" if abs(turned) <= near else f"an arrow is {abs(turned):.0f} degrees off {name}, as recorded"
        yield "arrow", walk.trajectory.label, said


def _apart(here: NDArray[np.float64] | float, there: NDArray[np.float64] | float) -> str:
    """How far two scene points are apart, in words, if it is too far."""
    away = float(np.linalg.norm(np.atleast_1d(here - there)[:2])) * 1080 / config.frame_height
    return "" if away <= _NEAR else f"{away:.1f} pixels of 1080p"
