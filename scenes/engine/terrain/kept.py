"""What takes long to work out and comes out the same each time is kept on disk: baked ground, the shapes of firs.

In the user's cache folder, below ``ground``. A change to any file of this package makes all of it anew, and only the
`MOST` files that were used last are kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from descent_core.errors import DescentError
from descent_core.folders import cache_folder
from descent_core.recordings.archive import write_atomically

#: How many files are kept: a ground in the films' size takes some 24 MB.
MOST = 24

Arrays = Mapping[str, NDArray[np.generic]]


def kept(name: str, decides: Iterable[bytes], make: Callable[[], Arrays]) -> Arrays:
    """What ``make`` gives, or gave before for the same ``decides``.

    Where the folder cannot be written or a file in it cannot be read, it is made, and that is all.

    Parameters
    ----------
    name
        What it is, as the beginning of a file's name.
    decides
        All that it depends on besides the code of this package.
    make
        Makes it: arrays by name.
    """
    digest = hashlib.sha256(_code())
    for part in decides:
        digest.update(hashlib.sha256(part).digest())
    try:
        file = cache_folder() / "ground" / f"{name}-{digest.hexdigest()[:32]}.npz"
    except DescentError:
        return make()
    with suppress(OSError, EOFError, ValueError, BadZipFile), file.open("rb") as stream:
        with np.load(stream, allow_pickle=False) as found:
            arrays = {key: found[key] for key in found.files}
        os.utime(file)  # it was used
        return arrays
    made = make()
    with suppress(OSError):
        _keep(file, made)
    return made


def _keep(file: Path, arrays: Arrays) -> None:
    """Write a file whole or not at all, and forget those that were used longest ago."""
    packed = BytesIO()
    np.savez(packed, **arrays)  # type: ignore[arg-type]  # numpy's stub has a parameter beside the arrays
    write_atomically(file, packed.getvalue())
    for old in sorted(file.parent.glob("[!.]*.npz"), key=_used, reverse=True)[MOST:]:
        with suppress(OSError):
            old.unlink()


def _used(file: Path) -> float:
    """When a file was used last; 0 if another program has removed it meanwhile."""
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


@cache
def _code() -> bytes:
    """A hash of the text of this package."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.digest()
