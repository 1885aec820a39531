"""What stands in the corner while the engine runs: the engine, the knobs that it turns, its epoch and its loss."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from manim import LEFT, VGroup

from scenes.parts.machine.engine import Engine
from scenes.parts.panels.scorecard import Readout
from scenes.parts.progress import Progress
from scenes.parts.radio import Knob
from scenes.stage.traced_run import sourced
from scenes.theme import theme

#: How many radians a coefficient of 1 turns a knob.
GAIN = 1.5
#: Size of the engine, and where its crank is; radius of a knob, how far apart knobs stand, and where their middle is.
_SMALL, _CRANK = 0.36, (-5.8, 2.93)
_RADIUS, _PITCH, _KNOBS = 0.145, 0.45, (-4.42, 2.93)
#: Where the epoch is told, and the loss: how far to the left, and how high.
_LEFT, _EPOCH, _LOSS = -6.38, 1.98, 1.62


def engine_room(progress: Progress, turns: Callable[[], float]) -> VGroup:
    """The engine in the upper left corner; beside it a knob for each coefficient; under them the epoch and the loss.

    Parameters
    ----------
    progress
        Of nine coefficients.
    turns
        How often the crank has turned.
    """
    run = progress.trajectory
    engine = Engine(turns, size=_SMALL)
    engine.shift(np.array([*_CRANK, 0]) - engine.middle)
    knobs = VGroup(
        *(
            Knob(partial(knob_angle, progress, column), radius=_RADIUS, turned=(theme.saved, theme.lost))
            for column in range(run.dimensions)
        )
    )
    for column, knob in enumerate(knobs):  # not arranged by their boxes: those grow with the bands round them
        down, across = divmod(column, 3)
        knob.move_to([_KNOBS[0] + (across - 1) * _PITCH, _KNOBS[1] + (1 - down) * _PITCH, 0])
    epoch = Readout(
        lambda: f"epoch {sourced(progress.row, f'the row of {run.label} that is shown')}", theme.label, theme.text
    )
    epoch.move_to([_LEFT, _EPOCH, 0], aligned_edge=LEFT)
    loss = Readout(lambda: f"loss {run.losses[progress.row]:.4f}", theme.label, theme.loss)
    loss.move_to([_LEFT, _LOSS, 0], aligned_edge=LEFT)
    return VGroup(engine, knobs, epoch, loss)


def knob_angle(progress: Progress, column: int) -> float:
    """Where the knob of a column points, in radians, at the row that was reached."""
    return float(GAIN * progress.between(progress.trajectory.coeffs)[column])
