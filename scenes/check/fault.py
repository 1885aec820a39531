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
        ``number``, ``value`` (a number is not what its source is) or ``constant`` (its reason is no longer true); of
        wiring ``reading`` (an instrument shows another run or row than the picture), ``whose`` (a label or a line
        shows or says a number of a run that is not in the picture), ``colour`` (a run has two colours, or a number
        that of another run), ``who`` (a hiker beside the trail or curve of another run; a label that names another
        than who stands there), ``outcome`` (a run is said to have come to what it did not, or another stands out
        meanwhile) or ``code`` (a listing that never ran, or a bar on another line than the one that is spoken of); of
        places ``hiker``, ``trail`` (also: one who has walked leaves none, while another does), ``arrow``, ``cabin``,
        ``curve`` (also: a legend names a run that the plot beside it leaves out), ``tick`` (a mark of an axis
        elsewhere than it says) or ``code``; of the picture ``depth`` (who stands nearer is under who stands farther,
        something opaque is over a figure, or what is on the ground is drawn before it) or ``name`` (a label beside
        another thing than it names, on it, or of something that is not to be seen). ``crash`` is of a scene that
        cannot be played.

        Of time ``mark``, ``still``, ``dark`` or ``flash``: a picture off its word, an animation that changes nothing,
        words over an empty page, words that go before they can be read. Of continuity ``jump``, ``gone`` or
        ``label``: elsewhere from one frame to the next, as a thing is or all that the eye sees; away for an instant; a
        label without what it names, or a reading that names nothing.
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
