"""Labels of hikers on one spot: they name those who stand there, all of them, and are beside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import run_label
from scenes.check.playback import Moment
from scenes.explore.party import ONE_SPOT, OneSpot, Wanderer
from scenes.parts.words import LegendRow

#: How far a label may be from the boots that it is for, from its nearest edge, in scene units.
_BESIDE = 1.6
#: Opacity from which on a label is there to be read.
_THERE = 0.95


@dataclass
class Together(Check):
    """Holds labels of hikers on one spot against where the boots of all hikers are drawn."""

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        labels = moment.of(OneSpot)
        if not labels:
            return
        hikers = [mobject for mobject in moment.shown if isinstance(mobject, Wanderer) and mobject.is_seen]
        for label in labels:
            rows = [mobject for mobject in label.get_family() if isinstance(mobject, LegendRow)]
            if not rows or rows[0].bar.get_fill_opacity() < _THERE:
                continue
            found = _found(label, rows, hikers)
            if found:
                words = ", ".join(str(row.label.original_text) for row in rows)
                self.keep(Fault("who", words, found, moment.time), label)


def _found(label: OneSpot, rows: list[LegendRow], hikers: list[Wanderer]) -> str:
    """What is wrong with a label, in words, or nothing."""
    spot = label.hikers[0].drawn_feet()
    there = {
        run_label(hiker.walk.trajectory.label)
        for hiker in hikers
        if hiker.walk is not None and np.linalg.norm(hiker.drawn_feet() - spot) < 2 * ONE_SPOT
    }
    named = {run_label(run) for row in rows for run in row.runs}
    if named - there:
        return f"names {_and(named - there)}, and on that spot {'is ' + _and(there) if there else 'nobody stands'}"
    # Somebody at the rim of the spot may be told apart by one who looks closely: only those on it must be named.
    close = {
        run_label(hiker.walk.trajectory.label)
        for hiker in hikers
        if hiker.walk is not None and np.linalg.norm(hiker.drawn_feet() - spot) < ONE_SPOT / 2
    }
    if close - named:
        return f"does not name {_and(close - named)}, who is on that spot too"
    aside = np.maximum(np.abs(label.get_center() - spot)[:2] - [label.width / 2, label.height / 2], 0)
    away = float(np.linalg.norm(aside))
    return f"is {away:.1f} units from the boots that it is for (at most {_BESIDE})" if away > _BESIDE else ""


def _and(labels: set[str]) -> str:
    return " and ".join(sorted(labels))
