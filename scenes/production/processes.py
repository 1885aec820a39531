"""Processes beside the program: forked where manim is loaded, deaf to the terminal, gone when the program is.

They are forked by Python's own ``forkserver``, which has loaded manim and whatever else every scene needs, so that a
scene begins at once; and when one dies the others are well.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

from descent_core.errors import DescentError

#: Seconds between two looks at whether the program is still there.
_INTERVAL = 0.2
#: What every scene needs and takes a second to load. Nothing of the project: that is loaded for each scene, as it is
#: then.
_PRELOADED = ("manim", "av", "numba", "scipy.ndimage")
#: One thread for arithmetic, as the processes are the parallelism.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
#: How the server is started: no file of the current folder is taken for a module of that name.
SERVER_ENVIRONMENT = {**ONE_THREAD, "PYTHONSAFEPATH": "1"}


#: How often at least, and for how many seconds, a process is asked of a server that dies meanwhile. It is replaced when
#: it is gone, which takes a moment on a busy machine.
_ATTEMPTS, _PATIENCE, _PAUSE = 3, 3.0, 0.05


def process_context() -> ForkServerContext:
    """What starts processes. Not plain forks: torch and Cairo don't survive one where there are threads."""
    # Python would start it beside the server, and let Ctrl-C and SIGTERM through while it does.
    resource_tracker.ensure_running()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    return context


def start_process(
    context: ForkServerContext, target: Callable[..., object], job: object
) -> tuple[ForkServerProcess, Connection[Any, Any]]:
    """Start a process that calls ``target(job, pipe)``, and a server where there is none.

    Returns
    -------
    process, pipe
        The process, and the program's end of the pipe through which it reports.

    Raises
    ------
    DescentError
        The server ends as soon as it is started.
    """
    end, attempts = time.monotonic() + _PATIENCE, 0
    while True:
        attempts += 1
        try:
            return _started(context, target, job)
        except (EOFError, ConnectionError):  # the server was killed just now
            if attempts >= _ATTEMPTS and time.monotonic() > end:
                raise DescentError(
                    "No scene can be drawn: the process that scenes are forked from ends as soon as it is started. "
                    "See whether memory is short, and what `descent doctor` finds."
                ) from None
            time.sleep(_PAUSE)


def _started(
    context: ForkServerContext, target: Callable[..., object], job: object
) -> tuple[ForkServerProcess, Connection[Any, Any]]:
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(job, theirs), daemon=True)
    try:
        with environment(SERVER_ENVIRONMENT):
            process.start()
    except BaseException:
        ours.close()  # by which a process that was begun knows that nobody waits for it
        raise
    finally:
        theirs.close()
    return process, ours


@contextmanager
def environment(changes: Mapping[str, str]) -> Iterator[None]:
    """Other environment variables in the block: for the server, which is started with the first process."""
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def share_no_locks() -> None:
    """manim's bars (which are off) would make a lock for all processes, that is left behind when one is killed."""
    from tqdm import tqdm

    tqdm.set_lock(threading.RLock())


def leave_terminal() -> None:
    """Its Ctrl-C is for the program, which ends this whole group of processes."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # held back while the server was started


def end_with_program(pipe: Connection[Any, Any], server: int) -> None:
    """When the program is gone, or the server, end this process and all that it started, at once.

    The program sends nothing: when its end of the pipe closes, it is gone. When the server is gone this process has
    another parent, and the program would never learn how it ends.
    """
    with suppress(EOFError, OSError):
        while not pipe.poll(_INTERVAL) and os.getppid() == server:
            pass
    os.killpg(0, signal.SIGKILL)


def print_into(log: Path) -> None:
    """Let all that is printed go into a file."""
    try:
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    except OSError:
        print_into(Path(os.devnull))  # at any rate not over the program's bars
        raise
    for number in (1, 2):
        os.dup2(handle, number)
    os.close(handle)
    faulthandler.enable()
