"""A folder of spoken lines: each is synthesised once, and read from disk from then on.

Each line is one sealed file (see `descent_core.recordings.archive`), named by a hash of its words, its marks
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
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from descent_core.errors import RecordingError
from descent_core.fingerprints import fingerprint, module_text
from descent_core.recordings import archive
from scenes.narration.speech import Speech, Voice
from scenes.narration.voices.silence import Silence

#: The modules whose text decides how any voice says a line and where its marks are; each voice names its own beside.
#: Signs are in words before a voice is given a line, so the words of a language are not among them.
SHARED_MODULES = ("scenes.narration.script", "scenes.narration.speech")

_KIND, _FORMAT = "speech", 1
#: The loudest sample in 16 bits.
_FULL_SCALE = 32767
_log = logging.getLogger(__name__)


class SpeechCache:
    """A folder of spoken lines.

    Parameters
    ----------
    folder
        Where they are; made when the first line is stored.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._warned = False

    def path(self, text: str, voice: Voice) -> Path:
        """The file of a line said by a voice, whether it is there or not."""
        code = fingerprint(module_text(module) for module in (*SHARED_MODULES, *voice.modules))
        recipe = {"text": " ".join(text.split()), "settings": voice.settings(), "format": _FORMAT, "code": code}
        key = hashlib.sha256(json.dumps(recipe, sort_keys=True).encode()).hexdigest()
        return self.folder / f"{key}.npz"

    def find(self, path: Path) -> Speech | None:
        """The line at ``path``; ``None`` if there is none, or it is damaged."""
        try:
            header, arrays = archive.unpack(path, kind=_KIND, versions=(_FORMAT,), names=("samples",))
        except RecordingError:
            return None
        return _speech(header, arrays["samples"])

    def store(self, path: Path, speech: Speech) -> Speech:
        """Write a line; returns it as `find` will, with samples of 16 bits.

        Where it cannot be written, that is logged once.
        """
        header = {
            "kind": _KIND,
            "format": _FORMAT,
            "rate": speech.rate,
            # As pairs, because the header's keys are sorted and marks have an order.
            "marks": [[name, second] for name, second in speech.marks.items()],
        }
        samples = np.round(np.clip(speech.samples, -1, 1) * _FULL_SCALE).astype(np.int16)
        try:
            archive.write_atomically(path, archive.pack(header, {"samples": samples}))
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


class CachedVoice:
    """A voice that reads from a cache what it has said before.

    Parameters
    ----------
    voice
        Who speaks where the cache has no line.
    cache
        Where lines are kept.
    """

    def __init__(self, voice: Voice, cache: SpeechCache) -> None:
        self.voice, self.cache = voice, cache

    @property
    def modules(self) -> tuple[str, ...]:
        """Those of the voice."""
        return self.voice.modules

    def settings(self) -> dict[str, str | float]:
        """Those of the voice."""
        return self.voice.settings()

    def say(self, text: str) -> Speech:
        """See `Voice.say`. The same bits, whether made or read."""
        path = self.cache.path(text, self.voice)
        return self.cache.find(path) or self.cache.store(path, self.voice.say(text))


class RememberedVoice(CachedVoice):
    """A voice that says what the cache has, and nothing anew: other lines take as long as they would, in silence.

    Parameters
    ----------
    voice
        Whose lines they are. It never speaks.
    cache
        Where its lines are kept.
    """

    def say(self, text: str) -> Speech:
        """See `Voice.say`."""
        return self.cache.find(self.cache.path(text, self.voice)) or Silence().say(text)


def _speech(header: dict[str, Any], samples: NDArray[np.int16]) -> Speech:
    marks = {str(name): float(second) for name, second in header["marks"]}
    return Speech((samples / np.float32(_FULL_SCALE)).astype(np.float32), int(header["rate"]), marks)
