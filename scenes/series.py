"""SERIES: the parts of the series, their scenes and slugs, in order. Standard library only.

The command line, the tests and the README's table all read this one registry.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any


class UnknownScene(Exception):
    """A part or scene that does not exist; the message names the near ones."""


@dataclass(frozen=True)
class SceneRef:
    """Where a scene is, without importing it.

    Attributes
    ----------
    slug
        What the command line calls it.
    module
        The file, as a module name below ``package``.
    name
        The class in it.
    title
        What the chapter is called.
    package
        Where the modules are; another than ``scenes`` for films of your own.
    """

    slug: str
    module: str
    name: str
    title: str
    package: str = "scenes"

    @property
    def full_module(self) -> str:
        """The module's whole name.

        >>> SceneRef("fog", "gradient.fog", "MountainInTheFog", "The mountain in the fog").full_module
        'scenes.gradient.fog'
        """
        return f"{self.package}.{self.module}"

    @property
    def given(self) -> Mapping[str, str]:
        """What the scene is handed beside its code, each with a hash of what is in it."""
        return {}

    @property
    def beside(self) -> frozenset[str]:
        """Top-level modules that belong to the scene, beside its own package and ours."""
        return frozenset()

    def load(self) -> Any:
        """The scene class. Imports manim."""
        return getattr(import_module(self.full_module), self.name)


@dataclass(frozen=True)
class Part:
    """One film of the series; ``scenes`` is empty where it is not made yet.

    Attributes
    ----------
    number
        Its place in the series; 0 for a film of its own.
    picture
        The picture that the film thinks in.
    about
        What it is about, in a sentence or two.
    poster, teaser
        Slug of a scene and name of a beat: whose last frame stands for the film, and whose end moves
        in its teaser. By default the first.
    """

    number: int
    slug: str
    title: str
    picture: str
    scenes: tuple[SceneRef, ...] = ()
    about: str = ""
    poster: tuple[str, str] | None = None
    teaser: tuple[str, str] | None = None

    @property
    def filename(self) -> str:
        """Stem of the film's files."""
        return f"{self.number}-the-{self.slug}" if self.number else self.slug

    @property
    def heading(self) -> str:
        """Its title, and where it belongs."""
        return f"Part {self.number}: {self.title}" if self.number else self.title

    def scene(self, wanted: str) -> SceneRef:
        """The scene of that slug or class name."""
        return find_scene(self.scenes, wanted, f"scene of part {self.number}")


SERIES: tuple[Part, ...] = (
    Part(1, "tensors", "Tensors", "atoms that remember"),
    Part(2, "loss", "Loss", "the scorecard"),
    Part(3, "knobs", "Weights and biases", "the radio knobs"),
    Part(
        4,
        "gradient",
        "The Gradient",
        "a mountain in the fog",
        (
            SceneRef("knobs", "gradient.knobs", "ThousandKnobs", "A thousand knobs"),
            SceneRef("fog", "gradient.fog", "MountainInTheFog", "The mountain in the fog"),
            SceneRef("slope", "gradient.slope", "SlopeUnderTheBoots", "The slope under the boots"),
            SceneRef("step-size", "gradient.step_size", "ThreeStepSizes", "How big a step?"),
            SceneRef("backward", "gradient.backward", "BackToTheCode", "Back to the code"),
            SceneRef("zero-grad", "gradient.zero_grad", "NorthAndSouthAtOnce", "The zero-grad mystery"),
            SceneRef("optimising", "gradient.optimising", "GuessingOrOptimising", "Guessing or optimising"),
            SceneRef("next", "gradient.what_comes_next", "WhatComesNext", "What comes next"),
        ),
        about=(
            "You stand on a mountain in the fog, and the cabin in the valley is the perfect answer. How a machine "
            "finds its way down: the gradient, the step size, and the one line that is so easily forgotten."
        ),
        poster=("step-size", "all three"),
        teaser=("step-size", "over the valley"),
    ),
    Part(5, "training-loop", "The training loop", "turning the key"),
)


def part(wanted: str) -> Part:
    """The part of that number or slug.

    >>> part("4").slug, part("gradient").number
    ('gradient', 4)
    """
    for one in SERIES:
        if wanted.lower() in (str(one.number), one.slug, one.filename):
            return one
    raise UnknownScene(_unknown("part", wanted, [f"{one.slug}" for one in SERIES]))


def find_scene(refs: Sequence[SceneRef], wanted: str, kind: str = "scene") -> SceneRef:
    """The one of ``refs`` that has that slug or class name; else an `UnknownScene` that names the near ones."""
    for ref in refs:
        if wanted.lower() in (ref.slug.lower(), ref.name.lower()):
            return ref
    raise UnknownScene(_unknown(kind, wanted, [ref.slug for ref in refs]))


def made() -> tuple[Part, ...]:
    """The parts that have scenes."""
    return tuple(one for one in SERIES if one.scenes)


def _unknown(kind: str, wanted: str, names: Iterable[str]) -> str:
    every = list(names)
    near = difflib.get_close_matches(wanted.lower(), every, n=3, cutoff=0.4)
    if near:
        return f"There is no {kind} called {wanted!r}. Did you mean {' or '.join(near)}?"
    return f"There is no {kind} called {wanted!r}. There are: {', '.join(every) or 'none yet'}."
