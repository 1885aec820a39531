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
        ``number``; of places ``hiker``, ``trail``, ``arrow``, ``cabin``, ``curve``, ``tick`` (a mark of an axis
        elsewhere than it says) or ``code``; of the picture ``depth`` (who stands nearer is under who stands farther,
        or something opaque over a figure) or ``name`` (a label beside another thing than it names, on it, or of
        something that is not to be seen).
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
