"""Agreement: whether torch's own slope of a user's loss is that of its heights."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from descent_core.errors import UserCodeError
from descent_core.explore.plane import Plane
from descent_core.explore.region import Region
from descent_core.loss_function import Loss

Array = NDArray[np.float64]

#: What to say where torch's slope is 0 and the heights are not level, and where both differ in another way.
CUT_OFF = "Torch's slope is 0 where the heights are not level: something cuts it off, such as .item() or .detach()."
DIFFERENT = "Torch's slope is not that of the heights: part of the loss is cut off from it, or has a slope of its own."

#: Points along a side of the region that are looked at, and its outermost ones as fractions of the side.
_ALONG, _OUTERMOST = 3, (0.17, 0.83)
#: By what fraction of the larger both may differ, and at what fraction of all places they must.
_TOLERANCE, _PLACES = 0.1, 0.25
#: Seconds after which no further point is looked at.
_SECONDS = 1.0


def slope_disagreement(
    loss: Loss, start: Tensor, plane: Plane, region: Region, seed: int = 0, seconds: float = _SECONDS
) -> str:
    """What torch's slope and the heights of a loss disagree on, in a sentence; empty if they agree.

    At the start, and at points of the region, the height is taken a little way to both sides, with one seed, and the
    difference held against the slope. Where the differences of a short and a longer way are unlike, as at a kink, at a
    step or in noise, nothing is concluded.

    Parameters
    ----------
    start
        ``(D,)``, in the dtype of the coefficients.
    plane, region
        What is shown: its two directions are looked along, and at the start one more that all coefficients have a
        part in.
    seed
        Of torch, for losses with chance in them.
    seconds
        After so long no further point is looked at.

    Examples
    --------
    >>> from descent_core.explore.plane import full_plane
    >>> start, shown = torch.tensor([1.0, 2.0]), (full_plane(2), Region(-3, 3, -3, 3))
    >>> slope_disagreement(lambda c: (c**2).sum(), start, *shown)
    ''
    >>> slope_disagreement(lambda c: c[0] ** 2 + c[1].item() ** 2, start, *shown) == CUT_OFF
    True
    """
    began = time.perf_counter()
    size = float(np.hypot(region.east - region.west, region.north - region.south))
    way = size * float(torch.finfo(start.dtype).eps) ** (1 / 3)
    axes = [axis for axis in (plane.east, plane.north) if axis.any()]
    mixed = np.random.default_rng(0).normal(size=plane.dimensions)
    fractions = np.linspace(*_OUTERMOST, _ALONG)
    shown = [
        (region.west + x * (region.east - region.west), region.south + y * (region.north - region.south))
        for x in fractions
        for y in fractions
    ]
    kinds: list[str] = []
    for index in range(1 + len(shown)):
        if index and time.perf_counter() - began > seconds:
            break
        at = start.detach() if index == 0 else torch.tensor(plane.coeffs_at(shown[index - 1]), dtype=start.dtype)
        along = [*axes, mixed / np.linalg.norm(mixed)] if index == 0 else axes
        kinds += _compare(loss, at, along, way, seed)
    different = [kind for kind in kinds if kind]
    if len(different) < max(_PLACES * len(kinds), 1):
        return ""
    return CUT_OFF if CUT_OFF in different else DIFFERENT


def _compare(loss: Loss, at: Tensor, directions: Sequence[Array], way: float, seed: int) -> list[str]:
    """For each direction in which something can be concluded, what differs; empty where nothing does."""
    here = at.clone().requires_grad_()
    found: list[str] = []
    with torch.random.fork_rng(devices=[]):
        try:
            torch.manual_seed(seed)
            value = loss(here)
            slope = torch.zeros_like(at)
            if value.requires_grad:
                (given,) = torch.autograd.grad(value, here, allow_unused=True)
                slope = slope if given is None else given
            torch.manual_seed(seed)
            if float(loss(at).detach()) != float(value.detach()):  # it changes from call to call
                return []
            for direction in directions:
                step = torch.tensor(direction, dtype=at.dtype) * way
                heights = []
                for times in (-2, -1, 1, 2):
                    torch.manual_seed(seed)
                    heights.append(float(loss(at + times * step).detach()))
                kind = _kind(np.array(heights), float(slope.double() @ step.double()), torch.finfo(at.dtype).eps)
                if kind is not None:
                    found.append(kind)
        except UserCodeError:  # a hole in the landscape
            return []
    return found


def _kind(heights: Array, slope: float, rounding: float) -> str | None:
    """What differs between a slope and the heights two steps and one step to either side; the unit is a step.

    ``None`` where nothing can be concluded.
    """
    if not (np.isfinite(heights).all() and np.isfinite(slope)):
        return None
    near, far = (heights[2] - heights[1]) / 2, (heights[3] - heights[0]) / 4
    unsure = 4 * rounding * float(np.abs(heights).max()) + 3 * abs(near - far)
    if abs(near - slope) <= _TOLERANCE * max(abs(near), abs(slope)) + unsure:
        return "" if unsure <= max(abs(near), abs(slope)) or near == slope else None
    return CUT_OFF if slope == 0 else DIFFERENT
