"""Layers: the order in which things are drawn, by name. Within a layer, what was added last lies on top."""

from __future__ import annotations

from enum import IntEnum
from typing import TypeVar

from manim import Mobject

M = TypeVar("M", bound=Mobject)


class Layer(IntEnum):
    """The layers, from the back to the front."""

    STAGE = 0
    """Where everything is that does not say otherwise."""
    FACTS = 1
    """Panels that lie over whatever comes after them."""
    CURTAIN = 1000
    """What covers the whole frame, at the beginning and at the end of a scene."""


def set_layer(mobject: M, layer: Layer) -> M:
    """Put ``mobject`` and all that it is made of in that layer; returns it.

    Examples
    --------
    ::

        self.add(set_layer(words("in front", theme.heading), Layer.FACTS), words("behind", theme.heading))
    """
    mobject.set_z_index(int(layer))
    return mobject
