"""What a disk can do to a film, said in one line: full, read-only, not ours."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from descent_core.errors import DescentError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)


class DiskError(DescentError):
    """Something could not be written; the message says where, why, and what to do."""


def size_text(count: float) -> str:
    """A number of bytes for people.

    >>> size(900), size(2_500_000), size(3e10)
    ('1 kB', '2.5 MB', '30 GB')
    """
    for unit, scale in (("GB", 1e9), ("MB", 1e6)):
        if count >= scale:
            return f"{count / scale:.0f} {unit}" if count >= 10 * scale else f"{count / scale:.1f} {unit}"
    return f"{max(1, round(count / 1000))} kB"


def disk_error_message(error: BaseException, folder: Path, mend: str, needed: float | None = None) -> str | None:
    """The line for a fault of the disk under ``folder``; ``None`` if ``error`` is something else.

    ``mend`` says how to name another folder; ``needed`` is a number of bytes, if known.
    """
    if not isinstance(error, OSError):
        return None
    if error.errno in _FULL:
        asked = f", about {size_text(needed)} are needed" if needed else ""
        return f"No room is left in {folder}: {_free(folder)} free{asked}. Make room, or {mend}."
    if error.errno in _CLOSED:
        return f"Nothing can be written into {folder}: {os.strerror(error.errno)}. Mend that, or {mend}."
    return None


@contextmanager
def disk_errors(folder: Path, mend: str, needed: float | None = None) -> Iterator[None]:
    """Turns a fault of the disk under ``folder`` into a `DiskFault`. Other errors pass."""
    try:
        yield
    except OSError as error:
        line = disk_error_message(error, folder, mend, needed)
        if line is None:
            raise
        raise DiskError(line) from error


def require_room(needed: float, folder: Path, mend: str) -> None:
    """Say now, not when the disk is full, that ``needed`` bytes do not fit into ``folder``.

    Raises
    ------
    DiskFault
        They don't.
    """
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # it will be seen when it is written to
    if needed > free:
        raise DiskError(
            f"No room is left in {folder}: {size_text(free)} free, about {size_text(needed)} are needed. Make room, or {mend}."
        )


def _free(folder: Path) -> str:
    for place in (folder, *folder.parents):
        try:
            return size_text(shutil.disk_usage(place).free)
        except OSError:
            continue
    return "nothing"
