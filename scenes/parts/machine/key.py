"""Key: what an engine is started with, seen from its side, in its lock or out of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import DOWN, LEFT, Annulus, Line, Rectangle, RoundedRectangle, VGroup

from scenes.parts.live_value import live
from scenes.theme import theme

#: Lengths of a key of size 1, in scene units: inner and outer radius of its bow; how long and how thick its blade is;
#: of each tooth where it is, from the bow on, and how long it is.
_BOW, _BLADE, _TEETH = (0.20, 0.34), (1.05, 0.13), ((0.72, 0.20), (0.92, 0.15))
#: How wide a tooth is; width and height of a lock, and how much of the blade stands out of it.
_TOOTH, _LOCK, _OUT = 0.11, (0.26, 0.86), 0.42
#: How broad a key still looks that is seen from its edge: metal has a thickness.
_EDGE = 0.2


class Key(VGroup):
    """A key, its bow on the right. As it turns in its lock it is seen ever more from its edge.

    Parameters
    ----------
    turned
        How far it is turned, in turns, or a function that gives it.
    size
        How many times as large as it would be.
    lock
        Whether it stands in a lock.

    Attributes
    ----------
    turned
        How far it is turned now.

    Examples
    --------
    A key is turned, and back::

        hand = ValueTracker(0)
        self.add(Key(hand.get_value, lock=True))
        self.play(hand.animate.set_value(0.25))
    """

    def __init__(self, turned: float | Callable[[], float] = 0.0, *, size: float = 1.0, lock: bool = False) -> None:
        super().__init__()
        self._turned = live(turned)
        metal = {"stroke_width": 0, "fill_color": theme.things.lamplight, "fill_opacity": 1}
        metal |= {"sheen_factor": -0.35, "sheen_direction": DOWN}  # lit from above
        inner, outer = _BOW
        long, thick = _BLADE
        end = -outer - (_OUT if lock else long)
        blade = Rectangle(width=-inner - 0.05 - end, height=thick, **metal).move_to([end, 0, 0], aligned_edge=LEFT)
        self._metal = VGroup(Annulus(inner, outer, **metal), blade)
        for away, deep in () if lock else _TEETH:  # in a lock they are inside of it
            tooth = Rectangle(width=_TOOTH, height=deep, **metal)
            self._metal.add(tooth.move_to([-outer - away, -(thick + deep) / 2 + 0.01, 0]))
        #: Where its bow is, and how large it is: a thing of length 1, which goes where the key goes.
        self._measure = Line([0, 0, 0], [1, 0, 0], stroke_width=0)
        self.add(self._measure, self._metal)
        if lock:
            wide, high = _LOCK
            plate = RoundedRectangle(
                corner_radius=0.08,
                width=wide,
                height=high,
                stroke_color=theme.things.edge,
                stroke_width=3,
                fill_color=theme.things.knob,
                fill_opacity=1,
            )
            self.add(plate.move_to([end, 0, 0]))
        self._flat = [part.points.copy() for part in self._metal]
        self.scale(size, about_point=np.zeros(3))
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    @property
    def turned(self) -> float:
        """How far it is turned now, in turns."""
        return float(self._turned())

    def refresh(self) -> None:
        """Draw it as it is turned now."""
        middle = self._measure.get_start()
        unit = float(np.linalg.norm(self._measure.get_end() - middle))
        broad = float(np.cos(2 * np.pi * self.turned))
        broad = float(np.copysign(max(abs(broad), _EDGE), broad))
        for part, flat in zip(self._metal, self._flat, strict=True):
            part.points = middle + unit * flat * np.array([1.0, broad, 1.0])
