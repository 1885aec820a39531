"""The catalogue: what the films record, by label. One file a subject, with its losses, runs, landscapes and listings.

A subject is a film, or what two of them show: ``rings``. Names and numbers only: nothing here imports torch before a
loss is made. A file has four dictionaries, ``LOSSES``, ``RUNS``, ``LANDSCAPES`` and ``LISTINGS``, and, if there is a
bench beside a film, ``GRIDS`` and ``FATES``; labels are unique over all of them.

They are found by their files, not imported by name: what reads the catalogue does not depend on any one of them.
Whether a recording is still the one that the catalogue describes is decided for each recording
(`descent_core.library`).
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

from descent_core.catalogue.specs import Catalogue
from descent_core.loss_function import Loss
from descent_core.suggestions import known

T = TypeVar("T")

_NAMES = ("LOSSES", "RUNS", "LANDSCAPES", "LISTINGS")
#: What a file need not have.
_PERHAPS = ("GRIDS", "FATES")


def subjects() -> tuple[str, ...]:
    """What has a file here: each film, and what films share. (Folders hold what they are made of.)"""
    return tuple(
        sorted(module.name for module in iter_modules(__path__) if not module.ispkg and module.name != "specs")
    )


@cache
def catalogue(subject: str | None = None) -> Catalogue:
    """What is recorded of one subject, or of all of them.

    Raises
    ------
    ValueError
        Two files use the same label.

    >>> catalogue("gradient").runs["right"].lr, catalogue().runs["right"].lr
    (0.3, 0.3)
    """
    if subject is not None:
        module = import_module(f"{__name__}.{subject}")
        return Catalogue(
            *(dict(getattr(module, name)) for name in _NAMES), *(dict(getattr(module, name, {})) for name in _PERHAPS)
        )
    every = [catalogue(name) for name in subjects()]
    losses, runs, landscapes, listings, grids, fates = (
        _merged([getattr(table, kind) for table in every], kind)
        for kind in ("losses", "runs", "landscapes", "listings", "grids", "fates")
    )
    return Catalogue(losses, runs, landscapes, listings, grids, fates)


def make_loss(name: str) -> Loss:
    """The loss of that name, as runs and landscapes refer to it. Imports torch.

    Raises
    ------
    UnknownLabel
        No loss is called that.
    """
    losses = catalogue().losses
    return losses[known(name, losses, "loss")]()


def _merged(tables: list[dict[str, T]], kind: str) -> dict[str, T]:
    merged: dict[str, T] = {}
    for table in tables:
        if twice := merged.keys() & table.keys():
            raise ValueError(
                f"Two files of the catalogue have {kind} of the same label: {', '.join(sorted(twice))}. Rename one."
            )
        merged |= table
    return merged


#: Every run, landscape and listing that a film shows, and what is on the bench below one.
RUNS = catalogue().runs
LANDSCAPES = catalogue().landscapes
LISTINGS = catalogue().listings
GRIDS = catalogue().grids
FATES = catalogue().fates
