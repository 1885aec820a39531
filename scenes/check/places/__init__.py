"""Checks of places: what is drawn stands where it was recorded."""
