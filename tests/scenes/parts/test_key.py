"""A key, turned about its axis."""

from __future__ import annotations

import numpy as np
import pytest
from manim import RIGHT, UP, ValueTracker

from scenes.parts import Key


@pytest.mark.parametrize(("turned", "broad"), [(0.0, 1.0), (1 / 6, 0.5), (0.25, 0.2), (0.5, 1.0), (1.0, 1.0)])
def test_turned_about_its_axis_it_is_as_long_and_less_broad(turned: float, broad: float) -> None:
    flat, key = Key(lock=True)._metal, Key(turned, lock=True)._metal
    assert key.width == pytest.approx(flat.width)
    assert key.height == pytest.approx(broad * flat.height)


def test_half_a_turn_puts_its_teeth_on_top() -> None:
    bow, *_, tooth = Key()._metal
    above, *_, turned = Key(0.5)._metal
    assert tooth.get_y() - bow.get_y() == pytest.approx(above.get_y() - turned.get_y())
    assert tooth.get_y() < bow.get_y()


def test_it_turns_where_it_was_put_and_as_large_as_it_was_made() -> None:
    hand = ValueTracker(0)
    key = Key(hand.get_value, size=2).scale(1.5).move_to(2 * RIGHT + UP)
    bow = key._metal[0]
    where, size = bow.get_center(), bow.width
    hand.set_value(0.25)
    key.update(0)
    np.testing.assert_allclose(bow.get_center(), where, atol=1e-9)
    assert bow.width == pytest.approx(size)
    assert bow.height == pytest.approx(0.2 * size)
    assert Key(size=3).width == pytest.approx(3 * Key().width)


def test_in_a_lock_no_teeth_are_seen() -> None:
    assert len(Key()._metal) == 4
    assert len(Key(lock=True)._metal) == 2
