"""How long all films of the series take to make by one command, and how much memory and room.

    python -m tests.benchmarks.series [--quality hd]

Works in a copy of the sources and in caches of its own, from nothing but what is installed; in hd it takes hours.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from scenes.production.format import FORMATS
from scenes.production.package.build import FILM, MANIFEST
from tests.benchmarks.film import Copy
from tests.benchmarks.rows import Row, print_rows


def rows(quality: str = "hd") -> Iterator[Row]:
    """All films, from the recordings; again; the most memory of a process, and the bytes of the films.

    Parameters
    ----------
    quality
        A name of `scenes.production.format.FORMATS`.
    """
    with TemporaryDirectory(prefix="descent-benchmark-") as folder:
        copy = Copy(Path(folder))
        yield Row("record: all runs of all films, from nothing", copy.run("record"))
        words = ("film", "-q", quality, "-o", str(copy.films), "--quiet")
        whole = copy.run(*words)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        made = sorted(copy.films.glob(f"*/{MANIFEST}"))
        length = sum(json.loads(path.read_text("utf-8"))["seconds"] for path in made)
        size = sum((path.parent / FILM).stat().st_size for path in made) / 2**20
        cores = os.cpu_count() or 1
        what = f"{len(made)} films, {FORMATS[quality]}, {cores} processes"
        yield Row(what, whole, "s", "their length", length, most=2, of="ratio")
        yield Row("most memory of a process", memory, "GB", most=1.5)
        yield Row("the films on disk", size / 1024, "GB", note=f"{size / length:.2f} MB a second of film")
        yield Row("again, nothing changed", copy.run(*words), most=3 * len(made))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quality", choices=list(FORMATS), default="hd", help="of the films; default: hd")
    print_rows(rows(parser.parse_args().quality))


if __name__ == "__main__":
    main()
