"""Part 2, Loss: its losses, runs, landscapes and listings.

The claims that the film makes of these runs are tests in ``tests/descent_core/catalogue/test_loss.py``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from descent_core.catalogue.darts.throw import AWAY, BULL, GRAVITY, HIT, RELEASED, SHAKES, SLIPPED_SHAKES, SPEED
from descent_core.catalogue.rings import COEFFS
from descent_core.catalogue.specs import Drawn, LandscapeSpec, ListingSpec, RunSpec
from descent_core.loss_function import Loss

if TYPE_CHECKING:
    from torch import Tensor

#: How far off the two angles are at first: a quarter of a radian to the left, 0.3 up; in degrees.
START = (math.degrees(-0.25), math.degrees(0.30))
#: A learning rate of 1 for angles in radians and a score in metres is this many for degrees and centimetres; and for
#: square centimetres.
_DEGREES = math.degrees(1) ** 2 / 100
_SQUARED_DEGREES = _DEGREES / 100
#: The aims of three throws with a steady hand: the start, and two on other sides of the bull.
THROWS = (START, (10.0, 25.0), (24.0, 20.0))
#: An aim at which a shaking hand misses the bull on all sides.
GOOD_AIM = (14.5, 10.5)
#: Degrees by which a knob is turned to feel what that does to the score.
NUDGE = 1.0

Shakes = tuple[tuple[float, float], ...]


def landings(shakes: Shakes = SHAKES) -> Callable[[Tensor], Tensor]:
    """Where darts land on the wall, ``(n, 2)``, thrown with two angles, ``(2,)``.

    In torch what `descent_core.catalogue.darts.throw` is in numpy.

    Not a loss, but what losses are made of.
    """
    import torch

    table = torch.tensor(shakes, dtype=torch.float64)

    def throw(aim: Tensor) -> Tensor:
        aside, up = torch.deg2rad(aim + table.to(aim.dtype)).unbind(dim=-1)
        far = AWAY / torch.cos(aside)
        falls = GRAVITY * far**2 / (2 * SPEED**2 * torch.cos(up) ** 2)
        return torch.stack([AWAY * torch.tan(aside), RELEASED + far * torch.tan(up) - falls], dim=-1)

    return throw


def misses(shakes: Shakes = SHAKES) -> Callable[[Tensor], Tensor]:
    """How far from the bull they land, ``(n,)``."""
    import torch

    throw = landings(shakes)

    def miss(aim: Tensor) -> Tensor:
        off: Tensor = throw(aim) - torch.tensor(BULL, dtype=aim.dtype)
        far: Tensor = off.norm(dim=-1)
        return far

    return miss


def darts(shakes: Shakes = SHAKES) -> Loss:
    """The scorecard of the film: prediction minus answer, its size, the mean over a round of twenty darts.

    In centimetres, of two angles in degrees. Far from the bull it is a cone whose slope is about 4 cm a degree and
    never fades; at the bull it is rounded off, because the hand shakes: nowhere below 3.4.
    """
    miss = misses(shakes)
    return lambda aim: miss(aim).mean()


def squared_darts(shakes: Shakes = SHAKES) -> Loss:
    """The same with each miss squared, in square centimetres: a bowl, ever steeper the farther from the bull.

    Its largest curvature at the bull is 40.9, so plain descent is stable there below ``lr`` 0.049; where the start
    lies, a step is many times longer.
    """
    miss = misses(shakes)
    return lambda aim: (miss(aim) ** 2).mean()


def darts_off(shakes: Shakes = SHAKES) -> Loss:
    """How many darts of a round don't hit the board: a count. Flat nearly everywhere, also where it isn't 20."""
    miss = misses(shakes)
    return lambda aim: (miss(aim) >= HIT).double().sum() + 0 * aim.sum()


LOSSES: dict[str, Callable[[], Loss]] = {
    "dart-landings": landings,
    "darts": darts,
    "one-dart": partial(darts, ((0.0, 0.0),)),
    "darts-squared": squared_darts,
    "slipped": partial(darts, SLIPPED_SHAKES),
    "slipped-squared": partial(squared_darts, SLIPPED_SHAKES),
    "darts-off": darts_off,
}


RUNS: dict[str, RunSpec] = {
    # Single throws with a steady hand: a score each, and no step.
    **{f"throw-{number}": RunSpec("one-dart", aim, lr=0.0, steps=0) for number, aim in enumerate(THROWS, start=1)},
    # A round of twenty darts with one of the knobs turned by a degree: what finite differences need.
    "nudged-aside": RunSpec("darts", (START[0] + NUDGE, START[1]), lr=0.0, steps=0),
    "nudged-up": RunSpec("darts", (START[0], START[1] + NUDGE), lr=0.0, steps=0),
    # A round by somebody whose aim is good.
    "good-aim": RunSpec("darts", GOOD_AIM, lr=0.0, steps=0),
    # Thirty rounds; the same for a timid thrower and for a wild one.
    "darts": RunSpec("darts", START, lr=0.01 * _DEGREES, steps=30),
    "darts-timid": RunSpec("darts", START, lr=0.001 * _DEGREES, steps=30),
    "darts-wild": RunSpec("darts", START, lr=0.3 * _DEGREES, steps=30),
    # Squares, far beyond what they can hold; and small enough.
    "darts-explode": RunSpec("darts-squared", START, lr=0.2 * _SQUARED_DEGREES, steps=3),
    "darts-squared": RunSpec("darts-squared", START, lr=0.05 * _SQUARED_DEGREES, steps=60),
    # One dart slips: where distances lead, from afar; and where squares pull a hand whose aim was good.
    "slip-absolute": RunSpec("slipped", START, lr=0.005 * _DEGREES, steps=400),
    "slip-squared": RunSpec("slipped-squared", GOOD_AIM, lr=0.05 * _SQUARED_DEGREES, steps=400),
    # The field of two colours, from the start of its own run (in the catalogue of the rings), in too great a hurry.
    "rings-hasty": RunSpec("rings", Drawn(COEFFS, seed=442), lr=10.0, steps=300, dtype="float32"),
}

#: The angles that are mapped: as far on each side of the aim that hits the bull.
_AROUND_THE_BULL = {"x": (-21.0, 50.0), "y": (-25.0, 46.0)}
LANDSCAPES: dict[str, LandscapeSpec] = {
    "dartboard": LandscapeSpec("darts", **_AROUND_THE_BULL, nodes=(285, 285)),
    # It falls by cliffs, and what is seen of their edges is the raster: so fine that the eye takes them for round.
    "counted-hits": LandscapeSpec("darts-off", **_AROUND_THE_BULL, nodes=(1137, 1137)),
}

#: Code on screen.
LISTINGS: dict[str, ListingSpec] = {
    "score": ListingSpec(
        "descent_core.catalogue.darts.scorecards:score",
        "dart-landings",
        GOOD_AIM,
        show={"landed =": "len(landed)", "off =": "off[0].round()", "misses =": "misses[0].round()"},
    ),
    "rewind-throws": ListingSpec(
        "descent_core.training.update_rules:print_gradient",
        "darts",
        START,
        show={"requires_grad_": "coeffs.requires_grad", "loss = ": "' '.join(history(loss))"},
    ),
    "count-hits": ListingSpec("descent_core.catalogue.darts.scorecards:count_hits", "dart-landings", START),
}
