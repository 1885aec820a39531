"""Acting: what a film lets the hiker do that no recording says, as animations with weight."""

from __future__ import annotations

import math
from typing import Any

from manim import Animation, AnimationGroup, ValueTracker


def gathered(fraction: float) -> float:
    """How a body gathers itself: first a little the other way, then down, a little too far, and back.

    >>> gathered(0.0), round(gathered(1.0), 6), gathered(0.12) < 0, max(gathered(k / 50) for k in range(51)) > 1.02
    (0.0, 1.0, True, True)
    """
    if fraction < 0.22:
        return 0.0 - 0.07 * math.sin(math.pi * fraction / 0.22)
    after = (fraction - 0.22) / 0.78
    swing = 1 - math.exp(-6.5 * after) * math.cos(5.6 * after)
    return swing + (1 - (1 - math.exp(-6.5) * math.cos(5.6))) * after


def settled(fraction: float) -> float:
    """How a weight is let down: slowly, then faster, and it gives a little at the end.

    >>> settled(0.0), round(settled(1.0), 6), max(settled(k / 50) for k in range(51)) > 1.01
    (0.0, 1.0, True)
    """
    if fraction < 0.72:
        t = fraction / 0.72
        return t * t * (3 - 2 * t)
    after = (fraction - 0.72) / 0.28
    return 1 + 0.035 * math.sin(math.pi * after) * (1 - after)


class Acting:
    """The animations of a `Hiker`: each may be played beside the walk and the moves of the eye.

    Examples
    --------
    ::

        mountain = Mountain(library.landscape("mountain"))
        walk = Walk(recording("too-big"), mountain)
        hiker = Hiker(walk=walk)
        self.add(mountain, hiker)
        self.play(hiker.crouch(run_time=0.5))
        self.play(walk.to(1, run_time=1))
        self.play(hiker.rest(run_time=1))
        self.play(hiker.stand(run_time=1))
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._crouch, self._rest, self._pack = ValueTracker(0), ValueTracker(0), ValueTracker(0)

    def acts(self) -> tuple[float, float, float]:
        """How far he is gathered for a leap, how far he sits, and how far his pack is set down: each from 0 to 1."""
        return self._crouch.get_value(), self._rest.get_value(), self._pack.get_value()

    def crouch(self, depth: float = 1.0, *, run_time: float = 0.6) -> Animation:
        """Animate him to gather himself for a leap; when the walk leaps, he springs from there.

        Parameters
        ----------
        depth
            How deep, from 0, standing, to 1.
        run_time
            Seconds.
        """
        return self._to(self._crouch, depth, run_time, gathered)

    def set_pack_down(self, *, run_time: float = 0.9) -> Animation:
        """Animate him to set his pack down behind him."""
        return self._to(self._pack, 1.0, run_time, settled)

    def rest(self, *, run_time: float = 1.8) -> Animation:
        """Animate him to set his pack down, sit before it and put the lantern on the ground."""
        return AnimationGroup(
            self._to(self._pack, 1.0, run_time * 0.6, settled),
            self._to(self._rest, 1.0, run_time * 0.7, settled),
            lag_ratio=0.4,
            run_time=run_time,
        )

    def stand(self, *, run_time: float = 1.4) -> Animation:
        """Animate him to stand upright again, with his pack on."""
        return AnimationGroup(
            self._to(self._crouch, 0.0, run_time * 0.5, gathered),
            self._to(self._rest, 0.0, run_time * 0.6, gathered),
            self._to(self._pack, 0.0, run_time * 0.7, settled),
            lag_ratio=0.15,
            run_time=run_time,
        )

    def _to(self, tracker: ValueTracker, value: float, run_time: float, rate_func: Any) -> Animation:
        return tracker.animate(run_time=run_time, rate_func=rate_func).set_value(float(value))
