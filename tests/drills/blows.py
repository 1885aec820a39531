"""Blows: ways in which a running program is ended from outside."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import psutil

#: A variable that all processes of one run have in their environment, by which they are found again.
MARK = "DESCENT_DRILL"


def processes(mark: str) -> list[psutil.Process]:
    """All processes of a run that are alive, whoever their parent is by now."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):  # one that has just ended, or is somebody else's
            if process.environ().get(MARK) == mark and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


@dataclass(frozen=True)
class Blow:
    """One way to end a run.

    Attributes
    ----------
    name
        As the report calls it.
    strike
        Given the number of the run's first process, its mark and a source of chance, ends it.
    codes
        The exit codes that the first process may have then.
    ends
        Whether the program ends by it, at once; else it goes on with what is left.
    """

    name: str
    strike: Callable[[int, str, random.Random], None]
    codes: frozenset[int]
    ends: bool = True


def _kill_first(pid: int, mark: str, chance: random.Random) -> None:
    os.kill(pid, signal.SIGKILL)


def _kill_scene(pid: int, mark: str, chance: random.Random) -> None:
    # Those that draw are in groups of their own; what Python keeps beside them is not.
    scenes = [process for process in processes(mark) if _group(process.pid) not in (None, _group(pid))]
    _kill_one_of(scenes, pid, chance)


def _kill_server(pid: int, mark: str, chance: random.Random) -> None:
    # What is forked from it is called the same, in a group of its own.
    servers = [process for process in processes(mark) if _group(process.pid) == _group(pid) and _serves(process)]
    _kill_one_of(servers, pid, chance)


def _kill_one_of(those: list[psutil.Process], pid: int, chance: random.Random) -> None:
    """Kill one of them; the program itself, where there is none."""
    with suppress(psutil.NoSuchProcess):
        (chance.choice(those) if those else psutil.Process(pid)).kill()


def _serves(process: psutil.Process) -> bool:
    """Whether it is what the scenes are forked from."""
    with suppress(psutil.Error):
        return any("multiprocessing.forkserver" in word for word in process.cmdline())
    return False


def _group(pid: int) -> int | None:
    with suppress(ProcessLookupError):
        return os.getpgid(pid)
    return None


def _kill_all(pid: int, mark: str, chance: random.Random) -> None:
    # As when the power fails: nobody is left to tidy up, so all are stopped before the first is killed.
    struck = processes(mark)
    for blow in (psutil.Process.suspend, psutil.Process.kill):
        for process in struck:
            with suppress(psutil.NoSuchProcess):
                blow(process)


def _ctrl_c(pid: int, mark: str, chance: random.Random) -> None:
    os.killpg(pid, signal.SIGINT)


def _terminate(pid: int, mark: str, chance: random.Random) -> None:
    os.kill(pid, signal.SIGTERM)


_KILLED = -signal.SIGKILL
BLOWS = (
    Blow("the program, by SIGKILL", _kill_first, frozenset({_KILLED})),
    # All others are drawn; but it may just have been done. Where nothing is being drawn, the program is killed.
    Blow("a scene's process, by SIGKILL", _kill_scene, frozenset({0, 1, _KILLED}), ends=False),
    Blow("the server of scenes, by SIGKILL", _kill_server, frozenset({0, 1, _KILLED}), ends=False),
    Blow("all its processes at once, by SIGKILL", _kill_all, frozenset({_KILLED})),
    Blow("the program, by Ctrl-C", _ctrl_c, frozenset({130})),
    Blow("the program, by SIGTERM", _terminate, frozenset({130})),
)
