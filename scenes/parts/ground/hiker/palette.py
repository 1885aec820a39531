"""The colours of the hiker, by what they are on; and what light makes of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import ManimColor
from numpy.typing import NDArray

from scenes.theme import theme

Rgb = NDArray[np.float64]

#: What a colour is multiplied by away from the sun, and how much of the sun's colour it has toward it.
_SHADE, _LIT = np.array([0.6, 0.62, 0.74]), 0.16
#: What is farther from the eye is so much darker.
_FAR = np.array([0.72, 0.74, 0.82])


def rgb(code: str) -> Rgb:
    """``(3,)``, red, green and blue from 0 to 1."""
    return np.asarray(ManimColor(code).to_rgb(), dtype=float)


def mixed(one: Rgb, other: Rgb, fraction: float) -> Rgb:
    """The colour at ``fraction`` of the way from one to another."""
    return one + (other - one) * fraction


@dataclass(frozen=True)
class Palette:
    """The colour of each thing, and how it fades from its middle where it is only light or air.

    Attributes
    ----------
    solid
        Colours by name.
    soft
        Of what has no edge: a colour, and how opaque it is from the middle outward.
    sun, dim
        The colour of the light on an edge, and that of the shade.
    """

    solid: dict[str, Rgb]
    soft: dict[str, tuple[Rgb, tuple[float, ...]]]
    sun: Rgb
    dim: Rgb

    @classmethod
    def of(cls, coat: str, sun: tuple[float, float, float]) -> Palette:
        """That of the present theme, for a coat of some colour and a sun."""
        things = theme.things
        base = {
            "coat": rgb(coat),
            "trousers": rgb(things.trousers),
            "boots": rgb(things.boots),
            "sock": rgb(things.scarf),
        }
        light = rgb(things.lamplight)
        warm = mixed(np.clip(np.asarray(sun) / max(sun), 0, 1), np.ones(3), 0.25)
        solid = {
            **base,
            **{f"far {name}": colour * _FAR for name, colour in base.items()},
            "hood": base["coat"] * 0.84,
            "fold": base["coat"] * 0.74,
            "sole": rgb(things.outline),
            "laces": rgb(things.scarf),
            "pack": rgb(things.pack),
            "pocket": mixed(rgb(things.pack), np.ones(3), 0.1),
            "strap": rgb(things.strap),
            "bedroll": rgb(things.bedroll),
            "roll": rgb(things.bedroll) * 0.66,
            "staff": rgb(things.staff),
            "mitten": rgb(things.mitten),
            "skin": rgb(things.skin),
            "hair": rgb(things.hair),
            "ink": rgb(things.hair) * 0.8,
            "eye": rgb(things.outline),
            "white": np.ones(3),
            "flakes": np.ones(3),
            "hat": rgb(things.hat),
            "knit": rgb(things.hat) * [0.86, 0.8, 0.62],
            "brim": mixed(rgb(things.hat), np.ones(3), 0.22),
            "pompom": mixed(rgb(things.hat), np.ones(3), 0.45),
            "scarf": rgb(things.scarf),
            "stripe": rgb(things.stripe),
            "lantern frame": rgb(things.strap) * 0.6,
            "flame": rgb(things.lantern),
        }
        dark = theme.name != "light"
        soft: dict[str, tuple[Rgb, tuple[float, ...]]] = {
            "shadow": (rgb(things.outline), (0.62, 0.5, 0.26, 0.08, 0.0)),
            "glow": (light, (0.42, 0.2, 0.09, 0.03, 0.0) if dark else (0.2, 0.09, 0.03, 0.01, 0.0)),
            "pool": (light, (0.34, 0.24, 0.1, 0.03, 0.0) if dark else (0.16, 0.1, 0.03, 0.0)),
            "halo": (mixed(light, np.ones(3), 0.4), (0.75, 0.45, 0.16, 0.04, 0.0)),
            "warmth": (light, (0.62, 0.42, 0.2, 0.06, 0.0) if dark else (0.35, 0.2, 0.08, 0.0, 0.0)),
            "cheek": (np.array([0.9, 0.36, 0.28]), (0.5, 0.34, 0.1, 0.0)),
            "breath": (np.ones(3), (0.2, 0.13, 0.05, 0.0)),
            "puff": (np.ones(3), (0.55, 0.45, 0.25, 0.08, 0.0)),
        }
        return cls(solid, soft, warm, np.array([0.1, 0.12, 0.3]))

    def shaded(self, name: str) -> NDArray[np.float64]:
        """``(4, 4)``, a colour from the side away from the sun to the side toward it, opaque."""
        colour = self.solid[name]
        stops = [colour * mixed(_SHADE, np.ones(3), 0.15), colour, colour, mixed(colour, self.sun, _LIT)]
        return np.column_stack([np.clip(stops, 0, 1), np.ones(4)])

    def flat(self, name: str) -> NDArray[np.float64]:
        """``(1, 4)``, a colour without light or shade."""
        return np.array([[*np.clip(self.solid[name], 0, 1), 1.0]])
