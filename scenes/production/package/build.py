"""The package: a folder with a film and all that belongs to it, made from its takes."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from descent_core.recordings.archive import write_atomically
from scenes.bench.assembly import assemble
from scenes.bench.source import BenchSource
from scenes.narration.captions import captions, to_srt, to_vtt
from scenes.narration.chapters import Chapter, chapters, for_video_site
from scenes.narration.cues import CueSheet
from scenes.narration.speech import Voice
from scenes.narration.transcript import transcript
from scenes.part import Part
from scenes.production.format import RenderSettings
from scenes.production.frames.stills import still_jpeg, teaser_gif
from scenes.production.package.join import join_takes
from scenes.production.package.manifest import digest, manifest
from scenes.production.sound.bed import bed
from scenes.production.sound.loudness import Samples
from scenes.production.sound.mix import RATE, mix, with_sounds
from scenes.production.sound.take_sound import spoken_lines
from scenes.production.takes.sources import Sources
from scenes.production.takes.take import Take
from scenes.production.web.film_page import FilmPage, film_page_html
from scenes.production.web.front_page import FrontCard, front_page_html
from scenes.production.web.templates import ASSETS
from scenes.series import SERIES
from scenes.theme import using_theme

FILM, MANIFEST = "film.mp4", "manifest.json"


@dataclass(frozen=True)
class Package:
    """A finished film: its folder, and what it says and when."""

    folder: Path
    cues: CueSheet
    chapters: tuple[Chapter, ...]

    @property
    def film(self) -> Path:
        """The mp4."""
        return self.folder / FILM


def build_package(
    part: Part,
    takes: Sequence[Take],
    out: Path,
    *,
    settings: RenderSettings,
    voice: Voice,
    music: Path | None = None,
    sounds: bool = False,
    bench: BenchSource | None = None,
    before: Callable[[], object] = lambda: None,
) -> Package:
    """Make the folder of a film in ``out``, from its takes in order.

    Everything is made in a hidden folder beside it first; then each file takes its place in one
    move, so that none is ever half of one. What else lies in the folder is left alone. Where the
    package is there already, whole and made from the same, nothing is done.

    Parameters
    ----------
    voice
        Who spoke in the takes. With music the lines are asked for again, which a cache answers.
    music
        A file to lie under the speech.
    sounds
        Whether the sounds of the scenes are heard under it, too.
    bench
        What the viewer can try below the film, if anything.
    before
        Called if there is something to make, before it is begun; it may raise.

    Raises
    ------
    SoundError
        The music cannot be read.
    """
    final = out / part.filename
    made_from = _made_from(part, takes, voice, music, sounds, settings, bench)
    cues = CueSheet.concatenated(take.cues for take in takes)
    marks = chapters([(take.ref.title, take.cues) for take in takes])
    done = Package(final, cues, tuple(marks))
    if is_current(final, made_from):
        return done
    before()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=f".{part.filename}.") as draft_name:
        draft = Path(draft_name)
        heard = music is not None or (bool(cues.cues) and all(take.sound.exists() for take in takes))
        with ThreadPoolExecutor(1) as aside:
            taken = aside.submit(_take_pictures, part, takes, draft)
            join_takes(
                [take.path for take in takes],
                draft / FILM,
                part.heading,
                sound=_sound(takes, cues, voice, music, sounds) if heard else None,
                captions=captions(cues),
                chapters=marks,
            )
            stills = taken.result()
        (draft / "film.srt").write_text(to_srt(cues), "utf-8")
        (draft / "film.vtt").write_text(to_vtt(cues), "utf-8")
        (draft / "chapters.txt").write_text(for_video_site(marks, cues.length), "utf-8")
        (draft / "transcript.md").write_text(transcript(part.title, marks, cues, stills), "utf-8")
        described = FilmPage(
            title=part.title,
            cues=cues,
            chapters=marks,
            about=part.about,
            number=part.number or None,
            stills=stills,
            front="../index.html" if part.number else None,
            sound=heard,
        )
        with using_theme(settings.theme):
            if bench is not None:
                described = replace(described, bench=assemble(bench))
            (draft / "index.html").write_text(film_page_html(described), "utf-8")
        shown = None if bench is None else bench.hashes
        text = manifest(
            part, takes, marks, cues, settings, voice.settings(), draft, made_from, sounds=sounds, bench=shown
        )
        (draft / MANIFEST).write_text(text, "utf-8")
        _publish(draft, final)
    return done


def _sound(
    takes: Sequence[Take], cues: CueSheet, voice: Voice, music: Path | None, sounds: bool
) -> Samples | list[Path]:
    """What is heard: as the takes have it, but mixed anew where music lies under all of it."""
    if music is None:
        return [_heard(take, sounds) for take in takes]
    whole = mix(spoken_lines(cues, voice), cues.length, music)
    return with_sounds(whole, _sounds(takes, len(whole))) if sounds else whole


def _heard(take: Take, sounds: bool) -> Path:
    return take.full_sound if sounds and take.full_sound.exists() else take.sound


def _sounds(takes: Sequence[Take], count: int) -> Samples:
    """The sounds of all scenes, one after another, without what is said."""
    floor = np.zeros((count, 2), np.float32)
    start = 0.0
    for take in takes:
        if take.sounds is not None:
            at = round(start * RATE)
            made = bed(take.sounds, RATE).samples[: count - at]
            floor[at : at + len(made)] = made
        start += take.cues.length
    return floor


def is_current(folder: Path, made_from: str) -> bool:
    """Whether a package is there, made from just this, and every file of it is as it was."""
    try:
        found = _manifest(folder)
        return bool(found["made from"] == made_from) and all(
            digest(folder / name) == content for name, content in found["files"].items()
        )
    except (OSError, KeyError):
        return False


def _manifest(folder: Path) -> dict[str, Any]:
    """The manifest in a folder; nothing where there is none that can be read."""
    try:
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(found, dict) and isinstance(found.get("files"), dict) and "seconds" in found
    return found if whole else {}


def _named_in(folder: Path) -> set[str]:
    """The files that the package in a folder has, of all that lies there."""
    inside = folder.resolve()
    names = _manifest(folder).get("files", {})
    return {name for name in names if inside in (folder / name).resolve().parents}


def _made_from(
    part: Part,
    takes: Sequence[Take],
    voice: Voice,
    music: Path | None,
    sounds: bool,
    settings: RenderSettings,
    bench: BenchSource | None,
) -> str:
    """SHA-256 of all that a package is made from: takes, voice, music, sounds, and the code that makes it."""
    assets = sorted(path for path in ASSETS.iterdir() if path.is_file())
    inputs = {
        "part": repr(part),
        "takes": [
            [repr(take.cues), take.made_from]
            + [digest(path) for path in (take.path, _heard(take, sounds)) if path.exists()]
            for take in takes
        ],
        "voice": voice.settings(),
        "music": [digest(music), repr([take.sounds for take in takes if sounds])] if music else None,
        "code": {name: source.sha256 for name, source in Sources().reached(__name__).items()},
        "assets": [digest(path) for path in assets],
        "theme": settings.theme,
        "bench": [] if bench is None else [dict(bench.hashes), *_bench_code(part)],
    }
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()


def _bench_code(part: Part) -> list[str]:
    """The hashes of the files that know what the bench of a part is made of."""
    assert part.bench is not None
    return [source.sha256 for _, source in sorted(Sources().reached(part.bench).items())]


def front_page(out: Path) -> Path:
    """Write the page of all films in ``out``, made and not made yet, and return it."""
    cards = []
    for part in SERIES:
        found = _manifest(out / part.filename)
        made = bool(found)
        cards.append(
            FrontCard(
                number=part.number,
                title=part.title,
                about=part.about or part.picture,
                length=found["seconds"] if made else None,
                page=f"{part.filename}/index.html" if made else None,
                poster=f"{part.filename}/poster.jpg" if made else None,
            )
        )
    return write_atomically(out / "index.html", front_page_html(cards).encode())


def _take_pictures(part: Part, takes: Sequence[Take], draft: Path) -> list[str]:
    """Poster, teaser, and a still for each chapter; returns the paths of those."""
    by_slug = {take.ref.slug: take for take in takes}
    slug, beat = part.poster or (takes[0].ref.slug, None)
    (draft / "poster.jpg").write_bytes(still_jpeg(by_slug[slug].path, by_slug[slug].cues, beat, width=None))
    slug, beat = part.teaser or (slug, beat)
    (draft / "teaser.gif").write_bytes(teaser_gif(by_slug[slug].path, by_slug[slug].cues, beat))
    (draft / "stills").mkdir()
    stills = [f"stills/{index}-{take.ref.slug}.jpg" for index, take in enumerate(takes, 1)]
    for take, still in zip(takes, stills, strict=True):
        shutil.copyfile(take.still, draft / still)
    return stills


def _publish(draft: Path, final: Path) -> None:
    """Move every file into the film's folder; the manifest last, as it names the others."""
    before = _named_in(final)
    files = sorted((path for path in draft.rglob("*") if path.is_file()), key=lambda path: path.name == MANIFEST)
    for path in files:
        target = final / path.relative_to(draft)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    # What the package had before and has no more, such as the still of a scene that is called otherwise by now.
    for name in before - {path.relative_to(draft).as_posix() for path in files}:
        (final / name).unlink(missing_ok=True)
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()  # what made it will remove it
