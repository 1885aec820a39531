"""Stage parts: mobjects for any manim scene, each driven by a recording.

A recording is a `descent_core.Trajectory`, the ground a `descent_core.Landscape`. Parts work in any
``Scene`` of manim; `scenes.stage.explainer_scene.ExplainerScene` adds a narrator, and draws mountains faster. What
changes is given to a part as a function, which it calls in every frame; a plain value stays. Each part that changes
has a method ``refresh``, which draws it as it is now; manim calls it before each frame.

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
            mountain.lights.append(walk.position)
            self.add(mountain, Trail(walk), Hiker(walk=walk), LossCurve(walk).to_corner(DR))
            self.play(walk.to(run.steps, run_time=2))
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
