"""The history of a loss: what torch kept of it, in pictures."""
