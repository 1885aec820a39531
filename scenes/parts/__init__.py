"""What appears on stage: parts for any manim scene, each driven by a recording.

A recording is a `descent_core.Trajectory`, the ground a `descent_core.Landscape`. Parts work in any
``Scene`` of manim; `scenes.stage.ExplainerScene` adds a narrator, and draws mountains faster. What
changes is given to a part as a function that it asks in every frame; a plain value stays.

Under manim's own camera a figure that stands behind a ridge is drawn whole until the ridge hides its
hat; `StageCamera` cuts it off where the ridge is: ``super().__init__(camera_class=StageCamera)``.

Examples
--------
A whole film, to be rendered by ``manim render FILE.py`` or in a notebook by ``%%manim OwnLoss``::

    import torch
    from manim import *
    from descent_core import Landscape, record
    from scenes.parts import Fog, Hiker, LossCurve, Mountain, Trail, Walk


    def loss(c):
        return (c[0] ** 2 + c[1] - 11) ** 2 + (c[0] + c[1] ** 2 - 7) ** 2


    class OwnLoss(Scene):
        def construct(self):
            run = record(loss, [0.0, 0.0], lr=0.01, steps=30)
            mountain = Mountain(Landscape.sample(loss, (-5, 5), (-5, 5), nodes=(81, 81)), fog=Fog(0.6))
            walk = Walk(run, mountain)
            mountain.lights.append(walk.standing)
            self.add(mountain, Trail(walk), Hiker(mountain, walk.place), LossCurve(walk).to_corner(DR))
            self.play(walk.to(run.steps, run_time=2))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenes.parts.axes import GroundAxes
    from scenes.parts.bowl import Bowl
    from scenes.parts.cabin import Cabin
    from scenes.parts.code_panel import CodePanel
    from scenes.parts.compass import Compass, GroundArrow
    from scenes.parts.fog import Fog
    from scenes.parts.hiker import Hiker
    from scenes.parts.mountain import Mountain
    from scenes.parts.plot import LossCurve, Plot
    from scenes.parts.radio import Knob, KnobWall, Radio
    from scenes.parts.raster import StageCamera
    from scenes.parts.scorecard import Readout, Scorecard
    from scenes.parts.shot import Shot
    from scenes.parts.trail import Trail
    from scenes.parts.type import legend, plate, swatch, words
    from scenes.parts.walk import Progress, Walk

#: Public name to the module that defines it; handed on when asked for, so that nothing is imported in vain.
_HOME = {
    "Bowl": "bowl",
    "Cabin": "cabin",
    "CodePanel": "code_panel",
    "Compass": "compass",
    "Fog": "fog",
    "GroundArrow": "compass",
    "GroundAxes": "axes",
    "Hiker": "hiker",
    "Knob": "radio",
    "KnobWall": "radio",
    "LossCurve": "plot",
    "Mountain": "mountain",
    "Plot": "plot",
    "Progress": "walk",
    "Radio": "radio",
    "Readout": "scorecard",
    "Scorecard": "scorecard",
    "Shot": "shot",
    "StageCamera": "raster",
    "Trail": "trail",
    "Walk": "walk",
    "legend": "type",
    "plate": "type",
    "swatch": "type",
    "words": "type",
}

__all__ = [
    "Bowl",
    "Cabin",
    "CodePanel",
    "Compass",
    "Fog",
    "GroundArrow",
    "GroundAxes",
    "Hiker",
    "Knob",
    "KnobWall",
    "LossCurve",
    "Mountain",
    "Plot",
    "Progress",
    "Radio",
    "Readout",
    "Scorecard",
    "Shot",
    "StageCamera",
    "Trail",
    "Walk",
    "legend",
    "plate",
    "swatch",
    "words",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
