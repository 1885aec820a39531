"""Who narrates: Piper where it is installed, else flite, else nobody, at the same pace.

`narrator` gives a voice that remembers on disk what it has said.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenes.film import script
from scenes.film.cues import speaking_time
from scenes.film.piper_voice import Piper
from scenes.film.speech import Speech, Voice, VoiceError, faded, sounding
from scenes.film.speech_cache import Remembering, SpeechCache, cache_folder

__all__ = ["VOICES", "Flite", "Piper", "Silence", "Speech", "Voice", "VoiceError", "choose", "narrator"]


class Flite:
    """The program ``flite`` with its voice *slt*: robotic but clear. Marks are placed by share of characters.

    Raises
    ------
    VoiceError
        There is no such program.
    """

    #: How drawn out each sound is: about 160 words a minute.
    STRETCH = 1.15

    def __init__(self) -> None:
        if not self.installed():
            raise VoiceError(
                "The voice 'flite' was asked for, and there is no program of that name. "
                "Type `apt-get install flite` (Debian, Ubuntu) or `brew install flite` (macOS)."
            )

    @staticmethod
    def installed() -> bool:
        """Whether the program is there."""
        return shutil.which("flite") is not None

    def settings(self) -> dict[str, str | float]:
        """See `Voice.settings`."""
        return {"voice": "flite", "model": "slt", "stretch": self.STRETCH, "version": self._version}

    def say(self, text: str) -> Speech:
        """See `Voice.say`."""
        line = script.read(text)
        with tempfile.TemporaryDirectory(prefix="descent-flite-") as folder:
            words, made = Path(folder) / "line.txt", Path(folder) / "line.wav"
            words.write_text(line.text, "utf-8")
            _flite("-voice", "slt", "--setf", f"duration_stretch={self.STRETCH}", "-f", str(words), "-o", str(made))
            if not made.exists():
                raise VoiceError(f"flite wrote no sound for {line.text!r}. Has it the voice 'slt'? Type `flite -lv`.")
            with wave.open(str(made)) as file:
                rate = file.getframerate()
                samples = np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float32) / np.float32(
                    32768
                )
        first, last = sounding(samples, rate)
        if first == last:
            raise script.ScriptError(f"The voice 'flite' finds nothing to say in {text!r}.")
        return _by_share(line, faded(samples[first:last], rate), rate)

    @cached_property
    def _version(self) -> str:
        return next((line.strip() for line in _flite("--version").splitlines() if "version" in line), "unknown")


class Silence:
    """Nobody speaks, at the pace of somebody who does; for drafts, and where no voice is installed."""

    #: Samples a second: so low because there is nothing to hear.
    RATE = 8_000

    def settings(self) -> dict[str, str | float]:
        """See `Voice.settings`."""
        return {"voice": "none"}

    def say(self, text: str) -> Speech:
        """See `Voice.say`.

        >>> Silence().say("One two [three]three four five.").duration
        2.0
        """
        line = script.read(text)
        return _by_share(line, np.zeros(round(speaking_time(line.text) * self.RATE), np.float32), self.RATE)


#: The voices by name, the best first.
VOICES = {"piper": Piper, "flite": Flite, "none": Silence}


def choose(name: str | None = None) -> Voice:
    """The voice called ``name``, or the best that is installed.

    Raises
    ------
    VoiceError
        No voice is called that, or it is not installed; the message says what to type.
    """
    if name is None:
        best: Voice = Piper() if Piper.installed() else Flite() if Flite.installed() else Silence()
        return best
    if name not in VOICES:
        raise VoiceError(f"There is no voice called {name!r}. There are: {', '.join(VOICES)}.")
    voice: Voice = VOICES[name]()
    return voice


def narrator(name: str | None = None, folder: Path | None = None) -> Voice:
    """As `choose`, with a memory in ``folder`` (see `scenes.film.speech_cache.cache_folder`)."""
    voice = choose(name)
    # Silence is made faster than it is read.
    return voice if isinstance(voice, Silence) else Remembering(voice, SpeechCache(folder or cache_folder()))


def _by_share(line: script.Script, samples: NDArray[np.float32], rate: int) -> Speech:
    length = len(samples) / rate
    return Speech(samples, rate, {name: line.share(name) * length for name in line.marks})


def _flite(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["flite", *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise VoiceError(f"The program flite could not be run: {error}.") from None
    # Its --version ends with status 1.
    if done.returncode and "--version" not in arguments:
        reason = (done.stderr or done.stdout).strip() or f"status {done.returncode}"
        raise VoiceError(f"The program flite failed: {reason}. Type `flite -lv`: it should list the voice 'slt'.")
    return done.stdout + done.stderr
