"""What all scenes of an explore film have in common: the ground, the walks on it, and their colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from textwrap import wrap

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Mobject, VGroup

from descent_core.explore.summary import LANDSCAPE, NO_ZERO_GRAD, Summary, projected_label
from descent_core.explore.verdict import Verdict
from descent_core.recordings.trajectory import Trajectory
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.scale import Scale
from scenes.engine.terrain.shot import Shot
from scenes.explore import sentences
from scenes.explore.curves import Curves
from scenes.explore.edges import Edges
from scenes.explore.ground import Ground
from scenes.explore.party import OneSpot, Party
from scenes.explore.shots import wide_shot
from scenes.parts.ground.mountain import Mountain
from scenes.parts.words import legend, plate, swatch, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.label_places import set_beside
from scenes.stage.layout import layout
from scenes.stage.number_sources import note_source
from scenes.stage.traced_run import sourced
from scenes.theme import theme

#: Where the digits in a loss's name come from.
NAME = "the name of the loss that was asked for"
#: Width that the facts may have beside the curves.
_FACTS = 5.1
#: Letters of a line of the facts.
_WRAPPED = 44
#: Height between contour lines, in the stage's units.
_CONTOUR = 0.12


class ExploreScene(ExplainerScene):
    """A scene of an explore film. What it draws and says, it takes from the recordings of an exploration."""

    #: Whether captions are drawn over the picture: then nothing that is to be read lies where they are.
    has_captions = True

    @property
    def floor(self) -> float:
        """The height in the frame, in scene units, below which nobody walks: right above the captions."""
        return layout().ground[2]

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
            lowest_loss=sourced(verdict.lowest_loss, f"{source}.lowest_loss"),
            lowest_after=sourced(verdict.lowest_after, f"{source}.lowest_after"),
            gain_left=sourced(verdict.gain_left, f"{source}.gain_left"),
            tail_range=(low, high),
            above_best=sourced(verdict.above_best, f"{source}.above_best"),
        )

    @cached_property
    def shot(self) -> Shot:
        """From where all that matters is seen."""
        bare = self.mountain(Fog(0.0), _BEFORE)
        party = self.everybody(bare)
        return wide_shot(bare, party.places(), party.ends(), self.panels(party), self.floor)

    def panels(self, party: Party) -> list[Mobject]:
        """What lies over the ground: the shot is chosen so that no walk is under it."""
        return [self.facts(), self.curves(self.party(party.walks[0].mountain))[0]]

    def mountain(self, fog: Fog, shot: Shot | None = None) -> Mountain:
        """The mountain, in fog."""
        return Mountain(self.ground.landscape, shot or self.shot, fog, scale=Scale(), contour=_CONTOUR)

    def party(self, mountain: Mountain) -> Party:
        """All walks of the exploration, one for each learning rate."""
        return self.walking(mountain, self.summary.runs)

    def everybody(self, mountain: Mountain) -> Party:
        """The same, and the walk that never wipes its gradient, if there is one."""
        return self.walking(mountain, self.labels)

    def walking(self, mountain: Mountain, labels: Sequence[str], colours: Sequence[str] = ()) -> Party:
        """The walks of these labels, in their own colours or in others."""
        projected = [self.run(projected_label(label)) for label in labels]
        return Party(self.ground, mountain, self.runs_of(labels), projected, colours or self.colours(labels))

    @property
    def labels(self) -> tuple[str, ...]:
        """Of all runs of the exploration, in the order in which they are shown."""
        return (*self.summary.runs, *((NO_ZERO_GRAD,) if self.summary.no_zero_grad else ()))

    def runs_of(self, labels: Sequence[str]) -> list[Trajectory]:
        """The recordings of these labels."""
        return [self.run(label) for label in labels]

    def colours(self, labels: Sequence[str]) -> list[str]:
        """One for each label: by its learning rate, or that of what was never wiped."""
        by_lr = dict(zip(self.summary.runs, colours_of(self.runs_of(self.summary.runs)), strict=True))
        return [theme.stale if label == NO_ZERO_GRAD else by_lr[label] for label in labels]

    def ends_on_ground(self, label: str) -> bool:
        """Whether the run of that label ends on the ground that is drawn."""
        end = self.ground.run_on_stage(self.run(projected_label(label))).coeffs[-1]
        return bool(self.ground.landscape.contains(*end))

    def together(self, party: Party, *taken: Mobject) -> VGroup:
        """A label beside each spot where several hikers stand and one is seen: it names all of them.

        Parameters
        ----------
        party
            Who walks, where they stand now.
        taken
            What the labels must not cover, beside the hikers.
        """
        group = VGroup()
        for standing in party.on_one_spot():
            names = VGroup(words("on one spot:", theme.small, theme.quiet))
            for index in standing:
                run = party.runs[index]
                names.add(swatch(sentences.run_name(run, self.wipes(run)), party.colours[index], theme.small, run=run))
            back = plate(names.arrange(DOWN, buff=theme.near, aligned_edge=LEFT), pad=0.14)
            label = OneSpot(back, [party.hikers[index] for index in standing])
            others = [*taken, *(hiker for hiker in party.hikers if hiker.is_seen), *group]
            set_beside(label, party.hikers[standing[-1]], others, party.prints(), self.floor)
            group.add(label)
        return group

    def wipes(self, run: Trajectory) -> bool:
        """Whether the gradient of a run was set to zero before each step."""
        return run.label != NO_ZERO_GRAD

    def curves(self, party: Party) -> tuple[Mobject, Curves]:
        """The loss curves with the key to their colours on one plate, and the curves in it."""
        return self.board(party, self._method(), sentences.legend_names(party.runs))

    def board(self, party: Party, title: str, names: Sequence[str]) -> tuple[Mobject, Curves]:
        """A title, a key and loss curves on one plate in the upper right corner, and the curves in it."""
        curves = Curves(party.runs, party.colours, (2.9, 1.05))
        key = legend(list(zip(names, party.colours, party.runs, strict=True)), theme.small)
        head = words(title, theme.small, theme.quiet)
        left = VGroup(head, key).arrange(DOWN, buff=theme.gap, aligned_edge=LEFT)
        both = VGroup(left, curves).arrange(RIGHT, buff=theme.room)
        return panel(both).to_corner(UP + RIGHT, buff=theme.margin), curves

    def edges(self, mountain: Mountain, party: Party, *plates: Mobject) -> Edges:
        """What east and north measure here; no mark lies under one of the plates, on a start, or on a trail."""
        region, names = self.summary.region, sentences.axis_names(self.summary.plane)
        return Edges(mountain, region, names, plates, (party.starts(), party.prints()), self.has_captions)

    def facts(self, *, method: bool = False) -> Mobject:
        """What height means here, and what is shown of how much; and how the steps were made, where asked for."""
        summary = self.summary
        lines = [
            (note_source(summary.name, NAME), theme.label, theme.text, "BOLD"),
            (sentences.height_label(summary.height_map, self.highest), theme.small, theme.loss, "MEDIUM"),
            (self._method() if method else None, theme.small, theme.quiet, "MEDIUM"),
            *((line, theme.small, theme.quiet, "MEDIUM") for line in sentences.plane_label(summary.plane)),
            (
                sentences.stretched_label() if self._stretched() else None,
                theme.small,
                theme.quiet,
                "MEDIUM",
            ),
            (sentences.chance_label(summary.draws), theme.small, theme.quiet, "MEDIUM"),
            *((line, theme.small, theme.text, "MEDIUM") for line in wrap(summary.slope_disagreement, _WRAPPED)),
            ("holes: no finite loss there" if summary.hole_fraction else None, theme.small, theme.quiet, "MEDIUM"),
        ]
        column = VGroup(
            *(words(text, size, colour, weight=weight) for text, size, colour, weight in lines if text)
        ).arrange(DOWN, buff=theme.near * 1.3, aligned_edge=LEFT)
        column.scale(min(_FACTS / column.width, 1.0))
        return panel(column).to_corner(UP + LEFT, buff=theme.margin)

    @property
    def highest(self) -> float:
        """The greatest finite loss of the ground."""
        heights = self.ground.recorded.heights
        return float(heights[np.isfinite(heights)].max())

    def _stretched(self) -> bool:
        return self.ground.stretched and self.summary.plane.kind != "line"

    def _method(self) -> str:
        return self.summary.optimizer or "gradient descent"


def colours_of(runs: Sequence[Trajectory]) -> list[str]:
    """One for each run, by its place from the smallest learning rate to the greatest."""
    by_count = {
        1: [theme.right],
        2: [theme.right, theme.too_big],
        3: [theme.too_small, theme.right, theme.too_big],
        4: [theme.too_small, theme.right, theme.text, theme.too_big],
    }
    palette = by_count[len(runs)]
    order = np.argsort([run.lr for run in runs], kind="stable")
    colours = dict(zip(order.tolist(), palette, strict=True))
    return [colours[index] for index in range(len(runs))]


def panel(content: Mobject) -> VGroup:
    """Words and curves on a plate that lets less through than others: whatever ground is under it, even snow."""
    return plate(content, pad=0.24, opacity=(1 + theme.plate) / 2)


#: Any shot will do to bake a mountain with.
_BEFORE = Shot((0.0, -14.0, 30.0), (0.0, 0.0, 0.0), 46)
