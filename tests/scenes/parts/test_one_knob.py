"""OneKnob: the curve is the recorded loss over one coefficient, and its tangent the recorded slope."""

from __future__ import annotations

import numpy as np
import pytest

from descent_core import recording
from descent_core.library import landscape
from scenes.check.places.curves import curve_fault
from scenes.gradient.slope import ONE_KNOB
from scenes.parts.panels.one_knob import OneKnob


class Asked:
    """A scene that asked for the landscape."""

    def __init__(self) -> None:
        self.landscapes = {"mountain": landscape("mountain")}


@pytest.fixture
def scene() -> Asked:
    return Asked()


@pytest.fixture
def knob(scene: Asked) -> OneKnob:
    return OneKnob(scene.landscapes["mountain"], recording("right"), ONE_KNOB).shift([2, 1, 0]).scale(0.8)


def test_the_curve_is_a_cut_of_the_recorded_landscape_through_the_point(knob: OneKnob, scene: Asked) -> None:
    assert curve_fault(knob.ground, scene) == ("loss", "")
    run = recording("right")
    x, _ = run.coeffs[0]
    np.testing.assert_allclose(
        knob.dot.get_center()[:2], OneKnobAt(knob).spot(float(x), float(run.losses[0])), atol=1e-6
    )
    knob.ground.cut = 1.0
    assert "from where it belongs" in curve_fault(knob.ground, scene)[1]


def test_the_tangent_is_as_steep_as_the_recorded_slope(knob: OneKnob) -> None:
    knob.lay_tangent(run_time=1).mobject.set_value(1.0)
    knob.tangent.update()
    run, at = recording("right"), OneKnobAt(knob)
    start, end = knob.tangent.get_start(), knob.tangent.get_end()
    (x0, y0), (x1, y1) = at.values(start), at.values(end)
    assert (y1 - y0) / (x1 - x0) == pytest.approx(float(run.slopes[0, 0]), rel=1e-3)


def test_up_is_where_the_loss_rises_and_down_where_it_falls(knob: OneKnob) -> None:
    run, at = recording("right"), OneKnobAt(knob)
    x = float(run.coeffs[0, 0])
    for arrow, sign in ((knob.uphill, 1), (knob.downhill, -1)):
        there, _ = at.values(arrow.get_center())
        assert (there - x) * float(run.slopes[0, 0]) * sign > 0


class OneKnobAt:
    """Values to scene points and back, by the axes as they are drawn."""

    def __init__(self, knob: OneKnob) -> None:
        self.plot = knob.plot
        east, north = self.plot.axes
        self.corner = east.get_start()[:2]
        self.size = np.array([east.get_length(), north.get_length()])
        self.low = np.array([self.plot.across[0], self.plot.up[0]])
        self.span = np.array([np.ptp(self.plot.across), np.ptp(self.plot.up)])

    def spot(self, x: float, y: float) -> np.ndarray:
        return np.asarray(self.corner + (np.array([x, y]) - self.low) / self.span * self.size)

    def values(self, spot: np.ndarray) -> np.ndarray:
        return np.asarray((spot[:2] - self.corner) / self.size * self.span + self.low)
