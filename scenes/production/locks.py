"""Locks between runs of the program. They end with the process that holds them, however it ends.

The package filelock has no shared locks, and cannot lock a folder itself.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HELD = (errno.EWOULDBLOCK, errno.EAGAIN)


class Lock:
    """A lock on a file or folder, held by this object until `release`."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    def take(cls, path: Path, *, shared: bool = False, wait: bool = False, make: bool = False) -> Lock | None:
        """Lock ``path``; ``None`` if another holds it and ``wait`` is false.

        Parameters
        ----------
        shared
            Others may hold it as well, if they share it too.
        make
            Make the file, if there is none.

        Raises
        ------
        OSError
            The path is not there, cannot be opened, or lies on a disk that knows no locks.
        """
        while True:
            handle = os.open(path, os.O_RDONLY | (os.O_CREAT if make else 0), 0o644)
            try:
                fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
                # Whoever held it may have removed it while we waited: then it guards nothing any more.
                if _same(handle, path):
                    return cls(handle)
                os.close(handle)
                if not make:
                    return None
            except BaseException as error:
                os.close(handle)
                if isinstance(error, OSError) and error.errno in _HELD:
                    return None
                raise

    def release(self) -> None:
        """Let others have it. Harmless to repeat."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Only one run at a time is in this block with this folder; others wait for it.

    On a disk that knows no locks nobody waits.
    """
    try:
        lock = Lock.take(folder, wait=True)
    except OSError:
        lock = None
    try:
        yield
    finally:
        if lock is not None:
            lock.release()


def _same(handle: int, path: Path) -> bool:
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(handle), there)
