"""What is heard is in the picture: a radio hisses for a run as long as something of that run is on stage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from descent_core.recordings.trajectory import Trajectory
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import run_label
from scenes.check.playback import Moment
from scenes.check.wiring.cast import cast, pieces, tops
from scenes.parts.knob_wall import KnobWall
from scenes.parts.radio import Radio

#: Seconds that a radio may be heard before anything of its run is there, or after all of it has gone.
_ALONE = 1.0


@dataclass
class Heard(Check):
    """Holds what a scene receives (`ExplainerScene.receive`) against what is in the picture meanwhile."""

    #: Since when the run that is received has nothing in the picture.
    _since: float | None = None

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        reception = getattr(moment.scene, "reception", None)
        if reception is None or _is_there(moment, reception.run):
            self._since = None
            return
        if self._since is None:
            self._since = moment.time
        if moment.time - self._since > _ALONE:
            label = run_label(reception.run.label)
            words = f"is heard for {label}, of which nothing is in the picture (receive(None) switches it off)"
            self.keep(Fault("reading", "a radio", words, self._since))


def _is_there(moment: Moment, run: Trajectory) -> bool:
    """Whether a radio is on stage, a wall of as many knobs as a run has, or anything else that shows the run."""
    if any(role.label == run_label(run.label) for role in cast(moment, dim=True)):
        return True
    stage = [piece for top in tops(moment) for piece in pieces(top)]
    walls = [piece for piece in stage if isinstance(piece, KnobWall)]
    return any(isinstance(piece, Radio) for piece in stage) or any(
        np.size(wall.reading()) == run.dimensions for wall in walls
    )
