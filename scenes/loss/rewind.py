"""Scene 4: the rewind button carries the score back into the hand, and tells each knob its share of the blame."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, UP, CurvedArrow, VGroup, linear

from scenes.loss.looks import CARD
from scenes.outline import outline
from scenes.parts.darts.room import DartRoom, RoomLook
from scenes.parts.darts.thrown import Round
from scenes.parts.panels.angle_knobs import AngleKnobs
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.panels.history_chain import HistoryChain
from scenes.parts.panels.scorecard import Readout, Scorecard
from scenes.parts.progress import Progress
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: Behind the thrower, everything a little lower in the frame: room for the chain above.
LOWER = RoomLook(y=172.0)


class RewindButton(ExplainerScene):
    """backward() tells each knob its share of the blame, and turning the knobs says the same."""

    def construct(self) -> None:
        run, aside, up = self.run("darts"), self.run("nudged-aside"), self.run("nudged-up")
        many, few = self.run("guessing-1"), self.run("gradient-1")
        code = self.listing("rewind")
        room, darts = DartRoom(LOWER), Round(Progress(run))
        room.darts.append(darts)
        darts.seen = 0.9

        # The line of code.
        self.beat("loss.backward()")
        panel = CodePanel(code, title="rewind", output=True, width=7.4).move_to([0, 0.7, 0])
        bar = panel.bar("backward")
        tensors = constant(1, "where tensors were made", equals=outline("tensors").number)
        with self.say(
            f"And there is. Remember part {in_words(tensors)}? Tensors remember how they came about. So there's a "
            "[rewind]rewind button: loss.backward()."
        ) as line:
            self.open(room, panel)
            line.reach("rewind", shows=bar)
            self.enter(bar)

        # The light runs back over all that torch kept, and the darts fly back into the hand.
        self.beat("rewind")
        names = [name.lower() for name in reversed(code.values[code.line_of("loss = ")].split())][1:]
        chain = HistoryChain(names, width=11.6).move_to([0, 3.05, 0])
        knob_end = words("knobs", theme.label, theme.weight, weight="SEMIBOLD")
        loss_end = words("loss", theme.label, theme.loss, weight="SEMIBOLD")
        knob_end.next_to(chain, DOWN, buff=theme.gap).align_to(chain, LEFT)
        loss_end.next_to(chain, DOWN, buff=theme.gap).align_to(chain, RIGHT)
        ends = VGroup(knob_end, loss_end)
        with self.say(
            "It takes the score, and [back]goes back: through the mean, the size, the minus, the flight of every "
            "dart, [hand]right into your hand."
        ) as line:
            self.play(
                fade_out(panel), fade_out(bar), fade_in(chain), fade_in(ends), run_time=min(line.until("back"), 0.9)
            )
            seconds = max(line.until("hand"), 1.0) + 0.6
            line.until("back", shows=chain)
            self.play(
                chain.rewind(run_time=seconds),
                room.change(lambda part: setattr(darts, "fraction", 1 - part), seconds, _holding),
                room.change_look(lamp=1.0, run_time=seconds, rate_func=linear),
            )

        # Each knob's share of the blame.
        self.beat("the blame")
        knobs = AngleKnobs(run.coeffs[0], radius=0.72).move_to([-2.6, 0.3, 0])
        shares = VGroup(
            *(
                words(f"{slope:+.1f}", theme.heading, theme.downhill if slope < 0 else theme.uphill, mono=True)
                for slope in run.slopes[0]
            )
        )
        for share, number in zip(shares, knobs.numbers, strict=True):
            share.next_to(number, DOWN, buff=theme.gap)
        unit = words("cm for each degree", theme.label, theme.quiet).next_to(shares, DOWN, buff=theme.gap)
        with self.say(
            f"And it tells each knob its share of the blame. A degree more to the [right]right, and the loss falls by "
            f"{sourced(-run.slopes[0, 0], 'minus darts.slopes[0, 0]'):.1f}. A degree more [up]up, and it rises by "
            f"{run.slopes[0, 1]:.1f}."
        ) as line:
            self.play(fade_in(knobs), room.change_look(lamp=0.5, run_time=0.7), run_time=0.7)
            line.reach("right", shows=shares[0])
            self.play(fade_in(shares[0]), fade_in(unit), run_time=theme.enter)
            line.reach("up", shows=shares[1])
            self.enter(shares[1])

        # Is it true? Turn them, and throw.
        self.beat("is that true?")
        shown = [run]
        card = Scorecard(lambda: f"{shown[0].losses[0]:.1f}", theme.loss, name="loss, in cm").scale(1.4)
        card.move_to([CARD[0], 0.6, 0])
        turned = AngleKnobs(lambda: shown[0].coeffs[0], radius=0.72).move_to(knobs)
        with self.say(
            f"Don't take my word for it. Turn the first knob by a degree, and throw: [one]{aside.losses[0]:.1f}, "
            f"not {run.losses[0]:.1f}. The other one: [two]{up.losses[0]:.1f}."
        ) as line:
            self.play(fade_in(card), run_time=theme.enter)
            self.remove(knobs)
            self.add(turned)
            self.wait(max(line.until("one", shows=card) - 0.4, 0.05))
            shown[0] = aside
            self.wait(max(line.until("two", shows=card), 0.05))
            shown[0] = up
            self.wait(max(line.left, 0.1))

        # What it costs.
        self.beat("what it costs")
        price = sourced(many.steps // few.steps, "guessing-1.steps over gradient-1.steps")
        with self.say(
            f"And a rewind's cheap. With the throw, it costs as much as {in_words(price)} throws. With two knobs, or "
            "with a thousand.",
            about=[many, few],
        ):
            self.play(fade_out(shares), fade_out(unit), run_time=0.5)
        self.close()


def _holding(fraction: float) -> float:
    """How far the darts have flown back: they are held in the wall at first."""
    return theme.ease(max(fraction - 0.35, 0.0) / 0.65)


_ = (UP, CurvedArrow, Readout)
