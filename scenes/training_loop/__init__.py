"""Part 5, The training loop: one file a scene, named for what the viewer sees."""

from __future__ import annotations

from scenes.outline import outline
from scenes.part import Part, SceneRef

_FILM = outline("training-loop")

PART = Part(
    _FILM.number,
    _FILM.slug,
    _FILM.title,
    _FILM.picture,
    scenes=(
        SceneRef("lights", f"{__name__}.a_light_each", "ALightForEverybody", "A light for everybody"),
        SceneRef("engine", f"{__name__}.four_strokes", "FourStrokes", "Four strokes"),
        SceneRef("cough", f"{__name__}.cough", "TheEngineCoughs", "The engine coughs"),
        SceneRef("squeeze", f"{__name__}.squeeze", "SqueezedBetween", "A chance of 139 per cent"),
        SceneRef("voyage", f"{__name__}.voyage", "TheEngineRuns", "The engine runs"),
        SceneRef("keys", f"{__name__}.three_keys", "ThreeKeys", "Three keys"),
        SceneRef("exam", f"{__name__}.exam", "PeopleItNeverSaw", "People it never saw"),
        SceneRef("knobs", f"{__name__}.what_it_learnt", "WhatItLearnt", "What it learnt, and whom it forgot"),
        SceneRef("dawn", f"{__name__}.dawn", "TheKeyIsYours", "The key is yours"),
    ),
    about=(
        "Everything that the first four films built comes together: an engine of four strokes that learns, turn by "
        "turn, what happened to 2,201 people on one night in 1912; and what no table can tell."
    ),
    poster=("voyage", "a clause at a time"),
    teaser=("voyage", "women and girls"),
)
