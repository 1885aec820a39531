"""Part 1, Tensors: its losses, runs, landscapes and listings.

The claims that the film makes of these runs are tests in ``tests/descent_core/catalogue/test_tensors.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from descent_core.catalogue.passengers.manifest import COLUMNS, KINDS, manifest, row_of
from descent_core.catalogue.specs import Drawn, LandscapeSpec, ListingSpec, RunSpec
from descent_core.loss_function import Loss

if TYPE_CHECKING:
    from torch import Tensor

#: How many numbers there are of everybody on board: the beads of the lattice.
BEADS = len(COLUMNS) * sum(kind.count for kind in KINDS)
#: How the nine coefficients are drawn that the lattice begins with.
NINE = Drawn(len(COLUMNS), seed=442)
#: Whose row is shown by itself: a woman in the third class.
PERSON = KINDS[9]


def lattice() -> Loss:
    """How wrong a machine of nine coefficients is about all 2,201 people on board, on average.

    Each number of a person (`descent_core.catalogue.passengers.manifest`, each column divided by its largest) times its
    coefficient; the nine products added up, squeezed between 0 and 1 by a sigmoid; the distance of that from what
    became of the person, 1 for saved; and the mean over all. In float32.
    """
    rows, fates = everybody()

    def loss(coeffs: Tensor) -> Tensor:
        return _wrong(rows * coeffs, fates)

    return loss


def beads() -> Loss:
    """The same loss as a function of 19,809 nudges, one for each product: its gradient is what comes back to each.

    The nine coefficients are those that `lattice` begins with. Where all nudges are 0, as at the start of its run,
    the loss is the lattice's own.
    """
    import torch

    rows, fates = everybody()
    drawn = torch.rand(NINE.count, generator=torch.Generator().manual_seed(NINE.seed))
    products = rows * (drawn - 0.5)

    def loss(nudges: Tensor) -> Tensor:
        return _wrong(products + nudges.view_as(products), fates)

    return loss


def everybody() -> tuple[Tensor, Tensor]:
    """The people on board: their rows ``(2201, 9)``, scaled, and their fates ``(2201,)``, in float32."""
    import torch

    people = manifest()
    rows = torch.from_numpy(people.rows().astype(np.float32))
    return rows, torch.from_numpy(people.fates.astype(np.float32))


def _wrong(products: Tensor, fates: Tensor) -> Tensor:
    import torch

    return (torch.sigmoid(products.sum(dim=1)) - fates).abs().mean()


# Listings of which the values are shown, and not the text.


def ranks() -> None:
    """How many were in a person's class, her row, everybody's rows, and a picture as large as the film's own."""
    import torch

    crowd = torch.tensor(row_of(PERSON)[-1])
    person = torch.tensor(row_of(PERSON))
    people = torch.from_numpy(manifest().columns.astype(np.float32))
    picture = torch.zeros(1080, 1920, 3)
    print(crowd.shape, person.shape, people.shape, picture.shape)


def lists_or_tensor() -> None:
    """The people as Python's lists and as a tensor: bytes, answers, and how long a sum of products takes."""
    import sys

    import torch

    tensor = torch.from_numpy(manifest().columns.astype(np.float32))
    lists = tensor.tolist()
    list_bytes = sys.getsizeof(lists) + sum(sys.getsizeof(row) + sum(map(sys.getsizeof, row)) for row in lists)
    tensor_bytes = tensor.untyped_storage().nbytes()
    weights, halves = [0.5] * len(COLUMNS), torch.full((len(COLUMNS),), 0.5)
    by_lists = [sum(number * weight for number, weight in zip(row, weights, strict=True)) for row in lists]
    by_tensor = (tensor @ halves).tolist()
    equal = by_lists == by_tensor
    her = tensor.tolist().index(list(row_of(PERSON)))
    hers = by_lists[her], by_tensor[her]
    slow = _seconds(lambda: [sum(a * b for a, b in zip(r, weights, strict=True)) for r in lists], 1)
    quick = _seconds(lambda: tensor @ halves, 50)
    times = slow / quick
    print(list_bytes, tensor_bytes, equal, hers, times)


def _seconds(work: Callable[[], object], number: int) -> float:
    """Seconds that something takes at best, in the mean of ``number``: without the trace that makes a listing.

    In one thread: where others keep the cores busy, several wait for each other, a thousand times as long as they work.
    """
    import sys
    from timeit import repeat

    import torch

    traced, threads = sys.gettrace(), torch.get_num_threads()
    sys.settrace(None)
    torch.set_num_threads(1)
    try:
        return min(repeat(work, number=number, repeat=9)) / number
    finally:
        torch.set_num_threads(threads)
        sys.settrace(traced)


def nudged() -> None:
    """A sum of three products, how far off it is, and so with each coefficient turned up by a nudge; the products."""
    import torch

    coeffs, passenger = torch.tensor([0.5, -1.0, 2.0]), torch.tensor([1.0, 0.0, 1.0])
    nudge = 0.1

    def miss(ways: Tensor) -> float:
        return round(((coeffs + nudge * ways) * passenger).sum().sub(1).abs().item(), 6)

    guess = (coeffs * passenger).sum().item()
    still = miss(torch.zeros(3))
    turned = [miss(way) for way in torch.eye(3)]
    parts = (coeffs * passenger + 0).tolist()  # or −1 times 0 would be −0
    print(guess, still, nudge, turned, parts)


def growing_history() -> None:
    """How many operations a loss remembers, turn by turn: where the turns are recorded, and where they are not."""
    import torch

    from descent_core.recordings.listing import history

    passenger = torch.tensor([1.0, 0.0, 1.0])

    def score(coeffs: Tensor) -> Tensor:
        return ((coeffs * passenger).sum() - 1).abs()

    recorded, paused = [], []
    coeffs = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
    for _ in range(4):
        loss = score(coeffs)
        recorded.append(len(history(loss)))
        coeffs = coeffs - 0.1 * torch.ones(3)
    coeffs = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
    for _ in range(4):
        loss = score(coeffs)
        paused.append(len(history(loss)))
        with torch.no_grad():
            coeffs.sub_(0.1)
    print(*recorded)
    print(*paused)


def notes_of_everybody() -> None:
    """How much the loss of all people keeps for the way back: tensors and bytes; and with the recording paused."""
    import torch

    rows, fates = everybody()
    coeffs = torch.zeros(len(COLUMNS), requires_grad=True)
    kept: dict[int, int] = {}

    def pack(saved: Tensor) -> Tensor:
        kept[saved.untyped_storage().data_ptr()] = saved.untyped_storage().nbytes()
        return saved

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda saved: saved):
        _wrong(rows * coeffs, fates)
    recorded = sum(kept.values())
    kept.clear()
    with torch.autograd.graph.saved_tensors_hooks(pack, lambda saved: saved), torch.no_grad():
        _wrong(rows * coeffs, fates)
    paused = sum(kept.values())
    print(recorded, paused)


LOSSES: dict[str, Callable[[], Loss]] = {"lattice": lattice, "beads": beads}

RUNS: dict[str, RunSpec] = {
    # One prediction of everybody, and one way back: no step is taken.
    "lattice": RunSpec("lattice", NINE, lr=1.0, steps=0, dtype="float32"),
    "beads": RunSpec("beads", (0.0,) * BEADS, lr=1.0, steps=0, dtype="float32"),
}

LANDSCAPES: dict[str, LandscapeSpec] = {}


def _facts(name: str, **show: str) -> ListingSpec:
    """A listing of a function of this module, with what its lines had; each line by the name that it assigns."""
    lines = {f"    {left} = ".lstrip(): right for left, right in show.items()}
    return ListingSpec(f"{__name__}:{name}", None, (), show=lines)


def _code(name: str, show: dict[str, str] | None = None, *, raises: bool = False) -> ListingSpec:
    """A listing of code on screen."""
    return ListingSpec(f"descent_core.training.taking_notes:{name}", None, (), show=show or {}, raises=raises)


#: Code on screen, and facts.
LISTINGS: dict[str, ListingSpec] = {
    "ranks": _facts(
        "ranks",
        crowd="(crowd.ndim, crowd.item())",
        person="(person.ndim, person.numel(), *person.tolist())",
        people="(people.ndim, *people.shape, people.numel())",
        picture="(picture.ndim, *picture.shape, picture.numel())",
    ),
    "lists-or-tensor": _facts(
        "lists_or_tensor",
        list_bytes="list_bytes",
        tensor_bytes="tensor_bytes",
        equal="equal",
        hers="hers",
        times="times",
    ),
    "nudged": _facts("nudged", guess="guess", still="still", nudge="nudge", turned="turned", parts="parts"),
    "growing-history": _facts("growing_history"),
    "notes-of-everybody": _facts("notes_of_everybody", recorded="recorded", paused="paused"),
    "feed-a-word": _code("feed_a_word", raises=True),
    "take-notes": _code("take_notes", {"loss = ": "' '.join(history(loss))"}),
    "rewind": _code("rewind", {"loss = ": "kept(loss)", "backward": "coeffs.grad.tolist()"}),
    "rewind-twice": _code("rewind_twice", raises=True),
    "turn-while-recording": _code("turn_while_recording", raises=True),
    "turn-while-paused": _code("turn_while_paused"),
}
