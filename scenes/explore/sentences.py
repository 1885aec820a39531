"""What the film says of an exploration: sentences made of the numbers that were recorded."""

from __future__ import annotations

from collections.abc import Sequence

from descent_core.explore.height_map import HeightMap
from descent_core.explore.summary import PlaneSummary
from descent_core.explore.verdict import Verdict
from descent_core.recordings.outcome import Outcome
from descent_core.recordings.trajectory import Trajectory
from scenes.explore.ground import STAGE_SIZE
from scenes.explore.numbers import joined, three_digits, told_apart
from scenes.stage.number_sources import in_words, note_source
from scenes.stage.traced_run import constant, sourced

#: Losses that differ by less than this fraction of them are one.
_ROUNDING = 1e-9


def height_label(height_map: HeightMap, top: float) -> str:
    """What height means, on a plate; ``top`` is the greatest loss of the ground.

    >>> height_label(HeightMap(0, 9), 9), height_label(HeightMap(0, 9, unit=1), 9)
    ('height: the loss', 'height: log(1 + loss)')
    >>> height_label(HeightMap(0, 10), 20)
    'height: the loss, cut off above 13'
    """
    cut = f", cut off above {_clip(height_map)}" if top > height_map.clip_loss else ""
    formula = note_source(height_map.formula, "ground.height_map") if height_map.unit else "the loss"
    return f"height: {formula}{cut}"


def height_sentence(height_map: HeightMap, top: float) -> str:
    """The same, in a sentence or two."""
    cut = f" Above {_clip(height_map)} it is cut off." if top > height_map.clip_loss else ""
    if height_map.unit:
        return f"The loss spans so much that the height is its logarithm: the higher, the more it is squeezed.{cut}"
    return f"How high you stand is the loss, just as torch gave it.{cut}"


def _clip(height_map: HeightMap) -> str:
    """The loss above which height is cut off, told apart from the lowest."""
    return told_apart(sourced(height_map.clip_loss, "ground.height_map.clip_loss"), height_map.low)


def plane_sentence(plane: PlaneSummary) -> str | None:
    """What is shown of more coefficients than two, in a sentence or two; ``None`` where everything is.

    Its mark, ``edges``, is where the edges of the ground are spoken of.
    """
    misled = "A slice can mislead: trust the curve, not the height."
    if plane.kind == "line":
        return "It has one knob, [edges]from side to side. The rest of the ground is only there to stand on."
    if plane.kind == "coefficients":
        which = note_source(" and ".join(axis_names(plane)), "ground.plane.axes")
        return (
            f"It has {_dimensions(plane)} knobs. This is a slice through [edges]{which}; the others are "
            f"held at the best step. {misled}"
        )
    if plane.kind == "principal":
        two = in_words(constant(2, "a picture of the ground has so many directions", equals=len(axis_names(plane))))
        count = _dimensions(plane)
        return f"It has {count} knobs. This is a slice, along the [edges]{two} main directions of the walks. {misled}"
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
    axes = constant(2, "a picture of the ground has so many axes", equals=len(STAGE_SIZE))
    return f"the {in_words(axes)} axes have scales of their own"


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


def run_name(run: Trajectory, wiped: bool = True) -> str:
    """What a run is called beside its colour; ``wiped`` says whether its gradient was ever set to zero."""
    return f"lr {three_digits(run.lr)}" + ("" if wiped else ", never wiped")


def run_sentence(verdict: Verdict, lr: float, wiped: bool = True) -> str:
    """What happened to a walk, in a sentence; ``wiped`` says whether its gradient was ever set to zero."""
    it = f"With {three_digits(lr)}, it" if wiped else f"With {three_digits(lr)} and never wiped, it"
    if verdict.outcome == Outcome.DIVERGED:
        if verdict.not_finite:
            return f"{it} diverged: after {_steps(verdict.steps)} the loss was no longer a number."
        last, first = _both(verdict.last_loss, verdict.first_loss)
        return f"{it} diverged: it ends higher than it began, {last} after {first}."
    if verdict.outcome == Outcome.OSCILLATING:
        low, high = verdict.tail_range
        if high - low <= _ROUNDING * max(abs(low), abs(high)):
            return f"{it} oscillates: to the end it swings from side to side, at a loss of {_loss(low, verdict)}."
        between = f"{_loss(low, verdict, high)} and {told_apart(high, low)}"
        return f"{it} oscillates: to the end, the loss swings between {between}."
    if verdict.outcome in _ON_THE_WAY and verdict.first_loss == verdict.last_loss:
        here = _loss(verdict.last_loss, verdict)
        return f"{it} does not get anywhere: its steps are too small to change the loss of {here}."
    if verdict.outcome in _ON_THE_WAY:
        first, last = _both(verdict.first_loss, verdict.last_loss)
        return f"{it} {_ON_THE_WAY[verdict.outcome].format(f'from {first} to {last} in {_steps(verdict.steps)}')}."
    if verdict.outcome == Outcome.ARRIVED_AND_LEFT:
        lowest, end = _loss(verdict.lowest_loss, verdict, verdict.last_loss), _loss(verdict.last_loss, verdict)
        return f"{it} had come down to {lowest} after {_steps(verdict.lowest_after)}, and left again: it ends at {end}."
    if verdict.outcome in _STANDING:
        return (
            f"{it} {_STANDING[verdict.outcome]}, at a loss of {_loss(verdict.last_loss, verdict)}{_to_gain(verdict)}."
        )
    if verdict.other_valley:
        # What is higher by less than can be seen is called just as deep.
        higher = verdict.above_best > 0.01 * max(verdict.first_loss - verdict.last_loss, 0.0)
        how = f"{three_digits(verdict.above_best)} higher than the best" if higher else "just as deep"
        return f"{it} came to rest in another valley, {how}, after {_steps(verdict.settled_after)}."
    end = _loss(verdict.last_loss, verdict)
    return f"{it} converged: at rest after {_steps(verdict.settled_after)}, at a loss of {end}."


#: What is said of walks that were on their way when the steps ran out.
_ON_THE_WAY = {
    Outcome.CRAWLING: "crawls: {}, and still on its way",
    Outcome.DESCENDING: "is on its way down: {}, and not there yet",
    Outcome.LEAPING: "leaps from side to side, each time a little nearer: {}",
}
#: What is said of walks that came to a stand, or nearly, but at no minimum that is known.
_STANDING = {
    Outcome.AT_REST: "came to rest, who knows whether at a minimum",
    Outcome.PLATEAU: "stands on a plateau, with no slope to feel",
    Outcome.SADDLE: "stands on a saddle, where the slope is gone and the ground still falls away",
    Outcome.NARROW_VALLEY: "creeps along the floor of a narrow valley",
    Outcome.HOVERING: "hovers, pushed about by chance",
}


def _to_gain(verdict: Verdict) -> str:
    """What is left to gain in a narrow valley, where that is known and worth a word."""
    worth = verdict.gain_left > 0.01 * max(verdict.first_loss - verdict.last_loss, 0.0)
    if verdict.outcome != Outcome.NARROW_VALLEY or not worth:
        return ""
    return f", with about {three_digits(verdict.gain_left)} still to gain"


def chance_label(draws: int) -> str | None:
    """What the ground is of a loss with chance in it, on a plate; ``None`` of any other."""
    return f"chance in it: the mean of {sourced(draws, 'ground.draws')} draws" if draws else None


def chance_sentence(draws: int) -> str:
    """The same, in a sentence."""
    return (
        "There is chance in this loss. "
        f"The ground is the mean of {sourced(draws, 'ground.draws')} draws; each step follows a single one."
    )


def _both(first: float, second: float) -> tuple[str, str]:
    """Two losses, each in as many digits as it takes to tell them apart."""
    return told_apart(first, second), told_apart(second, first)


def _loss(value: float, verdict: Verdict, other: float | None = None) -> str:
    """A loss, in words that can be listened to; told apart from another, if there is one."""
    if 0 <= value < 1e-9 * abs(verdict.first_loss):
        return note_source("practically 0", getattr(value, "source", ""))
    return three_digits(value) if other is None else told_apart(value, other)


def summary_sentence(verdicts: Sequence[Verdict], never: Verdict | None = None) -> str:
    """All walks in a sentence; and in another the one that never wipes its gradient, if there is one.

    What is said of each is marked: see `summary_marks`.
    """
    groups: dict[str, int] = {}
    for verdict in verdicts:
        word = headline(verdict)
        groups[word] = groups.get(word, 0) + 1
    if len(verdicts) == 1 and never is not None:
        count = count_in_words(2, "the walk, and the same without zero_()")
        wiped = f"{_mark(verdicts[0])}wiped, {_became(verdicts[0])}"
        return f"One mountain, {count} walks: {wiped}; {_NEVER}never wiped, {_became(never)}."
    if len(verdicts) == 1:
        return f"One mountain, one walk: {_mark(verdicts[0])}{_became(verdicts[0])}."
    pieces = [
        f"[{_hyphened(word)}]{count_in_words(count, 'how many walks came to this')} {_ended(word)}"
        for word, count in groups.items()
    ]
    start = f"One mountain, one start, {count_in_words(len(verdicts))} learning rates: {joined(pieces)}."
    return start if never is None else f"{start} And the walk that is {_NEVER}never wiped: {_became(never)}."


#: The mark before what is said of the walk that is never wiped.
_NEVER = "[never]"


def summary_marks(verdicts: Sequence[Verdict], never: Verdict | None = None) -> list[str]:
    """For each walk, the mark in `summary_sentence` before what is said of it."""
    return [_hyphened(headline(verdict)) for verdict in verdicts] + ([] if never is None else [_NEVER.strip("[]")])


def _mark(verdict: Verdict) -> str:
    return f"[{_hyphened(headline(verdict))}]"


def _hyphened(words: str) -> str:
    return words.replace(" ", "-")


def count_in_words(count: int, source: str = "how many learning rates were asked for") -> str:
    """So many walks, as a word."""
    return in_words(sourced(count, source))


def no_zero_grad_sentence(clean: Verdict, never: Verdict) -> str:
    """The walk that never wipes its gradient, beside the one that does."""
    ends = {
        Outcome.DIVERGED: "it leaves the mountain",
        Outcome.OSCILLATING: "it swings, and never settles",
        Outcome.LEAPING: "it leaps from side to side",
        Outcome.HOVERING: "it hovers, pushed about by chance",
        Outcome.ARRIVED_AND_LEFT: "it arrives, and leaves again",
        Outcome.NARROW_VALLEY: "it creeps along a narrow valley",
        Outcome.SADDLE: "it stands on a saddle",
        Outcome.PLATEAU: "it stands on a plateau",
        Outcome.AT_REST: "it comes to rest",
        Outcome.CRAWLING: "it is still on its way",
        Outcome.DESCENDING: "it is still on its way",
        Outcome.CONVERGED: "it comes to rest in another valley"
        if never.other_valley
        else "it comes to rest all the same",
    }
    how = "" if never.not_finite else f", at a loss of {three_digits(never.last_loss)}"
    return f"Wiped, it comes to {_loss(clean.last_loss, clean)}. Never wiped, {ends[never.outcome]}{how}."


def legend_names(runs: Sequence[Trajectory]) -> list[str]:
    """What each run is called in a legend."""
    return [run_name(run) for run in runs]


#: What became of walks, by headline: as the end of a sentence, and after how many of them.
_ENDS = {
    "converged": ("it converged", "converged"),
    "another valley": ("it came to rest in another valley", "in another valley"),
    "at rest": ("it came to rest", "at rest"),
    "plateau": ("it stands on a plateau", "on a plateau"),
    "saddle": ("it stands on a saddle", "on a saddle"),
    "narrow valley": ("it creeps along a narrow valley", "in a narrow valley"),
    "arrived and left": ("it arrived, and left again", "arrived and left again"),
    "leaping": ("it leaps from side to side", "leaping from side to side"),
    "hovering": ("it hovers", "hovering"),
    "crawling": ("it is still crawling", "still crawling"),
    "descending": ("it is still on its way down", "still on the way down"),
    "oscillating": ("it oscillates", "oscillating"),
    "diverged": ("it diverged", "diverged"),
}


def _became(verdict: Verdict) -> str:
    """What became of a walk, as the end of a sentence."""
    return _ENDS[headline(verdict)][0]


def _ended(word: str) -> str:
    return _ENDS[word][1]


def _steps(count: int) -> str:
    return f"{count:,} step{'' if count == 1 else 's'}"
