"""Playback: play a scene without filming it, and see every moment of it while it moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import numpy as np
from manim import Animation, AnimationGroup, Camera, Mobject, Scene, Wait, tempconfig
from numpy.typing import NDArray

from scenes.check.shapes import Shapes
from scenes.narration.cues import CueSheet
from scenes.narration.speech import Voice
from scenes.narration.voices.silence import Silence
from scenes.production.format import Format
from scenes.production.manim_settings import manim_settings
from scenes.stage.observation import Observer, observed

#: Frames a second, and their size in pixels: enough to judge words by, few enough for a whole film.
RATE, SIZE = 4, (640, 360)

Frame = NDArray[np.uint8]
M = TypeVar("M", bound=Mobject)


@dataclass(frozen=True, eq=False)
class Play:
    """An animation that a scene plays, or a wait.

    Attributes
    ----------
    index
        How many came before it.
    start
        Seconds since the scene began.
    seconds
        How long it was meant to be; what is played takes whole frames, and one at least.
    animations
        What is played, a single `manim.Wait` if the scene waits.
    """

    index: int
    start: float
    seconds: float
    animations: tuple[Animation, ...]

    @property
    def waits(self) -> bool:
        """Whether nothing is animated."""
        return all(isinstance(animation, Wait) for animation in self.animations)

    @property
    def mobjects(self) -> list[Mobject]:
        """All that is animated, with all that it is made of."""
        return [member for animation in self.animations for member in animation.mobject.get_family()]

    def single(self) -> Iterator[Animation]:
        """Its animations, and those within groups of them."""
        waiting = list(self.animations)
        while waiting:
            animation = waiting.pop(0)
            if isinstance(animation, AnimationGroup):
                waiting[:0] = animation.animations
            yield animation


@dataclass(eq=False)
class Moment:
    """One moment of a scene.

    Attributes
    ----------
    time
        Seconds since the scene began.
    scene
        The scene, as it is at that moment; whoever sees it must not change it.
    play
        What it plays.
    before
        The moment before.
    """

    time: float
    scene: Scene
    play: Play
    before: Moment | None = None

    @cached_property
    def shown(self) -> list[Mobject]:
        """All mobjects that are shown, those within others too, in the order in which they are drawn."""
        tops = sorted(self.scene.mobjects, key=lambda mobject: mobject.z_index)
        return [mobject for top in tops for mobject in top.get_family()]

    @cached_property
    def _kinds(self) -> dict[type[Mobject], list[tuple[int, Mobject]]]:
        """What is shown, by its class; each with its number in ``shown``."""
        kinds: dict[type[Mobject], list[tuple[int, Mobject]]] = {}
        for number, mobject in enumerate(self.shown):
            kinds.setdefault(type(mobject), []).append((number, mobject))
        return kinds

    def of(self, *kinds: type[M]) -> list[M]:
        """The mobjects of some classes, of ``shown``: quick, where all of it is thousands of glyphs."""
        found = [each for kind, members in self._kinds.items() if issubclass(kind, kinds) for each in members]
        return [mobject for _, mobject in sorted(found, key=itemgetter(0))]

    @cached_property
    def in_order(self) -> list[Mobject]:
        """All that is drawn, in the order in which the camera really draws it: who stands farther away comes first."""
        camera: Any = self.scene.camera
        drawn: list[Mobject] = camera.get_mobjects_to_display(self.scene.mobjects)
        return drawn

    @cached_property
    def shapes(self) -> Shapes:
        """Where everything is."""
        return Shapes(self.shown)

    @cached_property
    def repeats(self) -> bool:
        """Whether its frame is that of the moment before, to the pixel."""
        return self.before is not None and self.shapes.same(self.before.shapes)

    @cached_property
    def pixels(self) -> Frame:
        """``(H, W, 4)``, the frame; drawn once, for all who ask for it, and not at all if nothing has changed."""
        _ = self.shapes  # as they are now: the next moment is compared with them
        return self.before.pixels if self.before is not None and self.repeats else self.drawn()

    @property
    def frame(self) -> Frame:
        """``(H, W, 3)``, the frame without the opacity, which is whole."""
        return self.pixels[..., :3]

    @cached_property
    def changed(self) -> float:
        """The fraction of pixels that are others than at the moment before; 1 at the first."""
        now = self.pixels
        if self.before is None:
            return 1.0
        return 0.0 if now is self.before.pixels else float(differing(now, self.before.pixels).mean())

    def drawn_again(self) -> Frame:
        """``(H, W, 4)``, the frame as it would be drawn now: ground at rest is drawn finely from the second time on."""
        drawn = self.pixels  # first: it is what may have been drawn otherwise than now
        return drawn if Shapes(self.shown).same(self.shapes) else self.drawn()

    def drawn(self, without: Sequence[Mobject] = ()) -> Frame:
        """``(H, W, 4)``, the frame drawn anew, or as it would be without some mobjects."""
        camera: Camera = self.scene.camera
        kept = [(hidden, hidden.points) for mobject in without for hidden in mobject.get_family()]
        hidden = {id(mobject) for mobject, _ in kept}
        try:
            for mobject, _ in kept:
                mobject.points = np.zeros((0, 3))
            camera.reset()
            camera.capture_mobjects([mobject for mobject in self.scene.mobjects if id(mobject) not in hidden])
            return np.array(camera.pixel_array)
        finally:
            for mobject, points in kept:
                mobject.points = points


#: A pixel has changed from this many levels of a colour on; each bit of a difference that is worth as much.
_CHANGED = np.uint32(0xF8F8F8F8)


def differing(frame: Frame, other: Frame) -> NDArray[np.bool_]:
    """``(H, W)``, which pixels of two frames, ``(H, W, 4)``, differ by 8 levels of a colour or more.

    >>> differing(np.uint8([[[9, 0, 0, 255], [7, 7, 7, 255]]]), np.uint8([[[0, 0, 0, 255], [0, 0, 0, 255]]])).tolist()
    [[True, False]]
    """
    apart = np.maximum(frame, other) - np.minimum(frame, other)
    return np.asarray((apart.view(np.uint32)[..., 0] & _CHANGED) != 0)


def play(
    scene_class: type[Scene],
    see: Callable[[Moment], object],
    *,
    played: Callable[[Moment], object] | None = None,
    rate: int = RATE,
    size: tuple[int, int] = SIZE,
    voice: Voice | None = None,
) -> CueSheet:
    """Play a scene, and call ``see`` with every moment of every animation, ``rate`` a second.

    A wait in which nothing moves is one moment, and so is a scene that plays nothing, as a still does: its end.
    Returns what the scene said, and when.

    Parameters
    ----------
    played
        Is called whenever an animation or a wait has ended, with the scene as it was left.
    size
        Width and height of the frames in pixels.
    voice
        Whose timing it plays to; None is the even pace of nobody.
    """
    with TemporaryDirectory() as folder:
        width, height = size
        manim = manim_settings(Format(width, height, rate), Path(folder)) | {"dry_run": True}
        with tempconfig(manim):
            viewer = _Viewer(see, played)
            scene = observed(scene_class, [viewer])
            scene.voice = voice or Silence()
            scene.render()
            if not viewer.seen:
                viewer.on_moment(scene)
            return scene.cue_sheet() if hasattr(scene, "cue_sheet") else CueSheet(length=float(scene.time))


class _Viewer(Observer):
    """Sees every moment; no frame is drawn but those that ``see`` asks for."""

    needs_frames = False

    def __init__(self, see: Callable[[Moment], object], played: Callable[[Moment], object] | None) -> None:
        self._see, self._played = see, played
        self._play = Play(-1, 0.0, 0.0, ())
        self._last: Moment | None = None
        #: How many moments it saw.
        self.seen = 0

    def on_play(self, scene: Any, seconds: float) -> None:
        self._play = Play(self._play.index + 1, float(scene.time), seconds, tuple(scene.animations))

    def on_moment(self, scene: Scene) -> None:
        self.seen += 1
        moment = Moment(float(scene.time), scene, self._play, self._last)
        self._see(moment)
        # What was drawn is kept for the next one, and nothing that came before it.
        moment.before = None
        self._last = moment if "pixels" in moment.__dict__ else None

    def on_played(self, scene: Scene) -> None:
        if self._played is not None:
            self._played(Moment(float(scene.time), scene, self._play))
