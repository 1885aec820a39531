"""Narration: what scenes need while they are built. Scripts, speech, cues, captions."""
