"""A reading: a dial that names its knobs, and the recorded slope of each."""

from __future__ import annotations

import numpy as np

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


def test_letters_may_stand_where_spaces_were() -> None:
    texts = ["a - b ** c", "a.minus(b)", "a - b ** c"]
    readout = Readout(lambda: texts[0])
    for text in texts[1:]:
        texts[0] = text
        readout.refresh()
        drawn = [glyph for glyph in readout if np.ptp(glyph.points, axis=0).max(initial=0.0) > 1e-6]
        assert len(drawn) == len(text.replace(" ", ""))
        assert all(glyph.get_fill_opacity() == 1 for glyph in drawn)
