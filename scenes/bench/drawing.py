"""The picture of a bench, as the renderer draws it, and where each pixel of it is on the ground. Imports manim."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import Any

import numpy as np
from manim import tempconfig
from numpy.typing import NDArray
from PIL import Image

from scenes.bench.source import BenchSource
from scenes.engine.drawing.raster import StageCamera
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.shot import Shot
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.theme import register_fonts, theme

Array = NDArray[np.float64]

#: The picture's size in pixels, and that of the table of its ground.
SIZE, TABLE = (1600, 900), (480, 270)
#: How tall the hiker is beside one of the films' usual size, so that he is seen on a phone.
HIKER = 1.7
#: Quality of the picture, and how near the eye is for the hiker's own.
_QUALITY, _CLOSE = 80, 7.0
#: Pixels that the hiker's own picture is tall.
_TALLEST = 300
#: World heights above the ground at which whoever stands there should be seen.
_SEEN = 0.25


@dataclass(frozen=True, eq=False)
class Drawn:
    """A picture and its geometry.

    Attributes
    ----------
    picture
        A data URI: the mountain on a clear day, with the cabin.
    hiker, stands, tall
        A data URI of the hiker alone; where in it the boots are, as fractions of its width and height; and its height
        in world units.
    camera
        What a point of the world is projected with: see ``bench-stage.js``.
    table
        ``(270, 480, 2)``, the ground's coefficients under the centre of each pixel; not a number in the sky.
    """

    picture: str
    hiker: str
    stands: tuple[float, float]
    tall: float
    camera: dict[str, Any]
    table: Array


class Stage:
    """The mountain of a bench, to be asked where things are."""

    def __init__(self, source: BenchSource) -> None:
        shot = source.shot if isinstance(source.shot, Shot) else None
        self.mountain = Mountain(source.landscape, shot, Fog(0.0), scale=source.scale, contour=source.contour)
        if not isinstance(source.shot, Shot):
            self.mountain.shot = source.shot(self.mountain)
        home = source.on_ground(source.grid.valleys[0])
        self.cabin = Cabin(self.mountain, home, size=1.1) if np.isfinite(home).all() else None

    def world(self, coeffs: Array) -> Array:
        """``(n, 3)``, world points of the ground at coefficients ``(n, 2)``."""
        return self.mountain.world(coeffs[:, 0], coeffs[:, 1])

    def seen(self, world: Array) -> NDArray[np.bool_]:
        """``(n,)``, whether no ridge stands between the eye and who stands at world points."""
        return np.asarray(self.mountain.seen(world + [0, 0, _SEEN]))


class on_stage:  # noqa: N801  # reads as the block that it opens
    """In the block there is a frame of the bench's size, and a `Stage`."""

    def __init__(self, source: BenchSource) -> None:
        self._source = source
        settings = {
            "frame_width": 8 * SIZE[0] / SIZE[1], "frame_height": 8.0, "pixel_width": SIZE[0],
            "pixel_height": SIZE[1], "disable_caching": True, "dry_run": True,
        }  # fmt: skip
        self._config = tempconfig(settings)

    def __enter__(self) -> Stage:
        register_fonts()
        self._config.__enter__()
        return Stage(self._source)

    def __exit__(self, *problem: Any) -> None:
        self._config.__exit__(*problem)


def draw(source: BenchSource, stage: Stage) -> Drawn:
    """Draw the mountain and the hiker, and look up the ground under each pixel."""
    mountain = stage.mountain
    camera = StageCamera(background_color=theme.page)
    shown = [mountain] if stage.cabin is None else [mountain, stage.cabin]
    mountain.paint(mountain.pixels)  # drawn finely the second time
    camera.capture_mobjects(shown)
    picture = Image.fromarray(camera.pixel_array[..., :3])
    view = mountain._view(TABLE)
    ground = np.moveaxis(view.ground, 0, -1) / mountain.scale_of.ground
    table = np.where(np.isfinite(view.depth)[..., None], ground, np.nan)
    eye = mountain.camera(SIZE)
    seen = {
        "size": list(SIZE),
        "eye": [float(value) for value in eye.eye],
        "forward": eye.forward.tolist(),
        "right": eye.right.tolist(),
        "focal": eye.focal,
        "horizon": eye.horizon,
        "scale": mountain.scale_of.ground.tolist(),
    }
    hiker, stands, tall = _hiker(source, mountain)
    return Drawn(_uri(picture, "webp"), _uri(hiker, "webp"), stands, tall, seen, table)


def _hiker(source: BenchSource, mountain: Mountain) -> tuple[Image.Image, tuple[float, float], float]:
    """The hiker alone, cut out, where his boots are in it, and how tall it is in world units."""
    before = mountain.shot
    x, y = source.on_ground(source.grid.starts[source.start])
    foot = mountain.world(x, y)
    mountain.shot = Shot(
        (float(foot[0]) - 0.6, float(foot[1]) - _CLOSE, float(foot[2]) + 2.6), tuple(foot + [0, 0, 0.4]), 30
    )
    hiker = Hiker(mountain, (float(x), float(y)), size=HIKER)
    camera = StageCamera(background_opacity=0)
    camera.pixel_array[:] = 0
    camera.capture_mobjects([hiker])
    pixels = np.asarray(camera.pixel_array)
    rows, columns = np.nonzero(pixels[..., 3] > 8)
    box = columns.min() - 2, rows.min() - 2, columns.max() + 3, rows.max() + 3
    spot = mountain.camera(SIZE).project(foot)
    tall = float((box[3] - box[1]) * spot[2] / mountain.camera(SIZE).focal)
    mountain.shot = before
    alpha = pixels[..., 3:].astype(np.float32)
    colour = np.clip(pixels[..., :3] * (255 / np.maximum(alpha, 1)), 0, 255).astype(np.uint8)
    cut = Image.fromarray(np.concatenate([colour, pixels[..., 3:]], axis=-1)).crop(box)
    cut.thumbnail((_TALLEST, _TALLEST), Image.Resampling.LANCZOS)
    stands = float((spot[0] - box[0]) / (box[2] - box[0])), float((spot[1] - box[1]) / (box[3] - box[1]))
    return cut, stands, tall


def _uri(picture: Image.Image, kind: str) -> str:
    content = io.BytesIO()
    picture.save(content, kind.upper(), quality=_QUALITY, method=6)
    return f"data:image/{kind};base64,{base64.b64encode(content.getvalue()).decode()}"
