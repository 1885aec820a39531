"""Walked: which rows each run goes through while a line is said, and at which of them it rests."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from scenes.check.playback import Moment
from scenes.check.wiring.cast import cast
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.trail import Trail
from scenes.parts.panels.plot import PlotCurve

#: Who says first where a run has come to.
_LEADS = (Hiker, Trail, PlotCurve)
#: Rows, and seconds, that are none.
_NONE = 1e-3


@dataclass(frozen=True)
class Way:
    """How far a run goes during a line.

    Attributes
    ----------
    start, end
        The rows at which it begins and ends, with a fraction within a step.
    rests
        The rows at which an animation or a wait leaves it.
    passed
        All rows at which it was seen.
    last
        Its last row; None if that is not known.
    """

    start: float
    end: float
    rests: tuple[float, ...]
    passed: tuple[float, ...]
    last: int | None

    @property
    def moves(self) -> bool:
        """Whether it goes on at all."""
        return abs(self.end - self.start) > _NONE or any(abs(a - b) > _NONE for a, b in pairwise(self.passed))

    def rests_at(self, row: float) -> bool:
        """Whether it comes to a row, and is left there."""
        return any(abs(rest - row) < _NONE for rest in self.rests)


@dataclass
class Walked:
    """Keeps where each run is at each moment, and at the end of each animation and wait."""

    _states: list[tuple[float, bool, dict[str, float]]] = field(default_factory=list)
    _last: dict[str, int] = field(default_factory=dict)

    def note(self, moment: Moment, *, left: bool = False) -> None:
        """Note a moment; ``left`` says that an animation has ended with it."""
        rows: dict[str, tuple[int, float]] = {}
        for role in cast(moment):
            lead = next((index for index, kind in enumerate(_LEADS) if isinstance(role.mobject, kind)), None)
            if lead is not None and role.now is not None and lead < rows.get(role.label, (len(_LEADS), 0.0))[0]:
                rows[role.label] = lead, role.now
                if role.last is not None:
                    self._last[role.label] = role.last
        self._states.append((moment.time, left, {label: now for label, (_, now) in rows.items()}))

    def between(self, start: float, end: float) -> dict[str, Way]:
        """How far each run goes from one time until another, in seconds; of those that are seen then."""
        before = [rows for time, _, rows in self._states if time <= start + _NONE]
        during = [state for state in self._states if start + _NONE < state[0] <= end + _NONE]
        ways = {}
        for label in {label for _, _, rows in during for label in rows}:
            here = [(left, rows[label]) for _, left, rows in during if label in rows]
            begin = before[-1][label] if before and label in before[-1] else here[0][1]
            passed = (begin, *(now for _, now in here))
            rests = tuple(now for left, now in here if left)
            ways[label] = Way(begin, here[-1][1], rests, passed, self._last.get(label))
        return ways
