"""The cast: which runs the picture shows at a moment, by what, and at which row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from manim import Mobject, Text

from scenes.check.numbers.fields import Field, field_of, run_label
from scenes.check.playback import Moment
from scenes.engine.drawing.raster import Raster
from scenes.parts.dials.compass import Compass
from scenes.parts.dials.held_compass import HeldCompass
from scenes.parts.ground.arrow import GroundArrow
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.ribbons import Ribbons
from scenes.parts.ground.trail import Trail
from scenes.parts.knob_wall import KnobWall
from scenes.parts.panels.plot import PlotCurve
from scenes.parts.panels.scorecard import Readout
from scenes.parts.panels.slope_wall import SlopeWall
from scenes.parts.radio import Knob, Radio
from scenes.parts.words import LegendRow
from scenes.stage.traced_run import origin
from scenes.stage.transitions import Curtain

#: A curtain of this opacity and more takes what is behind it out of the picture.
_DIMS = 0.5
#: What is painted no more opaquely than that is not in the picture either: it lies behind what is.
_FAINT = 0.5
#: What is looked at as a whole.
_WHOLE = (
    *(Text, Readout, Hiker, Trail, Ribbons, Compass, HeldCompass, SlopeWall),
    *(Knob, KnobWall, Cabin, GroundArrow, Mountain),
)
#: What shows a run beside those that tell numbers.
FIGURES = (Hiker, Trail, Ribbons, PlotCurve, Compass, HeldCompass, SlopeWall, Radio, Knob, KnobWall)


@dataclass(frozen=True)
class Role:
    """Something in the picture that shows a run.

    Attributes
    ----------
    label
        Of the run.
    mobject
        What shows it.
    now
        The row that it shows, with a fraction within a step; None if it shows the run as a whole.
    last
        The last row of the run, where it is known.
    """

    label: str
    mobject: Mobject
    now: float | None = None
    last: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all of the run is shown: nothing of it is still to come."""
        return self.now is None or self.now == self.last

    @property
    def row(self) -> int | None:
        """The recorded row that it has reached."""
        return None if self.now is None else int(np.floor(self.now + 1e-6))


def tops(moment: Moment, *, dim: bool = False) -> list[Mobject]:
    """What stands on the stage, in the order in which it is drawn; what is dim behind a curtain if asked for."""
    shown = sorted(moment.scene.mobjects, key=lambda mobject: mobject.z_index)
    dims = [
        index
        for index, mobject in enumerate(shown)
        if isinstance(mobject, Curtain) and not mobject.hides_all and mobject.get_fill_opacity() >= _DIMS
    ]
    return shown[dims[-1] + 1 :] if dims and not dim else shown


def pieces(mobject: Mobject) -> Iterator[Mobject]:
    """It, and all that is within it, down to lines of type and parts of the stage that are looked at as a whole."""
    yield mobject
    if not isinstance(mobject, _WHOLE):
        for child in mobject.submobjects:
            yield from pieces(child)


def cast(moment: Moment, *, dim: bool = False) -> list[Role]:
    """All that shows a run at a moment, in the order in which it is drawn; see `tops`."""
    kept = _KEPT.setdefault(moment, {})
    if dim not in kept:
        kept[dim] = _cast(moment, dim)
    return kept[dim]


#: Every check asks for the cast of each moment.
_KEPT: WeakKeyDictionary[Moment, dict[bool, list[Role]]] = WeakKeyDictionary()


def _cast(moment: Moment, dim: bool) -> list[Role]:
    return [
        role
        for top in tops(moment, dim=dim)
        for mobject in pieces(top)
        for role in roles(mobject)
        if _is_drawn(mobject)
    ]


def roles(mobject: Mobject) -> Iterator[Role]:
    """Which runs a mobject shows by itself."""
    if isinstance(mobject, Hiker | Trail) and mobject.walk is not None:
        run = mobject.walk.trajectory
        yield Role(run_label(run.label), mobject, mobject.walk.now, int(run.steps))
    elif isinstance(mobject, PlotCurve):
        if mobject.origins[1] is not None:
            now = None if mobject.now is None else float(mobject.now())
            yield Role(run_label(mobject.origins[1].label), mobject, now, len(mobject.xs) - 1)
    elif isinstance(mobject, HeldCompass):
        yield Role(run_label(mobject.progress.trajectory.label), mobject, mobject.row)
    elif isinstance(mobject, Hiker | Compass | SlopeWall | Radio | Knob | KnobWall):
        taken = taken_from(mobject.reading())
        if taken is not None:
            yield Role(taken.label, mobject, taken.row)
    elif isinstance(mobject, Readout):
        for _, source in mobject.numbers.sources if mobject.numbers is not None else ():
            field = field_of(source)
            if field is not None:
                yield Role(field.label, mobject, field.row)
    elif isinstance(mobject, Ribbons):
        for run in mobject.begun or (mobject.leading,):
            yield Role(run_label(run.label), mobject)
    elif isinstance(mobject, LegendRow):
        for label in mobject.runs:
            yield Role(run_label(label), mobject)


def taken_from(values: Any) -> Field | None:
    """The field of a recording that a value is, or an array; None if it is none."""
    if isinstance(source := getattr(values, "source", None), str):
        return field_of(source)
    found = origin(values)
    if found is None:
        return None
    return Field(run_label(found.label), found.field, tuple(place for place in found.places if isinstance(place, int)))


def _is_drawn(mobject: Mobject) -> bool:
    if isinstance(mobject, Raster) and mobject.opacity <= _FAINT:
        return False
    return bool(mobject.has_points() or any(child.has_points() for child in mobject.get_family()))
