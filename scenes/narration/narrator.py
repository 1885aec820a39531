"""Who narrates: hibari where it is installed, else Piper, else flite, else nobody.

A voice is a class with ``installed()`` and what `scenes.narration.speech.Voice` asks for, in a module of its own, named
in `scenes.narration.voices.registry`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from descent_core.folders import speech_folder
from scenes.narration.speech import Voice, VoiceError
from scenes.narration.speech_cache import CachedVoice, RememberedVoice, SpeechCache
from scenes.narration.voices.registry import VOICES

#: The voice that is not heard.
SILENT = "none"


def choose(name: str | None = None) -> Voice:
    """The voice called ``name``, or the best that is installed.

    Raises
    ------
    VoiceError
        No voice is called that, or it is not installed; the message says what to type.
    """
    if name is None:
        name = next(voice for voice in VOICES if _class(voice).installed())
    if name not in VOICES:
        raise VoiceError(f"There is no voice called {name!r}. There are: {', '.join(VOICES)}.")
    voice: Voice = _class(name)()
    return voice


def narrator(name: str | None = None, folder: Path | None = None, *, anew: bool = True) -> Voice:
    """As `choose`, with what it has said kept in ``folder`` (by default `descent_core.folders.speech_folder`).

    Parameters
    ----------
    anew
        Whether it says what it has not said before. Else such lines are timed by their length, and nobody speaks.
    """
    voice = choose(name)
    # Silence is made faster than it is read.
    if voice.settings()["voice"] == SILENT:
        return voice
    kind = CachedVoice if anew else RememberedVoice
    return kind(voice, SpeechCache(folder or speech_folder()))


def _class(name: str) -> Any:
    module, class_name = VOICES[name]
    return getattr(import_module(module), class_name)
