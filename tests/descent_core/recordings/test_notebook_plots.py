"""A notebook shows recordings and landscapes as pictures, whatever happened in them."""

from __future__ import annotations

import io
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from descent_core import Landscape, Trajectory, record, recording
from descent_core.errors import RunError
from descent_core.library import landscape


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def run_of(coeffs: object, losses: object) -> Trajectory:
    places = np.asarray(coeffs, float)
    return Trajectory("own", places, losses, np.zeros_like(places), np.zeros_like(places[1:]), lr=0.1)


RUNS = {
    "one coefficient": record(lambda c: (c**2).sum(), [3.0], lr=0.1, steps=20),
    "two coefficients": record(lambda c: (c**2).sum(), [3.0, 1.0], lr=0.1, steps=200),
    "many coefficients": record(lambda c: (c**2).sum(), np.ones(500), lr=0.1, steps=20),
    "no step": record(lambda c: (c**2).sum(), [3.0, 1.0, 2.0], lr=0.1, steps=0),
    "one step": record(lambda c: (c**2).sum(), [3.0, 1.0, 2.0], lr=0.1, steps=1),
    "standing still": record(lambda c: (c**2).sum(), [3.0, 1.0], lr=0.0, steps=4),
    "at zero": run_of([[0.0], [0.0]], [0.0, 0.0]),
    "diverged to infinity": record(lambda c: (c**4).sum(), [2.0], lr=1.0, steps=20),
    "diverged to NaN": run_of([[1, 1, 1], [9, 9, 9], [math.nan, math.inf, 1e200]], [1, 1e200, math.nan]),
    "farther than can be squared": run_of([[1, 1, 1], [1e300, -1e300, 0]], [1, 1e308]),
}


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_every_run_has_a_picture_and_a_line(run: Trajectory) -> None:
    picture = pixels(run._repr_png_())
    assert picture.shape == (330, 760, 3)
    orange = (abs(picture - [213, 94, 0]).sum(axis=2) < 40).sum()
    assert orange > 30  # the curve or at least its dots
    assert repr(run).startswith("<Trajectory ")
    assert str(run.outcome) in repr(run)


def test_a_line_says_what_was_run() -> None:
    run = recording("right")
    assert (
        repr(run)
        == f"<Trajectory right: 2 coefficients, 60 steps of lr 0.3, loss 2.007 to {run.losses[-1]:.4g}, converged>"
    )


def test_a_curve_that_falls_is_drawn_falling() -> None:
    picture = pixels(RUNS["one coefficient"]._repr_png_())
    left = (abs(picture - [213, 94, 0]).sum(axis=2) < 40)[52:274, 66:364]
    rows = [np.nonzero(left[:, column])[0].mean() for column in range(20, 280, 40)]
    assert rows == sorted(rows)
    assert rows[-1] - rows[0] > 60


def test_the_ground_is_darker_where_the_loss_is_lower_and_a_walk_lies_where_it_went() -> None:
    bowl = Landscape.sample(lambda c: (c**2).sum(), (-1, 1), (-1, 1), nodes=(21, 21))
    bare = pixels(bowl._repr_png_())
    left, top, right, bottom = 60, 50, 540, 530
    assert bare.shape == (584, 560, 3)
    middle = bare[(top + bottom) // 2 - 20 : (top + bottom) // 2 + 20, 280:320].mean()
    corners = np.mean([bare[top + 5 : top + 40, x : x + 35].mean() for x in (left + 5, right - 40)])
    assert corners > middle + 60
    walk = run_of([[-0.5, 0.5], [0.5, -0.5]], [0.5, 0.5])
    drawn = pixels(bowl.plot(walk).png)
    changed = np.argwhere((drawn != bare).any(axis=2))
    (y0, x0), (y1, x1) = changed.min(axis=0), changed.max(axis=0)
    assert [x0, x1] == pytest.approx([left + 120, right - 120], abs=7)  # a quarter in from each side
    assert [y0, y1] == pytest.approx([top + 120, bottom - 120], abs=7)


@pytest.mark.parametrize(
    ("loss", "said"),
    [
        (lambda c: torch.log(c.sum()), "loss "),
        (lambda c: c.sum() * math.nan, "no finite loss"),
        (lambda c: 0 * c.sum() + 3, "loss 3 to 3"),
        (lambda c: torch.exp(300 * c.sum()), "loss "),
    ],
    ids=["a hole", "nothing", "flat", "steep"],
)
def test_every_landscape_has_a_picture(loss: object, said: str) -> None:
    ground = Landscape.sample(loss, (-1, 1), (-0.01, 0.02), nodes=(15, 15))  # type: ignore[arg-type]
    assert pixels(ground._repr_png_()).std() > 5
    assert said in repr(ground)


def test_a_run_of_other_coefficients_is_refused() -> None:
    with pytest.raises(RunError, match="has two coefficients; 'gradient-10' has 10"):
        landscape("mountain").plot(recording("gradient-10"))


def test_a_picture_is_kept_whole(tmp_path: Path) -> None:
    path = recording("right").plot().save(tmp_path / "run.png")
    assert pixels(path.read_bytes()).shape == (330, 760, 3)
    assert [file.name for file in tmp_path.iterdir()] == ["run.png"]
