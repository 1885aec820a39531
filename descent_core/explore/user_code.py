"""Code that a user hands us: imported by path, and its errors told by the lines of its own file."""

from __future__ import annotations

import difflib
import importlib.util
import sys
import traceback
import types
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from descent_core.errors import DescentError, UsageError, UserCodeError

#: How many lines of somebody's traceback are shown, at most: the innermost.
_FRAMES = 6


def import_file(path: Path) -> types.ModuleType:
    """Run a Python file as a module. Files beside it can be imported by it.

    Raises
    ------
    WrongUse
        There is no such file.
    OwnCodeError
        It raised: the message shows the lines of that file that led there.
    """
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "is not there"
        raise UsageError(f"{path} {what}. {_files_near(path)}")
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
def user_errors(what: str, path: Path) -> Iterator[None]:
    """Turn whatever the user's code raises in the block into one `OwnCodeError` that shows their lines.

    Our own errors pass, and so does Ctrl-C.
    """
    try:
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
    ...     raise ValueError("no such knob")
    ... except ValueError as error:
    ...     print(their_traceback(error, Path("losses.py")))
      ValueError: no such knob
    """
    here = path.resolve()
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).resolve() == here]
    lines = []
    for frame in frames[-_FRAMES:]:
        lines.append(f"  {path.name}, line {frame.lineno}, in {frame.name}")
        if frame.line:
            lines.append(f"    {frame.line}")
    told = "".join(traceback.format_exception_only(error)).rstrip().splitlines()
    return "\n".join([*lines, *(f"  {line}" for line in told[-4:])])


def near_names(wanted: str, names: list[str]) -> str:
    """A hint: the near ones of ``names``, or all of them.

    >>> near_names("himelblau", ["himmelblau", "beale"])
    'Did you mean himmelblau?'
    >>> near_names("x", ["himmelblau", "beale"])
    'There are: himmelblau, beale.'
    """
    near = difflib.get_close_matches(wanted, names, n=3, cutoff=0.5)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return f"There are: {', '.join(names[:20])}." if names else "There is nothing in it that can be called."


def _files_near(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return f"There is no folder {folder} either."
    names = sorted(one.name for one in folder.glob("*.py"))
    near = difflib.get_close_matches(path.name, names, n=3, cutoff=0.5)
    if near:
        return f"Did you mean {' or '.join(str(folder / name) for name in near)}?"
    return f"Python files in {folder}: {', '.join(names[:8]) or 'none'}."
