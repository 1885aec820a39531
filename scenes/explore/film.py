"""The explore film as a part like any other. No manim, no torch."""

from __future__ import annotations

from scenes.part import Part, SceneRef

#: The one picture, for ``--still``.
STILL = SceneRef("still", f"{__package__}.still", "AllWalks", "All walks")

_MOUNTAIN = SceneRef("mountain", f"{__package__}.your_mountain", "YourMountain", "Your mountain")
_WALKS = SceneRef("walks", f"{__package__}.the_walks", "TheWalks", "The walks")
_NO_ZERO_GRAD = SceneRef("zero-grad", f"{__package__}.without_zero_grad", "WithoutZeroGrad", "Without zero_grad")
_CURVES = SceneRef("curves", f"{__package__}.the_curves", "TheCurves", "The curves")


def explore_part(name: str, title: str, *, no_zero_grad: bool = False, bench: bool = False) -> Part:
    """The film of an exploration.

    Parameters
    ----------
    name, title
        Of the loss: without its file, and with it.
    no_zero_grad
        Whether there is a run whose gradient is never set to zero.
    bench
        Whether there are runs for the viewer to try.

    >>> explore_part("himmelblau", "losses.py:himmelblau").filename
    'explore-himmelblau'
    """
    scenes = (_MOUNTAIN, _WALKS, *((_NO_ZERO_GRAD,) if no_zero_grad else ()), _CURVES)
    return Part(
        0,
        f"explore-{name}",
        title,
        "your own loss",
        scenes,
        about=f"The loss {title} as a mountain in the fog, and the walks that torch recorded on it.",
        poster=("walks", "what happened"),
        teaser=("walks", "the walks"),
        bench=f"{__package__}.tried.bench" if bench else None,
    )
