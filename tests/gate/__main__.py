"""Plant defects in the scenes, one at a time, and count how many `descent check` finds, and how often it is wrong.

    python -m tests.gate [--kind KIND] [--scene FILM/SCENE] [-k TEXT] [--theme light] [-j JOBS]

Half an hour for all. Each edit of `tests/gate/planted.py` and `tests/gate/harmless.py` is made in a copy of the
checkout, in which the scene that it concerns is checked. Exit 1 if a defect was not found or a harmless edit called
a fault.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.gate.drill import HEAD, Drill, rates
from tests.gate.edit import EditError, Kind
from tests.gate.harmless import HARMLESS
from tests.gate.planted import PLANTED


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.gate", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kind", action="append", choices=[kind.name.lower() for kind in Kind], help="only this kind")
    parser.add_argument("--scene", action="append", metavar="FILM/SCENE", help="only edits to this scene")
    parser.add_argument("-k", metavar="TEXT", default="", help="only edits in whose names this is")
    parser.add_argument("--theme", choices=["dark", "light"], default="dark")
    parser.add_argument("-j", "--jobs", type=int, default=1, help="scenes at once (default: 1)")
    asked = parser.parse_args()
    edits = [
        edit
        for edit in (*PLANTED, *HARMLESS)
        if asked.k in edit.name
        and (asked.kind is None or edit.kind.name.lower() in asked.kind)
        and (asked.scene is None or edit.scene in asked.scene)
    ]
    if not edits:
        parser.error("There is no such edit.")
    print(HEAD, flush=True)
    with TemporaryDirectory(prefix="descent-gate-") as folder:
        # Recordings of its own: an edit may change what makes them.
        drill = Drill(asked.theme, max(asked.jobs, 1), environment={"DESCENT_RECORDINGS": str(Path(folder))})
        try:
            results = drill.run(edits, lambda line: print(line, flush=True))
        except EditError as error:
            sys.exit(str(error))
    print("", *rates(results), sep="\n")
    sys.exit(any(not result.good for result in results))


if __name__ == "__main__":
    main()
