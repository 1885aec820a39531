"""Placed numbers: each number of a text, with its source and the words before and after it in its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scenes.check.numbers.fields import Field, field_of
from scenes.stage.number_sources import Shown

#: Where a sentence ends: not in a number.
_END = re.compile(r"[.!?](?=\s|$)")


@dataclass(frozen=True)
class Placed:
    """A number as it stands in a text.

    Attributes
    ----------
    number, source, field
        As it is written; where it comes from, and the field of a recording that that is, if it is one.
    before, after
        What stands before and after it in its sentence, in small letters.
    start, end
        Where it stands in the text.
    """

    number: str
    source: str | None
    field: Field | None
    before: str
    after: str
    start: int
    end: int


def placed_numbers(shown: Shown) -> Iterator[Placed]:
    """The numbers of a text, in their order.

    >>> text = Shown("voice", "Good. It ends at 0.06.", (("0.06", "right.losses[60]"),))
    >>> [(number.before, str(number.field), number.after) for number in placed_numbers(text)]
    [('it ends at ', 'right.losses[60]', '')]
    """
    plain, place = shown.text.replace("−", "-").lower(), 0
    for number, source in shown.sources:
        start = plain.find(number, place)
        if start < 0:  # it stands there in another form
            continue
        place = start + len(number)
        begins = max((match.end() for match in _END.finditer(plain, 0, start)), default=0)
        ends = next((match.start() for match in _END.finditer(plain, place)), len(plain))
        yield Placed(number, source, field_of(source), plain[begins:start].lstrip(), plain[place:ends], start, place)
