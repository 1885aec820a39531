"""The narrator: hibari, a neural voice that needs no network and no graphics card.

Small, fast and clear: a second of speech takes 1/60 s of one core. The voice, *heart*, is in the package
(Apache-2.0); `scenes.narration.voices.hibari_model` makes its sound. Its other voices would be fetched when they are
asked for, so nothing here can ask for them.
"""

from __future__ import annotations

from functools import cached_property

from scenes.narration.voices.hibari_model import MODEL_SHA256, HibariModel, model_path
from scenes.narration.voices.planned_speech import Pace, PlannedVoice

#: 160 words a minute over the film: its sentences are short, and there is a pause after each.
PACE = Pace(length_scale=1.187, fastest=178, pause=0.27)


class Hibari(PlannedVoice):
    """hibari with the voice *heart*. Loads in a second, when the first line is said.

    Raises
    ------
    VoiceError
        A package that it needs is not installed.
    """

    #: See `Voice.modules`.
    modules = (
        "scenes.narration.voices.hibari",
        "scenes.narration.voices.hibari_model",
        "scenes.narration.voices.networks",
        "scenes.narration.voices.planned_speech",
        "scenes.narration.voices.phonemes",
    )

    name, pace, model_sha256 = "hibari", PACE, MODEL_SHA256
    needs = ("hibari", "onnx", "onnxruntime")
    # The last two make the sound of the spectrum that the network gives.
    packages = ("hibari-tts", "onnx", "onnxruntime", "numpy", "scipy")
    install = "Type `pip install descent-films`, or `make setup` in a checkout."

    @cached_property
    def _model(self) -> HibariModel:
        return HibariModel(self._path or model_path())
