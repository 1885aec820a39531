"""What all scenes of an explore film have in common: the ground, the walks on it, and their colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Mobject, VGroup
from numpy.typing import NDArray

from descent_core.explore.summary import LANDSCAPE, Summary, projected_label
from descent_core.explore.verdict import Verdict
from descent_core.recordings.trajectory import Trajectory
from scenes.engine.terrain.fog import Fog
from scenes.engine.terrain.scale import Scale
from scenes.engine.terrain.shot import Shot
from scenes.explore import sentences
from scenes.explore.curves import Curves
from scenes.explore.edges import Edges
from scenes.explore.ground import STAGE_SIZE, Ground
from scenes.explore.shots import wide_shot
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk
from scenes.parts.words import legend, plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import note_source
from scenes.stage.traced_run import sourced
from scenes.theme import theme

#: Where the digits in a loss's name come from.
NAME = "the name of the loss that was asked for"
#: How far apart hikers walk on the ground of one coefficient, in the stage's units.
LANE = 1.5
#: Of a hiker on this stage.
SIZE = 1.35
#: Width that the facts may have beside the curves.
_FACTS = 5.1
#: Height between contour lines, in the stage's units.
_CONTOUR = 0.12
#: How strongly a trail is drawn, and one that is not spoken of.
_TRAIL, _FAINT = 0.85, 0.16


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

    def places(self) -> NDArray[np.float64]:
        """``(n, 2)``, all places of theirs on the part of the ground that is worth showing."""
        rows = np.concatenate([walk.trajectory.coeffs for walk in self.walks])
        return rows[(np.abs(rows) <= np.array(STAGE_SIZE) / 2).all(axis=1)]


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


class ExploreScene(ExplainerScene):
    """A scene of an explore film. What it draws and says, it takes from the recordings of an exploration."""

    @cached_property
    def ground(self) -> Ground:
        """The landscape of the exploration, on the stage."""
        return Ground(self.landscape(LANDSCAPE))

    @property
    def summary(self) -> Summary:
        """What the exploration found out."""
        return self.ground.summary

    @property
    def title(self) -> str:
        """What the loss is called, with its file."""
        return note_source(self.summary.title, NAME)

    def verdict(self, label: str) -> Verdict:
        """What became of the run of that label; its numbers know that they are the verdict's."""
        verdict, source = self.summary.verdicts[label], f"ground.verdicts.{label}"
        low, high = (sourced(loss, f"{source}.tail_range[{index}]") for index, loss in enumerate(verdict.tail_range))
        return replace(
            verdict,
            steps=sourced(verdict.steps, f"{source}.steps"),
            first_loss=sourced(verdict.first_loss, f"{source}.first_loss"),
            last_loss=sourced(verdict.last_loss, f"{source}.last_loss"),
            settled_after=sourced(verdict.settled_after, f"{source}.settled_after"),
            tail_range=(low, high),
            above_best=sourced(verdict.above_best, f"{source}.above_best"),
        )

    @cached_property
    def shot(self) -> Shot:
        """From where all that matters is seen."""
        bare = self.mountain(Fog(0.0), _BEFORE)
        return wide_shot(bare, self.party(bare).places())

    def mountain(self, fog: Fog, shot: Shot | None = None) -> Mountain:
        """The mountain, in fog."""
        return Mountain(self.ground.landscape, shot or self.shot, fog, scale=Scale(), contour=_CONTOUR)

    def party(self, mountain: Mountain) -> Party:
        """All walks of the exploration, one for each learning rate."""
        runs = [self.run(label) for label in self.summary.runs]
        projected = [self.run(projected_label(label)) for label in self.summary.runs]
        return Party(self.ground, mountain, runs, projected, colours_of(runs))

    def curves(self, party: Party) -> tuple[Mobject, Curves]:
        """The loss curves with the key to their colours on one plate, and the curves in it."""
        return self.board(party, self._method(), sentences.legend_names(party.runs))

    def board(self, party: Party, title: str, names: Sequence[str]) -> tuple[Mobject, Curves]:
        """A title, a key and loss curves on one plate in the upper right corner, and the curves in it."""
        curves = Curves(party.runs, party.colours, (2.9, 1.05))
        key = legend(list(zip(names, party.colours, strict=True)), theme.small)
        head = words(title, theme.small, theme.quiet)
        left = VGroup(head, key).arrange(DOWN, buff=theme.gap, aligned_edge=LEFT)
        both = VGroup(left, curves).arrange(RIGHT, buff=theme.room)
        return plate(both, pad=0.24).to_corner(UP + RIGHT, buff=theme.margin), curves

    def edges(self, mountain: Mountain, *plates: Mobject) -> Edges:
        """What east and north measure here; no mark lies under one of the plates."""
        return Edges(mountain, self.summary.region, sentences.axis_names(self.summary.plane), plates)

    def facts(self) -> Mobject:
        """What height means here, and what is shown of how much."""
        summary = self.summary
        lines = [
            (note_source(summary.name, NAME), theme.label, theme.text, "BOLD"),
            (sentences.height_label(summary.height_map, self.highest), theme.small, theme.gradient, "MEDIUM"),
            *((line, theme.small, theme.quiet, "MEDIUM") for line in sentences.plane_label(summary.plane)),
            (
                sentences.stretched_label() if self._stretched() else None,
                theme.small,
                theme.quiet,
                "MEDIUM",
            ),
            ("one draw of a noisy loss" if summary.stochastic else None, theme.small, theme.quiet, "MEDIUM"),
            ("holes: no finite loss there" if summary.hole_fraction else None, theme.small, theme.quiet, "MEDIUM"),
        ]
        column = VGroup(
            *(words(text, size, colour, weight=weight) for text, size, colour, weight in lines if text)
        ).arrange(DOWN, buff=theme.near * 1.3, aligned_edge=LEFT)
        column.scale(min(_FACTS / column.width, 1.0))
        return plate(column, pad=0.24).to_corner(UP + LEFT, buff=theme.margin)

    @property
    def highest(self) -> float:
        """The greatest finite loss of the ground."""
        heights = self.ground.recorded.heights
        return float(heights[np.isfinite(heights)].max())

    def _stretched(self) -> bool:
        return self.ground.stretched and self.summary.plane.kind != "line"

    def _method(self) -> str:
        return f"torch.optim.{self.summary.optimizer}" if self.summary.optimizer else "gradient descent"


def colours_of(runs: Sequence[Trajectory]) -> list[str]:
    """One for each run, by its place from the smallest learning rate to the greatest."""
    by_count = {
        1: [theme.right],
        2: [theme.right, theme.too_big],
        3: [theme.too_small, theme.right, theme.too_big],
        4: [theme.too_small, theme.right, theme.gradient, theme.too_big],
    }
    palette = by_count[len(runs)]
    order = np.argsort([run.lr for run in runs], kind="stable")
    colours = dict(zip(order.tolist(), palette, strict=True))
    return [colours[index] for index in range(len(runs))]


#: Any shot will do to bake a mountain with.
_BEFORE = Shot((0.0, -14.0, 30.0), (0.0, 0.0, 0.0), 46)
