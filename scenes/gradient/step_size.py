"""Scene 4: the compass says which way, not how far. Forty learning rates, one mountain."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    UR,
    Animation,
    Mobject,
    RoundedRectangle,
    ValueTracker,
    VGroup,
    linear,
)

from descent_core.recordings.trajectory import Trajectory
from scenes.engine.terrain.fog.fog import Fog
from scenes.gradient.leap import FLIGHT, SHAKE, beside
from scenes.gradient.shots import (
    DOWN_FROM_HERE,
    FARTHER_DOWN,
    INTO_THE_VALLEY,
    SHOULDER,
    STILL_UP_HERE,
    STRIDE,
    TO_AND_FRO,
    WHOLE_RANGE,
    WRONG_VALLEY,
)
from scenes.gradient.slope import COMES_TO
from scenes.parts.ground.arrow import ArrowRole, GroundArrow
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.first_leaps import FirstLeaps
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.probes import Probes
from scenes.parts.ground.ribbons import Ribbons
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk, hanging
from scenes.parts.panels.loss_curve import LossCurve
from scenes.parts.panels.scorecard import Readout
from scenes.parts.question import Question
from scenes.parts.words import legend, plate, set_on_baseline, swatch, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import set_above_captions
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import slowing, theme

#: Size of the loss curves, in scene units.
CURVE = (3.2, 1.15)
#: How many learning rates are tried, each a recording: stride-00, stride-01, …
STRIDES = 40
#: What the three walks are called on screen, by the label of their recordings: "right" alone would be a direction.
NAMES = {"too-small": "too small", "right": "just right", "too-big": "too big"}
#: The rule of a step, term by term, as it stands on screen.
RULE = ("step", "=", "learning rate", "×", "downhill")
#: How long the arrow that asks how far is, in units of the coefficients for a slope of 1: at first, longest, shortest.
ARROW, LONG, SHORT = 0.45, 0.8, 0.3
#: Of the recorded strides, those whose first leaps are drawn as guesses.
GUESSES = (29, 32, 34, 36, 38)
#: How far the ground is felt round about him who is stuck, in units of the coefficients: seen from the rim.
FELT = 0.7
#: Seconds that the viewer has to think, once it is asked.
THINK = 2.0
#: Ribbons that have begun when "tiny" is said: a fifth of them, of the smallest strides.
TINY = 8
#: How near to the cabin's door a walk has come home, in units of the coefficients.
HOME = 0.05
#: The row at which the cabin's light is seen.
LIGHT = 20


class ThreeStepSizes(ExplainerScene):
    """Too small crawls, too big lands on another mountain, and one is right."""

    def construct(self) -> None:
        small, big, right = self.run("too-small"), self.run("too-big"), self.run("right")
        mountain = Mountain(self.landscape("mountain"), FARTHER_DOWN, Fog(1.0))
        colours = {"too-small": theme.too_small, "too-big": theme.too_big, "right": theme.right}
        walks = {run.label: Walk(run, mountain) for run in (small, big, right)}
        hikers = {label: Hiker(walk=walk, coat=colours[label], size=1.25) for label, walk in walks.items()}
        trails = {label: Trail(walk, colour=colours[label]) for label, walk in walks.items()}
        docks = {label: self._dock(walk, NAMES[label], colours[label]) for label, walk in walks.items()}
        cabin = Cabin(mountain, right.coeffs[-1], size=1.2)
        cabin.lit.set_value(0)
        # Whoever sees in the fog: the one who stood there before, the one who takes baby steps, the one who leaps.
        turn = ValueTracker(-1.0)
        mountain.lights.append(lambda: _in_turn(turn.get_value(), walks["right"], walks["too-small"], walks["too-big"]))

        # Which way is known; how far is not. He stands where he came to.
        self.beat("how far?")
        walks["right"].clock.set_value(COMES_TO)
        asks = Hiker(walk=walks["right"])
        length = ValueTracker(ARROW)
        way = GroundArrow(
            mountain,
            walks["right"].position,
            lambda: -right.slopes[COMES_TO] * length.get_value(),
            ArrowRole.DOWNHILL,
            width=0.05,
            only_direction=True,
        )
        rule, lr = self._rule()
        with self.say("The compass tells you which way. It doesn't say how [far]far.") as line:
            self.add(mountain, asks)
            self.add(way, asks)
            self.enter(way, toward=ORIGIN, run_time=theme.leave)
            self.play(mountain.move_to_shot(DOWN_FROM_HERE), run_time=line.until("far"))
            self.play(length.animate(rate_func=theme.ease).set_value(LONG), run_time=1.0)
        with self.say("How big a stride do you take? That's the [rate]learning rate. In code: [lr]lr.") as line:
            self.play(length.animate(rate_func=theme.ease).set_value(SHORT), run_time=line.until("rate"))
            line.until("rate", shows=rule)
            self.enter(rule, toward=ORIGIN)
            line.reach("lr", shows=lr)
            self.enter(lr)
            self.play(length.animate(rate_func=theme.ease).set_value(ARROW), mountain.orbit(4), run_time=0.9)

        # Too small.
        self.beat("too small")
        with self.say(
            f"Too small, and you're taking [baby]baby steps. {in_words(small.steps).capitalize()} of them, and you're "
            "still up [here]here. You'll be on that mountain forever."
        ) as line:
            # What a step is stays to be read while the next word is said.
            self.play(mountain.orbit(0.5, run_time=0.5))
            self.play(*_gone(way, rule, lr, asks), run_time=theme.leave)
            self.add(trails["too-small"], hikers["too-small"])
            near = mountain.move_to_shot(STILL_UP_HERE)
            self.play(
                near,
                mountain.change_fog(sight=0.7, soft=1.7),
                turn.animate(rate_func=theme.ease).set_value(0.0),
                fade_in(docks["too-small"]),
                run_time=line.until("baby"),
            )
            walks["right"].clock.set_value(0)
            # From here on the cabin is where it is, in the fog.
            cabin.lit.set_value(1)
            self.add(cabin, trails["too-small"], hikers["too-small"])
            self.play(walks["too-small"].to(small.steps, run_time=line.until("here")))
            self.play(mountain.orbit(-7, run_time=line.left + theme.breath))

        # A question: where does a giant stride lead?
        self.beat("where does he land?")
        runs = [self.run(f"stride-{index:02d}") for index in range(STRIDES)]
        guesses = FirstLeaps(mountain, [runs[index] for index in GUESSES])
        question = Question().move_to([3.2, 1.6, 0])
        self.play(
            *_gone(docks["too-small"], trails["too-small"], hikers["too-small"]),
            turn.animate.set_value(1.0),
            mountain.move_to_shot(STRIDE),
            run_time=1.0,
        )
        self.add(guesses)
        with self.say("Now a giant stride. Where does he land?") as line:
            # He comes when the eye is at rest: what fades in stays as it is drawn.
            self.play(fade_in(hikers["too-big"]), fade_in(question, UP * theme.drift), run_time=theme.leave)
            self.play(guesses.clock.animate(rate_func=linear).set_value(2), run_time=line.left)
        self.play(question.think(THINK), guesses.come(run_time=1.2))

        # Too big.
        self.beat("too big")
        self.add(trails["too-big"], hikers["too-big"])
        with self.say("He's leaping blind. The first leap goes [down]down. Good!") as line:
            self.leave(question, guesses, run_time=0.4)
            self.play(hikers["too-big"].crouch(run_time=line.until("down") - 0.25))
            self.play(
                walks["too-big"].to(1, run_time=1.0),
                mountain.move_to_shot(beside(walks["too-big"], 1)(0), run_time=1.5),
                hikers["too-big"].crouch(0.0, run_time=0.9),
            )

        # The leap: the eye flies beside him.
        self.beat("over the valley")
        leaper = walks["too-big"]
        with self.say("The [second]second one jumps right over the valley. Bye, cabin.") as line:
            self.play(hikers["too-big"].crouch(run_time=max(line.until("second"), 0.7)))
            line.shows(cabin)
            self.play(
                leaper.to(2, run_time=FLIGHT, rate_func=hanging),
                mountain.fly(beside(leaper, 1), run_time=FLIGHT + SHAKE, rate_func=linear),
                hikers["too-big"].crouch(0.0, run_time=1.2),
            )

        # It ends in another valley.
        self.beat("another mountain")
        probes = Probes(mountain, big.coeffs[-1], FELT)
        with self.say(
            "And he ends up on a different mountain entirely. "
            f"The score's [stuck]stuck at {big.losses[-1]:.2f}, and all the ground [around]around says: this is the "
            "[bottom]bottom."
        ) as line:
            self.play(
                mountain.move_to_shot(WRONG_VALLEY, run_time=2.0),
                leaper.to(4, run_time=2.0),
            )
            self.play(leaper.to(16, run_time=line.until("stuck") - 0.6))
            self.enter(docks["too-big"], run_time=0.5)
            felt = line.until("around", shows=probes)
            self.play(leaper.to(big.steps, run_time=felt, rate_func=slowing), mountain.orbit(4, run_time=felt))
            # It rises along every one of them: all are red.
            self.add(probes, hikers["too-big"])
            self.play(probes.feel(run_time=line.until("bottom")), mountain.orbit(2))
            self.play(
                probes.tell(1, run_time=min(line.left, theme.enter)),
                mountain.orbit(3, run_time=max(line.left + theme.breath, 1.4)),
            )

        # Every stride from tiny to giant, one ribbon each.
        self.beat("every stride")
        ribbons = Ribbons(mountain, runs, [_colour_of(run, right) for run in runs])
        reading = self._reading(ribbons)
        self.play(
            *_gone(probes, docks["too-big"], trails["too-big"], hikers["too-big"]),
            # Before the first ribbon: while it fades in, its number stands still.
            *_come(reading),
            mountain.change_fog(sight=0.0, soft=0.05, run_time=theme.leave),
            run_time=theme.leave,
        )
        # Which of them get home is seen: there is the cabin's light.
        mountain.lights[:] = [lambda: cabin.door]
        count = in_words(constant(STRIDES, "how many learning rates are tried", equals=len(runs)))
        with self.say(
            f"So let's try {count} strides, from [tiny]tiny to giant. Each ribbon is one whole walk."
        ) as line:
            self.add(ribbons)
            self.play(
                mountain.move_to_shot(TO_AND_FRO),
                mountain.change_fog(density=0.78, sight=0.7, soft=1.7),
                ribbons.clock.animate(rate_func=linear).set_value(TINY),
                run_time=line.until("tiny"),
            )
            # The last ones take longer: they are worth a look.
            self.play(
                ribbons.fan_out(run_time=4.8, rate_func=slowing),
                mountain.orbit(7, run_time=5.1),
            )

        # The right size.
        self.beat("just right")
        with self.say(
            "Somewhere in between is a stride that's just right. Long where it's steep, short where it's flat. "
            "And [there]there's the light."
        ) as line:
            self.play(
                *_gone(ribbons, reading),
                *_come(hikers["right"]),
                mountain.change_fog(sight=0.0, soft=0.05),
                run_time=theme.leave,
            )
            mountain.lights[:] = [walks["right"].pose]
            self.add(trails["right"], hikers["right"])
            self.play(
                mountain.move_to_shot(SHOULDER),
                mountain.change_fog(density=1.0, sight=0.7, soft=1.7),
                fade_in(docks["right"]),
                run_time=1.8,
            )
            down = line.until("there")
            # The eye is there before him: the cabin comes out of the fog where no panel is.
            self.play(
                walks["right"].to(LIGHT, run_time=down),
                mountain.move_to_shot(INTO_THE_VALLEY, run_time=down / 2),
            )
            line.shows(cabin)
            self.play(
                walks["right"].to(right.steps, run_time=line.left + 0.5, rate_func=slowing),
                mountain.orbit(4, run_time=line.left + 0.5),
            )

        # All three.
        self.beat("all three")
        key = self._legend(colours, small, right, big)
        together = LossCurve(*walks.values(), colours=list(colours.values()), size=CURVE)
        set_above_captions(together.to_edge(RIGHT, buff=theme.margin))
        with self.say("Same mountain, same start, same compass. Only the [rate]learning rate's different.") as line:
            self.leave(docks["right"], run_time=0.3)
            self.play(
                mountain.move_to_shot(WHOLE_RANGE, run_time=2.0),
                mountain.change_fog(density=0.75, run_time=2.0),
            )
            mountain.lights.extend([walks["too-small"].pose, leaper.pose])
            others = [part for label in ("too-small", "too-big") for part in (trails[label], hikers[label])]
            self.play(*_come(*others), run_time=0.5)
            line.reach("rate", shows=key)
            self.enter(key, together)
            self.play(mountain.orbit(-8, run_time=line.left + 0.6))
        self.close()

    def _rule(self) -> tuple[Mobject, Mobject]:
        """The rule of a step in words on a plate, and what code calls the learning rate."""
        colours = {"step": theme.text, "learning rate": theme.text, "downhill": theme.downhill}
        weights = {"learning rate": "BOLD"}
        terms = VGroup(
            *(
                words(term, theme.heading, colours.get(term, theme.quiet), weight=weights.get(term, "SEMIBOLD"))
                for term in RULE
            )
        ).arrange(RIGHT, buff=theme.gap)
        for term, text in zip(terms, RULE, strict=True):
            if text in colours:
                set_on_baseline(term, text, terms.get_y() - 0.14)
        rule = plate(terms, pad=0.4).move_to(UP * 2.35).to_edge(RIGHT, buff=theme.margin)
        lr = plate(words("lr", theme.heading, mono=True, weight="BOLD"), pad=0.25)
        return rule, lr.next_to(terms[2], DOWN, buff=0.5)

    def _dock(self, walk: Walk, name: str, colour: str) -> VGroup:
        """The name of a run, its learning rate and its loss, in the upper right corner: there is nothing but fog."""
        run = walk.trajectory
        text = VGroup(
            swatch(name, colour, theme.heading, weight="BOLD", run=run),
            words(f"lr = {run.lr:g}", theme.body, theme.text, mono=True),
            Readout(lambda: f"loss = {run.losses[walk.row]:.2f}", theme.body, theme.loss),
        ).arrange(DOWN, buff=theme.gap, aligned_edge=LEFT)
        curve = LossCurve(walk, colours=[colour], size=CURVE)
        label = plate(text, pad=0.3)
        dock = VGroup(label, curve).arrange(DOWN, buff=theme.near, aligned_edge=RIGHT)
        return dock.to_corner(UR, buff=theme.margin)

    def _reading(self, ribbons: Ribbons) -> VGroup:
        """The learning rate of the ribbon that comes, and all of them as a scale of colours, from tiny to giant."""
        bars = VGroup()
        bar = RoundedRectangle(corner_radius=0.03, width=0.075, height=0.34, stroke_width=0, fill_opacity=0.25)
        for index, colour in enumerate(ribbons.colours):
            bars.add(bar.copy().set_fill(colour).move_to(RIGHT * 0.11 * index))
        bars.add_updater(lambda bars: _light_up(bars, len(ribbons.ended)))
        ends = VGroup(*(words(text, theme.label, theme.text) for text in ("tiny", "giant")))
        for end, bar, edge in zip(ends, (bars[0], bars[-1]), (LEFT, RIGHT), strict=True):
            end.next_to(bars, DOWN, buff=theme.gap).align_to(bar, edge)
        number = Readout(lambda: f"lr = {ribbons.leading.lr:.3f}", theme.heading)
        number.next_to(bars, UP, buff=theme.gap).align_to(bars, LEFT)
        return set_above_captions(plate(VGroup(number, bars, ends), pad=0.3).to_edge(LEFT, buff=theme.margin))

    def _legend(self, colours: dict[str, str], *runs: Trajectory) -> Mobject:
        """The three runs with their learning rates, on a plate in the lower left corner."""
        rows = [(f"{NAMES[run.label]},  lr {run.lr:g}", colours[run.label], run) for run in runs]
        return set_above_captions(plate(legend(rows), pad=0.3).to_edge(LEFT, buff=theme.margin))


def _light_up(bars: VGroup, count: int) -> None:
    """Let the first so many of a row of bars be lit."""
    for index, bar in enumerate(bars):
        bar.set_fill(opacity=1.0 if index < count else 0.25)


def _colour_of(run: Trajectory, right: Trajectory) -> str:
    """The colour of a learning rate by what became of it: that of the right one only if its walk came home.

    Home is to come to rest where the right walk did. Whoever was not there yet took steps that were too small.
    """
    if run.outcome == "converged" and np.abs(run.coeffs[-1] - right.coeffs[-1]).max() < HOME:
        return theme.right
    return theme.too_small if run.lr < right.lr else theme.too_big


def _between(one: Walk, other: Walk, fraction: float) -> tuple[float, ...]:
    """The place at a fraction of the way from where one walks to where another does; see `Walk.pose`."""
    return tuple(here + (there - here) * fraction for here, there in zip(one.pose(), other.pose(), strict=True))


def _in_turn(turn: float, first: Walk, second: Walk, third: Walk) -> tuple[float, ...]:
    """The place of the first of three who walk at -1, of the second at 0, of the third at 1; see `Walk.pose`."""
    return _between(first, second, 1 + turn) if turn < 0 else _between(second, third, turn)


def _come(*mobjects: Mobject) -> list[Animation]:
    return [fade_in(mobject) for mobject in mobjects]


def _gone(*mobjects: Mobject) -> list[Animation]:
    return [fade_out(mobject) for mobject in mobjects]
