"""Disks that become full or read-only while takes are made: one clear line, and nothing half written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scenes.production.disk_errors import DiskError
from scenes.production.takes.cache import TakeCache
from scenes.production.takes.events import Event, Finished, Started
from scenes.production.takes.pool import render_all
from tests.scenes.production.takes.runs import Run, nothing_half_written
from tests.scenes.production.takes.tiny_films import SETTINGS, TinyFilm


def test_a_disk_that_becomes_full(tiny: TinyFilm, disk: Callable[[str], Path]) -> None:
    place = disk("size=20m")
    cache = place / "takes"
    fill = (
        f"if not (HERE / 'mended').exists():\n"
        f"    try:\n        Path('{place}', 'ballast').write_bytes(bytes(21 << 20))\n"
        "    except OSError:\n        pass\n"
        "self.wait(2)"
    )
    part = tiny.part(small="", large=fill)
    run = Run(part, cache, jobs=1)
    assert run.failed is not None
    failure = run.failed.failures[-1]
    assert failure.ref.slug == "large"
    assert failure.reason.startswith(f"No room is left in {cache}: ")
    assert "DESCENT_CACHE" in failure.reason
    nothing_half_written(cache)
    (place / "ballast").unlink()
    tiny.marker("mended").touch()
    again = Run(part, cache)
    assert again.frames == [2, 12]
    nothing_half_written(cache)


def test_a_lack_of_room_is_said_before_anything_is_drawn(
    tiny: TinyFilm, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = tiny.part(a="")
    Run(part, cache)
    tiny.write("a", "self.wait(1)")
    monkeypatch.setattr("scenes.production.disk_errors.shutil.disk_usage", lambda _: Free(1000))
    began: list[Event] = []
    with TakeCache(cache) as opened, pytest.raises(DiskError, match=r"1.0 kB free, about .* needed. .*DESCENT_CACHE"):
        render_all(part, SETTINGS, cache=opened, on_event=lambda e: began.append(e) if isinstance(e, Started) else None)
    assert began == []


class Free:
    """What `shutil.disk_usage` tells."""

    def __init__(self, free: int) -> None:
        self.free = free


def test_a_cache_that_becomes_read_only(tiny: TinyFilm, disk: Callable[[str], Path]) -> None:
    cache = disk("size=20m") / "takes"
    part = tiny.part(a="# the longer one", b="")
    run = Run(part, cache, jobs=1, at=lambda event: disk("ro") if isinstance(event, Finished) else None)
    assert run.drawn == {"a"}
    assert run.failed is not None
    (failure,) = run.failed.failures
    assert failure.reason.startswith(f"Nothing can be written into {cache}: Read-only file system.")
    assert failure.log is None
    assert "Log:" not in str(run.failed)
    with pytest.raises(DiskError, match="Read-only file system"), TakeCache(cache):
        pass
    disk("rw")
    again = Run(part, cache)
    assert again.drawn == {"b"}
    assert again.frames == [2, 2]
    nothing_half_written(cache)
