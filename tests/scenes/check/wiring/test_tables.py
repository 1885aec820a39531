"""Tables: a cell of another row than its line, of another field or coefficient than its column, is caught."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from manim import DOWN, RIGHT, VGroup

from scenes.check.wiring.tables import Tables
from scenes.parts import LossCurve, words
from scenes.stage.traced_run import constant
from tests.scenes.check.wiring.staged import Staged, faults

#: What a cell shows of a run in line t.
Cell = Callable[[Any, int], Any]


def found(build: Callable[[Staged], Any]) -> list[str]:
    return [what for _, what in faults(Tables(), lambda scene: [build(scene)])]


def table(columns: Sequence[Cell], head: str = "", rows: int = 4, names: Sequence[int] = ()) -> Callable[[Staged], Any]:
    """A table of ``never-zeroed``: a column for each of some cells, with a line of type over it all."""

    def build(scene: Staged) -> VGroup:
        run, lines = scene.run("never-zeroed"), VGroup()
        for t in range(rows):
            cells = [words(f"{cell(run, t):+.2f}").move_to([3.0 * k, -0.6 * t, 0]) for k, cell in enumerate(columns)]
            if names:
                step = constant(names[t], "a row of the table")
                cells.append(words(f"step {step}").move_to([-1.8, -0.6 * t, 0]))
            lines.add(VGroup(*cells))
        return VGroup(lines, words(head).move_to([1.5, 1.0, 0])) if head else lines

    return build


SLOPES: Cell = lambda run, t: run.slopes[t, 0]  # noqa: E731
HELD: Cell = lambda run, t: run.grads[t, 0]  # noqa: E731


@pytest.mark.parametrize(
    "build",
    [
        table([SLOPES, HELD]),
        table([SLOPES, HELD], "of knob 0"),
        table([SLOPES, HELD], names=(0, 1, 2, 3)),
        table([lambda run, t: run.slopes[10 * t, 0], lambda run, t: run.grads[10 * t, 0]]),
        table([lambda run, t: run.slopes[t + 3, 0], lambda run, t: run.grads[t + 3, 0]], names=(3, 4, 5, 6)),
        table([lambda run, t: run.losses[t]]),
    ],
)
def test_a_table_row_by_row_passes(build: Any) -> None:
    assert found(build) == []


@pytest.mark.parametrize(
    ("labels", "wrong"), [(("right", "never-zeroed", "centred"), False), (("right", "right", "centred"), True)]
)
def test_a_column_of_beginnings_is_of_a_run_each(labels: tuple[str, ...], wrong: bool) -> None:
    def build(scene: Staged) -> VGroup:
        runs = [scene.run(label) for label in labels]
        return VGroup(*(words(f"{run.losses[0]:.2f}").move_to([0, -0.6 * t, 0]) for t, run in enumerate(runs)))

    assert bool(found(build)) is wrong


@pytest.mark.parametrize(
    ("build", "told"),
    [
        (table([SLOPES, lambda run, t: run.grads[t + 1, 0]]), "on a line whose other numbers are of row"),
        (table([SLOPES, lambda run, t: run.grads[t, 1]]), "in a table of coefficients 0, 1"),
        (table([SLOPES, lambda run, t: run.grads[t, int(t == 2)]]), "in a column of coefficient 0"),
        (table([SLOPES, lambda run, t: run.slopes[t, 0] if t == 1 else run.grads[t, 0]]), "in a column of grads"),
        (
            table([lambda run, t: run.slopes[t, 1], lambda run, t: run.grads[t, 1]], "of knob 0"),
            "name of coefficient 0",
        ),
        (table([lambda run, t: run.slopes[t + 1, 0], lambda run, t: run.grads[t + 1, 0]]), "which is of row 1, and"),
        (table([lambda run, t: run.slopes[3 - t, 0], lambda run, t: run.grads[3 - t, 0]]), "3, 2, 1, 0, in no order"),
        (table([SLOPES, HELD], names=(0, 1, 2, 4)), "on the line of step 4"),
        (table([lambda run, t: run.losses[(0, 1, 1, 2)[t]]]), "in no order"),
    ],
)
def test_the_wrong_row_or_column_is_caught(build: Any, told: str) -> None:
    assert any(told in what for what in found(build)), found(build)


@pytest.mark.parametrize(("row", "wrong"), [(-1, False), (0, True), (30, True)])
@pytest.mark.parametrize("side", [DOWN, RIGHT])
def test_a_loss_alone_beside_a_plot_is_where_its_curve_ends(row: int, wrong: bool, side: Any) -> None:
    def build(scene: Staged) -> VGroup:
        run = scene.run("right")
        curve = LossCurve(run)
        return VGroup(curve, words(f"{run.losses[row]:.3f}").next_to(curve, side, buff=0.2))

    assert bool(found(build)) == wrong


def test_a_note_that_counts_its_row_may_be_of_any() -> None:
    def build(scene: Staged) -> VGroup:
        run = scene.run("right")
        curve, row = LossCurve(run), constant(30, "a step on the way")
        note = VGroup(words(f"loss no. {row}"), words(f"{run.losses[30]:.3f}")).arrange(DOWN, buff=0.1)
        return VGroup(curve, note.next_to(curve, RIGHT, buff=0.2))

    assert found(build) == []
