"""The outline of the series: its films in order, made or not. Standard library only.

Scenes that show the titles of other films read them here, so that they do not depend on those films.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outline:
    """One film of the series, as it is announced.

    Attributes
    ----------
    number
        Its place in the series.
    slug
        What the command line calls it; with underscores, the name of its folder in ``scenes`` and of its catalogue.
    title
        What it is called.
    picture
        The picture that the film thinks in.
    """

    number: int
    slug: str
    title: str
    picture: str

    @property
    def package(self) -> str:
        """The name of its folder in ``scenes``, and of its file in ``descent_core.catalogue``.

        >>> OUTLINES[4].package
        'training_loop'
        """
        return self.slug.replace("-", "_")


OUTLINES: tuple[Outline, ...] = (
    Outline(1, "tensors", "Tensors", "atoms that remember"),
    Outline(2, "loss", "Loss", "the scorecard"),
    Outline(3, "knobs", "Weights and biases", "the radio knobs"),
    Outline(4, "gradient", "The Gradient", "a mountain in the fog"),
    Outline(5, "training-loop", "The training loop", "turning the key"),
)


def outline(slug: str) -> Outline:
    """The outline of that slug.

    Raises
    ------
    ValueError
        There is none; the message names those that there are.

    >>> outline("gradient").number
    4
    """
    for film in OUTLINES:
        if film.slug == slug:
            return film
    raise ValueError(
        f"no film of the series is called {slug!r}; there are: {', '.join(film.slug for film in OUTLINES)}"
    )
