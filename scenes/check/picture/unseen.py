"""Unseen: the row of a run, or a number, that changes while nobody can see it change."""

from __future__ import annotations

from dataclasses import dataclass, field

from manim import FadeIn, FadeOut, Mobject

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.check.wiring.cast import Role, cast
from scenes.parts.dials.compass import Compass
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.trail import Trail
from scenes.parts.knob_wall import KnobWall
from scenes.parts.panels.plot import PlotCurve
from scenes.parts.panels.scorecard import Readout
from scenes.parts.radio import Knob, Radio

#: What shows a row of a run.
_FIGURES = (Hiker, Trail, PlotCurve, Readout, Compass, Radio, Knob, KnobWall)
#: Opacity from which on a change of it is seen, and rows that are none.
_THERE, _AS_IT_WAS = 0.3, 0.01
#: Seconds after which something that was gone comes as something new.
_GONE = 3.0
#: Seconds of a fade that are too few, and rows a second that are too many, to see them go by meanwhile.
_SHORT, _FAST = 1.2, 4.0


@dataclass(frozen=True)
class _Seen:
    """What was seen of something that shows a run: which row, when, and in which animation or wait."""

    mobject: Mobject
    row: float
    time: float
    play: int


@dataclass
class Unseen(Check):
    """Follows the row that each figure and each read-out shows, from one moment at which it is seen to the next.

    A row changes while something is played that moves it, and what shows it is seen to change. A figure that fades
    follows nothing meanwhile; between two animations no time goes by; and while something else comes or goes, nobody
    looks. One whose row is another after that has jumped.
    """

    _last: dict[int, _Seen] = field(default_factory=dict)
    _first: dict[int, _Seen] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        for role in _rows(moment):
            last = self._last.get(id(role.mobject))
            if last is None or last.play != moment.play.index:
                if last is not None and moment.time - last.time < _GONE:
                    self._judge(role, last, moment, "and nobody sees it go")
                self._first[id(role.mobject)] = _seen(role, moment)
            self._last[id(role.mobject)] = _seen(role, moment)

    def played(self, moment: Moment) -> None:
        """Keep how an animation has left what shows a row."""
        fades = moment.play.seconds <= _SHORT and any(
            isinstance(animation, FadeIn | FadeOut) for animation in moment.play.animations
        )
        for role in _rows(moment):
            first = self._first.get(id(role.mobject))
            if fades and first is not None and first.play == moment.play.index:
                self._judge(role, first, moment, "while something fades", _FAST * moment.play.seconds)
            self._last[id(role.mobject)] = _seen(role, moment)

    def _judge(self, role: Role, last: _Seen, moment: Moment, how: str, may: float = _AS_IT_WAS) -> None:
        if abs(_seen(role, moment).row - last.row) > may:
            name = "a read-out" if isinstance(role.mobject, Readout) else f"the {type(role.mobject).__name__}"
            found = f"{name} goes from row {last.row:g} to row {role.now:g}, {how}"
            self.keep(Fault("jump", role.label, found, moment.time), role.mobject)


def _seen(role: Role, moment: Moment) -> _Seen:
    return _Seen(role.mobject, float(role.now or 0), moment.time, moment.play.index)


def _rows(moment: Moment) -> list[Role]:
    """What shows a row and is seen to do so: it neither comes nor goes, and follows its run.

    A read-out of several numbers, such as a sum, is where its last one is.
    """
    opaque = moment.shapes.opacity_of
    shown = {
        id(role.mobject): role
        for role in cast(moment)
        if role.now is not None
        and isinstance(role.mobject, _FIGURES)
        and not role.mobject.updating_suspended
        and opaque(role.mobject) >= _THERE
    }
    return list(shown.values())
