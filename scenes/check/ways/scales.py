"""Scales: a row of colours over the ribbons of many walks goes from the tiny learning rate to the giant one.

It has a colour for each ribbon, no more and no fewer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import Mobject, Text, VGroup, VMobject

from descent_core.counted import counted
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.check.wiring.cast import tops
from scenes.narration.languages import en
from scenes.parts.ground.ribbons import Ribbons

#: Opacity from which on a colour of a scale is lit; and how many may be early or late.
_LIT, _MEANWHILE = 0.9, 2
#: How many colours are a scale; and the fraction of the ribbons from which on it is one of all of them.
_SEVERAL, _MOST = 3, 0.5


@dataclass
class Scales(Check):
    """Reads each scale by its colours: which run each is of, in which order they stand, and which of them are lit."""

    def played(self, moment: Moment) -> None:
        """Look at how an animation has left the scales."""
        for ribbons in moment.of(Ribbons):
            for top in tops(moment):
                for scale in _scales(top, ribbons):
                    if found := _wrong(scale, top, ribbons):
                        self.keep(Fault("order", "a scale of colours", found, moment.time), scale)


def _scales(top: Mobject, ribbons: Ribbons) -> Iterator[VGroup]:
    """The groups of as many coloured pieces as there are ribbons, or of some others in just their colours."""
    count = len(ribbons.ribbons)
    if count < _SEVERAL or isinstance(top, Ribbons):
        return
    colours = set(ribbons.colours)
    for group in top.get_family():
        if isinstance(group, VGroup) and not isinstance(group, Text):
            pieces = len(group.submobjects)
            if pieces == count or (pieces > max(_MOST * count, _SEVERAL) and 1 < len(colours) == _hues(group, colours)):
                yield group


def _hues(group: VGroup, colours: set[str]) -> int:
    """How many of some colours a row of plain pieces has; 0 if it has any other, or is made of more than pieces."""
    pieces: list[Any] = list(group.submobjects)
    if not all(isinstance(piece, VMobject) and piece.has_points() and not piece.submobjects for piece in pieces):
        return 0
    here = {str(piece.get_fill_color().to_hex()).upper() for piece in pieces}
    return len(here) if here <= {colour.upper() for colour in colours} else 0


def _wrong(scale: VGroup, top: Mobject, ribbons: Ribbons) -> str:
    """What is wrong with a scale, in words, or nothing; nothing either of what has other colours than the ribbons."""
    bars: list[Any] = list(scale.submobjects)
    if len(bars) != len(ribbons.ribbons):
        return f"has {len(bars)} colours for {len(ribbons.ribbons)} ribbons"
    drawn = [bar.get_fill_color().to_hex() for bar in bars]
    # By the marks at their ends: a way may have another colour while it grows.
    colours = [ribbon[2].get_fill_color().to_hex() for ribbon in ribbons.ribbons]
    if sorted(drawn) != sorted(colours):
        return ""
    places = np.array([bar.get_center()[:2] for bar in bars])
    axis = int(np.ptp(places, axis=0).argmax())
    here = np.argsort(places[:, axis])
    rates = np.argsort([float(run.lr) for run in ribbons.runs], kind="stable")
    shown, rising = [drawn[index] for index in here], [colours[index] for index in rates]
    if shown not in (rising, rising[::-1]):
        return "stand in another order than their learning rates"
    ends = {name: _place(top, words, axis) for name, words in en.END_WORDS.items()}
    least, most = ends["least"], ends["most"]
    if least is not None and most is not None and shown != (rising if least < most else rising[::-1]):
        return "go from the giant to the tiny learning rate, and its ends are named the other way round"
    upward = shown == rising
    begun = {run.label for run in ribbons.begun}
    pairs = zip(here if upward else here[::-1], rates, strict=True)
    lit = {ribbons.runs[run].label for bar, run in pairs if bars[bar].get_fill_opacity() > _LIT}
    if lit and len(lit) < len(bars) and len(lit ^ begun) > _MEANWHILE:
        early, late = (counted(len(runs), "run") for runs in (lit - begun, begun - lit))
        return f"are lit before their walks begin, {early}, or stay dark when they have begun, {late}"
    return ""


def _place(top: Mobject, words: tuple[str, ...], axis: int) -> float | None:
    """Where the name of an end stands, along an axis; None if there is none."""
    for line in top.get_family():
        if isinstance(line, Text) and len(line) and line.original_text.strip().lower() in words:
            return float(line.get_center()[axis])
    return None
