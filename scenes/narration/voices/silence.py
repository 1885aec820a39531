"""The voice that is not heard: nobody speaks, at the pace of somebody who does."""

from __future__ import annotations

import numpy as np

from scenes.narration.cues import speaking_time
from scenes.narration.script import parse_line
from scenes.narration.speech import Speech, at_even_pace


class Silence:
    """No sound, as long as a narrator would take; for drafts, and where no voice is installed."""

    #: See `Voice.modules`.
    modules = ("scenes.narration.voices.silence", "scenes.narration.cues")

    #: Samples a second: so low because there is nothing to hear.
    RATE = 8_000

    @staticmethod
    def installed() -> bool:
        """Always."""
        return True

    def settings(self) -> dict[str, str | float]:
        """See `Voice.settings`."""
        return {"voice": "none"}

    def say(self, text: str) -> Speech:
        """See `Voice.say`.

        >>> Silence().say("One two [three]three four five.").duration
        2.0
        """
        line = parse_line(text)
        return at_even_pace(line, np.zeros(round(speaking_time(line.text) * self.RATE), np.float32), self.RATE)
