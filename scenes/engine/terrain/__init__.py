"""Terrain: a height field baked, seen through a camera, and covered with fog."""
