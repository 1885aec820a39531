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
    scenes=(SceneRef("first-steps", f"{__name__}.first_steps", "FirstSteps", "First steps"),),
    about="A run of gradient descent, and how its loss falls. What the film is about belongs here.",
)
