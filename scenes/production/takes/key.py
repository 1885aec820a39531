"""The key of a take: one hash over everything that decides what a scene looks and sounds like.

Found without importing the scene, torch or manim, so that a film of which nothing changed is known
to be unchanged in a moment. Recordings are not in it: which of them a scene asks for is known only
once it was drawn, so that a take keeps their hashes itself (see `scenes.production.takes.cache`).
"""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from scenes.narration.narrator import SILENT, choose
from scenes.part import SceneRef
from scenes.production.format import RenderSettings
from scenes.production.takes.sources import Sources

#: The packages that draw, encode and set type: by another version, another picture.
PACKAGES = (
    "manim",
    "ManimPango",
    "numpy",
    "numba",
    "scipy",
    "llvmlite",
    "torch",
    "av",
    "pillow",
    "pycairo",
    "svgelements",
    "skia-pathops",
    "mapbox_earcut",
    "typst",
    "fontpkg-inter",
    "fontpkg-ibm-plex-mono",
)
#: What has a hand in every picture, and in all that is heard.
_DRAWN_BY = "scenes.production.takes.render"
_HEARD_BY = ("scenes.production.sound.take_sound", "scenes.production.sound.listener")


@dataclass(frozen=True)
class TakeKey:
    """What a take was, or would be, made from. Two equal ones give the same film.

    Attributes
    ----------
    scene
        The class, by its whole name.
    code
        SHA-256 of every file that it is made of, by path, and of what it was given beside them.
    settings
        How it is rendered: see `scenes.production.format.RenderSettings.as_json`.
    voice, versions, manim
        The voice's settings; the versions of Python and of packages; the files that manim is configured by.
    """

    scene: str
    code: dict[str, str]
    settings: dict[str, Any]
    voice: dict[str, Any]
    versions: dict[str, str]
    manim: dict[str, str]

    @property
    def digest(self) -> str:
        """SHA-256 of it all."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    def changed_since(self, before: dict[str, Any]) -> str:
        """What differs from a key that was kept (as `dataclasses.asdict` gives it), in a few words.

        >>> key = TakeKey("a", {"scenes/a.py": "1"}, {}, {}, {"manim": "2"}, {})
        >>> key.changed_since({"code": {"scenes/a.py": "0"}, "versions": {"manim": "1"}})
        'code changed: scenes/a.py; version changed: manim 1 to 2'
        """
        reasons = []
        for what, now, then in (
            ("code", self.code, before.get("code", {})),
            ("manim's settings", self.manim, before.get("manim", {})),
        ):
            names = sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))
            if names:
                more = f" and {len(names) - 3} more" if len(names) > 3 else ""
                reasons.append(f"{what} changed: {', '.join(names[:3])}{more}")
        then = before.get("versions", {})
        reasons += [
            f"version changed: {name} {then.get(name, 'none')} to {now}"
            for name, now in self.versions.items()
            if then.get(name) != now
        ]
        if self.voice != before.get("voice", {}):
            reasons.append("the voice changed")
        if self.settings != json.loads(json.dumps(before.get("settings", {}))):
            reasons.append("the format or the theme changed")
        return "; ".join(reasons) or "it was made by another program"


def scene_name(ref: SceneRef) -> str:
    """The class by its whole name, which takes are kept under."""
    return f"{ref.module}.{ref.name}"


def take_key(ref: SceneRef, settings: RenderSettings, voice: str = SILENT, sources: Sources | None = None) -> TakeKey:
    """The key of a scene's take with these settings and a voice, by what is on disk now.

    The catalogue is in it only where the scene imports names of it, because recordings are known by themselves; and of
    the voices only the one that speaks.

    Parameters
    ----------
    voice
        A name of ``scenes.narration.voices.registry.VOICES``.
    sources
        To read no file twice for several scenes.
    """
    sources = sources or Sources()
    chosen = choose(voice)
    modules = [_DRAWN_BY, *chosen.modules, *(() if voice == SILENT else _HEARD_BY)]
    reached = sources.reached(ref.module, ref.local_modules)
    for module in modules:
        reached |= sources.reached(module)
    code = {name: source.sha256 for name, source in sorted(reached.items())}
    code.update(ref.inputs)
    return TakeKey(scene_name(ref), code, settings.as_json(), dict(chosen.settings()), _versions(), _manim_files())


def voice_name(voice: str | None) -> str:
    """``voice``, or the name of the best that is installed.

    Raises
    ------
    VoiceError
        There is no such voice, or it is not installed.
    """
    return str(choose(voice).settings()["voice"])


def _versions() -> dict[str, str]:
    return {"python": ".".join(platform.python_version_tuple()[:2]), **{name: _version(name) for name in PACKAGES}}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _manim_files() -> dict[str, str]:
    """Hashes of the files that manim takes its configuration from."""
    found = {}
    for path in (Path.home() / ".config" / "manim" / "manim.cfg", Path("manim.cfg")):
        try:
            found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            continue
    return found
