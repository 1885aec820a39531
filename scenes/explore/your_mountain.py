"""Scene 1: your loss as a mountain, in the fog, and then on a clear day."""

from __future__ import annotations

from manim import ORIGIN, RIGHT, UP

from scenes.engine.terrain.fog.fog import Fog
from scenes.explore import sentences
from scenes.explore.explore_scene import ExploreScene
from scenes.explore.numbers import three_digits
from scenes.explore.shots import close_shot
from scenes.parts.words import plate, words
from scenes.stage.layers import Layer, set_layer
from scenes.stage.naming import set_next_to
from scenes.theme import theme

#: Degrees that the eye goes round the mountain while chance is spoken of.
_TURN = -8


class YourMountain(ExploreScene):
    """Where the walk starts, what the ground is, and what its height means."""

    def construct(self) -> None:
        summary = self.summary
        whole = self.shot
        mountain = self.mountain(Fog(1.0, sight=0.8, soft=2.0), whole)
        party = self.party(mountain)
        run, walk, hiker = party.runs[0], party.walks[0], party.hikers[0]
        mountain.shot = close_shot(mountain, walk.position(), whole)
        mountain.lights.append(walk.position)
        heading = plate(words(self.title, theme.heading, weight="BOLD"), pad=0.3)
        heading.to_edge(UP, buff=theme.margin)
        here = plate(words(f"loss {three_digits(run.expected_losses[0])}", theme.label, theme.loss))

        # On your own mountain, in the fog.
        self.beat("your loss")
        self.open(mountain, hiker, heading)
        with self.say(
            f"This is your own loss, in the fog. You start [loss]where it is {three_digits(run.expected_losses[0])}."
        ) as line:
            line.reach("loss", shows=here)
            self.enter(set_next_to(here, hiker, RIGHT, theme.gap))

        # What nobody who walks can see.
        self.beat("a clear day")
        # Above the edges of the ground, which come after.
        facts, shown = set_layer(self.facts(), Layer.FACTS), sentences.plane_sentence(summary.plane) is not None
        with self.say(sentences.height_sentence(summary.height_map, self.highest)) as line:
            self.leave(heading, here)
            self.play(
                mountain.move_to_shot(whole),
                mountain.change_fog(density=0.0, run_time=line.share(0.5)),
                run_time=line.share(0.5),
            )
            edges = self.edges(mountain, party, facts, hiker)
            # What lies on the ground stands where it is from the first: it would come out of the captions' place.
            self.enter(facts, *(() if shown else (edges,)), toward=ORIGIN)

        # A slice is not the whole.
        if shown:
            self.beat("what is shown")
            # Put into words when it is said: its numbers are those of this moment.
            with self.say(sentences.plane_sentence(summary.plane) or "") as line:
                line.reach("edges", shows=edges)
                self.enter(edges, toward=ORIGIN)
        if summary.draws:
            # The names of the edges hold for one view only: they make room for another.
            with self.say(sentences.chance_sentence(summary.draws)) as line:
                self.leave(edges)
                self.play(mountain.orbit(_TURN, run_time=line.left))
        self.close()
