"""Floating: a plate with a reading says what it is a reading of: by its place, or by what it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from manim import Mobject, RoundedRectangle, Text, VGroup, config

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import fields_of, run_label
from scenes.check.playback import Moment
from scenes.check.wiring.cast import tops
from scenes.parts.ground.mountain import Mountain
from scenes.parts.panels.scorecard import Readout
from scenes.stage.label_places import box_of
from scenes.stage.naming import names_of
from scenes.theme import theme

#: Opacity from which on a plate's words are there to be read, and from which on ground is seen.
_THERE, _GROUND = 0.95, 0.3
#: Scene units beyond the margin within which a plate is still at an edge of the frame.
_DOCKED = 0.3


@dataclass
class Floating(Check):
    """Looks for plates over the ground with one reading of a run, that belong to nothing."""

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        stage = tops(moment)
        if not any(isinstance(top, Mountain) and top.opacity > _GROUND for top in stage):
            return
        runs = {run_label(label): run for label, run in getattr(moment.scene, "recordings", {}).items()}
        for top in stage:
            line = _line_of(top)
            if line is None or top.updating_suspended or float(line[0].get_fill_opacity()) < _THERE:
                continue
            read = [field for field in fields_of(getattr(line, "numbers", None), runs) if field.row is not None]
            if read and not any(names_of(member) for member in top.get_family()) and not _is_docked(top):
                found = f"shows {read[0]}, and neither names a thing beside it nor stands at an edge"
                self.keep(Fault("label", line.numbers.text, found, moment.time), top)


def _line_of(top: Mobject) -> Any:  # both are glyphs, and know their numbers
    """The line of type, or the read-out, on a plate of its own; None of anything else, such as several lines."""
    if type(top) is not VGroup or len(top.submobjects) != 2:
        return None
    back, line = top.submobjects
    return line if isinstance(back, RoundedRectangle) and isinstance(line, Text | Readout) and len(line) else None


def _is_docked(plate: Mobject) -> bool:
    """Whether a plate stands at an edge of the frame."""
    west, south, east, north = box_of(plate)
    across, up = config.frame_width / 2, config.frame_height / 2
    return bool(min(west + across, across - east, south + up, up - north) < theme.margin + _DOCKED)
