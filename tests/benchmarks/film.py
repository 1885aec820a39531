"""How long a film takes to make, stage by stage, beside its own length and beside encoding its frames alone.

    python -m tests.benchmarks.film [--quality hd] [--no-draft]

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
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import av

from scenes.film.quality import QUALITIES

ROOT = Path(__file__).resolve().parents[2]
#: A scene, and words in it that are changed into others.
CHANGED, SAID, INSTEAD = "scenes/gradient/what_comes_next.py", "Tell me in the comments", "Tell me down there"


class Copy:
    """A copy of the sources, with recordings and caches of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.films = folder / "source", folder / "films"
        skipped = shutil.ignore_patterns(".*", "films", "media", "recordings", "__pycache__", "*.egg-info")
        shutil.copytree(ROOT, self.folder, ignore=skipped)
        self.cache = folder / "cache"
        self.environment = {
            **os.environ,
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

    def film(self, quality: str) -> float:
        """Seconds to make the film."""
        return self.run("film", "gradient", "-q", quality, "-o", str(self.films), "--quiet")

    def takes(self, height: int) -> list[Path]:
        """The films of the scenes at a frame height, newest of each."""
        newest: dict[str, Path] = {}
        for path in sorted(self.cache.glob(f"takes/*/{height}p*/*/take.mp4"), key=lambda path: path.stat().st_mtime):
            newest[path.parents[2].name] = path
        return list(newest.values())

    def cost(self, scene: str, height: int, before: set[Path]) -> float:
        """Seconds that the one take of a scene took that was not there ``before``."""
        (path,) = (path for path in set(self.takes(height)) - before if path.parents[2].name.endswith(scene))
        return float(json.loads((path.parent / "take.json").read_text())["cost"])


def speaking(environment: dict[str, str]) -> float:
    """Seconds to speak all lines of the film, none of them known."""
    code = (
        "import sys, json, time; from scenes.film.voice import choose\n"
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quality", choices=list(QUALITIES), default="hd")
    parser.add_argument("--keep", type=Path, help="a folder to put the film into, to watch it")
    parser.add_argument("--no-draft", action="store_true", help="leave out the draft of the film")
    asked = parser.parse_args()
    quality = QUALITIES[asked.quality]
    cores = os.cpu_count() or 1
    with TemporaryDirectory(prefix="descent-benchmark-") as folder:
        copy = Copy(Path(folder))
        print(f"{quality}, {cores} cores")
        print(f"record: all runs, from nothing        {copy.run('record'):8.1f} s")
        whole = copy.film(asked.quality)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        length = json.loads((copy.films / "4-the-gradient" / "manifest.json").read_text())["seconds"]
        print(f"film: {length:.0f} s long, from the recordings {whole:8.1f} s   {whole / length:5.2f} x its length")
        print(f"   most memory of a process           {memory:8.2f} GB")
        if asked.keep:
            shutil.copytree(copy.films, asked.keep, dirs_exist_ok=True)
        again = copy.film(asked.quality)
        print(f"again, nothing changed                {again:8.1f} s")
        shutil.rmtree(copy.films)
        print(f"join: sound, tracks, pictures, page   {copy.film(asked.quality):8.1f} s")
        print(f"voice: all lines, one process         {speaking(copy.environment):8.1f} s")
        file = copy.folder / CHANGED
        file.write_text(file.read_text().replace(SAID, INSTEAD))
        before = set(copy.takes(quality.height))
        changed, scene = copy.film(asked.quality), copy.cost("WhatComesNext", quality.height, before)
        print(f"one scene changed                     {changed:8.1f} s   that scene and {changed - scene:4.1f} s")
        takes = copy.takes(quality.height)
        with ProcessPoolExecutor(cores) as pool:
            each = list(pool.map(encoding, takes, [dict(quality.encoder) | {"threads": "1"}] * len(takes)))
        alone = sum(each) / cores
        print(f"encode: its frames alone, all cores   {alone:8.1f} s   the film took {whole / alone:5.2f} x as long")
        if not asked.no_draft and asked.quality != "draft":
            print(f"draft of the film                     {copy.film('draft'):8.1f} s")


if __name__ == "__main__":
    main()
