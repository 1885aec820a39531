"""Paths are broken into pieces where manim breaks them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from manim import VMobject

from scenes.engine.drawing.subpaths import subpaths

#: Numbers that are often the same, nearly the same, or none at all.
NUMBERS = st.sampled_from([0.0, 1.0, 1.0 + 5e-7, 1.0 + 5e-5, 1e6, 1e6 + 3.0, -2.5, np.nan, np.inf, -np.inf])
PATHS = st.integers(1, 8).flatmap(lambda curves: arrays(np.float64, (4 * curves, 3), elements=NUMBERS))


@given(PATHS)
@settings(deadline=None, max_examples=300)
def test_pieces_begin_and_close_as_manim_has_it(points: np.ndarray) -> None:
    shape = VMobject()
    ends = shape.get_subpath_split_indices_from_points(points, n_dims=2)
    firsts, shut = subpaths(points, shape.tolerance_for_point_equality)
    assert firsts.tolist() == (ends[:, 0] // 4).tolist()
    with np.errstate(invalid="ignore"):
        closed = [
            bool(np.isclose(points[first, :2], points[end - 1, :2], atol=shape.tolerance_for_point_equality).all())
            for first, end in ends
        ]
    assert shut.tolist() == closed
