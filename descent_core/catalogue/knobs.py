"""Part 3, Weights and biases: its losses, runs, landscapes and listings.

The claims that the film makes of these runs are tests in ``tests/descent_core/catalogue/test_knobs.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from descent_core.catalogue.rings import COEFFS
from descent_core.catalogue.specs import Drawn, LandscapeSpec, ListingSpec, RunSpec
from descent_core.loss_function import Loss

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor

#: How many houses are made up, and the most rooms that one has.
HOUSES, MOST_ROOMS = 200, 8
#: Knobs on the wall, side by side and one above the other: a thousand.
ACROSS, DOWN = 40, 25
KNOBS = ACROSS * DOWN
#: Row and column of the lit window in the hidden picture, in the valley between its peaks.
WINDOW = (19, 26)
#: Listening tests that the wall has to pass.
TESTS = 4 * KNOBS
#: The seed of every start that is drawn.
SEED = 442
#: The numbers of knobs that are turned at random, and how often.
TURNED, TURNS = (2, 10, 100, 1000), 4000
#: Tries at the wall; as many evaluations of the loss as half as many steps.
TRIES = 80
#: Rows and columns of the picture that are averaged into one knob.
_FINE = 5


def make_up_houses(count: int) -> tuple[Tensor, Tensor, Tensor]:
    """``(count,)`` each: rooms, 2 to 8; paint of the mailbox, 0 to 1; price in thousands. Its lines are shown."""
    import torch

    rooms = torch.randint(2, 9, (count,)).float()
    paint = torch.rand(count)
    price = 60 + 25 * rooms + 0 * paint + 10 * torch.randn(count)
    return rooms, paint, price


def houses(bias: bool = True) -> Loss:
    """The mean absolute error of a linear guess at the prices of 200 houses that we made up, in thousands.

    The rule is known: 60, and 25 for each room, 0 for the paint of the mailbox, noise of 10 (seed 0). Coefficient 0 is
    the weight of the rooms as a fraction of the most there are, so an eighth of it is the price of a room;
    coefficient 1 the weight of the paint (0 to 1); coefficient 2, if there is one, the bias.
    """
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        rooms, paint, price = make_up_houses(HOUSES)
    columns = [rooms / MOST_ROOMS, paint, torch.ones(HOUSES)]
    inputs = torch.stack(columns if bias else columns[:2], 1)

    def loss(coeffs: Tensor) -> Tensor:
        return (inputs @ coeffs - price).abs().mean()

    return loss


def made_up_inputs() -> Tensor:
    """``(200, 1000)``, numbers from 0 to 1 by chance (seed 0)."""
    import torch

    return torch.rand(200, KNOBS, generator=torch.Generator().manual_seed(0))


def first_answers() -> Loss:
    """How large the answers of a linear model with 1,000 coefficients are: the mean of ``|inputs @ coeffs|``.

    200 made-up inputs. Of coefficients between 0 and 1 all answers are positive, so that it is their mean, about 250;
    of those around 0 most of it cancels.
    """
    inputs = made_up_inputs()

    def loss(coeffs: Tensor) -> Tensor:
        return (inputs @ coeffs).abs().mean()

    return loss


def share_of_a_turn(knobs: int) -> Loss:
    """How much of a random turn of all knobs goes along a direction, on average: the mean of ``|cos|``.

    4,000 turns (normal, seed 0); the coefficients are the direction. Its expectation, the same for every direction, is
    ``Γ(n / 2) / (√π Γ((n + 1) / 2))``, about ``√(2 / (π n))``.
    """
    import torch

    turns = torch.randn(TURNS, knobs, generator=torch.Generator().manual_seed(0))
    turns = turns / turns.norm(dim=1, keepdim=True)

    def loss(coeffs: Tensor) -> Tensor:
        cosines: Tensor = turns @ coeffs / coeffs.norm()
        return cosines.abs().mean()

    return loss


def hidden_picture() -> NDArray[np.float64]:
    """``(25, 40)``, from -1 to 1: two peaks at dusk, a moon, dark hills, and one lit window. Made for this series.

    The mountain is that of part 4, seen from far: the higher peak left of the lower one. The moon shines from the
    right: what faces it is lit, and snow lies where it is high. Averaged from five times as many rows and columns.
    """
    import numpy as np

    x = (np.arange(ACROSS * _FINE) + 0.5) / (ACROSS * _FINE) * 2 - 1
    y = 1 - (np.arange(DOWN * _FINE)[:, None] + 0.5) / (DOWN * _FINE)
    from_moon = np.hypot((x - 0.60) * ACROSS / 2, (y - 0.815) * DOWN)  # in knobs
    sky = -0.92 + 1.30 * (1 - y) ** 1.35 + 0.45 * np.exp(-((from_moon / 4.2) ** 2))
    seen = np.where(from_moon < 2.3, 1.0, sky)
    seen = np.where(y < 0.34 + 0.05 * np.sin(7 * x + 1) + 0.03 * np.sin(17 * x), -0.52, seen)  # far ranges
    for top, height, slope, bend in ((0.40, 0.62, 1.05, 0.02), (-0.30, 0.93, 1.10, 0.12)):
        aside, down = np.abs(x - top), height - y
        ridge = height - slope * aside + 0.03 * np.sin(21 * x + top * 9) * np.minimum(aside * 5, 1)
        lit = x > top + bend * down + 0.05 * np.sin(down * 15)
        rock = np.where(lit, 0.34 - 0.42 * down, -0.86 + 0.10 * down)
        snow = np.where(lit, 1.00 - 0.75 * down, -0.30 - 0.60 * down)
        face = np.where(down < 0.27 + 0.06 * np.sin(19 * x) + 0.06 * lit, snow, rock)
        seen = np.where(y < ridge, face, seen)
    seen = np.where(y < 0.15 + 0.06 * np.cos(2.2 * (x + 0.5)) + 0.02 * np.sin(31 * x), -0.97, seen)  # hills
    picture: NDArray[np.float64] = seen.reshape(DOWN, _FINE, ACROSS, _FINE).mean((1, 3))
    picture[WINDOW] = 0.95
    return picture.clip(-1, 1)


def wall() -> Loss:
    """The mean squared error of 1,000 knobs in 4,000 made-up listening tests, whose right setting is a picture.

    Each test turns all knobs up or down by chance (``inputs``, normal, seed 0) and hears ``inputs @ coeffs``; the
    answers are those of `hidden_picture`, row by row. Curvatures lie about between 0.5 and 4.5 (Marchenko and Pastur,
    1967), so descent is stable below ``lr`` 0.44. Minimum 0 at the picture.
    """
    import torch

    right = torch.tensor(hidden_picture().reshape(-1, 1), dtype=torch.float64)
    chance = torch.Generator().manual_seed(0)
    inputs = torch.randn(TESTS, KNOBS, generator=chance, dtype=torch.float64)
    answers = inputs @ right

    def loss(coeffs: Tensor) -> Tensor:
        return ((inputs @ coeffs[:, None] - answers) ** 2).mean()

    return loss


LOSSES: dict[str, Callable[[], Loss]] = {
    "houses": houses,
    "houses-no-bias": partial(houses, bias=False),
    "first-answers": first_answers,
    **{f"share-of-a-turn-{knobs}": partial(share_of_a_turn, knobs) for knobs in TURNED},
    "wall": wall,
}

RUNS: dict[str, RunSpec] = {
    # Prices of made-up houses, with a base level and without.
    "houses": RunSpec("houses", Drawn(3, SEED), lr=5.0, steps=800, dtype="float32"),
    "houses-no-bias": RunSpec("houses-no-bias", Drawn(2, SEED), lr=5.0, steps=800, dtype="float32"),
    # The network of `descent_core.catalogue.rings` when all its coefficients start alike.
    "alike-zeros": RunSpec("rings", (0.0,) * COEFFS, lr=1.0, steps=300, dtype="float32"),
    "alike-tenth": RunSpec("rings", (0.1,) * COEFFS, lr=1.0, steps=300, dtype="float32"),
    # What a thousand knobs answer before they have learnt anything: nothing is trained.
    "centred": RunSpec("first-answers", Drawn(KNOBS, SEED), lr=0.0, steps=0, dtype="float32"),
    "uncentred": RunSpec("first-answers", Drawn(KNOBS, SEED, centred=False), lr=0.0, steps=0, dtype="float32"),
    # How much of a random turn goes downhill, if that is along knob 0: nothing is trained.
    **{
        f"turn-of-{knobs}": RunSpec(
            f"share-of-a-turn-{knobs}", (1.0, *(0.0,) * (knobs - 1)), lr=0.0, steps=0, dtype="float32"
        )
        for knobs in TURNED
    },
    # The wall, from the same start: guessed at, and with the gradient at the same price.
    "wall-guess": RunSpec("wall", Drawn(KNOBS, SEED), lr=3.0, steps=TRIES, optimizer="random-search"),
    "wall": RunSpec("wall", Drawn(KNOBS, SEED), lr=0.2, steps=TRIES // 2),
}

LANDSCAPES: dict[str, LandscapeSpec] = {}

#: Code on screen, and the houses, which were made by code.
LISTINGS: dict[str, ListingSpec] = {
    "init-coeffs": ListingSpec(
        "descent_core.training.initial_coefficients:init_coeffs",
        None,
        (KNOBS,),
        show={
            "torch.rand": "' '.join(f'{c:.4f}' for c in coeffs[:3].tolist())",
            "- 0.5": "' '.join(f'{c:+.4f}' for c in coeffs[:3].tolist())",
            "requires_grad_": "coeffs.requires_grad",
        },
        seed=SEED,
    ),
    "made-up-houses": ListingSpec(
        "descent_core.catalogue.knobs:make_up_houses",
        None,
        (HOUSES,),
        show={
            "rooms = ": "' '.join(f'{r:.0f}' for r in rooms.tolist())",
            "paint = ": "' '.join(f'{p:.2f}' for p in paint.tolist())",
            "price = ": "' '.join(f'{p:.0f}' for p in price.tolist())",
        },
        seed=0,
    ),
}
