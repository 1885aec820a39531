"""Scene 8: the whole landscape in clear air, and the road to the last film."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    PI,
    RIGHT,
    UP,
    ArcBetweenPoints,
    FadeIn,
    LaggedStart,
    RoundedRectangle,
    ScaleInPlace,
    VGroup,
    there_and_back,
)

from scenes.engine.terrain.fog import Fog
from scenes.engine.terrain.shot import Shot
from scenes.gradient import PART
from scenes.gradient.shots import WIDE
from scenes.outline import OUTLINES, outline
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant
from scenes.stage.transitions import Curtain, fade_in
from scenes.theme import theme

#: Nearer to the valley, and lower: the view of somebody who knows the way now.
HOME = Shot((0.3, -9.5, 6.2), (0.1, 0.0, 0.9), 46)


class WhatComesNext(ExplainerScene):
    """The fog is gone. Next: the whole training loop."""

    def construct(self) -> None:
        hike = self.run("right")
        mountain = Mountain(self.landscape("mountain"), WIDE, Fog(0.9, sight=0.9, soft=2.0))
        walk = Walk(hike, mountain)
        walk.clock.set_value(hike.steps)
        mountain.lights.append(walk.position)
        cabin = Cabin(mountain, hike.coeffs[-1])

        # The fog lifts.
        self.beat("the fog lifts")
        trail, hiker = Trail(walk), Hiker(walk=walk)
        self.open(mountain, cabin, trail, hiker)
        with self.say(
            "So that is the gradient: the compass behind every turn of every knob. You never saw the valley. You "
            "only ever felt the ground, and took the next step down."
        ) as line:
            self.play(mountain.change_fog(density=0.0, run_time=line.share(0.45)))
            self.play(mountain.move_to_shot(HOME), run_time=line.left)

        # Next: the training loop.
        self.beat("next: the training loop")
        dim = Curtain(theme.dim)
        loop = self._loop().move_to(UP * 0.1)
        following = constant(outline("training-loop").number, "its place in the series", equals=PART.number + 1)
        with self.say(
            f"In the next film, part {following}, we put it all together: [predict]predict, [measure]measure the loss, "
            "go [backward]backward, take a [step]step."
        ) as line:
            self.freeze(mountain, cabin, trail, hiker)
            self.play(fade_in(dim), run_time=theme.enter)
            for mark, card, arrow in zip(
                ("predict", "measure", "backward", "step"), loop[::2], loop[1::2], strict=True
            ):
                line.reach(mark, shows=card)
                pieces = (FadeIn(piece, scale=0.9, rate_func=theme.ease) for piece in (card, arrow))
                self.play(LaggedStart(*pieces, lag_ratio=0.35), run_time=theme.enter)

        # Round and round; in a talk, for as long as it takes.
        self.beat("over and over", loop=True)
        with self.say("Over and over, all the way down to the valley of good predictions.") as line:
            for card in loop[::2]:
                self.play(ScaleInPlace(card, 1.08, rate_func=there_and_back), run_time=line.share(0.24))

        # New here? The first three parts.
        self.beat("the series")
        before = constant(
            PART.number - 1, "the parts before this one", equals=sum(film.number < PART.number for film in OUTLINES)
        )
        row = self._series().move_to(DOWN * 0.1)
        with self.say(
            f"New here? Parts one to {in_words(before)} tell you about tensors, the loss, and the weights and biases. "
            "They are waiting for you."
        ):
            self.leave(loop)
            self.play(LaggedStart(*(fade_in(card, UP * theme.drift) for card in row), lag_ratio=0.2), run_time=1.4)

        # Goodbye.
        self.beat("goodbye")
        self.leave(row, dim)
        self.unfreeze()
        with self.say(
            "Tell me in the comments what you think. And see you in the last film, when we run the whole loop."
        ) as line:
            self.play(mountain.orbit(-24, dolly=-0.12, rise=0.6, run_time=line.left + 0.5))
        self.close()

    def _loop(self) -> VGroup:
        """The four words of the training loop, in a ring."""
        names = (
            ("predict", theme.text),
            ("loss", theme.uphill),
            ("backward", theme.accent),
            ("step", theme.downhill),
        )
        angles = (PI / 2, 0, -PI / 2, PI)
        places = [np.array([3.3 * np.cos(a), 1.9 * np.sin(a), 0]) for a in angles]
        pieces = VGroup()
        for index, ((name, colour), place) in enumerate(zip(names, places, strict=True)):
            text = words(name, theme.heading, colour, weight="SEMIBOLD")
            box = RoundedRectangle(
                corner_radius=0.2,
                width=3.1,
                height=1.05,
                stroke_color=colour,
                stroke_width=3,
                fill_color=theme.panel,
                fill_opacity=1,
            )
            card = VGroup(box, text).move_to(place)
            after = places[(index + 1) % 4]
            start, end = self._gap(place, after)
            arrow = ArcBetweenPoints(start, end, angle=-PI / 5, color=theme.quiet, stroke_width=5).add_tip(
                tip_length=0.22, tip_width=0.2
            )
            pieces.add(card, arrow)
        return pieces

    def _gap(self, here: np.ndarray, there: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where an arrow leaves one card of the ring and meets the next."""

        def side(at: np.ndarray, toward: np.ndarray) -> np.ndarray:
            if abs(at[0]) < 0.1:  # top or bottom: leave at the side
                return at + np.array([np.sign(toward[0]) * 1.7, 0, 0])
            return at + np.array([0, np.sign(toward[1]) * 0.68, 0])

        return side(here, there), side(there, here)

    def _series(self) -> VGroup:
        """The films up to the next one as cards, each a frame, a number and a title; only that of this film is lit.

        Films that are added after the next one would not fit beside them.
        """
        cards = VGroup()
        for film in (film for film in OUTLINES if film.number <= PART.number + 1):
            here = film.slug == PART.slug  # whichever others are made
            box = RoundedRectangle(
                corner_radius=0.18,
                width=2.42,
                height=2.6,
                stroke_color=theme.accent if here else theme.rule,
                stroke_width=4 if here else 2,
                fill_color=theme.panel,
                fill_opacity=1,
            )
            place = constant(film.number, "its place in the series", equals=outline(film.slug).number)
            number = words(f"{place}", 76, theme.accent if here else theme.quiet, weight="BOLD").move_to(
                box.get_top() + DOWN * 0.8
            )
            title = VGroup(*(words(line, theme.small, theme.text) for line in _broken(film.title))).arrange(
                DOWN, buff=theme.near
            )
            title.move_to(box.get_bottom() + UP * 0.75)
            cards.add(VGroup(box, number, title))
        return cards.arrange(RIGHT, buff=theme.gap)


def _broken(title: str) -> list[str]:
    """The lines of a title: two where it is long."""
    if len(title) <= 13:
        return [title]
    split = title.split()
    half = (len(split) + 1) // 2
    return [" ".join(split[:half]), " ".join(split[half:])]
