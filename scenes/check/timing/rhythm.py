"""Rhythm: how long each beat is, how fast is spoken in it, and how long nothing moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scenes.check.check import Check
from scenes.check.playback import Moment
from scenes.narration.cues import CueSheet

#: The picture moves when more than this fraction of its pixels has changed between two moments: drifting fog is
#: stillness, a walking hiker is not.
MOVED = 0.0003


@dataclass(frozen=True)
class Limits:
    """What a film keeps to.

    Attributes
    ----------
    pace
        Words a minute that are followed with ease while there is something to look at.
    still
        Seconds that the picture may stand still, whatever is said.
    idle
        Seconds with neither voice nor motion.
    beat
        Seconds of the longest beat.
    silent
        Seconds without voice in a scene that speaks, until its last line is said: a walk is spoken over, not watched
        in silence and spoken of afterwards.
    """

    pace: float = 185
    still: float = 10
    idle: float = 4
    beat: float = 45
    silent: float = 5


@dataclass(frozen=True)
class BeatRhythm:
    """The rhythm of one beat. Times in seconds, from the beginning of the scene.

    ``unseen`` is for how long something is said after the picture has begun to go dark; ``silent`` is the longest
    stretch that begins in it in which nobody speaks, though somebody will.
    """

    name: str
    start: float
    length: float
    pace: float
    still: float
    idle: float
    moving: float
    unseen: float = 0.0
    silent: float = 0.0

    def over(self, limits: Limits) -> list[str]:
        """What is beyond the limits, in words."""
        checks = (
            (self.pace > limits.pace, f"{self.pace:.0f} words a minute (at most {limits.pace:g})"),
            (self.still > limits.still, f"still for {self.still:.1f} s (at most {limits.still:g})"),
            (self.idle > limits.idle, f"neither voice nor motion for {self.idle:.1f} s (at most {limits.idle:g})"),
            (self.silent > limits.silent, f"without voice for {self.silent:.1f} s (at most {limits.silent:g})"),
            (self.unseen > 0, f"said for {self.unseen:.1f} s after its picture is gone"),
            (self.length > limits.beat, f"{self.length:.0f} s long (at most {limits.beat:g})"),
        )
        return [text for wrong, text in checks if wrong]


@dataclass
class Motion(Check):
    """Watches a scene, and keeps when it moved.

    Attributes
    ----------
    moved
        The times, in seconds, at which the picture was another than at the moment before.
    """

    moved: list[float] = field(default_factory=list)

    def see(self, moment: Moment) -> None:
        """Compare one moment with the one before."""
        if moment.changed > MOVED and moment.before is not None:
            self.moved.append(moment.time)


def rhythm(sheet: CueSheet, moved: Iterable[float], every: float) -> list[BeatRhythm]:
    """The rhythm of each beat of a scene.

    Parameters
    ----------
    sheet
        What was said when.
    moved
        When the picture moved; each lasts for ``every`` seconds before it.
    every
        Seconds from moment to moment.

    Examples
    --------
    A beat of ten seconds with ten words in five, and motion from second 2 to second 4:

    >>> from scenes.narration.cues import Beat, Cue
    >>> words = "one two three four five six seven eight nine ten"
    >>> sheet = CueSheet((Cue(0.0, 5.0, words, "a"),), (Beat(0.0, "a"),), 10.0)
    >>> (beat,) = rhythm(sheet, [3.0, 4.0], every=1.0)
    >>> beat.pace, beat.still, beat.idle, round(beat.moving, 3)
    (120.0, 6.0, 5.0, 0.2)
    """
    starts = [beat.start for beat in sheet.beats] or [0.0]
    names = [beat.name for beat in sheet.beats] or [""]
    ends = [*starts[1:], sheet.length]
    motion = [(time - every, time) for time in moved]
    voice = [(cue.start, cue.end) for cue in sheet.cues]
    silences = list(_stretches(voice, 0.0, max((cue.end for cue in sheet.cues), default=0.0)))
    dark = sheet.length if sheet.fade_out_start is None else sheet.fade_out_start
    found = []
    for index, (name, start, end) in enumerate(zip(names, starts, ends, strict=True)):
        lines = [cue for cue in sheet.cues if start <= cue.start < end]
        speaking = sum(cue.end - cue.start for cue in lines)
        spoken = sum(len(cue.text.split()) for cue in lines)
        found.append(
            BeatRhythm(
                name,
                start,
                end - start,
                60 * spoken / speaking if speaking else 0.0,
                max(_gaps(motion, start, end), default=0.0),
                max(_gaps(motion + voice, start, end), default=0.0),
                1 - sum(_gaps(motion, start, end)) / max(end - start, 1e-9),
                # Waits are rounded to whole frames, of which there is one a moment: as much may be lost of a pause.
                max((late for cue in lines if (late := cue.end - dark) > every), default=0.0),
                max(
                    (last - first for first, last in silences if (start if index else 0.0) <= first < end), default=0.0
                ),
            )
        )
    return found


def _gaps(spans: list[tuple[float, float]], start: float, end: float) -> Iterator[float]:
    """The lengths of the stretches from ``start`` to ``end`` that no span covers."""
    return (last - first for first, last in _stretches(spans, start, end))


def _stretches(spans: list[tuple[float, float]], start: float, end: float) -> Iterator[tuple[float, float]]:
    """The stretches from ``start`` to ``end`` that no span covers: from when, and until when."""
    reached = start
    for first, last in sorted(spans):
        if last <= reached or first >= end:
            continue
        if first > reached:
            yield reached, first
        reached = max(reached, min(last, end))
    if end > reached:
        yield reached, end
