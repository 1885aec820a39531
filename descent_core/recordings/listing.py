"""Listing: source text that ran, with the values it had as it ran. For code on screen."""

from __future__ import annotations

import inspect
import io
import json
import sys
import textwrap
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from descent_core.errors import RecordingError
from descent_core.recordings.archive import write_atomically


@dataclass(frozen=True)
class Listing:
    """The text of a function, and what happened at its lines when it was run.

    Attributes
    ----------
    name
        The function's name.
    lines
        Its body, one string a line, without the ``def`` line and the common indent.
    values
        Index of a line to what the watched expression was worth just after that line ran, as
        ``str`` has it.
    printed
        Index of a line to what it printed.
    """

    name: str
    lines: tuple[str, ...]
    values: Mapping[int, str]
    printed: Mapping[int, str]

    @classmethod
    def from_source(cls, function: Callable[..., Any]) -> Listing:
        """The whole text of a function, its ``def`` line too, as it stands: nothing is run.

        Raises
        ------
        RecordingError
            Its text cannot be found.

        Examples
        --------
        >>> from descent_core.training import update_rules
        >>> Listing.from_source(update_rules.step).lines[0]
        'def step(loss_of: Loss, coeffs: Tensor, lr: float) -> Tensor:'
        """
        name = getattr(function, "__name__", type(function).__name__)
        try:
            text = textwrap.dedent(inspect.getsource(function))
        except (OSError, TypeError):
            raise RecordingError(
                f"The source text of {name!r} cannot be found. Put the function into a file or a notebook cell."
            ) from None
        return cls(name, tuple(text.rstrip().splitlines()), {}, {})

    @property
    def source(self) -> str:
        """The body as one text."""
        return "\n".join(self.lines)

    def line_of(self, text: str) -> int:
        """Index of the first line that holds ``text``.

        Raises
        ------
        KeyError
            No line does.
        """
        for index, line in enumerate(self.lines):
            if text in line:
                return index
        raise KeyError(f"{self.name} has no line with {text!r}")

    def save(self, path: Path, recipe: Mapping[str, Any]) -> Path:
        """Write as JSON, with the recipe that it was made by."""
        text = json.dumps({"kind": "descent-listing", "recipe": dict(recipe), **asdict(self)}, indent=1)
        return write_atomically(path, text.encode())

    @classmethod
    def load(cls, path: Path) -> tuple[Listing, dict[str, Any]]:
        """Read a listing and the recipe it was made by.

        Raises
        ------
        RecordingError
            The file is not a whole listing.
        """
        try:
            data = json.loads(path.read_text("utf-8"))
            if data["kind"] != "descent-listing":
                raise KeyError("kind")
            notes = [{int(k): str(v) for k, v in data[name].items()} for name in ("values", "printed")]
            return cls(data["name"], tuple(data["lines"]), *notes), dict(data["recipe"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise RecordingError(
                f"{path} is not a whole listing. The file was not changed. `descent record` makes it anew."
            ) from None


def run_listing(function: Callable[..., Any], *args: Any, show: Mapping[str, str] | None = None) -> Listing:
    """Run ``function(*args)`` and note what its lines did.

    Parameters
    ----------
    show
        Text found in a line, to the expression to evaluate once that line has run. A line may run
        several times; the first is kept. The expression may use `history`.

    Examples
    --------
    >>> def halve(x):
    ...     y = x / 2
    ...     print(y)
    >>> from unittest import mock
    >>> source = "def halve(x):\\n    y = x / 2\\n    print(y)\\n"
    >>> with mock.patch("inspect.getsourcelines", return_value=(source.splitlines(True), 1)):
    ...     listing = run_listing(halve, 8, show={"y = x": "y"})
    >>> listing.lines, dict(listing.values), dict(listing.printed)
    (('y = x / 2', 'print(y)'), {0: '4.0'}, {1: '4.0'})
    """
    source, _ = inspect.getsourcelines(function)
    code = function.__code__
    first = code.co_firstlineno + 1
    lines = tuple(textwrap.dedent("".join(source[1:])).rstrip().splitlines())
    wanted = {
        index: expression
        for text, expression in (show or {}).items()
        for index, line in enumerate(lines)
        if text in line
    }
    values: dict[int, str] = {}
    printed: dict[int, str] = {}
    out = io.StringIO()
    at: list[int] = []

    def note_last_line(frame: FrameType) -> None:
        """The line before this event is done: note its value and what it printed."""
        if not at:
            return
        index = at.pop()
        if index in wanted and index not in values:
            # The frame's own code was about to see these names; the expression is ours, not input.
            values[index] = str(eval(wanted[index], {**frame.f_globals, "history": history}, frame.f_locals))
        if text := out.getvalue().rstrip("\n"):
            printed.setdefault(index, text)
        out.seek(0)
        out.truncate()

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code is not code:
            return None
        if event in ("line", "return"):
            note_last_line(frame)
        if event == "line":
            at.append(frame.f_lineno - first)
        return trace

    before = sys.gettrace()
    with redirect_stdout(out):
        sys.settrace(trace)
        try:
            function(*args)
        finally:
            sys.settrace(before)
    return Listing(function.__name__, lines, values, printed)


def history(loss: Any) -> tuple[str, ...]:
    """The operations that torch keeps of a loss, from the last to the first.

    Follows the first input of each: the chain that ``backward`` walks to reach the coefficients.

    Examples
    --------
    >>> import torch
    >>> c = torch.ones(2).requires_grad_()
    >>> history((c * 3).sum())
    ('Sum', 'Mul', 'AccumulateGrad')
    """
    names: list[str] = []
    node = loss.grad_fn
    while node is not None:
        name: str = type(node).__name__ if node.next_functions == () else node.name()
        names.append(name.rsplit("::", 1)[-1].removesuffix("0").removesuffix("Backward"))
        inputs = [node for node, _ in node.next_functions if node is not None]
        node = inputs[0] if inputs else None
    return tuple(names)
