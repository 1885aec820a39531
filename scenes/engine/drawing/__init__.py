"""Drawing: rasters, cached shapes and type on top of manim's Cairo camera."""
