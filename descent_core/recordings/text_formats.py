"""Recordings as text, for spreadsheets and other programs: every number comes back as it was, bit for bit.

Plain dictionaries in and out, with the fields of `descent_core.recordings.trajectory.Trajectory` as keys.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from descent_core.errors import RecordingError

#: Says what the text is, and by which rules it was written.
KIND, FORMAT, READ = "descent-trajectory", 3, (1, 2, 3)
#: The keys whose values are arrays: of every recording, and of one whose optimizer made tries.
ARRAYS, OF_TRIES = ("coeffs", "losses", "slopes", "grads"), ("tries", "try_losses")


def to_csv(fields: Mapping[str, Any]) -> str:
    """A line for each row: ``step``, ``loss``, then ``coeff_k``, ``slope_k`` and ``grad_k`` for each coefficient k.

    Row t is the state before update t, so the last row has no ``grad``: no step was taken from there. Where tries
    were made, ``try_loss`` and ``try_k`` follow, the loss and the coefficients that were tried in that step.
    """
    coeffs, losses, slopes, grads = (fields[name] for name in ARRAYS)
    dimensions = range(coeffs.shape[1])
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    head = ["step", "loss", *(f"{name}_{k}" for name in ("coeff", "slope", "grad") for k in dimensions)]
    of_steps = grads
    if "tries" in fields:
        head += ["try_loss", *(f"try_{k}" for k in dimensions)]
        of_steps = np.column_stack([grads, fields["try_losses"], fields["tries"]])
    table.writerow(head)
    for t in range(len(losses)):
        of_step = map(_number, of_steps[t]) if t < len(of_steps) else [""] * of_steps.shape[1]
        table.writerow([t, _number(losses[t]), *map(_number, coeffs[t]), *map(_number, slopes[t]), *of_step])
    return text.getvalue()


def to_json(fields: Mapping[str, Any]) -> str:
    """One object: all ``fields`` as plain JSON values, arrays as lists of rows.

    JSON knows no number that is not finite: those are the texts ``"inf"``, ``"-inf"`` and ``"nan"``.
    """
    plain = {name: _rows(value) if name in ARRAYS + OF_TRIES else value for name, value in fields.items()}
    return json.dumps({"kind": KIND, "format": FORMAT, **plain}, indent=1, allow_nan=False) + "\n"


def from_json(text: str) -> dict[str, Any]:
    """The fields that `to_json` wrote; arrays are float64.

    Raises
    ------
    RecordingError
        The text is not JSON, or not a recording. The message says what is wrong with it.
    """
    try:
        data = json.loads(text)
    except ValueError as error:
        raise RecordingError(f"This is not JSON: {error}.") from None
    if not isinstance(data, dict) or data.get("kind") != KIND:
        raise RecordingError("This is JSON, but not a recording of this project.")
    if data.get("format") not in READ:
        known = " and ".join(map(str, READ))
        raise RecordingError(f"This recording has format {data.get('format')}; this program reads format {known}.")
    try:
        dimensions = len(data["coeffs"][0])
        there = [name for name in OF_TRIES if name in data]
        arrays = {name: np.array(data[name], dtype=np.float64) for name in (*ARRAYS, *there)}
        for name in arrays.keys() & {"grads", "tries"}:
            arrays[name] = arrays[name].reshape(-1, dimensions)  # of no step at all: no row, yet so many columns
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise RecordingError(f"This is not a whole recording: {type(error).__name__}: {error}.") from None
    return {**data, **arrays}


def _number(value: Any) -> str:
    """The shortest text that reads back as the same number."""
    return repr(float(value))


def _rows(array: NDArray[np.float64]) -> Any:
    if array.ndim > 1:
        return [_rows(row) for row in array]
    return [float(value) if np.isfinite(value) else repr(float(value)) for value in array]
