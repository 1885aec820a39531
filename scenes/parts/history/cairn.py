"""Cairn: stones that somebody piled up to mark a way."""

from __future__ import annotations

import numpy as np
from manim import DOWN, Circle, VGroup, VMobject, interpolate_color
from manim.utils.color import ManimColor

from scenes.theme import theme

#: Width and height of each stone of a cairn one unit wide, from the ground up.
_STONES = ((1.0, 0.34), (0.78, 0.29), (0.56, 0.25), (0.34, 0.2))
#: Rings of the halo round one that is lit, from the outermost in: radius, and how opaque.
_HALO = tuple((1.9 * (1 - k / 14), 0.012 + 0.004 * k) for k in range(14))


def _shade(colour: str, other: str, fraction: float) -> ManimColor:
    return interpolate_color(ManimColor(colour), ManimColor(other), fraction)


class Cairn(VGroup):
    """Stones on each other, which can be lit from within.

    Parameters
    ----------
    width
        Of its lowest stone, in scene units.
    seed
        Each cairn has other stones.

    Examples
    --------
    ::

        cairn = Cairn(width=2.0)
        cairn.show(built=1.0, lit=0.8)
        self.add(cairn)
    """

    def __init__(self, width: float = 0.6, seed: int = 0) -> None:
        super().__init__()
        chance = np.random.default_rng(seed)
        self.width_of_foot = width
        self.halo = VGroup(
            *(
                Circle(radius=radius * width, stroke_width=0, fill_color=theme.things.lamplight, fill_opacity=opacity)
                for radius, opacity in _HALO
            )
        )
        self.shadow = Circle(radius=0.62 * width, stroke_width=0, fill_color=theme.things.outline, fill_opacity=0.4)
        self.shadow.stretch(0.16, 1)
        self.stones, self.warmth = VGroup(), VGroup()
        lit, dark = _shade(theme.rule, theme.quiet, 0.75), _shade(theme.rule, theme.things.outline, 0.55)
        warm = [_shade(theme.things.lamplight, theme.things.eaves, 0.25), theme.things.lamplight, theme.things.lantern]
        level = 0.0
        for across, high in _STONES[: 4 if chance.random() < 0.7 else 3]:
            across, high = (side * width * chance.uniform(0.9, 1.1) for side in (across, high))
            stone = _stone(across, high, chance).shift([chance.uniform(-0.07, 0.07) * width, level, 0])
            stone.set_fill([dark, lit], opacity=1).set_sheen_direction([-0.5, 1, 0])
            glow = stone.copy().set_fill(warm, opacity=1).set_sheen_direction(DOWN)
            self.stones.add(stone)
            self.warmth.add(glow)
            level += high * 0.86
        self.halo.move_to([0, level * 0.5, 0])
        #: How far each thing is from the foot, which is where the cairn stands.
        self._laid = [stone.points.copy() for stone in self.stones]
        self._foot = np.zeros(3)
        self.tall = level
        self.add(self.halo, self.shadow, self.stones, self.warmth)
        self.show(built=1.0, lit=0.0)

    def stand(self, foot: np.ndarray) -> Cairn:
        """Put its foot there, ``(3,)``; returns it."""
        self.shift(foot - self._foot)
        self._foot = np.asarray(foot, dtype=float)
        return self

    def top(self) -> np.ndarray:
        """``(3,)``, the middle of its uppermost edge once it is built."""
        return self._foot + [0, self.tall, 0]

    def show(self, built: float, lit: float) -> None:
        """Draw it as far as it is built, stone by stone, and lit so brightly: each from 0 to 1."""
        count = len(self.stones)
        for index, (stone, glow, laid) in enumerate(zip(self.stones, self.warmth, self._laid, strict=True)):
            part = float(np.clip(built * count - index, 0, 1))
            fall = DOWN * -0.5 * self.width_of_foot * (1 - _dropped(part))
            stone.points = laid + self._foot + fall
            glow.points = stone.points.copy()
            stone.set_fill(opacity=min(part * 3, 1.0)).set_stroke(opacity=min(part * 3, 1.0))
            glow.set_fill(opacity=lit * 0.9 * (part >= 1)).set_stroke(opacity=0)
        self.shadow.set_fill(opacity=0.4 * min(built * 2, 1.0))
        for ring, (_, opacity) in zip(self.halo, _HALO, strict=True):
            ring.set_fill(opacity=opacity * lit)


def _stone(across: float, high: float, chance: np.random.Generator) -> VMobject:
    """The outline of a flat stone whose foot is at height 0."""
    angles = np.linspace(0, 2 * np.pi, 10, endpoint=False) + chance.uniform(-0.12, 0.12, 10)
    # Rounder above than below, where it lies.
    x = np.sign(np.cos(angles)) * np.abs(np.cos(angles)) ** 0.75 * across / 2
    y = np.sign(np.sin(angles)) * np.abs(np.sin(angles)) ** 0.85 * high / 2
    rough = 1 + chance.uniform(-0.06, 0.06, 10)
    corners = np.stack([x * rough, y * rough + high / 2, np.zeros(10)], axis=-1)
    return VMobject(stroke_color=theme.things.outline, stroke_width=1).set_points_smoothly([*corners, corners[0]])


def _dropped(fraction: float) -> float:
    """How far something has fallen that is let go, and gives a little as it lands."""
    if fraction < 0.6:
        return (fraction / 0.6) ** 2
    return 1 - 0.08 * float(np.sin(np.pi * (fraction - 0.6) / 0.4))
