"""Whose number a label shows: a run of its plate, of its plot, or of the picture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from manim import Mobject, Text

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import Field, fields_of, run_label
from scenes.check.playback import Moment
from scenes.check.wiring.cast import FIGURES, Role, cast, pieces, roles, tops
from scenes.check.wiring.colours import same, worn_by
from scenes.narration.cues import CueSheet
from scenes.parts.ground.hiker import Hiker
from scenes.parts.panels.plot import Plot, PlotCurve
from scenes.parts.panels.scorecard import Readout
from scenes.parts.words import LegendRow
from scenes.stage.naming import names_of

#: What a single coefficient is called.
_COEFFICIENT = re.compile(r"(?:knob|coefficient|coeffs)\W*(\d+)\W*")
#: How far from the axes of a plot a label is still the plot's, in scene units.
_NEAR = 1.5


@dataclass
class _Label:
    """A line of type with numbers of runs: what it says, since when, and which runs were in the picture meanwhile."""

    mobject: Mobject
    text: str
    fields: list[Field]
    since: float
    seen: set[str] = field(default_factory=set)


@dataclass
class Labels(Check):
    """Reads every label with numbers of runs, moment by moment, and judges by all that was beside it meanwhile."""

    _labels: dict[int, _Label] = field(default_factory=dict)
    _placed: dict[int, Mobject] = field(default_factory=dict)
    _plots: dict[int, tuple[Plot, set[str]]] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        runs = {run_label(label): run for label, run in getattr(moment.scene, "recordings", {}).items()}
        shown = cast(moment)
        in_picture = {role.label for role in shown if isinstance(role.mobject, FIGURES)}
        self._plots = {}
        for role in shown:
            if isinstance(role.mobject, PlotCurve):
                self._plots.setdefault(id(role.mobject.plot), (role.mobject.plot, set()))[1].add(role.label)
        reached = {id(role.mobject): role for role in shown if isinstance(role.mobject, Hiker)}
        for top in tops(moment):
            self._of_whom(top, reached, moment, runs)
            self._of_which(top, moment, runs)
            _, loose = self._gathered(top, moment, runs)
            for mobject, fields in loose:
                self._by_a_plot(mobject, fields, moment)
                if id(mobject) not in self._placed:
                    label = self._labels.setdefault(id(mobject), _Label(mobject, _text(mobject), fields, moment.time))
                    label.seen |= in_picture
        self._in_colour(moment, shown, runs)

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Judge the labels that stood by themselves."""
        for label in self._labels.values():
            for said in label.fields:
                if label.seen and said.label not in label.seen:
                    found = f"shows {said}, and the picture is of {_and(label.seen)}"
                    self.keep(Fault("whose", label.text, found, label.since), label.mobject)

    def _of_whom(self, top: Mobject, reached: dict[int, Role], moment: Moment, runs: dict[str, Any]) -> None:
        """A label that names a hiker shows what was recorded at the row where he stands."""
        for who in (reached[id(thing)] for thing in names_of(top) if id(thing) in reached):
            for text in (piece for piece in pieces(top) if isinstance(piece, Text)):
                for said in fields_of(getattr(text, "numbers", None), runs):
                    if said.label == who.label and None not in (said.row, who.row) and said.row != who.row:
                        found = f"shows {said}, and names the hiker who stands at row {who.row}"
                        self.keep(Fault("reading", _text(text), found, moment.time), text)

    def _of_which(self, group: Mobject, moment: Moment, runs: dict[str, Any]) -> None:
        """A number beside the name of one coefficient is of that coefficient."""
        lines = [line for line in group.submobjects if isinstance(line, Text)]
        named = {int(match[1]) for line in lines if (match := _COEFFICIENT.fullmatch(line.original_text.strip()))}
        if len(named) == 1:
            (index,) = named
            for line in (line for line in group.submobjects if isinstance(line, Text | Readout)):
                for said in fields_of(getattr(line, "numbers", None), runs):
                    if len(said.places) == 2 and said.places[1] != index:
                        found = f"shows {said} beside the name of coefficient {index}"
                        self.keep(Fault("whose", _text(line), found, moment.time), line)
        for member in group.submobjects:
            if not isinstance(member, (Text, *FIGURES)) and member.submobjects:
                self._of_which(member, moment, runs)

    def _gathered(
        self, mobject: Mobject, moment: Moment, runs: dict[str, Any]
    ) -> tuple[set[str], list[tuple[Mobject, list[Field]]]]:
        """The runs that a mobject shows, and the labels in it that nothing within it says the run of."""
        if isinstance(mobject, Text | Readout):
            fields = fields_of(getattr(mobject, "numbers", None), runs)
            return set(), [(mobject, fields)] if fields and mobject.get_all_points().size else []
        own = {role.label for role in roles(mobject) if isinstance(mobject, PlotCurve | LegendRow)}
        own |= self._plots[id(mobject)][1] if id(mobject) in self._plots else set()
        loose: list[tuple[Mobject, list[Field]]] = []
        if isinstance(mobject, FIGURES):
            return own, loose
        for child in mobject.submobjects:
            theirs, labels = self._gathered(child, moment, runs)
            own |= theirs
            loose += labels
        if not own:
            return own, loose
        for label, fields in loose:
            self._beside(label, fields, own, moment)
        return own, []

    def _beside(self, label: Mobject, fields: list[Field], own: set[str], moment: Moment) -> None:
        """A label is beside what shows these runs: that settles what it may show, whatever it stood beside before."""
        self._placed[id(label)] = label
        self._labels.pop(id(label), None)
        for said in fields:
            if said.label not in own:
                found = f"shows {said} beside what is of {_and(own)}"
                self.keep(Fault("whose", _text(label), found, moment.time), label)

    def _by_a_plot(self, label: Mobject, fields: list[Field], moment: Moment) -> None:
        """A label right over or under one of several plots is of a run in that one, if any shows it."""
        drawn = {run for _, runs in self._plots.values() for run in runs}
        if len(self._plots) > 1 and {said.label for said in fields} <= drawn:
            x, y, _ = label.get_center()
            for plot, runs in self._plots.values():
                (west, south), (east, north) = plot.axes[0].get_start()[:2], plot.axes[0].get_end()[:2]
                north = plot.axes[1].get_end()[1]
                if west < x < east and south - _NEAR < y < north + _NEAR:
                    self._beside(label, fields, runs, moment)

    def _in_colour(self, moment: Moment, shown: list[Role], runs: dict[str, Any]) -> None:
        """A number in the colour of a run is of that run."""
        worn = {label: [one.colour for one in all_worn] for label, all_worn in worn_by(shown).items()}
        if len(worn) < 2:
            return
        for mobject in (piece for top in tops(moment) for piece in pieces(top) if isinstance(piece, Text)):
            fields = fields_of(getattr(mobject, "numbers", None), runs)
            if not fields or not len(mobject):
                continue
            colour = mobject[0].get_fill_color().to_hex()
            others = {label for label, colours in worn.items() if any(same(colour, other) for other in colours)}
            for said in fields:
                if others and said.label not in others and said.label in worn:
                    found = f"shows {said} in {colour}, the colour of {_and(others)}"
                    self.keep(Fault("colour", _text(mobject), found, moment.time), mobject)


def _text(mobject: Mobject) -> str:
    numbers = getattr(mobject, "numbers", None)
    return str(getattr(mobject, "original_text", "") or (numbers.text if numbers is not None else ""))


def _and(labels: set[str]) -> str:
    return " and ".join(sorted(labels))
