"""What the tests of takes share: a film of their own, a cache, a small disk."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.scenes.production.takes.tiny_films import TinyFilm, tiny_film


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[TinyFilm]:
    with tiny_film(tmp_path) as film:
        yield film


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "takes"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A small disk of its own. Given mount options, it is mounted, or mounted anew, with them."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options: str) -> Path:
        again = "remount," if place.is_mount() else ""
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", again + options, "tmpfs", str(place)], capture_output=True, text=True
        )
        if done.returncode:
            pytest.skip(f"a disk of our own can only be mounted by root: {done.stderr.strip()}")
        return place

    if sys.platform != "linux":
        pytest.skip("tmpfs is there on Linux only")
    yield mount
    if place.is_mount():
        subprocess.run(["umount", "-l", str(place)], check=True)
