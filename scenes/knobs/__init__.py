"""Part 3, Weights and biases: one file a scene, named for what the viewer sees."""

from __future__ import annotations

from scenes.outline import outline
from scenes.part import Part, SceneRef

_FILM = outline("knobs")

PART = Part(
    _FILM.number,
    _FILM.slug,
    _FILM.title,
    _FILM.picture,
    scenes=(
        SceneRef("turn", f"{__name__}.turn", "SomethingToTurn", "Something to turn"),
        SceneRef("weights", f"{__name__}.weights", "HowMuchToCare", "How much do I care?"),
        SceneRef("bias", f"{__name__}.bias", "BeforeLooking", "Before looking"),
        SceneRef("alike", f"{__name__}.alike", "OneOpinion", "Eight knobs, one opinion"),
        SceneRef("init", f"{__name__}.init", "AroundNought", "Around nought"),
        SceneRef("snow", f"{__name__}.snow", "ThousandInTheSnow", "A thousand in the snow"),
        SceneRef("sideways", f"{__name__}.sideways", "NearlyAllSideways", "Nearly all sideways"),
        SceneRef("picture", f"{__name__}.picture", "HiddenPicture", "The hidden picture"),
    ),
    about=(
        "A score helps only if there is something to turn. What weights and biases are, why they start at random, "
        "and why a thousand of them hide a picture that no guessing ever finds."
    ),
    poster=("picture", "a mountain and a moon"),
    teaser=("picture", "one, two, five"),
)
