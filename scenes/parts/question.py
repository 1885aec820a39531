"""Question: a sign by which the viewer is asked, with the time there is to think."""

from __future__ import annotations

import numpy as np
from manim import PI, Animation, Arc, Circle, Create, VGroup, linear

from scenes.parts.words import words
from scenes.theme import theme

#: Radius of its ring, in scene units, and how thick that is drawn.
_RADIUS, _THICK = 0.78, 7


class Question(VGroup):
    """A question mark in a ring that fills while the viewer thinks.

    The question itself is said, not printed: who reads does not listen. See
    `scenes.stage.explainer_scene.ExplainerScene.ask`.

    Parameters
    ----------
    radius
        Of the ring, in scene units.

    Attributes
    ----------
    ring
        The part of it that fills.

    Examples
    --------
    ::

        class Guess(ExplainerScene):
            def construct(self):
                question = Question()
                self.ask(question, "Which way is down?")
                self.leave(question)
    """

    def __init__(self, radius: float = _RADIUS) -> None:
        super().__init__()
        face = Circle(radius=radius, stroke_width=0, fill_color=theme.page, fill_opacity=theme.plate)
        track = Circle(radius=radius * 0.86, stroke_color=theme.rule, stroke_width=_THICK)
        self.ring = Arc(radius=radius * 0.86, start_angle=PI / 2, angle=-2 * PI, num_components=33)
        self.ring.set_stroke(theme.accent, _THICK, opacity=0)
        mark = words("?", theme.display * radius / 1.1, theme.text, weight="BOLD")
        self.add(face, track, self.ring, mark.move_to(np.zeros(3)))

    def think(self, run_time: float) -> Animation:
        """Animate the time there is to think, in ``run_time`` seconds: the ring fills."""
        self.ring.set_stroke(opacity=1)
        return Create(self.ring, rate_func=linear, run_time=run_time)
