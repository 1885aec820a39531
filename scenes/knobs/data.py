"""The houses that this film shows: as they were made up, from the listing that made them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from descent_core.recordings.listing import Listing
from scenes.stage.number_sources import find_numbers, in_words, note_source
from scenes.stage.traced_run import TracedInt, constant, sourced


class Houses(NamedTuple):
    """Columns of a table of houses.

    Attributes
    ----------
    rooms, paint, price
        ``(n,)`` each: how many, how much of it on the mailbox from 0 to 1, in thousands.
    """

    rooms: NDArray[np.float64]
    paint: NDArray[np.float64]
    price: NDArray[np.float64]


def houses_of(listing: Listing) -> Houses:
    """The houses that a listing of ``make_up_houses`` made."""
    columns = (listing.values[listing.line_of(f"{name} = ")] for name in Houses._fields)
    return Houses(*(np.array(column.split(), dtype=float) for column in columns))


def price_tag(listing: Listing, index: int) -> str:
    """The price of a house as text, whose number knows the line that it comes from."""
    line = listing.line_of("price = ")
    return note_source(listing.values[line].split()[index], f"what line {line + 1} of {listing.name}")


def made_by(listing: Listing) -> str:
    """The line of code that made the prices, which ran."""
    line = listing.line_of("price = ")
    return note_source(listing.lines[line].strip(), f"line {line + 1} of {listing.name}, which ran")


def level_of(listing: Listing) -> TracedInt:
    """The number that the prices begin with, before any rooms: the first of the line that made them."""
    line = listing.line_of("price = ")
    return sourced(int(find_numbers(listing.lines[line])[0]), f"the first number of line {line + 1} of {listing.name}")


def thousand(*, plural: bool = False) -> str:
    """The unit of the prices as a word that knows it: they were made up in thousands."""
    unit = constant(1000, "the unit that the prices were made up in")
    return note_source("thousands", unit.source) if plural else in_words(unit)
