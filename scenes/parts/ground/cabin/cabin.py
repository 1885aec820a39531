"""Cabin: a log house where a run ends, with lit windows that glow in the fog, and a door that opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import Animation, ValueTracker, VGroup
from numpy.typing import ArrayLike, NDArray

from scenes.engine.drawing.raster import GroundDepth
from scenes.engine.drawing.soft import SoftShape
from scenes.engine.terrain.lamps import Lamp
from scenes.parts.ground.cabin import house
from scenes.parts.ground.cabin.smoke import Smoke
from scenes.parts.ground.lights import LitWindow
from scenes.parts.ground.mountain import Mountain
from scenes.theme import theme

#: World height of the cabin, to the top of its chimney, for a house of the usual size.
TALL = house.CHIMNEY_TOP
#: Ground this much nearer is still the ground it is built on.
FOOTING = 0.5
#: How far behind its step the house stands, in world units: whoever arrives is drawn in front of it.
BEHIND = 0.34
#: World units round its step on which nothing grows, for a house of the usual size.
_YARD = 1.0
#: The way into the house, over the ground: it looks south-west, so most shots see its front and its long side.
_DEEP = np.array([0.5, 0.866])
_SIDE = np.array([0.866, -0.5])
#: How bright its door is and each window, as a lamp is; and how far, and how slantingly, their light reaches.
_DOOR_LIGHT, _WINDOW_LIGHT, _REACH = 1.5, 0.16, 4.2


class Cabin(VGroup):
    """A small log house on a `Mountain`, as visible as the fog lets it be.

    Parameters
    ----------
    mountain
        The ground.
    door
        The coefficients ``(2,)`` where its doorstep is: where a recorded walk came to rest. The stone is drawn at that
        very point; whoever arrives there has the door at his side, and hides no window.
    size
        How many times the usual size.
    opened
        How far its door is open, from 0 to 1.

    Attributes
    ----------
    lit
        How bright its lamps burn on the ground and in the air, from 0 to 1: for a light that comes on.
    smoke
        What rises from its chimney, `scenes.parts.ground.cabin.smoke.Smoke`: for a scene that is near enough to see it.

    Examples
    --------
    Where a walk ended, somebody opens the door::

        mountain = Mountain(library.landscape("mountain"), fog=Fog(0.5))
        cabin = Cabin(mountain, recording("right").coeffs[-1], size=1.5)
        self.add(mountain, cabin, cabin.smoke)
        self.play(cabin.open_door(run_time=1))
    """

    def __init__(self, mountain: Mountain, door: ArrayLike, size: float = 1.0, *, opened: float = 0.0) -> None:
        super().__init__()
        self.mountain, self.size = mountain, size
        x, y = np.asarray(door, dtype=float)
        #: The coefficients where its doorstep is.
        self.door = (float(x), float(y))
        self._open, self.lit = ValueTracker(opened), ValueTracker(1.0)
        self._seen: Any = None
        self._shown: float | None = None
        self._hidden = True
        self.ground_depth = GroundDepth(mountain)
        self._foot = mountain.world(x, y)
        self._unit = size * mountain.terrain.unit
        sun = np.asarray(mountain.terrain.sun, float)
        self._house = house.House(np.array([sun[:2] @ _SIDE, sun[:2] @ _DEEP, sun[2]]))
        self._faces: dict[str, SoftShape] = {}
        self._rgbas: dict[str, NDArray[np.float64]] = {}
        #: Its lit windows, and the lamps behind them: one of the mountain's ``windows``.
        self.window = LitWindow(self._window, self.lamps, self.lit.get_value)
        mountain.windows.append(self.window)
        middle = self._placed(np.array([[0.1, house.FRONT + house.LONG / 2, 0.0]]))[0, :2]
        for place, yard in ((self.door, _YARD), (middle / mountain.scale_of.ground, 0.9)):
            mountain.keep_clear(np.asarray([place]), yard * self._unit, 0.62 * self._unit)
        self.smoke = Smoke(self)
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    # Where it is.

    def _placed(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """``(n, 3)``, world points of points of the house: side, deep, up."""
        flat = self._foot[:2] + self._unit * (points[:, :1] * _SIDE + points[:, 1:2] * _DEEP)
        return np.column_stack([flat, self._foot[2] + self._unit * points[:, 2]])

    def _ground(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """``(n,)``, how high the ground is at places of the house: side and deep."""
        flat = self._placed(np.column_stack([places, np.zeros(len(places))]))[:, :2] / self.mountain.scale_of.ground
        return (self.mountain.world(*flat.T)[:, 2] - self._foot[2]) / self._unit

    def _window(self) -> tuple[float, float, float]:
        """Where it glows from: coefficients, and the height above the ground in world units."""
        return *self.door, 0.3 * self._unit

    def chimney(self) -> NDArray[np.float64]:
        """``(3,)``, the world point of the top of its chimney."""
        return self._placed(np.array([[*house.CHIMNEY, house.CHIMNEY_TOP]]))[0]

    def lamps(self) -> Sequence[Lamp]:
        """The light that falls out of its windows, and out of its door as far as that is open."""
        lamps = []
        opened = self._open.get_value()
        for wall, start, end, low, high in house.WINDOWS:
            middle, half, behind = (start + end) / 2, (end - start) / 2, 0.07
            spot, toward = (
                ((middle, house.FRONT + behind), -_DEEP) if wall == "front" else ((house.RIGHT - behind, middle), _SIDE)
            )
            lamps.append(self._lamp(spot, (low + high) / 2, _WINDOW_LIGHT, toward, (-half / behind, half / behind)))
        if opened > 0:
            behind, half = 0.20, house.HALF_DOOR
            # The leaf swings away from the left: so much of the doorway is free.
            free = min(-half + 2 * half * (1 - np.cos(min(opened * 1.31, 1) * np.pi / 2)) * 1.0, half)
            lamps.append(
                self._lamp(
                    (0.0, house.FRONT + behind),
                    0.62 * house.DOOR,
                    _DOOR_LIGHT * min(opened * 2, 1.0),
                    -_DEEP,
                    (-half / behind, free / behind),
                )
            )
        return lamps

    def _lamp(
        self,
        spot: tuple[float, float],
        up: float,
        strength: float,
        toward: NDArray[np.float64],
        opening: tuple[float, float],
    ) -> Lamp:
        place = self._placed(np.array([[*spot, up]]))[0]
        ground = float(self._ground(np.array([spot]))[0]) * self._unit + self._foot[2]
        up_there = max(float(place[2]), ground + 0.05 * self._unit)
        way = (round(float(toward[0]), 4), round(float(toward[1]), 4))
        return Lamp(
            (float(place[0]), float(place[1]), up_there), strength * self._unit**2, _REACH * self._unit, way, opening
        )

    def drawn_door(self) -> NDArray[np.float64]:
        """``(3,)``, the scene point of the middle of its doorstep as it is drawn, whatever was done to the house."""
        a, b, c, d = self._faces["step"].points[::4]
        # Where the diagonals cross: however far away, that is the middle.
        (along,) = np.linalg.lstsq(np.column_stack([(c - a)[:2], (b - d)[:2]]), (b - a)[:2], rcond=None)[0][:1]
        return np.asarray(a + (c - a) * along)

    # How it changes.

    def open_door(self, *, run_time: float = 1.6) -> Animation:
        """Animate its door to open, and light to fall out over the snow."""
        return self._open.animate(run_time=run_time, rate_func=theme.ease).set_value(1.0)

    def refresh(self) -> None:
        """Draw it as the present shot and fog show it."""
        x, y = self.door
        seen = self.mountain.framing, self._open.get_value()
        if seen != self._seen:
            self._seen = seen
            depth = self.mountain.depth_at(x, y)
            self.ground_depth.stands, self.ground_depth.depth = depth + BEHIND, depth - FOOTING
            self._hidden = not self.mountain.in_view(x, y, TALL * self._unit)
            self._lay()
            self._shown = None
        clear = 0.0 if self._hidden else round(self.mountain.clarity(x, y), 4)
        if clear != self._shown:
            self._shown = clear
            # As one picture: what is behind its walls does not show through them in the fog.
            self.ground_depth.veiled = 1 - clear
            for name, shape in self._faces.items():
                shape.fill_rgbas = self._rgbas[name] * [1, 1, 1, float(clear > 0)]

    def _lay(self) -> None:
        """Lay every face where the present shot shows it."""
        away = np.asarray(self.mountain.shot.eye) - self._foot
        eye = np.array([away[:2] @ _SIDE, away[:2] @ _DEEP, away[2]]) / self._unit
        faces = list(self._house.faces(eye, self._ground, self._open.get_value()))
        laid = self._drawn([(face.points, face.ends, face.middle) for face in faces])
        for face, (points, ends, middle) in zip(faces, laid, strict=True):
            if face.name not in self._faces:
                fading = _GLOW if face.middle is not None else ()
                shape = self._faces[face.name] = SoftShape(fading)
                shape.ground_depth = self.ground_depth
                self.add(shape)
            shape = self._faces[face.name]
            faint = 0.22 if face.middle is not None else 1.0
            self._rgbas[face.name] = np.column_stack([face.colours, np.full(len(face.colours), faint)])
            if points is None:
                shape.lay(np.zeros((0, 3)))
            else:
                shape.lay(_loop(points), ends=ends, middle=middle)

    def _drawn(self, rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
        """The scene points of points of the house, each ``(n, 3)``, row by row; nothing of nothing.

        All are projected at once: a house has a hundred faces, and each is a few points.
        """
        given = [points for row in rows for points in row if points is not None]
        drawn = self.mountain.on_screen(self._placed(np.concatenate(given)))
        pieces = iter(np.split(drawn, np.cumsum([len(points) for points in given])[:-1]))
        return [[None if points is None else next(pieces) for points in row] for row in rows]


#: How light without an edge fades from its middle outward, in times of what it is on the whole.
_GLOW = (2.2, 1.5, 0.7, 0.2, 0.0)


def _loop(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """``(4 n, 3)``, a closed loop of straight lines, as manim has it."""
    after = np.roll(corners, -1, axis=0)
    return np.stack([corners + (after - corners) * part for part in (0, 1 / 3, 2 / 3, 1)], axis=1).reshape(-1, 3)
