"""A higher loss is never drawn lower, and what spans orders of magnitude is drawn as its logarithm."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from descent_core import record
from descent_core.explore.exploration import explore
from descent_core.explore.height_map import CLIP_HEIGHT, HeightMap, choose_height_map
from descent_core.explore.plane import full_plane
from descent_core.explore.region import choose_region
from descent_core.recordings.landscape import Landscape
from tests.descent_core.explore.requests import PROPORTIONS, example_request


@settings(deadline=None, max_examples=60)
@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e6), st.sampled_from([0.0, 0.01, 1.0, 100.0]), st.data())
def test_a_higher_loss_is_never_drawn_lower(low: float, span: float, unit: float, data: st.DataObject) -> None:
    one = HeightMap(low, low + span, unit)
    values = np.sort(data.draw(st.lists(st.floats(low, low + 3 * span), min_size=2, max_size=8)))
    drawn = one.height(values)
    assert (np.diff(drawn) >= 0).all()
    assert drawn.min() >= 0
    assert drawn.max() <= CLIP_HEIGHT
    assert float(one.height(low)) == 0
    assert float(one.height(low + span)) == pytest.approx(1)
    assert float(one.height(one.clip_loss * (1 - 1e-9) if one.clip_loss > 0 else one.clip_loss)) == pytest.approx(
        CLIP_HEIGHT, abs=1e-3 + 1e-6 * abs(low) / span
    )


def test_the_derivative_is_that_of_the_height() -> None:
    for one in (HeightMap(1, 9), HeightMap(1, 9000, unit=10)):
        at, step = np.array([2.0, 3.0, 8.0]), 1e-6
        assert one.derivative(at) == pytest.approx(
            (one.height(at + step) - one.height(at - step)) / (2 * step), rel=1e-4
        )


@pytest.mark.parametrize(
    ("name", "start", "lr", "logarithmic"),
    [
        ("rosenbrock", (-1.2, 1.0), 0.003, True),
        ("beale", (1.0, 1.5), 0.01, True),
        ("himmelblau", (0.2, 0.3), 0.01, False),
    ],
)
def test_what_spans_orders_of_magnitude_is_drawn_on_a_log_scale(
    name: str, start: tuple, lr: float, logarithmic: bool
) -> None:
    drawn = explore(example_request(name, start=start, lrs=(lr,))).summary.height_map
    assert (drawn.formula == "log(1 + loss)") == logarithmic
    if not logarithmic:
        assert drawn.formula == "loss"


def test_deeper_ground_near_by_does_not_make_the_height_absurd() -> None:
    """The valley next to the walk's is deeper than any step of it: a log of tiny differences would show nothing."""
    found = explore(example_request("valley", start=(-0.2,), lrs=(0.05, 0.5)))
    drawn = found.summary.height_map
    assert drawn.low < found.recordings["run-0"].losses.min() - 0.3
    came_down = drawn.height(found.recordings["run-0"].losses[[0, -1]])
    assert came_down[0] - came_down[1] > 0.15
    assert drawn.unit == 0 or drawn.unit > 1e-3


def test_a_flat_landscape_has_a_height_map() -> None:
    walk = record(lambda c: (0 * c).sum() + 5, [1.0, 1.0], lr=0.1, steps=3)
    area = choose_region([walk], full_plane(2), PROPORTIONS)
    bounds = area.with_margin(PROPORTIONS)
    x, y = (bounds.west, bounds.east), (bounds.south, bounds.north)
    ground = Landscape.sample(lambda c: (0 * c).sum() + 5, x, y, (5, 5))
    assert choose_height_map(ground, area, [walk]).height([5.0]).tolist() == [0.0]
