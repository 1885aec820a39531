"""What became of a run, in a word. This is the one place that says what each word means.

The verdict is read from the walk (its points, losses and slopes) and, where the loss could still be asked, from what
it said at the end (`descent_core.recordings.evidence`). It holds for any loss and any optimizer, and does not change
with the units of either: every threshold is a fraction of the run's own size. What the walk alone can't tell is said to
be unknown: without evidence nothing is called a minimum, a plateau, a saddle or a narrow valley.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from descent_core.recordings.evidence import Curvature, Evidence, ExpectedLoss
from descent_core.recordings.walk_shape import TAIL, WalkShape, shape_of, tail

#: A climb, or a step back, counts as swinging from this fraction of the run's whole range or extent on.
SWING = 0.05
#: Little is left to gain, or to go, when it is this fraction or less of the run's whole range of losses, or extent.
LEFT_OVER = 0.01
#: Ground is flat when over the whole extent of the walk it changes by less than this fraction of its range of losses:
#: by the slope and the curvature at the end alone; or, where it really is level to some side, by the second fraction.
FLAT, FLAT_AND_LEVEL = 1e-6, 1e-3
#: A step is a baby step when it is shorter than this fraction of what the sharpest curvature allows.
BABY = 1 / 20
#: A valley is narrow when it is so many times as curved across as along its floor.
NARROW = 20.0
#: A walk that arrived stayed for a while as near to its lowest loss as one of these fractions of all that it came down;
#: it left if in its last quarter it never came as near again.
_NEAR = (1e-2, 1e-4, 1e-6, 1e-8)
#: A loss above the start's by no more than this fraction of it may be so by rounding.
_ROUNDING = 1e-6
#: An expected loss still falls if it fell by this fraction of its range in its second half.
_FALLING = 0.01

Array = NDArray[np.float64]


class Outcome(StrEnum):
    """What became of a run."""

    DIVERGED = "diverged"
    """The loss stopped being a finite number; or all through the last quarter of the run it was above the loss at the
    start, by more than rounding or a lucky draw, and rose higher there than ever before; or it rose above that loss
    step by step, all through its last quarter."""

    CONVERGED = "converged"
    """It rests at a minimum: all through its last quarter it stayed within 1 % of its whole extent of where it ended,
    and the ground there bends up, with at most 1 % of all it came down left to gain, and 1 % of its extent to go."""

    PLATEAU = "plateau"
    """It rests where the ground is flat: neither slope nor curvature is left to feel, so nothing says whether this is
    high or low. (Only if it came down to a loss of exactly 0, and was never below it, is that called the lowest.)"""

    SADDLE = "saddle"
    """It rests where the slope has vanished, but the ground falls away to some side."""

    NARROW_VALLEY = "narrow valley"
    """It creeps along the floor of a valley that is many times as curved across as along: more is left to gain, or to
    go, than the loss curve lets one think."""

    ARRIVED_AND_LEFT = "arrived and left"
    """It had come to its lowest loss and stayed there for a while; then it went up again, and did not come back."""

    LEAPING = "leaping"
    """It leaps from side to side, over the floor of the valley, each time a little nearer; not yet at rest."""

    OSCILLATING = "oscillating"
    """It swings and does not settle: in its second half the loss climbs back from a low by more than 5 % of its whole
    range, or ends so much above its lowest, or its steps turn back on one another and do not get shorter."""

    HOVERING = "hovering"
    """There is chance in the loss. The expected loss has stopped falling; single draws still push the walk about."""

    CRAWLING = "crawling"
    """It was still on its way when the steps ran out, with baby steps: where the ground is most curved, one of twenty
    times the length would just reach the floor."""

    DESCENDING = "descending"
    """It was still on its way down when the steps ran out, in strides that fit the ground."""

    AT_REST = "at rest"
    """It came to rest; whether at a minimum the walk alone can't tell, and the loss was not asked, or did not say."""


@np.errstate(over="ignore", invalid="ignore")  # losses may be as large as floats are
def classify(coeffs: Array, losses: Array, slopes: Array | None = None, evidence: Evidence | None = None) -> Outcome:
    """The outcome of a run.

    Parameters
    ----------
    coeffs
        ``(T+1, D)``, the points visited.
    losses
        ``(T+1,)``, the loss at each.
    slopes
        ``(T+1, D)``, the gradient at each, if it is known.
    evidence
        What the loss said where the walk ended, if it was asked.

    Examples
    --------
    Halvings come to rest, but only the loss can tell whether that is a minimum; doublings diverge.

    >>> t = np.arange(21.0)
    >>> bowl = Evidence(Curvature(1e-6, 1.0, 1.0, 1.0, gain_left=5e-13, way_left=1e-6, resolved=True, products=1))
    >>> walk, loss = (0.5**t)[:, None], 0.25**t / 2
    >>> classify(walk, loss).value, classify(walk, loss, walk, bowl).value
    ('at rest', 'converged')
    >>> classify((2.0**t)[:, None], 4.0**t).value
    'diverged'
    """
    evidence = evidence or Evidence()
    shape = shape_of(coeffs, losses, slopes)
    if shape is None:
        return Outcome.DIVERGED
    if evidence.expected is not None:
        return _by_chance(shape, evidence.expected, evidence.curvature)
    if _grew(losses, _ROUNDING * max(abs(float(losses[0])), float(losses[0] - losses.min()))):
        return Outcome.DIVERGED
    if shape.rests:
        where = _at_rest(shape, evidence)
        if where is not Outcome.AT_REST:
            return where
    if _arrived_and_left(coeffs, shape.losses, shape.extent):
        return Outcome.ARRIVED_AND_LEFT
    if shape.rests:
        return Outcome.AT_REST
    half = shape.losses[shape.steps // 2 :]
    climb = float((half - np.minimum.accumulate(half)).max())
    higher = float(losses[-1] - losses.min())
    if max(climb, higher) > SWING * shape.range:
        return Outcome.OSCILLATING
    if shape.turns_back:
        return Outcome.LEAPING if shape.shortening else Outcome.OSCILLATING
    return _on_its_way(shape, evidence.curvature)


def _at_rest(shape: WalkShape, evidence: Evidence) -> Outcome:
    """It came to rest: where?"""
    bend, last = evidence.curvature, float(shape.losses[-1])
    # Slopes that turn back on one another lie on both sides of a kink, where no quadratic has a minimum. Little is left
    # to gain there if what they have in common leads down by little, over as far as the walk went.
    kink = shape.straddles and shape.moved and (bend is None or not np.isfinite(bend.gain_left))
    if kink and shape.common_slope * shape.extent <= LEFT_OVER * shape.range:
        return Outcome.CONVERGED
    if bend is None:
        return Outcome.AT_REST
    bends = max(abs(bend.sharpest), abs(bend.flattest))
    if last == bends == bend.slope == 0 and (shape.losses >= 0).all() and shape.moved:
        return Outcome.CONVERGED
    reach, range_ = (shape.extent, shape.range) if shape.moved else (shape.size, abs(last))
    change = bend.slope * reach + bends * reach**2 / 2
    if evidence.level is not False and change <= (FLAT_AND_LEVEL if evidence.level else FLAT) * range_:
        return Outcome.PLATEAU
    if not shape.moved and bend.slope > 0:
        return Outcome.CRAWLING
    falls = -bend.flattest
    if falls > LEFT_OVER * bends and (bend.slope == 0 or falls * shape.extent**2 / 2 > LEFT_OVER * shape.range):
        small = bend.slope * shape.extent <= LEFT_OVER * shape.range
        return Outcome.SADDLE if small else Outcome.CRAWLING
    if not shape.moved:
        return Outcome.CONVERGED if bend.flattest > 0 and bend.resolved else Outcome.PLATEAU
    if bend.gain_left > LEFT_OVER * shape.range or bend.way_left > LEFT_OVER * shape.extent:
        return Outcome.NARROW_VALLEY if _is_narrow(bend) else _on_its_way(shape, bend)
    return Outcome.CONVERGED if bend.resolved else Outcome.AT_REST


def _on_its_way(shape: WalkShape, bend: Curvature | None) -> Outcome:
    """It had not come to rest: how long were its steps, for this ground?"""
    sharpest = shape.curvature_met if bend is None else max(bend.sharpest, abs(bend.flattest))
    if shape.stride * sharpest < BABY:
        return Outcome.CRAWLING
    narrow = bend is not None and _is_narrow(bend) and shape.levelled
    return Outcome.NARROW_VALLEY if narrow else Outcome.DESCENDING


def _is_narrow(bend: Curvature) -> bool:
    floor = abs(bend.along)
    if 0 < bend.way_left < np.inf:
        floor = min(floor, 2 * bend.gain_left / bend.way_left**2)  # along Newton's step
    return bend.sharpest > NARROW * floor


def _by_chance(shape: WalkShape, expected: ExpectedLoss, bend: Curvature | None) -> Outcome:
    """On a loss with chance in it all is judged by the expected loss."""
    losses = np.asarray(expected.losses)
    span = float(np.ptp(losses)) if np.isfinite(losses).all() else np.inf
    if not np.isfinite(span) or _grew(losses, max(expected.spread, _ROUNDING * abs(losses[0]))):
        return Outcome.DIVERGED
    if shape.rests and bend is not None and bend.resolved and bend.flattest > 0:
        little = bend.gain_left <= LEFT_OVER * span and bend.way_left <= LEFT_OVER * shape.extent
        if little or not shape.moved:
            return Outcome.CONVERGED
    felt = span > 2 * expected.spread / np.sqrt(expected.draws)  # more than what the draws leave open
    return Outcome.DESCENDING if felt and _falls(expected, _FALLING * span) else Outcome.HOVERING


def _falls(expected: ExpectedLoss, least: float) -> bool:
    """Whether all through its second half it falls by more than ``least``, and more than it is thrown about."""
    rows, losses = np.array(expected.rows, dtype=np.float64), np.array(expected.losses)
    later = rows >= rows[-1] / 2
    if later.sum() < 3:
        return bool(losses[0] - losses[-1] > least)
    rows, losses = rows[later], losses[later]
    fit = np.polynomial.Polynomial.fit(rows, losses, 1)
    fell = float(fit(rows[0]) - fit(rows[-1]))
    return fell > max(least, 2 * float((losses - fit(rows)).std()))


def _grew(losses: Array, unsure: float) -> bool:
    """Whether the losses end higher than ever before, and above the first by more than is unsure.

    All through the last quarter; or step by step through it, if only its end is above the first.
    """
    end, before = tail(losses), losses[: -len(tail(losses))]
    if len(losses) < 2 or not losses[-1] > losses[0] + unsure:
        return False
    swing = SWING * float(np.ptp(losses))
    if (np.diff(end) > 0).all() and losses[-1] > max(losses[0] + swing, losses[:-1].max()):
        return True
    higher = end.max() > before.max(initial=losses[0]) + swing
    return bool(end.min() > losses[0] + unsure and (higher or len(losses) <= TAIL))


def _arrived_and_left(coeffs: Array, losses: Array, extent: float) -> bool:
    """Whether it stayed near its lowest loss for a while, and was never as near again in its last quarter."""
    lowest = int(losses.argmin())
    drop, above = float(losses[0] - losses[lowest]), losses - losses[lowest]
    while_ = max(3, len(losses) // 20)
    for near in _NEAR:
        if not tail(above).min() > near * drop:
            continue
        far = np.flatnonzero(above > near * drop)
        first = int(far[far < lowest].max(initial=-1)) + 1
        stayed = coeffs[first : int(far[far > lowest].min())]  # the tail is far
        if len(stayed) >= while_ and float(np.ptp(stayed, axis=0).max()) <= SWING * extent:
            return True
    return False
