"""Plots of recordings, for a notebook: numpy paints the landscape, Pillow draws lines and words.

Not in the theme of the films, which ``scenes`` has: plain plots that need neither manim nor matplotlib.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.counted import counted
from descent_core.recordings.archive import write_atomically
from descent_core.round_numbers import nearest_round_number

Array = NDArray[np.float64]


class Run(Protocol):
    """What a plot needs of a recorded run: `descent_core.Trajectory` has it."""

    @property
    def label(self) -> str: ...
    @property
    def lr(self) -> float: ...
    @property
    def coeffs(self) -> Array: ...
    @property
    def losses(self) -> Array: ...
    @property
    def steps(self) -> int: ...
    @property
    def dimensions(self) -> int: ...
    @property
    def outcome(self) -> str: ...


class Ground(Protocol):
    """What a plot needs of a landscape: `descent_core.Landscape` has it."""

    @property
    def bounds(self) -> tuple[float, float, float, float]: ...
    @property
    def heights(self) -> Array: ...
    def height(self, x: ArrayLike, y: ArrayLike) -> Array: ...


_PAPER, _INK, _QUIET, _RULE = (255, 255, 255), (28, 36, 48), (96, 106, 120), (205, 210, 216)
#: Of several runs, in turn; the darker ones of Okabe and Ito, which the colour-blind can tell apart.
_RUNS = ((213, 94, 0), (0, 90, 160), (190, 80, 150), (60, 60, 60))
#: The landscape from its lowest to its highest, and where the loss is not finite.
_GROUND = np.array([(52, 94, 92), (96, 140, 104), (164, 178, 128), (208, 190, 158), (244, 244, 246)], float)
_UNKNOWN = (188, 188, 192)
#: Everything is drawn so many times as large, and averaged down.
_FINE = 2
_LETTERS = 13
#: Values are clipped to this size, so that their differences do not overflow: for drawing only.
_HUGE = 1e150


@dataclass(frozen=True)
class Picture:
    """A picture as PNG. A notebook shows it; `save` keeps it."""

    png: bytes

    def _repr_png_(self) -> bytes:
        return self.png

    def save(self, path: str | Path) -> Path:
        """Write to ``path``, whole or not at all."""
        return write_atomically(Path(path), self.png)


def plot_landscape(landscape: Ground, runs: Sequence[Run] = (), width: int = 560) -> Picture:
    """The landscape from above, shaded, with contour lines; and runs of two coefficients on it.

    ``width`` is in pixels.
    """
    west, east, south, north = landscape.bounds
    # As it is, unless one coefficient's range is much larger than the other's.
    ratio = (north - south) / (east - west)
    across = width - 80
    tall = round(across * (float(np.clip(ratio, 0.4, 1.4)) if 0.25 <= ratio <= 4 else 0.8))
    sheet = _Sheet(width, tall + 104)
    known = landscape.heights[np.isfinite(landscape.heights)]
    axes = _Axes(sheet, (60, 50, 60 + across, 50 + tall), (west, east), (south, north))
    if known.size:
        low, high = float(known.min()), float(known.max())
        step = nearest_round_number((high - low) / 12) if high > low else 1.0
        every = f", a contour every {step:g}" if high > low else ""
        sheet.write((60, 10), f"loss {low:.4g} (dark) to {high:.4g} (light){every}", _INK)
        sheet.paste(axes.box, _paint(landscape, axes.pixels, known, step))
    else:
        sheet.write((60, 10), "the loss is not finite anywhere", _INK)
    axes.frame("coefficient 0", "coefficient 1")
    for index, run in enumerate(runs):
        axes.path(run.coeffs[:, 0], run.coeffs[:, 1], _RUNS[index % len(_RUNS)], outlined=True)
    return sheet.picture()


def plot_trajectory(run: Run, width: int = 760) -> Picture:
    """A run's loss over the steps, and its path: over two coefficients as it is, of more in its main directions.

    ``width`` is in pixels.
    """
    sheet = _Sheet(width, 330)
    half = width // 2
    sheet.write((66, 10), summarize(run), _INK)
    losses = run.losses[np.isfinite(run.losses)]
    log = bool(losses.size and losses.min() > 0 and losses.max() > 100 * losses.min())
    left = _Axes(sheet, (66, 52, half - 16, 274), (0, max(run.steps, 1)), _range(losses, log), log=log)
    left.frame("step", "loss (log)" if log else "loss")
    left.path(np.arange(run.steps + 1.0), run.losses, _RUNS[0])
    x, y, names = _plane(run)
    right = _Axes(sheet, (half + 66, 52, width - 16, 274), _range(x), _range(y))
    right.frame(*names)
    right.path(x, y, _RUNS[0])
    return sheet.picture()


def summarize(run: Run) -> str:
    """A recording in one line."""
    name = f"{run.label}: " if run.label else ""
    coeffs = counted(run.dimensions, "coefficient")
    steps = f"{counted(run.steps, 'step')} of lr {run.lr:g}"
    return f"{name}{coeffs}, {steps}, loss {run.losses[0]:.4g} to {run.losses[-1]:.4g}, {run.outcome}"


def _plane(run: Run) -> tuple[Array, Array, tuple[str, str]]:
    """The path in two directions, ``(T+1,)`` each, and the names of these."""
    if run.dimensions == 1:
        return run.coeffs[:, 0], run.losses, ("coefficient 0", "loss")
    if run.dimensions == 2:
        return run.coeffs[:, 0], run.coeffs[:, 1], ("coefficient 0", "coefficient 1")
    whole = np.isfinite(run.coeffs).all(axis=1)
    away = np.clip(run.coeffs[whole] - run.coeffs[0], -_HUGE, _HUGE)
    size = float(np.abs(away).max(initial=0)) or 1.0
    _, lengths, directions = np.linalg.svd(away / size, full_matrices=False)
    share = lengths**2 / max(float((lengths**2).sum()), 1e-300)
    places = np.full((len(run.coeffs), 2), np.nan)
    places[whole, : len(directions[:2])] = (away / size) @ directions[:2].T * size
    places[whole] = np.nan_to_num(places[whole])
    names = [f"direction {k + 1} ({share[k] if k < len(share) else 0:.0%} of the path)" for k in range(2)]
    return places[:, 0], places[:, 1], (names[0], names[1])


def _paint(landscape: Ground, size: tuple[int, int], known: Array, step: float) -> NDArray[np.uint8]:
    """``(H, W, 3)``: coloured by rank of the loss, lit from the north-west, with contour lines."""
    west, east, south, north = landscape.bounds
    columns, rows = size
    x = west + (np.arange(columns) + 0.5) / columns * (east - west)
    y = north - (np.arange(rows) + 0.5) / rows * (north - south)
    with np.errstate(invalid="ignore", over="ignore"):
        heights = landscape.height(x[None, :], y[:, None])
    finite = np.isfinite(heights)
    heights = np.where(finite, heights, known.min())
    rank = np.searchsorted(np.sort(known.ravel()), heights) / known.size
    stops = np.linspace(0, 1, len(_GROUND))
    colour = np.stack([np.interp(rank, stops, channel) for channel in _GROUND.T], axis=-1)
    down, right = np.gradient(heights / max(float(np.ptp(known)), 1e-300))
    tilt = (down + right) * max(columns, rows) / 2
    colour *= (1 - 0.28 * np.tanh(1.4 * tilt))[..., None]
    level = np.floor(heights / step)
    line = np.zeros(heights.shape, bool)
    line[:, 1:] |= level[:, 1:] != level[:, :-1]
    line[1:] |= level[1:] != level[:-1]
    colour[line] *= 0.72
    colour[~finite] = _UNKNOWN
    return np.asarray(np.clip(colour, 0, 255), np.uint8)


class _Sheet:
    """A white picture to draw on. Places are in pixels of the finished picture."""

    def __init__(self, width: int, height: int) -> None:
        from PIL import Image, ImageDraw, ImageFont

        self.image = Image.new("RGB", (width * _FINE, height * _FINE), _PAPER)
        self.draw = ImageDraw.Draw(self.image)
        self._font = ImageFont.load_default(_LETTERS * _FINE)

    def write(self, place: tuple[float, float], text: str, colour: tuple[int, int, int], anchor: str = "la") -> None:
        x, y = place
        self.draw.text((x * _FINE, y * _FINE), text, fill=colour, font=self._font, anchor=anchor)

    def line(self, spots: Any, colour: tuple[int, int, int], width: float) -> None:
        flat = [(float(x) * _FINE, float(y) * _FINE) for x, y in spots]
        self.draw.line(flat, fill=colour, width=round(width * _FINE), joint="curve")

    def dot(self, spot: Any, radius: float, fill: tuple[int, int, int], edge: tuple[int, int, int]) -> None:
        x, y, r = float(spot[0]) * _FINE, float(spot[1]) * _FINE, radius * _FINE
        self.draw.ellipse((x - r, y - r, x + r, y + r), fill=fill, outline=edge, width=round(1.5 * _FINE))

    def paste(self, box: tuple[int, int, int, int], pixels: NDArray[np.uint8]) -> None:
        from PIL import Image

        self.image.paste(Image.fromarray(pixels), (box[0] * _FINE, box[1] * _FINE))

    def picture(self) -> Picture:
        made = io.BytesIO()
        self.image.reduce(_FINE).save(made, "PNG", optimize=True)
        return Picture(made.getvalue())


class _Axes:
    """A frame on the sheet, with a few round numbers beside it, and paths in it."""

    def __init__(
        self,
        sheet: _Sheet,
        box: tuple[int, int, int, int],
        across: tuple[float, float],
        up: tuple[float, float],
        *,
        log: bool = False,
    ) -> None:
        self.sheet, self.box, self.across, self.up, self.log = sheet, box, across, up, log

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height inside the frame, as fine as it is drawn."""
        left, top, right, bottom = self.box
        return (right - left) * _FINE, (bottom - top) * _FINE

    def spots(self, xs: Array, ys: Array) -> Array:
        """``(n, 2)``, places on the sheet, kept close to the frame."""
        left, top, right, bottom = self.box
        if self.log:
            ys = np.log10(np.maximum(ys, 1e-300))
        low, high = np.log10(self.up) if self.log else self.up
        u = (xs - self.across[0]) / (self.across[1] - self.across[0])
        v = (ys - low) / (high - low)
        u, v = np.clip(u, -0.02, 1.02), np.clip(v, -0.02, 1.02)
        return np.stack([left + u * (right - left), bottom - v * (bottom - top)], axis=-1)

    def frame(self, across_name: str, up_name: str) -> None:
        left, top, right, bottom = self.box
        for value in _ticks(*self.across):
            x, _ = self.spots(np.array([value]), np.array([self.up[0]]))[0]
            self.sheet.line([(x, bottom), (x, bottom + 4)], _QUIET, 1)
            self.sheet.write((x, bottom + 7), f"{value:g}", _QUIET, "ma")
        for value in _powers(*self.up) if self.log else _ticks(*self.up):
            _, y = self.spots(np.array([self.across[0]]), np.array([value]))[0]
            self.sheet.line([(left - 4, y), (left, y)], _QUIET, 1)
            self.sheet.write((left - 7, y), f"{value:g}", _QUIET, "rm")
        self.sheet.line([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], _RULE, 1)
        self.sheet.write(((left + right) / 2, bottom + 26), across_name, _INK, "ma")
        self.sheet.write((left, top - 7), up_name, _INK, "ls")

    def path(self, xs: Array, ys: Array, colour: tuple[int, int, int], *, outlined: bool = False) -> None:
        """A line through the points that are numbers, from a hollow dot to a full one."""
        known = ~(np.isnan(xs) | np.isnan(ys))
        if not known.any():
            return
        with np.errstate(invalid="ignore", over="ignore"):
            spots = self.spots(np.clip(xs[known], -_HUGE, _HUGE), np.clip(ys[known], -_HUGE, _HUGE))
        if outlined and len(spots) > 1:
            self.sheet.line(spots, _PAPER, 4)
        if len(spots) > 1:
            self.sheet.line(spots, colour, 2)
        if len(spots) <= 80:
            for spot in spots[1:-1]:
                self.sheet.dot(spot, 2, colour, colour)
        self.sheet.dot(spots[0], 4.5, _PAPER, colour)
        self.sheet.dot(spots[-1], 4.5, colour, _PAPER if outlined else colour)


def _range(values: Array, log: bool = False) -> tuple[float, float]:
    """From the lowest number to the highest, and a little room."""
    numbers = values[np.isfinite(values)]
    if not numbers.size:
        return (0.0, 1.0)
    low, high = (float(np.clip(value, -_HUGE, _HUGE)) for value in (numbers.min(), numbers.max()))
    if log:
        return low / (high / low) ** 0.05, high * (high / low) ** 0.05
    room = (high - low) * 0.06 or max(abs(high), 1.0) * 0.5
    return low - room, high + room


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers along an axis, about four."""
    step = nearest_round_number((high - low) / 3.5)
    first = np.ceil(low / step - 1e-9)
    count = int(min(np.floor(high / step + 1e-9) - first, 9))
    return [float(f"{(first + k) * step + 0.0:.6g}") for k in range(count + 1)]


def _powers(low: float, high: float) -> list[float]:
    first, last = int(np.ceil(np.log10(low) - 1e-9)), int(np.floor(np.log10(high) + 1e-9))
    every = max(-(-(last - first) // 5), 1)
    return [float(f"1e{power}") for power in range(first, last + 1, every)]
