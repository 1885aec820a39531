"""Scene 2: the walks, side by side, and what became of each."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import LEFT, ORIGIN, RIGHT, Mobject

from scenes.engine.terrain.fog.fog import Fog
from scenes.explore import sentences
from scenes.explore.explore_scene import ExploreScene
from scenes.explore.numbers import three_digits
from scenes.explore.party import Party
from scenes.parts.ground.mountain import Mountain
from scenes.parts.words import plate, swatch
from scenes.stage.label_places import box_of, overlap
from scenes.stage.layout import set_above_captions
from scenes.theme import theme

#: How much faster the walk is at its end than at its start: the first steps matter most.
_HASTE = 4.0
#: Seconds that a walk takes on screen, at least.
WALKING = 6.0


class TheWalks(ExploreScene):
    """All learning rates from one start; the fog lifts when they are through."""

    def construct(self) -> None:
        mountain = self.mountain(Fog(0.9, sight=1.0, soft=2.4))
        party = self.party(mountain)
        mountain.lights += [walk.position for walk in party.walks]
        facts, (board, curves) = self.facts(), self.curves(party)
        curves.follow(party.walks)
        verdicts = [self.verdict(label) for label in self.summary.runs]

        # Everybody walks.
        self.beat("the walks")
        self.open(mountain, *party.trails, *party.hikers, facts, board)
        if len(party.walks) > 1:
            count = sentences.count_in_words(len(party.walks)).capitalize()
            who = f"{count} hikers, from the same spot. Only the learning rate differs."
        else:
            who = "One hiker, who feels nothing but the slope under the boots."
        with self.say(f"{who} Up to {party.steps:,} steps{self._of_optimizer()}.") as line:
            self.play(*party.to(party.steps, run_time=max(line.duration, WALKING), rate_func=quickening))

        # One by one.
        self.beat("what happened")
        self.play(mountain.change_fog(density=0.0, run_time=1.2))
        self.freeze(mountain)  # on a clear day nothing drifts
        together = self.together(party, facts, board)
        if together.submobjects:
            self.enter(together)
        for index in np.argsort([run.lr for run in party.runs], kind="stable").tolist():
            run, verdict = party.runs[index], verdicts[index]
            name = plate(
                swatch(
                    f"lr {three_digits(run.lr)}: {sentences.headline(verdict)}",
                    party.colours[index],
                    theme.body,
                    run=run,
                ),
                pad=0.26,
            )
            self._place_beside_walks(name, mountain, party, together)
            party.point_out(index)
            with self.say(sentences.run_sentence(verdict, run.lr)):
                self.enter(name, toward=ORIGIN)
            self.remove(name)
        party.point_out(None)
        self.close()

    def _place_beside_walks(self, name: Mobject, mountain: Mountain, party: Party, together: Mobject) -> None:
        """Set a plate right above the captions where it covers least of the walks, and none of what names them."""
        spots = np.concatenate([mountain.points_at(party.places(), lift) for lift in (0.1, 0.9)])

        def covered(side: Any) -> int:
            set_above_captions(name.set_x(0) if side is ORIGIN else name.to_edge(side, buff=theme.margin))
            away = np.abs(spots - name.get_center())
            walked = int(((away[:, 0] < name.width / 2) & (away[:, 1] < name.height / 2)).sum())
            return walked + len(spots) * sum(overlap(box_of(name), box_of(label)) for label in together)

        covered(min((ORIGIN, LEFT, RIGHT), key=covered))

    def _of_optimizer(self) -> str:
        optimizer = self.summary.optimizer
        return f" of {optimizer.removeprefix('torch.optim.')}" if optimizer else ""


def quickening(fraction: float) -> float:
    """A rate function: slow at first, then faster and faster; ``fraction`` of the time to that of the way.

    >>> quickening(0.0), quickening(1.0)
    (0.0, 1.0)
    """
    return float(np.expm1(_HASTE * fraction) / np.expm1(_HASTE))
