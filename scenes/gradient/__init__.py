"""Part 4, The Gradient: one file a scene, named for what the viewer sees."""

from __future__ import annotations

from scenes.outline import outline
from scenes.part import Part, SceneRef

_FILM = outline("gradient")

PART = Part(
    _FILM.number,
    _FILM.slug,
    _FILM.title,
    _FILM.picture,
    scenes=(
        SceneRef("knobs", f"{__name__}.knobs", "ThousandKnobs", "A thousand knobs"),
        SceneRef("fog", f"{__name__}.fog", "MountainInTheFog", "The mountain in the fog"),
        SceneRef("slope", f"{__name__}.slope", "SlopeUnderTheBoots", "The slope under the boots"),
        SceneRef("step-size", f"{__name__}.step_size", "ThreeStepSizes", "How big a step?"),
        SceneRef("backward", f"{__name__}.backward", "BackToTheCode", "Back to the code"),
        SceneRef("zero-grad", f"{__name__}.zero_grad", "NorthAndSouthAtOnce", "The zero-grad mystery"),
        SceneRef("optimising", f"{__name__}.optimising", "GuessingOrOptimising", "Guessing or optimising"),
        SceneRef("home", f"{__name__}.home", "AllTheWayHome", "All the way home"),
        SceneRef("next", f"{__name__}.what_comes_next", "WhatComesNext", "What comes next"),
    ),
    about=(
        "You stand on a mountain in the fog, and the cabin in the valley is the perfect answer. How a machine "
        "finds its way down: the gradient, the step size, and the one line that is so easily forgotten."
    ),
    poster=("step-size", "all three"),
    teaser=("step-size", "over the valley"),
    bench=f"{__name__}.bench",
)
