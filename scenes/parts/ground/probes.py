"""Probes: what a foot feels, a little way in every direction; and TiltLine: how far the ground is off level."""

from __future__ import annotations

import numpy as np
from manim import (
    Animation,
    Circle,
    Line,
    ManimColor,
    Polygon,
    ValueTracker,
    VGroup,
    VMobject,
    interpolate_color,
)
from numpy.typing import ArrayLike, NDArray

from scenes.engine.drawing.move_exactly import move_exactly
from scenes.parts.ground.mountain import Mountain
from scenes.theme import slowing, theme

#: World height of lines over the ground.
_ABOVE = 0.012


class Probes(VGroup):
    """Short probes round a place, each coloured by how the recorded ground rises or falls along it.

    Parameters
    ----------
    mountain
        The ground.
    place
        The coefficients ``(2,)`` that are felt around.
    reach
        How far each goes, in units of the coefficients.
    count
        How many there are, evenly round, the first along coefficient 0; a multiple of four, so that both
        coefficients have two.

    Attributes
    ----------
    rises
        ``(count,)``, how much the loss rises along each, by the recorded landscape.
    sticks
        One `manim.VGroup` a probe: its edge, its line and its knob.

    Examples
    --------
    All round where a walk begins, one after the other::

        run = recording("right")
        mountain = Mountain(library.landscape("mountain"))
        probes = Probes(mountain, run.coeffs[0], reach=1.0)
        self.add(mountain, probes)
        self.play(probes.feel(run_time=1))
        self.play(probes.tell(1, run_time=0.4), probes.tell(-1, run_time=0.4))
    """

    #: It belongs to the ground: captions may be drawn over it.
    on_ground = True

    def __init__(self, mountain: Mountain, place: ArrayLike, reach: float = 0.3, count: int = 12) -> None:
        super().__init__()
        if count % 4:
            raise ValueError(f"each coefficient needs two probes: {count} of them are no multiple of four")
        self.mountain, self.place, self.reach = mountain, np.asarray(place, dtype=float), reach
        turn = np.arange(count) * 2 * np.pi / count
        self.ways = np.stack([np.cos(turn), np.sin(turn)], axis=-1).round(12)
        loss = mountain.landscape.height
        ends = self.place + self.ways * reach
        self.rises = np.asarray(loss(ends[:, 0], ends[:, 1]) - loss(*self.place), dtype=float)
        self._felt, self._others = ValueTracker(0), ValueTracker(1)
        self._told = {1: ValueTracker(0), -1: ValueTracker(0)}
        self._kept: tuple[int, ...] = ()
        self.ring = VMobject(stroke_color=theme.text, stroke_width=2.5, stroke_opacity=0.55)
        self.sticks = VGroup(
            *(
                VGroup(
                    Line([0, 0, 0], [1, 0, 0], stroke_width=10, color=theme.things.outline),
                    Line([0, 0, 0], [1, 0, 0], stroke_width=6.5),
                    Circle(radius=0.1, stroke_width=2, stroke_color=theme.things.outline),
                )
                for _ in range(count)
            )
        )
        self.add(self.ring, self.sticks)
        _lay_on_ground(self)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def feel(self, *, run_time: float) -> Animation:
        """Animate them to go out, one after the other."""
        return self._felt.animate(run_time=run_time, rate_func=theme.ease).set_value(1.0)

    def tell(self, sign: int, *, run_time: float) -> Animation:
        """Animate those to take on their colour along which it goes up (1), or down (-1)."""
        return self._told[sign].animate(run_time=run_time, rate_func=theme.ease).set_value(1.0)

    def told(self, sign: int) -> float:
        """How far those along which it goes up (1), or down (-1), have taken on their colour, from 0 to 1."""
        return float(self._told[sign].get_value())

    def miscoloured(self) -> int | None:
        """One that is drawn in the colour of what goes the other way, once both are told; None if there is none."""
        if min(self.told(1), self.told(-1)) < 1:
            return None
        hues = [np.asarray(ManimColor(hue).to_rgb()) for hue in (theme.uphill, theme.downhill)]
        drawn = (np.asarray(stick[1].get_stroke_color().to_rgb()) for stick in self.sticks)
        nearer = [float(np.linalg.norm(colour - hues[0]) - np.linalg.norm(colour - hues[1])) for colour in drawn]
        wrong = (index for index, rise in enumerate(self.rises) if rise * nearer[index] > 0)
        return next(wrong, None)

    def keep(self, *indices: int, run_time: float) -> Animation:
        """Animate all others to go."""
        self._kept = indices
        return self._others.animate(run_time=run_time, rate_func=theme.ease).set_value(0.0)

    def uphill_along(self, coefficient: int) -> int:
        """Which of the two probes along a coefficient goes up."""
        quarter = len(self.ways) // 4
        first = coefficient * quarter
        return max((first, first + 2 * quarter), key=lambda index: float(self.rises[index]))

    def colour(self, index: int) -> ManimColor:
        """The present colour of one: the stronger, the more it goes up or down."""
        share = self.rises[index] / np.abs(self.rises).max()
        told = self._told[1 if share > 0 else -1].get_value()
        hue = theme.uphill if share > 0 else theme.downhill
        return interpolate_color(ManimColor(theme.quiet), ManimColor(hue), told * min(1.0, 0.6 + 0.9 * abs(share)))

    def ends(self) -> NDArray[np.float64]:
        """``(count, 2, 3)``, the scene points between which each lies now."""
        count = len(self.ways)
        out = np.clip(self._felt.get_value() * (count + 3) - np.arange(count), 0, 3) / 3
        tips = self.place + self.ways * (self.reach * (0.22 + 0.78 * out))[:, None]
        starts = np.broadcast_to(self.place + self.ways * self.reach * 0.2, tips.shape)
        return np.stack([self.mountain.points_at(starts, _ABOVE), self.mountain.points_at(tips, _ABOVE)], axis=1)

    def tip(self, index: int) -> NDArray[np.float64]:
        """``(3,)``, the scene point of the far end of one."""
        return self.ends()[index, 1]

    def refresh(self) -> None:
        """Draw them as the present shot shows them."""
        ends, others = self.ends(), self._others.get_value()
        felt = np.clip(self._felt.get_value() * (len(ends) + 3) - np.arange(len(ends)), 0, 1)
        for index, (stick, (start, end)) in enumerate(zip(self.sticks, ends, strict=True)):
            edge, line, knob = stick
            line.put_start_and_end_on(start, end)
            edge.put_start_and_end_on(start, end)
            colour, shown = self.colour(index), float(felt[index]) * (1 if index in self._kept else others)
            line.set_stroke(colour, opacity=shown)
            edge.set_stroke(opacity=0.7 * shown)
            move_exactly(knob, end).set_fill(colour, shown).set_stroke(opacity=shown)
        self.ring.set_points_smoothly([*ends[:, 1], ends[0, 1]])
        self.ring.set_stroke(opacity=0.6 * float(felt[-1]) * others)


class TiltLine(VGroup):
    """How far the ground is off level: a level line from the higher side, the ground under it, and what is between.

    Parameters
    ----------
    mountain
        The ground.
    place
        The coefficients ``(2,)`` in the middle.
    way
        Where it goes up, ``(2,)``: a recorded slope.
    reach
        How far it goes to either side, in units of the coefficients.

    Examples
    --------
    ::

        run = recording("right")
        mountain = Mountain(library.landscape("mountain"))
        tilt = TiltLine(mountain, run.coeffs[0], run.slopes[0], reach=1.5)
        self.add(mountain, tilt)
        self.play(tilt.draw(run_time=1))
        self.play(tilt.measure(run_time=1))
    """

    #: It belongs to the ground: captions may be drawn over it.
    on_ground = True
    #: Points along the ground.
    _POINTS = 25

    def __init__(self, mountain: Mountain, place: ArrayLike, way: ArrayLike, reach: float = 0.3) -> None:
        super().__init__()
        self.mountain, self.place, self.reach = mountain, np.asarray(place, dtype=float), reach
        self.way = np.asarray(way, dtype=float) / np.hypot(*np.asarray(way, dtype=float))
        self._drawn, self._measured = ValueTracker(0), ValueTracker(0)
        self.gap = Polygon(*np.eye(3), stroke_width=0, fill_color=theme.accent, fill_opacity=0)
        self.level = VMobject(stroke_color=theme.text, stroke_width=6)
        self.ground = VMobject(stroke_color=theme.accent, stroke_width=8)
        self.drop = VMobject(stroke_color=theme.accent, stroke_width=5)
        self.add(self.gap, self.level, self.ground, self.drop)
        _lay_on_ground(self)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def draw(self, *, run_time: float) -> Animation:
        """Animate both lines to be drawn, from the higher side."""
        return self._drawn.animate(run_time=run_time, rate_func=slowing).set_value(1.0)

    def measure(self, *, run_time: float) -> Animation:
        """Animate what lies between them to be filled, and the height by which they part to be marked."""
        return self._measured.animate(run_time=run_time, rate_func=theme.ease).set_value(1.0)

    def world(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """``(n, 3)`` each, world points of the level line and of the ground under it, from the higher side."""
        along = np.linspace(1, 1 - 2 * max(self._drawn.get_value(), 1e-3), self._POINTS)
        places = self.place + along[:, None] * self.way * self.reach
        ground = self.mountain.world(places[:, 0], places[:, 1]) + [0, 0, _ABOVE]
        level = ground.copy()
        level[:, 2] = ground[0, 2]
        return level, ground

    def refresh(self) -> None:
        """Draw it as the present shot shows it."""
        level, ground = (self.mountain.on_screen(points) for points in self.world())
        self.level.set_points_as_corners(level[[0, -1]])
        self.ground.set_points_as_corners(ground)
        measured = self._measured.get_value()
        self.gap.set_points_as_corners([*level, *ground[::-1], level[0]])
        self.gap.set_fill(opacity=0.34 * measured)
        self.drop.set_points_as_corners([level[-1], level[-1] + (ground[-1] - level[-1]) * max(measured, 1e-3)])
        self.drop.set_stroke(opacity=measured)


def _lay_on_ground(part: VGroup) -> None:
    """Let whoever stands there be drawn over it."""
    for shape in part.get_family():
        shape.on_ground = shape.lies_on_ground = True
