"""A scene in a cell of a notebook: the last picture of each of its beats, and what they say."""

from __future__ import annotations

import io
from base64 import b64encode
from html import escape
from typing import Any

from manim import Scene
from PIL import Image

from scenes.narration.narrator import narrator
from scenes.production.format import Format, RenderSettings
from scenes.production.frames.beat_pictures import BeatPicture, draw_beats
from scenes.stage.observation import Observer
from scenes.theme import current_theme

#: Pictures of a notebook: sharp at the width of two side by side.
_FORMAT = Format(960, 540, 30)
_GRID = "display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:14px 12px;max-width:1240px"
_FIGURE = "margin:0;font:14px/1.4 system-ui,sans-serif"


def scene_html(scene_class: type[Scene]) -> str:
    """The beats of a scene, each with its last picture, as HTML that needs nothing else.

    Nothing is spoken for it: see `scenes.narration.narrator.narrator`.
    """
    pictures: list[BeatPicture] = []
    stage = _Stage()
    settings = RenderSettings(_FORMAT, current_theme().name)
    draw_beats(scene_class, settings, pictures.append, narrator(anew=False), observers=[stage])
    cues = stage.scene.cue_sheet().cues if hasattr(stage.scene, "cue_sheet") else ()
    said = {picture.beat: " ".join(cue.text for cue in cues if cue.beat == picture.beat) for picture in pictures}
    figures = "".join(_figure(picture, said[picture.beat]) for picture in pictures)
    return f'<div style="{_GRID}">{figures}</div>'


class _Stage(Observer):
    """Keeps the scene."""

    scene: Any = None

    def on_play(self, scene: Any, seconds: float) -> None:  # noqa: ARG002
        self.scene = scene


def _figure(shown: BeatPicture, said: str) -> str:
    source = b64encode(_jpeg(shown.picture)).decode()
    name = escape(shown.beat or "the whole scene")
    return (
        f'<figure style="{_FIGURE}"><img src="data:image/jpeg;base64,{source}" alt="{name}" '
        f'style="width:100%;display:block;border-radius:6px"><figcaption><b>{name}</b><br>{escape(said)}</figcaption></figure>'
    )


def _jpeg(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=90)
    return made.getvalue()
