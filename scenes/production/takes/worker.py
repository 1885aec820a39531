"""What runs beside the program: one process for each scene, and a pipe through which it reports how far it is.

The processes are forked by Python's own ``forkserver``, which has loaded manim and whatever else every scene needs,
so that a scene begins at once; and when one dies the others are well. One thread does a scene's arithmetic, all
that it prints goes into its log, and it ends as soon as the program does, or the server that it was forked from.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from descent_core.errors import DescentError
from scenes.part import SceneRef
from scenes.production.format import RenderSettings
from scenes.production.processes import (
    ONE_THREAD,
    end_with_program,
    leave_terminal,
    print_into,
    share_no_locks,
    start_process,
)

if TYPE_CHECKING:
    from scenes.production.takes.take import Take

#: Seconds between two reports of how far it is.
_INTERVAL = 0.2


@dataclass(frozen=True)
class Job:
    """One scene to render.

    Attributes
    ----------
    ref, settings
        The scene, and how.
    voice
        A name of ``scenes.narration.voices.registry.VOICES``.
    cache
        The folder of takes. An error of the disk below it is reported as one.
    folder, log
        Where the take is made, and the file that takes whatever is printed.
    environment
        Environment variables, which may have changed since the server was started.
    verbose
        Whether manim's own log lines are wanted.
    """

    ref: SceneRef
    settings: RenderSettings
    voice: str
    cache: Path
    folder: Path
    log: Path
    environment: Mapping[str, str]
    verbose: bool = False


def start(context: ForkServerContext, job: Job) -> tuple[ForkServerProcess, Connection[Any, Any]]:
    """Start the process of a job; see `run_job` and `scenes.production.processes.start_process`."""
    return start_process(context, run_job, job)


def run_job(job: Job, pipe: Connection[Any, Any]) -> None:
    """Render a scene, in a process of its own.

    Sends ``("drew", seconds)`` and ``("logged", line)``, and last ``("done", take)`` or ``("failed", line)``.
    """
    leave_terminal()
    reporter = _Reporter(pipe)
    threading.Thread(target=end_with_program, args=(pipe, os.getppid()), daemon=True).start()
    os.environ.clear()
    os.environ.update({**job.environment, **ONE_THREAD})
    try:
        print_into(job.log)
        reporter.send("done", _take(job, reporter))
    except BaseException as error:  # a scene may raise anything, SystemExit too
        with suppress(OSError):  # where the log cannot be written, the line has to do
            traceback.print_exc()
            sys.stderr.flush()
        reporter.send("failed", reason(error, job.cache))
        os._exit(1)
    # Not by way of threads that still wait for frames.
    os._exit(0)


def reason(error: BaseException, cache: Path) -> str:
    """Why a scene failed, in one line. ``cache`` is the folder of takes."""
    from scenes.production.disk_errors import disk_error_message
    from scenes.production.takes.cache import ADVICE

    if isinstance(error, DescentError):
        return str(error)
    for cause in _causes(error):
        # Only what was being written here: an error of a file that the scene opens elsewhere is its own.
        named = getattr(cause, "filename", None)
        ours = named is None or cache in Path(os.fsdecode(named)).parents
        line = disk_error_message(cause, cache, ADVICE) if ours else None
        if line:
            return line
    return "".join(traceback.format_exception_only(error)).strip().splitlines()[-1]


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error, what it came from, what that came from, and so on."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _take(job: Job, reporter: _Reporter) -> Take:
    """The take of a job: its film and still, and its sound where somebody speaks."""
    from scenes.narration.narrator import SILENT, narrator
    from scenes.production.sound.listener import Listener
    from scenes.production.sound.take_sound import write_take_sound
    from scenes.production.takes.render import render_take
    from scenes.stage.observation import Observer

    class Progress(Observer):
        """Reports, now and then, how far the scene is."""

        last = 0.0

        def on_written(self, scene: Any) -> None:
            now = time.monotonic()
            if now - self.last > _INTERVAL:
                self.last = now
                reporter.send("drew", float(scene.time))

    share_no_locks()
    if job.verbose:
        logging.getLogger("manim").addHandler(_LogLines(reporter))
    job.folder.mkdir(parents=True, exist_ok=True)
    voice, listener = narrator(job.voice), Listener()
    take = render_take(
        job.ref,
        job.settings,
        job.folder,
        voice,
        verbosity="INFO" if job.verbose else "WARNING",
        observers=[Progress(), *([] if job.voice == SILENT else [listener])],
    )
    if job.voice != SILENT:
        take = replace(take, sounds=listener.sounds(take.cues.length))
        write_take_sound(take.sound, take.cues, voice, take.sounds, take.full_sound)
    return take


class _Reporter:
    """Sends messages to the program, from any thread."""

    def __init__(self, pipe: Connection[Any, Any]) -> None:
        self._pipe, self._lock = pipe, threading.Lock()

    def send(self, *message: Any) -> None:
        with self._lock, suppress(OSError):  # a program that is gone: `end_with_program` sees to that
            self._pipe.send(message)


class _LogLines(logging.Handler):
    """Hands log lines on to the program."""

    def __init__(self, reporter: _Reporter) -> None:
        super().__init__(logging.INFO)
        self._reporter = reporter

    def emit(self, record: logging.LogRecord) -> None:
        self._reporter.send("logged", " ".join(record.getMessage().split()))
