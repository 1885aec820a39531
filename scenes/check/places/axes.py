"""What axes are called: logarithmic where they are, and along the edges of a ground what is measured there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from manim import Text

from descent_core.explore.summary import PlaneSummary
from scenes.check.fault import Fault
from scenes.check.places.distance import NEAR, in_pixels
from scenes.check.playback import Moment
from scenes.explore.edges import Edges, Side
from scenes.explore.ground import Ground
from scenes.narration.languages import en
from scenes.parts.panels.plot import Plot

#: "log(1 + loss)" is what is measured, and says nothing of its axis.
_LOG = re.compile(rf"\b(?:{'|'.join(map(re.escape, en.LOG_AXIS_WORDS))})\b(?! ?\()", re.IGNORECASE)


@dataclass
class Scales:
    """Holds what upward axes are called against whether they are logarithmic.

    Several plots may have it said of all of them, by a line of type that is in none of them.
    """

    _not_called_so: dict[str, tuple[Plot, float]] = field(default_factory=dict)
    _is_said: bool = False

    def fault(self, plot: Plot, moment: Moment) -> tuple[str, str]:
        """What the upward axis of a plot is called, and whether it is called logarithmic and is not, or nothing."""
        name = str(plot.title.original_text)
        called = _LOG.search(name) is not None
        if plot.log and not called:
            self._not_called_so.setdefault(name, (plot, moment.time))
            self._is_said = self._is_said or any(_LOG.search(str(text.original_text)) for text in _beside_plots(moment))
        return name, "called logarithmic, and it is linear" if called and not plot.log else ""

    def not_called_so(self) -> Iterator[tuple[Plot, Fault]]:
        """The plots whose axis is logarithmic and not called so anywhere, once the scene is over."""
        for name, (plot, time) in self._not_called_so.items() if not self._is_said else ():
            yield plot, Fault("axis", name, "it is logarithmic, and nothing says so", time)


def _beside_plots(moment: Moment) -> list[Text]:
    """The lines of type that are shown outside of plots."""
    within = {id(member) for plot in moment.of(Plot) for member in plot.get_family()}
    return [text for text in moment.of(Text) if id(text) not in within]


def edge_name_faults(edges: Edges, scene: Any) -> Iterator[tuple[str, str]]:
    """For each edge of an explored ground that has a name, the name as it is drawn, and what is wrong, or nothing."""
    ground = vars(scene).get("ground")
    if not isinstance(ground, Ground):
        return  # the edges themselves are a fault then
    for side in edges.sides:
        if side.title is None:
            continue
        drawn = next(str(text.original_text) for text in side.title if isinstance(text, Text))
        yield drawn, _misnamed(drawn, side, edges, ground.summary.plane)


def _misnamed(drawn: str, side: Side, edges: Edges, plane: PlaneSummary) -> str:
    """Whether a name says another direction than the plane's along that edge, or lies on the other edge."""
    name = _name(plane, side.axis)
    if drawn.split(",")[0] != name:
        where = ("from west to east", "from south to north")[side.axis]
        return f"is along the edge {where}, where the plane has {name!r}"
    away = {other.axis: _distance(side, other) for other in edges.sides}
    nearest = min(away, key=lambda axis: away[axis])
    if away[side.axis] > away[nearest] + NEAR:  # at their corner it may lie on both
        return f"lies on the edge of {_name(plane, nearest)!r}, {away[side.axis]:.0f} pixels of 1080p from its own"
    return ""


def _name(plane: PlaneSummary, axis: int) -> str:
    """What an axis of the plane is called."""
    if plane.kind == "principal":
        return f"main direction {axis + 1}"
    return f"knob {plane.axes[axis]}" if axis < len(plane.axes) else ""


def _distance(side: Side, other: Side) -> float:
    """How far the name of an edge is from the line of one, in pixels."""
    assert side.title is not None
    return float(in_pixels(other.line.points - side.title.get_center()).min())
