"""A read-out that comes to what it is said to come to long before, or never, is caught."""

from __future__ import annotations

import pytest

from scenes.check.telling.arrives import Arrives
from scenes.parts import Progress, Readout, Scorecard
from scenes.stage.explainer_scene import ExplainerScene
from tests.scenes.check.found import faults


def arriving(line: str, share: float, *, last: int = 20, still: bool = False) -> list[str]:
    """What is found of a card that comes to its last number at a part of the time until the word."""

    def construct(scene: ExplainerScene) -> None:
        run = scene.run("clear-air")
        progress = Progress(run)
        values = [f"{max(last - row, 0) / 2:.1f}" for row in range(run.steps + 1)]
        scene.add(Readout(values[0]) if still else Scorecard(lambda: values[progress.row]))
        with scene.say(line) as spoken:
            whole = spoken.until("now")
            scene.play(progress.to(20, run_time=whole * share))
            if share < 1:
                scene.wait(whole * (1 - share))
            scene.wait(0.5)

    return faults(Arrives(), construct)


@pytest.mark.parametrize(
    ("line", "share", "last", "count"),
    [
        ("And on it goes, all the way, until the scorecard hits [now]zero.", 1.0, 20, 0),
        ("And on it goes, all the way, until the scorecard hits [now]zero.", 0.25, 20, 1),
        ("And on it goes, all the way, until the scorecard hits [now]zero.", 1.0, 30, 1),
        ("And on it goes, all the way, until the score reaches [now]2.5, and that is it.", 1.0, 25, 0),
        ("And on it goes, all the way, until the score falls to [now]2.5, and that is it.", 0.2, 25, 1),
        ("And on it goes, all the way, and here is the [now]zero that we were after.", 0.25, 20, 0),
    ],
)
def test_a_card_comes_to_a_number_as_that_is_said(line: str, share: float, last: int, count: int) -> None:
    assert len(arriving(line, share, last=last)) == count


def test_where_nothing_counts_nothing_arrives() -> None:
    assert arriving("And on it goes, until the scorecard hits [now]zero.", 1.0, still=True) == []


@pytest.mark.parametrize("rate", [2, 4])
@pytest.mark.parametrize(
    ("line", "rows", "count"),
    [
        ("On it goes, until the scorecard hits [now]zero.", 0, 0),
        ("On it goes, until the scorecard hits [now]zero.", 2, 0),
        ("On it goes, until the scorecard hits [now]zero.", 6, 1),
        ("On it goes, and the loss falls to [now]zero.", 12, 1),
        ("On it goes, until the scorecard [now]hits zero.", 6, 0),
    ],
)
def test_at_a_mark_the_run_is_there_by_a_row_or_two(line: str, rows: int, count: int, rate: int) -> None:
    def construct(scene: ExplainerScene) -> None:
        run = scene.run("clear-air")
        progress = Progress(run)
        scene.add(Scorecard(lambda: f"{run.losses[progress.row]:.4f}"))
        arrival = next(row for row, loss in enumerate(run.losses) if f"{loss:.4f}" == "0.0000")
        with scene.say(line) as spoken:
            scene.play(progress.to(arrival - rows, run_time=spoken.until("now")))
            scene.play(progress.to(run.steps, run_time=0.5))

    found = faults(Arrives(), construct, rate=rate)
    assert len(found) == count
    assert all("and at that word the read-out is at " in each for each in found)
