"""Kill a render at random moments, twenty times, and compare the film that comes out with an undisturbed one.

    python -m tests.drills [--kills 20] [--seed SEED] [--quality draft] [--keep FOLDER] [PART]

A draft of part 4 takes some 20 minutes: it is made in peace once, and in pieces many times. Exit 1, with what
did not hold, if anything did not; the same seed strikes at the same moments.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from scenes.production.format import QUALITIES
from tests.drills.drill import Drill, DrillFailed

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.drills", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("part", nargs="?", default="gradient", help="the film, as render.py calls it")
    parser.add_argument("--kills", type=int, default=20, help="how many blows must fall (default: 20)")
    parser.add_argument("--seed", type=int, help="for the moments; default: another one each time")
    parser.add_argument("-q", "--quality", choices=list(QUALITIES), default="draft")
    parser.add_argument("--keep", type=Path, help="work in this folder, and leave films and logs there")
    asked = parser.parse_args()
    seed = random.randrange(10**6) if asked.seed is None else asked.seed
    print(f"seed {seed}", flush=True)
    command = [sys.executable, str(ROOT / "render.py"), "film", asked.part, "-q", asked.quality]
    with TemporaryDirectory(prefix="descent-drill-") as folder:
        place = asked.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        if any(place.iterdir()):
            parser.error(f"{place} is not empty. Name a new folder.")
        try:
            Drill(command, place, tell=lambda line: print(line, flush=True)).run(asked.kills, seed)
        except DrillFailed as failure:
            sys.exit(f"{failure}\nSeed {seed}." + (f" All is kept in {place}." if asked.keep else ""))


if __name__ == "__main__":
    main()
