"""A number of things in words. Standard library only."""

from __future__ import annotations


def counted(count: int, thing: str, things: str | None = None) -> str:
    """``count`` with its noun, in the singular where there is one; thousands are set apart.

    Parameters
    ----------
    thing, things
        The noun, and its plural where that is not made with an s.

    Examples
    --------
    >>> counted(1, "step"), counted(0, "step"), counted(12000, "step")
    ('1 step', '0 steps', '12,000 steps')
    >>> counted(2, "line of type", "lines of type")
    '2 lines of type'
    """
    return f"{count:,} {thing if count == 1 else things or f'{thing}s'}"
