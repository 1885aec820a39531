"""The explore film as a part like any other: its scenes, by what the expedition brought. No manim, no torch."""

from __future__ import annotations

from scenes.part import Part, SceneRef

#: The one picture, for ``--still``.
STILL = SceneRef("still", "explore.still", "AllWalks", "All walks")

_MOUNTAIN = SceneRef("mountain", "explore.your_mountain", "YourMountain", "Your mountain")
_WALKS = SceneRef("walks", "explore.the_walks", "TheWalks", "The walks")
_FORGETFUL = SceneRef("zero-grad", "explore.forgetful", "WithoutZeroGrad", "Without zero_grad")
_CURVES = SceneRef("curves", "explore.the_curves", "TheCurves", "The curves")


def explore_part(name: str, title: str, *, forgetful: bool = False) -> Part:
    """The film of an expedition.

    >>> film("himmelblau", "losses.py:himmelblau").filename
    'explore-himmelblau'
    """
    scenes = (_MOUNTAIN, _WALKS, *((_FORGETFUL,) if forgetful else ()), _CURVES)
    return Part(
        0,
        f"explore-{name}",
        title,
        "your own loss",
        scenes,
        about=f"The loss {title} as a mountain in the fog, and the walks that torch recorded on it.",
        poster=("walks", "what happened"),
        teaser=("walks", "the walks"),
    )
