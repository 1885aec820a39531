"""Observation: a scene and its renderer tell observers what happens while it plays.

The one place that reaches into manim's playing of a scene. Whoever renders, checks or cuts out a scene gives it
observers; nothing is patched. Where all of them want a few frames only, the others are jumped: every animation is
taken to its end, and what lies between is neither worked out nor drawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from math import ceil
from typing import Any

import numpy as np
from manim import Animation, CairoRenderer, Camera, FadeIn, FadeOut, Group, Mobject, Scene, VMobject, config
from numpy.typing import NDArray

from scenes.engine.drawing.raster import StageCamera

Frame = NDArray[np.uint8]

#: Seconds before a frame that is drawn after a jump, in which whatever is painted late in a film is painted as late:
#: the finer ground of an eye at rest, the fog that follows its hiker.
SETTLING = 0.1


class Observer:
    """Is told of what a scene does while it plays. A subclass overrides what it wants to know of.

    Attributes
    ----------
    needs_frames
        Whether frames must be drawn for it. If any observer of a scene needs none, none are.
    soon
        Of one that wants a few frames: whether it may want one of what is played next.
    lead
        And how many seconds before each of them are worked out, and not jumped: a figure that walks falls into step.

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
    soon = False
    lead = SETTLING

    def wanted_frames(  # a plain observer has no use for them
        self,
        scene: Scene,  # noqa: ARG002
        count: int,  # noqa: ARG002
    ) -> Collection[int] | None:
        """Which frames it wants, from 0, of the animation or wait that begins and has ``count``; None for no wish.

        Where nobody has a wish all are drawn; where somebody has, those that are wished for, and nobody sees others.
        A wait in which nothing moves has one picture, whichever of its frames are wanted.
        """
        return None

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
        #: The frames to be drawn of what is played, from 0; None for all.
        self.wanted: Collection[int] | None = None
        #: The last frame that was written, as observers had it written.
        self.written: Frame | None = None

    def init_scene(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """As manim's own, with the camera and the skipping that the scene asks for."""
        self._scene = scene
        if type(self.camera) is not scene.camera_class:  # a scene of somebody else's may ask for another than we knew
            self.camera: Camera = scene.camera_class()
        self._original_skipping_status = self.skip_animations = scene.skip_animations
        super().init_scene(scene, *args, **kwargs)

    def update_frame(self, *args: Any, **kwargs: Any) -> None:
        """As manim's own, unless nobody wants to see it."""
        if self.wanted != () and all(observer.needs_frames for observer in self.observers):
            super().update_frame(*args, **kwargs)

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """As manim's own; observers are told when it is over."""
        super().play(scene, *args, **kwargs)
        for observer in self.observers:
            observer.on_played(scene)

    def want(self, scene: Scene, count: int) -> Collection[int] | None:
        """Ask observers which of ``count`` frames they want of what begins now; None for all, () for none."""
        asked = [observer.wanted_frames(scene, count) for observer in self.observers]
        wishes = [frames for frames in asked if frames is not None]
        self.wanted = None
        if wishes:
            self.wanted = tuple(sorted({frame for frames in wishes for frame in frames if 0 <= frame < count}))
        return self.wanted

    def pass_time(self, count: int) -> None:
        """Let the time of so many frames go by, which are not drawn: to the bit as if they were."""
        for _ in range(count):
            self.time += 1 / self.camera.frame_rate

    def paint(self, scene: Scene) -> None:
        """Let rasters paint the present moment, and nothing else be drawn."""
        if isinstance(self.camera, StageCamera) and all(observer.needs_frames for observer in self.observers):
            self.camera.paint(scene.mobjects)

    def remember(self, scene: Scene) -> None:
        """Let shapes be as good as drawn, at the present moment."""
        if isinstance(self.camera, StageCamera):
            self.camera.remember(scene.mobjects)

    @property
    def soon(self) -> bool:
        """Whether a frame may be wanted of what is played next."""
        return any(observer.soon for observer in self.observers)

    def render(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Draw and write the frame of one moment of an animation."""
        self._tell_moment()
        super().render(scene, *args, **kwargs)

    def freeze_current_frame(self, duration: float) -> None:
        """Write the frame of a wait in which nothing moves."""
        if self.wanted == ():
            # As manim does: so many frames at once.
            self.time += still_frames(duration, self.camera.frame_rate) * (1 / self.camera.frame_rate)
            if self.soon:
                self.remember(self._scene)
            return
        self._tell_moment()
        super().freeze_current_frame(duration)

    def add_frame(self, frame: Frame, num_frames: int = 1) -> None:
        """Write a frame, or whatever observers make of it, ``num_frames`` times."""
        self._write(self.observers, frame, num_frames)
        for observer in self.observers:
            observer.on_written(self._scene)

    def _write(self, observers: Sequence[Observer], frame: Frame, count: int) -> None:
        if not observers:
            self.written = frame
            super().add_frame(frame, count)
            return
        for rewritten, times in observers[0].rewrite(self._scene, frame, count):
            self._write(observers[1:], rewritten, times)

    def _tell_moment(self) -> None:
        for observer in self.observers:
            observer.on_moment(self._scene)


class SceneClass(type):
    """The type of scenes that tell observers what they do: by it a notebook knows them."""


class ObservedScene(Scene, metaclass=SceneClass):
    """A scene that tells observers what it does.

    Parameters
    ----------
    observers
        Who is told.
    """

    renderer: ObservedRenderer
    animations: list[Animation] | None
    #: Seconds of the wait that is about to be played; manim lets none be shorter than a frame.
    _wait: float | None = None
    #: Whether something else is sure to be played after this, before the beat ends.
    is_followed = False
    #: Whether shapes were as good as drawn in the frame before.
    _is_ready = False
    #: Of the animations that are played, those that need not begin.
    _fading: Sequence[Animation] = ()

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

    def begin_animations(self) -> None:
        """As manim's own; where no frame is wanted, what only fades need not begin."""
        animations = self._played
        if self.is_current_animation_frozen_frame():
            wanted = self.renderer.want(self, still_frames(self.duration, config.frame_rate))
        else:
            wanted = self.renderer.want(self, len(self._frame_times()))
        jumps = wanted == () and not self.renderer.soon
        self._fading = [each for each in animations if jumps and _only_fades(each)]
        if wanted != ():
            if wanted is not None:
                self._get_ready()
            super().begin_animations()
            return
        for animation in animations:
            animation._setup_scene(self)
            if animation in self._fading:
                animation.mobject.suspend_updating()
            else:
                animation.begin()
        self.moving_mobjects: list[Mobject] = []
        self.static_mobjects: list[Mobject] = []

    def play_internal(self, skip_rendering: bool = False) -> None:
        """As manim's own; where a few frames are wanted, the others are jumped."""
        wanted = self.renderer.wanted
        if wanted is None:
            super().play_internal(skip_rendering)
            return
        animations = self._played
        times = self._frame_times()
        self.animations = [each for each in animations if each not in self._fading]
        passed = 0
        painted = ceil(SETTLING * config.frame_rate)
        for index in self._visited(len(times), wanted):
            self.renderer.pass_time(index - passed)
            passed = index
            self.update_to_time(times[index])
            if any(0 <= frame - index <= painted for frame in wanted):
                self.renderer.paint(self)
            if index in wanted:
                self.renderer.render(self, times[index], self.moving_mobjects)
                passed += 1
            elif index + 1 in wanted:
                self.renderer.remember(self)
        self._is_ready = self.renderer.soon
        if self._is_ready and not wanted:
            self.renderer.remember(self)
        self.renderer.pass_time(len(times) - passed)
        self.animations = animations
        for animation in animations:
            if animation in self._fading:
                _end_fade(animation, self)
            else:
                animation.finish()
                animation.clean_up_from_scene(self)
        self.update_mobjects(0)
        self.renderer.static_image = None

    def _get_ready(self) -> None:
        """As if what came before had been drawn: what does not move is drawn once, when something else begins."""
        if not self._is_ready:
            self.renderer.remember(self)
        self.renderer.paint(self)
        self._is_ready = True

    @property
    def _played(self) -> list[Animation]:
        """What is played now."""
        return list(self.animations or ())

    def _frame_times(self) -> NDArray[np.float64]:
        """When each frame of what is played is drawn, in seconds since it began."""
        return np.arange(0, self.get_run_time(self._played), 1 / config.frame_rate)

    def _visited(self, count: int, wanted: Collection[int]) -> list[int]:
        """The frames that are worked out: those wanted, those just before them, and the last, in which it ends."""
        before = ceil(max(observer.lead for observer in self.renderer.observers) * config.frame_rate)
        return sorted({count - 1, *(max(frame - back, 0) for frame in wanted for back in range(before + 1))})

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


def still_frames(seconds: float, rate: float) -> int:
    """How many frames a wait in which nothing moves takes, as manim counts them.

    >>> still_frames(0.4, 60), still_frames(0.99, 10)
    (24, 9)
    """
    return int(seconds / (1 / rate))


def _only_fades(animation: Animation) -> bool:
    """Whether it leaves its mobject as it was, on stage or off it: then it can be jumped without a copy of it."""
    if type(animation) not in (FadeIn, FadeOut):
        return False
    return all(
        isinstance(member, VMobject) or type(member) in (Mobject, Group) for member in animation.mobject.get_family()
    )


def _end_fade(animation: Animation, scene: Scene) -> None:
    """As it ends, in the order in which manim does it."""
    animation.mobject.resume_updating()
    animation._on_finish(scene)
    if animation.is_remover():
        scene.remove(animation.mobject)


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
