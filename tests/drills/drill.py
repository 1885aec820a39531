"""A drill: one film made in peace, the same film made under blows, and what must hold after each of them."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import av

from tests.drills.blows import BLOWS, MARK, Blow, processes
from tests.drills.prints import Print, taken

#: Seconds that a Python needs before it can be asked to end in an orderly way.
_AWAKE = 0.5


class DrillFailed(Exception):
    """Something that must hold after a blow does not; the message says what, and after which."""


@dataclass
class Drill:
    """A command that makes one film, and the folder in which it is drilled.

    Attributes
    ----------
    command
        What makes the film, without its ``--out``; the same command goes on after it was ended.
    folder
        Where everything is kept: films, takes, recordings, logs. Two sets: in peace, and under blows.
    environment
        Beside what this process has.
    slow_start
        Seconds after the start of the command in which no blow falls.
    gone
        Seconds after a blow in which the program and all its processes must be gone.
    tell
        Given each line of the report.
    """

    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    slow_start: float = _AWAKE
    gone: float = 5.0
    tell: Callable[[str], object] = print
    _runs: int = 0

    def run(self, kills: int, seed: int) -> Print:
        """Make the film in peace, then under ``kills`` blows, and compare; gives what both films hold.

        Raises
        ------
        DrillFailed
            A process was left, a file was half written, a run ended otherwise than it should, or the films differ.
        """
        chance = random.Random(seed)
        self.folder.mkdir(parents=True, exist_ok=True)
        peace, war = Place(self.folder / "in-peace"), Place(self.folder / "under-blows")
        whole = self._in_peace(peace)
        shutil.rmtree(peace.film)
        joining = self._in_peace(peace)
        wanted = taken(peace.only("film.mp4"))
        scenes = len(peace.takes())
        self.tell(f"in peace: {whole:.1f} s, of which joining {joining:.1f} s; {wanted}")
        struck = runs = 0
        while struck < kills:
            runs += 1
            missing = max(scenes - len(war.takes()), 0)
            if not missing and chance.random() < 0.5:
                missing = war.forget(chance)
            longest = joining + (whole - joining) * missing / max(scenes, 1)
            moment = self.slow_start + chance.uniform(0, max(longest - self.slow_start, self.slow_start))
            blow = BLOWS[struck % len(BLOWS)]
            took, came = self._under(war, blow, moment, chance)
            war.look(wanted, f"{blow.name}, after {moment:.1f} s of run {runs}")
            if came:
                struck += 1
                left = f"{len(war.takes())} of {scenes} takes whole"
                self.tell(f"{struck:3d}  {moment:6.1f} s  {blow.name:38s}  gone after {took:.1f} s, {left}")
            elif war.film.exists():
                # It was done before the blow fell: once more, with something to do.
                shutil.rmtree(war.film)
                war.forget(chance)
        self._in_peace(war)
        found = taken(war.only("film.mp4"))
        if found != wanted:
            raise DrillFailed(
                f"The film that came out differs from the undisturbed one in: {', '.join(found.unlike(wanted))}."
            )
        if left := war.left_over():
            raise DrillFailed(f"The last run left behind: {', '.join(left)}.")
        if others := war.unlike(peace):
            raise DrillFailed(f"Files beside the film differ from those made in peace: {', '.join(others)}.")
        self.tell(f"after {struck} blows in {runs} runs the same film: {found}")
        return found

    def _in_peace(self, place: Place) -> float:
        began = time.monotonic()
        process, mark, log = self._start(place)
        if process.wait():
            raise DrillFailed(f"The film could not be made, exit code {process.returncode}:\n{log.read_text()}")
        took = time.monotonic() - began
        self._nobody(mark, "a run that was not disturbed")
        return took

    def _under(self, place: Place, blow: Blow, moment: float, chance: random.Random) -> tuple[float, bool]:
        """Run and strike; seconds until all was over, and whether the blow came before the run was."""
        process, mark, log = self._start(place)
        try:
            process.wait(moment)
            came = False
        except subprocess.TimeoutExpired:
            blow.strike(process.pid, mark, chance)
            came = True
        began = time.monotonic()
        code = process.wait()
        took = time.monotonic() - began
        if came and blow.ends and took > self.gone:
            raise DrillFailed(f"{blow.name} after {moment:.1f} s: it went on for {took:.1f} s, exit code {code}.")
        self._nobody(mark, blow.name)
        wanted = blow.codes if came else {0}
        said = log.read_text()
        # A run that was just about to end well may do so.
        if code not in {*wanted, 0} or "Traceback" in said:
            raise DrillFailed(f"{blow.name} after {moment:.1f} s: exit code {code}, asked {sorted(wanted)}:\n{said}")
        return took, came

    def _start(self, place: Place) -> tuple[subprocess.Popen[bytes], str, Path]:
        self._runs += 1
        mark = f"{os.getpid()}-{self._runs}"
        log = self.folder / f"run-{self._runs}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*self.command, "--out", str(place.films)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment, **place.environment, MARK: mark},
                start_new_session=True,  # as a terminal has it: a group that Ctrl-C goes to
                # And hears it: what a shell runs in the background is born deaf to it.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
            )
        return process, mark, log

    def _nobody(self, mark: str, after: str) -> None:
        end = time.monotonic() + self.gone
        while left := processes(mark):
            if time.monotonic() > end:
                names = ", ".join(f"{process.pid} {' '.join(process.cmdline())[:60]}" for process in left)
                for process in left:
                    process.kill()
                raise DrillFailed(f"After {after}, these processes went on for {self.gone:.0f} s: {names}.")
            time.sleep(0.05)


@dataclass(frozen=True)
class Place:
    """Where a film is made: its folder of films, its takes and recordings, shared with nobody."""

    root: Path

    @property
    def films(self) -> Path:
        """What ``--out`` is given."""
        return self.root / "films"

    @property
    def environment(self) -> dict[str, str]:
        """Caches of its own."""
        return {"DESCENT_CACHE": str(self.root / "cache"), "DESCENT_RECORDINGS": str(self.root / "recordings")}

    @property
    def film(self) -> Path:
        """The folder of the film, there or not."""
        found = [path for path in self.films.glob("*/") if not path.name.startswith(".")]
        return found[0] if found else self.films / "no film yet"

    def only(self, name: str) -> Path:
        """A file of the film.

        Raises
        ------
        DrillFailed
            It is not there.
        """
        path = self.film / name
        if not path.exists():
            raise DrillFailed(f"There is no {name} in {self.film}.")
        return path

    def takes(self) -> list[Path]:
        """The folders of all takes, each under its final name."""
        return sorted(path.parent for path in (self.root / "cache" / "takes").glob("[!.]*/*/*/take.json"))

    def forget(self, chance: random.Random) -> int:
        """Remove some takes, as if their scenes had changed; how many."""
        takes = self.takes()
        gone = chance.sample(takes, chance.randint(1, max(len(takes) // 2, 1))) if takes else []
        for take in gone:
            shutil.rmtree(take)
        return len(gone)

    def look(self, wanted: Print, when: str) -> None:
        """All that has a final name must be whole.

        Raises
        ------
        DrillFailed
            A take's files are not what its record says, or a film is not the one that is wanted.
        """
        for folder in (path for path in (self.root / "cache" / "takes").glob("[!.]*/*/*") if path.is_dir()):
            record = folder / "take.json"
            files = json.loads(record.read_text())["files"] if record.exists() else {}
            if not files or any(_digest(folder / name) != content for name, content in files.items()):
                raise DrillFailed(f"After {when}, the take {folder.parent.parent.name} is not whole.")
        film = self.film / "film.mp4"
        if film.exists():
            try:
                unlike = taken(film).unlike(wanted)
            except av.FFmpegError as error:
                raise DrillFailed(f"After {when}, film.mp4 is there and not whole: {error}.") from None
            if unlike:
                raise DrillFailed(f"After {when}, film.mp4 is there and differs in: {', '.join(unlike)}.")
        manifest = self.film / "manifest.json"
        if manifest.exists():
            for name, content in json.loads(manifest.read_text())["files"].items():
                if not (self.film / name).exists() or _digest(self.film / name) != content:
                    raise DrillFailed(f"After {when}, the manifest is there, and {name} is not what it says.")

    def unlike(self, other: Place) -> list[str]:
        """Files of the film that the other place has not, or has with other contents; the front page too."""
        ours, theirs = self._files(), other._files()
        return sorted(name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name))

    def left_over(self) -> list[str]:
        """What unfinished work lies about."""
        work = self.root / "cache" / "takes" / ".work"
        hidden = self.films.rglob(".*")
        return [str(path.relative_to(self.root)) for path in [*hidden, *(work.iterdir() if work.exists() else ())]]

    def _files(self) -> dict[str, str]:
        return {
            path.relative_to(self.films).as_posix(): _digest(path) for path in self.films.rglob("*") if path.is_file()
        }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
