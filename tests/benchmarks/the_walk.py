"""Our side of the walk that is held against manimvox: one scene, made into a film as any other is.

python -m tests.benchmarks.the_walk FOLDER
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from manim import config

from scenes.gradient.shots import DESCENT, WIDE
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk
from scenes.stage.explainer_scene import ExplainerScene

#: What is said, on both sides, and the name of the variable that shortens the film for a test.
WORDS = (
    "This is a loss over two knobs, as a mountain, and the lowest place is the one we look for.",
    "Start near the peak, and take one step down after another, each as long as the slope is steep.",
    "Sixty steps, and the walk has come to rest in the valley.",
)
SECONDS, SHORTER = 30.0, "DESCENT_WALK_SECONDS"


def seconds() -> float:
    """How long the film is."""
    return float(os.environ.get(SHORTER, SECONDS))


class TheWalk(ExplainerScene):
    """The eye comes nearer, the hiker walks, the eye goes round."""

    def construct(self) -> None:
        whole = seconds()
        mountain = Mountain(self.landscape("mountain"), WIDE)
        walk = Walk(self.run("right"), mountain)
        self.beat("the mountain")
        self.add(mountain, Trail(walk), Hiker(walk=walk))
        with self.say(WORDS[0]):
            self.play(mountain.move_to_shot(DESCENT, run_time=whole * 0.2))
        self.beat("the walk")
        with self.say(WORDS[1]):
            self.play(walk.to(walk.trajectory.steps, run_time=whole * 0.3))
        with self.say(WORDS[2]):
            self.play(mountain.orbit(12, run_time=whole * 0.2))
        self.wait(max(whole - self.time, 1 / config.frame_rate))


def make(folder: Path) -> None:
    """Make the film, in ``folder``; the same steps as ``render.py film``."""
    from scenes.cli.options import RenderOptions
    from scenes.cli.rendering import make_package
    from scenes.part import Part, SceneRef
    from scenes.production.format import Format, RenderSettings
    from scenes.production.takes.cache import TakeCache

    ref = SceneRef("walk", "tests.benchmarks.the_walk", "TheWalk", "The walk")
    part = Part(0, "the-walk", "The walk", "a mountain", (ref,), about="A walk down the mountain.")
    options = RenderOptions(jobs=None, voice=None, theme="dark", quiet=True, verbose=False)
    with TakeCache() as cache:
        make_package(part, RenderSettings(Format(1920, 1080, 30)), folder, None, options, cache)


def write_for_them(folder: Path) -> None:
    """The same ground and the same points as files: what the other side has no torch for."""
    from descent_core import library

    ground, run = library.landscape("mountain"), library.recording("right")
    given = {
        "xs": ground.xs.tolist(),
        "ys": ground.ys.tolist(),
        "heights": ground.heights.tolist(),
        "points": run.coeffs.tolist(),
        "words": WORDS,
        "seconds": seconds(),
    }
    (folder / "walk.json").write_text(json.dumps(given))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
