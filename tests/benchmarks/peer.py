"""The same thirty-second walk down the same mountain, made by us and by manimvox, whole film against whole film.

    python -m tests.benchmarks.peer [--seconds 30] [--keep FOLDER]

Theirs is installed from PyPI into an environment of its own, in a folder that is gone afterwards. What is timed is
the one command that makes the film: pictures, voice, sound, captions. Installing, recording and compiling came before.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import av

from tests.benchmarks.rows import Row, print_rows
from tests.benchmarks.the_walk import SECONDS, SHORTER

ROOT = Path(__file__).resolve().parents[2]
PEER = "manimvox==0.4.1"
_THEIRS = Path(__file__).with_name("their_walk.txt")


def rows(seconds: float = SECONDS, keep: Path | None = None) -> Iterator[Row]:
    """The walk, ours beside theirs, and how long each film really is.

    Parameters
    ----------
    seconds
        How long the film is to be.
    keep
        A folder to put both films into, to watch them.
    """
    with TemporaryDirectory(prefix="descent-benchmark-") as name:
        folder = Path(name)
        environment = {
            **{name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"},
            "DESCENT_CACHE": str(folder / "cache"),
            "DESCENT_RECORDINGS": str(folder / "recordings"),
            "PYTHONPATH": str(ROOT),
            SHORTER: str(seconds),
        }
        prepared = "from pathlib import Path; from tests.benchmarks.the_walk import write_for_them as write"
        project, manimvox = installed(folder)
        run([sys.executable, "-c", f"{prepared}; write(Path({str(project)!r}))"], ROOT, environment)
        ours, theirs = folder / "films" / "the-walk" / "film.mp4", project / "out" / "ep01_walk.mp4"
        mine = run([sys.executable, "-m", "tests.benchmarks.the_walk", str(ours.parents[1])], ROOT, environment)
        other = run([str(manimvox), "render", "ep01", "--yes"], project, alone())
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            shutil.copy(ours, keep / "ours.mp4")
            shutil.copy(theirs, keep / "theirs.mp4")
        yield Row(f"the walk, {shape(ours)}", mine, "s", f"manimvox, {shape(theirs)}", other)
        yield Row("a second of it", mine / length(ours), "s", "manimvox", other / length(theirs))


def installed(folder: Path) -> tuple[Path, Path]:
    """A project of theirs with our walk in it, and their program, in ``folder``."""
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / "bin"
    run([str(programs / "python"), "-m", "pip", "install", "--quiet", PEER], folder, alone())
    manimvox, project = programs / "manimvox", folder / "project"
    run([str(manimvox), "new", str(project), "--series", "The walk", "--voice", "fake:tone"], folder, alone())
    run([str(manimvox), "add", "surface-plot"], project, alone())
    shutil.copy(_THEIRS, project / "episodes" / "ep01_walk.py")
    series = json.loads((project / "series.json").read_text())
    series["episodes"] = [{"n": 1, "stem": "ep01_walk", "cls": "Walk", "title": "The walk"}]
    (project / "series.json").write_text(json.dumps(series))
    return project, manimvox


def alone() -> dict[str, str]:
    """An environment in which nothing of ours is imported."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "OMP_NUM_THREADS")}


def run(command: list[str], folder: Path, environment: Mapping[str, str]) -> float:
    """Seconds that a command takes; what it said, where it fails."""
    started = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return time.perf_counter() - started


def length(film: Path) -> float:
    """Seconds that a film is long."""
    with av.open(str(film)) as file:
        assert file.duration is not None
        return file.duration / av.time_base


def shape(film: Path) -> str:
    """How long a film is, its size and rate, and whether there is sound in it: what makes two comparable."""
    with av.open(str(film)) as file:
        (video,) = file.streams.video
        heard = "with sound" if file.streams.audio else "without sound"
        return f"{length(film):.1f} s of {video.width} × {video.height} at {float(video.average_rate):g}, {heard}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long the film is; default: 30")
    parser.add_argument("--keep", type=Path, help="a folder to put both films into, to watch them")
    asked = parser.parse_args()
    print_rows(rows(asked.seconds, asked.keep))


if __name__ == "__main__":
    main()
