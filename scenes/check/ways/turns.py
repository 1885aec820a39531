"""Turns: an arrow round a knob goes the way that its slope, and the words beside it, say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import CurvedArrow, Text
from numpy.typing import NDArray

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import field_of, run_label
from scenes.check.playback import Moment
from scenes.check.wiring.cast import pieces, tops
from scenes.narration.languages import en
from scenes.parts.dials.turn_arrow import TurnArrow
from scenes.parts.radio import Knob

_WAY = re.compile(rf"\b(?:(?P<up>{'|'.join(en.TURN_UP_WORDS)})|{'|'.join(en.TURN_DOWN_WORDS)})\b", re.IGNORECASE)
#: How far from the middle of the knob that of an arrow's bow may be, of the bow's radius.
_ROUND = 0.2
#: Scene units within which words beside a knob are of that knob.
_BESIDE = 3.5


@dataclass
class Turns(Check):
    """Measures the arrows round knobs: clockwise turns up."""

    def played(self, moment: Moment) -> None:
        """Look at how an animation has left them."""
        stage = [piece for top in tops(moment) for piece in pieces(top)]
        knobs = [piece for piece in stage if isinstance(piece, Knob)]
        lines = [
            piece for piece in stage if isinstance(piece, Text) and len(piece) and _WAY.search(piece.original_text)
        ]
        for arrow in (piece for piece in stage if isinstance(piece, CurvedArrow)) if knobs else ():
            knob = min(knobs, key=lambda each: _apart(arrow, each))
            if _apart(arrow, knob) > _ROUND or not len(arrow.points):
                continue
            up = _is_clockwise(arrow.points[:, :2] - knob.rim.get_center()[:2])
            for found in (_against_slope(arrow, up, moment.scene), _against_words(knob, knobs, lines, up)):
                if found:
                    self.keep(Fault("arrow", "a knob", f"is turned {'up' if up else 'down'}, and {found}", moment.time))


def _apart(arrow: Any, knob: Knob) -> float:
    """How far the middle of an arrow's bow is from that of a knob, of the bow's radius."""
    points = arrow.points[:, :2]
    if len(points) < 3:
        return np.inf
    away = np.linalg.norm(points - knob.rim.get_center()[:2], axis=1)
    # All of a bow is as far from its middle, but for what rounds it off between the corners.
    return float(np.ptp(away) / away.mean()) if away.mean() < 4 * knob.rim.width else np.inf


def _is_clockwise(points: NDArray[np.float64]) -> bool:
    """Whether points go round the origin clockwise."""
    cross = points[:-1, 0] * points[1:, 1] - points[:-1, 1] * points[1:, 0]
    return bool(cross.sum() < 0)


def _against_slope(arrow: CurvedArrow, up: bool, scene: Any) -> str:
    """Whether the recorded slope for which an arrow stands leads the other way, or is none that was recorded."""
    if not isinstance(arrow, TurnArrow):
        return ""
    said = field_of(getattr(arrow.slope, "source", None))
    runs = {run_label(label): run for label, run in getattr(scene, "recordings", {}).items()}
    value = said.value(runs[said.label]) if said is not None and said.label in runs else None
    if said is None or said.name not in ("slopes", "grads") or value is None:
        return "stands for no slope that was recorded"
    return f"{said} is {value:+.3g}: down its slope is the other way" if (value < 0) != up else ""


def _against_words(knob: Knob, knobs: Sequence[Knob], lines: Sequence[Text], up: bool) -> str:
    """Whether the words beside a knob say the other way."""

    def away(line: Text, other: Knob) -> float:
        return float(np.linalg.norm(line.get_center() - other.rim.get_center()))

    near = [line for line in lines if away(line, knob) < _BESIDE and knob is min(knobs, key=lambda k: away(line, k))]
    for line in sorted(near, key=lambda line: away(line, knob)):
        match = _WAY.search(line.original_text)
        if match is not None and (match["up"] is not None) != up:
            return f"the words beside it are {line.original_text!r}"
    return ""
