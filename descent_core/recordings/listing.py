"""Listing: source text that ran, with the values it had as it ran. For code on screen."""

from __future__ import annotations

import inspect
import io
import json
import sys
import textwrap
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass, field
from pathlib import Path
from traceback import walk_tb
from types import CodeType, FrameType
from typing import Any

from descent_core.errors import RecordingError
from descent_core.recordings.archive import write_atomically

#: Attributes in which torch's operations keep their inputs, or their inputs' size.
_SAVED = ("_saved_self", "_saved_other", "_saved_self_sym_sizes")


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
    raised
        Index of the line at which it ended, if it ended with an error, to the error's name and message, as Python
        prints them.
    """

    name: str
    lines: tuple[str, ...]
    values: Mapping[int, str]
    printed: Mapping[int, str]
    raised: Mapping[int, str] = field(default_factory=dict)

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
            kinds = ("values", "printed", "raised")
            notes = [{int(k): str(v) for k, v in data.get(kind, {}).items()} for kind in kinds]
            return cls(data["name"], tuple(data["lines"]), *notes), dict(data["recipe"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise RecordingError(
                f"{path} is not a whole listing. The file was not changed. `descent record` makes it anew."
            ) from None


def run_listing(
    function: Callable[..., Any], *args: Any, show: Mapping[str, str] | None = None, raises: bool = False
) -> Listing:
    """Run ``function(*args)`` and note what its lines did.

    Parameters
    ----------
    show
        Text found in a line, to the expression to evaluate once that line has run. A line may run
        several times; the first is kept. The expression may use `history` and `kept`.
    raises
        Whether it ends with an error, which is then noted; any other error passes through.

    Raises
    ------
    RecordingError
        It was to end with an error, and ended without.

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
            names = {**frame.f_globals, "history": history, "kept": kept}
            values[index] = str(eval(wanted[index], names, frame.f_locals))
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
    raised: dict[int, str] = {}
    with redirect_stdout(out):
        sys.settrace(trace)
        try:
            function(*args)
        except Exception as error:  # that it raises one may be what the listing is to show
            if not raises:
                raise
            raised[_line_of(error, code) - first] = f"{type(error).__name__}: {error}"
        finally:
            sys.settrace(before)
    if raises and not raised:
        raise RecordingError(f"{function.__name__} was to end with an error, and ended without.")
    return Listing(function.__name__, lines, values, printed, raised)


def _line_of(error: Exception, code: CodeType) -> int:
    """The line of the function's file at which it was when the error came."""
    return next(line for frame, line in walk_tb(error.__traceback__) if frame.f_code is code)


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


def kept(loss: Any) -> dict[str, Any]:
    """What each operation of a loss's history keeps for the way back, by the operation's name: see `history`.

    Tensors come as lists, a size as a tuple. An operation that keeps nothing is left out.

    Examples
    --------
    >>> import torch
    >>> c = torch.tensor([2.0, 5.0]).requires_grad_()
    >>> kept((c * torch.tensor([1.0, 0.0])).sum())
    {'Sum': (2,), 'Mul': [1.0, 0.0]}
    """
    import torch

    found: dict[str, Any] = {}
    node = loss.grad_fn
    while node is not None and node.next_functions:
        saved = [getattr(node, name) for name in dir(node) if name in _SAVED]
        for value in saved:
            if value is not None:
                name = node.name().removesuffix("0").removesuffix("Backward")
                found[name] = value.tolist() if isinstance(value, torch.Tensor) else tuple(value)
        node = node.next_functions[0][0]
    return found
