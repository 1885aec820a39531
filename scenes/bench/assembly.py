"""A bench as a page carries it: what was recorded, packed; its picture; what is said; and three answers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from descent_core.recordings.fates import Fate
from descent_core.recordings.run_grid import RunGrid
from scenes.bench.challenges import challenges
from scenes.bench.packing import Packed, Packer
from scenes.bench.source import BenchSource
from scenes.bench.words import ANSWERS, sentence

Array = NDArray[np.float64]

#: What stands on a map for who is still walking, and for who is gone; less is the place of a valley, 0 for home.
WALKING, GONE = 254, 255
#: Shades of a map: how soon a walk arrived.
SHADES = 15
#: Points of the profile of a valley, and how far it goes to both sides, as a fraction of the ground's width.
_POINTS, _REACH = 61, 0.2


@dataclass(frozen=True, eq=False)
class Bench:
    """All that the bench on a page is made of.

    Attributes
    ----------
    title
        Of the loss.
    data
        JSON values for the page's script.
    packed
        What was recorded, as ``bench-data.js`` unpacks it.
    picture, hiker
        Data URIs.
    """

    title: str
    data: Mapping[str, Any]
    packed: Packed
    picture: str
    hiker: str

    @property
    def runs(self) -> int:
        """How many runs there are."""
        counts = (len(self.data[name]) for name in ("optimizers", "wiped", "lrs", "starts"))
        return math.prod(counts)


def assemble(source: BenchSource) -> Bench:
    """Draw and pack a bench. Imports manim."""
    from scenes.bench.drawing import draw, on_stage

    with on_stage(source) as stage:
        drawn = draw(source, stage)
        flat = _standing(source)
        world = stage.world(flat["coeffs"].reshape(-1, 2))
        seen = np.where(flat["on ground"].ravel(), np.where(stage.seen(world), 2, 1), 0)
        starts = stage.world(_clipped(source, source.on_ground(source.grid.starts)))
    packer = Packer()
    west, east, south, north = source.landscape.bounds
    shape = flat["on ground"].shape
    low, high = float(world[:, 2].min()), float(world[:, 2].max())
    packer.scaled("east", flat["coeffs"][..., 0], west, east)
    packer.scaled("north", flat["coeffs"][..., 1], south, north)
    packer.scaled("up", world[:, 2].reshape(shape), low, high)
    packer.whole("seen", seen.reshape(shape))
    packer.floats("loss", flat["losses"])
    packer.halves("slope0", flat["grads"][..., 0])
    packer.halves("slope1", flat["grads"][..., 1])
    grid = source.grid
    said, sentences = _sentences(source)
    packer.whole("rows", grid.rows.reshape(1, -1), "short")
    packer.whole("fate", grid.fates.reshape(1, -1))
    packer.whole("valley", np.where(grid.in_valley < 0, WALKING, grid.in_valley).reshape(1, -1))
    packer.whole("arrived", grid.arrived.reshape(1, -1), "short")
    packer.whole("said", said.reshape(1, -1), "short")
    packer.scaled("table0", drawn.table[..., 0], west, east)
    packer.scaled("table1", drawn.table[..., 1], south, north)
    codes, shades, places = _map(source)
    packer.whole("map", codes)
    packer.whole("shade", shades)
    data = {
        "title": source.title,
        "home": source.home,
        "steps": grid.steps,
        "lrs": [float(lr) for lr in grid.lrs],
        "optimizers": list(grid.optimizers),
        "wiped": list(grid.wiped),
        "starts": grid.starts.tolist(),
        "startsUp": starts.tolist(),
        "start": source.start,
        "lr": int(np.argmin(np.abs(np.log(grid.lrs / source.lr)))),
        "names": {int(np.argmin(np.abs(grid.lrs - lr))): name for lr, name in source.names.items()},
        "answers": [ANSWERS[fate] for fate in Fate],
        "sentences": sentences,
        "valleys": [_valley(source, number) for number in range(len(grid.valleys))],
        "hasHome": grid.has_home,
        "challenges": [
            [asdict(one) for one in challenges(grid, start, source.home)] for start in range(len(grid.starts))
        ],
        "notes": list(source.notes),
        "knobs": list(source.knobs),
        "draws": int(grid.meta.get("draws", 0)),
        "camera": drawn.camera,
        "hiker": {"stands": list(drawn.stands), "tall": drawn.tall},
        "stretch": _stretch(source),
        "origin": [float(value) for value in source.on_ground(np.zeros(2))],
        "map": {
            "lrs": [float(lr) for lr in source.fates.lrs],
            "edges": [float(edge) for edge in _map_edges(source)],
            "valleys": places,
            "alone": source.fates.meta.get("one by one", ""),
        },
        "fields": list(packer.packed().fields),
    }
    return Bench(source.title, data, packer.packed(), drawn.picture, drawn.hiker)


def _standing(source: BenchSource) -> dict[str, NDArray[Any]]:
    """All runs one after another ``(N, T+1, …)``: where each row is on the ground, or at the edge that is nearest."""
    grid = source.grid
    runs, rows = grid.count, grid.steps + 1
    with np.errstate(all="ignore"):  # a diverged run may be as far away as floating point goes
        places = source.on_ground(grid.coeffs.reshape(runs, rows, 2))
    west, east, south, north = source.landscape.bounds
    with np.errstate(invalid="ignore"):
        x, y = places[..., 0], places[..., 1]
        inside = (west <= x) & (x <= east) & (south <= y) & (y <= north)
    return {
        "coeffs": _clipped(source, places),
        "on ground": np.asarray(inside),
        "losses": grid.losses.reshape(runs, rows),
        "grads": grid.grads.reshape(runs, rows - 1, 2),
    }


def _clipped(source: BenchSource, places: Array) -> Array:
    west, east, south, north = source.landscape.bounds
    middle = ((west + east) / 2, (south + north) / 2)
    whole = np.where(np.isfinite(places), places, middle)
    return np.clip(whole, (west, south), (east, north))


def _sentences(source: BenchSource) -> tuple[NDArray[np.int64], list[str]]:
    """For each run the place of what is said of it, and all that is said."""
    grid = source.grid
    places: dict[str, int] = {}
    said = np.zeros(grid.rows.shape, np.int64)
    for index in np.ndindex(*grid.rows.shape):
        steps = int(grid.rows[index]) - 1
        text = sentence(
            Fate(int(grid.fates[index])),
            grid.outcome(*index),
            int(grid.arrived[index]),
            steps,
            grid.steps,
            home=source.home,
            off=bool(np.isfinite(grid.losses[index][steps])),
        )
        said[index] = places.setdefault(text, len(places))
    return said, list(places)


def _valley(source: BenchSource, number: int) -> dict[str, Any]:
    """What is known of a valley; and the loss across it, where it bends most, if the ground is the loss itself."""
    grid = source.grid
    known = bool(np.isfinite(grid.valleys[number]).all())
    at = source.on_ground(grid.valleys[number])
    valley: dict[str, Any] = {
        "known": known,
        "at": [float(value) for value in at] if known else None,
        "loss": _number(grid.valley_losses[number]),
        "sharpest": _number(grid.sharpest[number]),
        "flattest": _number(grid.flattest[number]),
    }
    if known and source.profiled is not None:
        valley["profile"] = _profile(source, grid, number)
    return valley


def _profile(source: BenchSource, grid: RunGrid, number: int) -> dict[str, Any]:
    """The loss along the line through a valley's lowest point on which it bends most, as it was sampled."""
    ground = source.profiled
    assert ground is not None
    at = grid.valleys[number]
    west, east, south, north = ground.bounds
    apart = 1e-3 * max(east - west, north - south)
    bends = np.stack([(ground.slope(*(at + d)) - ground.slope(*(at - d))) / (2 * apart) for d in apart * np.eye(2)])
    axis = np.linalg.eigh((bends + bends.T) / 2)[1][:, 1]
    axis = axis * np.sign(axis[np.abs(axis).argmax()])
    along = np.linspace(-1, 1, _POINTS) * _REACH * max(east - west, north - south)
    points = at + along[:, None] * axis
    losses = ground.height(points[:, 0], points[:, 1])
    inside = ground.contains(points[:, 0], points[:, 1]) & np.isfinite(losses)
    return {
        "axis": axis.tolist(),
        "at": at.tolist(),
        "along": along[inside].round(6).tolist(),
        "losses": [float(f"{loss:.6g}") for loss in losses[inside]],
    }


def _map(source: BenchSource) -> tuple[NDArray[np.int64], NDArray[np.int64], list[Any]]:
    """The maps as numbers: where walks end, and how soon; and where the valleys are that these numbers name."""
    fates, grid = source.fates, source.grid
    names = [list(place) for place in grid.valleys]
    number = {-1: WALKING}
    for at, place in enumerate(np.asarray(fates.meta["places"], np.float64).reshape(-1, 2)):
        apart = [np.linalg.norm(np.subtract(place, name)) for name in names]
        near = [where for where, far in enumerate(apart) if far <= 2 * fates.meta["radius"]]
        number[at] = 0 if at == 0 else near[0] if near else len(names)
        if at and not near:
            names.append(list(place))
    codes = np.vectorize(number.__getitem__, otypes=[np.int64])(fates.in_valley)
    codes = np.where(fates.fates == Fate.GONE, GONE, codes)
    shades = np.rint(SHADES * np.clip(fates.arrived / fates.steps, 0, 1)).astype(np.int64)
    spots = [source.on_ground(name).tolist() if np.isfinite(name).all() else None for name in names]
    return codes, np.where(codes < WALKING, shades, 0), spots


def _map_edges(source: BenchSource) -> tuple[float, float, float, float]:
    """Where the outermost starts of the maps are on the ground: west, east, south, north; of one row, all there is."""
    xs, ys = source.fates.xs, source.fates.ys
    west, south = source.on_ground(np.array([xs[0], ys[0]]))
    east, north = source.on_ground(np.array([xs[-1], ys[-1]]))
    return float(west), float(east), float(south), float(north)


def _stretch(source: BenchSource) -> list[float]:
    """Units of the ground for one unit of each direction of the plane."""
    origin = source.on_ground(np.zeros(2))
    return [float((source.on_ground(unit) - origin)[axis]) for axis, unit in enumerate(np.eye(2))]


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
