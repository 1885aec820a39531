"""Archives: named arrays and a JSON header in one ``.npz``, with a hash over both that detects changes.

Written whole or not at all, read without pickle, so a hostile file can neither run code nor pass
for a recording. Trajectories and landscapes are both kept this way.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import stat
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from descent_core.errors import RecordingError

_ADVICE = "The file was not changed. `descent record` makes a damaged recording anew."


def pack(header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """The file's content. The same header and arrays give the same bytes every time."""
    text = json.dumps(dict(header), sort_keys=True)
    # The stubs of savez take its flag for one of the arrays.
    named: dict[str, Any] = {"header": np.array(text), "seal": np.array(_seal(text, arrays)), **arrays}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **named)
    return buffer.getvalue()


class Archived:
    """What is kept as an archive."""

    def to_bytes(self) -> bytes:
        """The file's content."""
        raise NotImplementedError

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write to ``path``. The file appears whole or not at all."""
        return write_atomically(Path(path), self.to_bytes())


def read_header(path: Path) -> dict[str, Any]:
    """The header of an archive, without its arrays and unverified; empty where it cannot be read."""
    try:
        # Opened here: of a damaged archive numpy would leave the file open.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            header = json.loads(str(archive["header"]))
    except Exception:  # whatever a damaged archive makes zipfile, zlib or numpy raise
        return {}
    return header if isinstance(header, dict) else {}


def unpack(
    path: Path, *, kind: str, versions: tuple[int, ...], names: tuple[str, ...], optional: tuple[str, ...] = ()
) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Read an archive: its header and the named arrays, and those of the optional ones that it has.

    Raises
    ------
    RecordingError
        The file is missing, damaged, foreign, of another format, or was altered. The message says which.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise RecordingError(f"There is no recording at {path}. {_ADVICE}") from None
    except OSError as error:
        raise RecordingError(f"{path} cannot be read: {error.strerror}.") from None
    if not zipfile.is_zipfile(io.BytesIO(content)):
        cut = content[:2] == b"PK"
        what = "is cut short" if cut else "is not a recording (not an .npz archive)"
        raise RecordingError(f"{path} {what}. {_ADVICE}")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            if not {"header", "seal"} <= set(archive.files):
                raise RecordingError(f"{path} is an .npz, but not a recording of this project. {_ADVICE}")
            text = str(archive["header"])
            header = json.loads(text)
            if not isinstance(header, dict) or header.get("kind") != kind:
                raise RecordingError(f"{path} is an .npz, but not a {kind} of this project. {_ADVICE}")
            if header.get("format") not in versions:
                known = " and ".join(map(str, versions))
                raise RecordingError(
                    f"{path} has format {header.get('format')}; this program reads format {known}. {_ADVICE}"
                )
            arrays = {name: archive[name] for name in (*names, *(set(optional) & set(archive.files)))}
            seal = str(archive["seal"])
    except RecordingError:
        raise
    except Exception as error:  # whatever a hostile archive makes zipfile, zlib or numpy raise
        if "pickle" in str(error).lower():
            raise RecordingError(
                f"{path} holds pickled Python objects, which could run code; it was not opened. {_ADVICE}"
            ) from None
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise RecordingError(f"{path} is damaged or cut short ({reason}). {_ADVICE}") from None
    if seal != _seal(text, arrays):
        raise RecordingError(f"{path} was altered after it was recorded: its seal does not match. {_ADVICE}")
    return header, arrays


def require_float64(arrays: Mapping[str, NDArray[Any]]) -> Mapping[str, NDArray[Any]]:
    """``arrays`` themselves. A conversion might lose digits.

    Raises
    ------
    TypeError
        One of them is not float64.
    """
    for name, array in arrays.items():
        if array.dtype != np.float64:
            raise TypeError(f"{name} is {array.dtype}; it must be float64")
    return arrays


def write_atomically(path: Path, content: bytes) -> Path:
    """Write beside ``path``, then rename: readers never see half a file, and nothing is left where it fails.

    A file that was there keeps its permissions.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        draft.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return path


def _seal(header: str, arrays: Mapping[str, NDArray[Any]]) -> str:
    """SHA-256 over the header and every array: a changed bit anywhere breaks it."""
    digest = hashlib.sha256(header.encode())
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        digest.update(f"{name}{array.shape}{array.dtype.str}".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()
