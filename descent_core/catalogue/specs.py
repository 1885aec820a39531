"""What a catalogue is made of: specifications of runs, landscapes, listings, grids. Names and numbers only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from descent_core.loss_function import Loss


@dataclass(frozen=True)
class Drawn:
    """A start that is drawn, not typed: see `descent_core.training.initial_coefficients.draw`.

    Attributes
    ----------
    count
        How many coefficients.
    seed
        Of torch's generator, which draws them.
    centred
        Whether they lie around 0, from -0.5 to 0.5; else from 0 to 1.
    """

    count: int
    seed: int
    centred: bool = True


@dataclass(frozen=True)
class RunSpec:
    """The arguments of `descent_core.training.recorder.record` for one run.

    Attributes
    ----------
    loss
        A key of the catalogue's ``LOSSES``.
    start
        ``(D,)``, the coefficients that the run starts from, or how to draw them.
    lr, steps, zero_grad, seed
        See `descent_core.training.recorder.record`.
    optimizer
        ``None`` for plain gradient descent, ``"random-search"``, or one of ``torch.optim`` with its settings, as
        `descent_core.training.named_optimizers.parse_optimizer` reads it: ``"adam:betas=0.9,0.99"``.
    dtype
        Of the coefficients: a name of a torch dtype.
    """

    loss: str
    start: tuple[float, ...] | Drawn
    lr: float
    steps: int
    zero_grad: bool = True
    optimizer: str | None = None
    dtype: str = "float64"
    seed: int = 0

    def recipe(self) -> dict[str, Any]:
        """The specification as plain JSON values, to be kept with the recording."""
        return _plain(asdict(self))


@dataclass(frozen=True)
class LandscapeSpec:
    """How to sample a landscape: a loss of two coefficients, over which area, with how many nodes along each side."""

    loss: str
    x: tuple[float, float]
    y: tuple[float, float]
    nodes: tuple[int, int]

    def recipe(self) -> dict[str, Any]:
        """The specification as plain JSON values."""
        return _plain(asdict(self))


@dataclass(frozen=True)
class GridSpec:
    """The arguments of `descent_core.training.run_grids.record_grid` for a grid of runs with the plain loop.

    Attributes
    ----------
    loss
        A key of the catalogue's ``LOSSES``, of two coefficients.
    starts, lrs, steps
        As `record_grid` has them.
    x, y
        The edges of the ground, west and east, south and north.
    home
        ``(2,)``, a point in the valley that is home.
    """

    loss: str
    starts: tuple[tuple[float, float], ...]
    lrs: tuple[float, ...]
    steps: int
    x: tuple[float, float]
    y: tuple[float, float]
    home: tuple[float, float]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, east, south and north edge."""
        return *self.x, *self.y

    def recipe(self) -> dict[str, Any]:
        """The specification as plain JSON values."""
        return {**_plain(asdict(self)), "starts": [list(start) for start in self.starts]}


@dataclass(frozen=True)
class FatesSpec:
    """Maps of fates beside a grid of runs: same loss, steps and valleys.

    Attributes
    ----------
    grid
        A key of the catalogue's ``GRIDS``.
    lrs
        Of one map each.
    nodes
        Starts from west to east, and from south to north.
    """

    grid: str
    lrs: tuple[float, ...]
    nodes: tuple[int, int]

    def recipe(self) -> dict[str, Any]:
        """The specification as plain JSON values."""
        return _plain(asdict(self))


@dataclass(frozen=True)
class ListingSpec:
    """Code to be run once and shown on screen with the values that it had as it ran.

    Attributes
    ----------
    function
        ``module:name`` of the function whose source text is shown.
    loss
        A key of the catalogue's ``LOSSES``: the function's first argument; ``None`` for a function that takes none.
    start
        ``(D,)``, the coefficients that it is given, or how to draw them; where there is no loss, its arguments,
        whatever they are.
    lr
        Its third argument; ``None`` for a function of two arguments that makes its own tensor of ``start``.
    show
        Text found in a line, to the expression that is evaluated after the line has run.
    seed
        Seeds torch while it runs; ``None`` for code without chance in it.
    raises
        Whether it ends with an error, which is kept.
    """

    function: str
    loss: str | None
    start: tuple[float, ...] | Drawn
    lr: float | None = None
    show: Mapping[str, str] = field(default_factory=dict)
    seed: int | None = None
    raises: bool = False

    def recipe(self) -> dict[str, Any]:
        """The specification as plain JSON values; without a seed where there is none, likewise an error."""
        usual = {"seed": None, "raises": False}
        return {name: value for name, value in _plain(asdict(self)).items() if value != usual.get(name, ...)}


@dataclass(frozen=True)
class Catalogue:
    """All that one or several films have recorded, by label.

    Attributes
    ----------
    losses
        Functions without arguments that make a loss.
    runs, landscapes, listings, grids, fates
        Their specifications.
    """

    losses: Mapping[str, Callable[[], Loss]]
    runs: Mapping[str, RunSpec]
    landscapes: Mapping[str, LandscapeSpec]
    listings: Mapping[str, ListingSpec]
    grids: Mapping[str, GridSpec] = field(default_factory=dict)
    fates: Mapping[str, FatesSpec] = field(default_factory=dict)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}
