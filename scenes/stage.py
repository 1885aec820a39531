"""ExplainerScene: what every scene can do. Say a line, take a beat, fetch a recording.

A scene reads as a storyboard: one line of comment a beat, the words beside the pictures they go
with. It never trains: recordings are handed to it by label. It renders from ``render.py`` and from
plain ``manim render`` alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from manim import ORIGIN, UP, FadeIn, FadeOut, FullScreenRectangle, Mobject, Scene, config

from descent_core import library
from descent_core.landscape import Landscape
from descent_core.listing import Listing
from descent_core.trajectory import Trajectory
from scenes.film.cues import Beat, Cue, CueSheet
from scenes.film.open_captions import OpenCaptions, zone
from scenes.film.script import ScriptError, plain, spoken_form
from scenes.film.speech import Speech, Voice
from scenes.film.voice import narrator
from scenes.ledger import Ledger
from scenes.parts.raster import StageCamera
from scenes.theme import Theme, register_fonts, theme, wearing, worn
from scenes.traced import traced

__all__ = ["ExplainerScene", "Line", "beside_captions", "coming", "darkness", "floor", "going", "middle", "on_floor"]


@dataclass
class Line:
    """A line of narration while it is being said: what ``with scene.say(…)`` gives.

    Examples
    --------
    ::

        class Paced(ExplainerScene):
            def construct(self):
                with self.say("A dot, and [then]it goes.") as line:
                    dot = Dot(color=theme.right)
                    self.enter(dot)
                    line.reach("then")
                    self.play(dot.animate.shift(RIGHT), run_time=line.left)
    """

    scene: ExplainerScene
    text: str
    start: float
    speech: Speech

    @property
    def duration(self) -> float:
        """How long it takes to say, in seconds."""
        return self.speech.duration

    @property
    def left(self) -> float:
        """Seconds until it is said; at least one frame, so that it can be a run time."""
        return self._from_now(self.duration)

    def until(self, mark: str) -> float:
        """Seconds until the word of ``mark`` begins; at least one frame, so that it can be a run time."""
        if mark not in self.speech.marks:
            known = ", ".join(self.speech.marks) or "none"
            raise ScriptError(f"The line {self.text!r} has no mark called {mark!r}. It has: {known}.")
        return self._from_now(self.speech.marks[mark])

    def reach(self, mark: str) -> None:
        """Wait until the word of ``mark`` begins: what comes next lands on it."""
        self.scene.wait(self.until(mark))

    def _from_now(self, moment: float) -> float:
        return max(moment - (self.scene.time - self.start), 1 / config.frame_rate)

    def share(self, part: float) -> float:
        """``part`` (0 to 1) of the whole line, in seconds."""
        return self.duration * part


class ExplainerScene(Scene):
    """The base of all scenes of the series: a `Scene` with a narrator, beats and recordings.

    Examples
    --------
    A scene says a line while its pictures play; a mark lets a picture land on a word::

        class FirstSteps(ExplainerScene):
            runs = {"mine": "right"}

            def construct(self):
                mountain = Mountain(self.landscape("mountain"))
                walk = Walk(self.run("mine"), mountain)
                self.beat("the first steps")
                self.open(mountain, Hiker(mountain, walk.place))
                with self.say("Ten steps, and then [stop]a rest.") as line:
                    self.play(walk.to(10, run_time=line.until("stop")))
                self.close()
    """

    #: The recordings that a scene draws, by the name it calls them: a label of the library, or a recording of
    #: your own. A subclass may name others.
    runs: dict[str, str | Trajectory] = {}  # noqa: RUF012 - a class attribute that subclasses replace whole
    #: Who speaks: a name of `scenes.film.voice.VOICES`; None is the best that is installed.
    voice_name: str | None = "none"
    #: Whether captions are drawn into the picture.
    open_captions = False
    #: What it wears: a `scenes.theme.Theme` or the name of one; None is whatever is worn when it is made.
    look: Theme | str | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._look = worn() if self.look is None else self.look
        register_fonts()
        # manim keys its cache on mobjects, not on what a raster paints: it would hand back stale pictures.
        config.disable_caching = True
        kwargs.setdefault("camera_class", StageCamera)
        with wearing(self._look):
            super().__init__(*args, **kwargs)
            self.camera.background_color = theme.ink
        self._asked: set[str] = set()
        self._held: dict[Mobject, list[Any]] = {}
        self._cues: list[Cue] = []
        self._beats: list[Beat] = []
        self._closes: float | None = None
        #: Where the numbers come from that it shows and says.
        self.ledger = Ledger()

    def render(self, *args: Any, **kwargs: Any) -> Any:
        """Play it from beginning to end, in its look.

        Raises
        ------
        UnknownLabel
            It was handed a run that it never asked for: it would show another than was meant.
        """
        with wearing(self._look), self.ledger.open():
            done = super().render(*args, **kwargs)
        for label in self.runs.keys() - self._asked:
            library.known(label, sorted(self._asked), f"run in {type(self).__name__}")
        return done

    # What was recorded.

    def run(self, label: str) -> Trajectory:
        """The recording called ``label`` here, or of that label in the library.

        Put into words, its numbers name their fields in the `ledger`.
        """
        self._asked.add(label)
        named = self.runs.get(label, label)
        return traced(named if isinstance(named, Trajectory) else library.recording(named))

    def landscape(self, label: str) -> Landscape:
        """The landscape of that label."""
        return library.landscape(label)

    def listing(self, label: str) -> Listing:
        """The listing of that label: code that ran, and what it gave."""
        return library.listing(label)

    # What is said.

    def beat(self, name: str, *, loop: bool = False) -> None:
        """Begin a beat: a chapter mark in a film, a click in a talk.

        Parameters
        ----------
        loop
            A talk shows the beat again and again until the next click. Its last picture should be its first.
        """
        self._beats.append(Beat(self.time, name, loop))
        self.next_section(name)

    @contextmanager
    def say(self, text: str, spoken: str | None = None) -> Iterator[Line]:
        """Say ``text`` while the body of the ``with`` plays; then wait until it is said.

        A body that takes longer than the words goes on in silence.

        Parameters
        ----------
        text
            What is said, and what captions show. ``[name]`` in front of a word marks the moment at
            which it begins: see `Line.reach`.
        spoken
            What the voice is given where that differs (see `scenes.film.script`); marks belong here then.
        """
        text = " ".join(text.split())
        said = spoken or spoken_form(text)
        for words in (plain(text), plain(spoken or "")):
            self.ledger.show("voice", words)
        line = Line(self, plain(text), self.time, self._voice.say(said))
        beat = self._beats[-1].name if self._beats else ""
        planned = Cue(line.start, line.start + line.duration, line.text, beat, said)
        if self.open_captions:
            self._drawn_captions.plan(planned)
        yield line
        if planned.end > self.time:
            self.wait(planned.end - self.time)
        self._cues.append(planned)
        self.add_subcaption(line.text, duration=line.duration, offset=line.start - self.time)
        self.wait(theme.breath)

    @cached_property
    def _voice(self) -> Voice:
        return narrator(self.voice_name)

    @cached_property
    def _drawn_captions(self) -> OpenCaptions:
        """Captions in the picture: drawn where frames are written, over all that the scene shows."""
        captions = OpenCaptions((config.pixel_width, config.pixel_height))
        captions.watch(self)
        return captions

    def cue_sheet(self) -> CueSheet:
        """What the scene said, once it was played."""
        return CueSheet(tuple(self._cues), tuple(self._beats), self.time, self._closes)

    # How things come and go.

    def enter(self, *mobjects: Mobject, toward: Any = UP, run_time: float | None = None) -> None:
        """Let ``mobjects`` come in, drifting ``toward`` their place; (0, 0, 0) is without drift."""
        drift = np.asarray(toward, dtype=float) * theme.drift
        self.play(*(coming(mobject, drift) for mobject in mobjects), run_time=run_time or theme.enter)

    def leave(self, *mobjects: Mobject, run_time: float | None = None) -> None:
        """Let ``mobjects`` go."""
        self.play(*(going(mobject) for mobject in mobjects), run_time=run_time or theme.leave)

    def hold(self, *mobjects: Mobject) -> None:
        """Let ``mobjects`` stand still: what nobody can see move behind words is drawn once, not in every frame."""
        for mobject in mobjects:
            if mobject not in self._held:
                self._held[mobject] = list(mobject.updaters)
                mobject.clear_updaters(recursive=False)

    def release(self) -> None:
        """Let everything that is held move again."""
        for mobject, updaters in self._held.items():
            for updater in updaters:
                mobject.add_updater(updater)
        self._held.clear()

    # How a scene begins and ends.

    def open(self, *mobjects: Mobject) -> None:
        """Come up out of the dark on ``mobjects``."""
        self.add(*mobjects)
        dark = darkness()
        self.add(dark)
        self.play(going(dark), run_time=theme.enter)

    def close(self) -> None:
        """Go down into the dark."""
        self._closes = self.time
        self.play(coming(darkness()), run_time=theme.leave)


def on_floor(mobject: Mobject) -> Mobject:
    """Set something as low as words and panels may stand: right above the captions.

    Examples
    --------
    ::

        self.add(on_floor(plate(words("above what is said", theme.heading))))
    """
    return mobject.shift(UP * (floor() - mobject.get_bottom()[1]))


def floor() -> float:
    """How low words and panels may stand: the upper edge of the captions' place, and a gap, in scene units.

    Examples
    --------
    ::

        self.add(words("nothing stands lower", theme.body).next_to(UP * floor(), UP, buff=0))
    """
    return zone()[3] * config.frame_height + theme.gap


def beside_captions(mobject: Mobject) -> bool:
    """Whether something leaves the captions' place free: it stands above it, or in a corner beside it.

    Examples
    --------
    ::

        hint = words("small", theme.small).to_corner(DOWN + RIGHT, buff=theme.margin)
        if beside_captions(hint):
            self.add(hint)
    """
    left, bottom, right, top = (share * config.frame_height for share in zone())
    apart = np.abs(mobject.get_center()[:2] - ((left + right) / 2, (bottom + top) / 2))
    touching = np.array([right - left + mobject.width, top - bottom + mobject.height]) / 2
    return bool((apart >= touching).any())


def middle() -> float:
    """The height of what stands alone: the middle between the captions and the upper margin, in scene units.

    Examples
    --------
    ::

        self.add(words("alone", theme.display).set_y(middle()))
    """
    return (floor() + config.frame_height / 2 - theme.margin) / 2


def coming(mobject: Mobject, drift: Any = ORIGIN) -> FadeIn:
    """An animation by which something comes in; to be played beside others.

    Parameters
    ----------
    mobject
        Any.
    drift
        How far it moves meanwhile, ``(3,)`` in scene units.

    Examples
    --------
    ::

        self.play(coming(words("uphill", theme.heading), UP * theme.drift), run_time=theme.enter)
    """
    mobject.update(0)  # it may have been made for another shot than the present one
    return FadeIn(mobject, shift=drift, rate_func=theme.ease)


def going(mobject: Mobject) -> FadeOut:
    """An animation by which something goes; to be played beside others.

    Examples
    --------
    ::

        name, dot = words("downhill", theme.heading), Dot(color=theme.downhill).shift(UP)
        self.add(name, dot)
        self.play(going(name), run_time=theme.leave)
    """
    return FadeOut(mobject, rate_func=theme.ease)


def darkness(share: float = 1.0) -> FullScreenRectangle:
    """The page over the whole frame; a ``share`` of it dims what stands behind words.

    Examples
    --------
    ::

        self.add(Mountain(library.landscape("mountain")))
        self.play(coming(darkness(theme.dim)))
        self.play(coming(words("words", theme.heading)))
    """
    dark = FullScreenRectangle(stroke_width=0, fill_color=theme.ink, fill_opacity=share)
    dark.is_page = True  # a cut-out leaves it away
    return dark.set_z_index(1000) if share >= 1 else dark
