"""Part 2, Loss: one file a scene, named for what the viewer sees."""

from __future__ import annotations

from scenes.outline import outline
from scenes.part import Part, SceneRef

_FILM = outline("loss")

PART = Part(
    _FILM.number,
    _FILM.slug,
    _FILM.title,
    _FILM.picture,
    scenes=(
        SceneRef("in-the-dark", f"{__name__}.in_the_dark", "InTheDark", "In the dark"),
        SceneRef("rings", f"{__name__}.rings", "SomewhereHere", "Somewhere here"),
        SceneRef("twenty-misses", f"{__name__}.twenty_misses", "TwentyMisses", "Twenty misses, one number"),
        SceneRef("rewind", f"{__name__}.rewind", "RewindButton", "The rewind button"),
        SceneRef("rounds", f"{__name__}.rounds", "ThirtyRounds", "Thirty rounds"),
        SceneRef("too-fast", f"{__name__}.too_fast", "TooFast", "Too fast"),
        SceneRef("which-scorecard", f"{__name__}.which_scorecard", "WhichScorecard", "Which scorecard?"),
        SceneRef("crisp", f"{__name__}.crisp", "GettingCrisp", "Getting crisp"),
        SceneRef("lights-on", f"{__name__}.lights_on", "LightsOn", "Lights on"),
    ),
    about=(
        "You throw darts at a board that you cannot see, and all you hear is a number. How a machine learns from "
        "that number alone: the scorecard, the rings, and the button that rewinds."
    ),
    poster=("rings", "three rings"),
    teaser=("lights-on", "lights on"),
)
