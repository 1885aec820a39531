"""Voices: what turns a line of narration into sound. They are listed in `scenes.narration.voices.registry`."""
