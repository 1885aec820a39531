"""Scene 2: three house cards, two knobs, and the one that is turned up says how much it counts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import (
    DOWN,
    DR,
    LEFT,
    RIGHT,
    UP,
    Circle,
    Create,
    Indicate,
    LaggedStart,
    Line,
    Rectangle,
    RoundedRectangle,
    VGroup,
    there_and_back,
)

from descent_core.catalogue.knobs import HOUSES, MOST_ROOMS
from scenes.knobs.data import Houses, houses_of, made_by, price_tag, thousand
from scenes.knobs.wall import drifting
from scenes.parts.dusk.house_card import HouseCard
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.progress import Progress
from scenes.parts.question import Question
from scenes.parts.radio import Knob
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions
from scenes.stage.naming import set_amount, set_around, set_names, tells
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: The houses on the cards: one with six rooms, one with five, one with two.
SHOWN = (0, 1, 2)
#: How large the cards are once there are knobs.
SMALL = 0.68
#: Radians for a weight of 1: the weight of the rooms goes almost all the way up.
GAIN = 0.0115
#: The row at which the mailbox counts most, and the one from which on hardly anything changes.
BOTH, SETTLED = 32, 420
#: The most that a gauge shows, in thousands, and its height in scene units.
MOST, HIGH = 260.0, 2.9


class HowMuchToCare(ExplainerScene):
    """A weight is how much the machine cares: a lot for the rooms, and not at all for the mailbox."""

    def construct(self) -> None:
        run, listing = self.run("houses"), self.listing("made-up-houses")
        houses, progress = houses_of(listing), Progress(run)
        cards = VGroup(
            *(HouseCard(int(houses.rooms[k]), float(houses.paint[k]), price_tag(listing, k), thousand()) for k in SHOWN)
        ).arrange(RIGHT, buff=1.2)
        cards.set_y(centre_above_captions())

        # What is known of a house.
        self.beat("guess the price")
        with self.say(
            "Say you want to guess what a house costs. All you know is how many [rooms]rooms it's got, and how they've "
            "painted the [mailbox]mailbox."
        ) as line:
            self.open(drifting(self.run("wall")))
            self.play(
                LaggedStart(*(fade_in(card, UP * 3 * theme.drift) for card in cards), lag_ratio=0.3),
                run_time=max(line.until("rooms") - 0.2, 1.0),
            )
            line.reach("rooms", shows=[card.windows for card in cards])
            self.play(*(Indicate(card.windows, scale_factor=1.14, color=theme.cabin) for card in cards), run_time=1.2)
            line.reach("mailbox", shows=[card.mailbox for card in cards])
            self.play(*(Indicate(card.mailbox, scale_factor=1.4, color=theme.accent) for card in cards), run_time=1.2)

        # Made up, so that the truth is known.
        self.beat("made up")
        count = constant(HOUSES, "as many as are made up", equals=len(houses.price))
        rule = words(made_by(listing), theme.label * 0.96, theme.text, mono=True)
        label = words(f"{count} made-up houses", theme.body, theme.quiet).to_edge(UP, buff=theme.margin)
        # It would give away which knob counts: it stays covered until that is known.
        cover = RoundedRectangle(corner_radius=0.12, width=rule.width, height=0.9)
        cover.set_stroke(theme.rule, 2).set_fill(theme.panel, 0.94)
        covered = VGroup(cover, words("the rule", theme.body, theme.quiet)).set_y(-1.5)
        with self.say(
            "We've [made]made these houses up, so we know the [rule]rule behind the price. The machine doesn't. It "
            "only sees the [cards]cards."
        ) as line:
            line.reach("made", shows=label)
            self.play(
                cards.animate.scale(SMALL).next_to(label, DOWN, buff=theme.gap),
                fade_in(label),
                run_time=1.4,
                rate_func=theme.ease,
            )
            line.reach("rule", shows=covered)
            self.enter(covered)
            line.reach("cards")
            self.leave(covered)
            self.play(*(card.animate(rate_func=there_and_back).scale(1.05) for card in cards), run_time=0.9)

        # A knob for each: a weight.
        self.beat("weights")
        knobs = VGroup(*(Knob(_angle(progress, column), radius=0.66) for column in (0, 1)))
        names = VGroup()
        for knob, text, x in zip(knobs, ("rooms", "mailbox"), (-5.3, 0.0), strict=True):
            knob.move_to([x, -1.42, 0])
            names.add(set_names(words(text, theme.body, theme.weight).next_to(knob, RIGHT, buff=0.28), knob))
        with self.say(
            "So each of those gets a [knob]knob. That's a weight. All it says is: how much do I [care]care?"
        ) as line:
            line.reach("knob", shows=knobs)
            self.enter(*knobs, *names)
            line.reach("care")
            seen = [(card.windows, card.mailbox) for card in cards]
            self.play(*(Indicate(each, scale_factor=1.2, color=theme.cabin) for pair in seen for each in pair))
        question = Question().next_to(cards, RIGHT, buff=0.9)  # not beside the knobs: it would look like a third one
        self.ask(question, "Which knob will it turn up?")

        # Both at first, and then only one. Beside each card its price, and what the machine says.
        self.beat("it turns")
        gauges = VGroup(
            *(
                Gauge(_guess(progress, houses, k), float(houses.price[k])).next_to(card, RIGHT, buff=0.12)
                for k, card in zip(SHOWN, cards, strict=True)
            )
        )
        for gauge, card in zip(gauges, cards, strict=True):
            tells(card.price, set_amount(gauge, gauge.marked, within=0.5))
        legend = VGroup(
            words("price", theme.label, theme.text).next_to(gauges[-1].mark, RIGHT, buff=0.12),
            words("guess", theme.label, theme.loss).next_to(
                gauges[-1].track.get_corner(DR), RIGHT, buff=0.2, aligned_edge=DOWN
            ),
        )
        score = Scorecard(lambda: f"{run.losses[progress.row]:.1f}", theme.loss, "wrong by, on average", width=3.5)
        score.scale(0.86).move_to([4.98, -1.42, 0])
        with self.say("Watch. At [first]first it turns up both. Then it has [second]second thoughts.") as line:
            self.play(fade_out(question), fade_in(score), fade_in(legend), *map(fade_in, gauges), run_time=theme.leave)
            line.reach("first")
            self.play(progress.to(BOTH, run_time=line.until("second")))
            self.play(progress.to(SETTLED, run_time=line.left + 2.0, rate_func=theme.ease))

        # What it ended with.
        self.beat("rooms, not paint")
        each = sourced(run.coeffs[-1, 0] / MOST_ROOMS, f"houses.coeffs[{int(run.steps)}, 0] over {MOST_ROOMS}")
        readings = VGroup(
            words(f"{each:.1f} a room", theme.body, theme.text, mono=True, weight="SEMIBOLD"),
            words(f"{run.coeffs[-1, 1]:.1f}", theme.body, theme.text, mono=True, weight="SEMIBOLD"),
        )
        moves = []
        for reading, name in zip(readings, names, strict=True):
            reading.next_to(name, DOWN, buff=theme.gap, aligned_edge=LEFT).shift(UP * 0.3)
            moves.append(name.animate.shift(UP * 0.3))
        rings = [set_around(Circle(0.87, color=theme.accent, stroke_width=5), knob.rim) for knob in knobs]
        with self.say(
            f"{run.steps} steps on, the [rooms]rooms count for {each:.1f} {thousand()} each. And the [mailbox]mailbox? "
            f"{run.coeffs[-1, 1]:.1f}. It just doesn't care."
        ) as line:
            self.play(progress.to(run.steps, run_time=line.until("rooms", shows=readings[0])))
            self.play(*moves, fade_in(readings[0]), Create(rings[0]), run_time=theme.enter)
            line.reach("mailbox", shows=readings[1])
            self.play(fade_out(rings[0]), fade_in(readings[1]), Create(rings[1]), run_time=theme.enter)
        with self.say("And our [hidden]rule? It's all but found it.") as line:
            line.reach("hidden", shows=rule)
            self.play(fade_out(label), fade_in(rule.move_to(label)), fade_out(rings[1]), run_time=theme.leave)
        self.close()


class Gauge(VGroup):
    """Beside a card: a bar as high as the guess, and a mark where the price is."""

    def __init__(self, guess: Callable[[], float], price: float) -> None:
        super().__init__()
        self._guess = guess
        self.track = RoundedRectangle(
            corner_radius=0.08, width=0.24, height=HIGH, stroke_color=theme.rule, stroke_width=2
        ).set_fill(theme.panel, opacity=1)
        self.bar = Rectangle(width=0.18, height=1.0, stroke_width=0, fill_color=theme.loss, fill_opacity=0.9)
        at = self.track.get_bottom() + UP * HIGH * price / MOST
        self.mark = Line(at + LEFT * 0.22, at + RIGHT * 0.22, color=theme.text, stroke_width=5)
        self.add(self.track, self.bar, self.mark)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def marked(self) -> float:
        """The price, in thousands, at which the mark stands."""
        up = self.mark.get_y() - self.track.get_bottom()[1]
        return float(up / self.track.height * MOST)

    def refresh(self) -> None:
        """Make the bar as high as the guess is now."""
        foot, part = self.track.get_bottom(), float(np.clip(self._guess() / MOST, 0.001, 1))
        width = self.bar.width
        self.bar.stretch_to_fit_height(self.track.height * part).stretch_to_fit_width(width)
        self.bar.move_to(foot, aligned_edge=DOWN)


def _guess(progress: Progress, houses: Houses, index: int) -> Callable[[], float]:
    """What the present row of coefficients says a house costs."""
    columns = np.array([houses.rooms[index] / MOST_ROOMS, houses.paint[index], 1.0])
    return lambda: float(np.asarray(progress.trajectory.coeffs[progress.row], dtype=float) @ columns)


def _angle(progress: Progress, column: int) -> Callable[[], float]:
    return lambda: progress.trajectory.coeffs[progress.row, column] * GAIN
