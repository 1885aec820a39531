"""Runs over tiny films: in this process, and as whole programs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import av

from scenes.part import Part
from scenes.production.takes.cache import TakeCache
from scenes.production.takes.events import Event, Finished, Planned
from scenes.production.takes.pool import ScenesFailed, render_all
from tests.scenes.production.takes.tiny_films import DRIVER, SETTINGS, TinyFilm

ROOT = Path(__file__).parents[4]


class Run:
    """One run over a part, and what it told."""

    def __init__(
        self, part: Part, cache: Path, *, jobs: int = 2, at: Callable[[Event], object] = lambda _: None
    ) -> None:
        self.events: list[Event] = []
        self.failed: ScenesFailed | None = None
        self.films: list[bytes] = []
        with TakeCache(cache) as opened:
            try:
                made = render_all(
                    part, SETTINGS, cache=opened, jobs=jobs, on_event=lambda e: (self.events.append(e), at(e))
                )
                self.order = [take.ref for take in made]
                self.films = [take.path.read_bytes() for take in made]
                self.frames = [frames(take.path) for take in made]
            except ScenesFailed as error:
                self.failed = error

    def slugs(self, kind: type[Event]) -> list[str]:
        return [event.ref.slug for event in self.events if isinstance(event, kind)]

    @property
    def drawn(self) -> set[str]:
        return set(self.slugs(Finished))

    @property
    def why(self) -> dict[str, str]:
        return {event.ref.slug: event.why for event in self.events if isinstance(event, Planned) and event.why}


def frames(path: Path) -> int:
    with av.open(str(path)) as film:
        return sum(1 for _ in film.decode(video=0))


def nothing_half_written(cache: Path) -> None:
    """All that lies in the cache is whole, and there is nothing else."""
    left = [path for path in cache.rglob("*") if path.is_file() and path.parent.name != "logs"]
    assert {path.name for path in left} <= {"take.mp4", "take.jpg", "cues.json", "take.json"}
    for path in left:
        if path.name == "take.mp4":
            assert frames(path) >= 2


class Program:
    """``render.py`` over a tiny film, as a process."""

    def __init__(self, tiny: TinyFilm, cache: Path, slugs: str, *words: str) -> None:
        driver = tiny.folder / "driver.py"
        driver.write_text(DRIVER)
        path = os.pathsep.join([str(tiny.folder), str(ROOT)])
        self.process = subprocess.Popen(
            [sys.executable, str(driver), slugs, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tiny.folder,
            env={**os.environ, "PYTHONPATH": path, "DESCENT_CACHE": str(cache.parent)},
            start_new_session=True,  # as a terminal has it: a group that Ctrl-C goes to
            # What a shell runs in the background is born deaf to it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )

    def ended(self) -> tuple[int, str, str]:
        said, complained = self.process.communicate(timeout=60)
        return self.process.returncode, said, complained


def wait_for(what: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
