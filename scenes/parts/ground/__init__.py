"""Stage parts that stand on a mountain, or are one."""
