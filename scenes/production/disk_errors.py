"""What a disk can do to a film, in one line: it is full, or closed to us."""

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


def disk_error_message(error: BaseException, folder: Path, advice: str, needed: float | None = None) -> str | None:
    """The line for an error of the disk under ``folder``; ``None`` if ``error`` is something else.

    Parameters
    ----------
    advice
        How to name another folder.
    needed
        A number of bytes, if known.
    """
    if not isinstance(error, OSError):
        return None
    if error.errno in _FULL:
        return _full(folder, _free(folder), needed, advice)
    if error.errno in _CLOSED:
        return f"Nothing can be written into {folder}: {os.strerror(error.errno)}. Change that, or {advice}."
    return None


@contextmanager
def disk_errors(folder: Path, advice: str, needed: float | None = None) -> Iterator[None]:
    """Turn an error of the disk under ``folder`` into a `DiskError`. Other errors pass."""
    try:
        yield
    except OSError as error:
        message = disk_error_message(error, folder, advice, needed)
        if message is None:
            raise
        raise DiskError(message) from error


def require_room(needed: float, folder: Path, advice: str) -> None:
    """See that ``needed`` bytes fit into ``folder``, before they are made.

    Raises
    ------
    DiskError
        Less is free.
    """
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # it will be seen when it is written to
    if needed > free:
        raise DiskError(_full(folder, free, needed, advice))


def _full(folder: Path, free: int, needed: float | None, advice: str) -> str:
    # Here, as it is seldom needed: a run in which nothing changed imports next to nothing.
    from rich.filesize import decimal

    wanted = f", about {decimal(round(needed))} are needed" if needed else ""
    return f"No room is left in {folder}: {decimal(free)} free{wanted}. Make room, or {advice}."


def _free(folder: Path) -> int:
    """Bytes that are free in a folder, or where it would be made."""
    for path in (folder, *folder.parents):
        try:
            return shutil.disk_usage(path).free
        except OSError:
            continue
    return 0
