"""Exploration of a user's own loss: runs, a landscape around them, and a verdict on each."""
