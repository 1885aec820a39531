"""Takes are kept: a scene that nothing has changed in is drawn once.

Each take is a folder with its film, its still, its sound (the words, and the same over the sounds of the scene), its
cue sheet and a record of what it was made from, with the hashes of all::

    takes/scenes.gradient.fog.MountainInTheFog/480p10-1f0c…/3b9d…-k2x7/
        take.{mp4,jpg,m4a,json}, take-full.m4a, cues.json, sounds.json

A folder is made elsewhere and appears by one rename, and is never written to again, so that no run
sees half a take, whoever dies meanwhile. Whoever uses a take holds a lock on it, and only takes
that nobody holds are ever removed. Any number of runs may share a cache; at worst, two draw the
same scene. The folder may be deleted at any time.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from descent_core import library
from descent_core.errors import DescentError
from descent_core.folders import takes_folder
from scenes.narration.cues import CueSheet
from scenes.part import SceneRef
from scenes.production.disk_errors import disk_errors
from scenes.production.format import RenderSettings
from scenes.production.locks import Lock
from scenes.production.sound.scene_sounds import SceneSounds
from scenes.production.takes.key import TakeKey, scene_name
from scenes.production.takes.take import Take

#: How many takes of a scene at a quality are kept, beside those in use.
KEPT = 3
#: How many logs of failed scenes are kept.
LOGS = 20
#: How to put the takes elsewhere.
ADVICE = "name another folder in the environment variable DESCENT_CACHE"

_FORMAT = 7
_RECORD, _FILM, _STILL, _CUES = "take.json", "take.mp4", "take.jpg", "cues.json"
_SOUND, _FULL_SOUND, _SOUNDS = "take.m4a", "take-full.m4a", "sounds.json"
_WORK = ".work"


@dataclass(frozen=True)
class TakeHistory:
    """What is known of a scene by an earlier take.

    Attributes
    ----------
    cost, length, bytes
        Seconds that it took to draw, seconds on screen, and the size of its film.
    """

    cost: float
    length: float
    bytes: int


class TakeCache:
    """A folder of takes, open for one run of the program.

    Used as a context: what `find` and `store` gave stays on disk until it ends.

    Raises
    ------
    DiskError
        The folder cannot be written.

    >>> with TakeCache(getfixture("tmp_path")) as cache:
    ...     cache.work.is_dir()
    True
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or takes_folder()).absolute()
        self._held: list[Lock] = []
        self._lock: Lock | None = None
        #: For this run's unfinished files; removed when it ends, or by the next run.
        self.work = self.folder / _WORK

    def __enter__(self) -> TakeCache:
        with disk_errors(self.folder, ADVICE):
            try:
                (self.folder / _WORK).mkdir(parents=True, exist_ok=True)
            except (FileExistsError, NotADirectoryError):
                raise DescentError(
                    f"Takes cannot be kept in {self.folder}: a file is in the way. Remove it, or {ADVICE}."
                ) from None
            self._sweep()
            # The lock comes first: a folder whose lock nobody holds is of a run that died.
            name = f"{os.getpid()}-{secrets.token_hex(4)}"
            self._lock = _guard(self.folder / _WORK / f"{name}.lock")
            self.work = self.folder / _WORK / name
            self.work.mkdir()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for lock in self._held:
            lock.release()
        self._held.clear()
        shutil.rmtree(self.work, ignore_errors=True)
        with suppress(OSError):  # a disk that has gone read-only; the next run sweeps
            self.work.with_name(f"{self.work.name}.lock").unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.release()

    def find(self, ref: SceneRef, key: TakeKey) -> tuple[Take | None, str]:
        """The whole and fresh take of a scene, or ``None`` and why there is none, in a few words.

        A damaged take is removed.
        """
        shelf = self._shelf(key)
        why = ""
        newest: dict[str, Any] | None = None
        for folder in _newest_first(shelf):
            lock = _shared(folder)
            if lock is None:
                continue  # another run is just removing it
            record = _record(folder)
            newest = newest or record
            stale: list[str] = []
            if record is not None and record["key"] == key.digest:
                stale = sorted(
                    name for name, content in record["recordings"].items() if library.current_hash(name) != content
                )
                take = None if stale else self._load(ref, folder, record)
                if take is not None:
                    self._held.append(lock)
                    _touch(folder)
                    return take, ""
            lock.release()
            if stale:
                why = why or f"recording changed: {', '.join(stale[:3])}"
            elif record is None or record["key"] == key.digest:
                self._remove(folder)
                why = why or "its take was damaged"
        if why:
            return None, why
        if newest is None:
            return None, "there is no take of it yet at this quality"
        return None, key.changed_since(newest["made from"])

    def store(self, ref: SceneRef, key: TakeKey, take: Take, cost: float, *, sure: bool = True) -> Take:
        """Keep a take that was rendered into `work`, and return it as it is kept. Prunes older ones.

        Parameters
        ----------
        cost
            Seconds that it took.
        sure
            Whether it was really made from ``key``; if not, it serves this run and no other.
        """
        shelf = self._shelf(key)
        draft = self.work / f"store-{secrets.token_hex(4)}"
        with disk_errors(self.folder, ADVICE):
            draft.mkdir()
            still, heard = take.still, {_SOUND: take.sound, _FULL_SOUND: take.full_sound}
            take.path.replace(draft / _FILM)
            still.replace(draft / _STILL)
            for name, sound in heard.items():
                if sound.exists():
                    sound.replace(draft / name)
            take.cues.save(draft / _CUES)
            if take.sounds is not None:
                take.sounds.save(draft / _SOUNDS)
            record = {
                "format": _FORMAT,
                "key": key.digest if sure else "unsure",
                "made from": asdict(key),
                "files": {path.name: _sha256(path) for path in sorted(draft.iterdir())},
                "recordings": dict(take.recordings),
                "numbers": list(take.numbers),
                "length": take.cues.length,
                "cost": cost,
                "bytes": (draft / _FILM).stat().st_size,
            }
            sealed = {**record, "seal": _seal(record)}
            (draft / _RECORD).write_text(json.dumps(sealed, indent=1), "utf-8")
            lock = _shared(draft)
            shelf.mkdir(parents=True, exist_ok=True)
            kept = shelf / f"{key.digest[:16]}-{secrets.token_hex(4)}"
            draft.rename(kept)
        if lock is not None:
            self._held.append(lock)
        for old in list(_newest_first(shelf))[KEPT:]:
            self._remove(old)
        return replace(take, ref=ref, path=kept / _FILM, made_from=key.digest if sure else "")

    def history(self, ref: SceneRef, settings: RenderSettings) -> TakeHistory | None:
        """What is known by the last take of a scene: of this quality, or else of another."""
        shelves = self.folder / scene_name(ref)
        best: tuple[bool, float, TakeHistory] | None = None
        for folder in shelves.glob("*/*"):
            record = _record(folder)
            if record is None:
                continue
            same = record["made from"]["settings"] == settings.as_json()
            rank = (same, _age_rank(folder))
            if best is None or rank > best[:2]:
                # The length is the same at all qualities; the bytes are not.
                best = (*rank, TakeHistory(record["cost"], record["length"], record["bytes"] if same else 0))
        return best[2] if best else None

    def keep_log(self, ref: SceneRef, log: Path) -> Path | None:
        """Keep the log of a failed scene, and remove the oldest ones; ``None`` where that cannot be done."""
        logs = self.folder / "logs"
        try:
            logs.mkdir(exist_ok=True)
            for old in sorted(logs.glob("*.log"), key=_age_rank, reverse=True)[LOGS - 1 :]:
                old.unlink(missing_ok=True)
            return log.replace(logs / f"{ref.slug}-{secrets.token_hex(4)}.log")
        except OSError:
            return None

    def _shelf(self, key: TakeKey) -> Path:
        settings = hashlib.sha256(json.dumps(key.settings, sort_keys=True).encode()).hexdigest()[:8]
        size = key.settings["format"]
        return self.folder / key.scene / f"{size['height']}p{size['rate']}-{settings}"

    def _load(self, ref: SceneRef, folder: Path, record: dict[str, Any]) -> Take | None:
        """The take in ``folder``, if every bit of it is as it was."""
        try:
            if all(_sha256(folder / name) == content for name, content in record["files"].items()):
                cues = CueSheet.load(folder / _CUES)
                sounds = SceneSounds.load(folder / _SOUNDS) if _SOUNDS in record["files"] else None
                return Take(
                    ref,
                    folder / _FILM,
                    cues,
                    record["recordings"],
                    tuple(record["numbers"]),
                    sounds,
                    record["key"],
                )
        except OSError:
            pass
        return None

    def _remove(self, folder: Path) -> None:
        """Remove a take, if nobody uses it: out of sight first, by one rename."""
        try:
            lock = Lock.take(folder)
        except OSError:
            return
        if lock is not None:
            try:
                gone = self.work / f"gone-{secrets.token_hex(4)}"
                folder.rename(gone)
                shutil.rmtree(gone, ignore_errors=True)
            except OSError:
                pass  # a take too many does no harm
            finally:
                lock.release()

    def _sweep(self) -> None:
        """Remove what runs that died have left."""
        work = self.folder / _WORK
        for path in work.iterdir():
            if path.suffix == ".lock":
                guard, left = path, path.with_suffix("")
            else:
                guard, left = path.with_name(f"{path.name}.lock"), path
            try:
                lock = Lock.take(guard)
            except FileNotFoundError:
                shutil.rmtree(left, ignore_errors=True)
                continue
            except OSError:
                continue
            if lock is not None:
                shutil.rmtree(left, ignore_errors=True)
                with suppress(OSError):
                    guard.unlink(missing_ok=True)
                lock.release()


def _guard(path: Path) -> Lock | None:
    try:
        return Lock.take(path, make=True)
    except OSError as error:
        if error.errno in (errno.ENOLCK, errno.ENOTSUP):  # a disk that knows no locks: nothing is swept there
            return None
        raise


def _shared(folder: Path) -> Lock | None:
    try:
        return Lock.take(folder, shared=True)
    except FileNotFoundError:
        return None
    except OSError:  # a disk that knows no locks: nothing there can be locked against use either
        return Lock(-1)


def _record(folder: Path) -> dict[str, Any] | None:
    """The record of a take; ``None`` if it is missing, damaged or of another format."""
    try:
        record = json.loads((folder / _RECORD).read_text("utf-8"))
        seal = record.pop("seal")
        whole = record["format"] == _FORMAT and seal == _seal(record)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return record if whole else None


def _seal(record: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


def _newest_first(shelf: Path) -> Iterator[Path]:
    try:
        yield from sorted((path for path in shelf.iterdir() if path.is_dir()), key=_age_rank, reverse=True)
    except OSError:
        return


def _age_rank(path: Path) -> float:
    """Greater for what was used later. What claims to be of the future, by a clock that was set back, is the oldest."""
    try:
        used = path.stat().st_mtime
    except OSError:
        return 0.0
    return used if used <= time.time() + 60 else 0.0


def _touch(folder: Path) -> None:
    with suppress(OSError):
        os.utime(folder)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
