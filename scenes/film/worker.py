"""What runs beside the program: scenes are drawn, each in a process of its own, and a pipe tells how it goes.

A worker loads what every scene needs, which takes a second, and is then forked for each scene that it
is given: a scene begins with everything loaded, and when it dies the others are well. The worker never
starts a thread, so nothing is lost in a fork. One thread does a scene's arithmetic, all that it prints
goes into its log, and all of this ends as soon as the program does.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from scenes.film.quality import Quality
from scenes.series import SceneRef

#: Seconds between two reports of how far it is, and between two looks at who is still there.
_PACE = 0.2
#: What every scene needs, and takes a second to load.
_HEAVY = ("manim", "av", "numba", "scipy.ndimage")


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


def serve(draw: Callable[[Job, Connection[Any, Any]], object], pipe: Connection[Any, Any], log: Path) -> None:
    """Have ``draw`` do each `Job` that comes through the pipe, one after another, each in a process of its own.

    Tells ``("over",)`` when one has ended well. When one dies, so does the worker, in the same way, for the pipe may
    hold half of what the other was saying. What is printed before the first job goes into ``log``.
    """
    _be_modest()
    _leave_the_terminal()
    with suppress(OSError):  # the scene will tell
        _print_into(log)
    _load()
    _print_into(Path(os.devnull))  # a log that is open keeps a disk from being unmounted
    while True:
        try:
            job = pipe.recv_bytes()
        except (EOFError, OSError):
            os._exit(0)
        child = os.fork()
        if child == 0:
            draw(pickle.loads(job), pipe)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        if code:
            _die_as(code)
        pipe.send(("over",))


def work(job: Job, pipe: Connection[Any, Any]) -> None:
    """Draw a scene.

    Tells ``("drew", seconds)`` and ``("said", line)``, and last ``("done", take)`` or ``("failed", line)``.
    """
    teller = _Teller(pipe)
    threading.Thread(target=_end_with_the_others, args=(pipe,), daemon=True).start()
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


def _load() -> None:
    """Load what other people wrote; our own code is loaded for each scene, as it is then."""
    for name in _HEAVY:
        with suppress(Exception):  # the scene will miss it too, and has a log to say so
            import_module(name)
    with suppress(Exception):
        import_module("numba").njit("f8(f8)")(lambda x: x)  # by its first loop numba readies itself
    gc.freeze()  # nobody looks through it for what could be thrown away, in this process or in its children


def _die_as(code: int) -> None:
    """End as a process did that had this exit code."""
    if code < 0:
        faulthandler.disable()  # it has been told
        with suppress(OSError, ValueError):  # SIGKILL's handler can't be set, and need not be
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(max(code, 1))


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
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # the parent held it back for us


def _end_with_the_others(pipe: Connection[Any, Any]) -> None:
    """When the program is gone, or the worker, which leads our group, all of the group ends at once.

    Until we are done the program says nothing: when its end of the pipe closes, it is gone. A worker that is gone
    is seen by nobody else, for its children keep open by what a program sees that a process has ended.
    """
    with suppress(EOFError, OSError):
        while not pipe.poll(_PACE) and os.getppid() == os.getpgid(0):
            pass
    os.killpg(0, signal.SIGKILL)


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
