"""Scene 6: gradients accumulate. A compass that is never wiped points north and south at once."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, Line, ScaleInPlace, VGroup, linear, there_and_back

from descent_core.recordings.trajectory import Trajectory
from scenes.engine.terrain.fog import Fog
from scenes.gradient.shots import VALLEY
from scenes.parts.ground.arrow import ArrowRole, GroundArrow
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.panels.loss_curve import LossCurve
from scenes.parts.panels.plot import Plot
from scenes.parts.words import legend, plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions, layout, set_above_captions
from scenes.stage.naming import set_next_to
from scenes.stage.number_sources import in_words, note_source
from scenes.stage.traced_run import constant, sourced
from scenes.stage.transitions import Curtain, fade_in, fade_out
from scenes.theme import theme

#: How opposed the two directions must be to be shown as such: the cosine of the angle between them.
OPPOSED = -0.85
#: Length on the ground of the arrows at that moment; they show directions.
ARROW = 0.95


class NorthAndSouthAtOnce(ExplainerScene):
    """Gradients accumulate. Wipe the compass clean after every step, or it remembers them all."""

    def construct(self) -> None:
        clean, never = self.run("zeroed"), self.run("never-zeroed")
        mountain = Mountain(self.landscape("mountain"), VALLEY, Fog(0.55, sight=0.8, soft=2.2))
        walks = [Walk(run, mountain) for run in (clean, never)]
        colours = [theme.right, theme.stale]
        mountain.lights += [walk.position for walk in walks]
        cabin = Cabin(mountain, clean.coeffs[-1], size=0.8)
        hikers = [Hiker(walk=walk, coat=colour) for walk, colour in zip(walks, colours, strict=True)]
        trails = [Trail(walk, colour=colour, prints=0.035) for walk, colour in zip(walks, colours, strict=True)]

        # The line that looks like a mystery.
        self.beat("one more line")
        right_way = CodePanel(self.listing("step"), title="one step", width=7.6, skip=("return",))
        right_way.move_to(UP * centre_above_captions())
        bar = right_way.bar("zero_")
        dark = Curtain(theme.dim)
        self.freeze(mountain, cabin)
        self.open(mountain, cabin, dark)
        with self.say(
            "Here is a whole step in code. There is one line in it that looks like a mystery: [zero]zero_. "
            "Why is it there?"
        ) as line:
            self.enter(right_way)
            line.reach("zero", shows=bar)
            self.enter(bar, toward=ORIGIN)

        # Because gradients accumulate: recorded slopes, and what .grad held.
        self.beat("gradients accumulate")
        table = self._table(never, rows=4).move_to([layout().halves.right, centre_above_captions(), 0])
        with self.say(
            "Because gradients accumulate. backward() does not replace the old reading. It adds the new one on "
            "top. And so on, step after step."
        ) as line:
            code = VGroup(right_way, bar)
            self.play(
                code.animate.scale(0.72).move_to([layout().halves.left, centre_above_captions(), 0]),
                run_time=theme.enter,
                rate_func=theme.ease,
            )
            self.enter(table[0])
            for row in table[1:]:
                self.enter(row, toward=DOWN, run_time=line.share(0.15))

        # Two hikers: one wipes the compass, the other never does.
        self.beat("two hikers")
        curves = LossCurve(*walks, colours=colours, size=(3.4, 1.6))
        set_above_captions(curves).to_edge(RIGHT, buff=theme.margin)
        key = plate(legend([("wipes the compass", theme.right, clean), ("never wipes it", theme.stale, never)]))
        key.to_corner(UP + RIGHT, buff=theme.margin)
        self.leave(right_way, bar, table, dark)
        self.unfreeze()
        self.add(*trails)
        self.enter(curves, key, *hikers)
        moment = opposed_row(never)
        with self.say(
            f"{in_words(sourced(len(walks), 'one a recording')).capitalize()} hikers, from the same spot, with the "
            f"same step size of {clean.lr:g}. One wipes the compass after each step. The other forgets."
        ) as line:
            self.play(*(walk.to(moment, run_time=line.share(0.9)) for walk in walks))

        # The moment when the old readings and the new one disagree.
        self.beat("north and south at once")
        stale = walks[1]
        fresh, held = (
            GroundArrow(mountain, stale.position, -_unit(way) * ARROW, role, only_direction=True)
            for way, role in ((never.slopes[moment], ArrowRole.DOWNHILL), (never.grads[moment], ArrowRole.HELD))
        )
        new_name = plate(words("the ground says", theme.label, theme.downhill))
        old_name = plate(words("the compass says", theme.label, theme.stale))
        set_next_to(new_name, fresh, LEFT, theme.near)
        set_next_to(old_name, held, RIGHT, theme.near)
        with self.say(
            "Now look. The [ground]ground says: turn back, the valley is behind you. But all the [old]old readings are "
            "still in the compass, and they say: go on."
        ) as line:
            line.reach("ground", shows=(fresh, new_name))
            self.enter(fresh, new_name, toward=ORIGIN)
            line.reach("old", shows=(held, old_name))
            self.enter(held, old_name, toward=ORIGIN)

        # One pulls, then the other; in a talk, for as long as it takes.
        self.beat("the tug of war", loop=True)
        self.freeze(mountain, cabin, *trails, *hikers)
        with self.say("It is like going north and south at once.") as line:
            for name in (new_name, old_name):
                self.play(ScaleInPlace(name, 1.15, rate_func=there_and_back), run_time=line.share(0.45))

        # So it swings, and never arrives.
        self.beat("never home")
        self.unfreeze()
        self.leave(fresh, held, new_name, old_name)
        with self.say(
            f"So the second hiker gets stuck, swinging around the valley. {never.steps} steps, and still not home. "
            "It remembers every slope that it ever felt."
        ) as line:
            line.shows(hikers[1])
            self.play(*(walk.to(never.steps, run_time=line.share(0.95)) for walk in walks))

        # The right way beside the mistake.
        self.beat("the right way")
        self.freeze(mountain, cabin, *trails, *hikers)
        dark = Curtain(theme.dim)
        # Nothing stands behind the words: a dim walk would look like a third curve.
        self.play(
            *(fade_out(shown) for shown in (curves, key, cabin, *trails, *hikers)), fade_in(dark), run_time=theme.enter
        )
        mountain.windows.clear()  # nor a glow in the fog
        good, bad, after = self._side_by_side()
        with self.say(
            "The cure is one line. After every step, [zero_]wipe the compass clean. Then the next reading is only "
            "about the ground you stand on."
        ) as line:
            self.enter(good, bad)
            wiped = good.bar("zero_", theme.right)
            line.reach("zero_", shows=wiped)
            self.enter(wiped, toward=ORIGIN)
            self.enter(after)

        # A real notebook had it, and at first it looked like luck.
        self.beat("a famous slip")
        self.leave(*(thing for thing in self.mobjects if thing not in (mountain, dark)))
        self._notebook()
        self.close()

    def _side_by_side(self) -> tuple[CodePanel, CodePanel, VGroup]:
        """The step that wipes the compass, the one that forgets, and what each left in it."""
        size = theme.small
        good = CodePanel(
            self.listing("step"), title="right", width=7.4, size=size, skip=("return",), accent=theme.right
        ).to_corner(UP + LEFT, buff=theme.margin)
        bad = CodePanel(
            self.listing("step-without-zero"),
            title="forgotten",
            width=7.4,
            size=size,
            skip=("return",),
            accent=theme.stale,
        )
        bad.next_to(good, DOWN, buff=theme.gap)
        after = VGroup(self._after("zero_", good, theme.right), self._after("backward", bad, theme.stale))
        return good, bad, after

    def _table(self, run: Trajectory, rows: int) -> VGroup:
        """Row by row for coefficient 0: the fresh slope, and what ``.grad`` held."""
        head = VGroup(
            words("new reading", theme.label, theme.downhill),
            words("coeffs.grad holds", theme.label, theme.stale),
        )
        columns = (-1.5, 1.5)
        for text, x in zip(head, columns, strict=True):
            text.move_to([x, 0, 0])
        table = VGroup(VGroup(head, Line([-2.9, -0.32, 0], [2.9, -0.32, 0], color=theme.rule, stroke_width=2)))
        for t in range(rows):
            y = -0.75 - 0.62 * t
            table.add(
                VGroup(
                    words(f"{run.slopes[t, 0]:+.2f}", theme.body, mono=True).move_to([columns[0], y, 0]),
                    words(f"{run.grads[t, 0]:+.2f}", theme.body, mono=True, weight="BOLD").move_to([columns[1], y, 0]),
                )
            )
        return table

    def _after(self, line: str, panel: CodePanel, colour: str) -> VGroup:
        """What ``.grad`` held after the line of ``panel`` that holds ``line``, to set beside the panel."""
        index = panel.listing.line_of(line)
        value = note_source(panel.listing.values[index], f"what line {index + 1} of {panel.listing.name} left in .grad")
        text = VGroup(
            words("coeffs.grad, after the step", theme.label, theme.quiet),
            words(value, theme.small, colour, mono=True, weight="SEMIBOLD"),
        ).arrange(DOWN, buff=theme.gap, aligned_edge=LEFT)
        return text.next_to(panel.window, RIGHT, buff=theme.room)

    def _notebook(self) -> None:
        """The course notebook with the very same slip, both ways."""
        clean, never = self.run("notebook-zeroed"), self.run("notebook-never-zeroed")
        # The notebook counts its losses from the step after a first one made by hand.
        first = 1
        early = constant(
            10,
            "for so long the notebook's slip looks like luck",
            holds=lambda count: (never.losses <= clean.losses)[: count + 1].all(),
        )
        late = constant(51, "by then the slip has overshot", holds=lambda row: never.losses[row] > clean.losses[row])
        top = float(np.ceil(clean.losses.max() * 4) / 4)
        plot = Plot(
            (0, 100),
            (1, top),
            across_name="step",
            up_name="loss of a course notebook",
            across_ticks=(0, 50),
            up_ticks=(1, 2),
            size=(7.6, 3.4),
            plate=False,
        ).move_to([layout().plot_and_key.left, centre_above_captions(), 0])
        lines = [
            plot.curve(range(101), run.losses[first : 101 + first], colour, 5, offset=-first)
            for run, colour in ((clean, theme.right), (never, theme.stale))
        ]
        key = legend([("with zero_()", theme.right, clean), ("forgotten", theme.stale, never)], theme.body)
        key.move_to([layout().plot_and_key.right, plot.get_y() + 1.3, 0])
        notes = VGroup(
            self._note(early, clean.losses[early], never.losses[early]),
            self._note(late, clean.losses[late], never.losses[late]),
        )
        notes.arrange(DOWN, buff=theme.room, aligned_edge=LEFT).next_to(key, DOWN, buff=0.6).align_to(key, LEFT)
        self.enter(plot, key)
        with self.say(
            f"A well-known course notebook had this slip. For {in_words(early)} steps it even looks faster: "
            f"{never.losses[early]:.2f}, against {clean.losses[early]:.2f}."
        ) as line:
            self.play(*(Create(curve, rate_func=linear) for curve in lines), run_time=line.share(0.7))
            self.enter(notes[0])
        with self.say(
            f"Then it overshoots. [late]By loss number {late} it is back up at {never.losses[late]:.2f}, and the "
            f"careful one is down to {clean.losses[late]:.2f}."
        ) as line:
            line.reach("late", shows=notes[1])
            self.enter(notes[1])

    def _note(self, count: int, clean: float, never: float) -> VGroup:
        """The losses of both runs at row ``count``."""
        numbers = VGroup(
            words(f"{clean:.2f}", theme.body, theme.right, mono=True, weight="SEMIBOLD"),
            words(f"{never:.2f}", theme.body, theme.stale, mono=True, weight="SEMIBOLD"),
        ).arrange(RIGHT, buff=theme.room)
        return VGroup(words(f"loss no. {count}", theme.label, theme.quiet), numbers).arrange(
            DOWN, buff=theme.near, aligned_edge=LEFT
        )


def opposed_row(run: Trajectory) -> int:
    """The first row at which what ``.grad`` held points against the fresh slope: their cosine is `OPPOSED` or less."""
    fresh, held = run.slopes[:-1], run.grads
    lengths = np.linalg.norm(fresh, axis=1) * np.linalg.norm(held, axis=1)
    cosine = (fresh * held).sum(axis=1) / np.maximum(lengths, 1e-12)
    return int(np.argmax(cosine <= OPPOSED))


def _unit(vector: np.ndarray) -> np.ndarray:
    """The same direction, of length 1."""
    return vector / np.linalg.norm(vector)
