"""The mistake, on your own loss: the same walk without zero_(), beside the right one."""

from __future__ import annotations

from descent_core.explore.summary import NO_ZERO_GRAD
from scenes.engine.terrain.fog.fog import Fog
from scenes.explore import sentences
from scenes.explore.explore_scene import ExploreScene
from scenes.explore.numbers import three_digits
from scenes.explore.party import Party
from scenes.explore.the_walks import WALKING, quickening
from scenes.parts.ground.mountain import Mountain
from scenes.theme import theme

PAIR = "the walk with zero_() and the one without"
_NAMES = ("wipes its gradient", "never wipes it")


class WithoutZeroGrad(ExploreScene):
    """Two hikers with one learning rate; one forgets to wipe the compass."""

    def pair(self, mountain: Mountain) -> Party:
        """The walk that wipes its gradient, and the one that never does."""
        return self.walking(mountain, (self.summary.best, NO_ZERO_GRAD), (theme.right, theme.stale))

    def construct(self) -> None:
        mountain = self.mountain(Fog(0.0))
        party = self.pair(mountain)
        clean, never = (self.verdict(label) for label in (self.summary.best, NO_ZERO_GRAD))
        board, curves = self.board(party, f"lr {three_digits(party.runs[0].lr)}", _NAMES)
        curves.follow(party.walks)

        self.beat("without zero_grad")
        self.open(mountain, *party.trails, *party.hikers, board)
        self.freeze(mountain)
        count = sentences.count_in_words(len(party.walks), PAIR)
        with self.say(f"And now the mistake: one of these {count} never wipes its gradient.") as line:
            self.play(*party.to(party.steps, run_time=max(line.duration, WALKING), rate_func=quickening))
        self.beat("what came of it")
        with self.say(sentences.no_zero_grad_sentence(clean, never)):
            together = self.together(party, board)
            if together.submobjects:
                self.enter(together)
        self.close()
