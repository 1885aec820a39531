"""Maps of fates: each point of a batch is held to the run that `record` makes from there."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from descent_core.catalogue import make_loss
from descent_core.recordings.fate_maps import FateMaps
from descent_core.recordings.fates import Fate, arrival, fates_of, radius_of
from descent_core.training.batched_walks import refuses_batches, walks_from
from descent_core.training.fate_maps import map_fates, on_ground
from descent_core.training.recorder import OptimizerFactory, record
from scenes.examples import losses

GROUND = (-9.0, 9.0, -9.0, 7.0)
XS, YS = np.linspace(-8.5, 8.5, 12), np.linspace(-8.5, 6.5, 11)
#: The cabin's valley, the other mountain's, and their likenesses a turn of the phase farther on.
VALLEYS = np.array([[-0.0065, 0.0201], [4.0459, -3.7355], [-2.2373, -3.7355], [6.2767, 0.0201], [-6.2897, 0.0201]])


def starts_on_ground() -> torch.Tensor:
    return torch.tensor(np.stack(np.meshgrid(XS, YS, indexing="ij"), axis=-1).reshape(-1, 2))


@pytest.mark.parametrize("lr", [0.3, 1.9, 2.6, 4.5])
@pytest.mark.parametrize("wiped", [True, False])
def test_a_map_of_the_mountain_is_what_record_says_point_by_point(lr: float, wiped: bool) -> None:
    loss, steps = make_loss("radio"), 30
    maps = map_fates(loss, [lr], XS, YS, steps=steps, valleys=VALLEYS, bounds=GROUND, zero_grad=wiped)
    for (a, b), fate in np.ndenumerate(maps.fates[0]):
        run = record(loss, [XS[a], YS[b]], lr=lr, steps=steps, zero_grad=wiped, evidence=False)
        alone = fates_of(
            run.coeffs[-1:],
            arrival(run.coeffs[:, None], radius_of(GROUND)),
            whole=[np.isfinite(run.losses).all()],
            on_ground=on_ground(run.coeffs[-1:], GROUND),
            steps=steps,
            valleys=VALLEYS,
            radius=radius_of(GROUND),
        )
        assert fate == alone.fates[0]
        assert maps.in_valley[0, a, b] == alone.in_valley[0]
        assert maps.arrived[0, a, b] == alone.arrived[0]


@pytest.mark.parametrize(
    ("name", "lr", "optimizer"),
    [
        ("radio", 1.7, None),
        ("clear-radio", 2.4, None),
        ("radio", 0.3, partial(torch.optim.SGD, momentum=0.9, nesterov=True)),
        ("radio", 0.2, torch.optim.Adam),
        ("radio", 0.2, torch.optim.RMSprop),
    ],
)
def test_batched_walks_are_those_of_record_bit_for_bit(name: str, lr: float, optimizer: OptimizerFactory) -> None:
    loss, starts = make_loss(name), starts_on_ground()[::7]
    [(_, walks)] = walks_from(loss, starts, lr=lr, steps=25, optimizer=optimizer)
    for number, start in enumerate(starts):
        run = record(loss, start, lr=lr, steps=25, optimizer=optimizer, evidence=False)
        assert np.array_equal(run.coeffs, walks.coeffs[:, number])


def test_walks_that_draw_by_chance_draw_as_they_would_alone() -> None:
    def noisy(c: torch.Tensor) -> torch.Tensor:
        return ((c - torch.randn(2, dtype=torch.float64)) ** 2).sum()

    starts = torch.tensor([[1.0, 2.0], [-3.0, 0.5]], dtype=torch.float64)
    [(_, walks)] = walks_from(noisy, starts, lr=0.2, steps=12, seed=5)
    for number, start in enumerate(starts):
        alone = record(noisy, start, lr=0.2, steps=12, seed=5, evidence=False)
        assert np.array_equal(alone.coeffs, walks.coeffs[:, number])


def test_on_a_bowl_everybody_is_home_below_two_over_the_curvature_and_gone_above() -> None:
    maps = map_fates(
        lambda c: 3 * (c**2).sum() / 2, [0.1, 0.66, 0.68], [-2.0, 1.0, 3.0], [-1.0, 2.0], steps=600,
        valleys=[[0, 0]], bounds=(-4, 4, -4, 4),
    )  # fmt: skip
    assert (maps.fates[:2] == Fate.HOME).all()  # 2 / 3 is 0.667
    assert (maps.fates[2] == Fate.GONE).all()


def test_valleys_that_nobody_named_are_found_and_recorded() -> None:
    found = map_fates(
        losses.himmelblau, [0.01], np.linspace(-5, 5, 9), np.linspace(-5, 5, 9), steps=150, valleys=[[3.0, 2.0]],
        bounds=(-6, 6, -6, 6), find_valleys=True,
    )  # fmt: skip
    minima = [(3, 2), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)]
    assert len(found.valleys) == 4
    for minimum in minima:
        assert np.linalg.norm(found.valleys - minimum, axis=1).min() < 1e-3
    assert set(np.unique(found.in_valley)) >= {0, 1, 2, 3}


def test_what_cannot_be_batched_is_walked_one_by_one_and_says_why() -> None:
    def branching(c: torch.Tensor) -> torch.Tensor:
        return (c**2).sum() if c[0] > 0 else 2 * (c**2).sum()

    starts = torch.tensor([[1.0, 1.0], [-1.0, 1.0]], dtype=torch.float64)
    assert "single values" in refuses_batches(branching, starts, None)
    assert "does not treat each number by itself" in refuses_batches(losses.himmelblau, starts, torch.optim.LBFGS)
    assert refuses_batches(losses.himmelblau, starts, torch.optim.Adam) == ""
    maps = map_fates(branching, [0.1], [-1.0, 1.0], [1.0], steps=60, valleys=[[0, 0]], bounds=(-2, 2, -2, 2))
    assert "single values" in maps.meta["one by one"]
    assert (maps.fates == Fate.HOME).all()


def test_maps_are_read_back_from_their_file(tmp_path: Path) -> None:
    def bowl(c: torch.Tensor) -> torch.Tensor:
        return (c**2).sum()

    maps = map_fates(bowl, [0.1, 0.2], [-1.0, 1.0], [0.0], steps=30, valleys=[[0, 0]], bounds=(-2, 2, -2, 2))
    again = FateMaps.load(maps.save(tmp_path / "one.fates.npz"))

    def same(one: NDArray[np.generic], other: NDArray[np.generic]) -> bool:
        return one.tobytes() == other.tobytes()

    assert same(again.fates, maps.fates)
    assert same(again.arrived, maps.arrived)
    assert again.steps == 30
    with pytest.raises(ValueError, match="do not fit"):
        FateMaps(maps.lrs[:1].copy(), maps.xs, maps.ys, maps.fates, maps.in_valley, maps.arrived, maps.valleys)
