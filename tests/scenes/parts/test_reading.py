"""A reading: a dial that names its knobs, and the recorded slope of each."""

from __future__ import annotations

from descent_core import recording
from scenes.parts.dials.reading import Reading
from scenes.parts.panels.scorecard import Readout


def test_each_knob_has_its_number() -> None:
    run = recording("right")
    row = 0
    reading = Reading(lambda: run.slopes[row])
    numbers = [piece for piece in reading.get_family() if isinstance(piece, Readout)]
    assert [number.text for number in numbers] == [f"{slope:+.2f}" for slope in run.slopes[0]]
    row = 9
    for number in numbers:
        number.refresh()
    assert [number.text for number in numbers] == [f"{slope:+.2f}" for slope in run.slopes[9]]
