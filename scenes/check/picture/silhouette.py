"""Silhouettes: how much of a figure, as it is drawn, lies in a box."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from scenes.stage.label_places import Box

#: Pixels that the longer side of a figure is measured in.
_PIXELS = 120


def part_within(outlines: Sequence[NDArray[np.float64]], box: Box) -> float:
    """The fraction of the area of some outlines, together, that lies in a box.

    Of somebody who stands upright less than half of the box around him is himself: a narrow plate across him covers
    more of him than of that box.

    Parameters
    ----------
    outlines
        ``(n, 2)`` each, in scene units: corners, or the points of curves.
    box
        Left, bottom, right and top, in scene units.

    Examples
    --------
    >>> head = np.array([[1.0, 2.0], [2.0, 2.0], [2.0, 3.0], [1.0, 3.0]])
    >>> feet = np.array([[0.0, 0.0], [3.0, 0.0], [3.0, 1.0], [0.0, 1.0]])
    >>> round(part_within([head, feet], (0.0, 1.5, 3.0, 3.0)), 2)
    0.25
    """
    points = np.concatenate(list(outlines))
    low, high = points.min(axis=0), points.max(axis=0)
    scale = _PIXELS / max(float((high - low).max()), 1e-9)
    width, height = (int(side) + 1 for side in (high - low) * scale)
    picture = Image.new("1", (width, height))
    draw = ImageDraw.Draw(picture)
    for outline in outlines:
        draw.polygon([(float(x), float(y)) for x, y in (outline - low) * scale], fill=1)
    filled = np.asarray(picture)
    (left, bottom), (right, top) = ((np.asarray(corner) - low) * scale for corner in (box[:2], box[2:]))
    rows = slice(max(round(bottom), 0), max(round(top), 0))
    inside = filled[rows, max(round(left), 0) : max(round(right), 0)].sum()
    return float(inside / max(int(filled.sum()), 1))
