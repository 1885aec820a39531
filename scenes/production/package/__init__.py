"""The film's package: takes joined, with captions, chapters, transcript and manifest."""
