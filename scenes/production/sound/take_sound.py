"""The sound of a take: what its cue sheet says, as it is heard; and the same over the sounds of its scene.

Each take is mastered by itself, where takes are at work beside each other: all of them are as loud as the film should
be, so the film is, and a film of which one scene was changed is not mixed again.
"""

from __future__ import annotations

from pathlib import Path

from scenes.narration.cues import CueSheet
from scenes.narration.speech import Speech, Voice
from scenes.production.sound.audio_track import write_sound
from scenes.production.sound.bed import bed
from scenes.production.sound.mix import RATE, mix, with_sounds
from scenes.production.sound.scene_sounds import SceneSounds


def spoken_lines(cues: CueSheet, voice: Voice) -> list[tuple[float, Speech]]:
    """The lines of a cue sheet, each with the second at which it begins; a voice with a cache reads them."""
    return [(cue.start, voice.say(cue.spoken or cue.text)) for cue in cues.cues]


def write_take_sound(
    path: Path, cues: CueSheet, voice: Voice, sounds: SceneSounds | None = None, full: Path | None = None
) -> None:
    """Write what is said in a take as a file of its own; silence where nothing is said.

    Parameters
    ----------
    sounds, full
        What happened in the scene, and the file that has it under the words.
    """
    said = mix(spoken_lines(cues, voice), cues.length)
    write_sound(path, said)
    if sounds is not None and full is not None:
        under = bed(sounds, RATE)
        write_sound(full, with_sounds(said, under.samples), before=under.before, after=under.after)
