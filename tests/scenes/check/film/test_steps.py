"""Steps that are heard: when each is, under wind, and while a radio is switched on."""

import numpy as np
import pytest

from scenes.check.film.measured import alone
from scenes.check.film.sound import RATE, STEP_AROUND, Sound, step_shift
from scenes.production.sound.snow import footstep

#: When the boot of these tests comes down, in seconds.
DOWN = 1.0


def heard(late: float, *, weight: float = 0.6, hiss_from: float | None = None) -> Sound:
    """Two seconds of wind, a step that is heard ``late``, and a hiss that swells from a moment on."""
    chance = np.random.default_rng(4)
    times = np.arange(2 * RATE) / RATE
    sound = chance.normal(0, 4e-4, len(times))
    if hiss_from is not None:
        sound += chance.normal(0, 6e-3, len(times)) * np.clip((times - hiss_from) / 0.1, 0, 1)
    step = footstep(chance, weight, landing=False, rate=RATE)
    begin = round((DOWN + late) * RATE)
    sound[begin : begin + len(step)] += step
    return sound.astype(np.float32)


@pytest.mark.parametrize("late", [0.0, 0.06, -0.06, 0.12])
def test_a_step_is_heard_when_it_is(late: float) -> None:
    assert step_shift(heard(late), DOWN) == pytest.approx(late, abs=0.02)


@pytest.mark.parametrize("late", [0.0, 0.06])
def test_a_radio_that_is_switched_on_before_a_step_is_not_taken_for_it(late: float) -> None:
    assert step_shift(heard(late, hiss_from=DOWN - 0.15), DOWN) == pytest.approx(late, abs=0.035)


def test_where_nobody_steps_nothing_is_told() -> None:
    wind = np.random.default_rng(1).normal(0, 4e-4, 2 * RATE).astype(np.float32)
    assert step_shift(wind, DOWN) is None


def test_of_steps_in_a_hurry_none_is_told_apart() -> None:
    near = 0.9 * STEP_AROUND
    assert alone([1.0, 1.0 + near, 1.0 + 2 * near, 3.0]) == [3.0]
    assert alone([]) == []
