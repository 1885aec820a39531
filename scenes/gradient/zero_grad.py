"""Scene 6: gradients accumulate. A compass that is never wiped points north and south at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Indicate,
    Line,
    Mobject,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
    linear,
)

from descent_core.recordings.trajectory import Trajectory
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.shot import Shot
from scenes.parts.dials.held_compass import HeldCompass
from scenes.parts.dials.held_sum import HeldSum
from scenes.parts.ground.arrow import ArrowRole, GroundArrow
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.panels.scorecard import Readout
from scenes.parts.progress import Progress
from scenes.parts.question import Question
from scenes.parts.words import coefficient_name, plate, swatch, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layers import Layer, set_layer
from scenes.stage.layout import centre_above_captions, layout
from scenes.stage.naming import set_next_to
from scenes.stage.number_sources import in_words, note_source
from scenes.stage.traced_run import sourced
from scenes.stage.transitions import Curtain, fade_in, fade_out
from scenes.theme import theme

#: How opposed the two directions must be to be shown as such: the cosine of the angle between them.
OPPOSED = -0.85
#: Length on the ground of the arrows at that moment; they show directions.
ARROW = 0.4
#: From nearer, and low: the two arrows, and room for what they say beside them.
TUG = Shot((-0.1, -3.05, 1.95), (1.3, 0.2, 0.2), 58)
#: Over the valley's rim, low enough for the land behind it in the fog: all of the way round; room for two dials beside.
ROUND = Shot((-0.4, -4.4, 2.8), (0.7, 0.0, 0.75), 64)
#: How far the eye goes round meanwhile, in degrees.
DRIFT = 6
#: Where the two begin, in the right third: the code stands left of it.
BESIDE_THE_CODE = Shot((-1.2, -4.0, 3.0), (-2.5, 0.5, 0.75), 44)
#: How much of its light the mountain loses behind code that leaves room for it.
BEHIND_CODE = 0.55
#: Size of the figures and of the cabin, of the usual: so small that the way round behind it stays in sight.
SMALL, SMALL_CABIN = 0.66, 0.38
#: How many readings the two dials are shown with, one by one.
READINGS = 4
#: By how much one arrow is longer as it pulls, and the other shorter; and seconds in which both are even again.
_PULL, _BACK = 0.35, 0.6


class NorthAndSouthAtOnce(ExplainerScene):
    """Gradients accumulate. Wipe the compass clean after every step, or it remembers them all."""

    def construct(self) -> None:
        clean, never = self.run("zeroed"), self.run("never-zeroed")
        mountain = Mountain(self.landscape("mountain"), BESIDE_THE_CODE, Fog(0.75, sight=1.4, soft=2.2))
        cabin = Cabin(mountain, clean.coeffs[-1], size=SMALL_CABIN)
        walks = [Walk(run, mountain) for run in (clean, never)]
        colours = [theme.right, theme.stale]
        mountain.lights += [walk.position for walk in walks]
        hikers = [Hiker(walk=walk, coat=colour, size=SMALL) for walk, colour in zip(walks, colours, strict=True)]
        trails = [Trail(walk, colour=colour, prints=0.03) for walk, colour in zip(walks, colours, strict=True)]

        # The line that looks like a mystery goes out.
        self.beat("one more line")
        panel = CodePanel(self.listing("step"), title="one step", width=7.0, size=theme.label, skip=("return",))
        panel.move_to([0, centre_above_captions(), 0]).to_edge(LEFT, buff=theme.margin)
        dark = Curtain(BEHIND_CODE)
        self._without_the_line(panel, mountain, cabin, hikers[0], dark)
        self.freeze(hikers[0])

        # Because gradients accumulate: two compasses, one that is wiped, and one that never is.
        self.beat("gradients accumulate")
        dials = [self._dial(run) for run in (clean, never)]
        total = HeldSum(dials[1], 0)
        shown = [self._with_reading(dials[0], clean), self._with_sum(dials[1], total)]
        labels = [self._label(dial, run) for dial, run in zip(dials, (clean, never), strict=True)]
        for group, x in zip(shown, (layout().halves.left, layout().halves.right), strict=True):
            group.shift([x, 0.95, 0])
        total.names.shift([layout().halves.right, 0.95, 0])
        for label, dial in zip(labels, dials, strict=True):
            label.next_to(total.names, DOWN, buff=theme.gap * 1.4).set_x(dial.rim.get_x())
        with self.say(
            "Gradients accumulate. backward() doesn't [replace]replace the old reading. It [adds]adds the new one on "
            "top. If you don't [wipe]wipe the compass clean after every step, it [never]never forgets."
        ) as line:
            self.play(
                fade_out(hikers[0]), fade_out(panel), dark.animate.set_fill(opacity=theme.dim), run_time=theme.leave
            )
            self.play(*(fade_in(group, UP * theme.drift) for group in shown), run_time=theme.enter)
            line.reach("replace")
            for dial in dials:
                dial.progress.clock.set_value(dial.comes)
            self.play(*(dial.progress.to(0.64, run_time=1.0) for dial in dials))
            line.reach("adds", shows=total.names)
            self.play(fade_in(total.names).set_run_time(0.5), *(dial.progress.to(1, run_time=1.4) for dial in dials))
            line.reach("wipe", shows=labels[0])
            self.play(
                fade_in(labels[0]),
                *(dial.progress.to(2, run_time=line.until("never", shows=labels[1])) for dial in dials),
            )
            self.play(fade_in(labels[1]), *(dial.progress.to(3, run_time=0.9) for dial in dials))
            self.play(*(dial.progress.to(READINGS, run_time=0.7) for dial in dials))

        # Two hikers: one wipes the compass, the other never does.
        self.beat("two hikers")
        small = [self._docked(walk, y) for walk, y in zip(walks, (2.1, -0.75), strict=True)]
        moment = opposed_row(never)
        with self.say(
            f"{in_words(sourced(len(walks), 'one a recording')).capitalize()} hikers, same spot, same stride. "
            "[wipes]One wipes the compass every time. The other [forgets]forgets."
        ) as line:
            self.unfreeze()
            self.play(
                *(fade_out(thing) for thing in (*shown, total.names, *labels, dark)),
                mountain.move_to_shot(ROUND),
                run_time=1.4,
            )
            self.add(trails[0])
            self.enter(hikers[0], toward=ORIGIN, run_time=0.4)
            line.reach("wipes", shows=small[0])
            self.play(fade_in(small[0], LEFT * theme.drift), walks[0].to(2, run_time=theme.enter))
            self.play(walks[0].to(9, run_time=line.until("forgets", shows=small[1])))
            self.add(trails[1], hikers[1])
            self.play(*(fade_in(thing) for thing in (hikers[1], small[1])), walks[0].to(11, run_time=theme.enter))
            self.play(walks[0].to(clean.steps, run_time=1.2), walks[1].to(moment, run_time=1.2))

        # The moment when the old readings and the new one disagree.
        self.beat("north and south at once")
        pull = ValueTracker(0)
        fresh, held = (
            self._arrow(mountain, walks[1], way, role, partial(_pulled, pull, sign))
            for way, role, sign in (
                (never.slopes[moment], ArrowRole.DOWNHILL, 1),
                (never.grads[moment], ArrowRole.HELD, -1),
            )
        )
        new_name = plate(words("the ground says", theme.label, theme.downhill))
        old_name = plate(words("the old readings say", theme.label, theme.stale))
        for name, arrow in ((new_name, fresh), (old_name, held)):
            name.add_updater(partial(set_next_to, thing=arrow, side=RIGHT, buff=theme.gap))
        with self.say(
            "Now look. The [ground]ground says: turn back, the valley's behind you. But all the [old]old readings say: "
            "go on."
        ) as line:
            # The eye is at rest before the arrow comes.
            self.play(mountain.move_to_shot(TUG), run_time=line.until("ground", shows=(fresh, new_name)) - theme.leave)
            line.reach("ground")
            self.enter(fresh, new_name, toward=ORIGIN)
            line.reach("old", shows=(held, old_name))
            self.enter(held, old_name, toward=ORIGIN)

        # One pulls, then the other; in a talk, for as long as it takes.
        self.beat("the tug of war", loop=True)
        with self.say(
            "He's following his last position and this one at the same time. It's like going north and south at "
            "[once]once."
        ) as line:
            whole = line.until("once") + _BACK
            self.play(
                UpdateFromAlphaFunc(pull, lambda pull, part: pull.set_value(_tugged(part * whole, whole))),
                mountain.sway(run_time=whole),
                rate_func=linear,
                run_time=whole,
            )

        # So it swings, and never arrives.
        self.beat("never home")
        with self.say(
            f"So he's stuck, swinging round the valley. {in_words(never.steps).capitalize()} steps, and still not "
            "home. He's carrying every slope he ever felt: a heavy [pack]pack."
        ) as line:
            self.play(
                *(fade_out(thing) for thing in (fresh, held, new_name, old_name)),
                mountain.move_to_shot(ROUND),
                run_time=1.0,
            )
            line.shows(hikers[1])
            swinging = line.until("pack", shows=small[1][0])
            self.play(
                walks[1].to(never.steps, run_time=swinging),
                mountain.orbit(DRIFT, run_time=swinging),
                hikers[0].rest(run_time=2.5),
            )
            self.play(Indicate(small[1][0], scale_factor=1.1, color=None), run_time=0.55)

        # The right way: one line.
        self.beat("the right way")
        dial, label = small[1]
        dark = Curtain(theme.dim)
        zero = panel.line("zero_").set_opacity(0)
        self.play(
            fade_in(dark),
            *(fade_out(thing) for thing in (small[0], label)),
            dial.animate.scale(1.65).move_to([layout().main_and_side.right, centre_above_captions(), 0]),
            run_time=0.6,
            rate_func=theme.ease,
        )
        bar = panel.bar("zero_")
        name = words("coeffs.grad", theme.body, theme.text, mono=True).next_to(dial.rim, DOWN, buff=theme.gap)
        with self.say(
            "The cure's [line]one line. [wipe]Wipe the compass, and each [reading]reading is about the ground you "
            "stand on."
        ) as line:
            self.enter(panel, name, run_time=min(theme.enter, line.until("line", shows=bar)))
            self.play(zero.animate.set_opacity(1), fade_in(bar), run_time=theme.enter)
            line.reach("wipe")
            self.play(dial.wipe(run_time=line.until("reading") + 0.8))
        self.close()

    def _without_the_line(self, panel: CodePanel, *behind: Mobject) -> None:
        """Play: the scene begins, the line is pointed at, and goes out; what then?"""
        bar = panel.bar("zero_")
        zero = panel.line("zero_")
        with self.say("There's one line in my code that looks like a [mystery]mystery: zero_.") as line:
            self.open(*behind, panel)
            line.reach("mystery", shows=bar)
            self.enter(bar, toward=ORIGIN)
        question = Question(radius=0.95).move_to([layout().main_and_side.right, -0.9, 0])
        caret = Line(ORIGIN, UP * zero.height * 1.2, color=theme.accent, stroke_width=5).move_to(zero.get_left())
        self.ask(
            question,
            "What if we delete it?",
            *(gone.animate(rate_func=_at_once).set_opacity(0) for gone in (zero, bar)),
            UpdateFromAlphaFunc(caret, lambda caret, alpha: caret.set_stroke(opacity=float(int(alpha * 8) % 2 == 1))),
        )
        self.leave(question, caret)
        self.remove(bar)

    def _dial(self, run: Trajectory, radius: float = 1.65) -> HeldCompass:
        """The compass of a run where it begins, on the scale that the one which is never wiped needs."""
        longest = float(np.linalg.norm(np.asarray(self.run("never-zeroed").grads), axis=1).max())
        return HeldCompass(Progress(run), radius, longest=longest, wiped=run.label == "zeroed", named=True)

    def _with_reading(self, dial: HeldCompass, run: Trajectory) -> VGroup:
        """A dial, and the number that it holds for knob 0."""
        reading = VGroup(
            words(coefficient_name("knob 0"), theme.body, theme.weight),
            Readout(partial(_held, dial, run), theme.body, theme.text),
        ).arrange(RIGHT, buff=theme.gap)
        return VGroup(dial, reading.next_to(dial.rim, DOWN, buff=theme.gap))

    def _with_sum(self, dial: HeldCompass, total: HeldSum) -> VGroup:
        """A dial that is never wiped, and under it what it held for knob 0, what comes, and their sum."""
        name = words(coefficient_name("knob 0"), theme.body, theme.weight)
        name.next_to(dial.rim, DOWN, buff=theme.gap)
        whole = name.width + theme.gap + total.width_when_whole
        name.shift(LEFT * (name.get_left()[0] - dial.rim.get_x() + whole / 2 + 2 * theme.gap))
        moved = [name.get_right()[0] + theme.gap, name.get_y(), 0] - total.get_left()
        total.shift(moved)
        total.names.shift(moved)
        return VGroup(dial, VGroup(name, total))

    def _label(self, dial: HeldCompass, run: Trajectory) -> VGroup:
        """Whose dial it is."""
        text, colour = ("wiped after every step", theme.right) if dial.is_wiped else ("never wiped", theme.stale)
        return swatch(text, colour, theme.body, run=run)

    def _docked(self, walk: Walk, height: float) -> VGroup:
        """The compass of somebody who walks, small, in the column at the right."""
        wiped = walk.trajectory.label == "zeroed"
        longest = float(np.linalg.norm(np.asarray(self.run("never-zeroed").grads), axis=1).max())
        dial = HeldCompass(walk, 1.0, longest=longest, wiped=wiped)
        dial.calm = True
        dial.move_to([4.85, height, 0])
        text, colour = ("wipes", theme.right) if wiped else ("forgets to wipe", theme.stale)
        label = plate(swatch(text, colour, run=walk.trajectory), pad=0.12)
        return set_layer(VGroup(dial, label.next_to(dial, DOWN, buff=theme.near)), Layer.FACTS)

    def _arrow(
        self, mountain: Mountain, walk: Walk, way: np.ndarray, role: ArrowRole, stretch: Callable[[], float]
    ) -> GroundArrow:
        """On the ground where he stands, the way down a slope."""
        return GroundArrow(
            mountain, walk.position, lambda: -_unit(way) * ARROW * stretch(), role, width=0.045, only_direction=True
        )


def opposed_row(run: Trajectory) -> int:
    """The first row at which what ``.grad`` held points against the fresh slope: their cosine is `OPPOSED` or less."""
    fresh, held = run.slopes[:-1], run.grads
    lengths = np.linalg.norm(fresh, axis=1) * np.linalg.norm(held, axis=1)
    cosine = (fresh * held).sum(axis=1) / np.maximum(lengths, 1e-12)
    return int(np.argmax(cosine <= OPPOSED))


def _held(dial: HeldCompass, run: Trajectory) -> str:
    """What a dial that is wiped holds for knob 0: nothing, from the cloth to the next reading."""
    return (
        note_source("0.00", "what zero_() leaves in .grad") if dial.is_wiped_out else f"{run.grads[dial.row, 0]:+.2f}"
    )


def _at_once(fraction: float) -> float:
    """How far something has gone out that goes out in the first quarter of its time."""
    return float(theme.ease(min(fraction * 4, 1.0)))


def _tugged(now: float, whole: float) -> float:
    """How far one pulls at ``now`` seconds of a tug that takes ``whole``: twice one, twice the other, and back."""
    each = (whole - _BACK) / 4
    step = min(int(now / each), 4)
    part = (now - step * each) / (each if step < 4 else _BACK)
    here, there = (0.0, _PULL, -_PULL, _PULL, -_PULL, 0.0)[step : step + 2]
    return here + (there - here) * theme.ease(part)


def _unit(vector: np.ndarray) -> np.ndarray:
    """The same direction, of length 1."""
    return vector / np.linalg.norm(vector)


def _pulled(pull: ValueTracker, sign: int) -> float:
    """How many times its length an arrow has, as it pulls or is pulled."""
    return 1 + sign * float(pull.get_value())
