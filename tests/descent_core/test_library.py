"""The library: find a recording or make it, keep it, and never lose a file."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from descent_core import RUNS, library, recording
from descent_core.catalogue import catalogue, make_loss
from descent_core.catalogue.specs import Catalogue, FatesSpec, GridSpec, RunSpec
from descent_core.errors import DescentError, RecordingError, UnknownLabel, UsageError
from descent_core.recordings.trajectory import Trajectory


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESCENT_RECORDINGS", str(tmp_path))
    return tmp_path


def test_a_recording_is_made_once_and_then_found(folder: Path) -> None:
    first = recording("far-too-big")
    path = folder / "far-too-big.npz"
    made = path.stat().st_mtime_ns
    assert recording("far-too-big").same_arrays(first)
    assert path.stat().st_mtime_ns == made


def test_a_recording_of_another_recipe_is_made_anew(folder: Path) -> None:
    good = recording("far-too-big")
    stale = {**good.meta, "recipe": {**good.meta["recipe"], "lr": 0.5}}
    Trajectory("far-too-big", good.coeffs * 0, good.losses, good.slopes, good.grads, 0.5, stale).save(
        folder / "far-too-big.npz"
    )
    assert recording("far-too-big").same_arrays(good)


def test_code_that_changed_makes_recordings_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recording("far-too-big")
    library.landscape("bowl")
    monkeypatch.setattr(library, "fingerprint", lambda texts: "other code")
    assert recording("far-too-big").meta["recipe"]["code"] == "other code"
    assert library.landscape("bowl").meta["recipe"]["code"] == "other code"


def test_a_damaged_recording_is_named_and_left_until_it_is_asked_for_anew(folder: Path) -> None:
    good = recording("far-too-big")
    path = folder / "far-too-big.npz"
    path.write_bytes(b"PK damaged")
    with pytest.raises(RecordingError, match=r"cut short.*descent record"):
        recording("far-too-big")
    assert path.read_bytes() == b"PK damaged"
    assert recording("far-too-big", anew=True).same_arrays(good)
    assert recording("far-too-big").same_arrays(good)


def test_an_unknown_label_names_the_near_ones() -> None:
    with pytest.raises(UnknownLabel, match="'too-bigg'.*Did you mean too-big"):
        recording("too-bigg")
    with pytest.raises(UnknownLabel, match="There are: .*right"):
        recording("zzzz")
    with pytest.raises(UnknownLabel, match="no landscape called 'mountian'.*mountain"):
        library.landscape("mountian")


def test_a_folder_that_cannot_be_written_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DESCENT_RECORDINGS", str(tmp_path / "file" / "below"))
    with pytest.raises(DescentError, match="DESCENT_RECORDINGS"):
        recording("far-too-big")


@pytest.mark.parametrize("label", RUNS)
def test_every_run_records_under_its_label_with_its_recipe(label: str) -> None:
    run = recording(label)
    assert run.label == label
    assert run.meta["recipe"]["lr"] == RUNS[label].lr == run.lr
    assert run.meta["recipe"]["start"] == RUNS[label].recipe()["start"]
    assert run.meta["torch"].startswith("2.")


def test_a_run_names_its_optimizer_and_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start, lr, steps = (2.0, -1.5), 0.1, 8
    runs = {
        "with-adam": RunSpec("bowl", start, lr, steps, optimizer="adam:betas=0.5,0.9,amsgrad=true"),
        "with-another-adam": RunSpec("bowl", start, lr, steps, optimizer="adam:betas=0.6,0.9,amsgrad=true"),
        "with-none-such": RunSpec("bowl", start, lr, steps, optimizer="adamm"),
    }
    monkeypatch.setattr(library, "catalogue", lambda: Catalogue(catalogue().losses, runs, {}, {}))
    loss, coeffs = make_loss("bowl"), torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.Adam([coeffs], lr=lr, betas=(0.5, 0.9), amsgrad=True)
    rows = [coeffs.detach().clone()]
    for _ in range(steps):
        optimizer.zero_grad()
        loss(coeffs).backward()
        optimizer.step()
        rows.append(coeffs.detach().clone())
    run = recording("with-adam")
    assert torch.equal(torch.tensor(run.coeffs), torch.stack(rows))
    assert not run.same_arrays(recording("with-another-adam"))
    with pytest.raises(UsageError, match="'adamm'.*Did you mean adam"):
        recording("with-none-such")


def test_a_grid_and_its_maps_are_made_once_and_again_where_the_grid_is_another(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offer(steps: int) -> None:
        spec = GridSpec("bowl", ((2.0, 1.0),), (0.5, 2.5), steps, x=(-4.0, 4.0), y=(-4.0, 4.0), home=(0.0, 0.0))
        fates = {"cup-fates": FatesSpec("cup-bench", (0.5,), (3, 2))}
        monkeypatch.setattr(
            library, "catalogue", lambda: Catalogue(catalogue().losses, {}, {}, {}, {"cup-bench": spec}, fates)
        )

    offer(30)
    asked: list[tuple[int, int]] = []
    grid = library.grid("cup-bench", report=lambda *done: asked.append(done))
    assert asked[-1] == (4, 4)
    assert library.fate_maps("cup-fates").fates.shape == (1, 3, 2)
    made = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert set(made) == {"cup-bench.grid.npz", "cup-fates.fates.npz"}
    assert library.grid("cup-bench").same_runs(grid)
    library.fate_maps("cup-fates")
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == made
    assert library.current_hash("cup-bench.grid.npz") is not None
    assert library.labels()["grids"] == ("cup-bench",)
    offer(31)
    assert library.current_hash("cup-bench.grid.npz") is None
    assert library.current_hash("cup-fates.fates.npz") is None
    assert library.fate_maps("cup-fates").steps == 31
    with pytest.raises(UnknownLabel, match="cup-bench"):
        library.grid("cup-bensh")
