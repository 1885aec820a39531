"""Summary: what an exploration found out, as a film needs it. numpy only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from descent_core.explore.height_map import HeightMap
from descent_core.explore.plane import Kind, Plane
from descent_core.explore.region import Region
from descent_core.explore.verdict import Verdict
from descent_core.recordings.landscape import Landscape

#: The labels of the landscape, of the run whose gradient is never set to zero, and of what a viewer can try.
LANDSCAPE, NO_ZERO_GRAD, BENCH = "ground", "no-zero-grad", "bench"
#: Where the landscape's `meta` holds the summary.
_KEY = "exploration"


def run_label(index: int) -> str:
    """The label of the run with the learning rate of that index."""
    return f"run-{index}"


def projected_label(label: str) -> str:
    """The label of the same run, projected onto the plane.

    >>> projected_label(run_label(0))
    'run-0-on-plane'
    """
    return f"{label}-on-plane"


@dataclass(frozen=True)
class PlaneSummary:
    """What there is to say of a plane: see `Plane`.

    Attributes
    ----------
    kind, axes, share, dimensions
        As `Plane` has them.
    """

    kind: Kind
    axes: tuple[int, ...]
    share: float
    dimensions: int

    @classmethod
    def of(cls, plane: Plane) -> PlaneSummary:
        """Without the plane's directions, which may be long."""
        return cls(plane.kind, plane.axes, plane.share, plane.dimensions)


@dataclass(frozen=True)
class Summary:
    """What an exploration found out.

    Attributes
    ----------
    title, name
        Of the loss: with its file, and without.
    of_module
        Whether the coefficients are the parameters of a module.
    optimizer
        Its class, such as ``torch.optim.Adam``, or one of the user's own; ``None`` for plain gradient descent.
    runs
        The labels of the runs, in the order of the learning rates that were asked for.
    best
        The label of the best of them.
    no_zero_grad
        Whether there is a run beside the best one, with its learning rate, whose gradient is never set to zero.
    verdicts
        By label; of `NO_ZERO_GRAD` too, if there is that run.
    plane, region, height_map
        What is shown: of which plane, what of it, and how high.
    draws
        Of how many draws the landscape is the mean, where there is chance in the loss; else 0.
    hole_fraction
        The fraction of the landscape's nodes where the loss is not finite.
    plane_distance
        How far the runs leave the plane at most, as a fraction of how far they go.
    slope_disagreement
        What torch's slope and the heights disagree on, in a sentence; empty if they agree. See
        `descent_core.explore.agreement`.
    """

    title: str
    name: str
    of_module: bool
    optimizer: str | None
    runs: tuple[str, ...]
    best: str
    no_zero_grad: bool
    verdicts: Mapping[str, Verdict]
    plane: PlaneSummary
    region: Region
    height_map: HeightMap
    draws: int
    hole_fraction: float
    plane_distance: float
    slope_disagreement: str = ""

    def to_json(self) -> dict[str, Any]:
        """All of it as JSON values.

        The inverse is `from_json`:

        >>> summary = Summary("losses.py:bowl", "bowl", False, None, ("run-0",), "run-0", False, {},
        ...     PlaneSummary("full", (0, 1), 1.0, 2), Region(-1, 1, -1, 1), HeightMap(0, 9), 0, 0.0, 0.0)
        >>> Summary.from_json(summary.to_json()) == summary
        True
        """
        return {
            **{name: getattr(self, name) for name in _PLAIN},
            "runs": list(self.runs),
            "verdicts": {label: verdict.to_json() for label, verdict in self.verdicts.items()},
            "plane": {**asdict(self.plane), "axes": list(self.plane.axes)},
            "region": self.region.to_json(),
            "height_map": self.height_map.to_json(),
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Summary:
        """The summary that `to_json` wrote down."""
        plane = values["plane"]
        return cls(
            **{name: values[name] for name in _PLAIN},
            runs=tuple(values["runs"]),
            verdicts={label: Verdict.from_json(verdict) for label, verdict in values["verdicts"].items()},
            plane=PlaneSummary(**{**plane, "axes": tuple(plane["axes"])}),
            region=Region.from_json(values["region"]),
            height_map=HeightMap.from_json(values["height_map"]),
        )

    @classmethod
    def of(cls, landscape: Landscape) -> Summary:
        """The summary that is kept with the landscape of an exploration.

        Raises
        ------
        KeyError
            The landscape is not one of an exploration.
        """
        return cls.from_json(landscape.meta[_KEY])

    def kept_in(self, meta: Mapping[str, Any]) -> dict[str, Any]:
        """A landscape's ``meta`` with this summary in it."""
        return {**meta, _KEY: self.to_json()}


#: The fields that are JSON values as they are.
_PLAIN = (
    "title",
    "name",
    "of_module",
    "optimizer",
    "best",
    "no_zero_grad",
    "draws",
    "hole_fraction",
    "plane_distance",
    "slope_disagreement",
)
