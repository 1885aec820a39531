"""What has light of its own fades as everything else does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from manim import Dot, VGroup

from scenes.check.check import Check, watch
from scenes.check.playback import Moment
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.transitions import fade_in, fade_out


class Opacities(Check):
    """How opaque the one dot is at each moment."""

    def see(self, moment: Moment) -> None:
        for dot in moment.of(Dot):
            self.seen = [*getattr(self, "seen", []), float(dot.get_fill_opacity())]


def shining() -> VGroup:
    """A dot whose group sets its light in every frame, as the small picture on a card does."""
    return VGroup(VGroup(Dot()).add_updater(lambda group: group[0].set_fill(opacity=1.0)))


def seen(construct: Any) -> list[float]:
    check = Opacities()
    watch(type("Fading", (ExplainerScene,), {"construct": construct}), [check], rate=20)
    return check.seen


def test_a_shining_thing_comes_in_little_by_little() -> None:
    opacities = seen(lambda scene: scene.play(fade_in(shining()), run_time=1))
    assert opacities[0] < 0.1
    assert opacities[len(opacities) // 2] == pytest.approx(0.5, abs=0.25)
    assert (np.diff(opacities) >= -1e-9).all()


def test_a_shining_thing_goes_out_little_by_little() -> None:
    def construct(scene: ExplainerScene) -> None:
        thing = shining()
        scene.add(thing)
        scene.play(fade_out(thing), run_time=1)

    opacities = seen(construct)
    assert opacities[0] > 0.9
    assert opacities[len(opacities) // 2] == pytest.approx(0.5, abs=0.25)
    assert opacities[-1] < 0.1
    assert (np.diff(opacities) <= 1e-9).all()
