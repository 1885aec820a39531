"""Lit knobs on a wall: each shines in its own colour, light falls round about it, and fog comes from below."""

from __future__ import annotations

import time

import numpy as np

from scenes.engine.fields.knob_field import WallView
from scenes.engine.fields.lamp_field import FogBank, paint_lamps

#: Page, plate, rims, marks.
MADE_OF = np.array([[0.05, 0.08, 0.12], [0.08, 0.10, 0.17], [0.32, 0.38, 0.50], [0.04, 0.06, 0.10]], np.float32)
RED, DARK = (0.9, 0.1, 0.1), (0.05, 0.06, 0.15)
SIZE, VIEW = (240, 160), WallView((120.0, 80.0), 40.0)


def lamps(*colours: tuple[float, float, float], angle: float = 3.0, there: float = 1.0) -> np.ndarray:
    return np.array([[*colour, angle, there] for colour in colours], np.float32)


def test_each_knob_shines_in_its_own_colour_and_lights_what_is_round_about() -> None:
    picture = paint_lamps(SIZE, VIEW, lamps(RED, DARK, DARK), 3, MADE_OF).astype(int)
    lit, dark = picture[80, 80], picture[80, 120, :3]
    assert lit[0] > 200 > 100 > lit[2]
    assert dark.max() < 255 * 0.3
    # On the plate, beside the red knob and beside the farthest one.
    assert picture[60, 60, 0] > picture[60, 180, 0] + 5


def test_lamps_that_are_out_do_not_shine() -> None:
    off = WallView(VIEW.middle, VIEW.pitch, lit=0.0)
    picture = paint_lamps(SIZE, off, lamps(RED, RED, RED), 3, MADE_OF).astype(int)
    assert picture[70, 80, 0] < 110


def test_a_mark_points_where_its_angle_says() -> None:
    up = paint_lamps(SIZE, VIEW, lamps(RED, angle=0.0), 1, MADE_OF).astype(int)
    down = paint_lamps(SIZE, VIEW, lamps(RED, angle=np.pi), 1, MADE_OF).astype(int)
    assert up[70, 120, 0] < up[90, 120, 0] - 50
    assert down[70, 120, 0] > down[90, 120, 0] + 50


def test_a_knob_that_is_not_there_leaves_the_plate() -> None:
    picture = paint_lamps(SIZE, VIEW, lamps(RED, there=0.0), 1, MADE_OF).astype(int)
    assert picture[80, 120, :3].max() < 60


def test_fog_comes_from_below_and_hides_everything_in_the_end() -> None:
    many = lamps(*[RED] * 15)

    def away(thick: float) -> np.ndarray:
        """How far each row of pixels is from the fog's own tone, on average."""
        fogged = paint_lamps(SIZE, VIEW, many, 5, MADE_OF, FogBank((0.2, 0.3, 0.4), thick)).astype(float)
        return np.abs(fogged[..., :3] / 255 - (0.2, 0.3, 0.4)).mean(axis=(1, 2))

    none, some, all_of_it = away(0.0), away(0.4), away(1.0)
    assert some[-20:].mean() < 0.5 * none[-20:].mean()
    assert some[:20].mean() > 0.8 * none[:20].mean()
    assert all_of_it.max() < 0.12


def test_fog_drifts_and_stands_still_by_itself() -> None:
    many = lamps(*[RED] * 15)
    here, again, later = (
        paint_lamps(SIZE, VIEW, many, 5, MADE_OF, FogBank((0.2, 0.3, 0.4), 0.5, drift)) for drift in (1.0, 1.0, 3.0)
    )
    np.testing.assert_array_equal(here, again)
    assert (here != later).any()


def test_a_thousand_are_painted_in_a_fraction_of_a_second() -> None:
    many = np.concatenate([lamps(RED)] * 1000)
    view, fog = WallView((960.0, 540.0), 40.0), FogBank((0.2, 0.3, 0.4), 0.5)
    paint_lamps((64, 36), view, many, 40, MADE_OF, fog)  # compiled by now
    times = []
    for _ in range(3):
        start = time.thread_time()
        paint_lamps((1920, 1080), view, many, 40, MADE_OF, fog)
        times.append(time.thread_time() - start)
    assert min(times) < 1.0
