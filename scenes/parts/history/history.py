"""History: what all pictures of a loss's history have in common: it is laid down, and a light runs back along it."""

from __future__ import annotations

from collections.abc import Callable

from manim import Animation, ValueTracker, VGroup, linear

from scenes.theme import theme


class History(VGroup):
    """The operations between the coefficients and a loss, one after the other; a picture of them draws itself.

    Parameters
    ----------
    count
        How many operations.

    Attributes
    ----------
    built
        How many of them are there.
    light
        Where a light runs along it, from 1, at the loss, to 0, at the coefficients.
    """

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.built, self.light = ValueTracker(0), ValueTracker(1)

    def build(self, count: float | None = None, *, run_time: float) -> Animation:
        """Animate the operations to come, one after the other: so many of them, or all."""
        count = self.count if count is None else count
        return self.built.animate(run_time=run_time, rate_func=linear).set_value(count)

    def run_back(
        self, to: float = 0.0, *, run_time: float, rate_func: Callable[[float], float] | None = None
    ) -> Animation:
        """Animate a light to run along it, from the loss ``to`` a place on the way to the coefficients, at 0."""
        return self.light.animate(run_time=run_time, rate_func=rate_func or theme.ease).set_value(to)
