"""What is said of a run on the bench: where the hiker ended, after how many steps, in a sentence."""

from __future__ import annotations

from descent_core.counted import counted
from descent_core.recordings.fates import Fate
from descent_core.recordings.outcome import Outcome

#: The four answers to where the hiker will end, by their fates: short, for buttons and keys.
ANSWERS = {Fate.HOME: "home", Fate.ELSEWHERE: "another valley", Fate.WALKING: "still walking", Fate.GONE: "gone"}
#: What is said of those that are still walking, by their outcomes.
_WALKING = {
    Outcome.CRAWLING: "he is still crawling: such steps are far too small for this ground",
    Outcome.DESCENDING: "he is still on his way down",
    Outcome.LEAPING: "he still leaps from side to side, each time a little nearer",
    Outcome.OSCILLATING: "he still swings to and fro, and never settles",
    Outcome.ARRIVED_AND_LEFT: "he had been at the bottom, and has left again",
    Outcome.NARROW_VALLEY: "he creeps along the floor of a narrow valley",
    Outcome.SADDLE: "he stands on a saddle, where nothing slopes",
    Outcome.PLATEAU: "he stands on a plateau, with no slope to feel",
    Outcome.HOVERING: "he hovers, pushed about by chance",
    Outcome.DIVERGED: "he stands higher than he set out, and climbs",
}


def sentence(fate: Fate, outcome: Outcome, arrived: int, steps: int, asked: int, *, home: str, off: bool) -> str:
    """What became of the hiker.

    Parameters
    ----------
    arrived
        The row from which on he stays where he ends.
    steps, asked
        How many steps the run has, and how many it was to make.
    home
        What the place is called where home is.
    off
        Whether he ends off the ground that is shown.

    >>> sentence(Fate.HOME, Outcome.CONVERGED, 5, 60, 60, home="the cabin", off=False)
    'Home: he is at the cabin after 5 steps, and stays.'
    >>> sentence(Fate.GONE, Outcome.DIVERGED, 0, 7, 60, home="the cabin", off=False)
    'Gone: after 7 steps the loss is no longer a number.'
    """
    if fate is Fate.HOME:
        return f"Home: he is at {home} after {counted(arrived, 'step')}, and stays."
    if fate is Fate.ELSEWHERE:
        return f"Another valley: he is at rest there after {counted(arrived, 'step')}, and takes it for home."
    if fate is Fate.GONE:
        if steps < asked or not off:
            return f"Gone: after {counted(steps, 'step')} the loss is no longer a number."
        return f"Gone: after {counted(steps, 'step')} he is off the picture."
    how = _WALKING.get(outcome, "he is not at rest in any valley that is known")
    return f"Still walking: after {counted(steps, 'step')} {how}."
