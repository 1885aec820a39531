"""Events: what happens while takes are made, for whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scenes.part import SceneRef


@dataclass(frozen=True)
class Planned:
    """A scene is unchanged (``why`` is empty) or has to be drawn, because of ``why``.

    ``cost`` is about how many seconds that takes, and ``length`` how many it lasts on screen, as far as is known.
    """

    ref: SceneRef
    why: str
    cost: float = 0.0
    length: float | None = None


@dataclass(frozen=True)
class Started:
    """A scene is being drawn now."""

    ref: SceneRef


@dataclass(frozen=True)
class Progressed:
    """So many ``seconds`` of a scene are drawn."""

    ref: SceneRef
    seconds: float


@dataclass(frozen=True)
class Finished:
    """A scene is drawn and kept; ``took`` seconds."""

    ref: SceneRef
    took: float


@dataclass(frozen=True)
class Failed:
    """A scene could not be drawn.

    Attributes
    ----------
    reason
        In one line.
    log
        The file with all that it printed, if that could be kept.
    """

    ref: SceneRef
    reason: str
    log: Path | None


@dataclass(frozen=True)
class Logged:
    """A line of manim's log, or about a take; for ``--verbose``."""

    ref: SceneRef
    text: str


Event = Planned | Started | Progressed | Finished | Failed | Logged
