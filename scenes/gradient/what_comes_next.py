"""Scene 9: the fog sinks, and all of it was there all along; the film in four pictures; and the last film."""

from __future__ import annotations

from manim import (
    PI,
    TAU,
    UP,
    Arc,
    Dot,
    FadeIn,
    LaggedStart,
    MoveAlongPath,
    ScaleInPlace,
    Succession,
    VGroup,
    Wait,
    linear,
    there_and_back,
)

from scenes.engine.terrain.fog.fog import Fog
from scenes.gradient import PART, recap
from scenes.gradient.shots import ALL_ALONG, GOODBYE
from scenes.outline import OUTLINES, outline
from scenes.parts.clock import Clock
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk
from scenes.parts.machine.loop_cards import ACROSS, DOWN, loop_ring
from scenes.parts.panels.series_cards import going_round, series_cards
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import centre_above_captions
from scenes.stage.traced_run import constant
from scenes.stage.transitions import Curtain, fade_in, fade_out
from scenes.theme import slowing, theme

#: How many times its usual size the cabin has in the view of all the land.
_SIZE = 1.3
#: Seconds that the fog takes to sink past the peaks, and then out of the valleys.
_SINKS, _CLEARS = 3.0, 3.6
#: Where its surface is at first: a little above the eye, which it passes with the word.
_HIGH = 1.21


class WhatComesNext(ExplainerScene):
    """The fog is gone. Next: the whole training loop."""

    def construct(self) -> None:
        hike = self.run("right")
        mountain = Mountain(
            self.landscape("mountain"),
            ALL_ALONG.risen(-0.3).orbited(3),
            Fog(1.0, sight=0.9, soft=1.5, top=_HIGH),
            contour=0,
        )
        walk = Walk(hike, mountain, row=hike.steps)
        mountain.lights.append(walk.position)
        cabin = Cabin(mountain, hike.coeffs[-1], _SIZE, opened=1.0)
        hiker = _resting(Hiker(walk=walk))

        # The fog sinks, the far and the high first; and then the way down.
        self.beat("the fog lifts")
        trail = Trail(hike, mountain)
        with self.say("And when the fog [lifts]lifts?") as line:
            self.open(mountain, cabin, cabin.smoke, hiker, curtain=Curtain(colour=theme.fog))
            self.play(mountain.orbit(-2, run_time=line.until("lifts", shows=mountain)))
            self.play(
                mountain.change_fog(top=0.75, run_time=_SINKS, rate_func=slowing),
                mountain.move_to_shot(ALL_ALONG, run_time=_SINKS),
            )
        with self.say("This was there all along."):
            self.play(
                mountain.change_fog(top=0.2, run_time=0.3 * _CLEARS, rate_func=linear),
                fade_in(trail),
                run_time=0.3 * _CLEARS,
            )
            self.play(
                mountain.change_fog(top=-0.3, run_time=0.7 * _CLEARS, rate_func=slowing),
                mountain.orbit(-4, dolly=0.05, run_time=0.7 * _CLEARS),
            )

        # What the film said, in four pictures.
        self.beat("four pictures")
        dim = Curtain(theme.dim)
        dark = (mountain, cabin, cabin.smoke, trail, hiker)
        clocks = [Clock() for _ in range(4)]
        wiped, held = recap.the_wipe(hike, clocks[3])
        pictures = recap.row_of(
            [
                recap.picture("the fog", recap.the_fog(clocks[0]), theme.text),
                recap.picture("the compass", recap.the_compass(hike, clocks[1]), theme.text),
                recap.picture("the stride", recap.the_stride(hike, clocks[2]), theme.text),
                recap.picture("wipe it", wiped, theme.text),
            ],
            centre_above_captions(),
        )
        with self.say(
            "So: the [fog]fog hides the answer. The [compass]compass feels the slope. The [stride]stride is the "
            "learning rate. And after every step, you [wipe]wipe it clean."
        ) as line:
            self.freeze(*dark)
            self.play(fade_in(dim), run_time=theme.leave)
            for mark, picture, clock in zip(("fog", "compass", "stride", "wipe"), pictures, clocks, strict=True):
                line.reach(mark, shows=picture)
                self.add(clock)
                self.enter(picture, run_time=0.55)
            self.play(*(fade_out(needle) for needle in held), run_time=theme.enter)

        # Next: the training loop.
        self.beat("next: the training loop")
        loop = loop_ring().move_to(UP * (centre_above_captions() - 0.05))
        following = constant(outline("training-loop").number, "its place in the series", equals=PART.number + 1)
        with self.say(
            f"Next time, in part {following}, we put it all together: the complete training loop. [predict]Predict, "
            "[measure]measure the loss, go [backward]backward, take a [step]step."
        ) as line:
            self.leave(pictures)
            self.remove(*clocks)
            self.add(turns := Clock())
            key = self._whole_loop(turns, following)
            key.shift(loop.get_center() - key[0].get_center())
            self.enter(key)
            for mark, card, arrow in zip(
                ("predict", "measure", "backward", "step"), loop[::2], loop[1::2], strict=True
            ):
                line.reach(mark, shows=card)
                pieces = (FadeIn(piece, scale=0.9, rate_func=theme.ease) for piece in (card, arrow))
                self.play(LaggedStart(*pieces, lag_ratio=0.35), run_time=0.5)

        # Round and round; in a talk, for as long as it takes.
        self.beat("over and over", loop=True)
        self.remove(turns)
        spark = Dot(radius=0.13, color=theme.accent).move_to(loop[0])
        self.add(spark, *loop)
        with self.say("Over and over, all the way to the valley of perfect predictions.") as line:
            whole = line.left
            ring = Arc(radius=1, start_angle=PI / 2, angle=-TAU).stretch(ACROSS, 0).stretch(DOWN, 1)
            ring.move_to(loop.get_center())
            pulses = [
                Succession(
                    Wait(whole * share), ScaleInPlace(card, 1.09, rate_func=there_and_back, run_time=whole * 0.2)
                )
                for share, card in zip((0.15, 0.40, 0.65, 0.79), (*loop[2::2], loop[0]), strict=True)
            ]
            self.play(MoveAlongPath(spark, ring, rate_func=linear, run_time=whole), *pulses, run_time=whole)
        self.remove(spark)

        # New here? The first three parts.
        self.beat("the series")
        clock = Clock()
        row = self._series(clock).move_to(UP * centre_above_captions())
        here = constant(outline(PART.slug).number, "its place in the series", equals=PART.number)
        with self.say(
            f"This was part {here} of AI fundamentals. Missed [tensors]tensors, [loss]loss, or "
            "[weights]weights and biases? They're waiting."
        ) as line:
            self.leave(loop, key)
            self.play(LaggedStart(*(fade_in(card, UP * theme.drift) for card in row), lag_ratio=0.2), run_time=1.0)
            for mark, card in zip(("tensors", "loss", "weights"), row, strict=False):
                line.reach(mark, shows=card)
                self.play(ScaleInPlace(card, 1.06, rate_func=slowing), run_time=min(0.5, line.left))
            # Once all are named, the small pictures begin to move: sooner, and one would move before its word.
            self.add(clock)

        # Goodbye.
        self.beat("goodbye")
        self.unfreeze()
        with self.say(
            "Tell me in the comments what you think, and stay tuned: the last film runs the whole loop."
        ) as line:
            self.play(fade_out(row), fade_out(dim), run_time=theme.leave)
            self.play(mountain.move_to_shot(GOODBYE, run_time=line.left + theme.breath))
        self.close()

    def _whole_loop(self, clock: Clock, number: int) -> VGroup:
        """What is in the middle of the ring: the next film's number, and an arrow that goes round it."""
        arrow = going_round(clock, 0.7)
        # Its middle is where it turns round, wherever its tip is just now.
        place = words(f"{number}", theme.display, theme.text, weight="BOLD").move_to(arrow[1])
        return VGroup(place, arrow)

    def _series(self, clock: Clock | None = None) -> VGroup:
        """The films up to the next one as cards; only that of this film is lit.

        Films that are added after the next one would not fit beside them.
        """
        films = [film for film in OUTLINES if film.number <= PART.number + 1]
        return series_cards(films, PART.slug, Clock() if clock is None else clock)


def _resting(hiker: Hiker) -> Hiker:
    """The same, who sits already."""
    sits = hiker.rest()
    sits.begin()
    sits.finish()
    hiker.refresh()
    return hiker
