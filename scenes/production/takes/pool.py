"""All takes of a film: those that are fresh are fetched, the others drawn, each in a process of its own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

from descent_core.counted import counted
from descent_core.errors import DescentError
from scenes.narration.cues import PACE
from scenes.part import Part, SceneRef
from scenes.production.disk_errors import disk_error_message, require_room
from scenes.production.format import RenderSettings
from scenes.production.processes import process_context
from scenes.production.takes.cache import ADVICE, TakeCache
from scenes.production.takes.events import Event, Failed, Finished, Logged, Planned, Progressed, Started
from scenes.production.takes.key import TakeKey, take_key, voice_name
from scenes.production.takes.sources import Sources
from scenes.production.takes.take import Take
from scenes.production.takes.worker import Job, start

#: A scene that was never drawn lasts as long as its words, and a little more for what is played without any.
_BESIDE_THE_WORDS = 1.1
#: One without words takes about a second to draw for so many bytes of its source.
_BYTES_A_SECOND = 100
#: What Python gives as the exit code of a process whose server is gone.
_SERVER_GONE = 255
#: Signals that end a run; the processes that draw are not to hear of them.
_ENDING = {signal.SIGINT, signal.SIGTERM}


class ScenesFailed(DescentError):
    """Scenes that could not be rendered; the message names each, its reason and its log. The others are kept.

    Attributes
    ----------
    failures
        One for each scene.
    """

    def __init__(self, failures: Sequence[Failed], count: int) -> None:
        self.failures = tuple(failures)
        lines = [
            f"{failure.ref.slug!r} could not be rendered. {failure.reason}"
            + (f"\n    Log: {failure.log}" if failure.log else "")
            for failure in failures
        ]
        kept = "; the others are kept, and not drawn again" if len(failures) < count else ""
        super().__init__(f"{len(failures)} of {counted(count, 'scene')} failed{kept}.\n  " + "\n  ".join(lines))


def available_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def render_all(
    part: Part,
    settings: RenderSettings,
    *,
    cache: TakeCache,
    jobs: int | None = None,
    voice: str | None = "none",
    scenes: Sequence[SceneRef] | None = None,
    on_event: Callable[[Event], object] = lambda _: None,
    verbose: bool = False,
) -> list[Take]:
    """The takes of a part, in the order of its scenes: fetched where nothing changed, else drawn.

    Parameters
    ----------
    cache
        Where they are kept, open. The takes stay on disk until it is closed.
    jobs
        How many are drawn at once; default: one a core.
    voice
        Who speaks: a name of ``scenes.narration.voices.registry.VOICES``, or ``None`` for the best that is installed.
    scenes
        Only these.
    on_event
        Is given each event, as it happens.
    verbose
        Give manim's own log lines as events, too.

    Raises
    ------
    ScenesFailed
        Some scenes failed. All others were drawn and kept before this is raised.
    DiskError
        There is no room for the takes.
    VoiceError
        There is no such voice, or it is not installed.
    """
    refs = tuple(part.scenes if scenes is None else scenes)
    plan = _Plan(refs, settings, voice_name(voice), cache)
    plan.find_takes(on_event)
    if plan.todo:
        require_room(plan.bytes, cache.folder, ADVICE)
    with _Pool(plan, verbose, on_event) as pool:
        failures = pool.render(jobs or available_cores())
    if failures:
        raise ScenesFailed(sorted(failures, key=lambda failure: refs.index(failure.ref)), len(refs))
    return [plan.takes[ref] for ref in refs]


class _Plan:
    """Which takes are there, and which scenes are to be drawn."""

    def __init__(self, refs: tuple[SceneRef, ...], settings: RenderSettings, voice: str, cache: TakeCache) -> None:
        self.refs, self.settings, self.voice, self.cache = refs, settings, voice, cache
        self.takes: dict[SceneRef, Take] = {}
        self.keys: dict[SceneRef, TakeKey] = {}
        self.todo: list[SceneRef] = []
        #: About how many the takes to draw will have, as far as is known.
        self.bytes = 0

    def find_takes(self, on_event: Callable[[Event], object]) -> None:
        """Fetch what is fresh; the rest is to do, the longest first."""
        sources = Sources()
        costs: dict[SceneRef, float] = {}
        largest = 0
        for ref in self.refs:
            self.keys[ref] = take_key(ref, self.settings, self.voice, sources)
            take, why = self.cache.find(ref, self.keys[ref])
            known = self.cache.history(ref, self.settings)
            costs[ref], length = (known.cost, known.length) if known else _guess(ref, sources)
            if take is not None:
                self.takes[ref] = take
            elif known is not None:
                self.bytes += known.bytes
                largest = max(largest, known.bytes)
            on_event(Planned(ref, why, costs[ref], take.cues.length if take else length))
        self.bytes += largest  # while one is drawn, its pieces lie beside the whole
        self.todo = sorted((ref for ref in self.refs if ref not in self.takes), key=lambda ref: -costs[ref])

    def unchanged(self, ref: SceneRef) -> bool:
        """Whether nobody changed the scene while it was drawn."""
        return take_key(ref, self.settings, self.voice) == self.keys[ref]


@dataclass
class _Rendering:
    """A scene that is being rendered. See `scenes.production.takes.worker.run_job`."""

    ref: SceneRef
    process: ForkServerProcess
    pipe: Connection[Any, Any]
    log: Path
    began: float
    last: tuple[Any, ...] = ()

    def end(self) -> None:
        """End its process, and whatever that started, at once."""
        pid = self.process.pid
        if pid is not None and self.process.exitcode is None:  # else its number may be somebody else's by now
            with suppress(OSError):
                if os.getpgid(pid) == pid:
                    os.killpg(pid, signal.SIGKILL)
            self.process.kill()
        self.process.join()
        self.pipe.close()


class _Pool:
    """The processes that draw. None of them outlives the ``with``."""

    def __init__(self, plan: _Plan, verbose: bool, on_event: Callable[[Event], object]) -> None:
        self.plan, self.verbose, self.on_event = plan, verbose, on_event
        self.running: list[_Rendering] = []
        self.failures: list[Failed] = []

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        with _uninterrupted():
            for rendering in self.running:
                rendering.end()
            self.running.clear()

    def render(self, jobs: int) -> list[Failed]:
        """Render what is to do, ``jobs`` at once; returns what failed."""
        todo = list(self.plan.todo)
        while todo or self.running:
            while todo and len(self.running) < jobs:
                self._start(todo.pop(0), process_context())
            sentinels = {rendering.process.sentinel for rendering in self.running}
            ready = wait([*(rendering.pipe for rendering in self.running), *sentinels])
            for rendering in list(self.running):
                gone = rendering.process.sentinel in ready
                self._receive(rendering)
                if gone:
                    self._finish(rendering)
                    with _uninterrupted():
                        self.running.remove(rendering)
                        rendering.end()
        return self.failures

    def _start(self, ref: SceneRef, context: ForkServerContext) -> None:
        plan = self.plan
        folder = plan.cache.work / f"{plan.refs.index(ref)}-{ref.slug}"
        log = folder.with_suffix(".log")
        job = Job(ref, plan.settings, plan.voice, plan.cache.folder, folder, log, dict(os.environ), self.verbose)
        with _uninterrupted():  # no process is lost count of
            process, pipe = start(context, job)
            self.running.append(_Rendering(ref, process, pipe, log, time.monotonic()))
        self.on_event(Started(ref))

    def _receive(self, rendering: _Rendering) -> None:
        # One that is killed in the middle of a message leaves half of it.
        with suppress(EOFError, OSError):
            while rendering.pipe.poll():
                message = rendering.pipe.recv()
                if message[0] == "drew":
                    self.on_event(Progressed(rendering.ref, message[1]))
                elif message[0] == "logged":
                    self.on_event(Logged(rendering.ref, message[1]))
                else:
                    rendering.last = message

    def _finish(self, rendering: _Rendering) -> None:
        rendering.process.join(timeout=5)  # its end of things closes a moment before it is gone
        code = rendering.process.exitcode
        what, *rest = rendering.last or ("died",)
        if what == "done" and code in (0, _SERVER_GONE):
            self._keep(rendering, *rest)
        elif what == "failed":
            self._failed(rendering, rest[0])
        else:
            self._failed(rendering, _death(code))

    def _keep(self, rendering: _Rendering, take: Take) -> None:
        plan, took, ref = self.plan, time.monotonic() - rendering.began, rendering.ref
        try:
            sure = plan.unchanged(ref)
            plan.takes[ref] = plan.cache.store(ref, plan.keys[ref], take, took, sure=sure)
        except DescentError as error:
            self._failed(rendering, str(error))
            return
        except OSError as error:
            line = disk_error_message(error, plan.cache.folder, ADVICE)
            self._failed(rendering, line or f"{type(error).__name__}: {error}")
            return
        if not sure:
            self.on_event(Logged(ref, "changed while it was drawn: it will be drawn again next time"))
        self.on_event(Finished(ref, took))

    def _failed(self, rendering: _Rendering, reason: str) -> None:
        failure = Failed(rendering.ref, reason, self.plan.cache.keep_log(rendering.ref, rendering.log))
        self.failures.append(failure)
        self.on_event(failure)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Holds back Ctrl-C and the like until the block is done."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _guess(ref: SceneRef, sources: Sources) -> tuple[float, float | None]:
    """For a scene that was never drawn: about what it costs and, if it says anything, how long it is."""
    source = sources.source(ref.module)
    if source is None:
        return 0.0, None
    if source.words:
        length = source.words * 60 / PACE * _BESIDE_THE_WORDS
        return length, length
    return len(source.content) / _BYTES_A_SECOND, None


def _death(code: int | None) -> str:
    """Why a process ended that sent no last message, by its exit code."""
    if code == _SERVER_GONE:
        return "Its process ended with the server that it was forked from, which was killed (out of memory?)."
    if code is not None and code < 0:
        name = signal.Signals(-code).name
        hint = " (out of memory?)" if -code == signal.SIGKILL else ""
        return f"Its process was ended by {name}{hint}."
    return f"Its process ended by itself, with exit code {code}, before the scene was done."
