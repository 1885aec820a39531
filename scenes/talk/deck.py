"""Deck: a talk of your own, in a few lines of Python.

See ``scenes/examples/my_talk.py`` for one. ``descent talk FILE.py`` makes it, with scenes
drawn at once and kept; `scenes.talk.write_deck` makes it from Python, one scene after another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from descent_core.errors import DescentError
from descent_core.recordings.trajectory import Trajectory

if TYPE_CHECKING:
    from scenes.theme import Theme


class DeckError(DescentError):
    """A deck that cannot be made as it was asked for."""


@dataclass(frozen=True)
class Entry:
    """One scene of a deck, and what it is given."""

    scene: type[Any]
    runs: Mapping[str, str | Trajectory] = field(default_factory=dict)
    theme: Theme | str | None = None
    title: str = ""

    @property
    def inputs(self) -> dict[str, str]:
        """What it is given, each with a hash of what is in it."""
        given = {f"the run {name!r}": _run_hash(run) for name, run in sorted(self.runs.items())}
        if self.theme is not None:
            given["the theme"] = _theme_hash(self.theme)
        return given

    def staged(self) -> type[Any]:
        """The scene's class, with what it is given."""
        own: dict[str, Any] = {"__module__": self.scene.__module__, "__doc__": self.scene.__doc__}
        if self.runs:
            own["runs"] = {**self.scene.runs, **self.runs}
        if self.theme is not None:
            own["theme"] = self.theme
        return type(self.scene.__name__, (self.scene,), own)


class Deck:
    """Scenes in the order of a talk: each of their beats is a click.

    Parameters
    ----------
    title
        Stands on the cover.

    >>> from scenes.gradient.fog import MountainInTheFog
    >>> deck = Deck("Down the mountain").add(MountainInTheFog, runs={"right": "too-big"})
    >>> [entry.title for entry in deck.entries]
    ['Mountain in the fog']
    """

    def __init__(self, title: str) -> None:
        self.title = title
        self.entries: list[Entry] = []

    def add(
        self,
        scene: type[Any],
        *,
        runs: Mapping[str, str | Trajectory] | None = None,
        theme: Theme | str | None = None,
        title: str = "",
    ) -> Deck:
        """Add a scene; returns the deck, so that calls can be chained.

        Parameters
        ----------
        scene
            The class of any manim scene. An `ExplainerScene` brings beats and words; of another, each
            ``next_section`` is a click and its subcaptions are the notes; without any, the whole is one click.
        runs
            Other recordings for it, by the name that it calls them: labels of the library, or what
            ``descent_core.record`` gave.
        theme
            Another theme: a `scenes.theme.Theme`, or the name of one, such as ``light``.
        title
            What the scene is called; by default, by its class.

        Raises
        ------
        DeckError
            It is no scene, or it takes no recordings or no theme.
        """
        from manim import Scene

        if not (isinstance(scene, type) and issubclass(scene, Scene)):
            raise DeckError(f"{scene!r} is not a scene. Add the class of a manim scene, such as MountainInTheFog.")
        for what, name, given in (("recordings", "runs", runs), ("theme", "theme", theme)):
            if given and not hasattr(scene, name):
                raise DeckError(f"{scene.__name__} takes no {what}: it is not an ExplainerScene.")
        for name, run in (runs or {}).items():
            if not isinstance(run, str | Trajectory):
                kind = type(run).__name__
                raise DeckError(f"The run {name!r} is of the type {kind}. Give a label, or what record() gave.")
        self.entries.append(Entry(scene, dict(runs or {}), theme, title or _words(scene.__name__)))
        return self


def _run_hash(run: str | Trajectory) -> str:
    """A hash of a recording's content; a label stands for itself, because takes keep hashes of the library's files."""
    return run if isinstance(run, str) else hashlib.sha256(run.to_bytes()).hexdigest()


def _theme_hash(theme: Theme | str) -> str:
    """A hash of a theme, the same in every process; a name stands for itself, because the code that it is in counts."""
    if isinstance(theme, str):
        return theme
    values = json.dumps(asdict(theme), default=lambda function: function.__qualname__)
    return hashlib.sha256(values.encode()).hexdigest()


def _words(name: str) -> str:
    """A class's name as a title.

    >>> _words("ThreeStepSizes"), _words("MyLSTM")
    ('Three step sizes', 'My LSTM')
    """
    found: list[str] = []
    for letter in name:
        if letter.isupper() and not (found and found[-1][-1:].isupper()):
            found.append(letter)
        elif found:
            found[-1] += letter
        else:
            found.append(letter)
    return " ".join(
        word if (word.isupper() and len(word) > 1) or not at else word.lower() for at, word in enumerate(found)
    )
