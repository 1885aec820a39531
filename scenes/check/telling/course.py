"""Courses: what is said to fall or to rise does, the greater slope is greater, and up and down have their colours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from colorsys import rgb_to_hsv

import numpy as np

from descent_core.recordings.trajectory import Trajectory
from scenes.check.telling.walked import Way
from scenes.narration.languages import en
from scenes.theme import theme

#: Words that may stand between a colour and what has it.
_CLOSE = 5
_HUE = re.compile(rf"\b(?:{'|'.join(en.HUES)})\b")
_WAY = re.compile(rf"\b(?P<up>{'|'.join(en.UPHILL_WORDS)})\b|\b(?:{'|'.join(en.DOWNHILL_WORDS)})\b")
_COMPARED = re.compile(
    r"\b(?:knob|coefficient) (\d+)(?: has the|'s is(?: the)?) "
    rf"(?:(?P<more>{'|'.join(en.BIGGER_WORDS)})|{'|'.join(en.SMALLER_WORDS)})\b"
)


def wrong_course(text: str, ways: Mapping[str, Way], runs: Mapping[str, Trajectory]) -> Iterator[str]:
    """What a line says of how the loss goes on that it does not, for none of those who walk meanwhile."""
    words = text.lower()
    for phrases, sign, name in ((en.FALLING_WORDS, -1, "falls"), (en.RISING_WORDS, 1, "rises")):
        if not any(phrase in words for phrase in phrases):
            continue
        broken = []
        for label, way in ways.items():
            first, last = int(np.floor(way.start + 1e-6)), int(np.floor(way.end + 1e-6))
            if label in runs and last - first > 1:
                steps = np.diff(runs[label].expected_losses[first : last + 1]) * sign
                against = np.flatnonzero(~(steps > 0))
                broken.append((label, first + int(against[0]) if len(against) else None))
        if broken and all(row is not None for _, row in broken):
            label, row = broken[0]
            yield f"says that the loss {name} from step to step, and that of {label} does not from row {row} on"


def wrong_comparison(text: str, ways: Mapping[str, Way], runs: Mapping[str, Trajectory]) -> Iterator[str]:
    """Whether the coefficient that is said to have the greater slope has it, where the only one who is there stands."""
    match = _COMPARED.search(text.lower())
    here = [(label, way) for label, way in ways.items() if label in runs]
    if match is None or len(here) != 1:
        return
    label, way = here[0]
    slopes = np.abs(runs[label].slopes[int(way.start + 1e-6)])
    right = int(slopes.argmax() if match["more"] else slopes.argmin())
    if int(match[1]) != right:
        yield f"says {match[0]!r}, and in {label}.slopes[{int(way.start)}] that is coefficient {right}"


def wrong_hue(text: str) -> Iterator[str]:
    """Whether up or down is called by another colour than it has in the theme.

    >>> list(wrong_hue("Red is up, green is down.")), len(list(wrong_hue("Its red end shows where down is.")))
    ([], 1)
    """
    words = text.lower()
    hues = [*_HUE.finditer(words)]
    ends = [*(hue.start() for hue in hues[1:]), len(words)]
    for hue, end in zip(hues, ends[: len(hues)], strict=True):
        clause = re.split(r"[.!?;]", words[hue.end() : end])[0]
        way = _WAY.search(clause)
        if way is None or len(clause[: way.start()].split()) > _CLOSE:
            continue
        colour = theme.uphill if way["up"] else theme.downhill
        low, high = en.HUES[hue[0]]
        at = _degrees(colour)
        if not (low <= at <= high if low < high else at >= low or at <= high):
            yield f"calls {way[0]!r} {hue[0]}, and it is {colour}"


def _degrees(colour: str) -> float:
    """The hue of a colour, in degrees."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 360 * rgb_to_hsv(red, green, blue)[0]
