"""Scene 3: the key is turned, and nothing happens: one column of the table is so loud that the needle cannot move."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, LaggedStart, ValueTracker, VGroup, linear, rush_from, rush_into, there_and_back
from numpy.typing import ArrayLike

from descent_core.catalogue.passengers.answers import opinions_of_kinds
from descent_core.catalogue.passengers.manifest import CLASSES, COLUMNS, crowd, kind_rows
from descent_core.recordings.trajectory import Trajectory
from scenes.parts.clock import Clock
from scenes.parts.machine.engine import Engine
from scenes.parts.machine.key import Key
from scenes.parts.panels.named_bars import NamedBars
from scenes.parts.panels.scorecard import Readout, Scorecard
from scenes.parts.progress import Progress
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import caption_top, centre_above_captions, layout
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme
from scenes.training_loop.people import number_of

#: How high the tallest bar is, in scene units, and a 1 when all columns have been divided; and where bars stand.
TALL, EVEN = 4.2, 2.2
FOOT = caption_top() + 0.62
#: The columns, as they are called on screen.
NAMES = ("male", "female", "adult", "child", "first", "second", "third", "crew", "crowd")
#: How large the engine is in its corner, of its size before, and where that is.
ASIDE, CORNER = 0.42, (0.25, 2.3)
#: How high a slope of 1 is drawn.
STEEP = 19.5


class TheEngineCoughs(ExplainerScene):
    """On raw columns the score does not move. Divide each by its largest, and the ground tilts."""

    def construct(self) -> None:
        raw, voyage = self.run("raw"), self.run("voyage")
        progress, turns = Progress(raw), ValueTracker(0)

        # The key is turned: the crank goes round, and the score stays where it is.
        self.beat("turn the key")
        self.add(clock := Clock())

        def cranked() -> float:
            """How far the crank has turned: it shakes, as one does that will not start."""
            return float(turns.get_value() + 0.022 * np.sin(5.2 * clock.get_value()))

        engine = Engine(cranked, size=1.5)
        engine.shift(np.array([layout().main_and_side.left, centre_above_captions(), 0]) - engine.middle)
        card = Scorecard(lambda: f"{raw.losses[progress.row]:.4f}", theme.loss, "loss").scale(1.5)
        epoch = Readout(lambda: f"epoch {self._epoch(progress)}", theme.heading, theme.text)
        hand = ValueTracker(0)
        key = Key(hand.get_value, size=1.5, lock=True)
        # What is not as in the code of before: there the columns had been divided.
        table = words("the table as it stands", theme.label, theme.text)
        VGroup(key, card, epoch, table).arrange(DOWN, buff=theme.room, aligned_edge=LEFT).move_to(
            [layout().main_and_side.right, centre_above_captions(), 0]
        )
        with self.say(
            "But the first time we turned the [key]key? … Nothing. "
            f"{in_words(raw.steps).capitalize()} turns, and the score hadn't [moved]moved at all."
        ) as line:
            self.open(engine, card, epoch, key, table)
            line.reach("key")
            self.play(
                hand.animate(rate_func=rush_from, run_time=0.4).set_value(0.25),
                turns.animate(rate_func=theme.ease, run_time=1.0).set_value(0.5),
            )
            going = line.until("moved", shows=card)
            self.play(
                progress.to(raw.steps, run_time=going, rate_func=rush_into),
                turns.animate(run_time=going, rate_func=_coughing).set_value(5.0),
            )
            self.play(card.animate(rate_func=theme.ease).scale(1.12), run_time=0.3)

        with self.say("Why wouldn't it start?") as line:
            self.play(
                card.animate(rate_func=theme.ease).scale(1 / 1.12),
                hand.animate(rate_func=theme.ease).set_value(0.0),
                run_time=line.left,
            )

        # A person's row: eight ones and noughts, and a head count.
        self.beat("a loud column")
        man = number_of("men", "3rd")
        row, even = kind_rows(scaled=False)[man], kind_rows()[man]
        quiet, loud, scaled = ValueTracker(0), ValueTracker(0), ValueTracker(0)

        def heights() -> np.ndarray:
            """How high the nine numbers are, as they stand and divided; as far as they have grown."""
            grown = np.array([quiet.get_value()] * (len(COLUMNS) - 1) + [loud.get_value()])
            now = scaled.get_value()
            return np.asarray(((1 - now) * TALL / row[-1] * row + now * EVEN * even) * grown)

        bars = NamedBars(heights, NAMES)
        bars.shift(UP * (FOOT - bars.line.get_y()))
        names = bars.names
        bars.remove(names)  # they stay, under whatever bars stand there
        digits = VGroup(
            *(
                words(
                    f"{sourced(round(value), 'what the table says of him')}", theme.body, theme.weight, mono=True
                ).next_to(name, UP, buff=0.5)
                for name, value in zip(names[:-1], row, strict=False)
            )
        )
        for digit in digits:  # not each as high as its name's letters are
            digit.set_y(digits[0].get_y())
        who = words("a man in third class", theme.body, theme.text, weight="SEMIBOLD")
        who.to_corner(UP + LEFT, buff=theme.margin)
        count = constant(crowd("3rd"), "how many travelled in third class, by the report", equals=row[-1])
        shout = words(f"{count}", theme.heading, theme.weight, weight="BOLD", mono=True)
        shout.move_to([bars.names[-1].get_left()[0] - 0.3, FOOT + TALL - 0.3, 0], aligned_edge=RIGHT)
        with self.say(
            "Here's a man in third class: ones and [noughts]noughts. But the last number's a [crowd]crowd: how many "
            "travelled the way he did. It's a shout."
        ) as line:
            self.play(
                *(fade_out(thing) for thing in (card, epoch, key, table)),
                engine.animate(rate_func=theme.ease).scale(ASIDE).move_to([*CORNER, 0]),
                run_time=0.8,
            )
            self.enter(who, bars, names)
            line.reach("noughts", shows=digits)
            self.play(
                LaggedStart(*(fade_in(digit) for digit in digits), lag_ratio=0.15),
                quiet.animate(rate_func=theme.ease).set_value(1),
                run_time=theme.enter,
            )
            line.reach("crowd", shows=shout)
            self.play(loud.animate(rate_func=theme.ease).set_value(1), fade_in(shout), run_time=0.9)
        total = sourced(
            float(opinions_of_kinds(np.asarray(raw.coeffs[0]), "line", scaled=False)[man]),
            "what nine numbers times nine knobs add up to, for him, at the start of raw",
        )
        added = words(f"added up: {total:.0f}", theme.heading, theme.text, weight="SEMIBOLD")
        added.move_to([-3.6, centre_above_captions() + 0.5, 0])
        verdict = words("says: dies", theme.heading, theme.lost, weight="SEMIBOLD")
        verdict.next_to(added, DOWN, buff=theme.gap)
        flat = self._slopes(raw.slopes[0])
        noughts = self._readings(raw, flat)
        reads = words("the slope at every knob", theme.body, theme.uphill, weight="SEMIBOLD")
        reads.to_corner(UP + LEFT, buff=theme.margin)
        with self.say(
            "So the machine's [sure]sure: everybody [dies]dies. So sure that turning a [knob]knob changes nothing. "
            "The ground's [flat]flat."
        ) as line:
            line.reach("sure", shows=added)
            self.play(fade_in(added), loud.animate(rate_func=there_and_back).set_value(1.06), run_time=0.5)
            line.reach("dies", shows=verdict)
            self.enter(verdict)
            line.reach("knob", shows=reads)
            self.play(
                fade_out(who),
                fade_out(added),
                fade_out(verdict),
                fade_out(bars),
                fade_out(shout),
                fade_out(digits),
                fade_in(reads),
                fade_in(flat),
                run_time=0.8,
            )
            line.reach("flat", shows=noughts)
            self.play(LaggedStart(*(fade_in(nought) for nought in noughts), lag_ratio=0.12), run_time=1.0)

        # Divide each column by its largest: now they speak alike, and the ground tilts.
        self.beat("divide by the largest")
        largest = constant(max(crowd(each) for each in CLASSES), "the largest crowd", equals=crowd("crew"))
        quotient = words(f"{count} / {largest}", theme.heading, theme.weight, weight="BOLD", mono=True)
        quotient.move_to([names[-1].get_x() - 0.45, FOOT + EVEN * even[-1] + 0.42, 0])
        with self.say(
            "The cure: divide each column by its [largest]largest number. Now they all speak at the same volume."
        ) as line:
            self.play(*(fade_out(thing) for thing in (flat, reads, noughts)), run_time=theme.leave)
            self.play(*(fade_in(thing) for thing in (bars, digits, who, shout)), run_time=0.5)
            line.reach("largest")
            self.play(
                fade_out(shout), fade_out(digits), scaled.animate(rate_func=theme.ease).set_value(1.0), run_time=1.5
            )
            self.enter(quotient)
        grown = ValueTracker(0)
        alive = self._slopes(voyage.slopes[0], grown)
        with self.say("And the ground [tilts]tilts.") as line:
            self.play(*(fade_out(thing) for thing in (bars, who, quotient)), run_time=0.4)
            line.reach("tilts", shows=alive)
            self.add(alive)  # not faded in: it would stand still meanwhile
            self.play(
                fade_in(reads),
                grown.animate(rate_func=rush_from).set_value(1),
                turns.animate(rate_func=rush_into).set_value(8.0),
                run_time=1.1,
            )
            readings = (fade_in(reading) for reading in self._readings(voyage, alive))
            self.play(
                LaggedStart(*readings, lag_ratio=0.1),
                turns.animate(rate_func=linear).set_value(10.5),
                run_time=1.2,
            )
            # Long enough to be read.
            self.play(turns.animate(rate_func=linear).set_value(12.0), run_time=0.8)
        self.close()

    def _epoch(self, progress: Progress) -> str:
        """The row that was reached, as it is shown."""
        return f"{sourced(progress.row, f'the row of {progress.trajectory.label} that is shown')}"

    def _slopes(self, slopes: ArrayLike, grown: ValueTracker | None = None) -> NamedBars:
        """The slopes at the nine knobs, as far as they have grown; their names are where those of a row are."""
        steep = np.asarray(slopes, dtype=float)
        middle = centre_above_captions() - 0.25
        bars = NamedBars(
            lambda: steep * (grown.get_value() if grown is not None else 1.0),
            NAMES,
            unit=STEEP,
            colours=(theme.uphill, theme.uphill),
            below=0.34 + middle - FOOT,
        )
        bars.remove(bars.names)
        return bars.shift(UP * (middle - bars.line.get_y()))

    def _readings(self, run: Trajectory, bars: NamedBars) -> VGroup:
        """What the slope at each knob is, at the start of a run: at the foot of its bar, on the other side."""
        readings = VGroup()
        for column, name in enumerate(bars.names):
            slope = run.slopes[0, column]
            reading = words(f"{slope:z.2f}", theme.label, theme.uphill, mono=True, weight="SEMIBOLD")
            side = -0.32 if slope > 0 else 0.32
            readings.add(reading.move_to([name.get_x(), bars.line.get_y() + side, 0]))
        return readings


def _coughing(fraction: float) -> float:
    """How far a crank has turned that is cranked, and stops, and is cranked again."""
    return float(fraction + 0.035 * np.sin(6 * np.pi * fraction))
