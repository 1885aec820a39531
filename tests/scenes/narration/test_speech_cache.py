"""The cache of spoken lines: a line that is there is the line that was asked for."""

from __future__ import annotations

import ast
import errno
import logging
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from descent_core.fingerprints import module_text
from descent_core.folders import speech_folder
from descent_core.recordings import archive
from scenes.narration import speech_cache
from scenes.narration.speech import Speech
from scenes.narration.speech_cache import CachedVoice, SpeechCache
from scenes.narration.voices.flite import Flite
from scenes.narration.voices.hibari import Hibari
from scenes.narration.voices.piper import Piper
from scenes.narration.voices.silence import Silence


class Counting:
    """A voice that says a tone, and counts how often it had to."""

    modules = ("scenes.narration.voices.silence",)

    def __init__(self, **settings: str | float) -> None:
        self.said: list[str] = []
        self._settings = {"voice": "counting", **settings}

    def settings(self) -> dict[str, str | float]:
        return self._settings

    def say(self, text: str) -> Speech:
        self.said.append(text)
        tone = np.sin(np.arange(2205) / 7, dtype=np.float32) * np.float32(0.7)
        return Speech(tone, 22050, {"z": 0.01, "a": 0.05})


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def same(speech: Speech, other: Speech) -> bool:
    return (
        np.array_equal(speech.samples, other.samples)
        and speech.samples.dtype == other.samples.dtype == np.float32
        and speech.rate == other.rate
        and list(speech.marks.items()) == list(other.marks.items())
    )


def test_a_line_is_said_once_and_sounds_the_same_ever_after(tmp_path: Path) -> None:
    voice = Counting()
    first = CachedVoice(voice, SpeechCache(tmp_path)).say("Hello  there.")
    again = CachedVoice(voice, SpeechCache(tmp_path)).say("Hello there.")
    assert len(voice.said) == 1
    assert same(first, again)
    assert first.samples == pytest.approx(voice.say("").samples, abs=1 / 32767)
    assert list(first.marks.items()) == [("z", 0.01), ("a", 0.05)]


def test_another_text_mark_or_setting_is_another_line(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path)
    for voice, text in [
        (Counting(), "Hello there."),
        (Counting(), "Hello there!"),
        (Counting(), "Hello [a]there."),
        (Counting(), "Hello [b]there."),
        (Counting(speed=1.1), "Hello there."),
        (Counting(version="2"), "Hello there."),
    ]:
        CachedVoice(voice, cache).say(text)
        assert voice.said == [text]
    assert len(files(tmp_path)) == 6


def edit(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    """As if somebody had added a line to each of these modules, and to no other."""
    monkeypatch.setattr(speech_cache, "module_text", lambda module: module_text(module) + "\n" * modules.count(module))


@pytest.mark.parametrize("module", [*Counting.modules, "scenes.narration.script", "scenes.narration.speech"])
def test_a_line_spoken_by_other_code_is_another_line(
    module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = Counting()
    CachedVoice(voice, SpeechCache(tmp_path)).say("Hello.")
    edit(monkeypatch, module)
    CachedVoice(voice, SpeechCache(tmp_path)).say("Hello.")
    assert len(voice.said) == 2


@pytest.mark.parametrize(("edited", "other"), [(Flite, Piper), (Piper, Flite), (Hibari, Flite), (Flite, Hibari)])
def test_an_edit_to_one_voice_leaves_the_lines_of_another(
    edited: type[Hibari | Piper | Flite],
    other: type[Hibari | Piper | Flite],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Flite, "installed", staticmethod(lambda: True))  # and so wherever the program is missing
    monkeypatch.setattr(Flite, "_version", "1")
    cache = SpeechCache(tmp_path)
    before = {voice: cache.path("Hello.", voice()) for voice in (edited, other)}
    assert edited.__module__ in edited.modules
    for module in edited.modules:
        edit(monkeypatch, module)
        assert cache.path("Hello.", other()) == before[other]
        assert cache.path("Hello.", edited()) != before[edited]


@pytest.mark.parametrize("voice", [Hibari, Piper, Flite, Silence])
def test_a_voice_names_every_module_that_it_speaks_with(voice: type[Hibari | Piper | Flite | Silence]) -> None:
    """What it imports of this project, but for names that sound like nothing, is part of the key of its lines."""
    code = f"import {voice.__module__}, sys; print([name for name in sys.modules if name.startswith('scenes.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    packages = {"scenes.narration", "scenes.narration.voices", "scenes.narration.languages"}
    # Lines come in their spoken form: the words that signs are read as are part of the text itself.
    words = {"scenes.narration.languages.en"}
    assert set(ast.literal_eval(done.stdout)) - packages - words == {*voice.modules, *speech_cache.SHARED_MODULES}


@pytest.mark.parametrize("place", [0.05, 0.3, 0.5, 0.7, 0.95])
def test_a_damaged_file_is_noticed_and_made_again(tmp_path: Path, place: float) -> None:
    voice = Counting()
    cached = CachedVoice(voice, SpeechCache(tmp_path))
    first = cached.say("Hello.")
    (kept,) = files(tmp_path)
    whole = kept.read_bytes()
    at = round(len(whole) * place)
    for damaged in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1 :], b""):
        kept.write_bytes(damaged)
        assert same(cached.say("Hello."), first)
        assert archive.unpack(kept, kind="speech", versions=(1,), names=("samples",))
    assert kept.read_bytes() == whole
    assert len(voice.said) > 1


def test_other_samples_under_an_old_seal_are_not_believed(tmp_path: Path) -> None:
    voice = Counting()
    cached = CachedVoice(voice, SpeechCache(tmp_path))
    cached.say("Hello.")
    (kept,) = files(tmp_path)
    with np.load(kept) as content:
        arrays = {name: content[name] for name in content.files}
    arrays["samples"] = arrays["samples"] // 2
    np.savez_compressed(kept, **arrays)
    cached.say("Hello.")
    assert len(voice.said) == 2


@pytest.mark.parametrize("code", [errno.EROFS, errno.ENOSPC, errno.EACCES])
def test_a_folder_that_takes_nothing_only_costs_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    def refuse(path: Path, content: bytes) -> Path:
        raise OSError(code, "it is full")

    monkeypatch.setattr(archive, "write_atomically", refuse)
    voice = Counting()
    cached = CachedVoice(voice, SpeechCache(tmp_path))
    with caplog.at_level(logging.WARNING):
        assert same(cached.say("Hello."), cached.say("Hello."))
    assert len(voice.said) == 2
    assert len(caplog.records) == 1
    assert "it is full" in caplog.text
    assert "DESCENT_CACHE" in caplog.text


def test_a_file_in_the_way_of_the_folder_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert CachedVoice(Counting(), SpeechCache(tmp_path / "file" / "speech")).say("Hello.").rate == 22050


def test_processes_share_a_folder(tmp_path: Path) -> None:
    code = (
        "import hashlib, sys; from pathlib import Path; from scenes.narration.voices.silence import Silence;"
        "from scenes.narration.speech_cache import CachedVoice, SpeechCache;"
        "voices = [CachedVoice(Silence(), SpeechCache(Path(sys.argv[1]))) for _ in range(20)];"
        "heard = [voice.say(f'Line {k}.') for voice in voices for k in range(3)];"
        "print(len(heard), {(len(line.samples), line.rate, bool(line.samples.any())) for line in heard})"
    )
    run = [sys.executable, "-c", code, str(tmp_path)]
    started = [subprocess.Popen(run, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert {process.communicate(timeout=60)[0] for process in started} == {"60 {(8000, 8000, False)}\n"}
    assert [process.returncode for process in started] == [0] * 4
    assert len(files(tmp_path)) == 3  # and no drafts


def test_the_folder_is_where_the_user_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESCENT_CACHE", "/somewhere")
    assert speech_folder() == Path("/somewhere/speech")
    monkeypatch.delenv("DESCENT_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/caches")
    assert speech_folder() == Path("/caches/descent-films/speech")
    for nothing in ("", "relative"):
        monkeypatch.setenv("XDG_CACHE_HOME", nothing)
        monkeypatch.setenv("HOME", "/home/someone")
        assert speech_folder() == Path("/home/someone/.cache/descent-films/speech")
