"""The bench: a film's ground on which the viewer turns the knobs, and every walk is a recorded run."""
