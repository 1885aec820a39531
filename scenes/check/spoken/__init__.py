"""What is said: numbers, names, captions and outcomes in the narration, against the recordings they are of."""
