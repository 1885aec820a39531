"""The mistake, on your own loss: the same walk without zero_(), beside the right one."""

from __future__ import annotations

from scenes.engine.terrain.fog import Fog
from scenes.explore import sentences as said
from scenes.explore.explore_scene import ExploreScene, Party
from scenes.explore.numbers import three_digits
from scenes.explore.the_walks import WALKING, quickening
from scenes.parts.ground.mountain import Mountain
from scenes.theme import theme

PAIR = "the walk with zero_() and the one without"
_NAMES = ("wipes its gradient", "never wipes it")


class WithoutZeroGrad(ExploreScene):
    """Two hikers with one learning rate; one forgets to wipe the compass."""

    def pair(self, mountain: Mountain) -> Party:
        """The walk that wipes its gradient, and the one that never does."""
        clean = self.ground.story["forgetful"]
        labels = (f"walk-{clean}", f"shadow-{clean}"), ("forgetful", "shadow-forgetful")
        runs, shadows = ([self.run(pair[which]) for pair in labels] for which in (0, 1))
        return Party(self.ground, mountain, runs, shadows, [theme.right, theme.stale])

    def construct(self) -> None:
        mountain = self.mountain(Fog(0.0))
        party = self.pair(mountain)
        clean, never = (self.verdict(label) for label in (f"walk-{self.ground.story['forgetful']}", "forgetful"))
        board, curves = self.board(party, f"lr {three_digits(party.runs[0].lr)}", _NAMES)
        curves.follow(party.walks)

        self.beat("without zero_grad")
        self.open(mountain, *party.trails, *party.hikers, board)
        self.freeze(mountain)
        with self.say(
            f"And now the mistake: one of these {said.count_in_words(len(party.walks), PAIR)} never wipes its gradient."
        ) as line:
            self.play(*party.to(party.steps, run_time=max(line.duration, WALKING), rate_func=quickening))
        self.beat("what came of it")
        with self.say(said.forgetful_sentence(clean, never)):
            pass
        self.close()
