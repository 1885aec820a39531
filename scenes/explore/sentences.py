"""What the film says of an exploration: sentences made of the numbers that were recorded."""

from __future__ import annotations

from collections.abc import Sequence

from descent_core.explore.height_map import HeightMap
from descent_core.explore.summary import PlaneSummary
from descent_core.explore.verdict import Verdict
from descent_core.recordings.outcome import Outcome
from descent_core.recordings.trajectory import Trajectory
from scenes.explore.numbers import joined, three_digits
from scenes.stage.number_sources import in_words, note_source
from scenes.stage.traced_run import constant, sourced


def height_label(height_map: HeightMap, top: float) -> str:
    """What height means, on a plate; ``top`` is the greatest loss of the ground.

    >>> height_label(HeightMap(0, 9), 9), height_label(HeightMap(0, 9, unit=1), 9)
    ('height: the loss', 'height: log(1 + loss)')
    >>> height_label(HeightMap(0, 10), 20)
    'height: the loss, cut off above 13'
    """
    cut = (
        f", cut off above {three_digits(sourced(height_map.clip_loss, 'ground.height_map.clip_loss'))}"
        if top > height_map.clip_loss
        else ""
    )
    formula = note_source(height_map.formula, "ground.height_map") if height_map.unit else "the loss"
    return f"height: {formula}{cut}"


def height_sentence(height_map: HeightMap, top: float) -> str:
    """The same, in a sentence or two."""
    cut = (
        f" Above {three_digits(sourced(height_map.clip_loss, 'ground.height_map.clip_loss'))} it is cut off."
        if top > height_map.clip_loss
        else ""
    )
    if height_map.unit:
        return f"The loss spans so much that the height is its logarithm: the higher, the more it is squeezed.{cut}"
    return f"How high you stand is the loss, just as torch gave it.{cut}"


def plane_sentence(plane: PlaneSummary) -> str | None:
    """What is shown of more coefficients than two, in a sentence or two; ``None`` where everything is."""
    misled = "A slice can mislead: trust the curve, not the height."
    if plane.kind == "line":
        return "It has one knob, from side to side. The rest of the ground is only there to stand on."
    if plane.kind == "coefficients":
        which = note_source(" and ".join(axis_names(plane)), "ground.plane.axes")
        return (
            f"It has {_dimensions(plane)} knobs. This is a slice through {which}; the others are "
            f"held at the best step. {misled}"
        )
    if plane.kind == "principal":
        two = in_words(constant(2, "a picture of the ground has so many directions"))
        count = _dimensions(plane)
        return f"It has {count} knobs. This is a slice, along the {two} main directions of the walks. {misled}"
    return None


def plane_label(plane: PlaneSummary) -> tuple[str, ...]:
    """The same on a plate, line by line."""
    if plane.kind == "line":
        return ("one knob: sideways means nothing",)
    if plane.kind == "full":
        return ()
    share = f"{note_source(percent(plane.share), 'ground.plane.share, in percent')} % of variance"
    if plane.kind == "coefficients":
        return (f"a slice of {_dimensions(plane)} knobs, others at the best step", share)
    return (f"a slice of {_dimensions(plane)} knobs: {share}",)


def axis_names(plane: PlaneSummary) -> tuple[str, str]:
    """What the two edges of the ground measure; the second is empty where sideways means nothing.

    >>> axis_names(PlaneSummary("coefficients", (0, 7), 0.9, 10)), axis_names(PlaneSummary("line", (0,), 1.0, 1))
    (('knob 0', 'knob 7'), ('knob 0', ''))
    """
    if plane.kind == "principal":
        return "main direction 1", "main direction 2"
    first, second = (*(f"knob {axis}" for axis in plane.axes), "")[:2]
    return first, second


def stretched_label() -> str:
    """That east and north are not drawn to one scale."""
    return f"the {in_words(constant(2, 'a picture of the ground has so many axes'))} axes have scales of their own"


def _dimensions(plane: PlaneSummary) -> str:
    return f"{sourced(plane.dimensions, 'ground.plane.dimensions'):,}"


def percent(share: float) -> str:
    """A share as a number of percent, never rounded up to all.

    >>> percent(0.9917), percent(0.99999), percent(1.0)
    ('99', '99.9', '100')
    """
    if share >= 1 - 1e-9:
        return "100"
    return "99.9" if share >= 0.9985 else f"{100 * share:.0f}" if share < 0.995 else f"{100 * share:.1f}"


def headline(verdict: Verdict) -> str:
    """What happened, in a word or two.

    >>> from descent_core import record
    >>> from descent_core.explore.verdict import read_verdict
    >>> headline(read_verdict(record(lambda c: (c**2).sum(), [4.0], lr=0.25, steps=20)))
    'converged'
    """
    return "another valley" if verdict.other_valley else verdict.outcome.value


def run_sentence(verdict: Verdict, lr: float) -> str:
    """What happened to a walk, in a sentence."""
    it = f"With {three_digits(lr)}, it"
    if verdict.outcome == Outcome.DIVERGED:
        if verdict.not_finite:
            return f"{it} diverged: after {_steps(verdict.steps)} the loss was no longer a number."
        last = three_digits(verdict.last_loss)
        return f"{it} diverged: it ends higher than it began, {last} after {three_digits(verdict.first_loss)}."
    if verdict.outcome == Outcome.OSCILLATING:
        low, high = verdict.tail_range
        return f"{it} oscillates: to the end, the loss swings between {_loss(low, verdict)} and {three_digits(high)}."
    if verdict.outcome == Outcome.CRAWLING:
        first, last = three_digits(verdict.first_loss), three_digits(verdict.last_loss)
        return f"{it} crawls: from {first} to {last} in {_steps(verdict.steps)}, and still on its way."
    if verdict.other_valley:
        # What is higher by less than can be seen is called just as deep.
        higher = verdict.above_best > 0.01 * max(verdict.first_loss - verdict.last_loss, 0.0)
        how = f"{three_digits(verdict.above_best)} higher than the best" if higher else "just as deep"
        return f"{it} came to rest in another valley, {how}, after {_steps(verdict.settled_after)}."
    end = _loss(verdict.last_loss, verdict)
    return f"{it} converged: at rest after {_steps(verdict.settled_after)}, at a loss of {end}."


def _loss(value: float, verdict: Verdict) -> str:
    """A loss, in words that can be listened to."""
    if 0 <= value < 1e-9 * abs(verdict.first_loss):
        return note_source("practically 0", getattr(value, "source", ""))
    return three_digits(value)


def summary_sentence(verdicts: Sequence[Verdict]) -> str:
    """All walks in one sentence."""
    groups: dict[str, int] = {}
    for verdict in verdicts:
        word = headline(verdict)
        groups[word] = groups.get(word, 0) + 1
    if len(verdicts) == 1:
        return "One mountain, one walk."
    pieces = [
        f"{count_in_words(count, 'how many walks came to this')} {_ended(word)}" for word, count in groups.items()
    ]
    return f"One mountain, one start, {count_in_words(len(verdicts))} learning rates: {joined(pieces)}."


def count_in_words(count: int, source: str = "how many learning rates were asked for") -> str:
    """So many walks, as a word."""
    return in_words(sourced(count, source))


def no_zero_grad_sentence(clean: Verdict, never: Verdict) -> str:
    """The walk that never wipes its gradient, beside the one that does."""
    ends = {
        Outcome.DIVERGED: "it leaves the mountain",
        Outcome.OSCILLATING: "it swings, and never settles",
        Outcome.CRAWLING: "it is still on its way",
        Outcome.CONVERGED: "it comes to rest in another valley"
        if never.other_valley
        else "it comes to rest all the same",
    }
    how = "" if never.not_finite else f", at a loss of {three_digits(never.last_loss)}"
    return f"Wiped, it comes to {_loss(clean.last_loss, clean)}. Never wiped, {ends[never.outcome]}{how}."


def legend_names(runs: Sequence[Trajectory]) -> list[str]:
    """What each run is called in a legend."""
    return [f"lr {three_digits(run.lr)}" for run in runs]


def _ended(word: str) -> str:
    return {
        "converged": "converged",
        "another valley": "in another valley",
        "crawling": "still crawling",
        "oscillating": "oscillating",
        "diverged": "diverged",
    }[word]


def _steps(count: int) -> str:
    return f"{count:,} step{'' if count == 1 else 's'}"
