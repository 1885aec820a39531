"""A lattice shows the tensor that it was given, and light only where there is something to carry it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from descent_core import recording
from descent_core.catalogue.passengers.manifest import manifest
from scenes.engine.drawing.bead_field import DELAYS
from scenes.parts.lattice.coil import places
from scenes.parts.lattice.lattice import Lattice
from scenes.parts.lattice.light import COLD, WARM, fronts, passed, tables
from scenes.parts.lattice.look import LatticeLook
from scenes.tensors.people import AFAR, HER, lattice_of_people
from scenes.theme import theme, using_theme

SIZE = (320, 180)


def brightness(lattice: Lattice, size: tuple[int, int] = SIZE) -> NDArray[np.float64]:
    return lattice.paint(size)[..., :3].astype(float).sum(axis=2)


# Ranks.


@pytest.mark.parametrize("values", [np.array(3.0), np.arange(1, 5.0), np.ones((3, 4)), np.ones((80, 2))])
def test_every_number_is_a_bead(values: NDArray[np.float64]) -> None:
    lattice = Lattice(np.atleast_1d(values))
    assert lattice.places.shape[:2] == np.atleast_2d(values).shape
    assert len(np.unique(lattice.places.reshape(-1, 3), axis=0)) == values.size


def test_beads_of_larger_numbers_are_brighter_and_a_nought_is_nearly_dark() -> None:
    lattice = Lattice([0.0, 0.5, 1.0], look=LatticeLook(distance=6, tilt=0))
    picture = brightness(lattice)
    seen = []
    for column in range(3):
        x, y, _ = lattice.point(0, column)
        unit = SIZE[1] / 8
        seen.append(picture[round(SIZE[1] / 2 - y * unit), round(SIZE[0] / 2 + x * unit)])
    page = sum(255 * part for part in np.asarray(lattice._page))
    assert page < seen[0] < page + 0.25 * (seen[2] - page)
    assert seen[0] + 80 < seen[1] < seen[2]


def test_a_picture_seen_from_straight_before_is_itself_and_its_sheets_come_apart() -> None:
    picture = np.random.default_rng(1).integers(0, 255, (90, 160, 3)).astype(np.uint8)
    lattice = Lattice(picture, look=LatticeLook(distance=1, turn=0, tilt=0))
    assert lattice.shape == (90, 160, 3)
    assert np.abs(lattice.paint((160, 90))[..., :3].astype(int) - picture).max() <= 1
    lattice.set_look(distance=2.0, turn=-40, apart=0.8)
    apart = lattice.paint((160, 90))[..., :3].astype(int)
    red = (apart[..., 0] > 60) & (apart[..., 1] < 40) & (apart[..., 2] < 50)
    blue = (apart[..., 2] > 60) & (apart[..., 0] < 40) & (apart[..., 1] < 40)
    assert red.sum() > 50
    assert blue.sum() > 50


# Where beads hang.


def test_thousands_of_rows_are_a_ribbon_in_which_neighbours_stay_neighbours() -> None:
    hang = places(2201, 9, front=HER)
    along = np.linalg.norm(np.diff(hang[:, 4], axis=0), axis=1)
    across = np.linalg.norm(np.diff(hang[100], axis=0), axis=1)
    assert along.min() > 0.5
    assert along.max() < 1.5
    np.testing.assert_allclose(across, 1, atol=0.2)
    # No bead of another turn comes nearer than the turns are apart.
    others = np.linalg.norm(hang[0:400] - hang[900, 4], axis=-1)
    assert others.min() > 2


def test_the_eye_draws_back_and_keeps_in_sight_what_it_looked_at() -> None:
    near = LatticeLook(x=0.0, z=50.0, distance=4.0)
    for part in np.linspace(0, 1, 21):
        look = near.toward(AFAR, float(part))
        across, up, unit, _ = look.seen([0.0, 0.0, 50.0], 8.0)
        assert unit > 0
        assert abs(across) < 7.1
        assert abs(up) < 4


# Light.


def test_light_that_has_not_begun_is_nowhere_and_what_has_passed_leaves_embers() -> None:
    way = np.linspace(0, 1, 11)
    assert (passed(way, float(fronts(0.0)[0]), 0.4) < 1e-3).all()
    np.testing.assert_allclose(passed(way, float(fronts(1.0)[-1]), 0.4), 0.4, atol=0.01)


def test_cold_rises_from_the_bottom_and_warm_falls_from_the_top() -> None:
    half = tables(0.0, 1.0, cold=0.5, warm=0.0, embers=0.4, still=0.0)[DELAYS // 2]
    assert half[COLD, 20] > 0.3
    assert half[COLD, 230] < 0.05
    assert half[WARM].max() < 1e-3
    back = tables(0.0, 1.0, cold=1.0, warm=0.5, embers=0.4, still=0.0)[DELAYS // 2]
    assert back[WARM, 230] > 0.3
    assert back[WARM, 20] < 0.05
    assert back[COLD, 230] < 0.1 * back[COLD, 20]


def test_warm_light_is_in_no_bead_that_holds_a_nought_and_in_all_others() -> None:
    lattice = lattice_of_people(recording("lattice"), recording("beads"))
    lattice.set_look(cold=1, warm=1, lit=0)
    light = lattice._light()
    dark = manifest().columns == 0
    assert int(dark.sum()) == 11_005
    assert (light[dark] == 0).all()
    assert (light[~dark][:, WARM] > 0).all()


def test_warm_light_in_a_bead_is_what_torch_brought_back_to_it_times_its_number() -> None:
    run, beads = recording("lattice"), recording("beads")
    lattice = lattice_of_people(run, beads)
    rows = manifest().rows()
    back = np.abs(rows * beads.slopes[0].reshape(rows.shape))
    np.testing.assert_allclose(lattice._warm ** (1 / 0.6), back / back.max(), atol=1e-9)
    np.testing.assert_allclose(
        lattice._cold ** (1 / 0.6), np.abs(rows * run.coeffs[0]) / np.abs(rows * run.coeffs[0]).max()
    )


@pytest.mark.parametrize("name", ["dark", "light"])
def test_one_bead_a_row_and_then_everybody(name: str) -> None:
    with using_theme(name):
        page = theme.page
        lattice = lattice_of_people(recording("lattice"), recording("beads"))
        there = []
        for shown in (0.06, 1.0, 1e4):
            lattice.set_look(shown=shown)
            there.append(int((lattice._light().sum(axis=-1) > 0.01).sum()))
        assert there == [1, 9, 2201 * 9]
        assert theme.page == page


def test_what_is_painted_once_is_kept_until_the_look_changes() -> None:
    lattice = Lattice([1.0, 2.0])
    first = lattice.paint(SIZE)
    assert lattice.paint(SIZE) is first
    lattice.set_look(turn=3)
    assert lattice.paint(SIZE) is not first


def test_a_coarse_lattice_is_as_bright_as_a_fine_one() -> None:
    look = LatticeLook(distance=30, lens=6)
    fine, coarse = (Lattice(np.ones((20, 9)), look=look, coarse=each) for each in (1, 4))
    assert brightness(fine, (640, 360)).mean() == pytest.approx(brightness(coarse, (640, 360)).mean(), rel=0.1)
