"""What a process is asked to draw, and what it tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from scenes.production.format import RenderSettings
from scenes.production.trouble import Trouble
from scenes.watch.asked import Asked


@dataclass(frozen=True)
class Task:
    """Pictures of one scene, or one beat of it as a film.

    Attributes
    ----------
    asked, scene
        What is watched, and the scene of it, by its slug; None for the one that was asked for.
    settings
        Of the pictures, or of the film.
    voice
        Whose timing: a name of ``scenes.narration.voices.registry.VOICES``; nobody speaks.
    folder
        Where pictures and films go.
    first
        The beat whose picture comes first.
    film
        The beat to be filmed; then no pictures are drawn.
    checks
        Whether the scene is checked once its pictures are drawn.
    recordings
        Of a loss, the folder of what was found.
    """

    asked: Asked
    scene: str | None
    settings: RenderSettings
    voice: str | None
    folder: Path
    first: str | None = None
    film: str | None = None
    checks: bool = True
    recordings: Path | None = None


@dataclass(frozen=True)
class Standing:
    """What a process is given that waits for a `Task`.

    Attributes
    ----------
    tasks
        Where the task will come from.
    environment
        Environment variables, which may have changed since the server was started.
    log
        The file that takes whatever is printed.
    modules, landscapes
        What it loads meanwhile: by their names, and by their labels in the library.
    theme
        The theme in which the ground is baked.
    """

    tasks: Connection[Any, Any]
    environment: Mapping[str, str]
    log: Path
    modules: tuple[str, ...]
    landscapes: tuple[str, ...]
    theme: str


@dataclass(frozen=True)
class Scenes:
    """The scenes that there are: the title of all, slug and title of each, and the slug of the one that is drawn."""

    title: str
    scenes: tuple[tuple[str, str], ...]
    drawn: str


@dataclass(frozen=True)
class Picture:
    """A beat's picture: when the beat begins, the file's name, when it is shown, and the lines that the beat says."""

    beat: str
    start: float
    file: str
    time: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Beats:
    """All beats of the scene, in order, each with when it begins."""

    beats: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Mark:
    """A fault that the check found.

    Attributes
    ----------
    beat
        The beat in which it was found first.
    rule, words, found, time
        As of a `scenes.check.fault.Fault`.
    box
        Where in the frame: left, top, right and bottom, as fractions of it; None if it is of no place.
    """

    beat: str
    rule: str
    words: str
    found: str
    time: float
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Marks:
    """All that the check found."""

    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Film:
    """A beat as a film: its file's name."""

    beat: str
    file: str


@dataclass(frozen=True)
class Loaded:
    """What the scene is made of: files by the names of modules, which of these it shares, labels of landscapes."""

    files: Mapping[str, str]
    shared: tuple[str, ...]
    landscapes: tuple[str, ...]


@dataclass(frozen=True)
class Done:
    """All is told."""


#: What a process tells, one after another; `Done` or `Trouble` comes last.
Told = Scenes | Picture | Beats | Marks | Film | Loaded | Trouble | Done
