"""The 2,201 people on board the Titanic, as sixteen pairs of numbers: who died and who was saved. No torch.

Source: *Report on the Loss of the "Titanic" (s.s.)*, Wreck Commissioner Lord Mersey, 30 July 1912, the answers to
questions 1 and 21 (e). (Printed again by the Senate of the United States, 62d Congress, Document 933, 1912.) Public
domain: Crown copyright of 1912 has expired, and so has that of the Senate's print. Typed in from the figures of the
report; a test holds every margin that it prints.

Known blemishes. The totals are disputed: between 705 and 713 were saved. The eight bandsmen count as passengers of
the second class. The report has all children of the first class saved; Loraine Allison, who was two, was not. "Child"
and "adult" are the report's own words, without ages; no names, fares or cabins stand in it, and none are needed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Kind:
    """One of the sixteen kinds of people that the report tells apart.

    Attributes
    ----------
    travels, sex, age
        As ``COLUMNS`` names them: how they travelled, ``male`` or ``female``, ``adult`` or ``child``.
    died, saved
        How many.
    """

    travels: str
    sex: str
    age: str
    died: int
    saved: int

    @property
    def count(self) -> int:
        """How many there were."""
        return self.died + self.saved

    @property
    def people(self) -> str:
        """What they are called: ``men``, ``women``, ``boys`` or ``girls``.

        >>> KINDS[0].people, KINDS[3].people
        ('men', 'girls')
        """
        return PEOPLE[self.sex, self.age]


#: What each sex and age is called.
PEOPLE = {
    ("male", "adult"): "men",
    ("female", "adult"): "women",
    ("male", "child"): "boys",
    ("female", "child"): "girls",
}
#: How people travelled, in the report's order.
CLASSES = ("1st", "2nd", "3rd", "crew")

#: The report's sixteen pairs of numbers, in its order. Two kinds were not on board: there were no children in the crew.
KINDS: tuple[Kind, ...] = (
    Kind("1st", "male", "adult", 118, 57),
    Kind("1st", "female", "adult", 4, 140),
    Kind("1st", "male", "child", 0, 5),
    Kind("1st", "female", "child", 0, 1),
    Kind("2nd", "male", "adult", 154, 14),
    Kind("2nd", "female", "adult", 13, 80),
    Kind("2nd", "male", "child", 0, 11),
    Kind("2nd", "female", "child", 0, 13),
    Kind("3rd", "male", "adult", 387, 75),
    Kind("3rd", "female", "adult", 89, 76),
    Kind("3rd", "male", "child", 35, 13),
    Kind("3rd", "female", "child", 17, 14),
    Kind("crew", "male", "adult", 670, 192),
    Kind("crew", "female", "adult", 3, 20),
    Kind("crew", "male", "child", 0, 0),
    Kind("crew", "female", "child", 0, 0),
)

#: What the machine is told of everybody: eight columns of ones and noughts, and how many travelled the same way.
COLUMNS = ("male", "female", "adult", "child", *CLASSES, "crowd")
#: Every so many-th person is held out for the exam, and which of each.
FOLD, HELD = 5, 2

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Manifest:
    """Everybody on board, in the order of the report, in each kind the dead first.

    Attributes
    ----------
    columns
        ``(2201, 9)``, what is told of each: see `COLUMNS`. The last is a head count, up to 885; all else is 0 or 1.
    fates
        ``(2201,)``, 1 for who was saved and 0 for who died.
    kinds
        ``(2201,)``, the index in `KINDS` of each.
    held_out
        ``(2201,)``, whether the machine never learns from them: every fifth, 440 people.
    """

    columns: Floats
    fates: Floats
    kinds: NDArray[np.int64]
    held_out: NDArray[np.bool_]

    @property
    def largest(self) -> Floats:
        """``(9,)``, the largest number of each column."""
        return np.asarray(self.columns.max(axis=0))

    def rows(self, scaled: bool = True) -> Floats:
        """``(2201, 9)``, what the machine is given: each column divided by its largest, or as it stands."""
        return self.columns / self.largest if scaled else self.columns


def crowd(travels: str) -> int:
    """How many travelled that way.

    >>> [crowd(each) for each in CLASSES]
    [325, 285, 706, 885]
    """
    return sum(kind.count for kind in KINDS if kind.travels == travels)


def row_of(kind: Kind) -> tuple[float, ...]:
    """The nine numbers of a person of that kind, as they stand in the table.

    >>> row_of(KINDS[2])
    (1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 325.0)
    """
    told = (kind.sex, kind.age, kind.travels)
    return (*(float(column in told) for column in COLUMNS[:-1]), float(crowd(kind.travels)))


def kind_rows(scaled: bool = True) -> Floats:
    """``(16, 9)``, the row of each kind: of those too that were not on board."""
    table = np.array([row_of(kind) for kind in KINDS])
    return table / table.max(axis=0) if scaled else table


@cache
def manifest() -> Manifest:
    """Everybody on board. Read-only.

    >>> everybody = manifest()
    >>> len(everybody.fates), int(everybody.fates.sum()), int(everybody.held_out.sum())
    (2201, 711, 440)
    """
    counts = [kind.count for kind in KINDS]
    columns = np.repeat(np.array([row_of(kind) for kind in KINDS]), counts, axis=0)
    fates = np.concatenate([np.repeat([0.0, 1.0], [kind.died, kind.saved]) for kind in KINDS])
    kinds = np.repeat(np.arange(len(KINDS)), counts)
    held_out = np.arange(len(fates)) % FOLD == HELD
    for array in (columns, fates, kinds, held_out):
        array.setflags(write=False)
    return Manifest(columns, fates, kinds, held_out)
