"""The region holds what is worth showing, and nothing that a diverging run reached."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from descent_core.explore.exploration import explore
from descent_core.explore.plane import full_plane
from descent_core.explore.region import choose_region, rows_to_show
from descent_core.recordings.trajectory import Trajectory
from tests.descent_core.explore.requests import PROPORTIONS, example_request

#: Loss, start, learning rate, steps, optimizer and the minimum that is reached, from the literature.
CLASSICS = [
    ("himmelblau", (0.2, 0.3), 0.01, 200, None, (3, 2)),
    ("himmelblau", (-2.0, 2.0), 0.01, 200, None, (-2.805118, 3.131312)),
    ("himmelblau", (-3.0, -3.0), 0.01, 200, None, (-3.779310, -3.283186)),
    ("himmelblau", (3.0, -1.0), 0.01, 200, None, (3.584428, -1.848126)),
    ("rosenbrock", (-1.2, 1.0), 0.05, 3000, "adam", (1, 1)),
    ("beale", (1.0, 1.0), 0.05, 1500, "adam", (3, 0.5)),
    ("rastrigin", (0.2, -0.3), 0.001, 200, None, (0, 0)),
    ("ackley", (0.3, -0.2), 0.01, 600, "adam", (0, 0)),
]


@pytest.mark.parametrize(("name", "start", "lr", "steps", "optimizer", "minimum"), CLASSICS)
def test_the_region_holds_the_start_and_the_known_minimum_that_was_reached(
    name: str, start: tuple, lr: float, steps: int, optimizer: str | None, minimum: tuple
) -> None:
    found = explore(example_request(name, start=start, lrs=(lr,), steps=steps, optimizer=optimizer))
    walk = found.recordings["run-0"]
    assert walk.coeffs[-1] == pytest.approx(minimum, abs=0.02)
    area = found.summary.region
    assert area.contains(np.array([start, minimum])).all()
    # The ground under every recorded point is the recorded loss.
    ground = found.landscape.height(*walk.coeffs.T)
    drawn = found.summary.height_map
    away = ~np.isclose(walk.coeffs, 0, atol=0.1).all(axis=1)  # Ackley has a tip there, that no patch follows
    assert drawn.height(ground)[away] == pytest.approx(drawn.height(walk.losses)[away], abs=0.01)
    # The projection of a run of two coefficients is the run.
    assert found.recordings["run-0-on-plane"].same_arrays(walk)


def test_a_diverging_walk_does_not_blow_up_the_region() -> None:
    alone = explore(example_request("beale", start=(1.0, 1.5), lrs=(0.01,)))
    beside = explore(example_request("beale", start=(1.0, 1.5), lrs=(0.01, 0.05)))
    assert beside.recordings["run-1"].outcome == "diverged"
    assert np.abs(beside.recordings["run-1"].coeffs).max() > 1e6
    assert beside.summary.region == alone.summary.region


def test_walks_that_all_diverge_still_have_a_ground() -> None:
    found = explore(example_request("rosenbrock", start=(-1.2, 1.0), lrs=(1.0,)))
    assert found.summary.verdicts["run-0"].not_finite
    assert found.summary.region.contains(np.array([[-1.2, 1.0]])).all()


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6) | st.just(float("inf"))),
        min_size=1,
        max_size=12,
    )
)
def test_any_walk_has_a_region_that_holds_its_start_and_best_point(rows: list[tuple[float, float, float]]) -> None:
    finite = [index for index, row in enumerate(rows) if np.isfinite(row[2])]
    rows = [rows[index] for index in finite] or [(0.0, 0.0, 0.0)]
    table = np.array(rows)
    walk = Trajectory("any", table[:, :2], table[:, 2], table[:, :2] * 0, table[1:, :2] * 0, lr=1)
    area = choose_region([walk], full_plane(2), PROPORTIONS)
    best = table[np.argmin(table[:, 2]), :2]
    assert area.west < area.east
    assert area.south < area.north
    assert area.contains(np.array([table[0, :2], best])).all()
    assert area.contains(table[rows_to_show([walk])[0], :2]).all()
