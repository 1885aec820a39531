"""Starts that are drawn: what the code on screen does, for a seed, and nobody else's chance is touched."""

from __future__ import annotations

import torch

from descent_core import RUNS, recording
from descent_core.catalogue.specs import Drawn, RunSpec
from descent_core.training.initial_coefficients import draw, init_coeffs


def test_init_coeffs_is_random_around_zero_and_keeps_a_history() -> None:
    torch.manual_seed(3)
    coeffs = init_coeffs(1000)
    assert coeffs.shape == (1000,)
    assert coeffs.requires_grad
    assert coeffs.is_leaf
    assert -0.5 <= float(coeffs.detach().min()) < -0.49
    assert 0.49 < float(coeffs.detach().max()) < 0.5


def test_a_draw_is_the_seed_s_own_and_leaves_the_generator_as_it_was() -> None:
    torch.manual_seed(5)
    before = torch.random.get_rng_state()
    first, again, other = draw(33, 442), draw(33, 442), draw(33, 443)
    assert torch.equal(torch.random.get_rng_state(), before)
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    torch.manual_seed(442)
    assert torch.equal(first, init_coeffs(33).detach())
    assert torch.equal(draw(33, 442, centred=False) - 0.5, first)


def test_a_run_starts_where_its_specification_draws() -> None:
    spec = RUNS["centred"]
    assert isinstance(spec.start, Drawn)
    drawn = draw(spec.start.count, spec.start.seed).double().numpy()
    assert (recording("centred").coeffs[0] == drawn).all()
    assert spec.recipe()["start"] == {"count": 1000, "seed": 442, "centred": True}


def test_a_drawn_start_and_a_typed_one_are_different_recipes() -> None:
    typed, drawn = RunSpec("bowl", (0.1, 0.2), 0.1, 3), RunSpec("bowl", Drawn(2, 1), 0.1, 3)
    assert typed.recipe()["start"] == [0.1, 0.2]
    assert typed.recipe() != drawn.recipe()
