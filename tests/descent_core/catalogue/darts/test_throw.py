"""The throw in numpy is the throw in torch, and both are physics."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from descent_core.catalogue.darts.throw import (
    AWAY,
    BULL,
    GRAVITY,
    RELEASED,
    SHAKES,
    SLIPPED_SHAKES,
    SPEED,
    flight,
    heading,
    landing,
    misses,
)
from descent_core.catalogue.loss import darts, landings

AIMS = np.random.default_rng(5).uniform((-40, -25), (50, 45), (50, 2))


def test_darts_land_in_numpy_where_they_land_in_torch() -> None:
    for aim in AIMS:
        thrown = landings()(torch.tensor(aim)).numpy()
        np.testing.assert_allclose(landing(aim + np.array(SHAKES)), thrown, rtol=1e-12, atol=1e-9)
        assert misses(aim).mean() == pytest.approx(float(darts()(torch.tensor(aim))), rel=1e-12)


def test_a_flight_begins_in_the_hand_and_ends_in_the_wall_where_it_lands() -> None:
    np.testing.assert_allclose(flight(AIMS, 0.0), np.tile([0.0, RELEASED, AWAY], (50, 1)), atol=1e-9)
    ends = flight(AIMS, 1.0)
    np.testing.assert_allclose(ends[:, :2], landing(AIMS), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(ends[:, 2], 0, atol=1e-9)


def test_on_its_way_a_dart_only_falls() -> None:
    # Seconds of the whole flight; the second difference of the height over them is gravity, that of all else nothing.
    aim = np.radians(AIMS[0])
    seconds = AWAY / (SPEED * np.cos(aim[0]) * np.cos(aim[1]))
    fractions = np.linspace(0, 1, 21)
    way = flight(AIMS[0], fractions)
    bends = np.diff(way, n=2, axis=0) / (seconds / 20) ** 2
    np.testing.assert_allclose(bends, np.tile([0, -GRAVITY, 0], (19, 1)), atol=1e-5)
    speed = np.linalg.norm(np.diff(way[:2], axis=0)) / (seconds / 20)
    assert speed == pytest.approx(SPEED, rel=0.01)


def test_a_dart_points_where_it_flies() -> None:
    for fraction in (0.0, 0.4, 0.9):
        moved = flight(AIMS, fraction + 1e-6) - flight(AIMS, fraction)
        moved /= np.linalg.norm(moved, axis=1, keepdims=True)
        np.testing.assert_allclose(heading(AIMS, fraction), moved, atol=1e-5)


def test_the_hand_shakes_as_it_was_drawn_and_evenly_round_its_aim() -> None:
    drawn = torch.randn(20, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64) * 0.012
    np.testing.assert_allclose(SHAKES, torch.rad2deg(drawn - drawn.mean(0)), atol=1e-6)
    np.testing.assert_allclose(np.mean(SHAKES, axis=0), 0, atol=1e-6)


def test_one_dart_slips_and_the_others_are_the_same() -> None:
    assert SLIPPED_SHAKES[1:] == SHAKES[1:]
    aim = (14.67, 10.43)
    np.testing.assert_allclose(landing(aim), BULL, atol=0.2)
    away = landing(np.add(aim, SLIPPED_SHAKES[0])) - BULL
    np.testing.assert_allclose(away, (-147, -26), atol=1)
