"""The sound of a take: what its cue sheet says, as it is heard.

Each take is mastered by itself, where takes are at work beside each other: all of them are as loud as the film should
be, so the film is, and a film of which one scene was changed is not mixed again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenes.film.audio_track import write_sound
from scenes.film.sound import mix
from scenes.film.speech import Speech, Voice

if TYPE_CHECKING:
    from scenes.film.cues import CueSheet
    from scenes.film.take import Take


def said(sheet: CueSheet, voice: Voice) -> list[tuple[float, Speech]]:
    """The lines of a cue sheet, each with the second at which it begins; a voice with a memory reads them."""
    return [(cue.start, voice.say(cue.spoken or cue.text)) for cue in sheet.cues]


def speak(take: Take, voice: Voice) -> None:
    """Write the sound of a take beside its film: silence where nothing is said, no file where the voice is none."""
    if voice.settings()["voice"] != "none":
        write_sound(take.sound, mix(said(take.cues, voice), take.cues.length))
