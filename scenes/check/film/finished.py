"""A finished film as it is measured: its file, and what its manifest or its takes tell of what is in it, and when."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from descent_core import library
from descent_core.errors import DescentError
from scenes.narration.cues import Cue, Mark, mark_from
from scenes.part import Part
from scenes.production.format import FORMATS, RenderSettings
from scenes.production.package.build import FILM, MANIFEST
from scenes.production.package.join import join_takes
from scenes.production.takes.key import take_key
from scenes.production.takes.sources import Sources
from scenes.production.takes.take import Take


class FilmError(DescentError):
    """There is no film to measure, or an old one; the message says what to type."""


@dataclass(frozen=True)
class FilmedScene:
    """What a scene of a finished film says, shows and lets be heard, and when: all in seconds of the film.

    Attributes
    ----------
    slug
        Which it is.
    start, end
        Of the scene.
    lines, marks
        What is said, and the words that pictures are timed to.
    steps
        When a boot comes down; none where only words are heard.
    """

    slug: str
    start: float
    end: float
    lines: tuple[Cue, ...]
    marks: tuple[Mark, ...]
    steps: tuple[float, ...] = ()


@dataclass(frozen=True)
class FinishedFilm:
    """A film that is there: its title, its file, its scenes, and the name of the voice that speaks in it."""

    title: str
    path: Path
    scenes: tuple[FilmedScene, ...]
    voice: str


def finished_film(part: Part, films: Path) -> FinishedFilm:
    """The film of a part in the folder of films.

    Raises
    ------
    FilmError
        There is none, or something has changed since it was made.
    """
    folder = films / part.filename
    try:
        told = json.loads((folder / MANIFEST).read_text("utf-8"))
        settings = RenderSettings.from_json(told["settings"])
        voice = str(told["voice"]["voice"])
        scenes = tuple(_scene(scene) for scene in told["scenes"])
    except (OSError, ValueError, KeyError, TypeError):
        there = (folder / FILM).exists()
        what = "was made by an earlier version" if there else "is not there"
        raise FilmError(f"The film in {folder} {what}. Make it: descent film {part.slug} --out {films}") from None
    stale = list(_stale(part, settings, voice, told))
    if stale or not (folder / FILM).exists():
        why = f"older than what it is made of ({'; '.join(stale[:3])})" if stale else "not whole"
        raise FilmError(f"The film in {folder} is {why}. Make it anew: {_command(part, settings, voice, films)}")
    return FinishedFilm(part.title, folder / FILM, scenes, voice)


@contextmanager
def filmed(takes: Sequence[Take], voice: str) -> Iterator[FinishedFilm]:
    """A film of some takes alone, joined as a film's are; it is there in the block.

    Parameters
    ----------
    voice
        The name of the voice that speaks in them.
    """
    scenes, start = [], 0.0
    for take in takes:
        scenes.append(FilmedScene(take.ref.slug, start, start + take.cues.length, *_timed(take, start)))
        start += take.cues.length
    sounds = [take.full_sound if take.full_sound.exists() else take.sound for take in takes]
    with TemporaryDirectory(prefix="check-") as folder:
        path = Path(folder) / FILM
        heard = sounds if all(sound.exists() for sound in sounds) else None
        join_takes([take.path for take in takes], path, "", sound=heard)
        yield FinishedFilm(", ".join(take.ref.title for take in takes), path, tuple(scenes), voice)


def _timed(take: Take, start: float) -> tuple[tuple[Cue, ...], tuple[Mark, ...], tuple[float, ...]]:
    sheet = take.cues.shifted(start)
    heard = () if take.sounds is None else take.sounds.footfalls
    return sheet.cues, sheet.marks, tuple(start + footfall.time for footfall in heard)


def _scene(told: dict[str, Any]) -> FilmedScene:
    return FilmedScene(
        told["slug"],
        told["start"],
        told["start"] + told["seconds"],
        tuple(Cue(**line) for line in told["lines"]),
        tuple(mark_from(mark) for mark in told["marks"]),
        tuple(told["steps"]),
    )


def _stale(part: Part, settings: RenderSettings, voice: str, told: dict[str, Any]) -> Iterator[str]:
    """What of a film is no longer as it was when it was made, in words."""
    made = {scene["slug"]: scene["made from"] for scene in told["scenes"]}
    if list(made) != [ref.slug for ref in part.scenes]:
        yield "it has other scenes"
        return
    sources = Sources()
    changed = [ref.slug for ref in part.scenes if take_key(ref, settings, voice, sources).digest != made[ref.slug]]
    if changed:
        yield f"changed: {', '.join(changed)}"
    recordings = [name for name, kept in told["recordings"].items() if library.current_hash(name) != kept["sha256"]]
    if recordings:
        yield f"recorded anew: {', '.join(recordings[:3])}"


def _command(part: Part, settings: RenderSettings, voice: str, films: Path) -> str:
    """What makes the same film again."""
    quality = next((name for name, size in FORMATS.items() if size == settings.format), None)
    words = ["descent film", part.slug, *([] if quality is None else ["-q", quality]), "--voice", voice]
    words += ["--theme", settings.theme, *(["--captions", "open"] if settings.burn_captions else [])]
    return " ".join([*words, "--out", str(films)])
