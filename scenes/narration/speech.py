"""Speech: the sound of a line, and when each of its marks is reached; and what can say a line, a voice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from descent_core.errors import DescentError
from scenes.narration.script import Script

#: Seconds of silence left before and after the words: enough for a soft consonant, not a pause.
LEAD, TAIL = 0.010, 0.030
#: What is this much quieter than the loudest sample counts as silence.
_QUIET = 10 ** (-40 / 20)
_FADE = 0.004  # seconds, so that a cut does not click


class VoiceError(DescentError):
    """A voice that was asked for is missing or broken; the message says what to install."""


@dataclass(frozen=True, eq=False)
class Speech:
    """What a voice made of a line.

    Attributes
    ----------
    samples
        The sound, one channel, -1 to 1.
    rate
        Samples a second.
    marks
        When the word of each mark begins, in seconds from the start, in the order of the line.
    """

    samples: NDArray[np.float32]
    rate: int
    marks: Mapping[str, float]

    @property
    def duration(self) -> float:
        """Seconds from the first word to the end of the last.

        >>> Speech(np.zeros(11025, np.float32), 22050, {}).duration
        0.5
        """
        return len(self.samples) / self.rate


class Voice(Protocol):
    """What can say a line. Its class also has ``installed()``: whether all that it needs is there."""

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules whose code decides how a line sounds, by their whole names."""

    def settings(self) -> dict[str, str | float]:
        """All that decides how a line sounds: two voices with the same settings say it alike."""

    def say(self, text: str) -> Speech:
        """Say ``text``, in its spoken form and with its marks (see `scenes.narration.script`).

        Raises
        ------
        ScriptError
            The line has no words, or marks that mean nothing.
        VoiceError
            The voice is missing or broken.
        """


def audible_range(samples: NDArray[np.float32], rate: int) -> tuple[int, int]:
    """The range of samples that is heard, with ``LEAD`` before it and ``TAIL`` after it.

    Empty if there is no sound at all.
    """
    level = np.abs(samples)
    heard = np.flatnonzero(level > _QUIET * level.max(initial=0.0))
    if not len(heard):
        return 0, 0
    return max(0, int(heard[0]) - round(LEAD * rate)), min(len(samples), int(heard[-1]) + 1 + round(TAIL * rate))


def with_faded_ends(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """A copy that is faded in and out, over a few milliseconds."""
    faded = samples.copy()
    ramp = np.linspace(0, 1, min(round(_FADE * rate), len(faded) // 2), endpoint=False, dtype=np.float32)
    faded[: len(ramp)] *= ramp
    faded[len(faded) - len(ramp) :] *= ramp[::-1]
    return faded


def at_even_pace(line: Script, samples: NDArray[np.float32], rate: int) -> Speech:
    """The sound of a line, with its marks where they are if each character takes the same time."""
    length = len(samples) / rate
    return Speech(samples, rate, {name: line.fraction_before(name) * length for name in line.marks})
