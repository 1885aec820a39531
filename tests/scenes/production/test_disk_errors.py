"""Faults of a disk in one line, and locks between runs."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scenes.production.disk_errors import DiskError, disk_error_message, disk_errors, require_room
from scenes.production.locks import Lock, exclusive
from scenes.production.takes.worker import reason

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk(code: int, tmp_path: Path) -> None:
    line = disk_error_message(OSError(code, os.strerror(code)), tmp_path / "not" / "there", "buy one", needed=2.5e6)
    assert line is not None
    assert line.startswith(f"No room is left in {tmp_path}/not/there: ")
    assert line.endswith(" free, about 2.5 MB are needed. Make room, or buy one.")


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.EPERM])
def test_a_closed_disk(code: int, tmp_path: Path) -> None:
    wanted = f"Nothing can be written into .*: {os.strerror(code)}. Change that, or buy one."
    with pytest.raises(DiskError, match=wanted), disk_errors(tmp_path, "buy one"):
        raise OSError(code, "whatever")


def test_other_errors_pass(tmp_path: Path) -> None:
    assert disk_error_message(ValueError("x"), tmp_path, "") is None
    with pytest.raises(FileNotFoundError), disk_errors(tmp_path, ""):
        (tmp_path / "nothing").read_bytes()


def test_room(tmp_path: Path) -> None:
    require_room(1000, tmp_path, "")
    with pytest.raises(DiskError, match=r"about 1.0 ZB are needed\. Make room, or buy one\."):
        require_room(1e21, tmp_path, "buy one")


def test_a_worker_tells_the_disks_fault_and_not_what_was_made_of_it(tmp_path: Path) -> None:
    full = OSError(errno.ENOSPC, "No space left on device", str(tmp_path / "x" / "film.mp4"))
    wrapped = RuntimeError("Failed to encode")
    wrapped.__cause__ = full
    for error in (full, wrapped, OSError(errno.ENOSPC, "No space left on device")):
        assert reason(error, tmp_path).startswith(f"No room is left in {tmp_path}: ")
    wrapped.__cause__ = wrapped  # a ring
    assert reason(wrapped, tmp_path) == "RuntimeError: Failed to encode"
    elsewhere = PermissionError(errno.EACCES, "Permission denied", "/etc/shadow")
    assert reason(elsewhere, tmp_path) == "PermissionError: [Errno 13] Permission denied: '/etc/shadow'"
    assert reason(DiskError("said already"), tmp_path) == "said already"


def test_locks_exclude_and_are_shared(tmp_path: Path) -> None:
    first = Lock.take(tmp_path, shared=True)
    second = Lock.take(tmp_path, shared=True)
    assert first is not None
    assert second is not None
    assert Lock.take(tmp_path) is None
    first.release()
    first.release()
    assert Lock.take(tmp_path) is None
    second.release()
    alone = Lock.take(tmp_path)
    assert alone is not None
    assert Lock.take(tmp_path, shared=True) is None
    alone.release()
    with pytest.raises(FileNotFoundError):
        Lock.take(tmp_path / "nothing")
    made = Lock.take(tmp_path / "made", make=True)
    assert made is not None
    made.release()


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom scenes.production.locks import Lock\n"
        "held = Lock.take(Path(sys.argv[1]))\nprint('held', flush=True)\ntime.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert Lock.take(tmp_path) is None
        holder.kill()
        with exclusive(tmp_path):
            assert Lock.take(tmp_path) is None
    free = Lock.take(tmp_path)
    assert free is not None
    free.release()
    with exclusive(tmp_path / "nothing"):  # nobody to wait for
        pass
