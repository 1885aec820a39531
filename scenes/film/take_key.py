"""The key of a take: one hash over everything that decides what a scene looks and sounds like.

Found without importing the scene, torch or manim, so that a film of which nothing changed is known
to be unchanged in a moment. Recordings are not in it: which of them a scene asks for is known only
once it was drawn, so that a take keeps their hashes itself (see `scenes.film.take_cache`).
"""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from scenes.film.quality import Quality
from scenes.film.sources import Sources
from scenes.series import SceneRef

#: The packages that draw, encode and set type: by another version, another picture.
PACKAGES = (
    "manim",
    "ManimPango",
    "numpy",
    "numba",
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
#: How the scene is set up to be drawn, `scenes.film.take`, has a hand in every picture; this, in all that is heard.
_DRAWN_BY, _HEARD_BY = Path(__file__).with_name("take.py"), "scenes.film.take_sound"


@dataclass(frozen=True)
class TakeKey:
    """What a take was, or would be, made from. Two equal ones give the same film.

    Attributes
    ----------
    scene
        The class, by its whole name.
    code
        SHA-256 of every file that it is made of, by path, and of what it was handed beside them.
    quality, voice, versions, settings
        Frame size and encoder; the voice's settings; of Python and of packages; manim's own
        configuration files.
    """

    scene: str
    code: dict[str, str]
    quality: dict[str, Any]
    voice: dict[str, Any]
    versions: dict[str, str]
    settings: dict[str, str]

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
            ("manim's settings", self.settings, before.get("settings", {})),
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
        if self.quality != json.loads(json.dumps(before.get("quality", {}))):
            reasons.append("the quality changed")
        return "; ".join(reasons) or "it was made by another program"


def scene_name(ref: SceneRef) -> str:
    """The class by its whole name, which takes are kept under."""
    return f"{ref.full_module}.{ref.name}"


def quality_settings(quality: Quality) -> dict[str, Any]:
    """A quality as JSON gives it back."""
    return {**asdict(quality), "encoder": dict(quality.encoder)}


def take_key(ref: SceneRef, quality: Quality, voice: str = "none", sources: Sources | None = None) -> TakeKey:
    """The key of a scene's take at a quality and with a voice, by what is on disk now.

    Parameters
    ----------
    voice
        A name of ``scenes.film.voice.VOICES``.
    sources
        To read no file twice for several scenes.
    """
    sources = sources or Sources()
    reached = sources.reached(ref.full_module, ref.beside)
    if voice != "none":
        reached |= sources.reached(_HEARD_BY)
    code = {name: source.sha256 for name, source in reached.items()}
    code.update(ref.given)
    code["scenes/film/take.py"] = hashlib.sha256(_DRAWN_BY.read_bytes()).hexdigest()
    return TakeKey(scene_name(ref), code, quality_settings(quality), voice_settings(voice), _versions(), _settings())


def voice_name(voice: str | None) -> str:
    """``voice``, or the name of the best that is installed.

    Raises
    ------
    VoiceError
        There is no such voice, or it is not installed.
    """
    return str(voice_settings(voice)["voice"])


def voice_settings(voice: str | None) -> dict[str, Any]:
    """What decides how a voice sounds; of the best that is installed for ``None``."""
    if voice == "none":
        return {"voice": "none"}
    from scenes.film.voice import choose

    return dict(choose(voice).settings())


def _versions() -> dict[str, str]:
    return {"python": ".".join(platform.python_version_tuple()[:2]), **{name: _version(name) for name in PACKAGES}}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _settings() -> dict[str, str]:
    """Hashes of the files that manim takes its configuration from."""
    found = {}
    for path in (Path.home() / ".config" / "manim" / "manim.cfg", Path("manim.cfg")):
        try:
            found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            continue
    return found
