"""Wardrobe: the shapes that are drawn, laid over the bones in every frame, all at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenes.engine.drawing.soft import SoftShape
from scenes.parts.ground.hiker.body import Body, smooth
from scenes.parts.ground.hiker.cloth import AT_REST, SMALL, Bone, Cloth
from scenes.parts.ground.hiker.clothes import CLOTHES, FLAKES
from scenes.parts.ground.hiker.outline import Loops, Points, tube
from scenes.parts.ground.hiker.palette import Palette

#: The side away from the sun is this much broader than the sunlit edge; how opaque each is.
_BROADER, _SHADE, _SUNLIT = 2.6, 0.26, 0.72
#: Sunlit edges are drawn over what they belong to: after which thing, those of which things.
RIMS = {
    "far mitten": ("far leg", "far boot"),
    "roll": ("pack", "bedroll"),
    "laces": ("near leg", "near boot"),
    "warmth": ("coat",),
    "stripes": ("face", "hat", "brim", "pompom", "scarf"),
    "near mitten": ("near arm", "near mitten"),
}
#: Radii along a leg, an arm, the scarf's tail and the staff.
_LEG = np.array([0.066, 0.062, 0.053, 0.049, 0.044])
_ARM = np.array([0.05, 0.053, 0.047, 0.046, 0.045])
_TAIL = np.array([0.024, 0.027, 0.03, 0.033, 0.03])
_STAFF = np.array([0.0075, 0.0095, 0.011])
#: What a body part is drawn from: points along its bones, as parts of the first bone and of the second.
_ALONG = np.array([[0, 0], [0.5, 0], [1, 0], [1, 0.5], [1, 0.93]])
_NOTHING = np.zeros((0, 3))
#: Clouds of thrown-up snow: to which side each goes, how high, and how large it is; seconds until it is gone.
_CLOUDS = ((-0.36, 0.9, 0.15), (-0.13, 1.5, 0.17), (0.15, 1.5, 0.17), (0.39, 0.9, 0.15))
_SNOW = 1.2
#: And flakes: to which side, how high, how large.
_FLAKES = np.column_stack(
    [
        np.linspace(-0.58, 0.6, FLAKES),
        0.14 + 0.3 * np.abs(np.sin(np.arange(FLAKES) * 2.4)),
        0.007 + 0.008 * np.abs(np.sin(np.arange(FLAKES) * 1.7)),
    ]
)


class Piece(SoftShape):
    """One shape of the figure.

    Attributes
    ----------
    cloth
        What it is.
    rgbas
        Its colours while it is seen.
    """

    def __init__(self, cloth: Cloth, rgbas: NDArray[np.float64], fading: tuple[float, ...] = ()) -> None:
        super().__init__(fading)
        self.cloth, self.rgbas = cloth, rgbas
        self.fill_rgbas = rgbas.copy()


@dataclass(frozen=True)
class _Rim:
    """The sunlit edges of some things: which anchors they run along, and how thick they are there."""

    lit: Piece
    dim: Piece
    loops: Loops
    outer: NDArray[np.intp]
    inner: NDArray[np.intp]
    order: NDArray[np.intp]
    thick: NDArray[np.float64]


class Wardrobe:
    """All that a hiker of one coat is drawn with.

    Parameters
    ----------
    coat
        The colour of the coat.
    sun
        The colour of the sun.

    Attributes
    ----------
    pieces
        The shapes, in the order in which they are drawn.
    height
        How tall the figure was drawn last, in pixels of 1080p.
    """

    def __init__(self, coat: str, sun: tuple[float, float, float]) -> None:
        palette = Palette.of(coat, sun)
        lengths = [length for cloth in CLOTHES for length in cloth.lengths]
        corners: list[int] = []
        self._spans: dict[str, tuple[int, int]] = {}
        self._first_loop: dict[str, int] = {}
        at = loop = 0
        self.pieces: list[Piece] = []
        self._main: list[Piece] = []
        rims: dict[str, tuple[Piece, Piece]] = {}
        for cloth in CLOTHES:
            count = sum(cloth.lengths)
            corners += [at + corner for corner in cloth.corners]
            self._spans[cloth.name], self._first_loop[cloth.name] = (at, at + count), loop
            at, loop = at + count, loop + len(cloth.lengths)
            piece = self._made(cloth, palette)
            self.pieces.append(piece)
            self._main.append(piece)
            if cloth.name in RIMS:
                rims[cloth.name] = (
                    Piece(Cloth(f"lit, {cloth.name}", "", least=SMALL), np.array([[*palette.sun, _SUNLIT]])),
                    Piece(Cloth(f"dim, {cloth.name}", "", least=SMALL), np.array([[*palette.dim, _SHADE]])),
                )
                self.pieces += rims[cloth.name][::-1]
        self._by_name = {piece.cloth.name: piece for piece in self.pieces}
        self._loops = Loops(lengths, corners)
        self._count = at
        self._hang()
        self._rims = [self._rim(*rims[after], RIMS[after]) for after in RIMS]
        self.height = 0.0

    def piece(self, name: str) -> Piece:
        """The shape of a thing."""
        return self._by_name[name]

    @staticmethod
    def _made(cloth: Cloth, palette: Palette) -> Piece:
        if cloth.paint in palette.soft:
            colour, fading = palette.soft[cloth.paint]
            # Where nothing fades, manim's own camera, it is as faint as it is on the whole.
            faint = 0.35 * fading[0]
            return Piece(cloth, np.array([[*colour, faint]]), tuple(each / faint for each in fading))
        return Piece(cloth, palette.shaded(cloth.paint) if cloth.shaded else palette.flat(cloth.paint))

    def _hang(self) -> None:
        """Find which bones hold which anchors."""
        rest: list[complex] = []
        where: list[int] = []
        first: list[int] = []
        second: list[int] = []
        share: list[float] = []
        for cloth in CLOTHES:
            at = self._spans[cloth.name][0]
            for x, y in (anchor for loop in cloth.loops for anchor in loop):
                one, other, weight = cloth.hold(x, y)
                rest.append(complex(x, y))
                where.append(at)
                first.append(one)
                second.append(other)
                share.append(weight)
                at += 1
        origins = np.array([AT_REST[bone] for bone in Bone])
        self._where, self._first, self._second = np.array(where), np.array(first), np.array(second)
        self._share = np.array(share)
        self._from_first = np.array(rest) - origins[self._first]
        self._from_second = np.array(rest) - origins[self._second]
        self._is_coat = (self._first == Bone.PELVIS) | (self._second == Bone.PELVIS)
        self._lids = np.flatnonzero(self._first == Bone.LID)

    def _rim(self, lit: Piece, dim: Piece, names: tuple[str, ...]) -> _Rim:
        outer: list[int] = []
        inner: list[int] = []
        thick: list[float] = []
        sizes: list[int] = []
        for name in names:
            cloth = self._by_name[name].cloth
            at = self._spans[name][0]
            for length in cloth.lengths:
                around = list(range(at, at + length))
                outer += around
                inner += around[::-1]
                sizes += [length, length]
                thick += [cloth.rim] * length
                at += length
        # One curve out along the edge and one back within it, for each: what is between them is lit.
        order: list[int] = []
        total, at = len(outer), 0
        for length in sizes[::2]:
            order += [*range(at, at + length), *range(total + at, total + at + length)]
            at += length
        return _Rim(
            lit,
            dim,
            Loops(sizes),
            np.array(outer),
            np.array(inner),
            np.array(order),
            np.array(thick),
        )

    def dress(
        self,
        body: Body,
        to_scene: Callable[[Points], NDArray[np.float64]],
        *,
        tall: float,
        sun: complex,
        shown: bool,
    ) -> None:
        """Lay all shapes over the bones.

        Parameters
        ----------
        body
            As it is held.
        to_scene
            Gives the scene points ``(…, 3)`` of points of the figure.
        tall
            How tall the figure is drawn, in pixels of 1080p.
        sun
            From where the light comes, forward and up.
        shown
            Whether it is seen at all.
        """
        self.height = tall
        anchors = self._anchors(body)
        curves = to_scene(self._loops.curves(anchors)).reshape(-1, 3)
        low, high = self._loops.span(anchors, sun)
        middle = np.add.reduceat(anchors, self._loops.starts) / np.diff([*self._loops.starts, self._count])
        light = sun / abs(sun)
        across = (middle * light.conjugate()).real
        ends = to_scene(np.stack([middle + light * (low - across), middle + light * (high - across)], axis=1))
        for piece in self._main:
            name = piece.cloth.name
            start, end = self._spans[name]
            loop = self._first_loop[name]
            ghost = (
                (name == "breath" and body.exhaled <= 0)
                or (piece.cloth.paint in ("puff", "flakes") and not body.puff < _SNOW)
                or (name == "strap" and body.pack > 0.2)
                or (name == "lap" and body.sits < 0.7)
            )
            self._paint(piece, shown)
            if tall < piece.cloth.least or ghost:
                piece.lay(_NOTHING)
            elif piece.fading:
                middles = self._fade(name, body, middle[loop], anchors[start:end], to_scene)
                piece.lay(curves[4 * start : 4 * end], middle=middles)
            else:
                piece.lay(curves[4 * start : 4 * end], ends=ends[loop] if len(piece.rgbas) > 1 else None)
        if tall >= SMALL:
            self._light(anchors, light, to_scene, shown)
        elif len(self._rims[0].lit.points):
            for rim in self._rims:
                rim.lit.lay(_NOTHING)
                rim.dim.lay(_NOTHING)

    def _light(
        self,
        anchors: Points,
        light: complex,
        to_scene: Callable[[Points], NDArray[np.float64]],
        shown: bool,
    ) -> None:
        """Lay light on the edges toward the sun, and shade along those away from it."""
        outward = -1j * self._loops.tangents(anchors)
        outward /= np.maximum(np.abs(outward), 1e-9)
        facing = (outward * light.conjugate()).real
        # Clothes move the light about: the lower edge of what hangs is dark.
        sides = (outward * np.maximum(facing, 0) ** 1.5, outward * np.maximum(-facing, 0) ** 1.2 * _BROADER)
        for rim in self._rims:
            edge = anchors[rim.outer]
            for piece, side in zip((rim.lit, rim.dim), sides, strict=True):
                self._paint(piece, shown)
                within = anchors[rim.inner] - side[rim.inner] * rim.thick
                both = np.concatenate([edge, within])[rim.order]
                piece.lay(to_scene(rim.loops.curves(both)).reshape(-1, 3))

    @staticmethod
    def _paint(piece: Piece, shown: bool) -> None:
        # Only how opaque it is: whoever gave it another colour keeps that.
        opacity = piece.rgbas[0, 3] if shown else 0.0
        if piece.fill_rgbas[0, 3] != opacity:
            piece.fill_rgbas = np.column_stack([piece.fill_rgbas[:, :3], np.full(len(piece.fill_rgbas), opacity)])

    def _anchors(self, body: Body) -> Points:
        """``(n,)``, all anchors on the bones as they are."""
        anchors = np.zeros(self._count, dtype=complex)
        origins, turns = body.origins, body.turns
        one = self._from_first
        if body.lids < 1:
            one = one.copy()
            one[self._lids] = one[self._lids].real + 1j * one[self._lids].imag * max(body.lids, 0.1)
        held = origins[self._first] + turns[self._first] * one
        other = origins[self._second] + turns[self._second] * self._from_second
        held += (other - held) * self._share
        # Cloth that would hang into the ground lies on it.
        spot = body.spot
        floor = spot.floor(held.real) + 0.008
        lies = self._is_coat & (held.imag < floor) & (spot.lift == 0)
        held[lies] = held[lies].real + 1j * floor[lies]
        anchors[self._where] = held

        bones = body.bones
        limbs = (bones.near_leg, bones.far_leg, bones.near_arm, bones.far_arm)
        joints = np.array([[limb.root, limb.joint, limb.end] for limb in limbs])
        lines = (
            joints[:, :1]
            + (joints[:, 1:2] - joints[:, :1]) * _ALONG[:, 0]
            + (joints[:, 2:] - joints[:, 1:2]) * _ALONG[:, 1]
        )
        radii = np.stack([_LEG, _LEG, _ARM, _ARM])
        rounds = tube(lines, radii)
        for name, outline in zip(("near leg", "far leg", "near arm", "far arm"), rounds, strict=True):
            self._set(anchors, name, outline)
        self._set(anchors, "arm light", rounds[2])
        # What of the thigh comes out from under the coat.
        line = np.array([[bones.near_leg.root + 0.45 * (bones.near_leg.joint - bones.near_leg.root), *lines[0, 1:]]])
        line[0, 1] = (line[0, 0] + line[0, 2]) / 2
        self._set(anchors, "lap", tube(line, 0.92 * _LEG[None])[0])
        self._set(anchors, "tail", tube(_finer(body.tail)[None], _TAIL[None])[0])
        self._set(anchors, "staff", tube(body.staff[None], _STAFF[None])[0])
        size = 1 / (1 + 0.35 * spot.lift)
        under = spot.shadow.mean()
        self._set(anchors, "shadow", spot.shadow * size + (1 - size) * under)
        # The lantern lights the ground below it.
        lamp = float(origins[Bone.LANTERN].real)
        lit = lamp + 1j * (float(spot.floor(lamp)) - spot.lift)
        self._set(anchors, "pool", lit + (spot.shadow - under) * (1.05 + 0.3 * min(spot.lift, 1.0)))
        if body.exhaled > 0:
            self._set(anchors, "breath", _plume(body))
        if body.puff < _SNOW:
            for index, cloud in enumerate(_snow(body)):
                self._set(anchors, f"puff {index}", cloud)
            self._set(anchors, "flakes", _flakes(body))
        return anchors

    def _set(self, anchors: Points, name: str, outline: Points) -> None:
        start, end = self._spans[name]
        anchors[start:end] = outline

    def _fade(
        self,
        name: str,
        body: Body,
        middle: complex,
        outline: Points,
        to_scene: Callable[[Points], NDArray[np.float64]],
    ) -> NDArray[np.float64]:
        """``(3, 3)``, around what a shape fades; see `SoftShape`."""
        if name in ("warmth", "face light", "arm light"):
            lamp = body.origins[Bone.LANTERN] - 0.09j * body.turns[Bone.LANTERN]
            reach = 0.34 if name != "face light" else 0.42
            return to_scene(np.array([lamp, lamp + reach, lamp + 1j * reach]))
        quarter = len(outline) // 4
        return to_scene(np.array([middle, outline[0], outline[quarter]]))


def _finer(line: Points) -> Points:
    """``(5,)``, a line of four points with one more near its end."""
    return np.array([line[0], line[1], line[2], (line[2] + 2 * line[3]) / 3, line[3]])


def _plume(body: Body) -> Points:
    """``(16,)``, breath in the cold, before the mouth: it grows, rises and is gone."""
    out = body.exhaled
    mouth = body.bones.neck + body.bones.head * (0.1 + 0.052j)
    middle = mouth + 0.02 + 0.11 * out + 0.05j * out
    size = 0.016 + 0.075 * smooth(0, 1, out)
    turns = np.exp(2j * np.pi * np.arange(16) / 16)
    return middle + size * (turns.real * 1.35 + 1j * turns.imag)


def _snow(body: Body) -> Points:
    """``(4, 8)``, clouds of snow to both sides of the boots: thrown up, and falling."""
    t = min(body.puff / _SNOW, 1.0)
    spread, rise = 1 - (1 - t) ** 3, 0.05 + 0.09 * np.sin(np.pi * t**0.7)
    turns = np.exp(2j * np.pi * np.arange(8) / 8)
    clouds = []
    for x, up, size in _CLOUDS:
        radius = size * (0.35 + 0.9 * spread) * (1 - smooth(0.45, 1.0, t))
        x *= 0.35 + 0.9 * spread
        clouds.append(complex(x, float(body.spot.floor(x)) + up * rise) + radius * (1.7 * turns.real + 1j * turns.imag))
    return np.array(clouds)


def _flakes(body: Body) -> Points:
    """``(5 n,)``, small pieces of snow, each on its parabola."""
    t = min(body.puff / _SNOW, 1.0) * 1.5
    x, up, size = _FLAKES.T
    y = up * 4 * t * (1 - t / (0.9 + up))
    x = x * (0.3 + 0.8 * t)
    middles = x + 1j * (np.maximum(y, 0.0) + body.spot.floor(x))
    sizes = np.where(y > 0, size, 0.0)
    return (middles[:, None] + sizes[:, None] * np.exp(2j * np.pi * np.arange(5) / 5)).ravel()
