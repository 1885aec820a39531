"""Checks of the picture: type can be read, near things are in front of far ones, nothing jumps."""
