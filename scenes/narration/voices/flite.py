"""The voice of the program flite: robotic but clear."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from functools import cached_property
from pathlib import Path

import numpy as np

from scenes.narration.script import ScriptError, parse_line
from scenes.narration.speech import Speech, VoiceError, at_even_pace, audible_range, with_faded_ends


class Flite:
    """The program ``flite`` with its voice *slt*: robotic but clear. Marks are placed by counting characters.

    Raises
    ------
    VoiceError
        There is no such program.
    """

    #: See `Voice.modules`.
    modules = ("scenes.narration.voices.flite",)

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
        line = parse_line(text)
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
        first, last = audible_range(samples, rate)
        if first == last:
            raise ScriptError(f"The voice 'flite' finds nothing to say in {text!r}.")
        return at_even_pace(line, with_faded_ends(samples[first:last], rate), rate)

    @cached_property
    def _version(self) -> str:
        return next((line.strip() for line in _flite("--version").splitlines() if "version" in line), "unknown")


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
