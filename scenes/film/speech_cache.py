"""What was said is kept: a line is synthesised once, and read from disk ever after.

Each line is one sealed file (see `descent_core.archive`), named by a hash of its words, its marks
and everything that decides how the voice sounds. With a changed word, setting, version or line of
the code that speaks, it is another file. A damaged file is noticed by its seal and made anew. Any
number of processes may share a folder: files appear whole. Where the folder cannot be written,
lines are spoken all the same, and one warning is logged. Nothing is ever removed; a film takes some
15 MB, and the folder may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from descent_core import archive
from descent_core.errors import RecordingError
from scenes.film.speech import Speech, Voice

_KIND, _FORMAT = "speech", 1
_FULL = 32767
# The files whose text decides how a line sounds and where its marks are.
_CODE = ("cues.py", "phonemes.py", "piper_model.py", "piper_voice.py", "script.py", "speech.py", "voice.py")
_log = logging.getLogger(__name__)


def cache_folder() -> Path:
    """``$DESCENT_CACHE/speech``, or else ``descent-films/speech`` in the user's folder of caches."""
    named = os.environ.get("DESCENT_CACHE")
    if named:
        return Path(named) / "speech"
    # By the XDG rules a relative path there does not count.
    caches = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (caches if caches.is_absolute() else Path.home() / ".cache") / "descent-films" / "speech"


class SpeechCache:
    """A folder of spoken lines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._warned = False

    def path(self, text: str, settings: dict[str, str | float]) -> Path:
        """The file of a line in a voice of these settings."""
        parts = {"text": " ".join(text.split()), "settings": settings, "format": _FORMAT, "code": _fingerprint()}
        recipe = json.dumps(parts, sort_keys=True)
        return self.folder / f"{hashlib.sha256(recipe.encode()).hexdigest()}.npz"

    def find(self, path: Path) -> Speech | None:
        """What is kept at ``path``; ``None`` if that is nothing, or is damaged."""
        try:
            header, arrays = archive.unpack(path, kind=_KIND, version=_FORMAT, names=("samples",))
        except RecordingError:
            return None
        return _speech(header, arrays["samples"])

    def keep(self, path: Path, speech: Speech) -> Speech:
        """Keep a line; returns it as `find` will, which is in 16 bits."""
        header = {
            "kind": _KIND,
            "format": _FORMAT,
            "rate": speech.rate,
            # As pairs, because the header's keys are sorted and marks have an order.
            "marks": [[name, second] for name, second in speech.marks.items()],
        }
        samples = np.round(np.clip(speech.samples, -1, 1) * _FULL).astype(np.int16)
        try:
            archive.write_whole(path, archive.pack(header, {"samples": samples}))
        except OSError as error:
            if not self._warned:
                _log.warning(
                    "Spoken lines cannot be kept in %s (%s), so they are made anew each time. "
                    "Name another folder in the environment variable DESCENT_CACHE.",
                    self.folder,
                    error.strerror,
                )
            self._warned = True
        return _speech(header, samples)


class Remembering:
    """A voice that says no line twice: what its cache holds, it reads."""

    def __init__(self, voice: Voice, cache: SpeechCache) -> None:
        self.voice, self.cache = voice, cache

    def settings(self) -> dict[str, str | float]:
        """Those of the voice."""
        return self.voice.settings()

    def say(self, text: str) -> Speech:
        """See `Voice.say`. The same bits, whether made or read."""
        path = self.cache.path(text, self.settings())
        return self.cache.find(path) or self.cache.keep(path, self.voice.say(text))


@cache
def _fingerprint() -> str:
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in _CODE)).hexdigest()[:16]


def _speech(header: dict[str, Any], samples: np.ndarray[Any, np.dtype[np.int16]]) -> Speech:
    marks = {str(name): float(second) for name, second in header["marks"]}
    return Speech((samples / np.float32(_FULL)).astype(np.float32), int(header["rate"]), marks)
