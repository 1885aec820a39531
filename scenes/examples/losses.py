"""Losses to try ``descent explore`` on, and to start your own from, with their minima and sources.

descent explore scenes/examples/losses.py:himmelblau --start 0.2,0.3 --lr 0.002 --lr 0.01 --lr 0.03
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor


def himmelblau(c: Tensor) -> Tensor:
    """Four valleys of equal depth: 0 at (3, 2), (-2.805, 3.131), (-3.779, -3.283) and (3.584, -1.848).

    Himmelblau, Applied Nonlinear Programming (1972).
    """
    x, y = c
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def rosenbrock(c: Tensor) -> Tensor:
    """One long bent valley; 0 at (1, 1). Rosenbrock, The Computer Journal 3 (1960)."""
    x, y = c
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def beale(c: Tensor) -> Tensor:
    """Flat in the middle, very steep in the corners; 0 at (3, 0.5). Beale (1958)."""
    x, y = c
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def rastrigin(c: Tensor) -> Tensor:
    """A bowl full of dimples, one near each whole number; of any dimension; 0 at the origin. Rastrigin (1974)."""
    return 10 * len(c) + (c**2 - 10 * torch.cos(2 * torch.pi * c)).sum()


def ackley(c: Tensor) -> Tensor:
    """Nearly flat far out, a funnel in the middle; 0 at the origin. Ackley (1987)."""
    return 20 + torch.e - 20 * torch.exp(-0.2 * (c**2).mean().sqrt()) - torch.exp(torch.cos(2 * torch.pi * c).mean())


def valley(c: Tensor) -> Tensor:
    """One coefficient: two minima, the right one lower: 0.28 near -0.96, and -0.32 near 1.04."""
    return ((c**2 - 1) ** 2 - 0.3 * c).sum()


def three_knobs(c: Tensor) -> Tensor:
    """Three coefficients, a curved way down; 0 at (1, 2, -1), and nowhere else."""
    a, b, d = c
    return (a - 1) ** 2 + 3 * (b - 2 * a**2) ** 2 / 4 + 2 * (d + a * b / 2) ** 2


def thousand_knobs() -> tuple[Callable[[Tensor], Tensor], Tensor]:
    """1,000 coefficients: a linear fit of 2,000 examples without noise, so that 0 can be reached. Starts at 0."""
    generator = torch.Generator().manual_seed(0)
    inputs = torch.randn(2000, 1000, generator=generator, dtype=torch.float64)
    # Some inputs vary more than others: the loss is steep in some directions, flat in others.
    inputs = inputs * torch.linspace(0.15, 1.0, 1000, dtype=torch.float64)
    answers = inputs @ torch.randn(1000, generator=generator, dtype=torch.float64) / 1000**0.5

    def loss(c: Tensor) -> Tensor:
        return ((inputs @ c - answers) ** 2).mean()

    return loss, torch.zeros(1000, dtype=torch.float64)


def passengers() -> tuple[Callable[[Tensor], Tensor], Tensor]:
    """Nine coefficients: the loss of part 5, of 1,761 people on a list of 1912; 0.161 at its flat floor, from a coin's.

    ``--lr 0.01 --lr 10 --lr 300`` are the film's three keys. A slice through nine dimensions as a mountain.
    """
    from descent_core.catalogue import training_loop
    from descent_core.training.initial_coefficients import draw

    start = training_loop.COIN
    return training_loop.passengers(), draw(start.count, start.seed)


def small_network() -> tuple[torch.nn.Module, Callable[[], Tensor]]:
    """A module and its closure: 13 parameters learn a sine, on a fresh minibatch of 64 examples each time."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = torch.nn.Sequential(torch.nn.Linear(1, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1))
    x = torch.linspace(-3, 3, 256)[:, None]
    y = torch.sin(x)

    def closure() -> Tensor:
        batch = torch.randint(len(x), (64,))
        return torch.nn.functional.mse_loss(model(x[batch]), y[batch])

    return model, closure
