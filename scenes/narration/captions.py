"""Captions from a cue sheet: short, long enough on screen to be read, broken at phrases."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from itertools import accumulate, pairwise, zip_longest

import srt

from scenes.narration.cues import Cue, CueSheet
from scenes.narration.line_breaking import break_into_captions

#: Characters a second that a viewer can read, and the shortest time that a caption is on screen.
FASTEST = 20
SHORTEST = 1.0
#: Captions don't blink: in a pause shorter than this, one stays until the gap that shows that a new one comes.
SHORT_PAUSE = 0.5
GAP = 0.08


@dataclass(frozen=True)
class Caption:
    """What is on screen from ``start`` to ``end`` seconds: one or two lines, with a newline between."""

    start: float
    end: float
    text: str


@lru_cache(maxsize=8)
def captions(sheet: CueSheet) -> tuple[Caption, ...]:
    """The sheet as captions, ascending and apart, with times in whole milliseconds.

    A line that is spoken faster than it can be read stays into the pause after it; one that would be
    gone before it is seen is in one caption with the next.
    """
    made: list[Caption] = []
    for line, lingers in _readable(sheet):
        texts = break_into_captions(line.text, _fewest_characters(line))
        # Each has time in proportion to its characters, so that none is faster than the whole line.
        characters = list(accumulate((len(text) + 1 for text in texts), initial=0))
        times = [line.start + (line.end - line.start) * before / characters[-1] for before in characters]
        times[-1] = lingers
        spans = pairwise(round(time, 3) for time in times)
        made += [Caption(start, end, text) for (start, end), text in zip(spans, texts, strict=True)]
    return tuple(made)


def to_srt(sheet: CueSheet) -> str:
    """The sheet as the text of an ``.srt`` file."""
    text: str = srt.compose(
        srt.Subtitle(index, timedelta(seconds=caption.start), timedelta(seconds=caption.end), caption.text)
        for index, caption in enumerate(captions(sheet), 1)
    )
    return text


def to_vtt(sheet: CueSheet) -> str:
    """The sheet as the text of a ``.vtt`` file."""
    blocks = ["WEBVTT\n"]
    for index, caption in enumerate(captions(sheet), 1):
        span = f"{_timestamp(caption.start)} --> {_timestamp(caption.end)}"
        blocks.append(f"{index}\n{span}\n{html.escape(caption.text, quote=False)}\n")
    return "\n".join(blocks)


def _readable(sheet: CueSheet) -> Iterator[tuple[Cue, float]]:
    """The lines, each with time enough to be read, and until when its last caption stays."""
    lines = _apart(sheet)
    for line, after in zip_longest(lines, lines[1:]):
        limit = after.start if after else max(sheet.length, _seen_by(line))
        end = max(line.end, min(line.start + _reading_time(line.text), limit))
        bridges = after is not None and GAP < limit - end < SHORT_PAUSE
        yield replace(line, end=end), limit - GAP if bridges else end


def _apart(sheet: CueSheet) -> list[Cue]:
    """The lines in order, apart, and none so short that it could not be shown before the next begins."""
    lines: list[Cue] = []
    for cue in sorted(sheet.cues, key=lambda cue: cue.start):
        # In whole milliseconds from here on: a second between two times that are rounded later may come out shorter.
        line = replace(cue, start=round(cue.start, 3), end=round(cue.end, 3), text=" ".join(cue.text.split()))
        if not line.text:
            continue
        if lines and line.start < _seen_by(lines[-1]):
            line = _joined(lines.pop(), line)
        elif lines and line.start < lines[-1].end:
            lines[-1] = replace(lines[-1], end=line.start)
        lines.append(line)
    # After the last line comes the end: if that is too near, the line joins the one before it.
    if len(lines) > 1 and max(sheet.length, lines[-1].end) < _seen_by(lines[-1]):
        lines[-2:] = [_joined(lines[-2], lines[-1])]
    return lines


def _seen_by(line: Cue) -> float:
    """When a line that appears at its start has been seen."""
    return round(line.start + SHORTEST, 3)


def _joined(line: Cue, following: Cue) -> Cue:
    return replace(line, end=max(line.end, following.end), text=f"{line.text} {following.text}")


def _reading_time(text: str) -> float:
    return max(SHORTEST, len(text) / FASTEST + 0.002)  # and a little more, for times in whole milliseconds


def _fewest_characters(line: Cue) -> int:
    """How long a caption of this line must be to be on screen for the shortest time."""
    shortest = SHORTEST + 0.001  # in whole milliseconds it may come out so much shorter
    return math.ceil((len(line.text) + 1) * shortest / (line.end - line.start) - 1e-9) - 1


def _timestamp(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}.{thousandths:03d}"
