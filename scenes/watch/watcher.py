"""The watching program: it sees what is saved, has it drawn, and keeps what the page shows."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import scenes
from descent_core.suggestions import known
from scenes.production.format import FORMATS, RenderSettings
from scenes.production.trouble import Trouble
from scenes.watch.asked import Asked
from scenes.watch.board import Beat, Board, View
from scenes.watch.changes import Changes, edited_beat
from scenes.watch.standby import LAST, Standby
from scenes.watch.task import Beats, Film, Loaded, Marks, Picture, Scenes, Task, Told

#: Seconds between two looks at the files.
_LOOK = 0.1
#: What a film for looking at is drawn in.
_DRAFT = FORMATS["draft"]


@dataclass(frozen=True)
class Options:
    """How it is watched.

    Attributes
    ----------
    settings
        Of the pictures.
    voice
        Whose timing: a name of ``scenes.narration.voices.registry.VOICES``; None is the best that is installed.
    beat
        The beat to begin with.
    checks
        Whether scenes are checked.
    """

    settings: RenderSettings
    voice: str | None = None
    beat: str | None = None
    checks: bool = True


class Watcher:
    """Watches scenes until it is stopped.

    Parameters
    ----------
    asked
        What is watched.
    options
        How.
    folder
        Where pictures and films go, and what the processes print.
    """

    def __init__(self, asked: Asked, options: Options, folder: Path) -> None:
        self.board = Board()
        self._asked, self._options, self._folder = asked, options, folder
        self._wishes: SimpleQueue[tuple[str, str]] = SimpleQueue()
        package = Path(scenes.__file__).parent
        own = asked.file
        self._changes = Changes({package, package.parent / "descent_core", *([own.parent] if own else [])})
        #: The files that the scene that is looked at is made of, and what the process that waits has loaded of them.
        self._loaded = Loaded({}, (), ())
        self._waiting: Standby | None = None
        self._drawing: Standby | None = None
        self._filming: Standby | None = None
        self._recordings = 0
        self._saved = time.monotonic()
        self._wanted = options.beat

    def wish(self, what: str, name: str) -> None:
        """What a viewer asks for; from any thread."""
        self._wishes.put((what, name))

    def run(self, until: Callable[[], bool] = lambda: False) -> None:
        """Watch until ``until`` says so, or Ctrl-C."""
        try:
            self._draw()
            while not until():
                self._step()
        finally:
            self.close()

    def close(self) -> None:
        """End all processes."""
        for standby in (self._waiting, self._drawing, self._filming):
            if standby is not None:
                standby.kill()
        self._waiting = self._drawing = self._filming = None

    def _step(self) -> None:
        """Look at what has happened, once."""
        working = [standby for standby in (self._drawing, self._filming) if standby is not None]
        wait([standby.pipe for standby in working], _LOOK) if working else time.sleep(_LOOK)
        for standby in working:
            for told in standby.told():
                self._hear(standby, told)
                if isinstance(told, LAST):
                    break
        self._grant()
        changed = self._changes.found()
        if changed:
            self._see(changed)

    # What is saved.

    def _see(self, changed: dict[Path, str]) -> None:
        """Files have changed: draw what they concern."""
        names = {str(path) for path in changed}
        if self._waiting is not None and self._is_loaded(names):
            self._waiting.kill()
            self._waiting = None
        if not self._concerns(changed):
            return
        self._saved = time.monotonic()
        if self._asked.request is not None and self._asked.file in changed:
            self._recordings += 1  # another loss: it is explored anew
        edited = [edited_beat(before, self._changes.text(path), self._beats) for path, before in changed.items()]
        for name in filter(None, edited[:1]):
            self._look_at_beat(name)
        self._draw()

    def _is_loaded(self, names: set[str]) -> bool:
        """Whether the process that waits may have loaded one of these files."""
        own = {file for module, file in self._loaded.files.items() if module not in self._loaded.shared}
        return not names <= own

    def _concerns(self, changed: dict[Path, str]) -> bool:
        """Whether the scene is made of one of these files, as far as it is known; a new file may be anything's."""
        if not self._loaded.files or self.board.see(lambda view: view.trouble) is not None:
            return True
        made_of = {Path(file).resolve() for file in self._loaded.files.values()}
        if self._asked.file is not None:
            made_of.add(self._asked.file.resolve())
        return any(path.resolve() in made_of for path in changed)

    # What is drawn.

    def _standby(self) -> Standby:
        return Standby(self._folder / "drawing.log", self._loaded, self._options.settings.theme)

    def _take(self) -> Standby:
        """The process that waits, or a new one."""
        taken, self._waiting = self._waiting or self._standby(), None
        return taken

    def _task(self, **others: Any) -> Task:
        scene = self.board.see(lambda view: view.scene)
        recordings = self._folder / f"recordings-{self._recordings}"
        asked = self._asked
        return Task(
            asked,
            scene,
            self._options.settings,
            self._options.voice,
            self._folder,
            checks=self._options.checks,
            recordings=recordings if asked.request is not None else None,
            **others,
        )

    def _draw(self) -> None:
        """Have the scene drawn as it is now; what was being drawn is of no more use."""
        if self._drawing is not None:
            self._drawing.kill()

        def begin(view: View) -> None:
            view.busy, view.checked = "drawing", False
            for beat in view.beats:
                beat.fresh = False

        self.board.change(begin)
        self._drawing = self._take()
        self._drawing.give(self._task(first=self._wanted or self.board.see(lambda view: view.beat)))

    def _grant(self) -> None:
        """Do what viewers have asked for."""
        while True:
            try:
                what, name = self._wishes.get_nowait()
            except Empty:
                return
            if what == "scene" and name in dict(self.board.see(lambda view: view.scenes)):
                self._look_at_scene(name)
            elif what in ("beat", "film") and name in self._beats:
                self._look_at_beat(name)
                if what == "film":
                    self._film(name)

    @property
    def _beats(self) -> list[str]:
        """The names of the beats on the page."""
        return [str(name) for name in self.board.see(lambda view: [beat.name for beat in view.beats])]

    def _look_at_beat(self, name: str) -> None:
        self.board.change(lambda view: setattr(view, "beat", name))

    def _look_at_scene(self, slug: str) -> None:
        if slug == self.board.see(lambda view: view.scene):
            return

        def turn(view: View) -> None:
            view.scene, view.beat, view.beats, view.trouble, view.seconds = slug, None, [], None, None

        self.board.change(turn)
        self._loaded, self._wanted = replace(self._loaded, files={}), None
        self._saved = time.monotonic()
        self._draw()

    def _film(self, name: str) -> None:
        """Have a beat filmed, if it was not as it is now."""
        beat = self.board.see(lambda view: view.named(name))
        if beat.film is not None and beat.fresh:
            return
        if self._filming is not None:
            self._filming.kill()
        size = replace(self._options.settings, format=_DRAFT)
        self._filming = self._take()
        self._filming.give(replace(self._task(film=name), settings=size))

    # What is told.

    def _hear(self, standby: Standby, told: Told) -> None:
        def note(view: View) -> None:
            if isinstance(told, Scenes):
                view.title, view.scenes, view.scene = told.title, told.scenes, told.drawn
            elif isinstance(told, Picture):
                self._show(view, told)
            elif isinstance(told, Beats):
                self._order(view, told)
            elif isinstance(told, Loaded):
                # Not before: until it is known what the scene is made of, any file that is saved concerns it.
                view.busy = "checking" if self._options.checks else view.busy
            elif isinstance(told, Film):
                self._put_film(view, told)
            elif isinstance(told, Marks):
                _put_marks(view, told)
            elif isinstance(told, Trouble):
                view.trouble = told
            if isinstance(told, LAST) and standby is not self._filming:
                view.busy = ""

        if isinstance(told, Loaded):
            self._loaded = told
        self.board.change(note)
        if isinstance(told, LAST):
            standby.kill()
            self._drawing = None if standby is self._drawing else self._drawing
            self._filming = None if standby is self._filming else self._filming
        # While it goes on, or is over, the next one gets ready.
        if isinstance(told, Loaded | Trouble) and self._waiting is None:
            self._waiting = self._standby()

    def _show(self, view: View, told: Picture) -> None:
        beat = view.named(told.beat)
        if beat is None:
            beat = Beat(told.beat)
            view.beats.append(beat)
        self._forget(beat.picture)
        beat.start, beat.picture, beat.time, beat.lines = told.start, told.file, told.time, told.lines
        beat.fresh = True
        self._forget(beat.film)
        beat.film = None
        if view.beat is None or (self._wanted == told.beat):
            view.beat, self._wanted = told.beat, None
        if view.beat == told.beat:
            view.seconds = round(time.monotonic() - self._saved, 2)
        view.trouble = None

    def _order(self, view: View, told: Beats) -> None:
        """All beats are known now: those that are no more go, the others come in their order."""
        kept = []
        for name, start in told.beats:
            beat = view.named(name) or Beat(name)
            beat.start = start
            kept.append(beat)
        for beat in view.beats:
            if beat not in kept:
                self._forget(beat.picture)
                self._forget(beat.film)
        view.beats = kept
        if view.beat is None or view.named(view.beat) is None:
            view.beat = kept[0].name
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            known(wanted, [beat.name for beat in kept], "beat")

    def _put_film(self, view: View, told: Film) -> None:
        beat = view.named(told.beat)
        if beat is not None:
            self._forget(beat.film)
            beat.film = told.file

    def _forget(self, name: str | None) -> None:
        """Remove a file that the page no longer shows."""
        if name is not None:
            (self._folder / name).unlink(missing_ok=True)


def _put_marks(view: View, told: Marks) -> None:
    """Give each beat what was found in it."""
    view.checked = True
    for number, beat in enumerate(view.beats):
        # What befalls a scene before its first beat is shown there too.
        names = {beat.name, ""} if number == 0 else {beat.name}
        beat.marks = tuple(mark for mark in told.marks if mark.beat in names)
