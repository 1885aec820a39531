"""Voices: what turns a line of narration into sound. Which one speaks is chosen in `scenes.narration.narrator`."""
