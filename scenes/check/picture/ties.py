"""Ties: a label stands beside what it names, for as long as it is there, and that is seen."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from manim import Mobject
from numpy.typing import NDArray

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.picture.lines import is_type, lines_of, words_of
from scenes.check.playback import Moment
from scenes.parts.ground.arrow import GroundArrow
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.stage.naming import anchor_of, names_of

#: Opacity from which on a label is there to be read, and up to which what it names is lost in the fog.
_THERE, _LOST = 0.95, 0.15
#: Scene units between a label and what it names: more is not beside it.
_BESIDE = 1.0
#: Scene units by which they may part while both are there.
_DRIFT = 0.4
#: A label whose scene does not say what it names is that of the one figure which it enters as near to as this.
_TOUCHING = 0.45
#: Width and height of what is a label, and no panel.
_SMALL = (4.0, 0.9)


@dataclass(eq=False)
class _Tie:
    """A label, what it names, and how they stood when it had come in: the way from one to the other, in scene units."""

    label: Mobject
    thing: Mobject | None
    is_said: bool = False
    way: NDArray[np.float64] | None = None


@dataclass
class Ties(Check):
    """Watches labels, and the figures that they name.

    A scene says what a label names with `scenes.stage.naming.set_next_to`: where such a label stands is held by
    `scenes.check.picture.naming.Naming`, and here only that it does not part from its thing. Where nobody says so, a
    label is that of the figure it enters beside, if there is but one.
    """

    _ties: dict[int, _Tie] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        there = {id(line.mobject) for line in lines_of(moment) if line.opacity >= _THERE}
        if not there and not self._ties:
            return
        tops = {
            id(top): top
            for top in moment.scene.mobjects
            if any(id(member) in there for member in top.get_family() if is_type(member))
        }
        for key in self._ties.keys() - tops.keys():
            del self._ties[key]
        for key, top in tops.items():
            tie = self._ties.get(key)
            if tie is None:
                tie = self._ties[key] = _Tie(top, _named_by(top, moment), _is_said(top))
            if tie.thing is not None:
                found = _found(tie, tie.thing, moment)
                if found:
                    words = ", ".join(words_of(member) for member in top.get_family() if is_type(member))
                    self.keep(Fault("label", words, found, moment.time), top)


def _found(tie: _Tie, thing: Mobject, moment: Moment) -> str:
    """What is wrong with a label, or nothing."""
    box, other = moment.shapes.box_of(tie.label), moment.shapes.box_of(thing)
    name = type(thing).__name__
    if box is None:
        return ""
    if tie.is_said:
        return _parted(tie, box, other)
    if other is None:
        return f"the {name} that it names is not there"
    if moment.shapes.opacity_of(thing) <= _LOST:
        return f"the {name} that it names is not seen"
    apart = _gap(box, other)
    if apart > _BESIDE:
        return f"stands {apart:.1f} units from the {name} that it names"
    return _parted(tie, box, other)


def _parted(tie: _Tie, box: NDArray[np.float64], other: NDArray[np.float64] | None) -> str:
    """Whether a label has parted from its thing since it came in."""
    if other is None or tie.thing is None:
        return ""
    name, apart = type(tie.thing).__name__, _gap(box, other)
    # Beside an arrow a label stands at the tip, wherever that turns.
    anchor = anchor_of(tie.thing)
    middle = anchor[:2] if isinstance(anchor, np.ndarray) else (other[:2] + other[2:]) / 2
    way = middle - (box[:2] + box[2:]) / 2
    if tie.way is None:
        tie.way = way
    drift = float(np.linalg.norm(way - tie.way))
    # A figure that swings its legs or an arrow that turns is another box in the same place.
    return f"has parted from the {name} that it names by {drift:.1f} units" if drift > _DRIFT and apart > 0 else ""


def _is_said(label: Mobject) -> bool:
    """Whether its scene says what a label names."""
    return any(names_of(member) for member in label.get_family())


def _named_by(label: Mobject, moment: Moment) -> Mobject | None:
    """What a label names: what its scene said, or the one figure that it stands beside."""
    for member in label.get_family():
        for thing in names_of(member):
            return thing
    box = moment.shapes.box_of(label)
    if box is None or box[2] - box[0] > _SMALL[0] or box[3] - box[1] > _SMALL[1]:
        return None
    figures = moment.of(Hiker, Cabin, GroundArrow)
    boxes = [(figure, moment.shapes.box_of(figure)) for figure in figures]
    near = [
        figure
        for figure, other in boxes
        if other is not None and _gap(box, other) <= _TOUCHING and moment.shapes.opacity_of(figure) > _LOST
    ]
    return near[0] if len(near) == 1 else None


def _gap(box: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """How far two boxes are apart, in scene units; 0 if they meet."""
    return float(np.linalg.norm(np.maximum(np.maximum(box[:2] - other[2:], other[:2] - box[2:]), 0)))
