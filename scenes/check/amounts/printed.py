"""Printed: what code printed comes beside the bar of the line that worked it out, and of no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from manim import Mobject, Text

from descent_core.recordings.listing import Listing
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.check.shapes import strength
from scenes.check.wiring.cast import pieces, tops
from scenes.parts.panels.code_panel import CodeBar

_PRINTED = re.compile(r"printed by line (\d+) of (\S+)")
#: How much of its opacity a bar has once it is there to be seen, and how much an output.
_BAR, _OUTPUT = 0.1, 0.2


@dataclass
class Printed(Check):
    """Keeps which bar came last on each listing, and looks at it as an output comes.

    A bar on a line that gives a name its value, such as ``loss = …``, says where an output comes from: the line that
    printed it uses that name, or what was worked out of it.
    """

    _lit: dict[str, CodeBar] = field(default_factory=dict)
    _bars: dict[int, CodeBar] = field(default_factory=dict)
    _outputs: dict[int, Text] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Note bars and outputs that were not there before."""
        for bar in moment.of(CodeBar):
            if id(bar) not in self._bars and bar.get_fill_opacity() >= _BAR:
                self._bars[id(bar)] = bar
                self._lit[bar.panel.listing.name] = bar
        if not self._lit:
            return
        for text in (piece for top in tops(moment) for piece in pieces(top) if isinstance(piece, Text)):
            if id(text) not in self._outputs and (match := _printed_by(text)) is not None and strength(text) > _OUTPUT:
                self._outputs[id(text)] = text
                self._beside(text, int(match[1]) - 1, match[2], moment)

    def _beside(self, text: Text, index: int, name: str, moment: Moment) -> None:
        """Hold an output against the bar that is lit, or came last."""
        bar = self._lit.get(name)
        if bar is None:
            return
        listing = bar.panel.listing
        row = listing.line_of(bar.text)
        given = set(_gives(listing, row))
        if given and not given & _worked_out_of(listing, index, row):
            found = (
                f"comes beside a bar on {listing.lines[row].strip()!r}, and {listing.lines[index].strip()!r} printed it"
            )
            self.keep(Fault("code", str(text.original_text), found, moment.time), text, bar)


def _printed_by(text: Mobject) -> re.Match[str] | None:
    """Which line of which listing printed a text; None if none did."""
    sources = [source for _, source in getattr(getattr(text, "numbers", None), "sources", ())]
    return next((match for source in sources if (match := _PRINTED.fullmatch(source or ""))), None)


def _statements(listing: Listing) -> Iterator[ast.stmt]:
    """The statements of a listing, each once, as far as it is Python by itself."""
    try:
        tree = ast.parse(listing.source)
    except SyntaxError:
        return
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.stmt))


def _gives(listing: Listing, row: int) -> Iterator[str]:
    """The names to which a line gives a value."""
    for node in _statements(listing):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and node.lineno == row + 1:
            yield from _names(node, ast.Store)


def _names(node: ast.AST, context: type[ast.expr_context]) -> set[str]:
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name) and isinstance(name.ctx, context)}


def _worked_out_of(listing: Listing, index: int, row: int) -> set[str]:
    """All names of which what a line prints was worked out, from another line on.

    A call such as ``loss.backward()`` changes whatever its name was worked out of.

    >>> listing = Listing("two", ("a = 1", "b = 2", "c = b * 2", "print(c)"), {}, {})
    >>> sorted(_worked_out_of(listing, 3, 0))
    ['b', 'c']
    """
    given = {name for node in _statements(listing) for name in _names(node, ast.Store)}
    statements = sorted(
        (node for node in _statements(listing) if row < node.lineno <= index + 1), key=lambda node: -node.lineno
    )
    names = set().union(*(_names(node, ast.Load) & given for node in statements if node.lineno == index + 1))
    for place, node in enumerate(statements):
        if node.lineno <= index:
            called = _called(node) & given
            if called and (changes := called | _back(called, statements[place + 1 :], given)) & names:
                names |= changes
            names |= _back(names, [node], given)
    return names


def _back(names: set[str], statements: Sequence[ast.stmt], given: set[str]) -> set[str]:
    """The names of which some were worked out, by statements from the last to the first."""
    found = set(names)
    for node in statements:
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and _names(node, ast.Store) & found:
            found |= _names(node, ast.Load) & given
    return found


def _called(node: ast.stmt) -> set[str]:
    """The name of which a statement calls a method, and does nothing else."""
    call = node.value if isinstance(node, ast.Expr) else None
    of = call.func.value if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) else None
    return {of.id} if isinstance(of, ast.Name) else set()
