"""An expedition: walks on somebody's own loss, the ground around them, and what became of each.

What comes out is plain recordings in a folder, which scenes ask for by label:

- ``walk-0``, ``walk-1``, …: the runs, one a learning rate, as `record` gives them;
- ``shadow-0``, …: the same runs as they are seen on the plane that is shown: the points and gradients
  of two directions, the losses untouched. With two knobs they are the runs themselves;
- ``forgetful`` and ``shadow-forgetful``: where it was asked for, the run that never wipes its gradient;
- ``ground``: the landscape on that plane. Its ``meta["expedition"]`` says all that a film says in words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from descent_core.errors import UsageError, UserCodeError
from descent_core.explore import plane as planes
from descent_core.explore.height_map import choose_height_map
from descent_core.explore.plane import Plane
from descent_core.explore.probe import Probe, probe
from descent_core.explore.region import choose_region, rows_to_show
from descent_core.explore.survey import SIZES, ReportProgress, survey
from descent_core.explore.user_code import user_errors
from descent_core.explore.user_loss import UserLoss, load_loss, optimizer_class
from descent_core.explore.valleys import is_another_valley
from descent_core.explore.verdict import read_verdict
from descent_core.loss_function import Loss
from descent_core.recordings.landscape import Landscape
from descent_core.recordings.outcome import Outcome
from descent_core.recordings.trajectory import Trajectory
from descent_core.training.recorder import record

#: Hikers that can be told apart.
MAX_RUNS = 4
#: Numbers that one recording may hold: three arrays of steps times knobs.
_LARGEST = 60_000_000
#: Seconds for the ground of a cheap loss, and the share of the time of the walks for that of a dear one.
_GROUND, _GROUND_SHARE = 3.0, 0.25
#: A loss that costs more than this much in all is spoken of before it is begun, in seconds.
LONG_SECONDS = 15.0


@dataclass(frozen=True)
class ExplorationRequest:
    """What is asked for.

    Attributes
    ----------
    spec
        ``FILE.py:LOSS``: see `descent_core.explore.user_loss`.
    start
        ``(D,)``; ``None`` for what the file says.
    lrs
        One walk each, 1 to 4 of them.
    optimizer
        A name of ``torch.optim``; ``None`` for the plain loop of part 4.
    steps
        Of each walk.
    axes
        Two coefficients to slice along; ``None`` for the main directions.
    zero_grad
        ``False`` for a walk beside them that never wipes its gradient.
    """

    spec: str
    lrs: tuple[float, ...]
    start: tuple[float, ...] | None = None
    optimizer: str | None = None
    steps: int = 200
    axes: tuple[int, ...] | None = None
    zero_grad: bool = True
    seed: int = 0


@dataclass(frozen=True)
class Exploration:
    """What came of it: recordings by label, the ground, and notes for whoever asked."""

    title: str
    recordings: dict[str, Trajectory]
    ground: Landscape
    notes: tuple[str, ...]

    def save(self, folder: Path) -> Path:
        """Write it all into ``folder``, each file whole or not at all."""
        for label, trajectory in self.recordings.items():
            trajectory.save(folder / f"{label}.npz")
        self.ground.save(folder / "ground.landscape.npz")
        return folder


def explore(
    request: ExplorationRequest, tell: ReportProgress = lambda *_: None, note: Callable[[str], object] = lambda _: None
) -> Exploration:
    """Walk, look around, judge.

    Parameters
    ----------
    tell
        Is told how far it is: what goes on, how much is done, and of how much.
    note
        Is told what the user should know, as soon as it is known.

    Raises
    ------
    WrongUse
        What was asked for does not fit the loss, or is not there.
    RunError
        The loss cannot be walked on.
    """
    notes: list[str] = []

    def say(line: str) -> None:
        notes.append(line)
        note(line)

    _check(request)
    own = load_loss(request.spec)
    start = _start(request, own)
    _check_knobs(request, start.numel())
    found = probe(own.loss, start, request.seed)
    _tell_of(found, request, say)
    runs = _walks(request, own, found, tell)
    walks = [runs[f"walk-{index}"] for index in range(len(request.lrs))]
    plane = _plane(request, walks)
    shown = [*walks, *([runs["forgetful"]] if "forgetful" in runs else [])]
    area = choose_region(walks, plane)
    seen = survey(
        own.loss,
        plane,
        area,
        dtype=found.start.dtype,
        seconds=max(_GROUND, _GROUND_SHARE * found.seconds * len(shown) * request.steps),
        seed=request.seed,
        meta={"recipe": {"loss": own.title}},
        tell=tell,
    )
    if not seen.together:
        say(f"The loss takes one point at a time only ({seen.why}): the ground was looked at point by point.")
    if seen.holes:
        say(f"The loss is not finite on {100 * seen.holes:.2g} % of the ground: that is drawn as a hole.")
    drawn = choose_height_map(seen.ground, area, walks)
    home = _home(walks)
    verdicts = {}
    for label, walk in runs.items():
        elsewhere = home is not walk and is_another_valley(own.loss, home, walk, found.start.dtype, request.seed)
        verdicts[label] = read_verdict(walk, home, elsewhere=elsewhere).told()
    story = {
        "title": own.title,
        "name": own.name,
        "module": own.of_module,
        "optimizer": optimizer_class(request.optimizer).__name__ if request.optimizer else None,
        "walks": [f"walk-{index}" for index in range(len(walks))],
        "forgetful": _forgetful_of(walks) if "forgetful" in runs else None,
        "home": walks.index(home),
        "verdicts": verdicts,
        "plane": plane.told(),
        "region": area.told(),
        "relief": drawn.told(),
        "chance": found.chance or found.fickle,
        "holes": seen.holes,
        "astray": _astray(plane, walks),
    }
    ground = replace(seen.ground, meta={**seen.ground.meta, "expedition": story})
    shadows = {f"shadow-{label.removeprefix('walk-')}": _shadow(walk, plane) for label, walk in runs.items()}
    return Exploration(own.title, {**runs, **shadows}, ground, tuple(notes))


def _check(request: ExplorationRequest) -> None:
    if not 1 <= len(request.lrs) <= MAX_RUNS:
        raise UsageError(f"1 to {MAX_RUNS} walks can be told apart: give --lr so many times; found {len(request.lrs)}.")
    for lr in request.lrs:
        if not (np.isfinite(lr) and lr > 0):
            raise UsageError(f"A learning rate is more than 0: with {lr:g} the hiker would not go downhill.")
    if len(set(request.lrs)) < len(request.lrs):
        raise UsageError("The same --lr is given twice: the two walks would be the same.")
    if request.steps < 1:
        raise UsageError(f"A walk has 1 step or more; found {request.steps}.")
    if request.optimizer:
        optimizer_class(request.optimizer)


def _start(request: ExplorationRequest, own: UserLoss) -> Tensor:
    if request.start is None and own.start is None:
        raise UsageError(
            f"Where should the walk on {own.name} start? Say so with --start, such as --start 2,1: one number a knob."
        )
    if request.start is None:
        assert own.start is not None
        start = own.start if own.start.is_floating_point() else own.start.to(torch.float64)
        if start.ndim != 1 or start.numel() == 0:
            raise UserCodeError(f"The start that {own.name} gives must be of shape (D,); found {tuple(start.shape)}.")
        return start
    if own.start is not None and len(request.start) != own.start.numel():
        raise UsageError(f"{own.name} has {own.start.numel()} knobs; --start has {len(request.start)} numbers.")
    dtype = own.start.dtype if own.of_module and own.start is not None else torch.float64
    return torch.tensor(request.start, dtype=dtype)


def _check_knobs(request: ExplorationRequest, total: int) -> None:
    if request.axes is not None:
        if total < 2:
            raise UsageError("This loss has one knob: there are no two to slice along. Leave --knobs out.")
        planes.coefficient_plane(request.axes, np.zeros(total), np.zeros((2, total)))
    if 3 * total * request.steps > _LARGEST:
        raise UsageError(
            f"{request.steps} steps of {total:,} knobs are too much to record. Try --steps {_LARGEST // 3 // total}."
        )


def _tell_of(found: Probe, request: ExplorationRequest, say: Callable[[str], None]) -> None:
    """What whoever asked should know before it begins."""
    walks = len(request.lrs) + (not request.zero_grad)
    steps = found.seconds * walks * request.steps
    least = max(_GROUND_SHARE * steps, 2 * SIZES[0] ** 2 * found.seconds)
    if steps + least > LONG_SECONDS:
        say(
            f"One look at this loss takes {found.seconds:.2g} s, so {walks * request.steps} steps take about "
            f"{_spell(steps)}, and a coarse ground about {_spell(least)}. Fewer --steps, or fewer --lr, take less."
        )
    if found.start.dtype == torch.float32:
        say("The loss is evaluated in float32.")
    if found.fickle:
        say("The loss changes from call to call: the ground is that of the calls that drew it.")
    elif found.chance:
        say(f"There is chance in the loss: every place of the ground is that of one draw (seed {request.seed}).")
    if len(found.idle) == found.start.numel():
        say("The slope at the start is exactly 0: nothing tells the hiker where to go.")
    elif found.idle:
        named = ", ".join(map(str, found.idle[:5])) + (" …" if len(found.idle) > 5 else "")
        say(f"The slope along {len(found.idle)} of {found.start.numel()} knobs is exactly 0 at the start: {named}.")


def _walks(request: ExplorationRequest, own: UserLoss, found: Probe, tell: ReportProgress) -> dict[str, Trajectory]:
    """The runs, by label."""
    factory = optimizer_class(request.optimizer) if request.optimizer else None
    total = request.steps * (len(request.lrs) + (not request.zero_grad))
    done = 0

    def counted(coeffs: Tensor) -> Tensor:
        nonlocal done
        done += 1
        tell("walks", min(done, total), total)
        return own.loss(coeffs)

    def walk(label: str, lr: float, zero_grad: bool) -> Trajectory:
        recipe = {
            "loss": own.title,
            "lr": lr,
            "steps": request.steps,
            "optimizer": factory.__name__ if factory else None,
            "zero_grad": zero_grad,
            "seed": request.seed,
        }
        named = f"torch.optim.{factory.__name__}" if factory else "The walk"
        with user_errors(f"{named} failed with lr {lr:g}", own.path):
            return record(
                _steady(counted),
                found.start,
                lr=lr,
                steps=request.steps,
                optimizer=factory,
                zero_grad=zero_grad,
                label=label,
                seed=request.seed,
                meta={"recipe": recipe},
            )

    runs = {f"walk-{index}": walk(f"walk-{index}", lr, True) for index, lr in enumerate(request.lrs)}
    if not request.zero_grad:
        lr = request.lrs[_forgetful_of(list(runs.values()))]
        runs["forgetful"] = walk("forgetful", lr, False)
    return runs


def _steady(loss: Loss) -> Loss:
    """The same loss, that gives NaN where the coefficients have left the finite numbers.

    Far out, somebody's code may refuse to work; `record` ends a walk at the first loss that is not finite.
    """

    def steady(coeffs: Tensor) -> Tensor:
        if not bool(torch.isfinite(coeffs.detach()).all()):
            return coeffs.sum() * torch.nan
        return loss(coeffs)

    return steady


def _home(walks: Sequence[Trajectory]) -> Trajectory:
    """The best walk: the first that ends within 1 % of the lowest end, of those that converged if any did."""
    settled = [walk for walk in walks if walk.outcome is Outcome.CONVERGED]
    able = settled or [walk for walk in walks if np.isfinite(walk.losses[-1])] or list(walks)
    ends = [float(walk.losses[-1]) for walk in able]
    if not np.isfinite(ends).any():
        return able[0]
    margin = 0.01 * max(float(able[0].losses[0]) - min(ends), 0.0)
    return next(walk for walk, end in zip(able, ends, strict=True) if end <= min(ends) + margin)


def _forgetful_of(walks: Sequence[Trajectory]) -> int:
    """Which walk the forgetful one is set beside: the best."""
    return list(walks).index(_home(list(walks)))


def _plane(request: ExplorationRequest, walks: Sequence[Trajectory]) -> Plane:
    knobs = walks[0].dimensions
    if knobs == 1 or (knobs == 2 and request.axes is None):
        return planes.full_plane(knobs)
    rows = np.concatenate([walk.coeffs[kept] for walk, kept in zip(walks, rows_to_show(walks), strict=True)])
    best_walk = min(walks, key=lambda walk: float(np.nanmin(walk.losses)))
    best = best_walk.coeffs[int(np.nanargmin(best_walk.losses))]
    if request.axes is not None:
        return planes.coefficient_plane(request.axes, best, rows)
    return planes.principal_plane(rows, best, walks[0].slopes[0])


def _shadow(walk: Trajectory, plane: Plane) -> Trajectory:
    """A walk as it is seen on the plane: places and slopes there, the losses as they were recorded."""
    axes = np.stack([plane.east, plane.north], axis=1)
    with np.errstate(all="ignore"):
        label = f"shadow-{walk.label.removeprefix('walk-')}"
        places = plane.seen(walk.coeffs)
        return Trajectory(label, places, walk.losses, walk.slopes @ axes, walk.grads @ axes, walk.lr, walk.meta)


def _astray(plane: Plane, walks: Sequence[Trajectory]) -> float:
    """How far the walks leave the plane, at most, as a share of how far they go."""
    if not plane.slices:
        return 0.0
    rows = np.concatenate([walk.coeffs[kept] for walk, kept in zip(walks, rows_to_show(walks), strict=True)])
    off = rows - plane.setting(plane.seen(rows))
    extent = float(np.linalg.norm(np.ptp(rows, axis=0)))
    return float(np.linalg.norm(off, axis=1).max() / extent) if extent else 0.0


def _spell(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
