"""Pin: marks one setting on a map, and the thread on which it hangs over the sheet: its loss."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
from manim import Circle, Line, VGroup, VMobject
from numpy.typing import ArrayLike, NDArray

from scenes.engine.drawing.move_exactly import move_exactly
from scenes.parts.ground.mountain import Mountain
from scenes.parts.live_value import live
from scenes.theme import theme

#: Scene units: how long the needle is, how large its head.
_LONG, _HEAD = 0.46, 0.095
#: How far the needle leans, to the right and up.
_LEAN = np.array([0.22, 0.975, 0.0])


class Pin(VGroup):
    """A pin in a `Mountain`, flat or risen, at some coefficients; its point is on the ground.

    Parameters
    ----------
    mountain
        The ground.
    place
        The coefficients, ``(2,)``, or a function that gives the present ones.

    Attributes
    ----------
    is_live
        Whether it was given a function.

    Examples
    --------
    ::

        mountain = Mountain(library.landscape("mountain"))
        mountain.relief = 0.0
        pin = Pin(mountain, recording("right").coeffs[0])
        self.add(mountain, HeightThread(pin), pin)
        self.play(mountain.rise(0.5, run_time=1))
    """

    def __init__(self, mountain: Mountain, place: ArrayLike | Callable[[], ArrayLike]) -> None:
        super().__init__()
        self.mountain, self._place, self.is_live = mountain, live(place), callable(place)
        self.needle = Line([0, 0, 0], [0, 1, 0], color=theme.things.outline, stroke_width=3.5)
        self.head = Circle(radius=_HEAD, stroke_width=2, stroke_color=theme.things.outline)
        self.head.set_fill(theme.things.needle, 1)
        self.shine = Circle(radius=_HEAD * 0.28, stroke_width=0).set_fill(theme.things.lantern, 0.9)
        self.add(self.needle, self.head, self.shine)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def reading(self) -> ArrayLike:
        """``(2,)``, the present coefficients, as they were given."""
        return cast(ArrayLike, self._place())

    def place(self) -> tuple[float, float]:
        """The present coefficients."""
        x, y = np.asarray(self._place(), dtype=float)
        return float(x), float(y)

    def point(self) -> NDArray[np.float64]:
        """``(3,)``, the scene point in which it sticks."""
        return self.mountain.point(*self.place())

    def refresh(self) -> None:
        """Draw it where it is now."""
        foot = self.point()
        top = foot + _LEAN * _LONG
        self.needle.put_start_and_end_on(foot, top)
        move_exactly(self.head, top)
        move_exactly(self.shine, top + np.array([-0.3, 0.35, 0]) * _HEAD)


class HeightThread(VGroup):
    """The thread from where a spot lay on the flat map up to where it has been lifted: as long as its loss.

    Parameters
    ----------
    pin
        Whose thread it is.

    Examples
    --------
    ::

        mountain = Mountain(library.landscape("mountain"))
        pin = Pin(mountain, (0.5, 0.2))
        self.add(mountain, HeightThread(pin), pin)
    """

    def __init__(self, pin: Pin) -> None:
        super().__init__()
        self.pin = pin
        self.dash = VMobject(stroke_color=theme.loss, stroke_width=5)
        self.foot = Circle(radius=0.07, stroke_width=3, stroke_color=theme.loss).stretch(0.6, 1)
        self.add(self.dash, self.foot)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def ends(self) -> NDArray[np.float64]:
        """``(2, 3)``, the scene points where the spot lay, at a loss of 0, and where it is."""
        mountain = self.pin.mountain
        top = mountain.world(*self.pin.place())
        return mountain.on_screen(np.array([top * [1, 1, 0], top]))

    def refresh(self) -> None:
        """Draw it as the present shot shows it."""
        foot, top = self.ends()
        self.dash.set_points_as_corners([foot, top])
        move_exactly(self.foot, foot)
