"""Faults: what a check finds, and what it passes over for a reason."""

from __future__ import annotations

from dataclasses import dataclass

from manim import Mobject


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a scene.

    Attributes
    ----------
    rule
        Of type and panels ``edge``, ``overlap``, ``cut``, ``size``, ``contrast`` or ``captions``; of numbers
        ``number``, ``value`` (a number is not what its source is), ``draw`` (it is the loss of one draw, where there is
        chance in the loss) or ``constant`` (its reason is no longer true); of wiring ``reading`` (an instrument shows
        another run or row than the picture), ``whose`` (a label or a line shows or says a number of a run that is not
        in the picture), ``colour`` (a run has two colours, or a number that of another run), ``who`` (a hiker beside
        the trail or curve of another run; a label that names another than who stands there), ``outcome`` (a run is said
        to have come to what it did not, or before it has, or while nothing of it is to be seen, or another stands out
        meanwhile) or ``code`` (a listing that never ran, or a bar on another line than the one that is spoken of); of
        places ``hiker``, ``trail``, ``arrow``, ``cabin``, ``curve``, ``tick`` (a mark of an axis elsewhere than it
        says), ``axis`` (called logarithmic where it is not, or not where it is; or by the name of another) or ``code``;
        of the picture ``depth`` (who stands nearer is under who stands farther, or something opaque over a figure) or
        ``name`` (a label beside another thing than it names, on it, or of something that is not to be seen). ``crash``
        is of a scene that cannot be played.

        Of time ``mark``, ``still`` or ``dark``: a picture off its word, an animation that changes nothing, words over
        an empty page. Of continuity ``jump``, ``gone`` or ``label``: elsewhere from one frame to the next, away for an
        instant, a label without what it names.
    words
        The words it befalls, or the recording; or the kind of thing, where it has neither.
    found
        What was found, with its numbers.
    time
        Seconds into the scene, where it was found first.
    """

    rule: str
    words: str
    found: str
    time: float

    def __str__(self) -> str:
        return f"{self.time:6.1f} s  {self.rule:8s}  {self.words!r}: {self.found}"


def waive(mobject: Mobject, rule: str, reason: str) -> None:
    """Let a rule pass for all type, panels and curves within ``mobject``, for a reason that the report then gives."""
    for member in mobject.get_family():
        member.waived = {**waivers(member), rule: reason}


def waivers(mobject: Mobject) -> dict[str, str]:
    """The rules that `waive` lets pass for ``mobject``, and the reasons."""
    found: dict[str, str] = getattr(mobject, "waived", {})
    return found
