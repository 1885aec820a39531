"""Stage parts that stand on a mountain, and the mountain itself."""
