"""What is told while a film is made: bars on a terminal, lines elsewhere, nothing if asked."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from scenes.part import SceneRef
from scenes.production.takes import progress
from scenes.production.takes.events import Event, Failed, Finished, Logged, Planned, Progressed, Started
from scenes.production.takes.progress import Bars, Lines, Quiet, Workload, progress_display

A, B, C = (SceneRef(slug, slug, "Only", slug) for slug in ("fog", "slope", "knobs"))
STORY: list[Event] = [
    Planned(A, "code changed: scenes/parts/ground/hiker.py", 30.0, 40.0),
    Planned(B, "", 10.0, 20.0),
    Planned(C, "there is no take of it yet at this quality", 10.0, None),
    Started(A),
    Started(C),
    Logged(A, "Caching disabled."),
    Progressed(A, 20.0),
    Progressed(C, 5.0),
    Finished(C, 12.0),
    Failed(A, "RuntimeError: the bridge is out", Path("/logs/fog.log")),
]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten seconds pass at each look."""
    seconds = iter(range(0, 100_000, 10))
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(seconds)))


def told(verbose: bool) -> list[str]:
    said = io.StringIO()
    with Lines("The Gradient, 480p15", (A, B, C), verbose, said) as on_event:
        for event in STORY:
            on_event(event)
    return said.getvalue().splitlines()


def test_lines_are_few_and_plain(clock: None) -> None:
    assert told(verbose=False) == [
        "The Gradient, 480p15: 2 of 3 scenes to draw",
        # A half and C whole are 25 of 40.
        "knobs: drawn in 0:12 (2 of 3), about 0:06 left",
        "fog: failed (3 of 3). RuntimeError: the bridge is out",
    ]


def test_verbose_tells_why_and_what_manim_logs(clock: None) -> None:
    lines = told(verbose=True)
    assert lines[:3] == [
        "fog: to be drawn: code changed: scenes/parts/ground/hiker.py",
        "slope: unchanged",
        "knobs: to be drawn: there is no take of it yet at this quality",
    ]
    assert "fog: Caching disabled." in lines


def test_quiet_tells_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_display("x", (A, B, C), quiet=True, verbose=True) as on_event:
        for event in STORY:
            on_event(event)
    assert capsys.readouterr() == ("", "")


def test_the_terminal_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    assert type(progress_display("x", (A,))) is Lines
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert type(progress_display("x", (A,))) is Bars
    monkeypatch.setenv("TERM", "dumb")
    assert type(progress_display("x", (A,))) is Lines
    assert type(progress_display("x", (A,), quiet=True)) is Quiet


def test_bars_show_each_scene_and_the_film(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")
    said = io.StringIO()
    with Bars("The Gradient", (A, B, C), True, said) as on_event:
        for event in STORY[:-2]:
            on_event(event)
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said.getvalue())
    assert re.search(r"fog +━+.* 0:20 of about 0:40", text)
    assert re.search(r"slope +━+ unchanged", text)
    assert re.search(r"knobs +━+.* 0:05 on screen", text)
    assert re.search(r"The Gradient +━+", text)
    assert "fog: to be drawn: code changed: scenes/parts/ground/hiker.py" in text
    assert "fog: Caching disabled." in text


def test_the_workload_never_shrinks_below_nothing_nor_grows_beyond_all() -> None:
    workload = Workload((A, B, C))
    for event in [*STORY, Progressed(A, 4000.0), Finished(A, 1.0)]:
        workload(event)
        assert 0 <= workload.done <= workload.total
    assert workload.done == workload.total
    empty = Workload(())
    assert empty.done == empty.total == 0
