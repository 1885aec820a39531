"""Who is who: a run has one colour at a time, on its hiker, its trail, its curves and in the legend."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from manim import Mobject

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.check.wiring.cast import Role, cast
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.trail import Trail
from scenes.parts.panels.plot import PlotCurve
from scenes.parts.words import LegendRow
from scenes.theme import theme

#: How far apart two colours are that are not the same, in levels of red, green or blue: what comes and goes is mixed.
_APART = 12


@dataclass(frozen=True)
class Worn:
    """A colour that a run has at a moment: on what, and which (``#rrggbb``)."""

    kind: str
    colour: str
    mobject: Mobject


@dataclass
class Colours(Check):
    """Measures the colours by which runs are told apart, moment by moment."""

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        roles = cast(moment)
        everybody = worn_by(roles)
        for label, all_worn in everybody.items():
            for one, other in _unlike(all_worn):
                who = [name for name, wears in everybody.items() if any(same(w.colour, other.colour) for w in wears)]
                of = " and ".join(name for name in who if name != label)
                found = f"{one.kind} is {one.colour} and {other.kind} {other.colour}{of and f', the colour of {of}'}"
                self.keep(Fault("colour", label, found, moment.time), one.mobject, other.mobject)
        self._names(moment, roles)
        for label, fellow in _alike(everybody):
            found = f"walks in {everybody[label][0].colour}, as {fellow} does"
            self.keep(Fault("colour", label, found, moment.time), everybody[label][0].mobject)

    def _names(self, moment: Moment, roles: Sequence[Role]) -> None:
        """A row of a legend that has the name of a recording is of that one."""
        labels = {_plain(label): label for label in getattr(moment.scene, "recordings", {})}
        for mobject in {id(role.mobject): role.mobject for role in roles}.values():
            if isinstance(mobject, LegendRow):
                name = str(mobject.label.original_text).split(",")[0]
                named = labels.get(_plain(name))
                if named is not None and named not in mobject.runs:
                    found = f"names {named}, and is of {' and '.join(mobject.runs)}"
                    self.keep(Fault("who", name, found, moment.time), mobject)


def worn_by(roles: Sequence[Role]) -> dict[str, list[Worn]]:
    """The colours of each run, by label: not those that hikers and trails have where nobody chose any.

    Unless it is the colour of another run: the coat that a hiker has by himself is also that of the walk that is right.
    """
    found: dict[str, list[Worn]] = defaultdict(list)
    unchosen: dict[str, list[Worn]] = defaultdict(list)
    alone = len({role.label for role in roles}) < 2  # with nobody to be told apart from, a curve need not match
    for role in roles:
        mobject = role.mobject
        if isinstance(mobject, Hiker):
            one, usual = Worn("the coat", mobject.coat, mobject), theme.coat
        elif isinstance(mobject, Trail):
            one, usual = Worn("the trail", _hex(mobject.line.get_stroke_color()), mobject), theme.trail
        elif isinstance(mobject, PlotCurve):
            one, usual = Worn("the curve", _hex(mobject.get_stroke_color()), mobject), theme.right if alone else ""
        elif isinstance(mobject, LegendRow):
            one, usual = Worn("the bar in the legend", _hex(mobject.bar.get_fill_color()), mobject), ""
        else:
            continue
        (unchosen if usual and same(one.colour, usual) else found)[role.label].append(one)
    chosen = {label: list(worn) for label, worn in found.items()}
    for label, worn in unchosen.items():
        others = [each for other, theirs in chosen.items() if other != label for each in theirs]
        found[label] += [one for one in worn if any(same(one.colour, each.colour) for each in others)]
    return {label: worn for label, worn in found.items() if worn}


def same(colour: str, other: str) -> bool:
    """Whether two colours, ``#rrggbb``, look the same.

    >>> same("#3AE2AB", "#39e2ab"), same("#3AE2AB", "#7978FF")
    (True, False)
    """
    channels = zip(bytes.fromhex(colour[1:7]), bytes.fromhex(other[1:7]), strict=True)
    return all(abs(one - another) < _APART for one, another in channels)


def _unlike(worn: Sequence[Worn]) -> Iterator[tuple[Worn, Worn]]:
    """The first pair of differing colours of one run, if there is one."""
    for other in worn[1:]:
        if not same(other.colour, worn[0].colour):
            yield worn[0], other
            return


def _alike(worn: dict[str, list[Worn]]) -> Iterator[tuple[str, str]]:
    """Runs whose hikers or trails have the colour of another's."""
    walked = {
        label: {one.colour for one in all_worn if isinstance(one.mobject, Hiker | Trail)}
        for label, all_worn in worn.items()
    }
    labels = [label for label, colours in walked.items() if colours]
    for index, label in enumerate(labels):
        for other in labels[index + 1 :]:
            if any(same(one, another) for one in walked[label] for another in walked[other]):
                yield label, other


def _plain(name: str) -> str:
    """A name without signs: "too big" and "too-big" are one."""
    return " ".join(re.findall(r"\w+", name.lower()))


def _hex(colour: object) -> str:
    return str(colour.to_hex())  # type: ignore[attr-defined]
