"""Clock: the seconds that something lives by itself."""

from __future__ import annotations

from manim import ValueTracker


class Clock(ValueTracker):
    """Seconds that it has been on stage: what moves by itself reads it.

    Examples
    --------
    ::

        self.add(clock := Clock())
        self.add(Knob(lambda: np.sin(2 * clock.get_value()), radius=1))
        self.wait(2)
    """

    def __init__(self) -> None:
        super().__init__(0)
        self.add_updater(lambda clock, dt: clock.increment_value(dt))
