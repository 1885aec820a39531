"""SpokenLine: a line of narration while it is being said, and its marks: which picture lands on which word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from manim import Mobject, config

from scenes.narration.script import ScriptError, parse_line
from scenes.narration.speech import Speech


@dataclass(frozen=True)
class Asked:
    """A mark that a scene has asked for while its line was said.

    Attributes
    ----------
    mark
        Its name.
    plays
        How many animations and waits came before that, in the scene.
    seconds
        How long it was until the word.
    waits
        Whether the scene then waited for the word.
    shows
        What lands on it, if the scene says so.
    """

    mark: str
    plays: int
    seconds: float
    waits: bool
    shows: tuple[Mobject, ...]


@dataclass
class SpokenLine:
    """A line of narration while it is being said: what ``with scene.say(…)`` gives.

    Attributes
    ----------
    scene
        The `scenes.stage.explainer_scene.ExplainerScene` that says it.
    text
        What captions show, without marks.
    start
        When it began, in seconds of the scene.
    speech
        Its sound, and when each mark is reached in it.
    script
        What the voice was given.
    plays
        How many animations and waits the scene had played when it began.
    asked
        The marks that were asked for, in that order.
    ends
        How many animations and waits the scene had played when the block ended in which it was said; None while it
        has not.

    Examples
    --------
    ::

        class Paced(ExplainerScene):
            def construct(self):
                with self.say("A dot, and [then]it goes.") as line:
                    dot = Dot(color=theme.right)
                    self.enter(dot)
                    line.reach("then", shows=dot)
                    self.play(dot.animate.shift(RIGHT), run_time=line.left)
    """

    scene: Any
    text: str
    start: float
    speech: Speech
    script: str
    plays: int = 0
    asked: list[Asked] = field(default_factory=list)
    ends: int | None = None

    @property
    def duration(self) -> float:
        """How long it takes to say it, in seconds."""
        return self.speech.duration

    @property
    def marked_words(self) -> dict[str, str]:
        """The word that each mark stands before, by the mark's name."""
        script = parse_line(self.script)
        return {mark: script.text[at:].split()[0] for mark, at in script.marks.items()}

    @property
    def left(self) -> float:
        """Seconds until it is said; at least one frame, so that it can be a run time."""
        return self._from_now(self.duration)

    def until(self, mark: str, *, shows: Mobject | Sequence[Mobject] = ()) -> float:
        """Seconds until the word of ``mark`` begins; at least one frame, so that it can be a run time.

        Parameters
        ----------
        mark
            Its name.
        shows
            What begins with that word: comes in, or is moved by what is played then. `descent check` measures whether
            it does.

        Raises
        ------
        ScriptError
            The line has no mark of that name.
        """
        return self._ask(mark, shows, waits=False)

    def reach(self, mark: str, *, shows: Mobject | Sequence[Mobject] = ()) -> None:
        """Wait until the word of ``mark`` begins: what is played next begins with it.

        Parameters
        ----------
        mark, shows
            As for `until`.

        Raises
        ------
        ScriptError
            The line has no mark of that name.
        """
        self.scene.wait(self._ask(mark, shows, waits=True))

    def _ask(self, mark: str, shows: Mobject | Sequence[Mobject], waits: bool) -> float:
        if mark not in self.speech.marks:
            marks = ", ".join(self.speech.marks) or "none"
            raise ScriptError(f"The line {self.text!r} has no mark called {mark!r}. It has: {marks}.")
        seconds = self._from_now(self.speech.marks[mark])
        things = (shows,) if isinstance(shows, Mobject) else tuple(shows)
        self.asked.append(Asked(mark, self.scene.renderer.num_plays, seconds, waits, things))
        return seconds

    def _from_now(self, moment: float) -> float:
        return max(moment - (self.scene.time - self.start), 1 / config.frame_rate)

    def shows(self, *things: Mobject) -> None:
        """Let it be known that the line speaks of ``things``, which are to be seen from now on until it is said.

        The check asks for that; neither fog nor a ridge may hide all of them.
        """
        self.scene.spoken_of.extend((self, thing) for thing in things)

    def share(self, fraction: float) -> float:
        """``fraction`` (0 to 1) of the time that the whole line takes, in seconds."""
        return self.duration * fraction
