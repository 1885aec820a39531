"""What the tests of the checks share: a tiny scene around a walk, seen by one check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from manim import LEFT, UP, FadeIn, Rectangle

from descent_core.library import landscape
from scenes.check.check import Check
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.shot import Shot
from scenes.gradient.shots import WIDE
from scenes.parts import Mountain, Walk
from scenes.stage.explainer_scene import ExplainerScene
from tests.scenes.check.found import watched

#: A pixel of 1080p in scene units.
PIXEL = 8 / 1080

#: Makes what is shown, given the scene, its mountain and a walk on it.
Build = Callable[[ExplainerScene, Mountain, Walk], list[Any]]


def faults(
    check: Check, build: Build, *, run: str = "right", row: float = 5, shot: Shot = WIDE, fog: Fog | None = None
) -> list[str]:
    """What a check finds in a scene around a walk at a row: rule and words of each fault."""

    class Shown(ExplainerScene):
        def construct(self) -> None:
            mountain = Mountain(landscape("mountain"), shot, fog)
            walk = Walk(self.run(run), mountain, row)
            self.add(mountain, *build(self, mountain, walk))
            self.play(FadeIn(Rectangle(width=0.1, height=0.1).to_corner(UP + LEFT, buff=2), run_time=0.5))

    return [f"{fault.rule}: {fault.found}" for fault in watched(check, Shown)]
