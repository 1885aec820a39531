"""A deck in a file of Python: loaded here, and again in each process that draws one of its scenes."""

from __future__ import annotations

import hashlib
import sys
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from descent_core.explore.user.code import as_script
from scenes.part import SceneRef
from scenes.production.takes.sources import OURS
from scenes.talk.deck import Deck, DeckError, Entry

#: What a file calls its deck.
NAME = "DECK"


@dataclass(frozen=True)
class FileScene(SceneRef):
    """One scene of the deck in a file: the ``index``-th. Small enough to be sent to another process."""

    file: str = ""
    index: int = 0
    given: tuple[tuple[str, str], ...] = ()
    siblings: frozenset[str] = field(default=frozenset())

    @property
    def inputs(self) -> Mapping[str, str]:
        """What the scene is given beside its code, each with a hash of what is in it."""
        return dict(self.given)

    @property
    def local_modules(self) -> frozenset[str]:
        """The modules in the file's own folder."""
        return self.siblings

    def load(self) -> Any:
        """The scene class, with what it is given. Runs the file, if this process has not yet."""
        entry = deck_in(Path(self.file)).entries[self.index]
        if entry.inputs != self.inputs:
            raise DeckError(
                f"{Path(self.file).name} hands {self.name} another recording each time it is run. Give a seed to "
                "what is random in it."
            )
        return entry.staged()


def deck_in(path: Path) -> Deck:
    """The deck that a file names ``DECK``, or else one of all scenes that it defines, in their order.

    Raises
    ------
    DeckError
        The file cannot be read, fails when it is run, or has neither.
    """
    from manim import Scene

    path = path.absolute()  # the file may go to another folder
    module = _run(path)
    deck = getattr(module, NAME, None)
    if deck is not None and not isinstance(deck, Deck):
        raise DeckError(f"{NAME} in {path} is of the type {type(deck).__name__}. Make it a scenes.talk.Deck.")
    if deck is None:
        deck = Deck(path.stem.replace("_", " ").replace("-", " "))
        for found in vars(module).values():
            if isinstance(found, type) and issubclass(found, Scene) and found.__module__ == module.__name__:
                deck.add(found)
    if not deck.entries:
        raise DeckError(f"There is no scene in {path}. Define one, or name a deck of scenes {NAME}.")
    return deck


def scenes_in(path: Path) -> tuple[str, tuple[FileScene, ...]]:
    """The title of the deck in a file, and its scenes."""
    path = path.absolute()
    deck = deck_in(path)
    siblings = frozenset(_siblings(path.resolve().parent))
    refs: list[FileScene] = []
    for index, entry in enumerate(deck.entries):
        slug = entry.title.lower().replace(" ", "-")
        same = sum(ref.slug == slug or ref.slug.startswith(f"{slug}-no-") for ref in refs)
        refs.append(
            FileScene(
                slug=f"{slug}-no-{same + 1}" if same else slug,
                module=_module_name(path),
                name=_name(entry),
                title=entry.title,
                file=str(path.resolve()),
                index=index,
                given=tuple(entry.inputs.items()),
                siblings=siblings,
            )
        )
    return deck.title, tuple(refs)


def _name(entry: Entry) -> str:
    """What takes of it are kept under: of the same class with other recordings they are others."""
    if not entry.inputs:
        return entry.scene.__name__
    return f"{entry.scene.__name__}-{hashlib.sha256(repr(sorted(entry.inputs.items())).encode()).hexdigest()[:8]}"


def _module_name(path: Path) -> str:
    # Of its own, so that a file called random.py stands in nobody's way.
    return f"talk_{path.stem.replace('.', '_')}_{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]}"


def _siblings(folder: Path) -> Iterator[str]:
    """Modules and packages that a file in ``folder`` may import as its own."""
    for path in folder.iterdir():
        if path.stem not in OURS and (path.suffix == ".py" or (path / "__init__.py").is_file()):
            yield path.stem


def _run(path: Path) -> ModuleType:
    name = _module_name(path)
    if name in sys.modules:
        return sys.modules[name]
    if not path.is_file():
        raise DeckError(f"There is no file {path}.")
    folder = str(path.resolve().parent)
    if folder not in sys.path:
        sys.path.append(folder)  # last: what lies there stands in nobody's way, here and in the processes that draw
    spec = spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module  # where pickle, dataclasses and `Sources` look for it
    try:
        with as_script(path):
            spec.loader.exec_module(module)
    except DeckError:
        del sys.modules[name]
        raise
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise DeckError(f"{path} could not be run:\n{_their_traceback(error, folder)}") from error
    return module


def _their_traceback(error: BaseException, folder: str) -> str:
    """The last lines of a traceback: those of the user's own files, and what was raised."""
    trace = traceback.TracebackException.from_exception(error)
    theirs = [
        frame for frame in trace.stack if frame.filename.startswith(folder) and "site-packages" not in frame.filename
    ]
    trace.stack = traceback.StackSummary.from_list(theirs[-3:])
    lines = [*trace.stack.format(), *trace.format_exception_only()]
    return "".join(lines).rstrip()
