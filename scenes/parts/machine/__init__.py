"""The machine: its engine, the strokes that it makes, and what its answers amount to in words."""
