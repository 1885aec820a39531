"""ExplainerScene: the base of all scenes. It says lines, begins beats, and gives recordings by label.

A scene reads as a storyboard: one line of comment a beat, the words beside the pictures they go
with. It never trains: recordings are handed to it by label. It renders from ``descent`` and from
plain ``manim render`` alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any, ClassVar, Protocol, cast

import numpy as np
from manim import UP, Animation, Mobject, config

from descent_core import library
from descent_core.recordings.landscape import Landscape
from descent_core.recordings.listing import Listing
from descent_core.recordings.trajectory import Trajectory
from descent_core.suggestions import known
from scenes.engine.drawing.raster import StageCamera
from scenes.narration.burned_captions import BurnedCaptions
from scenes.narration.cues import Beat, Cue, CueSheet
from scenes.narration.script import spoken_form, without_marks
from scenes.narration.speech import Voice
from scenes.narration.voices.silence import Silence
from scenes.stage.number_sources import NumberSources
from scenes.stage.observation import Frame, ObservedScene, Observer
from scenes.stage.reception import Reception
from scenes.stage.spoken_line import SpokenLine
from scenes.stage.traced_run import traced
from scenes.stage.transitions import Curtain, fade_in, fade_out
from scenes.theme import Theme, current_theme, register_fonts, theme, using_theme

#: Seconds that the viewer has to think about a question.
_THINK = 2.0


class _Sign(Protocol):
    """What `ExplainerScene.ask` shows: a mobject such as `scenes.parts.question.Question`."""

    def think(self, run_time: float) -> Animation:
        """Animate the time there is to think, in ``run_time`` seconds."""


class ExplainerScene(ObservedScene):
    """The base of all scenes of the series: a manim scene with a narrator, beats and recordings.

    Examples
    --------
    A scene says a line while its pictures play; a mark times a picture to a word::

        class FirstSteps(ExplainerScene):
            runs = {"mine": "right"}

            def construct(self):
                mountain = Mountain(self.landscape("mountain"))
                walk = Walk(self.run("mine"), mountain)
                self.beat("the first steps")
                self.open(mountain, Hiker(walk=walk))
                with self.say("Ten steps, and then [stop]a rest.") as line:
                    self.play(walk.to(10, run_time=line.until("stop")))
                self.close()
    """

    #: The recordings that a scene draws, by the name it calls them: a label of the library, or a recording of
    #: your own. A subclass may name others.
    runs: ClassVar[Mapping[str, str | Trajectory]] = {}
    #: Who speaks. `scenes.narration.narrator.narrator` gives voices by name.
    voice: Voice = Silence()
    #: Whether captions are drawn into the picture.
    burn_captions = False
    #: A `scenes.theme.Theme` or the name of one; None is the theme that is in use when the scene is made.
    theme: Theme | str | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._theme = current_theme() if self.theme is None else self.theme
        register_fonts()
        # manim keys its cache on mobjects, not on what a raster paints: it would hand back stale pictures.
        config.disable_caching = True
        kwargs.setdefault("camera_class", StageCamera)
        with using_theme(self._theme):
            super().__init__(*args, **kwargs)
            self.camera.background_color = theme.page
        self._asked: set[str] = set()
        #: The recordings, landscapes and listings that it asked for, as they came: what its pictures are held against.
        self.recordings: dict[str, Trajectory] = {}
        self.landscapes: dict[str, Landscape] = {}
        self.listings: list[Listing] = []
        #: What lines speak of that is to be seen meanwhile: see `SpokenLine.shows`.
        self.spoken_of: list[tuple[SpokenLine, Mobject]] = []
        #: What its radio receives, if it has one.
        self.reception: Reception | None = None
        self._frozen: dict[Mobject, list[Any]] = {}
        #: What it has said, with the marks that it asked for.
        self.lines: list[SpokenLine] = []
        self._cues: list[Cue] = []
        self._beats: list[Beat] = []
        self._fade_out_start: float | None = None
        #: Where the numbers come from that it shows and says.
        self.sources = NumberSources()

    def render(self, *args: Any, **kwargs: Any) -> Any:
        """Play it from beginning to end, in its theme.

        Raises
        ------
        UnknownLabel
            ``runs`` names a run that the scene never asked for: it would show another than was meant.
        """
        with using_theme(self._theme), self.sources.open():
            done = super().render(*args, **kwargs)
        for label in self.runs.keys() - self._asked:
            known(label, sorted(self._asked), f"run in {type(self).__name__}")
        return done

    # Recordings.

    def run(self, label: str) -> Trajectory:
        """The recording called ``label`` here, or of that label in the library.

        It is `traced`: a text made of its numbers is noted in ``sources`` with their fields.

        Raises
        ------
        UnknownLabel
            The library has no recording of that label.
        """
        self._asked.add(label)
        named = self.runs.get(label, label)
        run = named if isinstance(named, Trajectory) else library.recording(named)
        self.recordings[run.label] = run
        return traced(run)

    def landscape(self, label: str) -> Landscape:
        """The landscape of that label in the library.

        Raises
        ------
        UnknownLabel
            There is none.
        """
        self.landscapes[label] = library.landscape(label)
        return self.landscapes[label]

    def listing(self, label: str) -> Listing:
        """The listing of that label in the library: code that ran, and the values that it had.

        Raises
        ------
        UnknownLabel
            There is none.
        """
        listing = library.listing(label)
        self.listings.append(listing)
        return listing

    def receive(self, run: Trajectory | None, row: Callable[[], int] = lambda: 0, lowest: float = 0.0) -> None:
        """A radio is on stage from now on that hisses as its ``run`` is bad: by the recorded loss of the present row.

        Parameters
        ----------
        run
            The recording; ``None`` switches it off. (Whoever walks carries a radio of his own.)
        row
            Gives the present row.
        lowest
            The loss at which the station is clear.
        """
        self.reception = None if run is None else Reception(run, row, lowest)

    # Beats and narration.

    def beat(self, name: str, *, loop: bool = False) -> None:
        """Begin a beat: a chapter mark in a film, a click in a talk.

        Parameters
        ----------
        name
            What the chapter is called.
        loop
            A talk shows the beat again and again until the next click. Its last picture should be its first.
        """
        self.next_section(name, "default.loop" if loop else "default.normal")

    def begin_beat(self, name: str, loop: bool) -> None:
        """Note the beat, and tell observers of it. What was put into words before and not shown is forgotten."""
        self.sources.forget_notes()
        super().begin_beat(name, loop)
        self._beats.append(Beat(self.time, name, loop))

    @contextmanager
    def say(self, text: str, spoken: str | None = None, *, about: Iterable[Trajectory] = ()) -> Iterator[SpokenLine]:
        """Say ``text`` while the block plays; then wait until it is said, and for a breath.

        A block that takes longer than the words goes on in silence.

        Parameters
        ----------
        text
            What is said, and what captions show. ``[name]`` in front of a word marks the moment at
            which it begins: see `SpokenLine.reach`.
        spoken
            What the voice is given where that differs (see `scenes.narration.script`); marks belong here then.
        about
            Recordings that the line is about though the picture shows others: only so may their numbers be said.
        """
        text = " ".join(text.split())
        script = spoken or spoken_form(text)
        texts = (without_marks(text), without_marks(spoken or ""))
        self.sources.show_alike("voice", texts, [run.label for run in about])
        line = SpokenLine(self, without_marks(text), self.time, self.voice.say(script), script, self.renderer.num_plays)
        self.lines.append(line)
        beat = self._beats[-1].name if self._beats else ""
        planned = Cue(line.start, line.start + line.duration, line.text, beat, script)
        if self.burn_captions:
            self._burned.captions.plan(planned)
        followed, self.is_followed = self.is_followed, True
        yield line
        line.ends = self.renderer.num_plays
        if planned.end > self.time:
            self.wait(planned.end - self.time)
        self.is_followed = followed
        self._cues.append(planned)
        self.add_subcaption(line.text, duration=line.duration, offset=line.start - self.time)
        self.wait(theme.breath)

    def ask(self, question: _Sign, text: str, *meanwhile: Animation, think: float = _THINK, **kwargs: Any) -> None:
        """Ask the viewer ``text``, and leave time to think; whoever asks takes the sign away (`leave`).

        Parameters
        ----------
        question
            The sign, where it shall stand: it enters as the line begins.
        text, **kwargs
            As for `say`; a line without marks.
        *meanwhile
            Animations to play while the viewer thinks; they take ``think`` seconds.
        think
            Seconds to think, once it is asked.
        """
        with self.say(text, **kwargs):
            self.enter(cast(Mobject, question))
        self.play(question.think(think), *meanwhile, run_time=think)

    @cached_property
    def _burned(self) -> _CaptionBurner:
        """Captions in the picture: drawn where frames are written, over all that the scene shows."""
        burner = _CaptionBurner(BurnedCaptions((config.pixel_width, config.pixel_height)))
        self.renderer.observers.append(burner)
        return burner

    def cue_sheet(self) -> CueSheet:
        """What the scene said, and its beats, with their times: once it was played."""
        return CueSheet(tuple(self._cues), tuple(self._beats), self.time, self._fade_out_start)

    # Entrances and exits.

    def enter(self, *mobjects: Mobject, toward: Any = UP, run_time: float | None = None) -> None:
        """Play: ``mobjects`` fade in, drifting ``toward`` their place.

        Parameters
        ----------
        toward
            The direction of the drift, ``(3,)``; (0, 0, 0) is without drift.
        run_time
            Seconds; the theme's by default.
        """
        drift = np.asarray(toward, dtype=float) * theme.drift
        self.play(*(fade_in(mobject, drift) for mobject in mobjects), run_time=run_time or theme.enter)

    def leave(self, *mobjects: Mobject, run_time: float | None = None) -> None:
        """Play: ``mobjects`` fade out, in ``run_time`` seconds or the theme's."""
        self.play(*(fade_out(mobject) for mobject in mobjects), run_time=run_time or theme.leave)

    def freeze(self, *mobjects: Mobject) -> None:
        """Stop the updaters of ``mobjects`` until `unfreeze`: what does not move is drawn once, not in every frame."""
        for mobject in mobjects:
            if mobject not in self._frozen:
                self._frozen[mobject] = list(mobject.updaters)
                mobject.clear_updaters(recursive=False)

    def unfreeze(self) -> None:
        """Give everything that is frozen its updaters back."""
        for mobject, updaters in self._frozen.items():
            for updater in updaters:
                mobject.add_updater(updater)
        self._frozen.clear()

    # The beginning and the end.

    def open(self, *mobjects: Mobject, curtain: Curtain | None = None) -> None:
        """Begin the scene: ``mobjects`` appear as the curtain, or another one, fades out."""
        curtain = curtain or Curtain()
        self.add(*mobjects, curtain)
        self.play(fade_out(curtain), run_time=theme.enter)

    def close(self, *onto_the_next: Animation) -> None:
        """End the scene: the curtain fades in over everything.

        Parameters
        ----------
        onto_the_next
            In place of the curtain: what leads from the last picture to the one that the next scene begins with.
        """
        self.begin_close()
        self._fade_out_start = self.time
        self.play(*(onto_the_next or [fade_in(Curtain())]), run_time=theme.leave)


class _CaptionBurner(Observer):
    """Draws captions into the frames of a scene as they are written."""

    def __init__(self, captions: BurnedCaptions) -> None:
        self.captions = captions

    def rewrite(self, scene: Any, frame: Frame, count: int) -> Iterator[tuple[Frame, int]]:
        # A still frame is written many times at once, but its captions change.
        return self.captions.burned(frame, count, scene.time, scene.renderer.camera.frame_rate)
