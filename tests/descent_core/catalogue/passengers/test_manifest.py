"""The counts that were typed in, held against every margin that the report of 1912 prints."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from descent_core.catalogue.passengers.manifest import CLASSES, COLUMNS, KINDS, Kind, crowd, kind_rows, manifest, row_of

#: The report's pairs once more, in another order, as two public listings of it have them: class by class, the dead and
#: then the saved; in each men, boys, women, girls of first, second, third class and crew.
DEAD = {"men": (118, 154, 387, 670), "boys": (0, 0, 35, 0), "women": (4, 13, 89, 3), "girls": (0, 0, 17, 0)}
SAVED = {"men": (57, 14, 75, 192), "boys": (5, 11, 13, 0), "women": (140, 80, 76, 20), "girls": (1, 13, 14, 0)}


@pytest.mark.parametrize("people", DEAD)
def test_all_thirty_two_counts(people: str) -> None:
    ours = [kind for kind in KINDS if kind.people == people]
    assert tuple(kind.travels for kind in ours) == CLASSES
    assert (tuple(kind.died for kind in ours), tuple(kind.saved for kind in ours)) == (DEAD[people], SAVED[people])


@pytest.mark.parametrize(
    ("who", "on_board", "saved"),
    [
        (lambda kind: True, 2201, 711),
        (lambda kind: kind.travels == "1st", 325, 203),
        (lambda kind: kind.travels == "2nd", 285, 118),
        (lambda kind: kind.travels == "3rd", 706, 178),
        (lambda kind: kind.travels == "crew", 885, 212),
        (lambda kind: kind.people == "men", 1667, 338),
        (lambda kind: kind.people == "women", 425, 316),
        (lambda kind: kind.people == "boys", 64, 29),
        (lambda kind: kind.people == "girls", 45, 28),
        # "Adult males 14 out of 168", of the second class.
        (lambda kind: kind.travels == "2nd" and kind.people == "men", 168, 14),
    ],
)
def test_the_margins_of_the_report(who: Callable[[Kind], bool], on_board: int, saved: int) -> None:
    them = [kind for kind in KINDS if who(kind)]
    assert (sum(kind.count for kind in them), sum(kind.saved for kind in them)) == (on_board, saved)


def test_a_third_were_saved_as_the_report_says_in_per_cent() -> None:
    everybody = manifest()
    assert round(100 * float(everybody.fates.mean()), 2) == 32.30
    assert (everybody.fates == 0).sum() == 1490


def test_fourteen_of_the_sixteen_kinds_were_on_board() -> None:
    assert [(kind.travels, kind.people) for kind in KINDS if not kind.count] == [("crew", "boys"), ("crew", "girls")]
    assert len(KINDS) == 16


def test_rows_tell_of_everybody_what_the_columns_say() -> None:
    everybody = manifest()
    assert everybody.columns.shape == (2201, len(COLUMNS)) == (2201, 9)
    assert (everybody.columns[:, :2].sum(axis=1) == 1).all()
    assert (everybody.columns[:, 2:4].sum(axis=1) == 1).all()
    assert (everybody.columns[:, 4:8].sum(axis=1) == 1).all()
    for index, kind in enumerate(KINDS):
        them = everybody.columns[everybody.kinds == index]
        assert len(them) == kind.count
        assert (them == row_of(kind)).all()


def test_the_head_count_is_the_only_column_that_needs_dividing() -> None:
    everybody = manifest()
    assert everybody.largest.tolist() == [1, 1, 1, 1, 1, 1, 1, 1, 885]
    assert everybody.rows().max() == 1
    np.testing.assert_array_equal(everybody.rows()[:, :8], everybody.columns[:, :8])
    assert [crowd(travels) / 885 for travels in CLASSES] == [kind_rows()[4 * k, 8] for k in range(4)]


def test_the_dead_come_first_in_each_kind_and_every_fifth_is_held_out() -> None:
    everybody = manifest()
    for index, kind in enumerate(KINDS):
        assert everybody.fates[everybody.kinds == index].tolist() == [0] * kind.died + [1] * kind.saved
    assert np.flatnonzero(everybody.held_out).tolist() == list(range(2, 2201, 5))


def test_nobody_can_write_to_it() -> None:
    with pytest.raises(ValueError, match="read-only"):
        manifest().fates[0] = 1
