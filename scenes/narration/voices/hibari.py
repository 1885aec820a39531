"""The narrator: hibari, a neural voice that needs no network and no graphics card.

Small, fast and clear: a second of speech takes 1/60 s of one core. The voice, *heart*, is in the package
(Apache-2.0); `scenes.narration.voices.hibari_model` makes its sound. Its other voices would be fetched when they are
asked for, so nothing here can ask for them.
"""

from __future__ import annotations

from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from scenes.narration.speech import Speech, VoiceError
from scenes.narration.voices import planned_speech
from scenes.narration.voices.hibari_model import MODEL_SHA256, HibariModel, model_path
from scenes.narration.voices.planned_speech import Pace

#: 160 words a minute over the film.
PACE = Pace(length_scale=1.24, fastest=175, pause=0.29)

_INSTALL = "Type `pip install descent-films`, or `make setup` in a checkout."
#: What has a hand in the sound: the last two make it of the spectrum that the network gives.
_PACKAGES = ("hibari-tts", "onnx", "onnxruntime", "numpy", "scipy")
#: Asked for with every line, and read from files.
_version = cache(version)


class Hibari:
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

    def __init__(self, model: Path | None = None) -> None:
        """``model`` is the voice's ``.onnx`` with ``vocab.json`` beside it; by default the package's own."""
        if not self.installed():
            raise VoiceError(f"The voice 'hibari' was asked for, and it is not installed. {_INSTALL}")
        self._path = model

    @staticmethod
    def installed() -> bool:
        """Whether all that it needs is there. Looks, and imports nothing."""
        return all(find_spec(name) for name in ("hibari", "onnx", "onnxruntime"))

    def settings(self) -> dict[str, str | float]:
        """See `Voice.settings`."""
        try:
            versions: dict[str, str | float] = {name: _version(name) for name in _PACKAGES}
        except PackageNotFoundError as error:
            raise VoiceError(f"The voice 'hibari' is only half installed: no {error.name}. {_INSTALL}") from None
        return {
            "voice": "hibari",
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
    def _model(self) -> HibariModel:
        return HibariModel(self._path or model_path())
