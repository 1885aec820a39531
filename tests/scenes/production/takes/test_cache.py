"""Takes on disk: kept whole, noticed when damaged or stale, never taken from under a run that uses them."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from descent_core import library
from descent_core.errors import DescentError
from descent_core.folders import takes_folder
from scenes.narration.cues import Beat, Cue, CueSheet
from scenes.part import SceneRef
from scenes.production.disk_errors import DiskError
from scenes.production.format import FORMATS, RenderSettings
from scenes.production.sound.scene_sounds import Air, Footfall, SceneSounds
from scenes.production.takes import cache as take_cache
from scenes.production.takes.cache import KEPT, LOGS, TakeCache
from scenes.production.takes.key import TakeKey
from scenes.production.takes.take import Take

ROOT = Path(__file__).parents[4]
REF = SceneRef("a", "tiny.a", "A", "A")
SOUNDS = SceneSounds(1.0, (Air(0.0, 1.0),), (Footfall(0.5, 1.0),), (0.7,))
CUES = CueSheet((Cue(0.0, 1.0, "Hello – you.", "one"),), (Beat(0.0, "one"),), 2.0)


DRAFT, HD = RenderSettings(FORMATS["draft"]), RenderSettings(FORMATS["hd"])


def key(code: str = "1", settings: RenderSettings = DRAFT) -> TakeKey:
    return TakeKey("tiny.a.A", {"tiny/a.py": code}, settings.as_json(), {"voice": "none"}, {}, {})


def put(cache: TakeCache, code: str = "1", recordings: dict[str, str] | None = None, film: bytes = b"film") -> Take:
    draft = cache.work / "a.mp4"
    draft.write_bytes(film + code.encode())
    draft.with_suffix(".jpg").write_bytes(b"still")
    draft.with_suffix(".m4a").write_bytes(b"sound")
    draft.with_name("a-full.m4a").write_bytes(b"sound over wind")
    return cache.store(REF, key(code), Take(REF, draft, CUES, recordings or {}, sounds=SOUNDS), cost=3.0)


def takes(folder: Path) -> list[Path]:
    return sorted(folder.glob("tiny.a.A/*/*"))


def test_a_take_that_was_kept_is_found_again(tmp_path: Path) -> None:
    with TakeCache(tmp_path) as cache:
        assert cache.find(REF, key()) == (None, "there is no take of it yet at this quality")
        kept = put(cache)
    with TakeCache(tmp_path) as cache:
        found, why = cache.find(REF, key())
        assert found == kept
        assert why == ""
        assert found is not None
        assert found.path.read_bytes() == b"film1"
        assert found.still.read_bytes() == b"still"
        assert found.sound.read_bytes() == b"sound"
        assert found.full_sound.read_bytes() == b"sound over wind"
        assert found.sounds == SOUNDS
        assert found.cues == CUES
    assert not list((tmp_path / ".work").iterdir())


def test_what_changed_is_said(tmp_path: Path) -> None:
    with TakeCache(tmp_path) as cache:
        put(cache)
        assert cache.find(REF, key("2")) == (None, "code changed: tiny/a.py")
        assert cache.find(REF, key(settings=HD))[1] == "there is no take of it yet at this quality"


@pytest.mark.parametrize(
    "name", ["take.mp4", "take.jpg", "take.m4a", "take-full.m4a", "cues.json", "sounds.json", "take.json"]
)
@pytest.mark.parametrize("damage", ["cut", "flipped", "gone", "emptied"])
def test_a_damaged_take_is_noticed_and_removed(name: str, damage: str, tmp_path: Path) -> None:
    with TakeCache(tmp_path) as cache:
        file = put(cache).path.with_name(name)
        content = file.read_bytes()
    if damage == "gone":
        file.unlink()
    else:
        flipped = bytes([content[0] ^ 1]) + content[1:]
        file.write_bytes({"cut": content[:-1], "flipped": flipped, "emptied": b""}[damage])
    with TakeCache(tmp_path) as cache:
        assert cache.find(REF, key()) == (None, "its take was damaged")
        assert takes(tmp_path) == []
        put(cache)
        assert cache.find(REF, key())[0]


@pytest.mark.parametrize(
    "record", ["[]", "{}", "null", '{"format": 1}', '{"format": 99}', "\udcff", "[" * 9_999], ids=range(7)
)
def test_a_record_that_is_none_is_no_take(record: str, tmp_path: Path) -> None:
    with TakeCache(tmp_path) as cache:
        put(cache).path.with_name("take.json").write_bytes(record.encode("utf-8", "surrogateescape"))
    with TakeCache(tmp_path) as cache:
        assert cache.find(REF, key())[0] is None
        assert cache.history(REF, DRAFT) is None


def test_a_take_is_stale_when_a_recording_changed_or_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESCENT_RECORDINGS", str(tmp_path / "recordings"))
    with library.tracked() as asked:
        library.recording("right")
    file = tmp_path / "recordings" / "right.npz"
    content = file.read_bytes()
    with TakeCache(tmp_path) as cache:
        put(cache, recordings=asked)
        assert cache.find(REF, key())[0]
        file.write_bytes(content + b" ")
        assert cache.find(REF, key()) == (None, "recording changed: right.npz")
        file.unlink()
        assert cache.find(REF, key()) == (None, "recording changed: right.npz")
        file.write_bytes(content)
        assert cache.find(REF, key())[0]
        # Made again by the same code, it is the same.
        library.recording("right", anew=True)
        assert cache.find(REF, key())[0]


def test_the_library_tells_what_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESCENT_RECORDINGS", str(tmp_path))
    with library.tracked() as outer:
        library.recording("right")
        with library.tracked() as inner:
            library.landscape("bowl")
            library.listing("step")
        library.recording("right")
    library.recording("too-big")
    assert list(inner) == ["bowl.landscape.npz", "step.listing.json"]
    assert outer.keys() == {"right.npz", *inner}
    assert all(content == library.current_hash(name) for name, content in outer.items())
    assert library.current_hash("nothing.npz") is None


def test_only_the_newest_takes_are_kept(tmp_path: Path) -> None:
    for code in range(KEPT + 2):
        with TakeCache(tmp_path) as cache:
            put(cache, str(code))
            for folder in takes(tmp_path):  # as if a minute had passed
                os.utime(folder, (folder.stat().st_atime, folder.stat().st_mtime - 60))
    with TakeCache(tmp_path) as cache:
        put(cache, "last")
        assert len(takes(tmp_path)) == KEPT
        there = [code for code in [*map(str, range(KEPT + 2)), "last"] if cache.find(REF, key(code))[0]]
    assert there == [*map(str, range(KEPT + 2))][-KEPT + 1 :] + ["last"]


def test_a_take_that_is_used_is_never_removed(tmp_path: Path) -> None:
    with TakeCache(tmp_path) as user:
        mine = put(user)
        with TakeCache(tmp_path) as other:
            for code in range(2, 3 * KEPT):
                put(other, str(code))
                os.utime(mine.path.parent, (0, 0))
            assert mine.path.read_bytes() == b"film1"
            assert len(takes(tmp_path)) == 3 * KEPT - 1  # those of the other run are in use as well
    with TakeCache(tmp_path) as later:
        put(later, "later")
        assert len(takes(tmp_path)) == KEPT
        assert not mine.path.exists()


def test_a_take_of_the_future_is_the_oldest(tmp_path: Path) -> None:
    """A clock that was wrong for a day must not make its takes outlive all others."""
    with TakeCache(tmp_path) as cache:
        for code in range(KEPT + 1):
            path = put(cache, str(code)).path.parent
            os.utime(path, (time.time() + 1e7,) * 2)
    with TakeCache(tmp_path) as cache:
        put(cache, "now")
    with TakeCache(tmp_path) as cache:
        put(cache, "then")
        assert cache.find(REF, key("now"))[0]


def test_what_a_dead_run_left_is_swept_and_a_living_one_is_not(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom scenes.production.takes.cache import TakeCache\n"
        "with TakeCache(Path(sys.argv[1])) as cache:\n"
        "    (cache.work / 'half.mp4').write_text('half')\n    print(cache.work, flush=True)\n    time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as run:
        assert run.stdout is not None
        work = Path(run.stdout.readline().strip())
        with TakeCache(tmp_path):
            assert (work / "half.mp4").exists()
        run.kill()
        run.wait()
        assert (work / "half.mp4").exists()
        shutil.copytree(work, work.with_name("unguarded"))
        with TakeCache(tmp_path) as cache:
            assert {path.name for path in (tmp_path / ".work").iterdir()} == {
                cache.work.name,
                f"{cache.work.name}.lock",
            }


def test_an_earlier_take_tells_how_long_a_scene_is(tmp_path: Path) -> None:
    with TakeCache(tmp_path) as cache:
        assert cache.history(REF, DRAFT) is None
        put(cache)
        assert cache.history(REF, DRAFT) == take_cache.TakeHistory(3.0, 2.0, 5)
        assert cache.history(REF, HD) == take_cache.TakeHistory(3.0, 2.0, 0)


def test_a_take_that_is_not_sure_serves_its_run_only(tmp_path: Path) -> None:
    with TakeCache(tmp_path) as cache:
        draft = cache.work / "a.mp4"
        draft.write_bytes(b"film")
        draft.with_suffix(".jpg").write_bytes(b"still")
        take = cache.store(REF, key(), Take(REF, draft, CUES), 1.0, sure=False)
        assert take.path.read_bytes() == b"film"
        assert cache.find(REF, key())[0] is None


def test_logs_are_kept_and_bounded(tmp_path: Path) -> None:
    with TakeCache(tmp_path) as cache:
        for count in range(LOGS + 3):
            log = cache.work / "a.log"
            log.write_text(f"{count}")
            kept = cache.keep_log(REF, log)
            assert kept is not None
            assert kept.read_text() == f"{count}"
        assert len(list((tmp_path / "logs").iterdir())) == LOGS
        assert cache.keep_log(REF, tmp_path / "nothing.log") is None


def test_a_folder_that_cannot_be_used_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(DescentError, match=r"a file is in the way.*DESCENT_CACHE"), TakeCache(tmp_path / "file"):
        pass
    assert (tmp_path / "file").read_text() == "mine"

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(tmp_path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(DiskError, match=r"Nothing can be written into .*Read-only.*DESCENT_CACHE"), TakeCache(tmp_path):
        pass


def test_a_disk_that_is_full_leaves_no_half_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with TakeCache(tmp_path) as cache:
        monkeypatch.setattr(CueSheet, "save", full)
        with pytest.raises(DiskError, match=r"No room is left in .*free.*DESCENT_CACHE"):
            put(cache)
        monkeypatch.undo()
        assert takes(tmp_path) == []
        put(cache)
        assert cache.find(REF, key())[0]


def test_where_takes_lie(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DESCENT_CACHE", str(tmp_path))
    assert takes_folder() == tmp_path / "takes"
    monkeypatch.delenv("DESCENT_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert takes_folder() == tmp_path / "descent-films" / "takes"


def test_a_record_says_what_a_take_was_made_from(tmp_path: Path) -> None:
    with TakeCache(tmp_path) as cache:
        record = json.loads(put(cache, recordings={"right.npz": "12"}).path.with_name("take.json").read_text())
    assert record["made from"]["code"] == {"tiny/a.py": "1"}
    assert record["recordings"] == {"right.npz": "12"}
    assert record["files"].keys() == {
        *("take.mp4", "take.jpg", "take.m4a", "take-full.m4a"),
        *("cues.json", "sounds.json"),
    }


def test_any_changed_letter_of_a_record_is_noticed(tmp_path: Path) -> None:
    with TakeCache(tmp_path) as cache:
        file = put(cache).path.with_name("take.json")
        whole = file.read_bytes()
        for at in range(0, len(whole), 7):
            file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            changed = take_cache._record(file.parent)
            file.write_bytes(whole)
            assert changed is None or changed == take_cache._record(file.parent)


#: Opens, finds, stores and prunes, over and over, and complains of anything that is not whole.
CROWD = """
import sys
from pathlib import Path
from random import Random
from scenes.production.takes.cache import TakeCache
from tests.scenes.production.takes.test_cache import REF, key, put

chance = Random(int(sys.argv[2]))
for _ in range(40):
    with TakeCache(Path(sys.argv[1])) as cache:
        code = str(chance.randrange(6))
        take, why = cache.find(REF, key(code))
        assert "damaged" not in why, why
        take = take or put(cache, code, film=b"film" * 10_000)
        for other in range(6):
            found, why = cache.find(REF, key(str(other)))
            assert "damaged" not in why, why
            assert found is None or found.path.read_bytes() == b"film" * 10_000 + str(other).encode()
        assert take.path.read_bytes() == b"film" * 10_000 + code.encode()
"""


def test_a_crowd_of_runs_never_sees_half_a_take(tmp_path: Path) -> None:
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", CROWD, str(tmp_path), str(number)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    for run in runs:
        assert run.communicate(timeout=60) == (None, "")
        assert run.returncode == 0
    assert not list((tmp_path / ".work").iterdir())
    with TakeCache(tmp_path) as cache:
        put(cache)
        assert len(takes(tmp_path)) <= KEPT
