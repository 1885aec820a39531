"""The lattice of everybody on board, with the light that torch recorded, and the views of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from descent_core.catalogue.passengers.manifest import COLUMNS, KINDS, manifest
from descent_core.catalogue.tensors import PERSON
from descent_core.recordings.trajectory import Trajectory
from scenes.parts.lattice.lattice import Lattice
from scenes.parts.lattice.look import LatticeLook
from scenes.stage.number_sources import note_source

#: A woman of the third class who was saved, as the film says of her: whose row is looked at from close by. The dead of
#: a kind come first.
HER = sum(kind.count for kind in KINDS[: KINDS.index(PERSON)]) + PERSON.died + 28
#: Which of her numbers is looked at alone: how many were in her class, the last.
CROWD = 8
#: What three of her numbers answer: those that the small sum is made of.
ASKED = ("female", "child", "3rd")
#: Where the threads end: below, nine feet, and the one point above.
FEET = tuple((float(x), -1.12, 0.0) for x in np.linspace(-5.2, 5.2, 9))
TOP = (0.0, 3.5, 0.0)
#: Light along a thread is seen to differ less than it does, so that the faint is seen too.
_SOFTER = 0.6

#: The views: all of it with its threads, from afar; and from nearer, where there is room for it alone.
AFAR = LatticeLook(distance=198, turn=0, tilt=9.5, y=5.0, rise=1.15)
WIDE = {"x": 0.0, "y": 5.0, "z": 0.0, "distance": 150.0, "turn": 0.0, "tilt": 17.0, "rise": 0.55}
#: One bead, and a row of nine, along the ribbon: see `Lattice.aim`.
ONE = {"distance": 3.2, "turn": 90.0, "tilt": 24.0, "rise": 0.5, "shown": 0.06}
ROW = {"distance": 10.5, "turn": 90.0, "tilt": 14.0, "rise": 0.5, "shown": 1.0}
#: From above, where rows and columns are seen to be a grid.
GRID = {"distance": 19.0, "turn": 90.0, "tilt": 62.0, "rise": 0.5}
#: Where the ribbon winds away into the dark; and what is shown once everybody is there.
RIBBON = {"distance": 34.0, "turn": 82.0, "tilt": 20.0, "rise": 0.6}
EVERYBODY = 3000.0
#: Down among the beads, while warm light falls on them.
AMONG = {"distance": 22.0, "turn": 82.0, "tilt": 14.0, "rise": -0.2, "below": 0.0}


def lattice_of_people(run: Trajectory, beads: Trajectory, look: LatticeLook = AFAR, *, coarse: int = 1) -> Lattice:
    """The 2,201 rows of nine numbers, each column divided by its largest.

    Cold light is as bright in a bead as the number times its coefficient, where the run begins; warm light as what came
    back to the bead times its number.
    """
    rows = manifest().rows()
    cold = np.abs(rows * np.asarray(run.coeffs[0]))
    warm = np.abs(rows * np.asarray(beads.slopes[0]).reshape(rows.shape))
    return Lattice(
        rows,
        cold=_seen(cold),
        warm=_seen(warm),
        feet=FEET,
        top=TOP,
        front=HER,
        first=(HER, CROWD),
        look=look,
        coarse=coarse,
    )


def backdrop(run: Trajectory, beads: Trajectory, opacity: float = 0.18) -> Lattice:
    """The same, far out of focus, faint and slowly turning: for what stands before it."""
    lattice = lattice_of_people(run, beads, coarse=4)
    lattice.set_look(**lattice.aim(HER), **{**RIBBON, "distance": 26.0, "tilt": 27.0}, lens=6.0, lit=0.8)
    lattice.drift(0.7).set_opacity(opacity)
    return lattice


def column_names() -> list[str]:
    """What the nine columns are called; a number in a name is a class that people travelled in."""
    return [note_source(name, "the name of a column of the manifest") for name in COLUMNS]


def asked_names() -> list[str]:
    """What the three numbers of the small sum answer, in the order of the columns."""
    return [name for name in column_names() if name in ASKED]


def moved(look: LatticeLook) -> dict[str, float]:
    """What moves the eye to a look, and changes nothing else."""
    return {name: getattr(look, name) for name in ("x", "y", "z", "distance", "turn", "tilt", "rise")}


def _seen(light: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((light / light.max()) ** _SOFTER)
