"""Scene 5: back to the code. What PyTorch recorded of the loss lets backward() find the slope."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Create,
    FadeIn,
    Indicate,
    Text,
    VGroup,
    squish_rate_func,
)

from descent_core.recordings.trajectory import Trajectory
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.shot import Shot
from scenes.outline import outline
from scenes.parts.dials.compass import Compass
from scenes.parts.dials.turn_arrow import TurnArrow
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.walk import Walk
from scenes.parts.history.history_trail import HistoryTrail
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.panels.slope_wall import SlopeWall
from scenes.parts.radio import TUNING, Knob
from scenes.parts.words import coefficient_name, plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import layout, set_above_captions
from scenes.stage.naming import set_names
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant
from scenes.stage.transitions import Curtain, fade_in, fade_out
from scenes.theme import theme

#: The hiker with his lantern, in the right third: the code stands left of him.
BESIDE_THE_CODE = Shot((-4.4, -5.3, 4.2), (-3.75, -0.12, 2.72), 36)
#: Far behind the trail: a light in the fog.
FAR = Shot((-6.55, -10.4, 7.6), (-4.95, -0.3, 2.2), 36)
#: How much of its light the mountain keeps behind code that leaves room for it.
BEHIND_CODE = 0.55
#: The size of the panel when it has made room.
ASIDE = 0.76


class BackToTheCode(ExplainerScene):
    """requires_grad_() keeps a history, backward() goes through it backwards, coeffs.grad holds the slope."""

    def construct(self) -> None:
        code, hike = self.listing("gradient-reading"), self.run("right")
        mountain, hiker = self._mountain(hike)
        panel = CodePanel(code, title="the_gradient.py", width=7.4, size=theme.code, output=True)
        panel.move_to([0, 0.45, 0]).to_edge(LEFT, buff=theme.margin)

        # requires_grad_(), remembered from part 1.
        self.beat("requires_grad_")
        dark = Curtain(BEHIND_CODE)
        keep = panel.bar("requires_grad_")
        series_began = constant(1, "where tensors were made", equals=outline("tensors").number)
        with self.say(
            f"Back to the code. Remember [line]this line, from part {in_words(series_began)}? [now]This is "
            "where it pays off."
        ) as line:
            self.open(mountain, hiker, dark, panel)
            line.reach("line", shows=keep)
            self.enter(keep, toward=ORIGIN)
            line.reach("now", shows=panel.line("requires_grad_"))
            self.play(Indicate(panel.line("requires_grad_"), scale_factor=1.08, color=theme.accent), run_time=1.2)

        # It kept a history: the operations that torch really recorded, a cairn each.
        self.beat("the history")
        knobs, card = self._ends(hike)
        trail = HistoryTrail(operations(code.values[code.line_of("loss = ")]), knobs, card, ends=("coeffs", "loss"))
        top_left = np.array([-7.11 + theme.margin, 4 - theme.margin + 0.1, 0])
        with self.say(
            "Ever since, PyTorch has been tracking the history of our atoms: [steps]every step from the [coeffs]knobs "
            "up to the [loss]loss."
        ) as line:
            aside = VGroup(panel, keep)
            self.play(
                aside.animate.scale(ASIDE).move_to(top_left, aligned_edge=UP + LEFT),
                fade_in(trail, UP * 4 * theme.drift),
                mountain.move_to_shot(FAR),
                run_time=1.8,
                rate_func=theme.ease,
            )
            # The first stones lie as it is said what they are.
            self.play(trail.pile(2, run_time=line.until("steps")))
            self.play(trail.pile(4, run_time=line.until("coeffs", shows=knobs)))
            until = line.until("loss", shows=card)
            self.play(
                *(fade_in(thing).set_run_time(theme.leave) for thing in (knobs, trail.end_labels[0])),
                trail.pile(run_time=until),
            )
            self.enter(card, trail.end_labels[1], run_time=theme.leave)

        # backward(): a light runs the same way back.
        self.beat("loss.backward()")
        push = panel.bar("backward")
        with self.say(
            "Now the magic button: [call]loss.backward(). It [follows]follows the trail all the way back, and "
            "works out the slope of every [knob]knob. Automatically."
        ) as line:
            line.reach("call", shows=push)
            self.play(fade_out(keep), fade_in(push), run_time=theme.enter)
            line.reach("follows")
            self.play(trail.run_back(run_time=line.until("knob", shows=knobs)))
            self.play(Indicate(knobs, scale_factor=1.12, color=theme.weight, rate_func=_glimpse), run_time=0.9)

        # print(coeffs.grad): the reading that torch printed.
        self.beat("print(coeffs.grad)")
        read, printed = panel.bar("print"), panel.printed("print")
        compass = Compass(lambda: hike.slopes[0], radius=1.25, named=True)
        compass.shift([layout().main_and_side.right - 0.4, 1.35, 0] - compass.rim.get_center())
        name = words("coeffs.grad", theme.body, theme.text, mono=True)
        set_names(name.next_to(compass.rim, DOWN, buff=theme.gap), compass)
        with self.say(
            "And now your coefficients have a [compass]compass attached. [print]Print coeffs.grad: there's the "
            "[reading]reading."
        ) as line:
            self.freeze(hiker)
            places = (np.array([x, -1.5, 0]) for x in (-5.5, 1.2))
            self.play(
                *(fade_out(thing) for thing in (trail, card, *trail.end_labels, hiker)),
                dark.animate.set_fill(opacity=theme.dim),
                *(knob.animate.scale(1.35).move_to(place) for knob, place in zip(knobs, places, strict=True)),
                run_time=line.until("compass", shows=compass),
                rate_func=theme.ease,
            )
            self.enter(compass, name)
            line.reach("print", shows=read)
            self.play(fade_out(push), fade_in(read), run_time=theme.enter)
            line.reach("reading", shows=printed)
            self.enter(printed)

        # What the two numbers say.
        self.beat("reading it")
        first, second = hike.slopes[0]
        many = self.run("gradient-1000")
        advice = [
            self._advice(knob, index, slope)
            for index, (knob, slope) in enumerate(zip(knobs, (first, second), strict=True))
        ]
        wall = SlopeWall(many.slopes[0]).shift(UP * 0.95)
        count = words(f"{many.dimensions:,} numbers", theme.body, theme.uphill, weight="SEMIBOLD")
        count = set_above_captions(plate(count, colour=theme.panel, opacity=1))
        with self.say(
            f"A number for each [first]knob. This one's {_sign(first)}: turn it [one]{_way(first)}, and the loss goes "
            f"down. This one's {_sign(second)}: turn it [other]{_way(second)}. With a "
            f"{in_words(many.dimensions)} knobs? [many]A {in_words(many.dimensions)} numbers.",
            about=[many],
        ) as line:
            line.reach("first", shows=[reading for reading, *_ in advice])
            self.enter(*(reading for reading, *_ in advice))
            readings = []
            for way, (reading, turn, arrow) in zip(("one", "other"), advice, strict=True):
                line.reach(way, shows=turn)
                self.play(fade_in(turn), Create(arrow), run_time=theme.enter)
                readings.append(VGroup(reading, turn))
                self.add(readings[-1], arrow)
            before = (panel, read, printed, compass, name, *knobs, *readings, *(arrow for *_, arrow in advice))
            # All is gone a moment before the word: nothing but the wall begins with it.
            self.wait(max(line.until("many") - theme.leave - 0.25, 0.05))
            self.leave(*before)
            line.reach("many", shows=wall)
            self.add(wall)
            late = squish_rate_func(theme.ease, 0.6, 1.0)
            self.play(wall.read(run_time=1.8), FadeIn(count, rate_func=late, run_time=1.8))
        self.close()

    def _mountain(self, hike: Trajectory) -> tuple[Mountain, Hiker]:
        """What is behind the words: the hiker where the run begins, in the fog."""
        mountain = Mountain(self.landscape("mountain"), BESIDE_THE_CODE, Fog(1.0))
        walk = Walk(hike, mountain)
        mountain.lights.append(walk.position)
        return mountain, Hiker(walk=walk)

    def _ends(self, hike: Trajectory) -> tuple[VGroup, VGroup]:
        """What stands at the ends of the trail: the two knobs as they are set, and a card with the loss of that."""
        angles = (hike.coeffs[0, 0], hike.coeffs[0, 1] * TUNING)
        knobs = VGroup(*(Knob(angle, radius=0.3) for angle in angles)).arrange(RIGHT, buff=theme.near)
        card = plate(
            words(f"{hike.losses[0]:.2f}", theme.body, theme.loss, mono=True, weight="BOLD"),
            colour=theme.panel,
            opacity=1,
        )
        return knobs, card

    def _advice(self, knob: Knob, index: int, slope: np.float64) -> tuple[VGroup, Text, TurnArrow]:
        """Beside a knob its name and its slope, below that which way to turn it, and round it an arrow that does."""
        reading = VGroup(
            set_names(words(coefficient_name(f"knob {index}"), theme.body, theme.weight), knob),
            words(f"{slope:+.4f}", theme.body, theme.uphill, mono=True, weight="SEMIBOLD"),
        ).arrange(RIGHT, buff=theme.gap)
        turn = words(f"turn it {_way(slope)}", theme.body, theme.downhill, weight="SEMIBOLD")
        both = VGroup(reading, turn).arrange(DOWN, buff=theme.gap, aligned_edge=LEFT)
        back = plate(both.next_to(knob, RIGHT, buff=theme.room + 0.25), colour=theme.panel, opacity=1)[0]
        return VGroup(back, reading), turn, TurnArrow(knob, slope)


def _sign(slope: float) -> str:
    return "negative" if slope < 0 else "positive"


def _glimpse(fraction: float) -> float:
    """There at once, and slowly back."""
    return float(min(fraction / 0.2, 1.0) * (1 - fraction) ** 0.5)


def _way(slope: float) -> str:
    return "up" if slope < 0 else "down"


def operations(history: str) -> list[str]:
    """The operations between the coefficients and the loss, as torch recorded them, from the first to the last.

    >>> operations("Sum Mul Sin Select AccumulateGrad")
    ['select', 'sin', 'mul', 'sum']
    """
    return [name.lower() for name in reversed(history.split()) if name != "AccumulateGrad"]
