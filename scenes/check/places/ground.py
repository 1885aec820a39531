"""True to the runs: hikers, trails, arrows, cabins, curves and ticks are where they were recorded.

What is drawn is measured, frame by frame, as it stands in the film, against the recorded numbers
themselves: not against what the parts believe of themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from manim import Mobject

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.places.arrows import Arrows
from scenes.check.places.axes import Scales, edge_name_faults
from scenes.check.places.cabins import cabin_fault
from scenes.check.places.curves import curve_fault
from scenes.check.places.hikers import hiker_fault
from scenes.check.places.ticks import edge_faults, tick_faults
from scenes.check.places.trails import Trails
from scenes.check.playback import Moment
from scenes.explore.edges import Edges
from scenes.narration.cues import CueSheet
from scenes.parts.ground.arrow import GroundArrow
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.trail import Trail
from scenes.parts.panels.plot import Plot, PlotCurve

#: What is measured.
_KINDS = (Hiker, Trail, GroundArrow, Cabin, Plot, PlotCurve, Edges)


@dataclass
class Geometry(Check):
    """Measures what a scene shows, moment by moment, and keeps the first fault of each kind.

    Attributes
    ----------
    measured
        How many hikers, prints, arrows, cabins, ticks and curves were measured, all moments together.
    """

    measured: int = 0
    _trails: Trails = field(default_factory=Trails)
    _arrows: Arrows = field(default_factory=Arrows)
    _scales: Scales = field(default_factory=Scales)

    def see(self, moment: Moment) -> None:
        """Measure one moment."""
        shown = moment.of(*_KINDS)
        hikers = [mobject for mobject in shown if isinstance(mobject, Hiker)]
        for mobject in filter(_follows, shown):
            for rule, name, found in self._measured(mobject, hikers, moment):
                self.measured += 1
                if found:
                    self.keep(Fault(rule, name, found, moment.time), mobject)

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Judge what may have been said at any time."""
        for plot, fault in self._scales.not_called_so():
            self.keep(fault, plot)

    def _measured(self, mobject: Mobject, hikers: list[Hiker], moment: Moment) -> Iterator[tuple[str, str, str]]:
        """What was measured of a mobject: the rule, the run or what it is called, and what is wrong, or nothing."""
        scene = moment.scene
        if isinstance(mobject, Hiker) and mobject.is_seen:
            yield "hiker", *hiker_fault(mobject, scene)
        elif isinstance(mobject, Trail):
            label = mobject.walk.trajectory.label
            yield from (("trail", label, found) for found in self._trails.faults(mobject, hikers, scene))
        elif isinstance(mobject, GroundArrow):
            walks = [hiker.walk for hiker in hikers if hiker.walk is not None and _follows(hiker)]
            yield from (("arrow", *found) for found in self._arrows.faults(mobject, walks, scene))
        elif isinstance(mobject, Cabin):
            yield "cabin", *cabin_fault(mobject, scene)
        elif isinstance(mobject, Plot):
            yield "axis", *self._scales.fault(mobject, moment)
            yield from (("tick", *found) for found in tick_faults(mobject))
        elif isinstance(mobject, Edges):
            yield from (("axis", *found) for found in edge_name_faults(mobject, scene))
            yield from (("tick", *found) for found in edge_faults(mobject, scene))
        elif isinstance(mobject, PlotCurve):
            yield "curve", *curve_fault(mobject, scene)


def _follows(mobject: Mobject) -> bool:
    """Whether it is where its updaters put it: what is just coming or going drifts, and follows nothing meanwhile.

    A curve is held against its axes, which drift with it, or against nothing while they come without it.
    """
    moving = mobject.plot if isinstance(mobject, PlotCurve) else mobject
    return not moving.updating_suspended and bool(mobject.get_all_points().size)
