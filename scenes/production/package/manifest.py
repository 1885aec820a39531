"""The manifest: what a film was made of, so that every picture can be traced to a run."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from descent_core import library
from scenes.narration.chapters import Chapter
from scenes.narration.cues import CueSheet
from scenes.part import Part
from scenes.production.format import RenderSettings
from scenes.production.takes.take import Take

_PACKAGES = ("torch", "manim", "numpy", "scipy", "av", "pillow", "fontpkg-inter", "fontpkg-ibm-plex-mono")


def manifest(
    part: Part,
    takes: Sequence[Take],
    chapters: Sequence[Chapter],
    cues: CueSheet,
    settings: RenderSettings,
    voice: Mapping[str, Any],
    folder: Path,
    made_from: str,
    *,
    sounds: bool = False,
    bench: Mapping[str, str] | None = None,
) -> str:
    """The manifest as JSON text.

    Parameters
    ----------
    chapters, cues
        Of the whole film.
    voice
        Its settings: see `scenes.narration.speech.Voice.settings`.
    folder
        Where the files of the package lie, which are named with their hashes.
    made_from
        A digest of all that the package is made from.
    sounds
        Whether the sounds of the scenes are heard in it.
    bench
        The recordings on the bench below it, with their hashes, if it has one.
    """
    size = settings.format
    sheets = [take.cues.shifted(chapter.start) for take, chapter in zip(takes, chapters, strict=True)]
    names = sorted({name for take in takes for name in take.recordings})
    data = {
        "title": part.title,
        "part": part.number,
        "seconds": round(cues.length, 3),
        "picture": {"width": size.width, "height": size.height, "rate": size.rate},
        "settings": settings.as_json(),
        "voice": dict(voice),
        "versions": {"python": platform.python_version(), **{name: _version(name) for name in _PACKAGES}},
        "scenes": [
            {
                "slug": take.ref.slug,
                "title": chapter.title,
                "start": round(chapter.start, 3),
                "seconds": round(take.cues.length, 3),
                "beats": [beat.name for beat in take.cues.beats],
                "recordings": sorted(take.recordings),
                "numbers": list(take.numbers),
                # In seconds of the film, for whoever measures it.
                "lines": [asdict(line) for line in sheet.cues],
                "marks": [asdict(mark) for mark in sheet.marks],
                "steps": [chapter.start + time for time in _steps(take)] if sounds else [],
                "made from": take.made_from,
            }
            for take, chapter, sheet in zip(takes, chapters, sheets, strict=True)
        ],
        "recordings": {name: {"sha256": _recorded(takes, name), **_summary(name)} for name in names},
        **({"bench": dict(bench)} if bench else {}),
        "files": {
            path.relative_to(folder).as_posix(): digest(path) for path in sorted(folder.rglob("*")) if path.is_file()
        },
        "made from": made_from,
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _steps(take: Take) -> list[float]:
    """When boots come down in a scene."""
    return [] if take.sounds is None else [footfall.time for footfall in take.sounds.footfalls]


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _recorded(takes: Sequence[Take], name: str) -> str:
    return next(take.recordings[name] for take in takes if name in take.recordings)


def _summary(name: str) -> dict[str, Any]:
    """What the manifest says of a recording."""
    label, kind = name.split(".")[0], name.split(".")[1:-1]
    if kind == ["landscape"]:
        ground = library.landscape(label)
        return {"landscape": ground.meta["recipe"]["loss"], "nodes": list(ground.heights.shape), "error": ground.error}
    if kind == ["listing"]:
        return {"code": list(library.listing(label).lines)}
    run = library.recording(label)
    return {
        "run": run.label,
        "lr": run.lr,
        "steps": run.steps,
        "coefficients": run.dimensions,
        "first loss": float(run.losses[0]),
        "last loss": float(run.losses[-1]),
        "outcome": str(run.outcome),
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
