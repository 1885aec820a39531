"""Counted: ordinals, counts and courses that are not those of what is walked, or there, are caught."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from scenes.check.telling.counted import Counted
from scenes.check.telling.course import wrong_hue
from scenes.parts import Hiker, LossCurve, Progress
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant, sourced
from scenes.theme import theme, using_theme
from tests.scenes.check.wiring.staged import Staged, faults


def walked(text: str, rows: Sequence[float], run: str = "right", before: tuple[str, float] = ("", 0)) -> list[str]:
    """What is found of a line while a run is walked to some rows, one move each; after another line, to a row."""

    def staged(scene: Staged) -> None:
        going = Progress(scene.run(run), 0)
        scene.add(LossCurve(going))
        said, row = before
        for words, ways in ((said, [row]), (text, rows)):
            if words:
                with scene.say(words) as line:
                    for way in ways:
                        scene.play(going.to(way, run_time=line.share(0.8 / max(len(ways), 1))))
        scene.pause()

    return [found for _, found in faults(Counted(), staged)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("The first leap goes down.", [1]),
        ("The first step, and then the second step.", [1, 2]),
        ("Take one step down. Feel again, and take the next.", [1, 2]),
        ("One step at a time.", [7]),
        ("One more round. And one more.", [1, 2]),
        ("Wait a second. The first hiker goes on.", [4]),
        ("The last step takes him home.", [60]),
        ("Half way down, he rests.", [30, 60]),
        ("He steps twice.", [2]),
        ("He steps twice.", [1, 2]),
        ("The score keeps falling.", [20]),
    ],
)
def test_what_is_walked_as_it_is_said_passes(text: str, rows: list[float]) -> None:
    assert walked(text, rows) == []


@pytest.mark.parametrize(
    ("text", "rows", "told"),
    [
        ("The first leap goes down.", [1.9], "says 'first leap', and right goes from row 0 to 1.9"),
        ("The first leap goes down.", [2], "says 'first leap', and right goes from row 0 to 2"),
        ("One more round: there.", [3], "says 'one more round', and right goes from row 0 to 3"),
        ("The second leap.", [1], "says 'second leap', and right goes from row 0 to 1"),
        ("The first leap goes up.", [1], "says that 'first leap' goes up, and the loss of right does not"),
        ("Take one step down.", [3], "says 'one step', and right goes from row 0 to 3"),
        ("The last step takes him home.", [59], "says 'last step', and right goes from row 0 to 59"),
        ("Half way down, he rests.", [59], "says half way, and right goes from row 0 to 59"),
        ("He steps twice.", [3], "says twice, and right goes from row 0 to 3"),
        ("The score keeps rising.", [20], "says that the loss rises from step to step, and that of right does not"),
    ],
)
def test_what_is_walked_otherwise_is_caught(text: str, rows: list[float], told: str) -> None:
    assert [found for found in walked(text, rows) if found.startswith(told)]


@pytest.mark.parametrize(("rows", "wrong"), [([2], False), ([3], True)])
def test_the_second_is_of_what_the_first_was_of(rows: list[float], wrong: bool) -> None:
    before = ("The first leap goes down.", 1.0)
    assert bool(walked("The second carries you on.", rows, before=before)) == wrong
    assert bool(walked("And the second one goes on and on.", rows, before=before)) == wrong
    assert walked("The second carries you on.", rows) == []


@pytest.mark.parametrize(("count", "wrong"), [(3, False), (4, True)])
def test_steps_in_words_are_those_that_are_walked(count: int, wrong: bool) -> None:
    number = constant(count, "as many as are walked")
    assert bool(walked(f"He takes {in_words(number)} steps.", [3])) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{two} hikers, from the same spot.", False),
        ("{three} hikers, from the same spot.", True),
        ("One of these {two} never wipes.", False),
        ("One of these {three} never wipes.", True),
        ("All {two}, on one mountain.", False),
        ("All {three}, on one mountain.", True),
        ("{two} learning rates.", False),
        ("{three} learning rates.", True),
        ("A picture of {three} colours.", False),
    ],
)
def test_so_many_are_there_as_are_said(text: str, wrong: bool) -> None:
    def staged(scene: Staged) -> None:
        mountain = scene.mountain()
        walks = [scene.walk(mountain, label) for label in ("right", "too-big")]
        scene.add(mountain, *(Hiker(walk=walk, coat=theme.right) for walk in walks))
        words = {name: in_words(sourced(count, "one a recording")) for name, count in (("two", 2), ("three", 3))}
        with scene.say(text.format(**words)):
            scene.pause()

    assert bool(faults(Counted(), staged)) == wrong


@pytest.mark.parametrize("words", ["Knob {} has the bigger one.", "Knob {}'s is bigger: right here, it matters more."])
@pytest.mark.parametrize(("knob", "wrong"), [(0, False), (1, True)])
def test_the_knob_with_the_bigger_slope_has_it(words: str, knob: int, wrong: bool) -> None:
    def staged(scene: Staged) -> None:
        mountain = scene.mountain()
        scene.add(mountain, Hiker(walk=scene.walk(mountain, row=0)))
        with scene.say(words.format(knob)):
            scene.pause()

    assert bool(faults(Counted(), staged)) == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Red's uphill, green's the way home.", False),
        ("Its green end shows where down is, its red end where up is.", False),
        ("Its red end shows where down is, its green end where up is.", True),
        ("Green is up.", True),
        ("He wears a red scarf. Then he goes down.", False),
        ("The green one, long before anybody had come to where it is down.", False),
    ],
)
@pytest.mark.parametrize("look", ["dark", "light"])
def test_up_and_down_are_called_by_their_colours(text: str, wrong: bool, look: str) -> None:
    with using_theme(look):
        assert bool(list(wrong_hue(text))) == wrong
