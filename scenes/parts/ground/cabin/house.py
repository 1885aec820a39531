"""The house of a `scenes.parts.ground.cabin.Cabin`: its walls, roof, windows and door as faces in the world.

It is built of flat faces, lit once and drawn as the camera sees them: it turns as the eye goes round it. Its directions
are ``side``, to the right of whoever stands at its door, ``deep`` and up; lengths are for a house of the usual size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from manim import ManimColor
from numpy.typing import NDArray

from scenes.theme import theme

Array = NDArray[np.float64]

#: From the middle of its door to its left wall and to its right one, from the step to its front, and its length.
LEFT, RIGHT, FRONT, LONG = -0.20, 0.40, 0.25, 0.60
#: Heights: of its floor, of its walls, of its ridge; and of its door and half the width of that.
FLOOR, EAVES, RIDGE = 0.05, 0.53, 0.86
DOOR, HALF_DOOR = 0.47, 0.095
#: How far the roof reaches over the walls and over the front, and how deep the snow on it lies.
_OVER, _BEFORE, _SNOW = 0.06, 0.10, 0.07
#: Logs of a wall, and places along one at which the ground is asked.
_LOGS, _ALONG = 8, 9
#: Of each window: on which wall, from where to where along it, which is ``side`` on the front and ``deep`` on the
#: sides, and how high.
WINDOWS = (("front", 0.185, 0.345, 0.205, 0.385), ("right", 0.34, 0.51, 0.22, 0.40), ("right", 0.60, 0.77, 0.22, 0.40))
#: The small one under the roof.
_ATTIC = ("front", 0.055, 0.145, 0.575, 0.665)
#: Where the chimney stands, from its middle, and half its width and length; its top.
CHIMNEY, _FLUE, CHIMNEY_TOP = (0.10, 0.60), (0.055, 0.065), 1.06
#: Places of icicles along the eaves.
_ICICLES = (0.10, 0.17, 0.24, 0.42, 0.49, 0.61, 0.79, 0.86)
#: How far the door is turned when it stands open, in radians.
_TURNED = np.radians(118)


@dataclass(frozen=True)
class Face:
    """A flat piece of the house.

    Attributes
    ----------
    name
        What it is: faces of one name are the same one, whatever the camera.
    points
        ``(n, 3)``, its corners: side, deep, up. None where it turns away from the eye.
    colours
        ``(k, 3)``, one, or several from the first of ``ends`` to the second.
    ends
        ``(2, 3)``, from where to where its colours run.
    middle
        ``(3, 3)``, of light without an edge: its middle and two points where it is gone.
    """

    name: str
    points: Array | None
    colours: Array
    ends: Array | None = None
    middle: Array | None = None


def rgb(code: str) -> Array:
    """``(3,)``, a colour from 0 to 1."""
    return np.asarray(ManimColor(code).to_rgb(), dtype=float)


class House:
    """All its faces, from the farthest to the nearest, for an eye and a ground.

    Parameters
    ----------
    sun
        ``(3,)``, toward the sun, in the directions of the house.
    """

    def __init__(self, sun: Array) -> None:
        material, things = theme.material, theme.things
        self._sun = sun / np.linalg.norm(sun)
        self._light, self._dim = np.array(material.sun), np.array(material.shade)
        self._snow = np.square(np.array(material.snow))
        #: By day a lamp behind a pane is no more than a tone.
        self._warm = min(0.30 + 0.70 * material.lamplight, 1.0)
        self._log, self._plank = rgb(things.wall), rgb(things.gable)
        self._eaves, self._stone = rgb(things.eaves), rgb(things.chimney)
        lamp = rgb(things.lamplight)
        self._lamp, self._bright = lamp, lamp + (np.array([1.0, 0.95, 0.78]) - lamp) * 0.75
        self._dark = rgb(things.outline)

    def faces(self, eye: Array, ground: Callable[[Array], Array], opened: float) -> Iterator[Face]:
        """Its faces.

        Parameters
        ----------
        eye
            ``(3,)``, where the eye is: side, deep, up.
        ground
            Gives the height of the ground at ``(n, 2)`` places, side and deep.
        opened
            How far its door is open, from 0 to 1.
        """
        right = eye[0] > RIGHT
        left = eye[0] < LEFT
        front = eye[1] < FRONT
        back = eye[1] > FRONT + LONG
        yield from self._wall("back", back, ground)
        yield from self._wall("left", left, ground)
        yield from self._wall("right", right, ground)
        yield from self._wall("front", front, ground)
        yield from self._gable("back", back)
        yield from self._gable("front", front)
        for number, window in enumerate((*WINDOWS, _ATTIC)):
            yield from self._window(f"window {number}", window, front if window[0] == "front" else right, number < 3)
        yield from self._door(front, eye, opened)
        yield from self._chimney(eye)
        yield from self._roof(eye)
        yield from self._landing(opened)

    # What light makes of a colour.

    def _lit(self, colour: Array, normal: tuple[float, float, float]) -> Array:
        """A painted colour on a face that looks along ``normal``: brighter toward the sun."""
        toward = max(float(np.dot(normal, self._sun)), 0.0)
        return np.clip(colour * (0.72 + 0.62 * toward), 0, 1)

    def _white(self, normal: tuple[float, float, float], share: float = 1.0) -> Array:
        """Snow on such a face, as it lies on the land."""
        toward = max(float(np.dot(normal, self._sun)), 0.0)
        power = self._snow * (self._light * (0.10 + 0.90 * toward) + self._dim * 1.5) * share
        return np.asarray(np.clip(np.sqrt(power), 0, 1))

    # Walls.

    @staticmethod
    def _on(wall: str, along: Array, up: Array) -> Array:
        """``(n, 3)``, points on a wall, so far along it and so high."""
        along, up = np.broadcast_arrays(np.asarray(along, float), np.asarray(up, float))
        if wall in ("front", "back"):
            return np.stack([along, np.full_like(along, FRONT if wall == "front" else FRONT + LONG), up], axis=-1)
        return np.stack([np.full_like(along, RIGHT if wall == "right" else LEFT), along, up], axis=-1)

    def _wall(self, wall: str, seen: bool, ground: Callable[[Array], Array]) -> Iterator[Face]:
        """Round logs on a stone foot, down to where the ground is."""
        ends = (LEFT, RIGHT) if wall in ("front", "back") else (FRONT, FRONT + LONG)
        normal = {"front": (0, -1, 0.1), "back": (0, 1, 0.1), "left": (-1, 0, 0.1), "right": (1, 0, 0.1)}[wall]
        along = np.linspace(*ends, _ALONG)
        low = ground(self._on(wall, along, np.zeros(1))[:, :2])
        levels = np.linspace(FLOOR, EAVES, _LOGS + 1)
        stone = self._lit(self._stone, normal) * 0.8
        yield self._strip(f"{wall}, foot", wall, seen, along, low, -0.05, FLOOR, np.array([stone * 0.7, stone]))
        for log, (bottom, top) in enumerate(pairwise(levels)):
            tone = self._lit(self._log, normal) * (1.0 + 0.10 * np.sin(2.3 * log + ends[0]))
            # Round: dark in the joints, light above the middle.
            round_ = np.array([tone * 0.38, tone * 0.92, tone * 1.22, tone * 0.60])
            yield self._strip(f"{wall}, log {log}", wall, seen, along, low, bottom, top, np.clip(round_, 0, 1))

    def _strip(
        self, name: str, wall: str, seen: bool, along: Array, low: Array, bottom: float, top: float, colours: Array
    ) -> Face:
        """A level strip of a wall, without what the ground hides."""
        lower, upper = np.clip(low, bottom, top), np.full_like(low, top)
        if not seen or not (upper - lower > 1e-4).any():
            return Face(name, None, colours)
        points = np.concatenate([self._on(wall, along, lower), self._on(wall, along[::-1], upper)])
        middle = along[len(along) // 2]
        ends = np.concatenate([self._on(wall, np.array([middle]), np.array([z])) for z in (bottom, top)])
        return Face(name, points, colours, ends)

    def _gable(self, wall: str, seen: bool) -> Iterator[Face]:
        """Boards under the roof."""
        middle = (LEFT + RIGHT) / 2
        tone = self._lit(self._plank, (0, -1, 0.1) if wall == "front" else (0, 1, 0.1))
        boards = 9
        edges = np.linspace(LEFT, RIGHT, boards + 1)
        for board, (one, other) in enumerate(pairwise(edges)):
            top = [RIDGE - (RIDGE - EAVES) * abs(x - middle) / (RIGHT - middle) for x in (one, other)]
            along, up = [one, other, other, one], [EAVES, EAVES, top[1], top[0]]
            if board == boards // 2:  # the board under the ridge has a peak
                along, up = [one, other, other, middle, one], [EAVES, EAVES, top[1], RIDGE, top[0]]
            name = f"{wall}, board {board}"
            points = self._on(wall, np.array(along), np.array(up)) if seen else None
            ends = self._on(wall, np.array([one, other]), np.array([EAVES, EAVES]))
            shade = tone * (0.94 + 0.08 * np.sin(5.1 * board))
            yield Face(name, points, np.array([shade * 0.62, shade, shade, shade * 0.9]), ends)

    def _window(
        self, name: str, window: tuple[str, float, float, float, float], seen: bool, sill: bool
    ) -> Iterator[Face]:
        """Panes that shine, in a frame, with snow on the sill and light on the logs round it."""
        wall, start, end, low, high = window
        middle, half, tall = (start + end) / 2, (end - start) / 2, (high - low) / 2
        rim = 0.016

        def box(a: float, b: float, c: float, d: float) -> Array | None:
            return self._on(wall, np.array([a, b, b, a]), np.array([c, c, d, d])) if seen else None

        halo = self._on(
            wall,
            np.array([middle, middle + half * 2.5, middle]),
            np.array([low + tall, low + tall, low + tall + tall * 2.3]),
        )
        around = box(middle - 2.5 * half, middle + 2.5 * half, low - 1.3 * tall, high + 1.3 * tall)
        yield Face(f"{name}, light on the logs", around, self._lamp[None] * self._warm, middle=halo)
        frame = self._plank * 0.62
        yield Face(f"{name}, frame", box(start - rim, end + rim, low - rim, high + rim), frame[None])
        lamp = np.array([self._bright, self._bright * 0.98, self._lamp, self._lamp * [0.93, 0.72, 0.5]])
        lamp = frame * (1 - self._warm) + lamp * self._warm
        ends = self._on(wall, np.array([middle, middle]), np.array([low, high]))
        yield Face(f"{name}, panes", box(start, end, low, high), np.clip(lamp, 0, 1), ends)
        bar = 0.0075
        yield Face(f"{name}, upright", box(middle - bar, middle + bar, low, high), frame[None])
        cross = low + 1.15 * tall
        yield Face(f"{name}, crossbar", box(start, end, cross - bar, cross + bar), frame[None])
        if sill:
            normal = (0, -0.4, 0.9) if wall == "front" else (0.4, 0, 0.9)
            snow = self._white(normal)
            yield Face(
                f"{name}, sill", box(start - 2 * rim, end + 2 * rim, low - rim - 0.022, low - rim * 0.3), snow[None]
            )

    # The door.

    def _door(self, seen: bool, eye: Array, opened: float) -> Iterator[Face]:
        """A room full of light, and before it a door that turns inward, away from whoever comes."""
        low, high = FLOOR, DOOR

        def box(a: float, b: float, c: float, d: float) -> Array | None:
            return self._on("front", np.array([a, b, b, a]), np.array([c, c, d, d])) if seen else None

        frame = self._plank * 0.62
        rim = 0.02
        halo = self._on("front", np.array([0.0, 0.34, 0.0]), np.array([0.26, 0.26, 0.62]))
        around = box(LEFT, 0.34, FLOOR, 0.62) if opened > 0 else None
        glow = self._lamp[None] * self._warm
        yield Face("door, light on the logs", around, glow, middle=halo)
        yield Face("door, frame", box(-HALF_DOOR - rim, HALF_DOOR + rim, low, high + rim), frame[None])
        room = np.array(
            [
                self._bright,
                self._bright * [1, 0.97, 0.86],
                self._lamp * [1, 0.86, 0.68],
                self._lamp * [0.72, 0.42, 0.26],
            ]
        )
        ends = self._on("front", np.array([0.0, 0.0]), np.array([low, high]))
        yield Face("door, room", box(-HALF_DOOR, HALF_DOOR, low, high), np.clip(room, 0, 1), ends)
        # It hangs on the right; its free edge goes in, and to the right.
        turn = opened * _TURNED
        edge = np.array([HALF_DOOR - 2 * HALF_DOOR * np.cos(turn), FRONT + 2 * HALF_DOOR * np.sin(turn)])
        hinge = np.array([HALF_DOOR, FRONT])
        # Where it is seen through the doorway; what would be to the right of that, the wall hides.
        through = edge[0] + (eye[0] - edge[0]) * (edge[1] - FRONT) / max(edge[1] - eye[1], 1e-6)
        leaf = seen and through < HALF_DOOR - 0.004
        wood = self._lit(self._plank, (-0.3, -1, 0.1)) * (1.0 + 0.35 * np.sin(turn) * self._warm)
        panel = np.array([[*edge, low], [*hinge, low], [*hinge, high], [*edge, high]])
        shades = np.array([wood * 1.05 + self._lamp * 0.25 * np.sin(turn), wood * 0.95, wood * 0.9, wood * 0.7])
        yield Face("door, leaf", panel if leaf else None, np.clip(shades, 0, 1), panel[[0, 1]])
        for number, part in enumerate((0.36, 0.68)):
            seam = edge + (hinge - edge) * part
            beside = edge + (hinge - edge) * (part + 0.035)
            line = np.array([[*seam, low], [*beside, low], [*beside, high], [*seam, high]])
            yield Face(f"door, seam {number}", line if leaf else None, (wood * 0.55)[None])
        handle = edge + (hinge - edge) * 0.13
        knob = edge + (hinge - edge) * 0.21
        bar = np.array([[*handle, 0.235], [*knob, 0.235], [*knob, 0.275], [*handle, 0.275]])
        yield Face("door, handle", bar if leaf else None, self._bright[None] * 0.8)
        yield Face("door, jamb", box(HALF_DOOR, HALF_DOOR + rim, low, high + rim), frame[None])

    # The roof.

    def _chimney(self, eye: Array) -> Iterator[Face]:
        """Stones, from below the roof, with snow on top."""
        (x, y), (half, long) = CHIMNEY, _FLUE
        y += FRONT - 0.25
        low, top = EAVES + 0.12, CHIMNEY_TOP
        sides = {
            "right": (eye[0] > x + half, (1, 0, 0), [(x + half, y - long), (x + half, y + long)]),
            "left": (eye[0] < x - half, (-1, 0, 0), [(x - half, y - long), (x - half, y + long)]),
            "front": (eye[1] < y - long, (0, -1, 0), [(x - half, y - long), (x + half, y - long)]),
            "back": (eye[1] > y + long, (0, 1, 0), [(x - half, y + long), (x + half, y + long)]),
        }
        for name, (seen, normal, (one, other)) in sides.items():
            stone = self._lit(self._stone, normal)
            courses = np.linspace(low, top, 8)
            for course, (c, d) in enumerate(pairwise(courses)):
                tone = stone * (0.86 + 0.16 * np.sin(2.9 * course + len(name)))
                points = np.array([[*one, c], [*other, c], [*other, d], [*one, d]])
                yield Face(
                    f"chimney, {name} {course}",
                    points if seen else None,
                    np.clip([tone * 0.7, tone, tone, tone * 0.8], 0, 1),
                    np.array([[*one, c], [*one, d]]),
                )
            wide = 0.014
            away = np.array(normal[:2]) * wide
            along = (np.subtract(other, one) / np.linalg.norm(np.subtract(other, one))) * wide
            a, b = np.array(one) - along + away, np.array(other) + along + away
            cap = np.array([[*a, top - 0.02], [*b, top - 0.02], [*b, top + 0.035], [*a, top + 0.035]])
            white = self._white((normal[0], normal[1], 0.6))
            yield Face(f"chimney, snow {name}", cap if seen else None, white[None])

    def _roof(self, eye: Array) -> Iterator[Face]:
        """Two slopes under snow: the one that is farther from the eye first."""
        middle = (LEFT + RIGHT) / 2
        for way in sorted((-1, 1), key=lambda way: way * (eye[0] - middle)):
            yield from self._slope(way, eye)

    def _slope(self, way: int, eye: Array) -> Iterator[Face]:
        middle, half = (LEFT + RIGHT) / 2, (RIGHT - LEFT) / 2
        pitch = (RIDGE - EAVES) / half
        near, far = FRONT - _BEFORE, FRONT + LONG + _BEFORE * 0.6
        out = half + _OVER
        eave = RIDGE - pitch * out
        name = "right" if way > 0 else "left"
        normal = (way * pitch, 0.0, 1.0)
        x = middle + way * out
        # The underside of the roof, before the front, and the boards of its edge.
        board = self._lit(self._eaves, (0, -1, 0.2))
        thick = 0.045
        rake = np.array(
            [
                [x, near, eave - thick],
                [middle, near, RIDGE - thick * 0.6],
                [middle, near, RIDGE + 0.01],
                [x, near, eave + 0.01],
            ]
        )
        under = np.array([[x, near, eave], [middle, near, RIDGE], [middle, FRONT, RIDGE], [x, FRONT, eave]])
        before = eye[1] < near
        yield Face(f"roof, {name}, under", under if before else None, (board * 0.42)[None])
        # Snow: the slope, wavy where it hangs over the eaves.
        along = np.linspace(near - 0.012, far, 13)
        wave = 0.010 * np.sin(9.0 * along + 2 * way) + 0.008 * np.sin(23.0 * along + way)
        edge_x = x + way * (0.018 + wave)
        edge_z = eave + _SNOW * 0.62 - pitch * (0.018 + wave)
        lower = np.column_stack([edge_x, along, edge_z])
        upper = np.array([[middle, far, RIDGE + _SNOW], [middle, near - 0.012, RIDGE + _SNOW]])
        snow = self._white(normal)
        rim = np.column_stack([edge_x - way * 0.012, along, edge_z - _SNOW * 0.95])
        faces_eye = (eye[0] - x) * way > 0
        lip = np.concatenate([lower, rim[::-1]])
        shade = self._white((way * 1.0, 0.0, 0.15), 0.9)
        yield Face(
            f"roof, {name}, eave",
            lip if faces_eye else None,
            np.array([shade * 0.62, shade]),
            np.array([rim[6], lower[6]]),
        )
        top = np.concatenate([lower, upper])
        over = (eye[0] - middle) * way * pitch + (eye[2] - RIDGE - _SNOW) > 0
        tones = np.clip([snow * 0.74, snow * 0.90, snow * 1.0, snow * 1.16], 0, 1)
        ends = np.array([[x, (near + far) / 2, eave], [middle, (near + far) / 2, RIDGE + _SNOW]])
        yield Face(f"roof, {name}, snow", top if over else None, tones, ends)
        ice = np.clip(self._white((way * 0.7, -0.5, 0.6)) * 1.12, 0, 1)
        for number, at in enumerate(_ICICLES):
            y, long = near + (far - near) * at, 0.03 + 0.03 * np.sin(7.0 * number) ** 2
            foot = eave - 0.02
            drop = np.array([[x, y - 0.008, foot], [x, y + 0.008, foot], [x, y + 0.001, foot - long]])
            yield Face(f"roof, {name}, icicle {number}", drop if faces_eye else None, ice[None])
        # Its end over the front: a soft band along the rake, on the board.
        band = np.array(
            [
                [edge_x[0], near - 0.012, edge_z[0] - _SNOW * 0.85],
                [middle, near - 0.012, RIDGE + 0.004],
                [middle, near - 0.012, RIDGE + _SNOW],
                [edge_x[0], near - 0.012, edge_z[0]],
            ]
        )
        yield Face(f"roof, {name}, board", rake if before else None, board[None])
        white = self._white((0, -1, 0.35))
        yield Face(
            f"roof, {name}, band",
            band if before else None,
            np.clip([white * 0.72, white, white * 1.15], 0, 1),
            np.array([[middle, near, RIDGE - 0.02], [middle, near, RIDGE + _SNOW]]),
        )

    # Before the house.

    def _landing(self, opened: float) -> Iterator[Face]:
        """Planks before the door, warm where its light falls on them, and a stone step: there the walk ends."""
        plank = self._lit(self._plank, (0, -0.2, 1)) * 0.8
        warm = plank * (1 - 0.55 * opened * self._warm) + self._lamp * 0.55 * opened * self._warm
        edges = np.linspace(0.07, FRONT - 0.005, 4)
        for number, (a, b) in enumerate(pairwise(edges)):
            end = b - 0.008
            points = np.array([[-0.13, a, FLOOR], [0.13, a, FLOOR], [0.13, end, FLOOR], [-0.13, end, FLOOR]])
            yield Face(f"plank {number}", points, np.clip([plank * 0.8, warm, plank], 0, 1), points[[0, 1]])
        front = np.array([[-0.13, 0.07, 0.025], [0.13, 0.07, 0.025], [0.13, 0.07, FLOOR], [-0.13, 0.07, FLOOR]])
        yield Face("planks, edge", front, (plank * 0.6)[None])
        wide, deep = 0.10, 0.055
        stone = self._lit(self._stone, (0, 0, 1))
        step = np.array([[-wide, -deep, 0], [wide, -deep, 0], [wide, deep, 0], [-wide, deep, 0]])
        tone = stone * (1 - 0.4 * opened * self._warm) + self._lamp * 0.4 * opened * self._warm
        yield Face("step", step, np.clip(np.array([stone * 0.9, tone]), 0, 1), np.array([[0, -deep, 0], [0, deep, 0]]))
