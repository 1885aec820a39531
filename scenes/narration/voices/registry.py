"""VOICES: the voices by name, the best first. Standard library only, so that the command line can name them at once.

A voice is named here as text and imported when it is chosen: one that does not speak costs nothing and makes no
take stale.
"""

from __future__ import annotations

#: Module and class of each voice.
VOICES = {
    "hibari": ("scenes.narration.voices.hibari", "Hibari"),
    "piper": ("scenes.narration.voices.piper", "Piper"),
    "flite": ("scenes.narration.voices.flite", "Flite"),
    "none": ("scenes.narration.voices.silence", "Silence"),
}
