"""Writing a deck from Python: every scene drawn here, one after another, and nothing kept but the talk."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from descent_core.suggestions import known
from scenes.narration.narrator import narrator
from scenes.part import SceneRef
from scenes.production.format import FORMATS, RenderSettings
from scenes.production.takes.render import render_take
from scenes.talk.build import build_talk
from scenes.talk.convert import KINDS, require_packages
from scenes.talk.deck import Deck, DeckError, Entry
from scenes.theme import THEMES


@dataclass(frozen=True)
class _Here(SceneRef):
    """A scene of a deck that is in this process already."""

    entry: Entry | None = None

    def load(self) -> Any:
        assert self.entry is not None
        return self.entry.staged()


def write_deck(
    deck: Deck, path: str | Path, *, quality: str = "hd", voice: str | None = "none", theme: str = "dark"
) -> Path:
    """Draw all scenes of a deck, here and one after another, and write the talk.

    Parameters
    ----------
    path
        Its ending tells what is made: ``.html``, ``.pptx`` or ``.pdf``.
    quality
        A name of ``scenes.production.format.QUALITIES``.
    voice
        Whose timing the scenes have: a name of ``scenes.narration.voices.registry.VOICES``. A talk has no sound.
    theme
        The theme of all scenes that were not given one: a name of ``scenes.theme.THEMES``.

    Raises
    ------
    DescentError
        There is nothing in the deck, or ``path``, ``quality`` or ``theme`` is none that there is.
    """
    path = Path(path).absolute()
    if not deck.entries:
        raise DeckError(f"There is no scene in the deck {deck.title!r}. Add one with add().")
    known(path.suffix[1:], KINDS, "kind of talk")
    settings = RenderSettings(FORMATS[known(quality, FORMATS, "quality")], known(theme, THEMES, "theme"))
    require_packages()
    with tempfile.TemporaryDirectory() as folder:
        refs = [
            _Here(f"{index}", entry.scene.__module__, entry.scene.__name__, entry.title, entry)
            for index, entry in enumerate(deck.entries)
        ]
        takes = [render_take(ref, settings, Path(folder), narrator(voice)) for ref in refs]
        build_talk(takes, settings, deck.title, path)
    return path
