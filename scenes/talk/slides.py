"""The slides of a talk: which frames of which take are shown at which click, and what is said there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from scenes.narration.cues import Beat, CueSheet
from scenes.production.takes.take import Take


@dataclass(frozen=True)
class Span:
    """Frames ``first`` to ``end`` (which is not in it) of a take's file."""

    path: Path
    first: int
    end: int


@dataclass(frozen=True)
class Slide:
    """What one click shows.

    Attributes
    ----------
    scene, beat
        Title of the scene, name of the beat.
    notes
        What the film says meanwhile: a line of text for each line of narration.
    loop
        Whether it is shown again and again until the next click.
    spans
        The frames, one span after another.
    """

    scene: str
    beat: str
    notes: str
    loop: bool
    spans: tuple[Span, ...]


def slides(takes: Sequence[Take], rate: int) -> list[Slide]:
    """One slide for each beat of each take; a take without beats is one.

    A slide rests on its last picture until the next click. So the going dark at the end of a scene is
    kept for the click that begins the next one, and the deck ends on a picture.

    Parameters
    ----------
    rate
        Frames a second.
    """
    found: list[Slide] = []
    dark: Span | None = None
    for take in takes:
        frames = _frame(take.cues.length, rate)
        marks = _marks(take, frames, rate)
        closes = frames if take.cues.fade_out_start is None else _frame(take.cues.fade_out_start, rate)
        rests = closes if marks[-1][0] < closes < frames else frames
        firsts = [first for first, _ in marks]
        for (first, beat), end in zip(marks, [*firsts[1:], rests], strict=True):
            spans: tuple[Span, ...] = (Span(take.path, first, end),)
            if first == 0 and dark is not None and not beat.loop:  # a loop would go dark again and again
                spans = (dark, *spans)
            found.append(Slide(take.ref.title, beat.name, _notes(take.cues, first, end, rate), beat.loop, spans))
        dark = Span(take.path, rests, frames) if rests < frames else None
    return found


def _marks(take: Take, frames: int, rate: int) -> list[tuple[int, Beat]]:
    """The beats that have frames, with the first frame of each. What is before the first beat belongs to it."""
    beats = sorted(take.cues.beats, key=lambda beat: beat.start)
    starts = [_frame(beat.start, rate) for beat in beats]
    shown = [
        (first, beat) for first, end, beat in zip(starts, [*starts[1:], frames], beats, strict=False) if first < end
    ]
    if not shown:
        return [(0, Beat(0.0, take.ref.title))]
    return [(0, shown[0][1]), *shown[1:]]


def _notes(cues: CueSheet, first: int, end: int, rate: int) -> str:
    """The lines that begin within these frames."""
    return "\n".join(cue.text for cue in cues.cues if first <= _frame(cue.start, rate) < end)


def _frame(seconds: float, rate: int) -> int:
    """The frame that begins then. Scenes change between frames only."""
    return round(Fraction(seconds) * rate)
