"""What the film says of an expedition: sentences made of the numbers that were recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from descent_core.explore.height_map import HeightMap
from descent_core.explore.verdict import Verdict
from descent_core.recordings.outcome import Outcome
from descent_core.recordings.trajectory import Trajectory
from scenes.explore.numbers import joined, three_digits
from scenes.stage.number_sources import in_words, note_source
from scenes.stage.traced_run import constant, sourced


def height_label(relief: HeightMap, top: float) -> str:
    """What height means, on a plate; ``top`` is the greatest loss of the ground.

    >>> height(Relief(0, 9), 9), height(Relief(0, 9, unit=1), 9)
    ('height: the loss', 'height: log(1 + loss)')
    >>> height(Relief(0, 10), 20)
    'height: the loss, cut off above 13'
    """
    cut = f", cut off above {three_digits(sourced(relief.cut, 'ground.relief.cut'))}" if top > relief.cut else ""
    formula = note_source(relief.formula, "ground.relief") if relief.unit else "the loss"
    return f"height: {formula}{cut}"


def height_sentence(relief: HeightMap, top: float) -> str:
    """The same, in a sentence or two."""
    cut = f" Above {three_digits(sourced(relief.cut, 'ground.relief.cut'))} it is cut off." if top > relief.cut else ""
    if relief.unit:
        return f"The loss spans so much that the height is its logarithm: the higher, the more it is squeezed.{cut}"
    return f"How high you stand is the loss, just as torch gave it.{cut}"


def plane_sentence(plane: dict[str, Any]) -> str | None:
    """What is shown of more knobs than two, in a sentence or two; ``None`` where everything is."""
    misled = "A slice can mislead: trust the curve, not the height."
    if plane["kind"] == "one":
        return "It has one knob, from side to side. The rest of the ground is only there to stand on."
    if plane["kind"] == "knobs":
        which = note_source(" and ".join(plane["names"]), "ground.plane.names")
        return (
            f"It has {_knobs(plane)} knobs. This is a slice through {which}; the others are "
            f"held at the best step. {misled}"
        )
    if plane["kind"] == "main":
        two = in_words(constant(2, "a picture of the ground has so many directions"))
        return f"It has {_knobs(plane)} knobs. This is a slice, along the {two} main directions of the walks. {misled}"
    return None


def plane_label(plane: dict[str, Any]) -> tuple[str, ...]:
    """The same on a plate, line by line."""
    if plane["kind"] == "one":
        return ("one knob: sideways means nothing",)
    if plane["kind"] == "all":
        return ()
    share = f"{note_source(percent(plane['share']), 'ground.plane.share, in percent')} % of variance"
    if plane["kind"] == "knobs":
        return (f"a slice of {_knobs(plane)} knobs, others at the best step", share)
    return (f"a slice of {_knobs(plane)} knobs: {share}",)


def stretched_label() -> str:
    """That east and north are not drawn to one scale."""
    return f"the {in_words(constant(2, 'a picture of the ground has so many axes'))} axes have scales of their own"


def _knobs(plane: dict[str, Any]) -> str:
    return f"{sourced(plane['knobs'], 'ground.plane.knobs'):,}"


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
    >>> from descent_core.explore.verdict import verdict
    >>> headline(verdict(record(lambda c: (c**2).sum(), [4.0], lr=0.25, steps=20)))
    'converged'
    """
    return "another valley" if verdict.elsewhere else verdict.outcome


def run_sentence(verdict: Verdict, lr: float) -> str:
    """What happened to a walk, in a sentence."""
    it = f"With {three_digits(lr)}, it"
    if verdict.outcome == Outcome.DIVERGED:
        if verdict.ended:
            return f"{it} diverged: after {_steps(verdict.steps)} the loss was no longer a number."
        return f"{it} diverged: it ends higher than it began, {three_digits(verdict.last)} after {three_digits(verdict.first)}."
    if verdict.outcome == Outcome.OSCILLATING:
        low, high = verdict.swing
        return f"{it} oscillates: to the end, the loss swings between {_loss(low, verdict)} and {three_digits(high)}."
    if verdict.outcome == Outcome.CRAWLING:
        return (
            f"{it} crawls: from {three_digits(verdict.first)} to {three_digits(verdict.last)} in {_steps(verdict.steps)}, and still "
            "on its way."
        )
    if verdict.elsewhere:
        # Deeper by less than the eye could tell is no deeper.
        deep = verdict.deeper > 0.01 * max(verdict.first - verdict.last, 0.0)
        how = f"{three_digits(verdict.deeper)} higher than the best" if deep else "just as deep"
        return f"{it} came to rest in another valley, {how}, after {_steps(verdict.rest)}."
    return f"{it} converged: at rest after {_steps(verdict.rest)}, at a loss of {_loss(verdict.last, verdict)}."


def _loss(value: float, verdict: Verdict) -> str:
    """A loss, in words that can be listened to."""
    if 0 <= value < 1e-9 * abs(verdict.first):
        return note_source("practically 0", getattr(value, "source", ""))
    return three_digits(value)


def summary_sentence(verdicts: Sequence[Verdict]) -> str:
    """All walks in one sentence."""
    groups: dict[str, int] = {}
    for one in verdicts:
        word = headline(one)
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


def forgetful_sentence(clean: Verdict, never: Verdict) -> str:
    """The walk that never wipes its gradient, beside the one that does."""
    ends = {
        Outcome.DIVERGED: "it leaves the mountain",
        Outcome.OSCILLATING: "it swings, and never settles",
        Outcome.CRAWLING: "it is still on its way",
        Outcome.CONVERGED: "it comes to rest in another valley" if never.elsewhere else "it comes to rest all the same",
    }
    how = "" if never.ended else f", at a loss of {three_digits(never.last)}"
    return f"Wiped, it comes to {_loss(clean.last, clean)}. Never wiped, {ends[Outcome(never.outcome)]}{how}."


def legend_names(walks: Sequence[Trajectory]) -> list[str]:
    """What each walk is called in a legend."""
    return [f"lr {three_digits(walk.lr)}" for walk in walks]


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
