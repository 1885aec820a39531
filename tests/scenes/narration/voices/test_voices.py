"""Voices: who is chosen; flite, and nobody. Those with a network are tested in files of their own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from scenes.narration.cues import speaking_time
from scenes.narration.narrator import choose, narrator
from scenes.narration.speech import LEAD, TAIL, Voice, VoiceError
from scenes.narration.voices.flite import Flite
from scenes.narration.voices.hibari import Hibari
from scenes.narration.voices.piper import Piper
from scenes.narration.voices.silence import Silence


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


def without(monkeypatch: pytest.MonkeyPatch, *voices: type[Hibari] | type[Piper] | type[Flite]) -> None:
    for voice in (Hibari, Piper, Flite):
        monkeypatch.setattr(voice, "installed", staticmethod(lambda there=voice not in voices: there))


def test_the_best_that_is_there_narrates(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch)
    assert isinstance(choose(), Hibari)
    without(monkeypatch, Hibari)
    assert isinstance(choose(), Piper)
    without(monkeypatch, Hibari, Piper)
    assert isinstance(choose(), Flite)
    without(monkeypatch, Hibari, Piper, Flite)
    assert isinstance(choose(), Silence)
    assert isinstance(narrator(), Silence)
    assert isinstance(choose("none"), Silence)


def test_a_voice_that_was_asked_for_and_is_missing_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, Hibari, Piper, Flite)
    with pytest.raises(VoiceError, match=r"pip install descent-films`.*make setup"):
        choose("hibari")
    with pytest.raises(VoiceError, match=r"pip install 'descent-films\[piper\]'.*make setup"):
        choose("piper")
    with pytest.raises(VoiceError, match="apt-get install flite"):
        choose("flite")
    with pytest.raises(VoiceError, match="There are: hibari, piper, flite, none"):
        choose("espeak")


def test_every_voice_is_a_voice() -> None:
    voices: list[Voice] = [Silence(), Hibari(), Piper()]
    for voice in voices:
        assert voice.settings()["voice"] in ("none", "hibari", "piper")
