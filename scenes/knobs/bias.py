"""Scene 3: a line that is nailed to nought, and what becomes of it as soon as it may slide up."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Dot, FadeIn, Rectangle, ValueTracker, VGroup, VMobject, there_and_back
from numpy.typing import ArrayLike, NDArray

from descent_core.catalogue.knobs import MOST_ROOMS
from descent_core.recordings.trajectory import Trajectory
from scenes.knobs.data import Houses, houses_of, level_of, thousand
from scenes.knobs.wall import drifting
from scenes.parts.panels.plot import Plot
from scenes.parts.panels.scorecard import Scorecard
from scenes.parts.progress import Progress
from scenes.parts.radio import Knob
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions
from scenes.stage.naming import set_names
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: The highest price and the most rooms of the plot, and the size of it in scene units.
DEAREST, ROOMY, SIZE = 300, 8.6, (7.4, 4.3)
#: How far apart dots of as many rooms stand, from a bare mailbox to a painted one: of a room.
SPREAD = 0.5
#: Radians for a thousand of the mailbox's weight, and of the bias.
GAIN = 0.03


class BeforeLooking(ExplainerScene):
    """A bias is the level before the machine has looked at anything."""

    def construct(self) -> None:
        nailed, free = self.run("houses-no-bias"), self.run("houses")
        listing = self.listing("made-up-houses")
        houses = houses_of(listing)
        tilting, freed = Progress(nailed), Progress(free)
        plot = Plot(
            (0, ROOMY),
            (0, DEAREST),
            across_name="rooms",
            up_name=f"made-up prices, in {thousand(plural=True)}",
            across_ticks=(0, 2, 4, 6),
            up_ticks=(100, 200),
            size=SIZE,
            plate=False,
        )
        plot.set_y(centre_above_captions()).to_edge(LEFT, buff=theme.margin)
        dots = _dots(plot, houses)
        band = Band(plot, lambda: nailed.coeffs[tilting.row], theme.stale)
        bare = _BareLine(band)
        right = 4.55
        shown = ValueTracker(0)

        def loss() -> float:
            return cast(float, nailed.losses[tilting.row] if shown.get_value() < 1 else free.losses[freed.row])

        def paint() -> float:
            """What the mailbox counts, in the run that is shown; while that changes, between the two."""
            part, ends = shown.get_value(), (nailed.coeffs[tilting.row, 1] * GAIN, free.coeffs[freed.row, 1] * GAIN)
            return float(ends[0] + (ends[1] - ends[0]) * part)

        score = Scorecard(lambda: f"{loss():.1f}", theme.loss, "wrong by, on average", width=3.5)
        score.move_to([right, 2.6, 0])
        knob = Knob(paint, radius=0.5).move_to([right - 0.9, 0.65, 0])
        name = set_names(words("mailbox", theme.body, theme.weight).next_to(knob, RIGHT, buff=theme.gap), knob)

        # Weights tilt a line; it stays nailed to nought.
        self.beat("nailed to nought")
        nail = Dot(plot.spot(0, 0), radius=0.11, color=theme.uphill)
        with self.say(
            "Here they are again, a [dot]dot for every house. But we've kept a knob from you. Without it, all that "
            "weights can do is [tilt]tilt a line. It's [nailed]nailed to nought: no rooms, no money."
        ) as line:
            self.open(drifting(self.run("wall")), plot)
            line.reach("dot", shows=dots)
            self.enter(dots)
            self.play(fade_in(score), run_time=line.until("tilt", shows=bare))
            self.add(bare, dots)
            self.play(tilting.to(300, run_time=line.until("nailed", shows=nail)))
            self.play(FadeIn(nail, scale=2.0), run_time=theme.leave)

        # The mailbox lifts what it can: a line for each coat of paint, as far apart as the paint counts.
        self.beat("it cheats")
        sides = VGroup(_Side(band, "painted", upper=True), _Side(band, "bare", upper=False))
        low, high = (self._gap(plot, houses, nailed, size) for size in (2, MOST_ROOMS))
        with self.say(
            "Look at the [mailbox]mailbox: it's cheating! It turns the [paint]paint up, just to lift the line a bit. "
            "And still, it guesses the [small]small houses too cheap, and the [large]large ones too dear."
        ) as line:
            line.reach("mailbox", shows=knob)
            self.enter(knob, name)
            line.reach("paint", shows=(band, sides))
            self.play(
                *(fade_out(bare), *(fade_in(part).set_run_time(theme.leave) for part in (band, sides))),
                tilting.to(nailed.steps, run_time=1.4),
                knob.animate(rate_func=there_and_back, run_time=1.4).scale(1.2),
            )
            line.reach("small", shows=low)
            self.enter(low, toward=ORIGIN, run_time=theme.leave)
            line.reach("large", shows=high)
            self.enter(high, toward=ORIGIN)

        # The nail comes out: a number of its own for the level.
        self.beat("the bias")
        level = Band(plot, lambda: free.coeffs[freed.row], theme.right)
        base = Knob(lambda: free.coeffs[freed.row, 2] * GAIN, radius=0.5).move_to([right - 0.9, -0.85, 0])
        called = words("bias", theme.heading, theme.weight, weight="BOLD").next_to(base, RIGHT, buff=theme.gap)
        set_names(called, base)
        mark = _Level(level)
        with self.say(
            "So pull the [nail]nail out, start over, and let the line slide. How high it starts: that's the knob we'd "
            "hidden, the [bias]bias. It's the level you're at before you've [looked]looked at anything."
        ) as line:
            line.reach("nail", shows=nail)
            self.play(
                *(fade_out(thing) for thing in (low, high, band, sides)),
                nail.animate.shift(UP * 0.6 + RIGHT * 0.15).set_opacity(0),
                run_time=theme.enter,
            )
            self.play(shown.animate(rate_func=theme.ease).set_value(1), run_time=theme.enter)
            self.remove(nail)
            self.add(level, dots)
            self.play(freed.to(24, run_time=line.until("bias", shows=base)))
            self.enter(base, called, mark, toward=ORIGIN, run_time=theme.leave)
            self.play(freed.to(300, run_time=line.until("looked")))
            self.play(freed.to(500, run_time=line.left))

        # Half as wrong, and no cheating.
        self.beat("half as wrong")
        ghost = Band(plot, lambda: nailed.coeffs[-1], theme.stale)
        without = words(f"before: {nailed.losses[-1]:.1f}", theme.body, theme.stale)
        without.next_to(score, DOWN, buff=theme.gap)
        with self.say(
            f"[before]Before, the guesses were off by [off]{nailed.losses[-1]:.1f} {thousand()}. With a [bias]bias, by "
            f"{free.losses[-1]:.1f}. And nobody needs the [mailbox]mailbox any more.",
            about=[nailed],
        ) as line:
            line.reach("before", shows=ghost)
            self.play(fade_in(ghost), run_time=theme.enter)
            line.reach("off", shows=without)
            self.play(fade_in(without, UP * theme.drift), run_time=theme.enter)
            self.add(level, dots, mark)
            line.reach("bias", shows=ghost)
            self.play(fade_out(ghost), run_time=theme.enter)
            self.play(freed.to(free.steps, run_time=line.until("mailbox")))
            self.play(knob.animate(rate_func=there_and_back).scale(1.25), run_time=1.0)
        hidden = level_of(listing)
        beside = VGroup(
            words(f"rule: {hidden}", theme.label, theme.quiet),
            words(f"found: {free.coeffs[-1, 2]:.0f}", theme.label, theme.weight),
        ).arrange(RIGHT, buff=theme.room)
        beside.move_to([right, base.get_bottom()[1] - 0.45, 0])
        with self.say(
            f"And the rule that we've hidden? It starts at [rule]{hidden}. The bias found [found]"
            f"{free.coeffs[-1, 2]:.0f}."
        ) as line:
            for word, text in zip(("rule", "found"), beside, strict=True):
                line.reach(word, shows=text)
                self.enter(text, run_time=0.4)
            self.play(base.animate(rate_func=there_and_back).scale(1.15), run_time=1.0)
        self.close()

    def _gap(self, plot: Plot, houses: Houses, run: Trajectory, size: int) -> Rectangle:
        """From the middle of the prices of the houses with so many rooms to what is guessed of them."""
        here = houses.rooms == size
        coeffs = np.asarray(run.coeffs, dtype=float)[-1]
        guess = coeffs[0] * size / MOST_ROOMS + coeffs[1] * houses.paint[here].mean()
        start, end = plot.spot(size + 0.4, houses.price[here].mean()), plot.spot(size + 0.4, guess)
        bar = Rectangle(width=0.14, height=abs(end[1] - start[1]), stroke_width=0, fill_color=theme.uphill)
        return bar.set_fill(opacity=1).move_to((start + end) / 2)


class Band(VMobject):
    """What a linear guess says for each number of rooms: from a bare mailbox to a painted one."""

    def __init__(self, plot: Plot, coeffs: Callable[[], ArrayLike], colour: str) -> None:
        super().__init__(stroke_color=colour, stroke_width=5, fill_color=colour, fill_opacity=0.30)
        self._plot, self._coeffs = plot, coeffs
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Draw it as the coefficients are now."""
        coeffs = np.asarray(self._coeffs(), dtype=float)
        level = coeffs[2] if len(coeffs) > 2 else 0.0
        ends = np.array([0.0, ROOMY])
        bare = coeffs[0] * ends / MOST_ROOMS + level
        painted = bare + coeffs[1]
        corners = self._plot.spots([*ends, *ends[::-1], ends[0]], [*bare, *painted[::-1], bare[0]])
        self.set_points_as_corners(corners)

    def edge(self, *, upper: bool) -> NDArray[np.float64]:
        """``(2, 3)``, where an edge of it begins and where it ends: the one of painted mailboxes, or of bare ones."""
        corners = self.get_start_anchors()[:4]
        return np.asarray(corners[[3, 2]] if upper else corners[[0, 1]])


class _BareLine(VMobject):
    """The edge of a band where mailboxes are bare, by itself: the band need not be on stage."""

    def __init__(self, band: Band) -> None:
        super().__init__(stroke_color=band.get_stroke_color(), stroke_width=band.get_stroke_width())
        self._band = band
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Draw it as the band is now."""
        self._band.refresh()
        self.set_points_as_corners(self._band.edge(upper=False))


class _Side(VGroup):
    """What an edge of a band is, beside it: what is guessed of painted mailboxes, or of bare ones."""

    def __init__(self, band: Band, name: str, *, upper: bool) -> None:
        super().__init__(words(name, theme.label, theme.stale))
        self._band, self._upper = band, upper
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Move it along with its edge: above the upper one where that begins, below the lower one further on."""
        start, end = self._band.edge(upper=self._upper)
        if self._upper:
            part = (self.width + 0.15) / (end[0] - start[0])
            self.move_to(start + (end - start) * part + UP * 0.1, aligned_edge=DOWN + RIGHT)
        else:
            self.move_to(start + (end - start) * 0.37 + DOWN * 0.15, aligned_edge=UP + LEFT)


class _Level(VGroup):
    """A mark at the upright axis where a line begins: the one of bare mailboxes."""

    def __init__(self, band: Band) -> None:
        super().__init__(Dot(radius=0.1, color=theme.weight))
        self._band = band
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Move it to where the line begins now."""
        self.move_to(self._band.edge(upper=False)[0])


def _dots(plot: Plot, houses: Houses) -> VGroup:
    """A dot for each house. Those with as many rooms stand beside each other by the paint of their mailbox."""
    aside = SPREAD * (houses.paint - 0.5)
    return VGroup(
        *(
            Dot(plot.spot(across, price), radius=0.055, color=theme.text, fill_opacity=0.72)
            for across, price in zip(houses.rooms + aside, houses.price, strict=True)
        )
    )
