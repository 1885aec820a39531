"""Why a scene cannot be played: what was raised, and in which line of whose file."""

from __future__ import annotations

import linecache
import sys
from dataclasses import dataclass
from pathlib import Path
from traceback import extract_tb

import scenes
from descent_core.errors import DescentError

#: The project's packages that play a scene: what they raise came from the scene.
_PLAYING = ("check", "engine", "production", "stage", "watch")


class SceneError(DescentError):
    """A scene that cannot be played; the message says what was raised in it, and where."""


@dataclass(frozen=True)
class Trouble:
    """Why a scene cannot be played.

    Attributes
    ----------
    message
        What was raised, in one line.
    file, line, source
        Where, as far as it is known: the file, the number of the line, and its text.

    Examples
    --------
    >>> Trouble.of(ValueError("no")).message
    'ValueError: no'
    """

    message: str
    file: str = ""
    line: int = 0
    source: str = ""

    @classmethod
    def of(cls, error: BaseException) -> Trouble:
        """What was raised first, and the line of somebody's file that it came from."""
        cause = error
        while cause.__cause__ is not None:
            cause = cause.__cause__
        if isinstance(cause, SyntaxError):
            message = f"{type(cause).__name__}: {cause.msg}"
            return cls(message, cause.filename or "", cause.lineno or 0, (cause.text or "").strip())
        if isinstance(cause, DescentError):  # it says itself what to do
            return cls(" ".join(str(cause).split()))
        line = " ".join(f"{type(cause).__name__}: {cause}".rstrip(": ").split())
        frames = [frame for frame in extract_tb(cause.__traceback__) if _is_written_here(frame.filename)]
        if not frames:
            return cls(line)
        where = frames[-1]
        text = linecache.getline(where.filename, where.lineno or 0).strip()
        return cls(line, where.filename, where.lineno or 0, text)

    def __str__(self) -> str:
        where = f" ({Path(self.file).name}, line {self.line}: {self.source})" if self.file else ""
        return f"{self.message}{where}"


def _is_written_here(file: str) -> bool:
    """Whether somebody who writes a scene may have written it: neither a library nor what plays the scene."""
    path, ours = Path(file), Path(scenes.__file__).parent
    if "site-packages" in path.parts or not path.is_file() or path.is_relative_to(sys.base_prefix):
        return False
    return not any(path.is_relative_to(ours / part) for part in _PLAYING)
