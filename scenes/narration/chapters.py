"""Chapters: one for each scene, as marks in a film and as the lines that a video site reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenes.narration.cues import CueSheet
from scenes.narration.timecode import timecode

#: Video sites take no chapter that is shorter, in seconds.
SHORTEST = 10.0


@dataclass(frozen=True)
class Chapter:
    """From ``start`` seconds on, until the next one starts."""

    start: float
    title: str


def chapters(sheets: Sequence[tuple[str, CueSheet]]) -> list[Chapter]:
    """One chapter a scene: the title of each, and where it starts in the film that they make.

    >>> chapters([("Fog", CueSheet(length=40.0)), ("Slope", CueSheet(length=30.0))])
    [Chapter(start=0.0, title='Fog'), Chapter(start=40.0, title='Slope')]
    """
    made, start = [], 0.0
    for title, sheet in sheets:
        made.append(Chapter(start, title))
        start += sheet.length
    return made


def for_video_site(film: Sequence[Chapter], length: float) -> str:
    """The chapters of a film of that ``length`` as text: a time and a title a line, the first at 0:00.

    A chapter that is too short for a video site is merged into the one before it. The first has none before
    it: the next one keeps its own title and starts at 0:00.

    >>> print(for_video_site([Chapter(0, "Title"), Chapter(4, "Fog"), Chapter(63.9, "Slope")], 90), end="")
    0:00 Fog
    1:03 Slope
    """
    kept: list[Chapter] = []
    # From the end, so that a chapter's length already holds what was merged into it.
    end = length
    for index in reversed(range(len(film))):
        chapter = film[index]
        if index > 0 and end - chapter.start < SHORTEST:
            continue
        kept.insert(0, chapter)
        end = chapter.start
    if len(kept) > 1 and kept[1].start < SHORTEST:
        del kept[0]
    titles = [" ".join(chapter.title.split()) for chapter in kept]
    starts = [0.0, *(chapter.start for chapter in kept[1:])]
    return "".join(f"{timecode(start)} {title}\n" for start, title in zip(starts, titles, strict=False))
