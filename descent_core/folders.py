"""Where the project keeps what it can make again: recordings, takes, spoken lines and compiled loops.

``$DESCENT_CACHE`` names another folder for all of it, ``$DESCENT_RECORDINGS`` another one for recordings.
By default it is the user's cache folder of the operating system (`platformdirs`), so that an installed
package never writes beside its own code; and where a user has none that can be written, as in a container
that runs under a number without a home, a folder of theirs among the temporary files.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from platformdirs import user_cache_path

from descent_core.errors import DescentError

_NAME = "descent-films"


def cache_folder() -> Path:
    """The folder below which everything is kept; not created here.

    Raises
    ------
    DescentError
        The user has none, and there are no temporary files either.
    """
    named = os.environ.get("DESCENT_CACHE")
    if named:
        return Path(named)
    usual = _usual_folder()
    if usual is not None and can_write(usual):
        return usual
    try:
        return _temporary_folder() / _NAME
    except OSError as error:
        raise DescentError(
            f"Nothing can be kept: neither {usual or 'a home'} nor a temporary folder can be written "
            f"({error.strerror}). Name a folder in the environment variable DESCENT_CACHE, and one in TMPDIR."
        ) from None


def recordings_folder() -> Path:
    """The folder of recordings."""
    named = os.environ.get("DESCENT_RECORDINGS")
    return Path(named) if named else cache_folder() / "recordings"


def takes_folder() -> Path:
    """The folder of rendered scenes."""
    return cache_folder() / "takes"


def speech_folder() -> Path:
    """The folder of spoken lines."""
    return cache_folder() / "speech"


def use_writable_folders(compiled: Path) -> None:
    """Let the packages that draw keep what they make again in folders that can be written. Before they are imported.

    They learn it from the environment, which processes that draw inherit. What the user set there stays.

    Parameters
    ----------
    compiled
        The folder of the code that numba compiles. In a checkout what it compiled is kept beside the code, where
        that can be written; else, and of an installed package, in `cache_folder`.
    """
    with suppress(OSError, DescentError):  # where nothing at all can be written, the command that needs it will say so
        usual = _usual_folder()
        if usual is None or not can_write(usual):
            os.environ["XDG_CACHE_HOME"] = str(_temporary_folder())
        try:
            Path.home()
        except RuntimeError:  # manim looks for its settings there
            os.environ["HOME"] = str(_temporary_folder())
        in_checkout = (compiled.parents[1] / "pyproject.toml").is_file()
        beside = [compiled / "__pycache__", *compiled.rglob("__pycache__")]
        if os.environ.get("NUMBA_CACHE_DIR") or (in_checkout and all(map(can_write, beside))):
            return
        kept = cache_folder().absolute()
        os.environ["NUMBA_CACHE_DIR"] = str((kept if can_write(kept) else _temporary_folder() / _NAME) / "numba")
        if "numba" in sys.modules:  # in a notebook: it has read the environment already
            sys.modules["numba"].config.CACHE_DIR = os.environ["NUMBA_CACHE_DIR"]


def can_write(folder: Path) -> bool:
    """Whether files can be written into a folder, or it can be made."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _usual_folder() -> Path | None:
    """The user's cache folder; ``None`` for a user without a home."""
    try:
        path = user_cache_path(_NAME, appauthor=False)
    except RuntimeError:
        return None
    return path if path.is_absolute() else None  # older versions of platformdirs leave the tilde


@cache
def _temporary_folder() -> Path:
    """A folder of this user's among the temporary files, the same each time, into which nobody else can write."""
    folder = Path(tempfile.gettempdir()) / f"{_NAME}-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022
    return folder if ours else Path(tempfile.mkdtemp(prefix=f"{_NAME}-"))
