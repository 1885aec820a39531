"""Processes that wait for a task with everything loaded, and what they tell once they have one."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from scenes.production.processes import process_context, start_process
from scenes.production.trouble import Trouble
from scenes.watch.drawing import stand_by
from scenes.watch.task import Done, Loaded, Standing, Task, Told

#: Seconds in which a process that is killed is gone.
_PATIENCE = 5.0


class Standby:
    """A process that draws one task, and is then gone. It loads what it can before it is given one.

    Parameters
    ----------
    log
        The file that takes whatever it prints.
    loaded
        What its last drawing was made of: it loads what can be loaded of that.
    theme
        The theme of its pictures.
    """

    def __init__(self, log: Path, loaded: Loaded, theme: str) -> None:
        context = process_context()
        reader, self._tasks = context.Pipe(duplex=False)
        standing = Standing(reader, dict(os.environ), log, loaded.shared, loaded.landscapes, theme)
        self._process: ForkServerProcess
        self.pipe: Connection[Any, Any]
        self._process, self.pipe = start_process(context, stand_by, standing)
        reader.close()
        #: What it was given, if anything.
        self.task: Task | None = None

    def give(self, task: Task) -> None:
        """Give it what it is to draw. Where it has died meanwhile, `told` says so."""
        self.task = task
        with suppress(OSError):
            self._tasks.send(task)

    def told(self) -> Iterator[Told]:
        """What it has told since it was asked last."""
        try:
            while self.pipe.poll():
                yield self.pipe.recv()
        except (EOFError, OSError):
            yield Trouble("The process that draws it has ended. See whether memory is short.")

    def kill(self) -> None:
        """End it, and all that it started, at once."""
        if self._process.pid is not None:
            with suppress(OSError):  # it leads a group of its own, or has not come so far
                os.killpg(self._process.pid, signal.SIGKILL)
            with suppress(OSError):
                os.kill(self._process.pid, signal.SIGKILL)
        self._process.join(_PATIENCE)
        self.pipe.close()
        self._tasks.close()


#: What a process tells last.
LAST = (Done, Trouble)
