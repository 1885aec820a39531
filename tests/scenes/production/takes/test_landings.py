"""A take notes where the picture of each mark is, so that the film can be measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenes.narration.cues import Mark
from scenes.production.takes.render import render_take
from tests.scenes.production.takes.tiny_films import SETTINGS, TinyFilm

BODY = """
from manim import LEFT, RIGHT, UP, Dot
from scenes.stage.transitions import fade_in

left, right, unseen = Square(2).shift(4 * LEFT), Square(2).shift(4 * RIGHT), Square(2).set_stroke(opacity=0)
with self.say("Here is [one]one, and [two]another, and [three]nothing; then we [go]go on.") as line:
    line.reach("one", shows=left)
    self.play(fade_in(left), run_time=0.4)
    line.reach("two", shows=right)
    self.add(right)
    self.play(right.animate.shift(UP), run_time=0.4)
    line.reach("three", shows=unseen)
    self.add(unseen)
    self.wait(line.until("go"))
self.wait(1)
"""


@pytest.fixture
def marks(tiny: TinyFilm, tmp_path: Path) -> tuple[Mark, ...]:
    return render_take(tiny.write("landing", BODY), SETTINGS, tmp_path).cues.marks


def test_each_mark_is_noted_with_its_word_and_the_box_of_what_lands(marks: tuple[Mark, ...]) -> None:
    assert [(mark.name, mark.word, mark.lands) for mark in marks] == [
        ("one", "one,", True),
        ("two", "another,", True),
        ("three", "nothing;", True),
        ("go", "go", False),
    ]
    assert [mark.time for mark in marks] == sorted(mark.time for mark in marks)
    assert 0.4 < marks[0].time < marks[-1].time < 5
    one, two, three, go = (mark.box for mark in marks)
    # The frame is 14.2 by 8 units.
    assert one == pytest.approx((0.148, 0.375, 0.289, 0.625), abs=0.01)
    assert two == pytest.approx((0.711, 0.25, 0.852, 0.625), abs=0.01)
    assert three is None
    assert go is None
