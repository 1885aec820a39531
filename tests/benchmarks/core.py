"""What recording a run costs, beside a bare PyTorch loop that makes the same steps.

    python -m tests.benchmarks.core

One thread, in processor time. Both sides run in turn, so that whatever else the machine does meets both.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from descent_core import record
from descent_core.explore.user.loss import module_loss
from descent_core.training.update_rules import step
from tests.benchmarks.rows import Row, print_rows

#: Inputs, hidden units and outputs of a model of 9,979 weights, and rows of data.
SHAPE, BATCH = (64, 123, 16), 512
#: Weights of the worst case, steps of a run, runs of each side, and the step size of all.
MANY, STEPS, TIMES, RATE = 10_000, 200, 41, 0.01


def rows(
    shape: tuple[int, int, int] = SHAPE, batch: int = BATCH, many: int = MANY, steps: int = STEPS, times: int = TIMES
) -> Iterator[Row]:
    """Microseconds a step on a model, with and without an optimizer or a verdict, and on a loss that costs nothing."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        model, closure = model_of(shape, batch)
        loss, start = module_loss(model, closure)
        what = f"{start.numel():,} weights, recorded"

        def descend(optimizer: type[torch.optim.Optimizer]) -> None:
            torch.nn.utils.vector_to_parameters(start.clone(), model.parameters())
            engine = optimizer(model.parameters(), lr=RATE)  # type: ignore[call-arg]
            for _ in range(steps):
                engine.zero_grad()
                closure().backward()
                engine.step()

        plain = in_turn(
            lambda: record(loss, start, lr=RATE, steps=steps, evidence=False),
            lambda: descend(torch.optim.SGD),
            steps,
            times,
        )
        yield Row(f"a step of plain descent on {what}", plain[0], "µs", "bare loop", *plain[1:], most=1.1, of="ratio")
        asked = in_turn(
            lambda: record(loss, start, lr=RATE, steps=steps),
            lambda: record(loss, start, lr=RATE, steps=steps, evidence=False),
            steps,
            times,
        )
        yield Row(f"the same, with its verdict: {what}", asked[0], "µs", "unasked", *asked[1:], most=1.1, of="ratio")
        adam = in_turn(
            lambda: record(loss, start, lr=RATE, steps=steps, optimizer=torch.optim.Adam, evidence=False),
            lambda: descend(torch.optim.Adam),
            steps,
            times,
        )
        yield Row(f"a step of Adam on {what}", adam[0], "µs", "bare loop", *adam[1:])

        point = torch.linspace(-1, 1, many)

        def squares(coeffs: Tensor) -> Tensor:
            return coeffs.square().sum()

        def roll() -> None:
            coeffs = point.clone().requires_grad_()
            for _ in range(steps):
                step(squares, coeffs, RATE)

        worst = in_turn(lambda: record(squares, point, lr=RATE, steps=steps, evidence=False), roll, steps, times)
        yield Row(f"the worst case: a step on a sum of {many:,} squares", worst[0], "µs", "bare loop", *worst[1:])
    finally:
        torch.set_num_threads(threads)


def model_of(shape: tuple[int, int, int], batch: int) -> tuple[torch.nn.Module, Callable[[], Tensor]]:
    """A model of one hidden layer, and its loss on data that never changes."""
    inputs, hidden, outputs = shape
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = torch.nn.Sequential(torch.nn.Linear(inputs, hidden), torch.nn.Tanh(), torch.nn.Linear(hidden, outputs))
        given, wanted = torch.randn(batch, inputs), torch.randn(batch, outputs)
    return model, lambda: torch.nn.functional.mse_loss(model(given), wanted)


def in_turn(
    ours: Callable[[], object], theirs: Callable[[], object], steps: int, times: int
) -> tuple[float, float, float]:
    """Microseconds of processor time a step of both, as medians, and the median of the ratios of neighbours."""
    spent: list[tuple[float, float]] = []
    for turn in range(times + 1):
        each = {}
        # Whoever comes second finds memory as the other left it.
        for work in (ours, theirs) if turn % 2 else (theirs, ours):
            started = time.process_time()
            work()
            each[work] = (time.process_time() - started) / steps * 1e6
        if turn:  # the first is to warm up
            spent.append((each[ours], each[theirs]))
    ours_spent, theirs_spent = zip(*spent, strict=True)
    ratio = statistics.median(mine / other for mine, other in spent)
    return statistics.median(ours_spent), statistics.median(theirs_spent), ratio


if __name__ == "__main__":
    print_rows(rows())
