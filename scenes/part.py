"""Part and SceneRef: a film of the series and its scenes, named without importing them. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from descent_core.errors import UnknownLabel
from descent_core.suggestions import suggest


@dataclass(frozen=True)
class SceneRef:
    """Where a scene is defined: enough to load it, without importing it before.

    Attributes
    ----------
    slug
        What the command line calls it; unique within its film.
    module
        The module that defines it, by its whole name.
    name
        The name of its class.
    title
        What its chapter is called.
    """

    slug: str
    module: str
    name: str
    title: str

    @property
    def inputs(self) -> Mapping[str, str]:
        """What the scene is given beside its code, by name, each with a hash of its content."""
        return {}

    @property
    def local_modules(self) -> frozenset[str]:
        """Top-level modules whose code belongs to the scene, beside its own package and the project's."""
        return frozenset()

    def load(self) -> Any:
        """The scene class. Imports manim."""
        return getattr(import_module(self.module), self.name)


@dataclass(frozen=True)
class Part:
    """One film of the series; ``scenes`` is empty where it is not made yet.

    Attributes
    ----------
    number
        Its place in the series; 0 for a film of its own.
    slug
        What the command line calls it.
    title
        What it is called.
    picture
        The picture that the film thinks in.
    scenes
        Its scenes, in order.
    about
        What it is about, in a sentence or two.
    poster, teaser
        Slug of a scene and name of a beat: whose last frame stands for the film, and whose end moves
        in its teaser. By default the first scene.
    bench
        The module that knows what the viewer can try below the film, by its whole name, if there is anything.

    Examples
    --------
    >>> film = Part(4, "gradient", "The Gradient", "a mountain in the fog")
    >>> film.filename, film.heading
    ('4-the-gradient', 'Part 4: The Gradient')
    """

    number: int
    slug: str
    title: str
    picture: str
    scenes: tuple[SceneRef, ...] = ()
    about: str = ""
    poster: tuple[str, str] | None = None
    teaser: tuple[str, str] | None = None
    bench: str | None = None

    @property
    def filename(self) -> str:
        """The name of its folder, and the stem of its files."""
        if not self.number:
            return self.slug
        return f"{self.number}-{re.sub(r'[^a-z0-9]+', '-', self.title.lower()).strip('-')}"

    @property
    def heading(self) -> str:
        """Its title, and where it belongs."""
        return f"Part {self.number}: {self.title}" if self.number else self.title

    def scene(self, wanted: str) -> SceneRef:
        """The scene of that slug or class name; see `find_scene`."""
        return find_scene(self.scenes, wanted, f"scene of part {self.number}" if self.number else "scene")


def find_scene(refs: Sequence[SceneRef], wanted: str, kind: str = "scene") -> SceneRef:
    """The scene of ``refs`` that has that slug or class name, in any case.

    Parameters
    ----------
    refs
        Where to look.
    wanted
        Slug or class name.
    kind
        What a message calls it, such as ``scene of part 4``.

    Raises
    ------
    UnknownLabel
        None has; the message offers similar ones.

    Examples
    --------
    >>> find_scene([SceneRef("fog", "scenes.gradient.fog", "MountainInTheFog", "In the fog")], "mountaininthefog").slug
    'fog'
    """
    for ref in refs:
        if wanted.lower() in (ref.slug.lower(), ref.name.lower()):
            return ref
    raise UnknownLabel(f"There is no {kind} called {wanted!r}. {suggest(wanted, [ref.slug for ref in refs])}")
