"""What to offer whoever asked for a name that does not exist."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from descent_core.errors import UnknownLabel

#: How many names are listed where none is similar.
_LISTED = 20


def suggest(wanted: str, names: Iterable[str]) -> str:
    """A sentence with the names that are similar to ``wanted``, or with all of them.

    >>> suggest("himelblau", ["himmelblau", "beale"])
    'Did you mean himmelblau?'
    >>> suggest("x", ["himmelblau", "beale"])
    'There are: himmelblau, beale.'
    """
    every = list(names)
    similar = difflib.get_close_matches(wanted.lower(), every, n=3, cutoff=0.4)
    if similar:
        return f"Did you mean {' or '.join(similar)}?"
    return f"There are: {', '.join(every[:_LISTED]) or 'none yet'}."


def known(label: str, names: Iterable[str], kind: str) -> str:
    """``label`` itself, if it is one of ``names``.

    Raises
    ------
    UnknownLabel
        It is not. The message says what ``kind`` of thing was asked for, and offers similar names.

    >>> known("fog", ["fog", "slope"], "scene")
    'fog'
    """
    every = list(names)
    if label not in every:
        raise UnknownLabel(f"There is no {kind} called {label!r}. {suggest(label, every)}")
    return label
