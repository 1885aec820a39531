"""A user's code: imported by path; its errors are shown by the lines of the user's file."""

from __future__ import annotations

import importlib.util
import sys
import traceback
import types
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from descent_core.errors import DescentError, UsageError, UserCodeError
from descent_core.suggestions import suggest

#: How many frames of a user's traceback are shown at most: the innermost.
_FRAMES = 6


def import_file(path: Path) -> types.ModuleType:
    """Run a Python file as a module. Files beside it can be imported by it.

    Raises
    ------
    UsageError
        There is no such file.
    UserCodeError
        It raised: the message shows the lines of that file that led there.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder. Name a file of Python in it. {suggest('', _files_in(path))}")
    if not path.is_file():
        raise UsageError(f"{path} is not there. {_files_near(path)}")
    path = path.resolve()
    name = f"explored_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{path} is not a Python file: its name must end in .py.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    if str(path.parent) not in sys.path:  # as for a script: what lies beside it can be imported, later too
        sys.path.insert(0, str(path.parent))
    with user_errors(f"{path.name} cannot be imported", path):
        spec.loader.exec_module(module)
    return module


@contextmanager
def as_script(path: Path) -> Iterator[None]:
    """In the block ``sys.argv`` is that of the file itself: our own arguments are none of its business."""
    before = sys.argv
    sys.argv = [str(path)]
    try:
        yield
    finally:
        sys.argv = before


@contextmanager
def user_errors(what: str, path: Path) -> Iterator[None]:
    """Turn whatever the user's code raises in the block into one `UserCodeError` that shows the lines of their file.

    A `DescentError` passes as it is, and so does Ctrl-C.

    Parameters
    ----------
    what
        The first line of the message: what was done as it was raised.
    path
        The user's file.
    """
    try:
        with as_script(path):
            yield
    except (DescentError, KeyboardInterrupt):
        raise
    except BaseException as error:  # their file may raise anything, SystemExit too
        raise UserCodeError(f"{what}:\n{user_traceback(error, path)}") from error


def user_traceback(error: BaseException, path: Path) -> str:
    """The frames of ``error`` that lie in the user's file, and the error itself; short.

    Examples
    --------
    >>> try:
    ...     raise ValueError("no such coefficient")
    ... except ValueError as error:
    ...     print(user_traceback(error, Path("losses.py")))
      ValueError: no such coefficient
    """
    here = path.resolve()
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).resolve() == here]
    lines = []
    for frame in frames[-_FRAMES:]:
        lines.append(f"  {path.name}, line {frame.lineno}, in {frame.name}")
        if frame.line:
            lines.append(f"    {frame.line}")
    message = "".join(traceback.format_exception_only(error)).rstrip().splitlines()
    advice = _advice(error)
    if advice:  # torch's own goes on to say how to cut the slope off
        message = [line.partition(" Use tensor.detach()")[0] for line in message[:1]]
    return "\n".join([*lines, *(f"  {line}" for line in message[-4:]), *advice])


def _advice(error: BaseException) -> list[str]:
    """What to do about errors that many losses raise which are written for numbers, not for slopes."""
    text = str(error)
    if "in-place operation" in text or "inplace" in text:
        return ["A loss must not change what it is given in place. Work on a copy of it, as c.clone() makes one."]
    in_numpy = any("numpy" in Path(frame.filename).parts for frame in traceback.extract_tb(error.__traceback__))
    if "numpy() on Tensor that requires grad" in text or (in_numpy and isinstance(error, TypeError)):
        return ["numpy computes no slopes. Write it with torch's functions, such as torch.sin for np.sin."]
    return []


def _files_near(path: Path) -> str:
    """What to do about a file that is not there."""
    folder = path.parent
    if not folder.is_dir():
        return f"There is no folder {folder} either."
    return suggest(path.name, _files_in(folder))


def _files_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("*.py") if file.is_file())
