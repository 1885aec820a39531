"""Checks of how much is drawn, counted and said: what is seen amounts to what is told of it."""
