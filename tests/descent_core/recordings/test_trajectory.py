"""Recordings on disk: round trips, and every way in which a file can be wrong."""

from __future__ import annotations

import io
import json
import pickle
import random
from copy import deepcopy
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from descent_core import Trajectory
from descent_core.errors import RecordingError
from descent_core.recordings.archive import pack
from descent_core.recordings.evidence import Curvature, Evidence, ExpectedLoss
from descent_core.recordings.trajectory import FORMAT


def walk(steps: int = 5, dimensions: int = 2) -> Trajectory:
    chance = np.random.default_rng(steps)
    return Trajectory(
        "a-walk",
        chance.normal(size=(steps + 1, dimensions)),
        np.linspace(2, 1, steps + 1),
        chance.normal(size=(steps + 1, dimensions)),
        chance.normal(size=(steps, dimensions)),
        lr=0.1,
        meta={"seed": 3, "recipe": {"loss": "radio"}},
    )


def test_a_saved_recording_comes_back_as_it_was(tmp_path: Path) -> None:
    before = walk()
    after = Trajectory.load(before.save(tmp_path / "walk.npz"))
    assert after.same_arrays(before)
    assert (after.label, after.lr, after.outcome, dict(after.meta)) == (
        "a-walk",
        0.1,
        before.outcome,
        dict(before.meta),
    )


@given(
    data=hnp.arrays(np.float64, (4, 3), elements=st.floats(-1e300, 1e300)),
    last=st.floats(allow_nan=True, allow_infinity=True),
)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_numbers_survive_the_file(tmp_path: Path, data: np.ndarray, last: float) -> None:
    before = Trajectory("x", data, [1, 2, 3, last], data, data[:3], lr=1e-3)
    assert Trajectory.load(before.save(tmp_path / "x.npz")).same_arrays(before)


def test_evidence_is_kept_whatever_its_numbers(tmp_path: Path) -> None:
    bend = Curvature(1.0, 0.5, 2.0, -1.0, gain_left=float("inf"), way_left=float("inf"), resolved=False, products=6)
    expected = ExpectedLoss((0, 5), (1.5, float("inf")), draws=32, spread=0.25)
    for evidence in (Evidence(bend), Evidence(None, expected), Evidence(bend, expected)):
        before = Trajectory("x", np.ones((6, 1)), np.ones(6), np.ones((6, 1)), np.ones((5, 1)), 0.1, None, evidence)
        assert Trajectory.load(before.save(tmp_path / "x.npz")).evidence == evidence
        assert Trajectory.from_json(before.to_json()).evidence == evidence
        assert pickle.loads(pickle.dumps(before)).evidence == evidence
    with pytest.raises(ValueError, match="up to row 5"):
        Trajectory(
            "x",
            *([[1.0]] * 6, [1.0] * 6, [[1.0]] * 6, [[1.0]] * 5),
            0.1,
            None,
            Evidence(None, ExpectedLoss((0,), (1.0,), 32, 0.0)),
        )


@pytest.mark.parametrize("outcome", ["crawling", "converged", "no word of ours"])
def test_a_recording_of_the_old_format_still_loads(outcome: str, tmp_path: Path) -> None:
    """It kept no evidence, and its words meant something else: they are read anew."""
    one = walk()
    arrays = {name: getattr(one, name) for name in ("coeffs", "losses", "slopes", "grads")}
    header = {"kind": "descent-trajectory", "format": 1, "label": "x", "lr": 0.1, "outcome": outcome, "meta": {"a": 1}}
    path = tmp_path / "old.npz"
    path.write_bytes(pack(header, arrays))
    old = Trajectory.load(path)
    assert old.same_arrays(one)
    assert (old.evidence, old.outcome, dict(old.meta)) == (Evidence(), one.outcome, {"a": 1})
    text = json.loads(one.to_json())
    text.update(format=1, outcome=outcome)
    del text["evidence"]
    assert Trajectory.from_json(json.dumps(text)).same_arrays(one)


def test_a_recording_of_the_second_format_still_loads(tmp_path: Path) -> None:
    """It kept no tries; its word for what became of the run is held against its numbers, as it was."""
    one = walk()
    arrays = {name: getattr(one, name) for name in ("coeffs", "losses", "slopes", "grads")}
    header = {"kind": "descent-trajectory", "format": 2, "label": "x", "lr": 0.1, "outcome": str(one.outcome.value)}
    path = tmp_path / "old.npz"
    path.write_bytes(pack({**header, "meta": {}, "evidence": one.evidence.to_json()}, arrays))
    old = Trajectory.load(path)
    assert old.same_arrays(one)
    assert old.tries is old.try_losses is None
    path.write_bytes(pack({**header, "meta": {}, "outcome": "diverged"}, arrays))
    with pytest.raises(RecordingError, match="its numbers say"):
        Trajectory.load(path)


def test_tries_are_kept_to_the_last_bit(tmp_path: Path) -> None:
    one = walk()
    parts = {name: getattr(one, name) for name in ("coeffs", "losses", "slopes", "grads")}
    tried = Trajectory("x", **parts, lr=0.1, tries=one.grads + 1 / 3, try_losses=[1, 2, 3, np.inf, np.nan])
    assert not tried.same_arrays(one)
    assert not one.same_arrays(tried)
    for again in (
        Trajectory.load(tried.save(tmp_path / "x.npz")),
        Trajectory.from_json(tried.to_json()),
        pickle.loads(pickle.dumps(tried)),
    ):
        assert again.same_arrays(tried)
    with pytest.raises(ValueError, match="read-only"):
        tried.tries[0, 0] = 7  # type: ignore[index]


def test_the_same_recording_gives_the_same_bytes() -> None:
    assert walk().to_bytes() == walk().to_bytes()


def test_nothing_in_a_recording_can_be_changed() -> None:
    one = walk()
    with pytest.raises(ValueError, match="read-only"):
        one.coeffs[0, 0] = 7
    with pytest.raises(AttributeError):
        one.lr = 2  # type: ignore[misc]
    with pytest.raises(TypeError):
        one.meta["seed"] = 4  # type: ignore[index]


def test_what_it_was_made_of_may_change_afterwards() -> None:
    coeffs = np.zeros((2, 1))
    one = Trajectory("x", coeffs, [1, 1], coeffs, coeffs[:1], lr=1)
    coeffs += 7
    assert not one.coeffs.any()


def test_it_can_be_sent_between_processes_and_a_copy_is_itself() -> None:
    one = walk()
    assert pickle.loads(pickle.dumps(one)).same_arrays(one)
    assert deepcopy(one) is one


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"coeffs": np.zeros(3)}, "coeffs must be"),
        ({"losses": np.zeros(4)}, r"losses must be \(6,\)"),
        ({"grads": np.zeros((6, 2))}, r"grads must be \(5, 2\)"),
        ({"losses": [1, np.nan, 1, 1, 1, 1]}, "only the last loss"),
        ({"tries": np.zeros((5, 2))}, "go together; there is no try_losses"),
        ({"tries": np.zeros((6, 2)), "try_losses": np.zeros(5)}, r"tries must be \(5, 2\)"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(changes: dict[str, object], wanted: str) -> None:
    one = walk()
    parts = {name: getattr(one, name) for name in ("coeffs", "losses", "slopes", "grads")}
    with pytest.raises(ValueError, match=wanted):
        Trajectory("x", **{**parts, **changes}, lr=1)  # type: ignore[arg-type]


def bad_files(good: bytes) -> dict[str, tuple[bytes, str]]:
    arrays = {name: getattr(walk(), name) for name in ("coeffs", "losses", "slopes", "grads")}
    header = {
        "kind": "descent-trajectory",
        "format": FORMAT,
        "label": "x",
        "lr": 0.1,
        "outcome": "crawling",
        "meta": {},
    }

    def archive(**entries: object) -> bytes:
        buffer = io.BytesIO()
        np.savez(buffer, allow_pickle=True, **entries)  # type: ignore[arg-type]
        return buffer.getvalue()

    pickled = archive(
        header=np.array(json.dumps(header)),
        seal=np.array("x"),
        **{**arrays, "coeffs": np.array([{"a": 1}], dtype=object)},
    )
    with np.load(io.BytesIO(good)) as kept:
        entries = dict(kept)
    tampered = archive(**{**entries, "losses": entries["losses"] * 0.5})
    return {
        "truncated": (good[: len(good) // 2], "cut short"),
        "empty": (b"", "not a recording"),
        "text": (b"loss,lr\n1,2\n", "not a recording"),
        "a foreign npz": (archive(x=np.zeros(3)), "not a recording of this project"),
        "another kind": (pack({**header, "kind": "descent-landscape"}, arrays), "not a descent-trajectory"),
        "another format": (pack({**header, "format": 99}, arrays), "format 99.*reads format 1 and 2 and 3"),
        "pickled objects": (pickled, "pickled"),
        "tampered": (tampered, "altered after it was recorded"),
        "an array is missing": (pack(header, {k: v for k, v in arrays.items() if k != "slopes"}), "damaged|cut short"),
        "the wrong shapes": (pack(header, {**arrays, "losses": np.zeros(3)}), "not a whole recording"),
        "a false outcome": (pack({**header, "outcome": "diverged"}, arrays), "its numbers say"),
        "no label": (pack({k: v for k, v in header.items() if k != "label"}, arrays), "not a whole recording"),
    }


@pytest.mark.parametrize("case", bad_files(walk().to_bytes()))
def test_a_bad_file_gives_one_clear_error_and_is_left_as_it_is(case: str, tmp_path: Path) -> None:
    content, wanted = bad_files(walk().to_bytes())[case]
    path = tmp_path / "bad.npz"
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=wanted) as caught:
        Trajectory.load(path)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == content


def test_a_pickle_bomb_is_never_set_off(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (Path.touch, (tmp_path / "exploded",))  # type: ignore[return-value]

    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=True, header=np.array([Bomb()], dtype=object), seal=np.array("x"))
    path = tmp_path / "bomb.npz"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(RecordingError, match="pickled"):
        Trajectory.load(path)
    assert not (tmp_path / "exploded").exists()


def test_damaged_bytes_never_do_more_than_give_that_error(tmp_path: Path) -> None:
    good = walk(3).to_bytes()
    chance = random.Random(1)
    path = tmp_path / "fuzzed.npz"
    for _ in range(300):
        bad = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            bad[chance.randrange(len(bad))] = chance.randrange(256)
        path.write_bytes(bytes(bad[: chance.randint(1, len(bad))]) if chance.random() < 0.3 else bytes(bad))
        try:
            again = Trajectory.load(path)
        except RecordingError:
            continue
        assert again.same_arrays(walk(3))  # a change that reached no data


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"no recording at .*descent record"):
        Trajectory.load(tmp_path / "none.npz")
