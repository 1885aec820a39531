"""All takes of a film: those that are fresh are fetched, the others drawn, each in a process of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from descent_core.errors import DescentError
from scenes.film.cues import PACE
from scenes.film.events import Began, Drew, Event, Failed, Finished, Planned, Said
from scenes.film.faults import room_for, said
from scenes.film.quality import Quality
from scenes.film.sources import Sources
from scenes.film.take import Take
from scenes.film.take_cache import MEND, TakeCache
from scenes.film.take_key import TakeKey, take_key, voice_name
from scenes.film.worker import Job, serve, work
from scenes.series import Part, SceneRef

#: A scene that was never drawn lasts as long as its words, and a little more for what is played without any.
_BESIDE_THE_WORDS = 1.1
#: One without words takes about a second to draw for so many bytes of its source.
_BYTES_A_SECOND = 100
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
            f"{one.ref.slug!r} could not be rendered. {one.reason}" + (f"\n    Log: {one.log}" if one.log else "")
            for one in failures
        ]
        kept = "the others are kept, and not drawn again" if len(failures) < count else "no film was made"
        super().__init__(f"{len(failures)} of {count} scenes failed; {kept}.\n  " + "\n  ".join(lines))


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def render_all(
    part: Part,
    quality: Quality,
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
        Who speaks: a name of ``scenes.film.voice.VOICES``, or ``None`` for the best that is installed.
    scenes
        Only these.
    on_event
        Is told what happens, as it happens.
    verbose
        Tell manim's own log lines, too.

    Raises
    ------
    ScenesFailed
        Some scenes failed. All others were drawn and kept before this is raised.
    DiskFault
        There is no room for the takes.
    """
    refs = tuple(part.scenes if scenes is None else scenes)
    plan = _Plan(refs, quality, voice_name(voice), cache)
    plan.look(on_event)
    if plan.todo:
        room_for(plan.bytes, cache.folder, MEND)
    with _Crew(plan, verbose, on_event) as crew:
        failures = crew.draw(jobs or cores())
    if failures:
        raise ScenesFailed(sorted(failures, key=lambda one: refs.index(one.ref)), len(refs))
    return [plan.takes[ref] for ref in refs]


class _Plan:
    """What is there and what is to do."""

    def __init__(self, refs: tuple[SceneRef, ...], quality: Quality, voice: str, cache: TakeCache) -> None:
        self.refs, self.quality, self.voice, self.cache = refs, quality, voice, cache
        self.takes: dict[SceneRef, Take] = {}
        self.keys: dict[SceneRef, TakeKey] = {}
        self.todo: list[SceneRef] = []
        #: About how many the takes to draw will have, as far as is known.
        self.bytes = 0

    def look(self, on_event: Callable[[Event], object]) -> None:
        """Fetch what is fresh; the rest is to do, the longest first."""
        sources = Sources()
        costs: dict[SceneRef, float] = {}
        largest = 0
        for ref in self.refs:
            self.keys[ref] = take_key(ref, self.quality, self.voice, sources)
            take, why = self.cache.find(ref, self.keys[ref])
            known = self.cache.known(ref, self.quality)
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
        return take_key(ref, self.quality, self.voice) == self.keys[ref]


@dataclass
class _Hand:
    """A worker, and the scene that it draws now. See `scenes.film.worker.serve`."""

    process: SpawnProcess
    pipe: Connection[Any, Any]
    ref: SceneRef
    folder: Path
    log: Path
    began: float = 0.0
    last: tuple[Any, ...] = ()
    over: bool = False

    def end(self) -> None:
        """End it, and whatever it started, at once."""
        pid = self.process.pid
        if pid is not None and self.process.exitcode is None:  # else its number may be somebody else's by now
            with suppress(OSError):
                if os.getpgid(pid) == pid:
                    os.killpg(pid, signal.SIGKILL)
            self.process.kill()
        self.process.join()
        self.pipe.close()


class _Crew:
    """The workers. None of them outlives the ``with``."""

    def __init__(self, plan: _Plan, verbose: bool, on_event: Callable[[Event], object]) -> None:
        self.plan, self.verbose, self.on_event = plan, verbose, on_event
        self.hands: list[_Hand] = []
        self.failures: list[Failed] = []
        # Spawned, not forked: torch and Cairo don't survive a fork with threads, and here there are some.
        self.context = multiprocessing.get_context("spawn")

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, *_: object) -> None:
        with _undisturbed():
            for hand in self.hands:
                hand.end()
            self.hands.clear()

    def draw(self, jobs: int) -> list[Failed]:
        """Draw what is to do, ``jobs`` at once; returns what failed."""
        todo = list(self.plan.todo)
        while todo or self.hands:
            while todo and len(self.hands) < jobs:
                self._give(self._hire(todo[0]), todo.pop(0))
            ready = wait([*(hand.pipe for hand in self.hands), *(hand.process.sentinel for hand in self.hands)])
            for hand in list(self.hands):
                gone = hand.process.sentinel in ready
                self._listen(hand)
                if gone or hand.over:
                    self._finish(hand)
                    if hand.over and todo:
                        self._give(hand, todo.pop(0))
                    else:
                        self._dismiss(hand)
        return self.failures

    def _hire(self, ref: SceneRef) -> _Hand:
        """A new worker, whose first scene is going to be ``ref``."""
        folder, log = self._place(ref)
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=serve, args=(work, theirs, log), daemon=True)
        with _undisturbed():  # it is born deaf to Ctrl-C, which it inherits; and no hand is lost count of
            process.start()
            hand = _Hand(process, ours, ref, folder, log)
            self.hands.append(hand)
        theirs.close()
        return hand

    def _give(self, hand: _Hand, ref: SceneRef) -> None:
        """Have a worker draw ``ref``."""
        hand.ref, (hand.folder, hand.log) = ref, self._place(ref)
        hand.began, hand.last, hand.over = time.monotonic(), (), False
        plan = self.plan
        with suppress(OSError):  # to one that is gone; its sentinel tells
            hand.pipe.send(Job(ref, plan.quality, plan.voice, plan.cache.folder, hand.folder, hand.log, self.verbose))
        self.on_event(Began(ref))

    def _place(self, ref: SceneRef) -> tuple[Path, Path]:
        """The folder and the log of a scene."""
        folder = self.plan.cache.work / f"{self.plan.refs.index(ref)}-{ref.slug}"
        return folder, folder.with_suffix(".log")

    def _dismiss(self, hand: _Hand) -> None:
        with _undisturbed():
            self.hands.remove(hand)
            hand.end()

    def _listen(self, hand: _Hand) -> None:
        # One that is killed in the middle of a word leaves half of it.
        with suppress(EOFError, OSError):
            while hand.pipe.poll():
                message = hand.pipe.recv()
                if message[0] == "drew":
                    self.on_event(Drew(hand.ref, message[1]))
                elif message[0] == "said":
                    self.on_event(Said(hand.ref, message[1]))
                elif message[0] == "over":
                    hand.over = True
                else:
                    hand.last = message

    def _finish(self, hand: _Hand) -> None:
        if not hand.over:
            hand.process.join(timeout=5)  # its end of things closes a moment before it is gone
        code = 0 if hand.over else hand.process.exitcode
        what, *rest = hand.last or ("died",)
        if what == "done" and code == 0:
            self._keep(hand, *rest)
        elif what == "failed":
            self._failed(hand, rest[0])
        else:
            self._failed(hand, _death(code))

    def _keep(self, hand: _Hand, made: Take) -> None:
        plan, took = self.plan, time.monotonic() - hand.began
        try:
            sure = plan.unchanged(hand.ref)
            plan.takes[hand.ref] = plan.cache.place(hand.ref, plan.keys[hand.ref], made, took, sure=sure)
        except DescentError as error:
            self._failed(hand, str(error))
            return
        except OSError as error:
            self._failed(hand, said(error, plan.cache.folder, MEND) or f"{type(error).__name__}: {error}")
            return
        if not sure:
            self.on_event(Said(hand.ref, "changed while it was drawn: it will be drawn again next time"))
        self.on_event(Finished(hand.ref, took))

    def _failed(self, hand: _Hand, reason: str) -> None:
        failure = Failed(hand.ref, reason, self.plan.cache.keep_log(hand.ref, hand.log))
        self.failures.append(failure)
        self.on_event(failure)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Holds back Ctrl-C and the like until the block is done."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _guess(ref: SceneRef, sources: Sources) -> tuple[float, float | None]:
    """For a scene that was never drawn: about what it costs and, if it says anything, how long it is."""
    source = sources.source(ref.full_module)
    if source is None:
        return 0.0, None
    if source.words:
        length = source.words * 60 / PACE * _BESIDE_THE_WORDS
        return length, length
    return len(source.content) / _BYTES_A_SECOND, None


def _death(code: int | None) -> str:
    """What the exit code of a process that said nothing means."""
    if code is not None and code < 0:
        name = signal.Signals(-code).name
        hint = " (out of memory?)" if -code == signal.SIGKILL else ""
        return f"Its process was ended by {name}{hint}."
    return f"Its process ended by itself, with exit code {code}, before the scene was done."
