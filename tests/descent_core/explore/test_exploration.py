"""Explorations of functions with known minima: what is recorded, handed over and noted."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from descent_core import library, record
from descent_core.explore.exploration import explore
from descent_core.explore.summary import Summary
from scenes.examples import losses
from tests.descent_core.explore.requests import example_request, request_for, write_loss


def test_what_was_recorded_is_what_record_gives() -> None:
    found = explore(example_request("himmelblau", start=(0.2, 0.3), lrs=(0.002,), optimizer="adam", steps=50))
    plain = record(losses.himmelblau, [0.2, 0.3], lr=0.002, steps=50, optimizer=torch.optim.Adam)
    assert found.recordings["run-0"].same_arrays(plain)


def test_the_forgetful_walk_is_the_same_run_without_wiping() -> None:
    found = explore(example_request("himmelblau", start=(0.2, 0.3), lrs=(0.002, 0.01), zero_grad=False))
    lr = found.recordings[found.summary.best].lr
    plain = record(losses.himmelblau, [0.2, 0.3], lr=lr, steps=200, zero_grad=False)
    assert found.recordings["no-zero-grad"].same_arrays(plain)


def test_files_are_found_by_label_where_they_were_handed_over(tmp_path: Path) -> None:
    found = explore(example_request("beale", start=(1.0, 1.5), lrs=(0.01,), steps=20))
    found.save(tmp_path)
    with library.recordings_from(tmp_path), library.tracked() as seen:
        assert library.recording("run-0").same_arrays(found.recordings["run-0"])
        assert Summary.of(library.landscape("ground")) == found.summary
        assert seen == {name: library.current_hash(name) for name in ("run-0.npz", "ground.landscape.npz")}
    with pytest.raises(KeyError):
        library.recording("run-0")


def test_how_long_it_will_take_is_said_before(tmp_path: Path) -> None:
    spec = write_loss(tmp_path, "import time\ndef loss(c):\n    time.sleep(0.2)\n    return (c**2).sum()")
    notes: list[str] = []

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        explore(request_for(spec, (0.1, 0.2), (1.0, 1.0), steps=300), report=stop, note=notes.append)
    (note,) = notes
    assert "One evaluation of this loss takes 0.2" in note
    assert "600 steps take about 2 min" in note
