"""Checks of numbers: each has a source, and the source is the one that the picture is of."""
