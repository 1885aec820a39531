"""Faults: what a check finds, and what it passes over for a reason."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from manim import Mobject

from scenes.stage.frame_box import FrameBox, frame_box


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a scene.

    Attributes
    ----------
    rule
        Of type: ``edge``, ``overlap``, ``cut``, ``size``, ``contrast``, ``captions``.

        Of numbers: ``number`` (no source), ``value`` (not what its source is, or not as much as is drawn),
        ``constant`` (its reason is no longer true), ``draw`` (the loss of one draw, where there is chance in
        the loss). ``number`` too: a part of the series that is called by another number than it has.

        Of wiring: ``reading`` (another run or row than the picture's, an instrument that is drawn otherwise
        than recorded, or set to what no run was and no listing had while none says that it is by hand; bars of
        no recording, or of another than they are called), ``whose`` (a number of a run that is not in the
        picture, or called what it is not, or of another row than the counter beside it), ``colour`` (a run in
        two colours, or in another's), ``who`` (a hiker beside the trail or curve of another run), ``outcome``
        (a run is said to have come to what it did not, or before it has, or to be home; a try to be kept that
        was not; a run that never wiped is not called so; of a loss, that more of it is better), ``code`` (a
        listing that never ran, a bar on another line than is spoken of, or than what comes beside it was worked
        out in, a history that is none of a listing's), ``field`` (another field or row of the right run than the
        words beside the number name), ``table`` (another row than its line's, another field or coefficient than
        its column's, another row than the one at which the curve beside it ends).

        Of places: ``hiker``, ``trail``, ``arrow``, ``cabin``, ``curve`` (elsewhere than recorded, another way,
        not all of it, or ahead of its walk), ``tick`` (a mark elsewhere than it says), ``axis`` (called what it is
        not).

        Of the picture: ``depth`` (what is nearer is under what is farther, or covered), ``label`` (a label
        beside another thing, or another end of one, than it names or its words name, on one, without it, or of
        nothing; what is spoken of and not seen), ``jump`` and ``gone`` (elsewhere, or away, from one frame to
        the next, or another like it a little later; a row that changes unseen).

        Of telling: ``ring`` (a ring or a bar beside its thing, or around another than the words name),
        ``order`` (things that come, run or are lit in another order than the words, the arrows, a row, the
        listing or their learning rates have), ``count`` (other steps than an ordinal or a count in words says,
        others than so many on stage, fewer runs of a kind than were asked for, none of what a counter counts
        some of, a fraction in words that no two numbers are), ``course`` (a loss that does not fall, or rise, as
        is said of it).

        Of time: ``mark`` (a picture off the word of its mark, or off the words that name it), ``still`` (an
        animation that changes nothing, or one of several that does), ``dark`` (words over an empty page),
        ``flash`` (words that go before they can be read).

        Of a finished film: ``onset`` (a picture that begins off the word of its mark, or changes nothing),
        ``sound`` (a line or a step that is heard off its cue, or not at all).

        ``crash`` is of a scene that cannot be played.
    words
        The words it befalls, or the recording; or the kind of thing, where it has neither.
    found
        What was found, with its numbers.
    time
        Seconds into the scene, where it was found first.
    box
        Where in the frame it was found: left, top, right and bottom, as fractions of it; None if it is of no place.
    """

    rule: str
    words: str
    found: str
    time: float
    box: FrameBox | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.time:6.1f} s  {self.rule:8s}  {self.words!r}: {self.found}"


def box_of(*mobjects: Mobject) -> FrameBox | None:
    """Left, top, right and bottom of some mobjects in the frame, as fractions of it; None if they have no points.

    >>> from manim import Square
    >>> box_of(Square(side_length=2).shift([0, 3, 0]))
    (0.4296875, 0.0, 0.5703125, 0.25)
    """
    points = [member.points for mobject in mobjects for member in mobject.get_family() if len(member.points)]
    return frame_box(np.concatenate(points)) if points else None


def waive(mobject: Mobject, rule: str, reason: str) -> None:
    """Let a rule pass for all type, panels and curves within ``mobject``, for a reason that the report then gives."""
    for member in mobject.get_family():
        member.waived = {**waivers(member), rule: reason}


def waivers(mobject: Mobject) -> dict[str, str]:
    """The rules that `waive` lets pass for ``mobject``, and the reasons."""
    found: dict[str, str] = getattr(mobject, "waived", {})
    return found
