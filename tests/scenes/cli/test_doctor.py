"""The doctor: says what is missing and what to type, whatever is broken."""

from __future__ import annotations

import errno
import time
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from click.testing import CliRunner

from render import cli
from scenes.cli import doctor
from scenes.cli.doctor import Finding, as_table, examine

NEEDED = {"python", "torch", "manim", "typst", "drawing", "encoders", "fonts", "cores", "films", "takes", "recordings"}


def of(name: str) -> Finding:
    return next(finding for finding in examine() if finding.name == name)


def test_here_films_can_be_made() -> None:
    started = time.monotonic()
    done = CliRunner().invoke(cli, ["doctor"])
    assert time.monotonic() - started < 3
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[-1] == "Films can be made."
    found = {finding.name: finding for finding in examine()}
    assert {*NEEDED, "voice hibari", "voice piper", "voice flite", "slides", "browser"} == found.keys()
    assert all(found[name].state == "good" for name in NEEDED)
    assert "CPU build" in found["torch"].found
    assert "libx264 and aac" in found["encoders"].found


def test_a_package_that_is_missing_is_exit_1_with_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    there = doctor.version

    def version(name: str) -> str:
        if name == "manim":
            raise PackageNotFoundError(name)
        return there(name)

    monkeypatch.setattr(doctor, "version", version)
    done = CliRunner().invoke(cli, ["doctor"])
    assert done.exit_code == 1
    assert "MISSING  manim         is not installed\n" + " " * 23 + "type: make setup\n" in done.output
    assert done.output.splitlines()[-1] == "No film can be made without: manim."


def test_what_talks_need_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    assert of("slides").state == "good"
    there = doctor.version

    def version(name: str) -> str:
        if name == "pyreveal":
            raise PackageNotFoundError(name)
        return there(name)

    monkeypatch.setattr(doctor, "version", version)
    assert of("slides").found == "pyreveal not installed; only talks need it"
    assert of("slides").state == "optional"
    assert of("slides").advice == "pip install 'descent-films[slides]'"


def test_a_torch_for_cuda_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "version.py").write_text("__version__ = '2.13.0'\ncuda: Optional[str] = '12.8'\n")
    there = doctor.find_spec

    class Spec:
        origin = str(tmp_path / "__init__.py")

    monkeypatch.setattr(doctor, "find_spec", lambda name: Spec() if name == "torch" else there(name))
    assert "for CUDA 12.8" in of("torch").found


def test_broken_libraries_are_told_apart_from_missing_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> object:
        raise ImportError(f"libcairo.so.2: cannot open shared object file ({name})")

    monkeypatch.setattr(doctor, "import_module", broken)
    found = of("drawing")
    assert found.state == "missing"
    assert "libcairo.so.2" in found.found
    assert "libcairo2-dev" in found.advice


def test_an_encoder_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    import av.codec

    def codec(name: str, mode: str) -> None:
        if name == "libx264":
            raise ValueError(name)

    monkeypatch.setattr(av.codec, "Codec", codec)
    assert of("encoders").state == "missing"
    assert "no libx264" in of("encoders").found
    assert "aac" not in of("encoders").found


def test_it_goes_on_whatever_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("everything is broken\nand more")

    for name in ("_python", "_torch", "_package", "_drawing", "_encoders", "_fonts", "_cores", "_folder"):
        monkeypatch.setattr(doctor, name, broken)
    for name in ("_hibari", "_piper", "_flite", "_slides", "_browser"):
        monkeypatch.setattr(doctor, name, broken)
    found = examine()
    assert {finding.name for finding in found if finding.state == "missing"} == NEEDED
    assert {finding.state for finding in found} == {"missing", "optional"}
    assert all(finding.found == "broken: RuntimeError: everything is broken" for finding in found)
    assert "No film can be made" in as_table(found)


def test_folders_are_tried_and_left_as_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = examine(tmp_path / "a" / "b")
    assert next(finding for finding in found if finding.name == "films").state == "good"
    assert list(tmp_path.iterdir()) == []

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    closed = {finding.name: finding for finding in examine(tmp_path)}
    assert closed["films"].state == "missing"
    assert closed["films"].found == f"{tmp_path} cannot be written: Read-only file system"
    assert "--out" in closed["films"].advice
    assert "DESCENT_CACHE" in closed["takes"].advice
    assert "DESCENT_RECORDINGS" in closed["recordings"].advice


def test_little_room_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Usage:
        free = 5_000_000

    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: Usage)
    found = next(finding for finding in examine(tmp_path) if finding.name == "films")
    assert found.state == "missing"
    assert "5.0 MB free: a film in hd may not fit" in found.found


def test_a_voice_is_optional_but_not_a_damaged_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from scenes.narration.voices.piper import Piper

    there = doctor.import_module

    class Voice:
        @staticmethod
        def model_path() -> Path:
            return tmp_path / "voice.onnx"

    monkeypatch.setattr(Piper, "installed", staticmethod(lambda: True))
    monkeypatch.setattr(doctor, "import_module", lambda name: Voice if name.startswith("joe") else there(name))
    assert "cannot be read" in of("voice piper").found
    assert of("voice piper").state == "missing"
    (tmp_path / "voice.onnx").write_bytes(b"another voice")
    assert of("voice piper").state == "missing"
    assert "--force-reinstall" in of("voice piper").advice
    monkeypatch.setattr(Piper, "installed", staticmethod(lambda: False))
    assert of("voice piper").state == "optional"
    assert "descent-films[piper]" in of("voice piper").advice
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    assert of("voice flite").state == "optional"
    assert of("browser").state == "optional"


def test_the_narrator_is_looked_at_closely(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from scenes.narration.voices import hibari_model
    from scenes.narration.voices.hibari import Hibari

    assert of("voice hibari") == Finding("voice hibari", f"{hibari_model.VERSION}, its voice is whole")
    monkeypatch.setattr(hibari_model, "model_path", lambda: tmp_path / "hibari.onnx")
    assert of("voice hibari").state == "missing"
    assert "cannot be read" in of("voice hibari").found
    (tmp_path / "hibari.onnx").write_bytes(b"another voice")
    assert "another one" in of("voice hibari").found
    assert of("voice hibari").advice.endswith(f"hibari-tts=={hibari_model.VERSION}")
    monkeypatch.setattr(Hibari, "installed", staticmethod(lambda: False))
    assert of("voice hibari").state == "optional"
    assert of("voice hibari").advice == "make setup"
