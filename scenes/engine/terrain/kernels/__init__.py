"""The terrain's inner loops, compiled by numba. Plain loops over plain arrays."""
