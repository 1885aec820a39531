"""Films whose every beginning is known are measured: what is off is found, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scenes.check.film.measured import SceneMeasured, measured, off
from scenes.check.film.report import film_lines, scene_lines
from scenes.check.film.stillness import stillness
from tests.scenes.check.film.synthetic import Babble, Made, but


def found(made: Made, folder: Path) -> SceneMeasured:
    (scene,) = measured(made.write(folder / "film.mp4"), Babble())
    return scene


def told(scene: SceneMeasured) -> list[tuple[str, str]]:
    return [(fault.rule, f"{fault.words}: {fault.found}") for fault in scene.faults]


def test_a_film_in_which_all_is_on_time_has_no_faults(tmp_path: Path) -> None:
    scene = found(Made(), tmp_path)
    assert told(scene) == []
    assert len(scene.pictures) == 2
    assert max(map(abs, scene.pictures)) < 0.05
    assert all(begins < seen < begins + 0.25 for begins, seen in zip(scene.pictures, scene.seen, strict=True))
    assert len(scene.lines) == 3
    assert max(map(abs, scene.lines)) < 0.005
    assert len(scene.steps) == 1
    assert abs(scene.steps[0]) < 0.015
    first, *figures = scene_lines(scene)
    assert first == "one, in the film: 2 pictures, 3 lines, 1 step"
    assert [line.split()[0] for line in figures] == ["pictures", "lines", "steps"]


@pytest.mark.parametrize(
    ("late", "words", "moves"),
    [(0.2, "after the word", True), (0.2, "after the word", False), (-0.2, "before the word", True)],
)
def test_a_picture_off_its_word_is_found_and_by_how_much(late: float, words: str, moves: bool, tmp_path: Path) -> None:
    scene = found(but(late=(0.0, late), moves=moves), tmp_path)
    ((rule, what),) = told(scene)
    assert rule == "onset"
    assert what.startswith("[mark1] word: its picture begins 0.")
    assert what.endswith(words)
    assert scene.pictures[1] == pytest.approx(late, abs=0.06)
    assert scene.faults[0].box is not None


@pytest.mark.parametrize(
    "made",
    [
        but(lasts=0.001),
        but(lasts=0.5, ease=lambda u: u),
        but(lasts=1.0),
        but(lasts=2.0, ease=lambda u: u, moves=False),
        but(moves=False),
    ],
    ids=["at once", "evenly", "slowly", "very slowly", "on a page"],
)
def test_however_a_picture_comes_in_it_begins_with_its_word(made: Made, tmp_path: Path) -> None:
    assert told(found(made, tmp_path)) == []


def test_sound_that_is_late_at_the_end_only_is_found_there(tmp_path: Path) -> None:
    scene = found(but(heard=(0.0, 0.0, 0.1)), tmp_path)
    assert told(scene) == [("sound", "and the last: it is heard 0.10 s after its cue")]
    assert scene.lines == (pytest.approx(0, abs=0.005), pytest.approx(0, abs=0.005), pytest.approx(0.1, abs=0.005))


def test_a_picture_is_held_against_its_word_as_it_is_heard(tmp_path: Path) -> None:
    scene = found(but(heard=(0.15, 0.0, 0.0), late=(0.15, 0.0)), tmp_path)
    assert [rule for rule, _ in told(scene)] == ["sound"]


@pytest.mark.parametrize("moves", [False, True])
def test_a_mark_whose_picture_changes_nothing_is_found(moves: bool, tmp_path: Path) -> None:
    scene = found(but(pictures=(False, True), moves=moves), tmp_path)
    assert told(scene) == [("onset", "[mark0] word: its picture changes nothing in the film")]
    assert len(scene.pictures) == 1


def test_a_mark_whose_picture_is_nowhere_in_the_frame_is_found(tmp_path: Path) -> None:
    film = Made().write(tmp_path / "film.mp4")
    (scene,) = film.scenes
    gone = replace(scene, marks=(replace(scene.marks[0], box=None), replace(scene.marks[1], lands=False)))
    (result,) = measured(replace(film, scenes=(gone,)), Babble())
    assert told(result) == [("onset", "[mark0] word: nothing of what lands on it is in the frame")]
    assert result.unsaid == 1


def test_a_step_that_is_late_and_a_line_that_is_not_heard_are_found(tmp_path: Path) -> None:
    assert told(found(but(step=0.08), tmp_path)) == [("sound", "a step: it is heard 0.08 s after its boot")]
    film = Made().write(tmp_path / "film.mp4")
    (scene,) = film.scenes
    other = replace(scene.lines[1], text="something else", spoken="something else")
    (result,) = measured(replace(film, scenes=(replace(scene, lines=(scene.lines[0], other)),)), Babble())
    assert told(result) == [("sound", "something else: it is not heard within 0.5 s of its cue")]


def test_where_nobody_speaks_pictures_are_measured_alone(tmp_path: Path) -> None:
    (scene,) = measured(Made().write(tmp_path / "film.mp4"), None)
    assert told(scene) == []
    assert (len(scene.pictures), scene.lines, scene.steps) == (2, (), ())


def test_frozen_stretches_are_told(tmp_path: Path) -> None:
    still = stillness(Made(moves=False).write(tmp_path / "film.mp4").path)
    # Two things come in, at 1.6 and 4.2 s, each in 0.7 s.
    assert [(round(begin, 1), round(end, 1)) for begin, end in still.stretches] == [
        (0.0, pytest.approx(1.7, abs=0.15)),
        (pytest.approx(2.2, abs=0.15), pytest.approx(4.3, abs=0.15)),
        (pytest.approx(4.8, abs=0.15), 9.0),
    ]
    assert still.share == pytest.approx(0.88, abs=0.04)
    assert still.longest[1] == pytest.approx(9.0)
    assert stillness(Made().write(tmp_path / "film.mp4").path).stretches == ()


def test_the_whole_is_told_in_a_few_lines(tmp_path: Path) -> None:
    film = Made(moves=False).write(tmp_path / "film.mp4")
    first, *rest = film_lines(film, list(measured(film, Babble())))
    assert first == "Tiny: 0:09 long, 60 words a minute, pauses among them"
    assert [line.split()[0] for line in rest] == ["pictures", "lines", "frozen"]
    assert "in 3 stretches; the longest 4." in rest[-1]


def test_off_is_of_sizes() -> None:
    assert off([-0.08]) == "median 80 ms, worst 80 ms of 1"
