"""A fraction in words that none of the numbers beside it are is caught."""

from __future__ import annotations

import pytest

from scenes.check.amounts.fractions import Fractions
from scenes.stage.number_sources import note_source
from tests.scenes.check.wiring.staged import Staged, faults


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("774,808 bytes. And as a tensor: 79,236. About a tenth.", 0),
        ("774,808 bytes. And as a tensor: 79,236. A tenth of that.", 0),
        ("774,808 bytes. And as a tensor: 79,236. About a third.", 1),
        ("774,808 bytes. And as a tensor: 79,236. One quarter as much.", 1),
        ("774,808 bytes. And as a tensor: 79,236. A hundredth of it.", 1),
        ("Of 90 there are 60, two thirds of them.", 0),
        ("Of 90 there are 60, a third less.", 0),
        ("After 40 a third of a second goes by, and 80.", 0),
        ("After 40 a third hiker comes, and 80.", 0),
        ("Nobody says of what: a third of them.", 0),
    ],
)
def test_a_fraction_is_that_of_two_numbers_of_its_line(text: str, count: int) -> None:
    def build(scene: Staged) -> None:
        with scene.say(note_source(text, "what was counted")):
            scene.pause()

    assert len(faults(Fractions(), build)) == count
