"""What is said of a try is held against what became of the one that is shown then."""

from __future__ import annotations

import numpy as np
import pytest

from scenes.check.telling.judged import Judged
from scenes.parts import Radio, Scorecard, Tries
from scenes.stage.explainer_scene import ExplainerScene
from tests.scenes.check.found import faults

#: Of "fiddling", a try that was kept, and one that was turned back.
KEPT, REJECTED = 3, 4


def said(line: str, step: int, *, radio: bool = True) -> list[str]:
    """What is found of a line with a mark, at whose word a try is heard."""

    def construct(scene: ExplainerScene) -> None:
        run = scene.run("fiddling")
        search = Tries(run, step)
        assert bool(run.try_losses[step] < run.losses[step]) == (step == KEPT)
        scene.add(Radio(search.coeffs) if radio else Scorecard(lambda: f"{search.loss():.3f}"))
        with scene.say(line) as spoken:
            scene.play(search.to(step + 0.31, run_time=spoken.until("now")))
            scene.play(search.to(step + 1, run_time=spoken.left))

    return faults(Judged(), construct)


@pytest.mark.parametrize("radio", [True, False])
@pytest.mark.parametrize(
    ("line", "step", "count"),
    [
        ("Turn them a little. [now]Better? That goes on for a while.", KEPT, 0),
        ("Turn them a little. [now]Better? That goes on for a while.", REJECTED, 1),
        ("Turn them a little. [now]Worse? Turn them back.", REJECTED, 0),
        ("Turn them a little. [now]Worse? Turn them back.", KEPT, 1),
        ("This one we tried, so [now]keep it.", REJECTED, 1),
        ("Sometimes it's [now]better, sometimes it's worse.", REJECTED, 0),
        ("Turn them a little, and [now]listen to what comes of it.", REJECTED, 0),
    ],
)
def test_what_is_said_of_a_try_is_what_became_of_it(line: str, step: int, count: int, radio: bool) -> None:
    assert len(said(line, step, radio=radio)) == count


def test_where_no_try_is_shown_nothing_is_said_of_one() -> None:
    def construct(scene: ExplainerScene) -> None:
        run = scene.run("fiddling")
        scene.add(Radio(np.asarray(run.coeffs[0])))
        with scene.say("Lower is better."):
            scene.wait(0.5)

    assert faults(Judged(), construct) == []
