"""Times as people read them."""

from __future__ import annotations


def timecode(seconds: float) -> str:
    """A time in minutes and seconds, from an hour on with its hours.

    >>> timecode(63.9), timecode(3723)
    ('1:03', '1:02:03')
    """
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}" if minutes >= 60 else f"{minutes}:{rest:02d}"
