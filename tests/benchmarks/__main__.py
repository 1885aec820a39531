"""Run the benchmarks, and write what they found into BENCHMARKS.md.

    python -m tests.benchmarks [core] [mountain] [picture] [check] [film] [series] [peer] [--quality hd] [--no-draft]

All of them but the series, which takes hours, or those that are named; the page keeps the other sections as they are.
The whole takes half an hour, and wants a machine that does nothing else meanwhile. ``--no-peer`` leaves out what is
fetched.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from tests.benchmarks import film
from tests.benchmarks.page import SECTIONS, here, written
from tests.benchmarks.rows import Row, print_rows

PAGE = Path(__file__).resolve().parents[2] / "BENCHMARKS.md"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SECTIONS)}; default: all but series")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page to write; default: BENCHMARKS.md")
    parser.add_argument(
        "--peer",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="hold a walk against manimvox, which is fetched from PyPI",
    )
    film.add_options(parser)
    asked = parser.parse_args()
    unknown = set(asked.names) - SECTIONS.keys()
    if unknown:
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    names = [
        name
        for name in SECTIONS
        if name in (asked.names or SECTIONS.keys() - {"series"}) and (name != "peer" or asked.peer)
    ]
    benchmarks = found_in(asked)
    load = os.getloadavg()[0]  # before we make some of our own
    for name in names:
        where = here(load)
        print(f"\n{name}: {where}", flush=True)
        # Each goes onto the page as soon as it is done: what follows may take long, or fail.
        written(asked.page, {name: print_rows(benchmarks[name]())}, where)
    print(f"\n{asked.page.name} is written.")


def found_in(asked: argparse.Namespace) -> dict[str, Callable[[], Iterable[Row]]]:
    """What gives the rows of each section; each imports what it measures only when it runs."""

    def core() -> Iterable[Row]:
        from tests.benchmarks import core

        return core.rows()

    def mountain() -> Iterable[Row]:
        from tests.benchmarks import mountain

        return mountain.rows()

    def picture() -> Iterable[Row]:
        from tests.benchmarks import picture

        return picture.rows()

    def check() -> Iterable[Row]:
        from tests.benchmarks import check

        return check.rows()

    def peer() -> Iterable[Row]:
        from tests.benchmarks import peer

        return peer.rows()

    def series() -> Iterable[Row]:
        from tests.benchmarks import series

        return series.rows(asked.quality)

    made = partial(film.rows, asked.quality, asked.keep, not asked.no_draft)
    return {
        "core": core,
        "mountain": mountain,
        "picture": picture,
        "check": check,
        "film": made,
        "series": series,
        "peer": peer,
    }


if __name__ == "__main__":
    main()
