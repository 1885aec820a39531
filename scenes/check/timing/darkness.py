"""Darkness: something is said, and there is nothing to be seen; or a curtain was left over what is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from manim import color_to_int_rgb

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.picture.lines import lines_of
from scenes.check.playback import Moment, differing
from scenes.check.wiring.cast import tops
from scenes.narration.cues import CueSheet
from scenes.parts.ground.hiker import Hiker
from scenes.stage.spoken_line import SpokenLine

#: The page is empty if less than this fraction of its pixels is of another colour.
_EMPTY = 0.002
#: Seconds of a line for which it may be: what the line is about comes in with its first words.
_MEANWHILE = 1.2
#: Opacity from which on words on an empty page are there to be read.
_THERE = 0.5


@dataclass
class Darkness(Check):
    """Watches what is seen while a scene speaks."""

    _empty: list[tuple[float, bool]] = field(default_factory=list)

    def see(self, moment: Moment) -> None:
        """Look whether the page is empty."""
        lines: list[SpokenLine] = getattr(moment.scene, "lines", [])
        speaks = bool(lines) and moment.time < lines[-1].start + lines[-1].duration
        self._empty.append((moment.time, speaks and _is_empty(moment)))
        self._left_over(moment)

    def _left_over(self, moment: Moment) -> None:
        """A hiker who stands before a curtain has his mountain behind it: somebody forgot to take it away."""
        lit = tops(moment)
        opaque = moment.shapes.opacity_of
        before = [one for top in lit for one in top.get_family() if isinstance(one, Hiker)]
        dimmed = next((one for one in before if one.mountain not in lit and opaque(one) > _THERE), None)
        if len(lit) < len(tops(moment, dim=True)) and dimmed is not None:
            name = dimmed.walk.trajectory.label if dimmed.walk is not None else type(dimmed).__name__
            found = "stands before a curtain that dims the ground under him"
            self.keep(Fault("dark", f"the hiker of {name!r}", found, moment.time), dimmed)

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Find lines that are said over an empty page."""
        ends = [time for time, _ in self._empty[1:]] + [sheet.length]
        dark = [(time, end) for (time, empty), end in zip(self._empty, ends, strict=True) if empty]
        for cue in sheet.cues:
            seconds = sum(max(min(end, cue.end) - max(start, cue.start), 0.0) for start, end in dark)
            if seconds > _MEANWHILE:
                self.keep(Fault("dark", cue.text, f"said over an empty page for {seconds:.1f} s", cue.start))


def _is_empty(moment: Moment) -> bool:
    page = np.array([*color_to_int_rgb(moment.scene.camera.background_color), 255], np.uint8)
    some = np.ascontiguousarray(moment.pixels[::2, ::2])  # one of four pixels tells as much
    off = differing(some, np.broadcast_to(page, some.shape))
    return bool(off.mean() < _EMPTY) and all(line.opacity < _THERE for line in lines_of(moment))
