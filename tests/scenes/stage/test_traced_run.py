"""A traced recording: its numbers name their fields, whatever was asked of the recording before."""

from __future__ import annotations

from descent_core.recordings.trajectory import Trajectory
from scenes.stage.traced_run import traced


def test_what_was_worked_out_of_a_run_before_does_not_keep_it_from_being_traced() -> None:
    run = Trajectory("halving", [[2.0], [1.0]], [4.0, 1.0], [[4.0], [2.0]], [[4.0]], lr=0.25)
    assert run.expected_losses[-1] == 1.0
    assert run.outcome
    assert traced(run).expected_losses[-1].source == "halving.losses[1]"
    assert traced(run).outcome == run.outcome
