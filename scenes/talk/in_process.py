"""`Deck.write`: every scene drawn here, one after another, and nothing kept but the talk."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from descent_core.library import known
from scenes.film.quality import QUALITIES
from scenes.film.take import render
from scenes.series import SceneRef
from scenes.talk.convert import KINDS, ready
from scenes.talk.deck import Deck, DeckError, Entry
from scenes.talk.talk import make
from scenes.theme import THEMES


@dataclass(frozen=True)
class _Here(SceneRef):
    """A scene of a deck that is in this process already."""

    entry: Entry | None = None

    def load(self) -> Any:
        assert self.entry is not None
        return self.entry.staged()


def write(deck: Deck, path: Path, quality: str, voice: str | None, theme: str) -> Path:
    """See `Deck.write`."""
    if not deck.entries:
        raise DeckError(f"There is no scene in the deck {deck.title!r}. Add one with add().")
    known(path.suffix[1:], KINDS, "kind of talk")
    size = replace(QUALITIES[known(quality, QUALITIES, "quality")], theme=known(theme, THEMES, "theme"))
    ready()
    with tempfile.TemporaryDirectory() as folder:
        refs = [
            _Here(f"{index}", entry.scene.__module__, entry.scene.__name__, entry.title, package="", entry=entry)
            for index, entry in enumerate(deck.entries)
        ]
        takes = [render(ref, size, Path(folder), voice) for ref in refs]
        make(takes, size, deck.title, path)
    return path
