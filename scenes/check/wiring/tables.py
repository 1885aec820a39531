"""Tables: the numbers of a line are of one row, those of a column of one field and one coefficient, step after step.

A table is what looks like one: numbers of recordings in columns. It is read as a viewer reads it: by its headings, by
what stands at the head of a line, and by what the other lines and columns have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from manim import DL, UR, Mobject, Text

from descent_core.recordings.trajectory import Trajectory
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import Field, fields_of, run_label, value_of
from scenes.check.playback import Moment
from scenes.check.wiring.cast import pieces, tops
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.parts.panels.code_panel import CodePanel
from scenes.parts.panels.plot import Plot, PlotCurve
from scenes.stage.number_sources import find_numbers

#: How far two numbers may be aside of each other in a column and in a line, in scene units.
_IN_COLUMN, _IN_LINE = 0.12, 0.08
#: How far two columns, and two lines, may be apart in one table.
_COLUMNS, _LINES = 4.5, 1.3
#: How far from a plot a note on it may stand.
_NOTE = 1.2
#: Lines that make a column of numbers a table, where there is but one.
_SEVERAL = 3
_ALONE = re.compile(r"[^a-z]*", re.IGNORECASE)
_ROW_NAME = re.compile(rf"(?:(?:{'|'.join(en.ROW_WORDS)})\W*)?([\d,]+)\W*", re.IGNORECASE)
_COEFFICIENT = re.compile(r"\b(?:knob|coefficient|coeffs)\W*(\d+)\b")
_ROWS = frozenset({"coeffs", "losses", "expected_losses", "slopes", "grads"})


@dataclass(frozen=True)
class _Cell:
    """A number of a recording that stands alone."""

    line: Any
    said: Field
    x: float
    y: float

    def row(self, runs: Mapping[str, Trajectory]) -> int | str:
        """Its row; ``the last`` if it is, of whichever run."""
        steps, row = int(runs[self.said.label].steps), self.said.row
        return "the last" if row == steps else int(row or 0)


@dataclass
class Tables(Check):
    """Looks for numbers in columns, and for numbers beside plots, whenever something has come."""

    _known: dict[int, tuple[Mobject, list[Field]]] = field(default_factory=dict)
    _looked: frozenset[int] = frozenset()

    def played(self, moment: Moment) -> None:
        """Look at how an animation has left the scene."""
        self._look(moment)

    def over(self, scene: Any, sheet: CueSheet) -> None:
        """A still plays nothing: look at its end."""
        if sheet.length == 0:
            self._look(Moment(0.0, scene, None))  # type: ignore[arg-type]

    def _look(self, moment: Moment) -> None:
        scene = moment.scene
        runs = {run_label(label): run for label, run in getattr(scene, "recordings", {}).items()}
        if not runs:
            return
        stage = [piece for top in tops(moment) for piece in pieces(top)]
        # A mark of an axis, or a line of code, is no name of a line beside it.
        within = {id(each) for part in stage if isinstance(part, Plot | CodePanel) for each in part.get_family()}
        lines = [piece for piece in stage if isinstance(piece, Text) and len(piece) and id(piece) not in within]
        cells = [cell for line in lines if (cell := self._cell(line, runs)) is not None]
        looked = frozenset(id(cell.line) for cell in cells)
        if not cells or looked == self._looked:
            return
        self._looked = looked
        others = [line for line in lines if id(line) not in looked and line[0].get_fill_opacity() > 0.5]
        for table in _tables(cells):
            for cell, found in _wrong(table, others, runs):
                self.keep(Fault("table", str(cell.line.original_text), found, moment.time), cell.line)
        curves = [piece for piece in stage if isinstance(piece, PlotCurve)]
        for cell in cells:
            if found := _beside_its_curve(cell, curves, others, runs):
                self.keep(Fault("table", str(cell.line.original_text), found, moment.time), cell.line)

    def _cell(self, line: Any, runs: Mapping[str, Trajectory]) -> _Cell | None:
        """A line of type as a cell: a single number of a row of a run, and no words."""
        if id(line) not in self._known:
            alone = _ALONE.fullmatch(line.original_text) is not None
            self._known[id(line)] = line, fields_of(getattr(line, "numbers", None), runs) if alone else []
        _, fields = self._known[id(line)]
        if len(fields) != 1 or fields[0].row is None or fields[0].name not in _ROWS:
            return None
        if line.updating_suspended or line[0].get_fill_opacity() <= 0.5:
            return None
        x, y, _ = line.get_center()
        return _Cell(line, fields[0], float(x), float(y))


#: A table: its lines from the top, each of its cells from the left.
_Grid = list[list[_Cell]]


def _tables(cells: Sequence[_Cell]) -> Iterator[_Grid]:
    """Cells that stand in columns of equally many lines."""
    columns: list[list[_Cell]] = []
    for cell in sorted(cells, key=lambda cell: (cell.x, -cell.y)):
        near = [column for column in columns if abs(column[0].x - cell.x) < _IN_COLUMN]
        if near and near[-1][-1].y - cell.y < _LINES:
            near[-1].append(cell)
        else:
            columns.append([cell])
    for column in columns:
        column.sort(key=lambda cell: -cell.y)
    taken: set[int] = set()
    for index, column in enumerate(columns):
        if index in taken:
            continue
        block = [column]
        for other_index, other in enumerate(columns[index + 1 :], index + 1):
            if other_index not in taken and _stand_beside(block[-1], other):
                block.append(other)
                taken.add(other_index)
        if len(column) >= (2 if len(block) > 1 else _SEVERAL):
            yield [list(line) for line in zip(*block, strict=True)]


def _stand_beside(column: Sequence[_Cell], other: Sequence[_Cell]) -> bool:
    """Whether two columns have their cells on the same lines."""
    return (
        len(column) == len(other)
        and abs(other[0].x - column[0].x) < _COLUMNS
        and all(abs(a.y - b.y) < _IN_LINE for a, b in zip(column, other, strict=True))
    )


def _wrong(table: _Grid, others: Sequence[Any], runs: Mapping[str, Trajectory]) -> Iterator[tuple[_Cell, str]]:
    """What is wrong with the cells of a table."""
    turned = [list(column) for column in zip(*table, strict=True)]
    # Steps may follow each other down the lines, or across the columns: read it so that most of it is right.
    upright = list(_inconsistent(table, runs))
    across = list(_inconsistent(turned, runs))
    down = len(upright) <= len(across)
    yield from upright if down else across
    lines = table if down else turned
    yield from _by_name(table, others)
    rows = [_most(cell.said.row for cell in line) for line in lines]
    if len({cell.row(runs) for line in lines for cell in line}) == 1 or len(rows) < 2:
        return  # a table of ends, of several runs
    if set(rows) == {0} and len({line[0].said.label for line in lines}) == len(lines):
        return  # a table of beginnings, of a run each
    named = down and any(_name_of(line, others) is not None for line in table)
    steps = set(np.diff(rows).tolist())
    if any(step <= 0 for step in steps):
        yield lines[-1][0], f"stands in a table whose lines are of row {_listed(rows)}, in no order"
    elif not named and len(steps) > 1:
        yield lines[-1][0], f"stands in a table whose lines are of row {_listed(rows)}, and nothing says so"
    elif not named and rows[0] != 0 and len({cell.said.label for line in lines for cell in line}) == 1:
        yield lines[0][0], f"stands in the first line of a table, which is of row {rows[0]}, and nothing says so"


def _inconsistent(lines: _Grid, runs: Mapping[str, Trajectory]) -> Iterator[tuple[_Cell, str]]:
    """Cells that are of another row than the others of their line, or of another field than those of their column."""
    several = len({cell.said.label for line in lines for cell in line}) > 1
    for line in lines:
        row = _most(cell.row(runs) for cell in line)
        for cell in line:
            if cell.row(runs) != row:
                yield cell, f"shows {cell.said} on a line whose other numbers are of row {row}"
    for column in zip(*lines, strict=True):
        name, place = _most(cell.said.name for cell in column), _most(cell.said.places[1:] for cell in column)
        label = _most(cell.said.label for cell in column)
        own = all(cell.said.label == label for cell in column if cell.row(runs) != "the last") and not several
        for cell in column:
            if cell.said.name != name:
                yield cell, f"shows {cell.said} in a column of {name}"
            elif cell.said.places[1:] != place:
                yield cell, f"shows {cell.said} in a column of coefficient {place[0]}"
            elif own and cell.said.label != label:
                yield cell, f"shows {cell.said} in a column of {label}"


def _by_name(table: _Grid, others: Sequence[Any]) -> Iterator[tuple[_Cell, str]]:
    """Cells that are of another row than the name of their line says, or of another coefficient than is named."""
    for line in table:
        row = _name_of(line, others)
        for cell in line if row is not None else ():
            if cell.said.row != row:
                yield cell, f"shows {cell.said} on the line of step {row}"
    top, left, right = table[0][0].y, table[0][0].x, table[0][-1].x
    heads = [
        (other, int(match[1]))
        for other in others
        if 0 < other.get_y() - top < _LINES * 1.6 and (match := _COEFFICIENT.search(other.original_text)) is not None
    ]
    over_all = {index for other, index in heads if left - _COLUMNS / 2 < other.get_x() < right + _COLUMNS / 2}
    for column in zip(*table, strict=True):
        own = [index for other, index in heads if abs(other.get_x() - column[0].x) < 0.8]
        index = own[0] if own else next(iter(over_all)) if len(over_all) == 1 else None
        for cell in column:
            if index is not None and len(cell.said.places) == 2 and cell.said.places[1] != index:
                yield cell, f"shows {cell.said} under the name of coefficient {index}"
    columns = {cell.said.places[1] for line in table for cell in line if len(cell.said.places) == 2}
    if len(columns) > 1 and not heads and not _beside_names(table, others):
        yield (
            table[0][-1],
            f"stands in a table of coefficients {_listed(sorted(columns))}, and nothing says which is which",
        )


def _name_of(line: Sequence[_Cell], others: Sequence[Any]) -> int | None:
    """The row that the name of a line says, to the left of its cells."""
    for other in others:
        if abs(other.get_y() - line[0].y) < 0.2 and 0 < line[0].x - other.get_x() < 2.5:
            match = _ROW_NAME.fullmatch(other.original_text.strip())
            if match is not None:
                return int(value_of(match[1]))
    return None


def _beside_names(table: _Grid, others: Sequence[Any]) -> bool:
    """Whether each line of a table has the name of a coefficient to its left."""
    return all(
        any(
            abs(other.get_y() - line[0].y) < 0.3
            and other.get_x() < line[0].x
            and _COEFFICIENT.search(other.original_text)
            for other in others
        )
        for line in table
    )


def _beside_its_curve(
    cell: _Cell, curves: Sequence[PlotCurve], others: Sequence[Any], runs: Mapping[str, Trajectory]
) -> str:
    """Whether a loss that stands alone under or beside a plot is another than the one at which its curve ends."""
    if cell.said.name not in ("losses", "expected_losses"):
        return ""
    near = [(_away(cell, curve.plot), index) for index, curve in enumerate(curves)]
    nearest = min((away for away, _ in near), default=np.inf)
    own = [curves[index] for away, index in near if away <= nearest + 0.05]
    own = [c for c in own if c.origins[1] is not None and run_label(c.origins[1].label) == cell.said.label]
    if nearest > _NOTE or not own or _counted(cell, others):
        return ""
    rows = own[0].origins[1].places[0] if own[0].origins[1] is not None else 0
    last = rows[-1] if isinstance(rows, range) else int(runs[cell.said.label].steps)
    if own[0].now is not None:
        last = rows[int(own[0].now())] if isinstance(rows, range) else int(own[0].now())
    values = runs[cell.said.label].losses
    if cell.said.row == last or float(values[last]) == float(values[cell.said.row or 0]):
        return ""
    return f"shows {cell.said} beside its curve, which ends at row {last}"


def _away(cell: _Cell, plot: Plot) -> float:
    """Scene units from a number to the axes of a plot, under it or beside it."""
    (west, south), north = plot.axes[0].get_start()[:2], plot.axes[1].get_end()[1]
    east = plot.axes[0].get_end()[0]
    (left, low), (right, top) = cell.line.get_corner(DL)[:2], cell.line.get_corner(UR)[:2]
    across = max(west - right, left - east, 0.0)
    return float(np.hypot(across, max(south - top, low - north, 0.0)))


def _counted(cell: _Cell, others: Sequence[Any]) -> bool:
    """Whether words right beside a number count the row that it is of."""
    return any(
        abs(other.get_x() - cell.x) < 1.5 and abs(other.get_y() - cell.y) < 0.8 and find_numbers(other.original_text)
        for other in others
    )


def _most(values: Any) -> Any:
    return Counter(values).most_common(1)[0][0]


def _listed(rows: Sequence[Any]) -> str:
    return ", ".join(map(str, rows))
