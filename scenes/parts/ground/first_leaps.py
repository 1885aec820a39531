"""FirstLeaps: where the first steps of several recordings would land, as dashed arcs from one start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, Circle, ValueTracker, VGroup, VMobject
from numpy.typing import NDArray

from descent_core.recordings.trajectory import Trajectory
from scenes.parts.ground.curves import curves_through
from scenes.parts.ground.mountain import Mountain
from scenes.theme import theme

#: World height of the marks above the ground, and of an arc above the straight way, as a part of the stride.
_ABOVE, _HIGH = 0.03, 0.34
#: Pieces that an arc is drawn in; every other one is a dash.
_PIECES = 25
#: World radius of the mark where one lands.
_RING = 0.085


class FirstLeaps(VGroup):
    """Dashed arcs over a `Mountain`, each from the start of a recording to where its first step landed.

    Parameters
    ----------
    mountain
        The ground.
    runs
        Recordings of two coefficients.
    colour
        ``#rrggbb``; the theme's text by default.

    Attributes
    ----------
    clock
        How far they have come: the shortest first.

    Examples
    --------
    ::

        mountain = Mountain(library.landscape("mountain"), Shot((-1.8, -6.0, 3.0), (-1.8, -0.4, 2.2)))
        leaps = FirstLeaps(mountain, [recording("too-big")])
        self.add(mountain, leaps)
        self.play(leaps.come(run_time=1))
    """

    #: It belongs to the ground: captions may be drawn over it.
    on_ground = True

    def __init__(self, mountain: Mountain, runs: Sequence[Trajectory], colour: str | None = None) -> None:
        super().__init__()
        self.mountain, self.runs = mountain, tuple(runs)
        self.clock = ValueTracker(0.0)
        colour = colour or theme.text
        #: The arcs, and the marks where they land: of each the same number.
        self.arcs = [VMobject(stroke_color=colour, stroke_width=3, stroke_opacity=0.8) for _ in runs]
        self.marks = [VMobject(stroke_color=colour, stroke_width=3.5, fill_opacity=0) for _ in runs]
        self.add(*self.arcs, *self.marks)
        self._ring = Circle(radius=_RING, num_components=9).points
        self._drawn: Any = None
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def come(self, *, run_time: float) -> Animation:
        """Animate the arcs to fly out, one after the other, and land."""
        return self.clock.animate(run_time=run_time, rate_func=theme.ease).set_value(float(len(self.runs)))

    def refresh(self) -> None:
        """Draw them as far as they have come, as the present shot shows them."""
        if self.updating_suspended:
            return  # while it fades it stays as it is: manim counts what has points
        now, framing = float(self.clock.get_value()), self.mountain.framing
        if self._drawn == (now, framing):
            return
        self._drawn = (now, framing)
        for index, (run, arc, mark) in enumerate(zip(self.runs, self.arcs, self.marks, strict=True)):
            grown = min(max(now - index, 0.0), 1.0)
            curves = curves_through(self.mountain.on_screen(self._arc(run)), np.zeros(_PIECES + 1, bool))
            arc.points = curves[: int(_PIECES * grown + 1e-9)][::2].reshape(-1, 3)
            ring = self.mountain.points_at(run.coeffs[1:2], _ABOVE)[0]
            landed = max(grown - 0.85, 0.0) / 0.15
            size = self.mountain.scale_at(*(float(part) for part in run.coeffs[1])) * landed * (2 - landed)
            mark.points = ring + self._ring * [size, 0.5 * size, 1] if size > 0 else np.zeros((0, 3))

    def _arc(self, run: Trajectory) -> NDArray[np.float64]:
        """``(n, 3)``, world points of the arc of a first step."""
        here, there = self.mountain.world(*run.coeffs[:2].T)
        part = np.linspace(0, 1, _PIECES + 1)[:, None]
        high = _HIGH * float(np.linalg.norm((there - here)[:2]))
        return np.asarray(here + (there - here) * part + [0, 0, _ABOVE] + 4 * part * (1 - part) * [0, 0, high])
