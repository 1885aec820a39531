"""Sound: narration and music mixed, levelled and encoded."""
