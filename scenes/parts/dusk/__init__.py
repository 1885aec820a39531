"""Stage parts at dusk: a wall of lit knobs, houses with lit windows, and the colours of both."""
