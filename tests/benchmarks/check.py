"""How long `descent check` takes: seconds of check per second of film.

    python -m tests.benchmarks.check [SCENE]...

One process, one thread, in processor time. What is paid once a process (imports, kernels, the mountain) is paid before.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import sys
import time
from collections.abc import Iterator, Sequence

from scenes.check.report import SceneReport, check_scene
from scenes.gradient import PART
from tests.benchmarks.rows import Row, print_rows

#: Fog and a moving eye; code, type and two walks; plots of numbers.
SCENES = ("fog", "zero-grad", "optimising")


def checked(slug: str) -> tuple[float, SceneReport]:
    """Seconds of processor time that the check of a scene takes, and what it found."""
    began = time.process_time()
    report = check_scene(PART.scene(slug), "dark")
    return time.process_time() - began, report


def rows(slugs: Sequence[str] = SCENES) -> Iterator[Row]:
    """A row for each scene, beside its length."""
    checked(slugs[0])
    for slug in slugs:
        seconds, report = checked(slug)
        note = f"{report.read:,} lines of type, {report.measured:,} places"
        yield Row(f"check of {slug}", seconds, "s", "its length", report.length, note=note)


if __name__ == "__main__":
    print_rows(rows(sys.argv[1:] or SCENES))
