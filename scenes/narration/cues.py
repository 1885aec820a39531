"""The cue sheet: what is said and when.

Captions, sound, chapters, transcript and speaker notes are all made of this one sheet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

#: Words a minute of an unhurried narrator.
PACE = 150
#: The shortest time that a line takes, in seconds.
SHORTEST = 1.0


def speaking_time(text: str) -> float:
    """Seconds that a voice takes for ``text``.

    >>> speaking_time("one two three four five")
    2.0
    """
    return max(SHORTEST, len(text.split()) * 60 / PACE)


@dataclass(frozen=True)
class Cue:
    """One line of narration: from ``start`` to ``end`` seconds, in the beat called ``beat``.

    ``text`` is what captions show; ``spoken`` is what a voice is given, with its marks.
    """

    start: float
    end: float
    text: str
    beat: str
    spoken: str = ""


@dataclass(frozen=True)
class Beat:
    """What begins at ``start``: a film can jump there, a talk goes there by a click.

    With ``loop``, a talk shows it again and again until the next click.
    """

    start: float
    name: str
    loop: bool = False


@dataclass(frozen=True)
class Mark:
    """A word of a line that a picture is timed to, once the scene was played.

    Attributes
    ----------
    time
        When the word begins, in seconds.
    name, word
        What the mark is called, and the word that it stands before.
    lands
        Whether the scene says what lands on it.
    box
        Where that is in the frame in the second after the word: left, top, right and bottom, as fractions of it. None
        where nothing of it is seen.
    """

    time: float
    name: str
    word: str
    lands: bool = False
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class CueSheet:
    """What one scene, or a whole film, says and when.

    Attributes
    ----------
    cues
        Its lines, in the order in which they are said.
    beats
        Its beats, in their order.
    length
        Of the whole, in seconds.
    fade_out_start
        When the picture begins to go dark at the end, in seconds; ``None`` where it doesn't.
    marks
        The marks that its pictures asked for, in the order of their words; of a scene that was rendered.
    """

    cues: tuple[Cue, ...] = ()
    beats: tuple[Beat, ...] = ()
    length: float = field(default=0.0)
    fade_out_start: float | None = None
    marks: tuple[Mark, ...] = ()

    def shifted(self, seconds: float) -> CueSheet:
        """The same sheet, ``seconds`` later."""
        return CueSheet(
            tuple(replace(cue, start=cue.start + seconds, end=cue.end + seconds) for cue in self.cues),
            tuple(replace(beat, start=beat.start + seconds) for beat in self.beats),
            self.length + seconds,
            None if self.fade_out_start is None else self.fade_out_start + seconds,
            tuple(replace(mark, time=mark.time + seconds) for mark in self.marks),
        )

    @classmethod
    def concatenated(cls, sheets: Iterable[CueSheet]) -> CueSheet:
        """One sheet after another."""
        whole = cls()
        for sheet in sheets:
            moved = sheet.shifted(whole.length)
            whole = cls(
                whole.cues + moved.cues,
                whole.beats + moved.beats,
                moved.length,
                moved.fade_out_start,
                whole.marks + moved.marks,
            )
        return whole

    def save(self, path: Path) -> None:
        """Write as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1), "utf-8")

    @classmethod
    def load(cls, path: Path) -> CueSheet:
        """Read what `save` wrote."""
        data = json.loads(path.read_text("utf-8"))
        return cls(
            tuple(Cue(**cue) for cue in data["cues"]),
            tuple(Beat(**beat) for beat in data["beats"]),
            data["length"],
            data["fade_out_start"],
            tuple(mark_from(mark) for mark in data["marks"]),
        )


def mark_from(data: Mapping[str, Any]) -> Mark:
    """A mark from what `dataclasses.asdict` made of it, and JSON gave back."""
    box = data["box"]
    return Mark(**{**data, "box": None if box is None else tuple(box)})
