"""HistoryChain: the history of a loss as a chain of links, each with what it keeps for the way back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    Circle,
    Line,
    Mobject,
    RoundedRectangle,
    VGroup,
    VMobject,
    interpolate_color,
)
from manim.utils.color import ManimColor

from scenes.engine.drawing.move_exactly import move_exactly
from scenes.parts.history.history import History
from scenes.parts.words import set_on_baseline, words
from scenes.theme import theme

#: Where the knobs stand, the first link and the end, across the frame; how high links are, and their drawers.
_FROM, _FIRST, _TO = -5.2, -2.3, 5.85
_HIGH, _DRAWER = 1.0, 0.78
#: Of the way that a light runs: how much of it lies between the knobs and the first link.
_FOOT = 0.34
#: How bright a link stays that the light has passed.
_EMBERS = 0.55


class Link(VGroup):
    """An operation of a history: its name, and below it, in a drawer, what it keeps.

    Parameters
    ----------
    name
        Of the operation.
    kept
        What it keeps, as Python writes it; empty for nothing.
    width
        In scene units.

    Attributes
    ----------
    box, label
        The link, and its name.
    drawer
        What it keeps; empty for nothing.
    """

    def __init__(self, name: str, kept: str, width: float) -> None:
        super().__init__()
        self.box = RoundedRectangle(corner_radius=0.2, width=width, height=_HIGH, stroke_width=3)
        self.box.set_fill(theme.panel, 1).set_stroke(theme.rule)
        label = words(name, theme.body, theme.text, mono=True).move_to(self.box)
        self.label = set_on_baseline(label, name, self.box.get_y() - 0.1)
        self.drawer = VGroup()
        if kept:
            note = words(kept, 24, theme.accent, mono=True)
            wide = max(note.width + 0.3, width * 0.82)
            tray = RoundedRectangle(corner_radius=0.1, width=wide, height=_DRAWER, stroke_width=2)
            tray.set_fill(theme.page, 1).set_stroke(theme.accent, opacity=0.7)
            tray.next_to(self.box, DOWN, buff=theme.near)
            self.drawer.add(tray, note.move_to(tray))
        self.add(self.box, self.label)

    def glow(self, lit: float) -> None:
        """Be as bright as a light that is near, or has come by: from 0 to 1."""
        self.box.set_stroke(interpolate_color(ManimColor(theme.rule), ManimColor(theme.uphill), lit), 3 + 3 * lit)
        self.box.set_fill(interpolate_color(ManimColor(theme.panel), ManimColor(theme.uphill), 0.28 * lit), 1)


class HistoryChain(History):
    """A chain of links from the coefficients, left, to the loss, right. Drawers come by themselves: see `Link`.

    It is pulled out of the loss: the last operation comes first, and draws the one before it out of itself. A light
    that runs back along it comes to each coefficient only as far as its thread carries it.

    Parameters
    ----------
    names
        Of the operations, from the coefficients to the loss: those that torch recorded.
    kept
        What each keeps, likewise; empty for nothing.
    feet
        What stands for the coefficients, one below the other.
    end
        What stands for the loss.
    carries
        For each coefficient, how much of the light its thread lets through: 0 is dark.
    y
        The height of the middle, in scene units.

    Attributes
    ----------
    links
        The links.
    threads
        From each coefficient to the first link.

    Examples
    --------
    ::

        feet = [Knob(0.5), Knob(-1.0)]
        chain = HistoryChain(["mul", "sum"], ["[1, 0]", "(2,)"], feet, plate(words("loss")), carries=[1, 0])
        self.add(chain, *feet)
        self.play(chain.build(run_time=1))
        self.play(chain.run_back(run_time=1))
    """

    def __init__(
        self,
        names: Sequence[str],
        kept: Sequence[str],
        feet: Sequence[Mobject],
        end: Mobject,
        *,
        carries: Sequence[float],
        y: float = 0.9,
    ) -> None:
        super().__init__(len(names))
        apart = self._apart = (_TO - _FIRST) / len(names)
        self._y = y
        self.links = VGroup(*(Link(name, keeps, apart * 0.66) for name, keeps in zip(names, kept, strict=True)))
        for place, link in enumerate(self.links):
            shift = np.array([self._home(place), y, 0]) - link.box.get_center()
            link.shift(shift)
            link.drawer.shift(shift)
        #: From the middle of each link to that of its label.
        self._labels = [link.label.get_center() - link.box.get_center() for link in self.links]
        end.move_to([_TO, y, 0])
        self.feet, self.end, self.carries = list(feet), end, [float(part) for part in carries]
        spread = 1.45 if len(self.feet) > 2 else 1.2
        for place, foot in enumerate(self.feet):
            foot.move_to([_FROM, y + spread * ((len(self.feet) - 1) / 2 - place), 0])
        self.threads = VGroup(*(self._thread(foot) for foot in self.feet))
        boxes = [*(link.box for link in self.links), end]
        self.joints = VGroup(
            *(
                Line(one.get_right(), other.get_left(), color=theme.quiet, stroke_width=4)
                for one, other in pairwise(boxes)
            )
        )
        self.lights = VGroup(*(thread.copy().set_stroke(theme.uphill, 8, opacity=0) for thread in self.threads))
        self.spark = VGroup(
            *(Circle(0.36 * (1 - k / 6), stroke_width=0, fill_color=theme.uphill, fill_opacity=0) for k in range(5)),
            Circle(0.09, stroke_width=0, fill_color=theme.things.lantern, fill_opacity=0),
        )
        self.add(self.threads, self.joints, self.lights, self.spark, self.links)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Draw what is there, and the light where it is."""
        built, light = self.built.get_value(), self.light.get_value()
        runs = 0 < light < 1
        for place, link in enumerate(self.links):
            there = float(np.clip(built - (self.count - 1 - place), 0, 1))
            stands = np.array([self._home(place), self._y, 0])
            if 0 < there < 1 and place < self.count - 1:
                stands = stands + RIGHT * self._apart * (1 - theme.ease(there))
            move_exactly(link.box, stands)
            move_exactly(link.label, stands + self._labels[place])
            link.box.set_stroke(opacity=there).set_fill(opacity=there)
            link.label.set_opacity(there)
            if place < len(self.joints):
                self.joints[place].set_stroke(opacity=there)
            away = light - self._way(place)
            near = float(np.exp(-((away / 0.06) ** 2)))
            if light < 1 and there:
                link.glow(max(near, _EMBERS if away < 0 else 0.0))
            elif there:
                link.glow(0.0)
                link.box.set_stroke(opacity=there).set_fill(opacity=there)
        self.threads.set_stroke(opacity=0.75 * float(np.clip((built - self.count) * 2 + 1, 0, 1)))
        down = float(np.clip(1 - light / _FOOT, 0, 1))
        for thread, lit, carries in zip(self.threads, self.lights, self.carries, strict=True):
            if down > 0 and carries > 0:
                lit.pointwise_become_partial(thread, 1 - down, 1)
                lit.set_stroke(theme.uphill, 8, opacity=0.9 * carries)
            else:
                lit.set_stroke(opacity=0)
        for index, ring in enumerate(self.spark):
            ring.set_fill(opacity=(1.0 if index == len(self.spark) - 1 else 0.13) * runs * (light > _FOOT))
        self.spark.move_to([self._across(light), self.links[0].box.get_y(), 0])

    def _home(self, place: int) -> float:
        """Where a link stands, across the frame."""
        return _FIRST + place * self._apart

    def _way(self, place: int) -> float:
        """How far along the way a link is: 0 at the coefficients, 1 at the loss."""
        return _FOOT + (1 - _FOOT) * place / self.count

    def _across(self, light: float) -> float:
        along = (max(light, _FOOT) - _FOOT) / (1 - _FOOT)
        return _FIRST + (_TO - _FIRST) * along

    def _thread(self, foot: Mobject) -> VMobject:
        """From a coefficient to the first link."""
        start = np.array([foot.get_right()[0] + theme.near, foot.get_y(), 0])
        end = self.links[0].box.get_left()
        thread = VMobject(stroke_color=theme.weight, stroke_width=4)
        thread.start_new_path(start)
        half = RIGHT * (end[0] - start[0]) / 2
        thread.add_cubic_bezier_curve_to(start + half, end - half, end)
        return thread

    def on_thread(self, index: int, thing: Mobject, at: float = 0.3) -> Mobject:
        """Set something on a thread, a part of the way from its coefficient; returns it."""
        return thing.move_to(self.threads[index].point_from_proportion(at))
