"""Cloth: an outline whose anchors hang on bones, one or two each: when the bones move, it bends with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, auto

import numpy as np

#: From what drawn height (pixels) on small things are drawn, and the smallest.
SMALL, FINE = 92.0, 160.0


class Bone(IntEnum):
    """What an anchor can hang on."""

    PELVIS = 0
    CHEST = auto()
    HEAD = auto()
    SKIRT_FRONT = auto()
    SKIRT_BACK = auto()
    NEAR_BOOT = auto()
    FAR_BOOT = auto()
    PACK = auto()
    LANTERN = auto()
    NEAR_HAND = auto()
    FAR_HAND = auto()
    LID = auto()


#: Where each bone begins in these drawings.
AT_REST = {
    Bone.PELVIS: 0.418j,
    Bone.CHEST: 0.518j,
    Bone.HEAD: 0.753j + 0.008,
    Bone.SKIRT_FRONT: 0.418j + 0.03,
    Bone.SKIRT_BACK: 0.418j - 0.03,
    Bone.NEAR_BOOT: 0j,
    Bone.FAR_BOOT: 0j,
    Bone.PACK: 0.518j - 0.1,
    Bone.LANTERN: 0j,
    Bone.NEAR_HAND: 0j,
    Bone.FAR_HAND: 0j,
    Bone.LID: 0.858j + 0.066,
}

#: An anchor: forward and up.
Anchor = tuple[float, float]
#: The bones of an anchor: the first, the second, and how much it hangs on the second.
Hold = Callable[[float, float], tuple[Bone, Bone, float]]


def _ramp(low: float, high: float, at: float) -> float:
    t = min(max((at - low) / (high - low), 0.0), 1.0)
    return t * t * (3 - 2 * t)


def on(bone: Bone) -> Hold:
    """All of it on one bone."""
    return lambda _x, _y: (bone, bone, 0.0)


def hangs_as_coat(x: float, y: float) -> tuple[Bone, Bone, float]:
    """A coat: its skirt on the legs, the rest on the back."""
    if y < 0.42:
        leg = Bone.SKIRT_FRONT if x > 0 else Bone.SKIRT_BACK
        return Bone.PELVIS, leg, _ramp(0.43, 0.35, y) * min(abs(x) / 0.09, 1.0)
    return Bone.PELVIS, Bone.CHEST, _ramp(0.46, 0.6, y)


def hangs_as_scarf(_x: float, y: float) -> tuple[Bone, Bone, float]:
    """How a scarf hangs: on the head, and lower down on the chest."""
    return Bone.CHEST, Bone.HEAD, _ramp(0.735, 0.8, y)


@dataclass(frozen=True)
class Cloth:
    """One thing that is drawn: a fill within one closed curve or more.

    Attributes
    ----------
    name
        What it is.
    paint
        Of what colour: a name in `scenes.parts.ground.hiker.palette.Palette`.
    loops
        The anchors of each curve, counter-clockwise; none for what has its curves from the bones alone.
    hold
        Which bones hold them.
    points, rings
        How many anchors it has from the bones, in each of how many curves.
    corners
        Which of its anchors are corners.
    least
        The drawn height of the figure, in pixels, below which it is left out.
    shaded
        Whether it is darker away from the sun and lighter toward it.
    rim
        How thick the sunlight is on its edge, in heights of the figure.
    """

    name: str
    paint: str
    loops: tuple[tuple[Anchor, ...], ...] = ()
    hold: Hold = field(default=on(Bone.CHEST))
    points: int = 0
    rings: int = 1
    corners: tuple[int, ...] = ()
    least: float = 0.0
    shaded: bool = False
    rim: float = 0.0

    @property
    def lengths(self) -> list[int]:
        """How many anchors each of its curves has."""
        return [len(loop) for loop in self.loops] or [self.points] * self.rings


def ellipse(x: float, y: float, across: float, up: float, points: int = 8, tilt: float = 0.0) -> tuple[Anchor, ...]:
    """Anchors round a middle, counter-clockwise."""
    turns = np.linspace(0, 2 * np.pi, points, endpoint=False)
    shape = (across * np.cos(turns) + 1j * up * np.sin(turns)) * np.exp(1j * tilt) + complex(x, y)
    return tuple((float(z.real), float(z.imag)) for z in shape)


def band(line: Sequence[Anchor], width: float) -> tuple[Anchor, ...]:
    """Anchors round a line of even width, counter-clockwise."""
    z = np.array([complex(*point) for point in line])
    way = np.gradient(z)
    side = way / np.abs(way) * -0.5j * width
    return tuple((float(p.real), float(p.imag)) for p in (*(z + side), *(z - side)[::-1]))
