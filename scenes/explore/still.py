"""One picture of it all: the mountain on a clear day, every walk at its end, and what became of each."""

from __future__ import annotations

from functools import cached_property

from manim import DOWN, LEFT, RIGHT, UP, Mobject, VGroup, config

from scenes.engine.terrain.fog.fog import Fog
from scenes.explore import sentences
from scenes.explore.curves import Curves
from scenes.explore.explore_scene import ExploreScene, panel
from scenes.explore.party import Party
from scenes.parts.words import swatch, words
from scenes.theme import theme

#: Room at the edges of a picture, of which no screen cuts anything off, in scene units.
_MARGIN = 0.36


class AllWalks(ExploreScene):
    """The mountain, the trails, the curves, and in words what each walk came to."""

    has_captions = False

    def construct(self) -> None:
        mountain = self.mountain(Fog(0.0))
        party = self.everybody(mountain)
        for walk in party.walks:
            walk.clock.set_value(walk.trajectory.steps)
        mountain.paint(mountain.pixels)  # drawn finely the second time
        for hiker in party.hikers:
            hiker.refresh()
        panels = self.panels(party)
        together = self.together(party, *panels)
        edges = self.edges(mountain, party, *panels, *party.hikers, *together)
        self.add(mountain, *party.trails, edges, *party.hikers, *panels, together)
        self.update_mobjects(0)

    def panels(self, party: Party) -> list[Mobject]:
        """The facts, the curves, and the verdicts, which are the key to the colours too."""
        curves = panel(Curves(party.runs, party.colours, (3.4, 1.05)))
        facts = self.facts(method=True).to_corner(UP + LEFT, buff=_MARGIN)
        return [facts, curves.to_corner(UP + RIGHT, buff=_MARGIN), self.verdicts]

    @cached_property
    def verdicts(self) -> Mobject:
        """What became of each walk, a sentence a line, beside its colour."""
        rows = VGroup()
        for label, colour in zip(self.labels, self.colours(self.labels), strict=True):
            run = self.run(label)
            sentence = sentences.run_sentence(self.verdict(label), run.lr, wiped=self.wipes(run))
            sentence = sentence.replace("With ", "With lr ", 1)  # nobody says here what the number is
            if not self.ends_on_ground(label):
                sentence = f"{sentence.removesuffix('.')}; off the picture."
            rows.add(swatch(sentence, colour, theme.small, weight="MEDIUM", run=run))
        if len(rows) == 1:  # no colour to tell from another
            rows = VGroup(words(sentence, theme.small))
        rows.arrange(DOWN, buff=theme.near * 1.3, aligned_edge=LEFT)
        rows.scale(min((config.frame_width - 2 * _MARGIN - 0.5) / rows.width, 1.0))
        return panel(rows).to_corner(DOWN + LEFT, buff=_MARGIN)

    @property
    def floor(self) -> float:
        """Right above the verdicts."""
        return float(self.verdicts.get_top()[1]) + theme.gap
