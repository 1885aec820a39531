"""What is kept on disk is what would be made, and nothing that goes wrong with a file is seen."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from scenes.engine.terrain import kept as module
from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.kept import Arrays, kept
from scenes.theme import DARK, LIGHT


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESCENT_CACHE", str(tmp_path))


class Maker:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Arrays:
        self.times += 1
        return {"numbers": np.arange(self.times, dtype=np.float32)}


def files(folder: Path) -> list[Path]:
    return sorted((folder / "ground").iterdir())


def test_it_is_made_once_for_the_same_and_anew_for_anything_else(tmp_path: Path) -> None:
    make = Maker()
    first = kept("hills", (b"a", b"b"), make)
    again = kept("hills", (b"a", b"b"), make)
    np.testing.assert_array_equal(first["numbers"], again["numbers"])
    assert again["numbers"].dtype == np.float32
    assert make.times == 1
    for other in ((b"ab",), (b"a", b"c"), (b"b", b"a")):
        kept("hills", other, make)
    kept("firs", (b"a", b"b"), make)
    assert make.times == 5
    assert len(files(tmp_path)) == 5


def test_other_code_makes_it_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    make = Maker()
    kept("hills", (), make)
    monkeypatch.setattr(module, "_code", lambda: b"another renderer")
    kept("hills", (), make)
    assert make.times == 2


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 half a file", b"no archive at all" * 40])
def test_a_file_that_cannot_be_read_is_made_anew_and_replaced(damage: bytes, tmp_path: Path) -> None:
    make = Maker()
    kept("hills", (), make)
    (file,) = files(tmp_path)
    file.write_bytes(damage)
    assert len(kept("hills", (), make)["numbers"]) == 2
    assert len(kept("hills", (), make)["numbers"]) == 2
    assert make.times == 2
    assert files(tmp_path) == [file]


def test_those_that_were_used_longest_ago_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    make = Maker()
    for age, name in ((300, "old"), (200, "older"), (100, "new")):
        kept(name, (), make)
        for file in files(tmp_path):
            if file.name.startswith(f"{name}-"):
                os.utime(file, (file.stat().st_atime - age,) * 2)
        if name == "older":
            kept("old", (), make)  # used just now
    assert [file.name.split("-")[0] for file in files(tmp_path)] == ["new", "old"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert len(kept("hills", (), Maker())["numbers"]) == 1


def test_a_file_in_place_of_the_folder_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "ground").write_text("not a folder")
    assert len(kept("hills", (), Maker())["numbers"]) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["ground"]


class Hills:
    """A small height field."""

    bounds = (-2.0, 2.0, -1.0, 1.0)

    def height(self, x: object, y: object) -> np.ndarray:
        return np.asarray(np.sin(3 * np.asarray(x)) * np.cos(2 * np.asarray(y)))


def test_kept_ground_is_the_ground_that_would_be_baked(tmp_path: Path) -> None:
    def looks(terrain: BakedTerrain) -> list[np.ndarray]:
        return [terrain.ground_colour, terrain.matter]

    made = {theme.name: looks(BakedTerrain(Hills(), theme.material, 1.4, 24.0)) for theme in (DARK, LIGHT)}
    assert len(files(tmp_path)) == 2
    for theme in (DARK, LIGHT):
        terrain = BakedTerrain(Hills(), theme.material, 1.4, 24.0)
        for found, baked, painted in zip(looks(terrain), made[theme.name], terrain._paint().values(), strict=True):
            np.testing.assert_array_equal(found, baked)
            np.testing.assert_array_equal(found, painted)
    for relief, texels in ((1.3, 24.0), (1.4, 23.0)):
        assert BakedTerrain(Hills(), DARK.material, relief, texels).matter.dtype == np.uint32
    assert len(files(tmp_path)) == 4
