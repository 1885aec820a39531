"""The transcript: what a film says, chapter by chapter, a paragraph for each beat."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from scenes.narration.chapters import Chapter
from scenes.narration.cues import Cue, CueSheet
from scenes.narration.timecode import timecode


@dataclass(frozen=True)
class Section:
    """A chapter and its lines, grouped by beat."""

    chapter: Chapter
    paragraphs: tuple[tuple[Cue, ...], ...]


def sections(film: Sequence[Chapter], sheet: CueSheet) -> list[Section]:
    """The lines of a film's sheet under its chapters. What comes before the first belongs to the first."""
    made = []
    for index, chapter in enumerate(film):
        begin = chapter.start if index else float("-inf")
        end = film[index + 1].start if index + 1 < len(film) else float("inf")
        lines = [cue for cue in sheet.cues if begin <= cue.start < end and cue.text.strip()]
        made.append(Section(chapter, tuple(tuple(group) for _, group in groupby(lines, key=lambda cue: cue.beat))))
    return made


def transcript(title: str, film: Sequence[Chapter], sheet: CueSheet, stills: Sequence[str | None] = ()) -> str:
    """The transcript as Markdown. ``stills`` are paths from its folder to a picture for each chapter, if any.

    >>> print(transcript("Down", [Chapter(0, "Fog")], CueSheet((Cue(1, 2, "Look.", "a"),)), ["fog.jpg"]), end="")
    # Down
    <BLANKLINE>
    ## 0:00 Fog
    <BLANKLINE>
    ![Fog](fog.jpg)
    <BLANKLINE>
    Look.
    """
    blocks = [f"# {_plain(title)}"]
    for index, section in enumerate(sections(film, sheet)):
        heading = _plain(section.chapter.title)
        blocks.append(f"## {timecode(section.chapter.start)} {heading}")
        still = stills[index] if index < len(stills) else None
        if still:
            blocks.append(f"![{heading}]({quote(still)})")
        blocks += [_plain(" ".join(cue.text for cue in paragraph)) for paragraph in section.paragraphs]
    return "\n\n".join(blocks) + "\n"


def _plain(text: str) -> str:
    """Text that Markdown takes as text, whatever is in it."""
    flat = re.sub(r"([\\`*_\[\]<>&#|~])", r"\\\1", " ".join(text.split()))
    # At the start of a block a dash or a number would make a list.
    return re.sub(r"^(\d+)([.)])|^([-+=])", lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", flat)
