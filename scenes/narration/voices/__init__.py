"""Voices: whatever can turn a line of narration into sound. Which one speaks is chosen in `scenes.narration.narrator`."""
