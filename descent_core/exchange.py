"""Recordings as text, for spreadsheets and other programs: every number comes back as it was, bit for bit."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from descent_core.errors import RecordingError

if TYPE_CHECKING:
    from descent_core.trajectory import Trajectory

#: Says what the text is, and by which rules it was written.
KIND, FORMAT = "descent-trajectory", 1
_ARRAYS = ("coeffs", "losses", "slopes", "grads")


def to_csv(run: Trajectory) -> str:
    """A line a row: ``step``, ``loss``, then ``coeff_k``, ``slope_k`` and ``grad_k`` for each knob k.

    Row t is the state before update t, so that the last row has no ``grad``: no step was taken from there.
    """
    knobs = range(run.knobs)
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["step", "loss", *(f"{name}_{k}" for name in ("coeff", "slope", "grad") for k in knobs)])
    for t in range(run.steps + 1):
        grads = map(_shown, run.grads[t]) if t < run.steps else [""] * run.knobs
        table.writerow([t, _shown(run.losses[t]), *map(_shown, run.coeffs[t]), *map(_shown, run.slopes[t]), *grads])
    return text.getvalue()


def to_json(run: Trajectory) -> str:
    """One object: ``label``, ``lr``, ``outcome``, ``meta``, and the arrays as lists of rows.

    JSON knows no number that is not finite: those are the texts ``"inf"``, ``"-inf"`` and ``"nan"``.
    """
    whole = {
        "kind": KIND,
        "format": FORMAT,
        "label": run.label,
        "lr": run.lr,
        "outcome": run.outcome.value,
        "meta": dict(run.meta),
        **{name: _listed(getattr(run, name)) for name in _ARRAYS},
    }
    return json.dumps(whole, indent=1, allow_nan=False) + "\n"


def from_json(text: str) -> Trajectory:
    """The recording that `to_json` wrote.

    Raises
    ------
    RecordingError
        The text is not JSON, or not a recording. The message says what is wrong with it.
    """
    from descent_core.trajectory import Trajectory

    try:
        data = json.loads(text)
    except ValueError as error:
        raise RecordingError(f"This is not JSON: {error}.") from None
    if not isinstance(data, dict) or data.get("kind") != KIND:
        raise RecordingError("This is JSON, but not a recording of this project.")
    if data.get("format") != FORMAT:
        raise RecordingError(f"This recording has format {data.get('format')}; this program reads format {FORMAT}.")
    try:
        knobs = len(data["coeffs"][0])
        arrays = {name: np.array(data[name], dtype=np.float64) for name in _ARRAYS}
        arrays["grads"] = arrays["grads"].reshape(-1, knobs)  # of no step at all: no row, yet so many columns
        run = Trajectory(data["label"], **arrays, lr=data["lr"], meta=data["meta"])
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise RecordingError(f"This is not a whole recording: {type(error).__name__}: {error}.") from None
    if run.outcome.value != data.get("outcome"):
        raise RecordingError(
            f"This recording calls its run {data.get('outcome')!r}, but its numbers say {run.outcome.value!r}."
        )
    return run


def _shown(number: Any) -> str:
    """The shortest text that reads back as the same number."""
    return repr(float(number))


def _listed(array: NDArray[np.float64]) -> Any:
    if array.ndim > 1:
        return [_listed(row) for row in array]
    return [float(one) if np.isfinite(one) else repr(float(one)) for one in array]
