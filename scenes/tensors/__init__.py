"""Part 1, Tensors: one file a scene, named for what the viewer sees."""

from __future__ import annotations

from scenes.outline import outline
from scenes.part import Part, SceneRef

_FILM = outline("tensors")

PART = Part(
    _FILM.number,
    _FILM.slug,
    _FILM.title,
    _FILM.picture,
    scenes=(
        SceneRef("one-number", f"{__name__}.one_number", "OneNumberInTheDark", "One number in the dark"),
        SceneRef("ranks", f"{__name__}.ranks", "FromANumberToAPicture", "From a number to a picture"),
        SceneRef("labels", f"{__name__}.labels", "TheWordsFallOff", "The words fall off"),
        SceneRef("quick", f"{__name__}.quick", "SmallAndQuick", "Small and quick"),
        SceneRef("notes", f"{__name__}.notes", "ItTakesNotes", "It takes notes"),
        SceneRef("chain", f"{__name__}.chain", "WhatItKept", "What it kept"),
        SceneRef("everybody", f"{__name__}.everybody", "EverybodyAtOnce", "Everybody at once"),
        SceneRef("pause", f"{__name__}.pause", "PauseTheTape", "Pause the tape"),
        SceneRef("next", f"{__name__}.what_comes_next", "TheNumberAtTheTop", "The number at the top"),
    ),
    about=(
        "A number, a row, a grid, a picture: to a machine it's all one thing, a tensor. Small, quick, and with one "
        "remarkable trick: it remembers how it came about. So a machine can find out what to blame."
    ),
    poster=("everybody", "warm light"),
    teaser=("everybody", "warm light"),
)
