"""The films pass the check; the rhythm is reckoned from what was said and what moved; the command reports it."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from manim import LEFT, RIGHT, Dot

from render import cli
from scenes.check import report
from scenes.check.playback import RATE, play
from scenes.check.report import SceneReport
from scenes.check.timing.rhythm import Limits, Motion, rhythm
from scenes.narration.cues import Beat, Cue, CueSheet
from scenes.part import SceneRef
from scenes.parts.words import words
from scenes.series import SERIES
from scenes.stage.explainer_scene import ExplainerScene
from tests.golden.strips import played

SCENES = [(f"{part.slug}/{ref.slug}", ref) for part in SERIES for ref in part.scenes]


#: Seconds from which on a scene has words and numbers enough to see that the check did look at it.
LONG = 30


def passes(seen: SceneReport) -> None:
    long = seen.length >= LONG
    assert seen.read > (50 if long else 0)
    assert seen.traced >= (1 if long else 0)
    assert (seen.faults, seen.over) == ((), ())


@pytest.mark.parametrize("ref", [pytest.param(ref, id=scene) for scene, ref in SCENES])
def test_every_scene_is_true_legible_and_in_rhythm_as_it_sounds(ref: SceneRef) -> None:
    """In the timing of the best voice that there is."""
    passes(report.check_scene(ref, "dark", voice=None, rate=2))


@pytest.mark.parametrize(
    "ref", [pytest.param(ref, id=scene, marks=pytest.mark.xdist_group(scene)) for scene, ref in SCENES]
)
def test_every_scene_is_true_legible_and_in_rhythm_in_the_light_theme_at_an_even_pace(ref: SceneRef) -> None:
    """As it is played for the frames that were accepted, in the same process."""
    passes(played(ref).light)


def test_a_short_scene_without_numbers_passes_and_one_that_was_not_read_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Hello(ExplainerScene):
        def construct(self) -> None:
            self.beat("hello")
            with self.say("Hello, all of you."):
                self.enter(words("Hello"))
            self.close()

    monkeypatch.setattr(SceneRef, "load", lambda _: Hello)
    passes(report.check_scene(SceneRef("hello", __name__, "Hello", "Hello"), "dark", rate=2))
    for length in (2.0, 60.0):
        with pytest.raises(AssertionError):
            passes(SceneReport("hello", "dark", 0, 0, 0, (), (), (), (), length))


def test_motion_is_what_changes_and_a_wait_is_stillness() -> None:
    class Once(ExplainerScene):
        def construct(self) -> None:
            self.beat("moving")
            dot = Dot(radius=0.4).shift(LEFT * 3)
            self.add(dot)
            self.play(dot.animate(run_time=2).shift(RIGHT * 6))
            self.beat("still")
            self.wait(5)

    motion = Motion()
    sheet = play(Once, motion.see)
    moving, still = rhythm(sheet, motion.moved, 1 / RATE)
    assert (moving.length, still.length) == (2, 5)
    assert moving.moving > 0.8
    assert still.moving < 0.1
    assert still.still == pytest.approx(5, abs=0.5)
    assert [line.split(" for")[0] for line in still.over(Limits())] == ["neither voice nor motion"]


def test_whoever_speaks_too_fast_or_too_long_over_one_picture_is_told() -> None:
    words = " ".join(["word"] * 40)
    sheet = CueSheet((Cue(0, 10, words, "fast"),), (Beat(0, "fast"),), 50)
    (beat,) = rhythm(sheet, [], 0.25)
    assert beat.over(Limits()) == [
        "240 words a minute (at most 185)",
        "still for 50.0 s (at most 10)",
        "neither voice nor motion for 40.0 s (at most 4)",
        "50 s long (at most 45)",
    ]


def silences(*spoken: tuple[float, float], every: float = 1.0) -> list[str]:
    """What is told of a scene of 30 s that moves all the time, in which lines are said from when to when."""
    cues = tuple(Cue(start, end, "word", "a") for start, end in spoken)
    sheet = CueSheet(cues, (Beat(0, "a"), Beat(12, "b")), 30)
    moved = [float(k) for k in range(31)]
    return [f"{beat.name}: {told}" for beat in rhythm(sheet, moved, every) for told in beat.over(Limits())]


def test_a_walk_in_silence_that_is_spoken_of_afterwards_is_told() -> None:
    assert silences((6.7, 9)) == ["a: without voice for 6.7 s (at most 5)"]
    # Across the beginning of a beat too, which it is not told of then.
    assert silences((0, 8), (14.5, 20)) == ["a: without voice for 6.5 s (at most 5)"]
    assert silences((0, 14), (20, 22)) == ["b: without voice for 6.0 s (at most 5)"]


def test_a_breath_and_what_comes_after_the_last_line_or_without_any_is_no_silence() -> None:
    assert silences((0.7, 8), (13, 17), (21.9, 24)) == []
    assert silences((1, 9)) == []
    assert silences() == []


def test_a_voice_that_runs_on_after_its_picture_is_gone_is_told() -> None:
    spoken = Cue(1, 8, " ".join(["word"] * 12), "end")
    for closes, told in ((8.2, []), (6.0, ["said for 2.0 s after its picture is gone"])):
        (beat,) = rhythm(CueSheet((spoken,), (Beat(0, "end"),), 9, closes), [float(k) for k in range(9)], 1.0)
        assert beat.over(Limits()) == told


def test_the_command_tells_what_is_wrong_and_where(monkeypatch: pytest.MonkeyPatch) -> None:
    told = SceneReport(
        "fog", "dark", 7, 3, 9, ("1.0 s  edge  'far out'",), ("size: 'prop', a prop",), ("a beat",), (), 9.0
    )
    monkeypatch.setattr(report, "check_scenes", lambda *_: [told])
    done = CliRunner().invoke(cli, ["check", "gradient", "--scenes", "fog", "--theme", "dark"])
    assert done.exit_code == 1
    for line in (
        "fog, dark: 7 lines of type, 3 numbers, 9 places",
        "a beat",
        "waived  size: 'prop', a prop",
        "WRONG   1.0 s  edge",
        "1 fault in 1",
    ):
        assert line in done.output


def test_the_command_is_content_with_a_scene_that_is_right() -> None:
    done = CliRunner().invoke(cli, ["check", "gradient", "--scenes", "next", "--theme", "dark", "-j", "1"])
    assert done.exit_code == 0, done.output
    assert "No faults in 1 scene," in done.output


def test_an_unknown_scene_is_wrong_use() -> None:
    done = CliRunner().invoke(cli, ["check", "gradient", "--scenes", "fogg"])
    assert done.exit_code == 2
    assert "fog" in done.output
