"""Packing: arrays as a page carries them, small, and within a stated step of what was recorded.

Each array is written as whole numbers: rounded to a step, or the upper bits of a float. Along a run each number is kept
as the difference to the one before, the bytes of all numbers plane by plane, and all of it deflated. ``bench-data.js``
unpacks it in a browser, `unpack` here.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: Bytes of a number of each kind: on a scale, a float without its last bits, a half float, and a small whole number.
WIDTHS = {"scaled": 2, "float": 3, "half": 2, "byte": 1, "short": 2}
#: The greatest number on a scale; one more means that there is none.
_TOP = 65534


@dataclass(frozen=True)
class Packed:
    """Arrays in one text.

    Attributes
    ----------
    fields
        For each array its name, kind, shape, and, of one on a scale, where that begins and the step of it.
    text
        All of them, deflated, in base 64.
    """

    fields: tuple[Mapping[str, Any], ...]
    text: str


class Packer:
    """Gathers arrays, and packs them.

    Examples
    --------
    >>> packer = Packer()
    >>> packer.scaled("x", [[0.0, 1.0, np.nan]], low=0, high=1)
    >>> packer.floats("loss", [[2.05, 0.058]])
    >>> found = unpack(packer.packed())
    >>> found["x"].tolist(), found["loss"].round(4).tolist()
    ([[0.0, 1.0, nan]], [[2.05, 0.058]])
    """

    def __init__(self) -> None:
        self._fields: list[dict[str, Any]] = []
        self._planes: list[bytes] = []

    def scaled(self, name: str, values: ArrayLike, low: float, high: float) -> None:
        """Numbers between two ends, rounded to one of 65,534 steps between them; not a number stays that."""
        array = np.asarray(values, np.float64)
        step = (high - low) / _TOP or 1.0
        with np.errstate(invalid="ignore"):
            steps = np.clip(np.rint((array - low) / step), 0, _TOP)
        whole = np.where(np.isfinite(array), steps, _TOP + 1).astype(np.uint32)
        self._add(name, "scaled", whole, low=low, step=step)

    def floats(self, name: str, values: ArrayLike) -> None:
        """Numbers of any size, within 2 hundred-thousandths of each: 16 bits of it."""
        with np.errstate(over="ignore"):  # what is larger than floats of 32 bits go is infinite
            single = np.ascontiguousarray(np.asarray(values, np.float64).astype(np.float32))
        # The upper 24 bits, rounded; an infinite number, or none, keeps its bits.
        bits, finite = single.view(np.uint32), np.isfinite(single)
        rounded = np.where(finite & (bits & 0x7FFFFFFF < 0x7F7FFF00), bits.astype(np.uint64) + 128, bits) >> 8
        self._add(name, "float", rounded.astype(np.uint32))

    def halves(self, name: str, values: ArrayLike) -> None:
        """Numbers of any size with three digits; the largest of them decides the unit."""
        array = np.nan_to_num(np.asarray(values, np.float64), nan=0.0, posinf=0.0, neginf=0.0)
        largest = float(np.abs(array).max(initial=0.0))
        unit = 2.0 ** np.ceil(np.log2(largest / 30000)) if largest > 0 else 1.0
        self._add(name, "half", (array / unit).astype(np.float16).view(np.uint16).astype(np.uint32), step=unit)

    def whole(self, name: str, values: ArrayLike, kind: str = "byte") -> None:
        """Whole numbers from 0 on: bytes, or shorts."""
        array = np.asarray(values)
        if array.min(initial=0) < 0 or array.max(initial=0) >= 256 ** WIDTHS[kind]:
            raise ValueError(f"{name} goes from {array.min()} to {array.max()}: that does not fit a {kind}")
        self._add(name, kind, array.astype(np.uint32))

    def packed(self) -> Packed:
        """All that was gathered."""
        return Packed(tuple(self._fields), base64.b64encode(zlib.compress(b"".join(self._planes), 9)).decode())

    def _add(self, name: str, kind: str, whole: NDArray[np.uint32], **more: float) -> None:
        self._fields.append({"name": name, "kind": kind, "shape": list(whole.shape), **more})
        width = WIDTHS[kind]
        rows = whole.reshape(-1, whole.shape[-1]) if whole.ndim > 1 else whole[None]
        changes = np.diff(rows.astype(np.int64), axis=1, prepend=0) & (256**width - 1)
        for plane in range(width):
            self._planes.append(((changes >> (8 * plane)) & 255).astype(np.uint8).tobytes())


def unpack(packed: Packed) -> dict[str, NDArray[Any]]:
    """The arrays by name: what a browser makes of them, too."""
    content = np.frombuffer(zlib.decompress(base64.b64decode(packed.text)), np.uint8)
    found: dict[str, NDArray[Any]] = {}
    at = 0
    for field in packed.fields:
        shape, width = tuple(field["shape"]), WIDTHS[field["kind"]]
        count = int(np.prod(shape))
        planes = content[at : at + width * count].reshape(width, count).astype(np.int64)
        at += width * count
        changes = sum(planes[plane] << (8 * plane) for plane in range(width))
        rows = np.asarray(changes).reshape(-1, shape[-1])
        whole = (np.cumsum(rows, axis=1) & (256**width - 1)).reshape(shape)
        found[field["name"]] = _read(whole, field)
    return found


def _read(whole: NDArray[np.int64], field: Mapping[str, Any]) -> NDArray[Any]:
    if field["kind"] == "scaled":
        return np.where(whole > _TOP, np.nan, field["low"] + whole * field["step"])
    if field["kind"] == "float":
        return (whole.astype(np.uint32) << 8).view(np.float32).astype(np.float64)
    if field["kind"] == "half":
        return np.asarray(whole.astype(np.uint16).view(np.float16).astype(np.float64) * field["step"])
    return whole
