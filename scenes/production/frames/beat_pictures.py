"""Pictures of a scene without its film: only what is asked for is drawn, and all that comes before is jumped.

A beat's picture is its last frame: of the scene, the one in which it begins to fade out. It is the frame that the film
has there, to the bit, if both have the same voice, size and rate; but for the limbs of a hiker, who stands on the same
spot: where he has his boots comes of all the steps that he made, and those are jumped.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manim import Scene, tempconfig
from PIL import Image

from descent_core.errors import DescentError
from descent_core.suggestions import known
from scenes.engine.bands import on_all_cores
from scenes.engine.drawing.raster import StageCamera
from scenes.narration.speech import Voice
from scenes.narration.voices.silence import Silence
from scenes.part import SceneRef
from scenes.production.format import RenderSettings
from scenes.production.frames.cutout import foreground
from scenes.production.manim_settings import manim_settings
from scenes.production.trouble import SceneError, Trouble
from scenes.stage.observation import Observer, observed
from scenes.theme import using_theme

#: So many frames ahead one is got ready for.
_NEAR = 3


@dataclass(frozen=True, eq=False)
class BeatPicture:
    """What a scene shows at a moment.

    Attributes
    ----------
    beat
        Its beat; empty before the first one.
    time
        When it is shown, in seconds since the scene began.
    picture
        The frame: RGB, or RGBA of a cut-out.
    """

    beat: str
    time: float
    picture: Image.Image


def picture_of(
    scene: SceneRef | type[Scene],
    settings: RenderSettings,
    voice: Voice | None = None,
    *,
    at: float | None = None,
    beat: str | None = None,
    transparent: bool = False,
) -> BeatPicture:
    """One picture of a scene: ``at`` so many seconds, or of a ``beat``; else the last before it fades out.

    Parameters
    ----------
    voice
        Whose timing it has; by default that of `Silence`.
    transparent
        Whether it is a cut-out (see `scenes.production.frames.cutout`).

    Raises
    ------
    UnknownLabel
        No beat is called that.
    """
    found: list[BeatPicture] = []
    drawing: _Drawing
    if beat is not None:
        drawing = _Beats(found.append, transparent, (beat,))
    elif at is not None:
        drawing = _At(found.append, transparent, at)
    else:
        drawing = _Last(found.append, transparent)
    end = play_until_drawn(scene, settings, [drawing], voice, transparent=transparent)
    if beat is not None:
        known(beat, drawing.played, "beat")
    if not found:  # it did not fade out
        return picture_of(scene, settings, voice, at=end - 1 / settings.format.rate, transparent=transparent)
    return found[-1]


def draw_beats(
    scene: SceneRef | type[Scene],
    settings: RenderSettings,
    deliver: Callable[[BeatPicture], object],
    voice: Voice | None = None,
    *,
    beats: Collection[str] | None = None,
    observers: Collection[Observer] = (),
) -> list[str]:
    """Play a scene, and call ``deliver`` with the picture of each beat as soon as it is drawn.

    It ends when all that were asked for are drawn.

    Parameters
    ----------
    voice
        Whose timing it has; by default that of `Silence`.
    beats
        Those to be drawn; all by default. If none is called so, all beats were played in vain.
    observers
        See the scene play too; they get no more frames than these.

    Returns
    -------
    list
        The beats that were played, in order.
    """
    drawing = _Beats(deliver, False, beats)
    play_until_drawn(scene, settings, [drawing, *observers], voice)
    return drawing.played


def play_until_drawn(
    scene: SceneRef | type[Scene],
    settings: RenderSettings,
    observers: Sequence[Observer],
    voice: Voice | None = None,
    *,
    transparent: bool = False,
) -> float:
    """Play a scene before observers until one of them raises `Drawn`, or to its end; nothing is filmed.

    Returns
    -------
    float
        How long it has played, in its own seconds.

    Raises
    ------
    SceneError
        Something was raised in it.
    """
    try:
        return _play(scene, settings, observers, voice, transparent)
    except DescentError:
        raise
    except Exception as error:  # a scene may raise anything
        name = scene.name if isinstance(scene, SceneRef) else scene.__name__
        raise SceneError(f"The scene {name} cannot be played: {Trouble.of(error)}") from error


def _play(
    scene: SceneRef | type[Scene],
    settings: RenderSettings,
    observers: Sequence[Observer],
    voice: Voice | None,
    transparent: bool,
) -> float:
    with tempfile.TemporaryDirectory() as folder:
        manim = manim_settings(settings.format, Path(folder)) | {"dry_run": True}
        with using_theme(settings.theme), tempconfig(manim), on_all_cores():
            camera = {"camera_class": StageCamera} if transparent else {}
            played: Any = observed(scene.load() if isinstance(scene, SceneRef) else scene, observers, **camera)
            played.voice = voice or Silence()
            played.burn_captions = settings.burn_captions
            with suppress(Drawn):
                played.render()
                for observer in observers:
                    if isinstance(observer, _Drawing):
                        observer.over(played)
            return float(played.time)


class Drawn(Exception):
    """All that was asked for is drawn: an observer raises it to end a scene."""


class _Drawing(Observer):
    """Wants few frames of a scene, and delivers them."""

    def __init__(self, deliver: Callable[[BeatPicture], object], transparent: bool) -> None:
        self._deliver = deliver
        #: Whether cut-outs are drawn.
        self.transparent = transparent
        #: A cut-out is painted without a backdrop, and needs no frame.
        self.needs_frames = not transparent
        #: The beats that have begun.
        self.played: list[str] = []
        #: When the frame is shown that is drawn next, and the frame that was drawn last.
        self._time = 0.0
        self._last: BeatPicture | None = None

    def on_moment(self, scene: Any) -> None:
        if self.transparent:
            cutout = foreground(scene.renderer.camera, scene.mobjects)
            self._last = BeatPicture(self._beat, float(scene.time), cutout)

    def on_written(self, scene: Any) -> None:
        if not self.transparent:
            frame = scene.renderer.written
            self._last = BeatPicture(self._beat, self._time, Image.fromarray(frame[..., :3].copy()))

    def on_beat(self, scene: Any, name: str, loop: bool) -> None:  # noqa: ARG002
        self.played.append(name)

    def over(self, scene: Any) -> None:
        """The scene is over, and did not fade out."""

    @property
    def _beat(self) -> str:
        return self.played[-1] if self.played else ""

    def _hand_over(self, scene: Any) -> None:
        """Deliver the frame drawn last; where nothing was played, the stage as it is."""
        if self._last is None:
            self._draw_now(scene)
        assert self._last is not None
        self._deliver(self._last)
        self._last = None

    def _draw_now(self, scene: Any) -> None:
        """Draw the present moment: of a scene or a beat in which nothing is played."""
        if self.transparent:
            self.on_moment(scene)
            return
        scene.renderer.wanted = None
        scene.renderer.static_image = None
        scene.renderer.update_frame(scene)
        frame = scene.renderer.get_frame()
        self._last = BeatPicture(self._beat, float(scene.time), Image.fromarray(frame[..., :3].copy()))


class _At(_Drawing):
    """Draws the frame that is on screen at one moment."""

    lead = 1.0

    def __init__(self, deliver: Callable[[BeatPicture], object], transparent: bool, at: float) -> None:
        super().__init__(deliver, transparent)
        self._at = at

    def wanted_frames(self, scene: Any, count: int) -> Collection[int]:
        rate = scene.renderer.camera.frame_rate
        # The frame that lies nearest.
        frame = round((self._at - scene.time) * rate)
        self.soon = count <= frame < count + _NEAR
        self._time = float(scene.time) + max(frame, 0) / rate
        return (max(frame, 0),) if frame < count else ()

    def on_played(self, scene: Any) -> None:
        if self._last is not None:
            self._hand_over(scene)
            raise Drawn

    def over(self, scene: Any) -> None:
        self._hand_over(scene)


class _Last(_Drawing):
    """Draws the frame in which a scene begins to fade out: all of it is still there."""

    _closing = False

    def wanted_frames(self, scene: Any, count: int) -> Collection[int]:  # noqa: ARG002
        self._time = float(scene.time)
        return (0,) if self._closing else ()

    def on_close(self, scene: Any) -> None:  # noqa: ARG002
        self._closing = True

    def on_played(self, scene: Any) -> None:
        if self._closing:
            self._hand_over(scene)
            raise Drawn


class _Beats(_Drawing):
    """Draws the last frame of beats."""

    def __init__(
        self, deliver: Callable[[BeatPicture], object], transparent: bool, beats: Collection[str] | None
    ) -> None:
        super().__init__(deliver, transparent)
        self._beats = beats
        #: Those that are not drawn yet; None if there is no end to them.
        self._left = None if beats is None else set(beats)

    def wanted_frames(self, scene: Any, count: int) -> Collection[int]:
        ours = self._beats is None or self._beat in self._beats
        # What is followed by something else can't be the end of a beat.
        self.soon = ours and scene.is_followed
        self._time = float(scene.time) + (count - 1) / scene.renderer.camera.frame_rate
        return (count - 1,) if ours and not scene.is_followed else ()

    def on_beat(self, scene: Any, name: str, loop: bool) -> None:  # noqa: ARG002
        self._end_beat(scene)
        self.played.append(name)

    def on_close(self, scene: Any) -> None:
        self._end_beat(scene)
        raise Drawn

    def over(self, scene: Any) -> None:
        self._end_beat(scene)

    def _end_beat(self, scene: Any) -> None:
        """Deliver the picture of the beat that ends, if it is one of those."""
        if not self.played and (self._last is None or self._beats is not None):
            return
        if self._beats is None or self._beat in self._beats:
            self._hand_over(scene)
            if self._left is not None:
                self._left.discard(self._beat)
                if not self._left:
                    raise Drawn
