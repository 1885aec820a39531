"""BENCHMARKS.md: a section for each benchmark, with its own date, machine and versions."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from descent_core.recordings.archive import write_atomically
from tests.benchmarks.rows import Row

#: The sections in their order: what each is called on the page, and what it measures.
SECTIONS = {
    "core": (
        "Recording a run",
        "A model of 10,000 weights (a layer of 64 inputs to 123 tanh units, and one to 16 outputs; float32, 512 rows "
        "of data) is trained by plain descent: by the loop that a PyTorch user writes, and recorded. The worst case is "
        "a loss that costs nothing, a sum of 10,000 squares. One thread, in processor time; both sides "
        "in turn, and the median of the ratios.",
    ),
    "mountain": (
        "Drawing a frame of the mountain",
        "Ours: 1 process, 1 thread, with fog and shadows, at every pixel. Theirs: the same ground as manim's `Surface` "
        "of so many faces, at 1080p.",
    ),
    "picture": (
        "Seeing a picture",
        "A beat's picture at 1080p: a still from a cold start, and from the save of a scene's file to the page of "
        "`descent watch`. Wall time, median of five; recordings are there.",
    ),
    "check": (
        "Checking a film",
        "Three scenes of part 4, each played and checked in one process at four moments a second; seconds of check per "
        "second of film.",
    ),
    "film": (
        "Making the film",
        "Part 4 from nothing but what is installed, stage by stage, in a copy of the sources with caches of its own.",
    ),
    "series": (
        "Making the series",
        "All films by one command, `descent film`, from the recordings, in a copy of the sources with caches of its "
        "own.",
    ),
    "peer": (
        "The same walk, made with manimvox 0.4.1",
        "Whole film against whole film: thirty seconds of the same recorded walk down the same mountain, 1920 × 1080 "
        "at 30 frames a second, with voice, sound and captions. Ours: `Mountain`, `Hiker` and `Trail`, and the voice "
        "that is installed. Theirs: the `surface-plot` block as it comes, a ball and the same points, and the built-in "
        "voice `fake:tone`.",
    ),
}

_HEAD = """# Benchmarks

Written by `python -m tests.benchmarks`; every number was measured, none is typed. A ratio is ours over theirs, so below
1 ours takes less. Ratios mean more than seconds: both sides of one ran on the same machine, one after the other.
"""
_PACKAGES = ("torch", "manim", "numpy", "numba", "av")


def written(path: Path, found: Mapping[str, Sequence[Row]], where: str) -> Path:
    """Put what was ``found`` into the page at ``path``; sections that were not measured now stay as they are.

    Parameters
    ----------
    found
        Rows by a key of `SECTIONS`.
    where
        Date, machine and versions, in a line: see `here`.
    """
    before = path.read_text("utf-8") if path.is_file() else ""
    return write_atomically(path, merged(before, found, where).encode())


def merged(before: str, found: Mapping[str, Sequence[Row]], where: str) -> str:
    """The page, of an earlier one and of what was ``found`` now."""
    kept = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", before, re.MULTILINE | re.DOTALL))
    pieces = [_HEAD]
    for key, (title, about) in SECTIONS.items():
        if found.get(key):
            body = f"{about}\n\n{where}\n\n{table(found[key])}"
        else:
            body = kept.get(title, "").strip() or f"{about}\n\nNot measured yet: `python -m tests.benchmarks {key}`."
        pieces.append(f"## {title}\n\n{body}\n")
    return "\n".join(pieces)


def table(rows: Sequence[Row]) -> str:
    """A Markdown table.

    >>> print(table([Row("again", 2.0, most=3)]))
    | what | ours | theirs | ratio | asked | met |
    |---|---:|---:|---:|---:|---|
    | again | 2.0 s |  |  | ≤ 3.0 s | yes |
    """
    lines = [("what", "ours", "theirs", "ratio", "asked", "met"), *(row.cells() for row in rows)]
    head, *body = ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
    return "\n".join([head, "|---|---:|---:|---:|---:|---|", *body])


def here(load: float = 0.0) -> str:
    """Today, this machine and the versions, in a line; no name of it, and no path.

    Parameters
    ----------
    load
        How many other processes ran when the measuring began.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    packages = [f"{name} {found}" for name in _PACKAGES if (found := _version(name))]
    machine = f"{_processor()}, {cores} cores, {_memory():.0f} GB, {platform.system()} {platform.machine()}"
    busy = f" **Measured beside other work (load {load:.1f}): seconds are too high.**" if load > 0.5 else ""
    return f"{date.today()}: {machine}; Python {platform.python_version()}, {', '.join(packages)}.{busy}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or "unknown processor")


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
