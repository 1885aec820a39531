"""What films say of two rings and a small network, held against its runs."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from descent_core import recording
from descent_core.catalogue.rings import COEFFS, HIDDEN, ring_answer, ring_points


def right_answers(coeffs: np.ndarray) -> float:
    points, right = ring_points()
    said = ring_answer(torch.tensor(coeffs, dtype=torch.float32), points)
    return float(((said > 0) == (right > 0)).float().mean())


def test_the_rings_do_not_touch_and_no_straight_line_parts_them() -> None:
    points, right = ring_points()
    radius = points.norm(dim=1)
    assert float(radius[right > 0].max()) < 0.45 < 0.63 < float(radius[right < 0].min())
    assert 4 * HIDDEN + 1 == COEFFS == 33


def test_from_a_random_start_the_network_learns_every_point() -> None:
    run = recording("rings")
    assert run.losses[0] == pytest.approx(0.533, abs=5e-4)
    assert run.losses[-1] == pytest.approx(0.0092, abs=5e-5)
    assert right_answers(run.coeffs[0]) == 0.5
    assert right_answers(run.coeffs[-1]) == 1.0
