"""CodePanel: an editor that shows source text that ran, and the values it had as it ran."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from manim import DOWN, LEFT, RIGHT, UP, Circle, Line, RoundedRectangle, Text, VGroup
from pygments.lexers import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, _TokenType

from descent_core.recordings.listing import Listing
from descent_core.recordings.trajectory import Trajectory
from scenes.parts.panels.scorecard import Readout
from scenes.parts.progress import Progress
from scenes.parts.words import set_on_baseline, words
from scenes.stage.number_sources import note_source
from scenes.theme import theme

#: Kinds of tokens, and the names of their colours in `scenes.theme.Syntax`.
_KINDS: dict[_TokenType, str] = {
    Comment: "comment",
    Keyword: "keyword",
    Name.Function: "function",
    Number: "number",
    Operator: "operator",
    Punctuation: "punctuation",
    String: "string",
}


class CodePanel(VGroup):
    """Lines of code in an editor window, and below them what a run of it recorded.

    Parameters
    ----------
    code
        A function, whose source text is shown; or a `Listing`, which also knows what its lines printed.
    run
        What to show below: of a `Trajectory` its last row, of a `Walk` or `Progress` the row that it has
        reached: step, loss and gradient.
    title
        Name on the window's bar; the function's by default.
    width
        In scene units, at least; the window grows with its longest line.
    skip
        Leave out lines that hold one of these texts (a ``return`` that only serves the recorder).
    output
        Whether to add a pane below for what was printed (see `printed`), where there is no ``run``.
    size
        Of the type.
    accent
        Colour of the window's frame.

    Raises
    ------
    RecordingError
        The function's source text cannot be found (it was typed at a prompt, or is not Python).

    Examples
    --------
    Code that ran, and what it recorded, step by step::

        def valley(c):
            x, y = c
            return (x - 1) ** 2 + 4 * y**2

        progress = Progress(record(valley, [3.0, 1.0], lr=0.1, steps=20))
        self.add(CodePanel(valley, progress))
        self.play(progress.to(20, run_time=1))
    """

    def __init__(
        self,
        code: Listing | Callable[..., Any],
        run: Trajectory | Progress | None = None,
        *,
        title: str | None = None,
        width: float = 7.2,
        size: float | None = None,
        skip: tuple[str, ...] = (),
        output: bool = False,
        accent: str | None = None,
    ) -> None:
        super().__init__()
        #: The function whose source text is shown, where that was given and not a listing.
        self.function = None if isinstance(code, Listing) else code
        self.listing = listing = code if isinstance(code, Listing) else Listing.from_source(code)
        title = listing.name if title is None else title
        progress = Progress(run, run.steps) if isinstance(run, Trajectory) else run
        output = output or progress is not None
        size = size or theme.code
        self._advance = words("x" * 20, size, mono=True).width / 19.9
        self._pitch = size / 48 * 0.92
        #: Index in the listing of each line that is shown.
        self.indices = [k for k, line in enumerate(listing.lines) if not any(text in line for text in skip)]
        # Room above, below and around the lines goes with their size; the bar's own type is always small.
        bar, pad = max(0.5 * size / theme.code, 0.42), 0.3 * size / theme.code
        rows = len(self.indices)
        # Never narrower than its longest line.
        longest = max(len(listing.lines[index]) for index in self.indices)
        width = max(width, 0.75 + longest * self._advance + 0.35)
        if progress is not None:
            longest_row = max(len(_row_text(progress.trajectory, row)) for row in range(progress.trajectory.steps + 1))
            width = max(width, words("x" * longest_row, theme.label, mono=True).width + 0.6)
        height = bar + pad * 2 + rows * self._pitch
        pane = (self._pitch * 1.3 + 0.3) if output else 0.0
        self.window = RoundedRectangle(
            corner_radius=0.16,
            width=width,
            height=height + pane,
            stroke_color=accent or theme.rule,
            stroke_width=2,
            fill_color=theme.panel,
            fill_opacity=0.97,
        )
        top, left = self.window.get_top()[1], self.window.get_left()[0]
        lights = VGroup(
            *(Circle(radius=0.07, stroke_width=0, fill_color=c, fill_opacity=1) for c in theme.things.buttons)
        ).arrange(RIGHT, buff=theme.near)
        lights.move_to([left + 0.42, top - bar / 2, 0])
        #: What stands on the window's bar.
        self.heading = words(title, theme.small, theme.quiet).move_to([self.window.get_x(), top - bar / 2, 0])
        under = Line([left, top - bar, 0], [left + width, top - bar, 0], color=theme.rule, stroke_width=2)
        self.add(self.window, lights, self.heading, under)

        self.code = VGroup()
        #: The number before each line.
        self.gutter: list[Text] = []
        self._baselines: list[float] = []
        for row, index in enumerate(self.indices):
            y = top - bar - pad - (row + 0.5) * self._pitch
            number = words(
                note_source(f"{row + 1}", "the number of a line of code"), theme.small, theme.syntax.gutter, mono=True
            )
            number.move_to([left + 0.38, y, 0])
            self.gutter.append(number)
            self.add(number)
            text = note_source(listing.lines[index], f"line {index + 1} of {listing.name}, which ran")
            indent = len(text) - len(text.lstrip())
            line = coloured(text.strip(), size)
            set_on_baseline(line, text.strip(), y - size / 48 * 0.17)
            line.align_to([left + 0.75 + indent * self._advance, 0, 0], LEFT)
            self.code.add(line)
            self._baselines.append(y)
        self.add(self.code)
        self._left, self._width = left, width
        if output:
            edge = top - height
            self.rule = Line([left, edge, 0], [left + width, edge, 0], color=theme.rule, stroke_width=2)
            self.prompt = words("output" if progress is None else "recorded", theme.small, theme.quiet)
            self.prompt.move_to([left + 0.35, edge - 0.26, 0]).align_to([left + 0.3, 0, 0], LEFT)
            self.add(self.rule, self.prompt)
            if progress is not None:
                recorded = Readout(lambda: _row_text(progress.trajectory, progress.row), theme.label, theme.accent)
                self.add(recorded.next_to(self.prompt, DOWN, buff=theme.near).align_to(self.prompt, LEFT))

    def row_of(self, text: str) -> int:
        """Which of the lines shown, from 0, holds ``text``."""
        return self.indices.index(self.listing.line_of(text))

    def line(self, text: str) -> Text:
        """The line on screen that holds ``text``."""
        return self.code[self.row_of(text)]

    def whole_line(self, text: str) -> tuple[Text, Text]:
        """The same, and before it its number."""
        return self.gutter[self.row_of(text)], self.line(text)

    def bar(self, text: str, colour: str | None = None) -> CodeBar:
        """A translucent bar over the line that holds ``text``; in the accent's colour by default."""
        row, scale = self.row_of(text), self._scale
        bar = CodeBar(self, text, (self._width - 0.24) * scale, self._pitch * 0.96 * scale, colour or theme.accent)
        return bar.move_to(self.window.get_center() + UP * self._baselines[row] * scale)

    @property
    def _scale(self) -> float:
        """How many times as large as it was made."""
        return float(self.window.width / self._width)

    def printed(self, text: str, colour: str | None = None) -> Text:
        """What the line that holds ``text`` printed when it ran, set in the output pane: for panels with ``output``."""
        index = self.listing.line_of(text)
        shown = note_source(self.listing.printed[index], f"printed by line {index + 1} of {self.listing.name}")
        line = words(shown, theme.code * self._scale, colour or theme.accent, mono=True)
        return line.next_to(self.prompt, DOWN, buff=theme.near).align_to(self.prompt, LEFT)


class CodeBar(RoundedRectangle):
    """A translucent bar over a line of a `CodePanel`: what `CodePanel.bar` gives.

    Parameters
    ----------
    panel
        Whose line it is laid over.
    text
        What that line holds. The check finds a bar that is drawn over another line, or over one that the words of its
        beat, its name or its marks do not name.
    width, height
        In scene units.
    colour
        ``#rrggbb``.
    """

    def __init__(self, panel: CodePanel, text: str, width: float, height: float, colour: str) -> None:
        super().__init__(
            corner_radius=0.08, width=width, height=height, stroke_width=0, fill_color=colour, fill_opacity=0.2
        )
        self.text = text
        self._over = lambda: panel  # manim copies what it animates, and would copy the panel with it

    @property
    def panel(self) -> CodePanel:
        """Whose line it is laid over."""
        return self._over()


def _row_text(run: Trajectory, row: int) -> str:
    """A row of a recording, in one line."""
    slope = run.slopes[row]
    few = ", ".join(f"{number:+.3g}" for number in slope[:3])
    more = f", … {run.dimensions:,} in all" if len(slope) > 3 else ""
    step = note_source(f"{row}", f"the row of {run.label} that is shown")
    return f"step {step}  loss {run.losses[row]:.4g}  grad ({few}{more})"


def coloured(text: str, size: float) -> Text:
    """A line of Python with its syntax in the theme's colours; ``size`` is a manim font size."""
    colours: dict[str, str] = {}
    for start, kind, value in PythonLexer(stripnl=False).get_tokens_unprocessed(text):
        for group, name in _KINDS.items():
            if kind in group and value.strip():
                colours[f"[{start}:{start + len(value)}]"] = getattr(theme.syntax, name)
    return words(text, size, theme.text, mono=True, weight="NORMAL", t2c=colours)
