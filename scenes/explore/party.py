"""Party: everybody who walks on the ground of an exploration, and who of them stand on one spot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, VGroup
from numpy.typing import NDArray

from descent_core.recordings.trajectory import Trajectory
from scenes.explore.ground import STAGE_SIZE, Ground
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk

#: How far apart hikers walk on the ground of one coefficient, in the stage's units.
LANE = 1.5
#: Of a hiker on this stage.
SIZE = 1.35
#: How strongly a trail is drawn, and one that is not spoken of.
_TRAIL, _FAINT = 0.85, 0.16
#: Hikers whose boots are nearer to each other than this, in scene units, are seen as one.
ONE_SPOT = 0.24


class Party:
    """Everybody who walks: recordings, walks on the stage, hikers and trails, in one order.

    Parameters
    ----------
    ground, mountain
        Where they walk.
    runs, projected
        One recording for each of them: as it is, and on the plane.
    colours
        One for each of them.
    """

    def __init__(
        self,
        ground: Ground,
        mountain: Mountain,
        runs: Sequence[Trajectory],
        projected: Sequence[Trajectory],
        colours: Sequence[str],
    ) -> None:
        self.runs, self.colours = list(runs), list(colours)
        lanes = (np.arange(len(runs)) - (len(runs) - 1) / 2) * LANE
        side_by_side = ground.summary.plane.kind == "line"
        on_stage = [
            ground.run_on_stage(run, float(lane) if side_by_side else 0.0)
            for run, lane in zip(projected, lanes, strict=True)
        ]
        self.walks = [Walk(trajectory, mountain) for trajectory in on_stage]
        self.hikers = [Wanderer(walk, colour) for walk, colour in zip(self.walks, colours, strict=True)]
        self.trails = [
            Trail(walk, colour=colour, prints=0.034) for walk, colour in zip(self.walks, colours, strict=True)
        ]
        for trail in self.trails:  # where many steps lie side by side, each is a fine line
            trail.line.set_stroke(width=3.0 if trail.walk.trajectory.steps < 60 else 2.2)

    @property
    def steps(self) -> int:
        """Of the longest walk."""
        return max(run.steps for run in self.runs)

    def to(self, row: int, *, run_time: float, rate_func: Any) -> list[Animation]:
        """Animate all of them to ``row``, in step; who has ended stays."""
        return [walk.to(row, run_time=run_time, rate_func=rate_func) for walk in self.walks]

    def point_out(self, chosen: int | None) -> None:
        """Let the trails of all others be faint; of none, if nobody is chosen."""
        for index, trail in enumerate(self.trails):
            trail.set_stroke(opacity=_TRAIL if chosen in (None, index) else _FAINT)
            trail.dots.set_fill(opacity=1.0 if chosen in (None, index) else _FAINT).set_stroke(width=0)

    def ends(self) -> NDArray[np.float64]:
        """``(n, 2)``, the start, and where walks end on the part of the ground that is worth showing."""
        rows = np.stack([self.walks[0].trajectory.coeffs[0], *(walk.trajectory.coeffs[-1] for walk in self.walks)])
        return rows[(np.abs(rows) <= np.array(STAGE_SIZE) / 2).all(axis=1)]

    def starts(self) -> NDArray[np.float64]:
        """``(n, 3)``, the scene points where they set out."""
        return np.concatenate([walk.mountain.points_at(walk.positions[:1]) for walk in self.walks])

    def prints(self) -> NDArray[np.float64]:
        """``(n, 3)``, scene points of the trails as they are drawn."""
        return np.concatenate([np.zeros((0, 3)), *(trail.line.points[::4] for trail in self.trails)])

    def on_one_spot(self) -> list[list[int]]:
        """Who stand where the picture shows one hiker: groups of two or more, by their places in the party."""
        groups: list[list[int]] = []
        for index, hiker in enumerate(self.hikers):
            if not hiker.is_seen:
                continue
            for group in groups:
                if np.linalg.norm(self.hikers[group[0]].drawn_feet() - hiker.drawn_feet()) < ONE_SPOT:
                    group.append(index)
                    break
            else:
                groups.append([index])
        return [group for group in groups if len(group) > 1]

    def places(self) -> NDArray[np.float64]:
        """``(n, 2)``, all places of theirs on the part of the ground that is worth showing."""
        rows = np.concatenate([walk.trajectory.coeffs for walk in self.walks])
        return rows[(np.abs(rows) <= np.array(STAGE_SIZE) / 2).all(axis=1)]


class OneSpot(VGroup):
    """A label for hikers who stand where the picture shows one: it names all of them.

    Parameters
    ----------
    label
        What is drawn, with a row of a legend (`scenes.parts.words.LegendRow`) for each.
    hikers
        Who stand there. The check holds the rows, and where the label is, against where their boots are drawn.
    """

    def __init__(self, label: VGroup, hikers: Sequence[Hiker]) -> None:
        super().__init__(*label.submobjects)
        self.hikers = tuple(hikers)


class Wanderer(Hiker):
    """A hiker who is no longer seen once the walk has left the ground."""

    def __init__(self, walk: Walk, coat: str) -> None:
        self._own_walk = walk
        super().__init__(walk=walk, coat=coat, size=SIZE)

    def refresh(self) -> None:
        super().refresh()
        if not self.mountain.landscape.contains(*self._own_walk.trajectory.coeffs[self._own_walk.row]):
            self.set_opacity(0)
            self._drawn = None
