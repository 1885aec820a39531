"""Rings: what surrounds a thing is around it, evenly, as both are drawn, cuts nothing, and goes when it has pointed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from manim import Animation, Mobject, Transform, VMobject
from numpy.typing import NDArray

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.picture.lines import UNSEEN, is_type
from scenes.check.playback import Moment
from scenes.check.telling.on_its_word import name_of
from scenes.check.timing.plays import in_time
from scenes.check.wiring.cast import tops
from scenes.engine.drawing.raster import Raster
from scenes.narration.cues import CueSheet
from scenes.parts.panels.code_panel import CodeBar
from scenes.parts.panels.plot import PlotCurve
from scenes.stage.naming import surrounded_by
from scenes.stage.transitions import Curtain

#: Scene units, and the fraction of its size, by which a ring may be off the middle of its thing.
_OFF, _PART = 0.04, 0.02
#: Scene units by which what is within a ring may reach into its line.
_INTO = 0.05
#: How much of a ring's width or height what it is around takes at least; and of both, of what it was made for.
_FILLS, _FITS = 0.3, 0.7
#: Seconds in which a ring is gone, once the beat has begun before which it should be.
_LEAVES = 1.5
#: Opacity from which on a line is there.
_THERE = 0.3

Box = NDArray[np.float64]


@dataclass
class Rings(Check):
    """Measures rings against their things: those of which a scene says what they are around, and all others.

    A ring is a closed line with nothing in it, laid over what is there. One that a scene puts around a thing points at
    it, for the beat in which it comes and perhaps the next.
    """

    _play: int = -1
    #: Rings around things, each with when it was there first and last.
    _stays: dict[Mobject, tuple[float, float]] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Look at the rings that come with an animation."""
        if moment.play.index == self._play:
            return
        self._play = moment.play.index
        rings = [ring for animation, _ in in_time(moment.play.animations) for ring in _rings(animation)]
        if rings:
            stage = list(_boxes(moment, {id(ring) for ring, _ in rings}))
            for ring, box in rings:
                if found := _beside(box, stage):
                    self.keep(Fault("ring", name_of([ring]), found, moment.time), ring)

    def played(self, moment: Moment) -> None:
        """Look at all rings of which it is said what they are around, where an animation has left them."""
        for top in tops(moment):
            for ring in top.get_family():
                for thing in surrounded_by(ring):
                    if len(ring.points) and ring.get_stroke_opacity() > _THERE:
                        self._stays[ring] = (self._stays.get(ring, (moment.time,))[0], moment.time)
                        self._around(ring, thing, moment)

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002
        """Look for rings that were left behind."""
        starts = [beat.start for beat in sheet.beats]
        for ring, (first, last) in self._stays.items():
            later = [start for start in starts if start > first - 1e-6][1:2]
            if later and last > later[0] + _LEAVES:
                found = f"has been there since {first:.1f} s, and stays on, beat after beat"
                for thing in surrounded_by(ring):
                    self.keep(Fault("ring", type(thing).__name__, found, later[0]), ring)

    def _around(self, ring: Any, thing: Mobject, moment: Moment) -> None:
        if not len(thing.get_all_points()):
            return
        inner, outer = _box(thing), _box(ring)
        off = float(np.abs(inner[:2] + inner[2:] - outer[:2] - outer[2:]).max() / 2)
        found = ""
        if off > _OFF + _PART * float((outer[2:] - outer[:2]).max()):
            found = f"its middle is {off:.2f} units from that of what it is around"
        elif (inner[:2] < outer[:2] - _INTO).any() or (inner[2:] > outer[2:] + _INTO).any():
            found = "it is smaller than what it is around"
        if found:
            self.keep(Fault("ring", type(thing).__name__, found, moment.time), ring)


def _rings(animation: Animation) -> Iterator[tuple[Mobject, Box]]:
    """The rings that an animation brings in, of which nothing is said; each with its box once it is there."""
    thing = animation.mobject
    if not animation.is_introducer() or isinstance(thing, CodeBar | PlotCurve | Curtain):
        return
    # One that waits in a succession has not begun: its thing is still as it will be.
    kept = "target_copy" if isinstance(animation, Transform) else "starting_mobject"
    whole: Any = getattr(animation, kept, thing)
    members = zip(thing.get_family(), whole.get_family(), strict=False)
    if all(_is_hollow(its) for _, its in members if len(its.points)):
        for mine, its in zip(thing.get_family(), whole.get_family(), strict=False):
            if len(its.points) and not surrounded_by(mine):
                yield mine, _box(its)


def _is_hollow(shape: Any) -> bool:
    """Whether a shape is a closed line and nothing else."""
    if not isinstance(shape, VMobject) or is_type(shape) or len(shape.points) < 8:
        return False
    closed = np.allclose(shape.points[0], shape.points[-1], atol=1e-4)
    drawn = shape.get_stroke_width() > 0 and shape.get_stroke_opacity() > UNSEEN
    return bool(
        closed and drawn and shape.get_fill_opacity() <= UNSEEN and np.ptp(shape.points[:, :2], axis=0).min() > 0.1
    )


def _boxes(moment: Moment, rings: set[int]) -> Iterator[tuple[Mobject, Box]]:
    """All things that are seen, and groups of them, with their boxes."""
    for top in tops(moment):
        if not isinstance(top, Curtain | Raster) and hasattr(top, "submobjects"):
            yield from _within(top, rings)


def _within(mobject: Mobject, rings: set[int]) -> Iterator[tuple[Mobject, Box]]:
    if id(mobject) in rings or not len(points := mobject.get_all_points()):
        return
    yield mobject, np.concatenate([points[:, :2].min(axis=0), points[:, :2].max(axis=0)])
    if not is_type(mobject):
        for child in mobject.submobjects:
            yield from _within(child, rings)


def _beside(ring: Box, stage: list[tuple[Mobject, Box]]) -> str:
    """What is wrong with a ring among all that is there, in words, or nothing."""
    size, middle = ring[2:] - ring[:2], (ring[:2] + ring[2:]) / 2
    nearest: tuple[float, Mobject] | None = None
    for thing, box in stage:
        off = float(np.abs((box[:2] + box[2:]) / 2 - middle).max())
        fills = (box[2:] - box[:2]) / np.maximum(size, 1e-9)
        held = (box[:2] > ring[:2] - _INTO).all() and (box[2:] < ring[2:] + _INTO).all()
        if held and fills.max() > _FILLS and off <= _OFF + _PART * float(size.max()):
            return ""
        meet = (box[:2] < ring[2:]).all() and (ring[:2] < box[2:]).all()
        holds = (box[:2] < ring[:2]).all() and (box[2:] > ring[2:]).all()
        cut = meet and not holds and _FILLS < fills.max() < 1 / _FILLS
        # Beside it, and as large as what a ring is around: a circle beside its name is a picture.
        fitting = not meet and (fills > _FITS).all() and (fills < 1 / _FITS).all() and off < float(size.max())
        if cut or fitting:
            nearest = min(nearest or (off, thing), (off, thing), key=lambda pair: pair[0])
    if nearest is None:
        return ""
    return f"is around nothing: {name_of([nearest[1]])!r} is the nearest to its middle, {nearest[0]:.2f} units from it"


def _box(mobject: Mobject) -> Box:
    points = mobject.get_all_points()[:, :2]
    return np.concatenate([points.min(axis=0), points.max(axis=0)])
