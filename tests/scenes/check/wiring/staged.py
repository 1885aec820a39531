"""A small scene around what is checked: a mountain, a walk, and whatever a test adds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from manim import LEFT, UP, FadeIn, Rectangle

from descent_core.library import landscape
from scenes.check.check import Check
from scenes.gradient.shots import WIDE
from scenes.parts import Mountain, Walk
from scenes.stage.explainer_scene import ExplainerScene
from tests.scenes.check.found import watched

Build = Callable[["Staged"], Any]


class Staged(ExplainerScene):
    """Adds what ``build`` gives, and plays a moment of something else; or whatever ``build`` plays."""

    build: Build = staticmethod(lambda scene: [])

    def mountain(self) -> Mountain:
        """The mountain of part 4, from afar."""
        return Mountain(landscape("mountain"), WIDE)

    def walk(self, mountain: Mountain, label: str = "right", row: float = 5) -> Walk:
        """A walk that has come to a row."""
        return Walk(self.run(label), mountain, row)

    def pause(self) -> None:
        """Play on for a while, with nothing new of any run."""
        self.play(FadeIn(Rectangle(width=0.1, height=0.1).to_corner(UP + LEFT, buff=2), run_time=0.5))

    def construct(self) -> None:
        added = type(self).build(self)
        if added is not None:
            self.add(*added)
            self.pause()


def faults(check: Check, build: Build) -> list[tuple[str, str]]:
    """Rule and finding of each fault that a check finds in a scene."""
    scene = type("Shown", (Staged,), {"build": staticmethod(build)})
    return [(fault.rule, fault.found) for fault in watched(check, scene)]
