"""How a line is said by a network that plans before it sounds: its pace, its pauses, and when its marks are reached.

The plan of a sentence is a small part of the work and tells how long each phoneme will be. So a line that would be
hurried is planned anew before it is said, and said once; and a mark is where its phoneme was planned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from scenes.narration.script import Script, ScriptError, parse_line
from scenes.narration.speech import Speech, VoiceError, audible_range, with_faded_ends
from scenes.narration.voices.phonemes import split_at

#: Asked for with every line, and read from files.
_version = cache(version)


@dataclass(frozen=True, eq=False)
class Plan:
    """How a sentence is going to be said.

    Attributes
    ----------
    begins
        The sample at which each phoneme begins.
    seconds
        How long it will be heard, to some hundredths.
    latent
        What `PlanningModel.sound` makes the sound of.
    """

    begins: list[int]
    seconds: float
    latent: Any


class PlanningModel(Protocol):
    """A network in two halves: one plans a sentence, the other gives it a sound."""

    @property
    def rate(self) -> int:
        """Samples a second."""

    def sentences(self, text: str) -> list[list[str]]:
        """The phonemes of each sentence of ``text``."""

    def plan(self, sentence: list[str], length_scale: float) -> Plan:
        """Plan a sentence of phonemes, each ``length_scale`` times as long as the network would have it."""

    def sound(self, plan: Plan) -> NDArray[np.float32]:
        """The samples of a planned sentence."""


@dataclass(frozen=True)
class Pace:
    """How fast a voice speaks.

    Attributes
    ----------
    length_scale
        How drawn out each sound is, as a multiple of what the network would do.
    fastest
        Words a minute from which on a line is drawn out more.
    pause
        Seconds between two sentences, beside what `audible_range` leaves around them.
    """

    length_scale: float
    fastest: float
    pause: float


class PlannedVoice:
    """A voice that plans its durations. A subclass says what it is, and makes its model.

    Attributes
    ----------
    name, pace
        What it is called, and how fast it speaks.
    model_sha256
        Of the file of its network.
    needs, packages
        The modules without which it can't speak, and the packages that have a hand in its sound.
    install
        What to type where one is missing.

    Raises
    ------
    VoiceError
        A package that it needs is not installed.
    """

    name: ClassVar[str]
    pace: ClassVar[Pace]
    model_sha256: ClassVar[str]
    needs: ClassVar[tuple[str, ...]]
    packages: ClassVar[tuple[str, ...]]
    install: ClassVar[str]

    def __init__(self, model: Path | None = None) -> None:
        """``model`` is the voice's ``.onnx`` with what belongs to it beside it; by default the package's own."""
        if not self.installed():
            raise VoiceError(f"The voice {self.name!r} was asked for, and it is not installed. {self.install}")
        self._path = model

    @classmethod
    def installed(cls) -> bool:
        """Whether all that it needs is there. Looks, and imports nothing."""
        return all(find_spec(name) for name in cls.needs)

    def settings(self) -> dict[str, str | float]:
        """See `Voice.settings`."""
        try:
            versions: dict[str, str | float] = {name: _version(name) for name in self.packages}
        except PackageNotFoundError as error:
            raise VoiceError(
                f"The voice {self.name!r} is only half installed: no {error.name}. {self.install}"
            ) from None
        return {
            "voice": self.name,
            "model": self.model_sha256,
            "length scale": self.pace.length_scale,
            "fastest": self.pace.fastest,
            "pause": self.pace.pause,
            **versions,
        }

    def say(self, text: str) -> Speech:
        """See `Voice.say`."""
        return say(self._model, text, self.pace)

    @cached_property
    def _model(self) -> Any:
        """The network, loaded when the first line is said."""
        raise NotImplementedError


def say(model: PlanningModel, text: str, pace: Pace) -> Speech:
    """Say a line with its marks. One of short words, which would be hurried, is drawn out more than others.

    Raises
    ------
    ScriptError
        The line has no words, or marks that mean nothing.
    """
    line = parse_line(text)
    sentences = model.sentences(line.text)
    plans = _planned(model, sentences, pace.length_scale)
    seconds = sum(plan.seconds for plan in plans) + pace.pause * (len(plans) - 1)
    words_a_minute = len(line.text.split()) * 60 / seconds if seconds > 0 else 0.0
    if words_a_minute > pace.fastest:
        plans = _planned(model, sentences, pace.length_scale * words_a_minute / pace.fastest)
    return _spoken(model, line, sentences, plans, pace.pause)


def _planned(model: PlanningModel, sentences: Sequence[list[str]], length_scale: float) -> list[Plan]:
    return [model.plan(sentence, length_scale) for sentence in sentences]


def _spoken(
    model: PlanningModel, line: Script, sentences: Sequence[list[str]], plans: Sequence[Plan], pause: float
) -> Speech:
    rate = model.rate
    silence = np.zeros(round(pause * rate), np.float32)
    sound: list[NDArray[np.float32]] = []
    length = 0  # samples so far
    starts: list[int] = []  # of each phoneme of the line, in samples
    for plan in plans:
        samples = model.sound(plan)
        first, last = audible_range(samples, rate)
        if first == last:  # only punctuation
            starts += [length] * len(plan.begins)
            continue
        if sound:
            sound.append(silence)
            length += len(silence)
        # A sentence's first sound begins where it is heard first, whatever was planned.
        starts += [length + min(max(begin - first, 0), last - first) for begin in [first, *plan.begins[1:]]]
        sound.append(with_faded_ends(samples[first:last], rate))
        length += last - first
    if not sound:
        raise ScriptError(f"The voice finds nothing to say in {line.text!r}.")
    whole = np.concatenate(sound)
    # The network may overshoot full scale; a line keeps its shape, and is turned down a little.
    whole /= max(1.0, float(np.abs(whole).max()))
    return Speech(
        whole, rate, {mark: starts[_phoneme_index(model, line, mark, sentences)] / rate for mark in line.marks}
    )


def _phoneme_index(model: PlanningModel, line: Script, mark: str, sentences: Sequence[list[str]]) -> int:
    """The index, among all the line's phonemes, of that which begins the word of ``mark``."""
    begin = line.marks[mark]
    before, after = (
        [sound for sentence in model.sentences(side) for sound in sentence] if side.strip() else []
        for side in (line.text[:begin], line.text[begin:])
    )
    return split_at(sentences, before, after)
