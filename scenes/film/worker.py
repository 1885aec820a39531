"""What runs in a process of its own: one scene is drawn, and the pipe to the parent tells how it goes.

Everything heavy is imported in here, once the process is set up: one thread for arithmetic, all that
is printed goes into the log, and it ends as soon as its parent does.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from scenes.film.quality import Quality
from scenes.series import SceneRef

#: Seconds between two reports of how far it is.
_PACE = 0.2


@dataclass(frozen=True)
class Job:
    """One scene to draw: into ``folder`` below ``cache``, with everything printed going into the file ``log``."""

    ref: SceneRef
    quality: Quality
    voice: str
    cache: Path
    folder: Path
    log: Path
    verbose: bool = False


def work(job: Job, pipe: Connection[Any, Any]) -> None:
    """Draw a scene.

    Tells ``("drew", seconds)`` and ``("said", line)``, and last ``("done", take)`` or ``("failed", line)``.
    """
    _be_modest()
    _leave_the_terminal()
    teller = _Teller(pipe)
    threading.Thread(target=_end_with_the_parent, args=(pipe,), daemon=True).start()
    try:
        _print_into(job.log)
        teller.tell("done", _draw(job, teller))
    except BaseException as error:  # a scene may raise anything, SystemExit too
        with suppress(OSError):  # where the log cannot be written, the line has to do
            traceback.print_exc()
            sys.stderr.flush()
        teller.tell("failed", reason(error, job.cache))
        # Not by way of threads that still wait for frames.
        os._exit(1)


def reason(error: BaseException, cache: Path) -> str:
    """Why a scene failed, in one line."""
    from descent_core.errors import DescentError
    from scenes.film.faults import said
    from scenes.film.take_cache import MEND

    if isinstance(error, DescentError):
        return str(error)
    for cause in _causes(error):
        # Only what was being written here: a scene that opens a file elsewhere tells its own story.
        named = getattr(cause, "filename", None)
        ours = named is None or cache in Path(os.fsdecode(named)).parents
        line = said(cause, cache, MEND) if ours else None
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


def _draw(job: Job, teller: _Teller) -> Any:
    from scenes.film.take import render

    _share_no_locks()
    if job.verbose:
        _hand_on_log_lines(teller)
    job.folder.mkdir(parents=True, exist_ok=True)
    return render(
        job.ref,
        job.quality,
        job.folder,
        job.voice,
        verbosity="INFO" if job.verbose else "WARNING",
        watch=teller.follow,
    )


class _Teller:
    """Says things to the parent, from any thread."""

    def __init__(self, pipe: Connection[Any, Any]) -> None:
        self._pipe, self._lock = pipe, threading.Lock()

    def tell(self, *message: Any) -> None:
        with self._lock, suppress(OSError):  # a parent that is gone: `_end_with_the_parent` sees to that
            self._pipe.send(message)

    def follow(self, scene: Any) -> None:
        """Tell, now and then, how far ``scene`` is."""

        def report() -> None:
            while True:
                time.sleep(_PACE)
                self.tell("drew", float(scene.time))

        threading.Thread(target=report, daemon=True).start()


def _be_modest() -> None:
    """One thread for arithmetic in each process: the processes are the parallelism."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"


def _share_no_locks() -> None:
    """manim's bars (which are off) would make a lock for all processes, that is left behind when one is killed."""
    from tqdm import tqdm

    tqdm.set_lock(threading.RLock())


def _leave_the_terminal() -> None:
    """Its Ctrl-C is for the parent, which ends this whole group of processes."""
    with suppress(OSError):
        os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # the parent held it back for us


def _end_with_the_parent(pipe: Connection[Any, Any]) -> None:
    """The parent never says anything: when its end of the pipe closes, it is gone, and so are we and our children."""
    with suppress(EOFError, OSError):
        pipe.recv()
    if os.getpgid(0) == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


def _print_into(log: Path) -> None:
    try:
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    except OSError:
        _print_into(Path(os.devnull))  # at any rate not over the parent's bars
        raise
    for number in (1, 2):
        os.dup2(handle, number)
    os.close(handle)
    faulthandler.enable()


def _hand_on_log_lines(teller: _Teller) -> None:
    import logging

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            teller.tell("said", " ".join(record.getMessage().split()))

    logging.getLogger("manim").addHandler(Handler(logging.INFO))
