"""How long a film takes to make, stage by stage, beside its own length and beside encoding its frames alone.

    python -m tests.benchmarks.film [--quality hd] [--keep FOLDER] [--no-draft]

Works in a copy of the sources and in caches of its own, from nothing but what is installed; hd takes
some twenty minutes. Ratios mean more than seconds: all was measured on this machine, now.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import av

from scenes.production.format import FORMATS
from tests.benchmarks.rows import Row, print_rows

ROOT = Path(__file__).resolve().parents[2]
#: A scene, and words in it that are changed into others.
CHANGED, WORDS, INSTEAD = "scenes/gradient/what_comes_next.py", "Tell me in the comments", "Tell me down there"


class Copy:
    """A copy of the sources, with recordings and caches of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.films = folder / "source", folder / "films"
        skipped = shutil.ignore_patterns(".*", "films", "media", "recordings", "__pycache__", "*.egg-info")
        shutil.copytree(ROOT, self.folder, ignore=skipped)
        self.cache = folder / "cache"
        # The other benchmarks draw with one thread; a film is made as a user makes it.
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"},
            "DESCENT_CACHE": str(self.cache),
            "DESCENT_RECORDINGS": str(folder / "recordings"),
            "PYTHONPATH": str(self.folder),
        }

    def run(self, *words: str) -> float:
        """Seconds that ``render.py`` takes."""
        started = time.perf_counter()
        command = [sys.executable, "render.py", *words]
        done = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(words)} failed:\n{done.stdout}{done.stderr}")
        return time.perf_counter() - started

    def film(self, quality: str, jobs: int | None = None) -> float:
        """Seconds to make the film, ``jobs`` scenes at once."""
        at_once = ["--jobs", str(jobs)] if jobs else []
        return self.run("film", "gradient", "-q", quality, "-o", str(self.films), "--quiet", *at_once)

    def takes(self, height: int) -> list[Path]:
        """The films of the scenes at a frame height, newest of each."""
        newest: dict[str, Path] = {}
        for path in sorted(self.cache.glob(f"takes/*/{height}p*/*/take.mp4"), key=lambda path: path.stat().st_mtime):
            newest[path.parents[2].name] = path
        return list(newest.values())

    def forget(self) -> None:
        """Let all takes go; spoken lines stay."""
        shutil.rmtree(self.cache / "takes")

    def cost(self, scene: str, height: int, before: set[Path]) -> float:
        """Seconds that the one take of a scene took that was not there ``before``."""
        (path,) = (path for path in set(self.takes(height)) - before if path.parents[2].name.endswith(scene))
        return cost_of(path)


def cost_of(take: Path) -> float:
    """Seconds that a take took: its words, its pictures and their encoding."""
    return float(json.loads((take.parent / "take.json").read_text())["cost"])


def speaking(environment: dict[str, str]) -> float:
    """Seconds to speak all lines of the film, none of them known."""
    code = (
        "import sys, json, time; from scenes.narration.narrator import choose\n"
        "voice = choose(); lines = json.load(sys.stdin); started = time.perf_counter()\n"
        "[voice.say(line) for line in lines]; print(time.perf_counter() - started)"
    )
    lines = []
    for path in Path(environment["DESCENT_CACHE"]).glob("takes/*/*/*/cues.json"):
        lines += [cue["spoken"] for cue in json.loads(path.read_text())["cues"]]
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(lines), env=environment, capture_output=True, text=True, cwd=ROOT
    )
    return float(done.stdout)


def encoding(take: Path, encoder: dict[str, str]) -> float:
    """Seconds to encode the frames of a take anew, as manim does it: from RGBA pictures."""
    spent = 0.0
    with av.open(str(take)) as source, av.open(str(take.with_suffix(".anew.mp4")), "w") as out:
        video = source.streams.video[0]
        stream = out.add_stream("libx264", rate=video.average_rate, options=encoder)
        stream.width, stream.height, stream.pix_fmt = video.width, video.height, "yuv420p"
        for frame in source.decode(video):
            picture = frame.to_ndarray(format="rgba")
            started = time.perf_counter()
            for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgba")):
                out.mux(packet)
            spent += time.perf_counter() - started
        started = time.perf_counter()
        out.mux(stream.encode(None))
        spent += time.perf_counter() - started
    take.with_suffix(".anew.mp4").unlink()
    return spent


def rows(quality: str = "hd", keep: Path | None = None, drafts: bool = True) -> Iterator[Row]:
    """Every stage of the film, and what is drawn anew after a change.

    Parameters
    ----------
    quality
        A name of `scenes.production.format.FORMATS`.
    keep
        A folder to put the film into, to watch it.
    drafts
        Whether to make drafts too: the film's, and with one process beside two.
    """
    size = FORMATS[quality]
    cores = os.cpu_count() or 1
    with TemporaryDirectory(prefix="descent-benchmark-") as folder:
        copy = Copy(Path(folder))
        recording = copy.run("record")
        yield Row("record: all runs, from nothing", recording)
        whole = copy.film(quality)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        length = json.loads((copy.films / "4-the-gradient" / "manifest.json").read_text())["seconds"]
        made = f"the film, {size}, from the recordings"
        yield Row(made, whole, "s", "its length", length, most=2, of="ratio")
        yield Row("most memory of a process", memory, "GB", most=1.5)
        if keep:
            shutil.copytree(copy.films, keep, dirs_exist_ok=True)
        takes = copy.takes(size.height)
        drawn = sum(map(cost_of, takes))
        yield Row("again, nothing changed", copy.film(quality), most=3)
        shutil.rmtree(copy.films)
        joining = copy.film(quality)
        yield Row("join: sound, tracks, pictures, page", joining)
        voice = speaking(copy.environment)
        yield Row("voice: all lines, in one process", voice)
        with ProcessPoolExecutor(cores) as pool:
            each = list(pool.map(encoding, takes, [dict(size.encoder) | {"threads": "1"}] * len(takes)))
        yield Row(made, whole, "s", f"encoding alone, {cores} processes", sum(each) / cores, most=2, of="ratio")
        stages = {
            "recording": recording,
            "drawing": max(drawn - sum(each) - voice, 0.0),
            "encoding": sum(each),
            "speaking": voice,
            "joining": joining,
        }
        for stage, spent in stages.items():
            share = spent / sum(stages.values()) * 100
            yield Row(f"share of all work: {stage}", share, "%", note=f"{spent:.1f} s of one core")
        file = copy.folder / CHANGED
        file.write_text(file.read_text().replace(WORDS, INSTEAD))
        before = set(copy.takes(size.height))
        changed, scene = copy.film(quality), copy.cost("WhatComesNext", size.height, before)
        yield Row("one scene changed: beside that scene", changed - scene, most=5, note=f"{changed:.1f} s in all")
        if drafts:
            copy.forget()
            two = copy.film("draft", 2)
            yield Row("a draft of the film, two processes", two, most=60)
            copy.forget()
            yield Row("two processes beside one, drafts", two, "s", "one process", copy.film("draft", 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add_options(parser)
    asked = parser.parse_args()
    print_rows(rows(asked.quality, asked.keep, not asked.no_draft))


def add_options(parser: argparse.ArgumentParser) -> None:
    """How the film is to be made."""
    parser.add_argument("--quality", choices=list(FORMATS), default="hd", help="of the film; default: hd")
    parser.add_argument("--keep", type=Path, help="a folder to put the film into, to watch it")
    parser.add_argument("--no-draft", action="store_true", help="leave out the drafts of the film")


if __name__ == "__main__":
    main()
