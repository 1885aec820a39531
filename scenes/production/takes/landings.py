"""Landings: where in the frame the picture of each mark is, noted while a scene is rendered.

With that the finished film can be measured: does something begin there with the word?
"""

from __future__ import annotations

from typing import Any

from manim import config

from scenes.narration.cues import Mark
from scenes.stage.frame_box import FrameBox, seen_box
from scenes.stage.observation import Observer

#: Seconds from a word on in which its picture is looked for: longer than anything takes to come in.
SPAN = 1.0
#: How many lines back: a line that is over within that time may be followed by others.
_LINES = 3


class Landings(Observer):
    """Sees where what lands on each mark of a scene is. Ask for `marks` when the scene was played."""

    def __init__(self) -> None:
        self._boxes: dict[int, FrameBox] = {}

    def on_moment(self, scene: Any) -> None:
        """Look at one moment."""
        # A frame before the word everything is where it is moved from.
        due = [
            asked
            for line in getattr(scene, "lines", ())[-_LINES:]
            for asked in line.asked
            if asked.shows and -1 / config.frame_rate <= scene.time - line.start - line.speech.marks[asked.mark] <= SPAN
        ]
        if not due:
            return
        stage = {id(member) for top in scene.mobjects for member in top.get_family()}
        for asked in due:
            there = [member for thing in asked.shows for member in thing.get_family() if id(member) in stage]
            box = seen_box(there)
            if box is not None:
                self._boxes[id(asked)] = _around(box, self._boxes.get(id(asked), box))

    def on_played(self, scene: Any) -> None:
        """Look at how it was left: a wait in which nothing moves has no moment but its first."""
        self.on_moment(scene)

    def marks(self, scene: Any) -> tuple[Mark, ...]:
        """The marks that a scene asked for, in the order of their words."""
        found = [
            Mark(
                line.start + line.speech.marks[asked.mark],
                asked.mark,
                line.marked_words[asked.mark],
                bool(asked.shows),
                self._boxes.get(id(asked)),
            )
            for line in getattr(scene, "lines", ())
            for asked in line.asked
        ]
        return tuple(sorted(found, key=lambda mark: mark.time))


def _around(box: FrameBox, other: FrameBox) -> FrameBox:
    """The box around two.

    >>> _around((0.1, 0.1, 0.2, 0.3), (0.15, 0.0, 0.4, 0.2))
    (0.1, 0.0, 0.4, 0.3)
    """
    left, top, right, bottom = zip(box, other, strict=True)
    return min(left), min(top), max(right), max(bottom)
