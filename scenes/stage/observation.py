"""Observation: a scene and its renderer tell observers what happens while it plays.

The one place that reaches into manim's playing of a scene. Whoever renders, checks or cuts out a scene gives it
observers; nothing is patched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from manim import CairoRenderer, Camera, Scene
from numpy.typing import NDArray

Frame = NDArray[np.uint8]


class Observer:
    """Is told of what a scene does while it plays. A subclass overrides what it wants to know of.

    Attributes
    ----------
    needs_frames
        Whether frames must be drawn for it. If any observer of a scene needs none, none are.

    Examples
    --------
    >>> class Beats(Observer):
    ...     def __init__(self):
    ...         self.names = []
    ...     def on_beat(self, scene, name, loop):
    ...         self.names.append(name)
    >>> class Plain(Scene):
    ...     def construct(self):
    ...         self.next_section("the first beat")
    >>> beats = Beats()
    >>> observed(Plain, [beats]).construct()
    >>> beats.names
    ['the first beat']
    """

    needs_frames = True

    def on_beat(self, scene: Scene, name: str, loop: bool) -> None:
        """A beat begins; of a plain manim scene, a section. ``loop`` is whether a talk repeats it."""

    def on_play(self, scene: Scene, seconds: float) -> None:
        """An animation or a wait begins: ``scene.animations``, for so many seconds, before they are rounded to frames.

        Everything is where it was left; what comes in is not on stage yet.
        """

    def on_played(self, scene: Scene) -> None:
        """It has ended: everything is where it has been left, and what has gone is off the stage."""

    def on_moment(self, scene: Scene) -> None:
        """Everything is where the next frame shows it. A wait in which nothing moves is a single moment."""

    def on_close(self, scene: Scene) -> None:
        """The scene begins to fade out at its end."""

    def on_written(self, scene: Scene) -> None:
        """Frames have been written; ``scene.time`` is when the next one begins."""

    def rewrite(  # a plain observer has no use for the scene
        self,
        scene: Scene,  # noqa: ARG002
        frame: Frame,
        count: int,
    ) -> Iterator[tuple[Frame, int]]:
        """The frames to write in place of ``frame``, ``(H, W, 4)``, written ``count`` times; each with its count.

        The observers of a scene rewrite one after another, in their order. ``frame`` itself must not be changed.
        """
        yield frame, count


class ObservedRenderer(CairoRenderer):
    """manim's renderer, that tells observers of every moment and every frame.

    Attributes
    ----------
    observers
        Who is told, in order; more may be added while the scene plays.
    """

    def __init__(self, observers: Iterable[Observer] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.observers: list[Observer] = list(observers)
        self._scene: Any = None

    def init_scene(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """As manim's own, with the camera and the skipping that the scene asks for."""
        self._scene = scene
        if type(self.camera) is not scene.camera_class:  # a scene of somebody else's may ask for another than we knew
            self.camera: Camera = scene.camera_class()
        self._original_skipping_status = self.skip_animations = scene.skip_animations
        super().init_scene(scene, *args, **kwargs)

    def update_frame(self, *args: Any, **kwargs: Any) -> None:
        """As manim's own, unless nobody wants to see it."""
        if all(observer.needs_frames for observer in self.observers):
            super().update_frame(*args, **kwargs)

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """As manim's own; observers are told when it is over."""
        super().play(scene, *args, **kwargs)
        for observer in self.observers:
            observer.on_played(scene)

    def render(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Draw and write the frame of one moment of an animation."""
        self._tell_moment()
        super().render(scene, *args, **kwargs)

    def freeze_current_frame(self, duration: float) -> None:
        """Write the frame of a wait in which nothing moves."""
        self._tell_moment()
        super().freeze_current_frame(duration)

    def add_frame(self, frame: Frame, num_frames: int = 1) -> None:
        """Write a frame, or whatever observers make of it, ``num_frames`` times."""
        self._write(self.observers, frame, num_frames)
        for observer in self.observers:
            observer.on_written(self._scene)

    def _write(self, observers: Sequence[Observer], frame: Frame, count: int) -> None:
        if not observers:
            super().add_frame(frame, count)
            return
        for rewritten, times in observers[0].rewrite(self._scene, frame, count):
            self._write(observers[1:], rewritten, times)

    def _tell_moment(self) -> None:
        for observer in self.observers:
            observer.on_moment(self._scene)


class ObservedScene(Scene):
    """A scene that tells observers what it does.

    Parameters
    ----------
    observers
        Who is told.
    """

    renderer: ObservedRenderer
    #: Seconds of the wait that is about to be played; manim lets none be shorter than a frame.
    _wait: float | None = None

    def __init__(self, *args: Any, observers: Iterable[Observer] = (), **kwargs: Any) -> None:
        renderer = ObservedRenderer(observers, camera_class=kwargs.get("camera_class"))
        super().__init__(*args, **{"renderer": renderer, **kwargs})

    def wait(self, duration: float = 1.0, *args: Any, **kwargs: Any) -> None:
        """As manim's own; observers are told how long it was meant to be."""
        self._wait = duration
        super().wait(duration, *args, **kwargs)

    def compile_animation_data(self, *animations: Any, **play_kwargs: Any) -> Any:
        """As manim's own; observers are told that these animations begin."""
        compiled = super().compile_animation_data(*animations, **play_kwargs)
        asked, self._wait = self._wait, None
        seconds = max(animation.run_time for animation in self.animations or ()) if asked is None else asked
        for observer in self.renderer.observers:
            observer.on_play(self, float(seconds))
        return compiled

    def next_section(self, name: str = "unnamed", section_type: str = "default.normal", *args: Any, **kw: Any) -> None:
        """As manim's own; a section is a beat, and one whose type ends in ``loop`` is a loop."""
        self.begin_beat(name, str(section_type).endswith("loop"))
        super().next_section(name, section_type, *args, **kw)

    def begin_beat(self, name: str, loop: bool) -> None:
        """Tell observers that a beat begins."""
        for observer in self.renderer.observers:
            observer.on_beat(self, name, loop)

    def begin_close(self) -> None:
        """Tell observers that the scene begins to fade out at its end."""
        for observer in self.renderer.observers:
            observer.on_close(self)


def observed(scene_class: type[Scene], observers: Iterable[Observer] = (), **kwargs: Any) -> Any:
    """A scene of any class of manim's, with observers.

    Examples
    --------
    >>> class Plain(Scene):
    ...     pass
    >>> scene = observed(Plain)
    >>> isinstance(scene, Plain), isinstance(scene, ObservedScene), type(scene).__name__
    (True, True, 'Plain')
    """
    if not issubclass(scene_class, ObservedScene):
        names = {"__module__": scene_class.__module__, "__doc__": scene_class.__doc__}
        scene_class = type(scene_class.__name__, (ObservedScene, scene_class), names)
    return scene_class(observers=observers, **kwargs)
