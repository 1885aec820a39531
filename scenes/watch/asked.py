"""What is watched, and which scenes it has: found anew in each process, as a save may have changed them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from scenes.part import SceneRef, find_scene

if TYPE_CHECKING:
    from descent_core.explore.request import ExplorationRequest


@dataclass(frozen=True)
class Asked:
    """What is watched.

    Attributes
    ----------
    what
        The number or name of a part, a file of Python with scenes, or one with a loss: ``FILE.py:LOSS``.
    scene
        The scene to begin with, by its slug or class name; None for the first.
    request
        Of a loss, how it is explored.
    """

    what: str
    scene: str | None = None
    request: ExplorationRequest | None = None

    @property
    def file(self) -> Path | None:
        """The user's own file, if there is one."""
        if not (self.what.endswith(".py") or ".py:" in self.what):
            return None
        return Path(self.what.rpartition(":")[0] if ".py:" in self.what else self.what).absolute()

    @contextmanager
    def scenes(self, recordings: Path | None = None) -> Iterator[Found]:
        """The scenes as they are now; what they are drawn from is in the library while the block lasts.

        Parameters
        ----------
        recordings
            Of a loss, the folder for all that is found; where it lies there already, the loss is not explored again.

        Raises
        ------
        DescentError
            There is nothing of that name, or the file fails when it is run.
        """
        if self.request is not None:
            with self._explored(recordings) as found:
                yield found
        elif self.file is not None:
            from scenes.talk.deck_file import scenes_in

            yield Found(*scenes_in(self.file))
        else:
            from scenes.series import find_part

            part = find_part(self.what)
            yield Found(part.title, part.scenes)

    @contextmanager
    def _explored(self, recordings: Path | None) -> Iterator[Found]:
        from descent_core import library
        from descent_core.explore.exploration import explore
        from descent_core.explore.summary import LANDSCAPE, Summary
        from scenes.explore.film import STILL, explore_part

        assert self.request is not None
        with TemporaryDirectory(prefix="watch-") as own:
            folder = recordings or Path(own)
            if not (folder / f"{LANDSCAPE}.landscape.npz").is_file():
                explore(self.request).save(folder)
            with library.recordings_from(folder):
                summary = Summary.of(library.landscape(LANDSCAPE))
                part = explore_part("loss", summary.title, no_zero_grad=summary.no_zero_grad)
                yield Found(part.title, (*part.scenes, STILL))


@dataclass(frozen=True)
class Found:
    """The scenes that there are.

    Attributes
    ----------
    title
        What they are together.
    refs
        Each, in order.
    """

    title: str
    refs: Sequence[SceneRef]

    def scene(self, wanted: str | None) -> SceneRef:
        """The scene of that slug or class name, or the first.

        Raises
        ------
        UnknownLabel
            None has; the message offers similar ones.
        """
        return self.refs[0] if wanted is None else find_scene(self.refs, wanted)
