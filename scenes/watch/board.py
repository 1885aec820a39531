"""What the page shows now: the watching program changes it, and the server sends it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from scenes.production.trouble import Trouble
from scenes.watch.task import Mark


@dataclass
class Beat:
    """A beat on the page.

    Attributes
    ----------
    name, start
        What it is called, and when it begins, in seconds.
    picture, time
        The file of its last picture, and when that is shown.
    film
        The file of its film, if it was filmed.
    lines
        What it says.
    marks
        What the check found in it.
    fresh
        Whether all this is of the scene as it was saved last.
    """

    name: str
    start: float = 0.0
    picture: str | None = None
    time: float = 0.0
    film: str | None = None
    lines: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    fresh: bool = False


@dataclass
class View:
    """What the page shows.

    Attributes
    ----------
    title
        Of all that is watched.
    scenes
        Slug and title of each scene.
    scene, beat
        The scene and the beat that are looked at.
    beats
        Those of the scene, in order.
    trouble
        Why the last picture is not of what was saved last.
    busy
        What is being done: ``drawing``, ``checking``, ``filming`` or nothing.
    seconds
        From the save to the picture of the beat that is looked at.
    checked
        Whether the scene was checked as it was saved last.
    """

    title: str = ""
    scenes: tuple[tuple[str, str], ...] = ()
    scene: str | None = None
    beat: str | None = None
    beats: list[Beat] = field(default_factory=list)
    trouble: Trouble | None = None
    busy: str = ""
    seconds: float | None = None
    checked: bool = False

    def named(self, name: str) -> Beat | None:
        """The beat of that name."""
        return next((beat for beat in self.beats if beat.name == name), None)


class Board:
    """Holds a `View`, and lets others wait until it changes."""

    def __init__(self) -> None:
        self._view, self._version = View(), 0
        self._changed = threading.Condition()
        self._text = self._written()

    def change(self, how: Callable[[View], object]) -> None:
        """Change the view, and tell those who wait if it is another."""
        with self._changed:
            how(self._view)
            text = self._written()
            if text != self._text:
                self._text, self._version = text, self._version + 1
                self._changed.notify_all()

    def see(self, what: Callable[[View], Any]) -> Any:
        """Something of the view."""
        with self._changed:
            return what(self._view)

    def after(self, version: int, seconds: float) -> tuple[int, str]:
        """The next version after one, as JSON; the same one after so many seconds in which nothing changed."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != version, seconds)
            return self._version, self._text

    def _written(self) -> str:
        return json.dumps(asdict(self._view), ensure_ascii=False)
