"""True to the runs, in plots: every line stands on the recorded values, as it is drawn.

What is drawn is measured between the axes as they are drawn, against the recordings that the scene asked for. What
the line was given counts for nothing beyond which recording, field and rows it claims to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from descent_core.recordings.trajectory import Trajectory
from scenes.check.places.distance import NEAR, in_pixels, too_far
from scenes.narration.languages import en
from scenes.parts.panels.plot import Plot, PlotCurve

#: What the name of an axis of steps has in it: of these is a row each.
_STEPS = ("step", "round", "epoch")
#: The optimizers that make one evaluation of the loss a row, and no gradient.
_GUESSES = ("random-search",)
#: Which fraction of its axis a curve may leave empty though its run goes on, and which of its values may lie beyond it.
_SHORT, _CUT = 0.1, 0.1


@dataclass(frozen=True)
class Claim:
    """What a line should show.

    Attributes
    ----------
    name
        The recording, or what the plot is called where there is none.
    xs, ys
        ``(n,)``, the values as they were recorded.
    found
        Why there are none, in words, or nothing.
    """

    name: str
    xs: NDArray[np.float64]
    ys: NDArray[np.float64]
    found: str = ""


def curve_fault(curve: PlotCurve, scene: Any) -> tuple[str, str]:
    """The recording that a line shows, and what is wrong with the line, or nothing."""
    claim = claim_of(curve, scene)
    found = claim.found or _line_fault(curve, claim) or _end_fault(curve, claim) or _whole_fault(curve, claim, scene)
    return claim.name, found


def claim_of(curve: PlotCurve, scene: Any) -> Claim:
    """Look up the true values of a line in what the scene asked for.

    Parameters
    ----------
    scene
        With ``recordings`` by label and ``landscapes``, as an `ExplainerScene` has them; another has none.
    """
    title = str(curve.plot.title.original_text)
    across, up = curve.origins
    if curve.landscape is not None:
        asked = any(curve.landscape is landscape for landscape in getattr(scene, "landscapes", {}).values())
        found = "" if asked else "a cut through a landscape that the scene did not ask for"
        return Claim(title, curve.xs, np.asarray(curve.landscape.height(curve.xs, curve.cut)), found)
    if up is None:
        return Claim(title, curve.xs, curve.ys, "a curve of no recording")
    run = getattr(scene, "recordings", {}).get(up.label)
    if run is None:
        return Claim(up.label, curve.xs, curve.ys, "a curve of a recording that the scene did not ask for")
    xs, ys = curve.xs if across is None else across.values(run), up.values(run)
    if ys.ndim != 1 or xs.shape != ys.shape:
        found = f"a curve of {xs.size} values across and {ys.size} up"
    elif across is not None and (across.label != up.label or across.places[0] != up.places[0]):
        found = f"a curve of {across.label}.{across.field} and {up.label}.{up.field} at different rows"
    else:
        rows = up.places[0]
        belong = curve.offset + (curve.a_row or 1.0) * np.asarray(rows if isinstance(rows, range) else range(len(ys)))
        found = (_wrong_rows(curve, run) or _off_rows(xs, belong)) if across is None else ""
    return Claim(up.label, xs, ys, found)


def _wrong_rows(curve: PlotCurve, run: Trajectory) -> str:
    """Whether rows stand as far apart as one is worth in the unit of its axis; of an unknown unit that is said."""
    unit = curve.plot.across_name
    worth = a_row_in(unit, run)
    if curve.a_row is None and worth != 1.0:
        return f"how far each row is from the next across is not said (a_row=…), and {unit!r} are no steps"
    if worth is not None and curve.a_row is not None and not np.isclose(curve.a_row, worth):
        return f"its rows stand {curve.a_row:g} apart, and each is worth {worth:g} of {unit!r}"
    return ""


def a_row_in(unit: str, run: Trajectory) -> float | None:
    """How much a row of a recording is worth in the unit of an axis; None if nothing says so.

    The recording says so by its ``meta``, under the name of the unit; and of what is counted in looks at the loss, by
    how it was made: a guess is one look, a gradient step a forward and a backward pass, which costs as much again
    (`descent_core.training.cost`).

    >>> a_row_in("step", Trajectory("a", [[2.0]], [4.0], [[4.0]], np.zeros((0, 1)), lr=0.1))
    1.0
    >>> a_row_in("looks", Trajectory("a", [[2.0]], [4.0], [[4.0]], np.zeros((0, 1)), lr=0.1))
    2.0
    """
    told = run.meta.get(unit)
    if isinstance(told, int | float):
        return float(told)
    if any(word in unit for word in _STEPS):
        return 1.0
    if any(word in unit for word in en.LOOK_WORDS):
        return 1.0 if run.meta.get("recipe", {}).get("optimizer") in _GUESSES else 2.0
    return None


def _whole_fault(curve: PlotCurve, claim: Claim, scene: Any) -> str:
    """A curve that is there as a whole goes on as long as its run or its axis, and within the axes."""
    up = curve.origins[1]
    if curve.now is not None or curve.updating_suspended or up is None or curve.landscape is not None:
        return ""
    recorded, end = len(getattr(scene, "recordings", {})[up.label].losses), curve.plot.across[1]
    rows = up.places[0]
    if isinstance(rows, range) and rows.stop < recorded and claim.xs[-1] < end - _SHORT * (end - curve.plot.across[0]):
        return f"shows rows up to {rows.stop - 1} of {recorded - 1}, and its axis goes on to {end:g}"
    high = claim.ys > curve.plot.up[1] + 1e-9
    low = (claim.ys < curve.plot.up[0] - 1e-9) & (not curve.plot.log)  # a foot of powers of ten says that it is one
    cut = (high | low) & ~_gone(high)
    if cut.mean() > _CUT:
        return f"{int(cut.sum())} of {len(cut)} recorded values lie beyond its axis, and are drawn at its end"
    return ""


def _gone(high: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """``(n,)``, which values are above the axis with all that come after them: the curve has left for good."""
    return np.asarray(np.logical_and.accumulate(high[::-1])[::-1])


def _off_rows(xs: NDArray[np.float64], belong: NDArray[np.float64]) -> str:
    """Which value stands elsewhere across than where its row belongs, in words, or nothing."""
    apart = np.flatnonzero(~np.isclose(xs, belong, rtol=1e-9, atol=1e-9))
    if not len(apart):
        return ""
    value = int(apart[0])
    return (
        f"value {value} is at {xs[value]:g} across, and its row belongs at {belong[value]:g}: no such offset was given"
    )


def spots(plot: Plot, xs: ArrayLike, ys: ArrayLike) -> NDArray[np.float64]:
    """``(n, 2)``, where value pairs belong between the axes as they are drawn; what is beyond them, at their ends.

    A value that is no number belongs at the top: it is no lower than any.
    """
    (start, east), (_, north) = (axis.points[[0, -1], :2] for axis in plot.axes)
    values = np.nan_to_num(np.asarray(ys, dtype=np.float64), nan=np.inf, posinf=np.inf, neginf=-np.inf)
    low, high = plot.up
    if plot.log:
        values, low, high = np.log10(np.maximum(values, 1e-300)), float(np.log10(low)), float(np.log10(high))
    left, right = plot.across
    u = np.clip((np.asarray(xs, dtype=np.float64) - left) / (right - left), 0, 1)
    v = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(start + u[:, None] * (east - start) + v[:, None] * (north - start))


def _line_fault(curve: PlotCurve, claim: Claim) -> str:
    """Every corner of the line is at its row; its end is there, or on the way to the next one."""
    corners, expected = _corners(curve), spots(curve.plot, claim.xs, claim.ys)
    last = len(corners) - 1
    if last > len(expected):
        return f"has {last + 1} corners for {len(expected)} recorded values"
    away = in_pixels(corners[:last] - expected[:last])
    if last and away.max() > NEAR:
        row = int(away.argmax())
        return f"value {row} is drawn {away[row]:.1f} pixels of 1080p from where it belongs"
    before, after = expected[max(last - 1, 0)], expected[min(last, len(expected) - 1)]
    aside = too_far(corners[-1], _nearest_between(before, after, corners[-1]))
    return aside and f"it ends {aside} aside of values {max(last - 1, 0)} and {min(last, len(expected) - 1)}"


def _end_fault(curve: PlotCurve, claim: Claim) -> str:
    """The line ends where its progress is, and its head is there too."""
    if curve.updating_suspended:
        return ""  # it is just being drawn
    expected, corners = spots(curve.plot, claim.xs, claim.ys), _corners(curve)
    final = len(expected) - 1
    now = float(np.clip(curve.now(), 0, final)) if curve.now is not None else float(final)
    row = int(now + 1e-6)
    end = expected[row] + (expected[min(row + 1, final)] - expected[row]) * (now - row)
    away = too_far(corners[-1], end)
    if away and not _left_for_good(curve.plot, claim.ys[: row + 1], len(corners)):
        return f"it ends {away} from step {now:.1f}"
    if curve.head is not None and not curve.head.updating_suspended:
        away = too_far(curve.head.get_center(), end)
        return away and f"its head is {away} from step {now:.1f}"
    return ""


def _left_for_good(plot: Plot, values: NDArray[np.float64], shown: int) -> bool:
    """Whether the values from the last of the ``shown`` ones on are all above the axes, or no numbers."""
    rest = values[shown - 1 :]
    return 0 < shown < len(values) and bool((~np.isfinite(rest) | (rest > plot.up[1])).all())


def _corners(curve: PlotCurve) -> NDArray[np.float64]:
    """``(n, 2)``, the anchors of the line as it is drawn."""
    return np.concatenate([curve.points[0::4, :2], curve.points[-1:, :2]])


def _nearest_between(start: ArrayLike, end: ArrayLike, point: ArrayLike) -> NDArray[np.float64]:
    """``(2,)``, the place between ``start`` and ``end`` that is nearest to ``point``."""
    start, way = np.asarray(start), np.asarray(end) - np.asarray(start)
    length = float(way @ way)
    along = float(np.clip((np.asarray(point) - start) @ way / length, 0, 1)) if length else 0.0
    return np.asarray(start + along * way)
