"""Reception: how well a radio on stage receives its station. Better, the lower the loss of its run is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from descent_core.recordings.trajectory import Trajectory


@dataclass(frozen=True)
class Reception:
    """A run that a radio plays.

    Attributes
    ----------
    run
        The recording.
    row
        Gives the row that is shown.
    lowest
        The loss at which the station is clear.
    """

    run: Trajectory
    row: Callable[[], int]
    lowest: float = 0.0

    @property
    def first(self) -> float:
        """The loss that the run began with."""
        return float(self.run.losses[0])

    def loss(self) -> float:
        """The recorded loss of the row that is shown."""
        return float(self.run.losses[self.row()])
