"""Wiped: beside runs that wipe their gradient, a row of a legend says so of one that never does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from descent_core.recordings.trajectory import Trajectory
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import run_label
from scenes.check.playback import Moment
from scenes.check.wiring.cast import tops
from scenes.narration.languages import en
from scenes.parts.words import LegendRow


@dataclass
class Wiped(Check):
    """Reads the rows of legends: two runs of one learning rate differ in nothing that is seen but in this."""

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        rows = [piece for top in tops(moment) for piece in top.get_family() if isinstance(piece, LegendRow)]
        if len(rows) < 2:
            return
        runs = {run_label(label): run for label, run in getattr(moment.scene, "recordings", {}).items()}
        wipes = {id(row): [_wipes(runs[run_label(run)]) for run in row.runs if run_label(run) in runs] for row in rows}
        some = any(True in each for each in wipes.values())
        for row in rows:
            own, text = wipes[id(row)], str(row.label.original_text).lower()
            says = any(words in text for words in en.NEVER_WIPED_WORDS)
            if own and not any(own) and some and not says:
                found = f"is of {' and '.join(row.runs)}, which never wiped its gradient, and does not say so"
                self.keep(Fault("outcome", row.label.original_text, found, moment.time), row)


def _wipes(run: Trajectory) -> bool:
    """Whether each step of a run was made with the fresh gradient alone."""
    grads, slopes = np.asarray(run.grads, dtype=np.float64), np.asarray(run.slopes, dtype=np.float64)[:-1]
    known = np.isfinite(grads).all(axis=1) & np.isfinite(slopes).all(axis=1)
    return not known.any() or bool(np.allclose(grads[known], slopes[known], rtol=1e-5, atol=1e-9))
