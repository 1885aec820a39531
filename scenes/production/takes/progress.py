"""How far a film is: a bar for each scene and one for the film on a terminal, plain lines elsewhere, or nothing.

Each of the three is a context that is called with events (see `scenes.production.takes.events`). Times are measured
by a clock that nobody sets, so that a change of the time of day shows nowhere.
"""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Any, TextIO

from descent_core.counted import counted
from scenes.narration.timecode import timecode
from scenes.part import SceneRef
from scenes.production.takes.events import Event, Failed, Finished, Logged, Planned, Progressed, Started


class Workload:
    """How much of the work is done, scene by scene, by what each cost the last time.

    Attributes
    ----------
    costs, lengths
        Seconds to draw each scene that is to be drawn, and seconds that it lasts on screen, as far as is known.
    fractions
        How much of each is done, from 0 to 1.
    over
        How many scenes are over: unchanged, drawn or failed.
    """

    def __init__(self, refs: Sequence[SceneRef]) -> None:
        self.refs = tuple(refs)
        self.costs: dict[SceneRef, float] = {}
        self.lengths: dict[SceneRef, float] = {}
        self.fractions: dict[SceneRef, float] = {}
        self.over = 0

    def __call__(self, event: Event) -> None:
        """Count it in."""
        if isinstance(event, Planned):
            if event.length:
                self.lengths[event.ref] = event.length
            if event.why:
                self.costs[event.ref] = max(event.cost, 0.1)
                self.fractions[event.ref] = 0.0
            else:
                self.over += 1
        elif isinstance(event, Progressed) and event.ref in self.lengths:
            # A scene may have become longer: it is not done before it says so.
            self.fractions[event.ref] = min(event.seconds / self.lengths[event.ref], 0.99)
        elif isinstance(event, Finished | Failed):
            self.fractions[event.ref] = 1.0
            self.over += 1

    @property
    def total(self) -> float:
        """All the work, in seconds of one core."""
        return sum(self.costs.values())

    @property
    def done(self) -> float:
        """The work that is done, in seconds of one core."""
        return sum(self.fractions[ref] * cost for ref, cost in self.costs.items())


class Quiet:
    """Shows nothing: for ``--quiet``."""

    def __enter__(self) -> Quiet:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def __call__(self, event: Event) -> None:
        """Print nothing."""


class Lines(Quiet):
    """One line for each scene that is done or failed, for logs and pipes; with ``verbose`` one for each event."""

    def __init__(self, title: str, refs: Sequence[SceneRef], verbose: bool, stream: TextIO | None = None) -> None:
        self.title, self.verbose, self.stream = title, verbose, stream or sys.stderr
        self.workload = Workload(refs)
        self._began: float | None = None
        self._planned = 0

    def __call__(self, event: Event) -> None:
        """Print a line, if the event is worth one."""
        self.workload(event)
        slug = event.ref.slug
        count = f"({self.workload.over} of {len(self.workload.refs)})"
        if isinstance(event, Planned):
            self._planned += 1
            if self.verbose:
                self._print(f"{slug}: {f'to be drawn: {event.why}' if event.why else 'unchanged'}")
            if self._planned == len(self.workload.refs):
                self._print(f"{self.title}: {self._to_do()}")
        elif isinstance(event, Started):
            self._began = self._began or time.monotonic()
            if self.verbose:
                self._print(f"{slug}: begun")
        elif isinstance(event, Finished):
            self._print(f"{slug}: drawn in {timecode(event.took)} {count}{self._left()}")
        elif isinstance(event, Failed):
            self._print(f"{slug}: failed {count}. {event.reason}")
        elif isinstance(event, Logged) and self.verbose:
            self._print(f"{slug}: {event.text}")

    def _to_do(self) -> str:
        """How many scenes are to be drawn, in a few words."""
        draw, every = len(self.workload.costs), len(self.workload.refs)
        if not draw:
            return "nothing changed"
        return f"{draw} of {counted(every, 'scene')} to draw"

    def _left(self) -> str:
        done, total = self.workload.done, self.workload.total
        if self._began is None or not 0 < done < total:
            return ""
        left = (time.monotonic() - self._began) * (total - done) / done
        return f", about {timecode(math.ceil(left))} left"

    def _print(self, text: str) -> None:
        print(text, file=self.stream, flush=True)


class Bars(Lines):
    """A bar for each scene and one for the film, with the time left."""

    def __init__(self, title: str, refs: Sequence[SceneRef], verbose: bool, stream: TextIO | None = None) -> None:
        super().__init__(title, refs, verbose, stream)
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self._console = Console(file=self.stream, force_terminal=True, highlight=False)
        width = max(len(title), *(len(ref.slug) for ref in refs))
        self._bars = Progress(
            TextColumn(f"{{task.description:{width}}}", markup=False),
            BarColumn(bar_width=20, complete_style="cyan", finished_style="green", pulse_style="cyan"),
            TextColumn("{task.fields[state]}", markup=False),
            console=self._console,
            get_time=time.monotonic,
        )
        self._rows = {ref: self._bars.add_task(ref.slug, total=1.0, start=False, state="") for ref in refs}
        self._film: Any = self._bars.add_task(title, total=1.0, state="")

    def __enter__(self) -> Bars:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._bars.update(self._film, total=1.0, completed=1.0, state=self._to_do() if not self._began else "drawn")
        self._bars.stop()

    def __call__(self, event: Event) -> None:
        """Move the bars."""
        self.workload(event)
        row, known = self._rows[event.ref], event.ref in self.workload.lengths
        if isinstance(event, Planned):
            self._bars.update(row, completed=0.0 if event.why else 1.0, state="waits" if event.why else "unchanged")
            if not event.why:
                self._bars.start_task(row)
            elif self.verbose:
                self._print(f"{event.ref.slug}: to be drawn: {event.why}")
        elif isinstance(event, Started):
            self._began = self._began or time.monotonic()
            self._bars.start_task(row)
            self._bars.update(row, total=1.0 if known else None, state="begins")
        elif isinstance(event, Progressed):
            of = f" of about {timecode(self.workload.lengths[event.ref])}" if known else " on screen"
            self._bars.update(row, completed=self.workload.fractions[event.ref], state=f"{timecode(event.seconds)}{of}")
        elif isinstance(event, Finished):
            self._bars.update(row, total=1.0, completed=1.0, state=f"drawn in {timecode(event.took)}")
        elif isinstance(event, Failed):
            self._bars.update(row, total=1.0, state="failed")
        elif self.verbose:
            self._print(f"{event.ref.slug}: {event.text}")
        total = self.workload.total
        count = f"{self.workload.over} of {counted(len(self.workload.refs), 'scene')}"
        self._bars.update(
            self._film,
            completed=self.workload.done / total if total else 0.0,
            state=f"{count}{self._left()}",
        )

    def _print(self, text: str) -> None:
        self._console.print(text, markup=False, soft_wrap=True)


def progress_display(title: str, refs: Sequence[SceneRef], *, quiet: bool = False, verbose: bool = False) -> Quiet:
    """The display that suits where the program runs.

    >>> type(progress_display("A film", (), quiet=True)).__name__
    'Quiet'
    """
    if quiet:
        return Quiet()
    bars = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return (Bars if bars else Lines)(title, refs, verbose)
