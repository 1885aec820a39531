"""What shines on a mountain: the lanterns of those who walk there, and the windows of houses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenes.engine.terrain.baked_terrain import BakedTerrain
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.fog.fog import Fog, Glow, Halo, Lights, flicker, halo_of
from scenes.engine.terrain.lamps import Lamp, LampLight, light_of
from scenes.engine.terrain.pixel_box import PixelBox
from scenes.engine.terrain.scenery.scatter import TALLEST
from scenes.engine.terrain.view import View

#: How bright a lantern is a world unit away, and how high it is carried.
_LANTERN, _CARRIED = 0.20, 0.40
#: How bright the air is round a window that is seen.
_BLOOM = 0.16
#: World radius of the halo round a lantern, and how bright it is in clear air and in thick fog.
_HALO, _MIST, _IN_FOG = 0.20, 0.10, 0.46


@dataclass(frozen=True)
class LitWindow:
    """A lit window of a house, and what of its light falls on the ground: one of a mountain's ``windows``.

    Attributes
    ----------
    place
        Gives its coefficients, and its height above the ground in world units.
    lamps
        Gives the lamps behind it as they burn now, and behind whatever else of the house is open.
    lit
        Gives how bright they burn, from 0 to 1.

    Examples
    --------
    >>> LitWindow(lambda: (0.5, -0.2, 0.3), lambda: [])()
    (0.5, -0.2, 0.3)
    """

    place: Callable[[], tuple[float, float, float]]
    lamps: Callable[[], Sequence[Lamp]]
    lit: Callable[[], float] = lambda: 1.0

    def __call__(self) -> tuple[float, float, float]:
        return self.place()


class LitGround(Protocol):
    """What is asked of a `scenes.parts.ground.mountain.Mountain`, whose attributes and functions these are."""

    terrain: BakedTerrain
    fog: Fog
    windows: list[Callable[[], tuple[float, float, float]]]

    @property
    def tick(self) -> float: ...

    def camera(self, size: tuple[int, int] | None = None) -> Camera: ...

    def viewers(self) -> list[tuple[float, float]]: ...

    def carried(self) -> list[tuple[float, float, float]]: ...

    def world(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]: ...

    def seen(self, world: ArrayLike) -> NDArray[np.bool_]: ...

    def in_view(self, x: float, y: float, lift: float = 0.05) -> bool: ...

    def glow(self, x: float, y: float) -> float: ...

    def clarity(self, x: float, y: float) -> float: ...


class Shining:
    """All that shines on a mountain; the ground in it is found anew only when the view or a lamp has changed."""

    def __init__(self, mountain: LitGround) -> None:
        self._mountain = mountain
        self._lit: list[tuple[View, tuple[Lamp, ...], LampLight] | None] = [None, None]

    def seen_in(self, view: View, size: tuple[int, int]) -> Lights:
        """All that shines, as the present view shows it."""
        camera, bright = self._mountain.camera(size), self._mountain.terrain.material.lamplight
        lanterns, windows = tuple(self.lanterns()), tuple(self.windows())
        shone = []
        for which, lamps in enumerate((windows, lanterns)):
            known = self._lit[which]
            if known is None or known[0] is not view or known[1] != lamps:
                known = (
                    view,
                    lamps,
                    light_of(lamps, view, self._mountain.terrain, camera) if bright > 0 else LampLight.nowhere(),
                )
                self._lit[which] = known
            shone.append(known[2])
        halos = []
        scatters = _MIST + (_IN_FOG - _MIST) * min(self._mountain.fog.density, 1.0) if bright > 0 else 0.0
        for lamp in lanterns:
            column, row, depth = camera.project(lamp.place)
            if depth > 0.1 and scatters > 0 and bool(self._mountain.seen(lamp.place)):
                radius = camera.focal / depth * _HALO
                halos.append(Halo(float(column), float(row), float(radius), scatters * min(bright * 2, 1.0)))
        shone_windows, shone_lanterns = shone
        return Lights(shone_windows, shone_lanterns, flicker(self._mountain.tick), self._glows(size), halos)

    def lanterns(self) -> list[Lamp]:
        """The lanterns of those who stand on the mountain."""
        return [
            Lamp(
                (x, y, float(self._mountain.terrain.point(x, y)[2]) + lift + _CARRIED),
                _LANTERN * self._mountain.terrain.material.lamplight,
            )
            for x, y, lift in self._mountain.carried()
        ]

    def windows(self) -> list[Lamp]:
        """The lamps behind the windows of houses, and behind their open doors."""
        bright = self._mountain.terrain.material.lamplight
        return [
            replace(lamp, strength=lamp.strength * bright * window.lit())
            for window in self._mountain.windows
            if isinstance(window, LitWindow) and window.lit() > 0
            for lamp in window.lamps()
        ]

    def _glows(self, size: tuple[int, int]) -> list[Glow]:
        """The glow of each lit window in the fog."""
        glows = []
        for window in self._mountain.windows:
            x, y, z = window()
            strength = max(
                self._mountain.glow(x, y),
                _BLOOM * self._mountain.terrain.material.lamplight * self._mountain.clarity(x, y),
            )
            strength *= window.lit() if isinstance(window, LitWindow) else 1.0
            if strength < 1 / 255 or not self._mountain.in_view(x, y, z):
                continue
            halo = halo_of(self._mountain.camera(size), tuple(self._mountain.world(x, y) + [0, 0, z]))
            if halo is not None:
                glows.append(Glow(halo.box, halo.strength * np.float32(strength)))
        return glows


def seen_box(mountain: LitGround, size: tuple[int, int]) -> PixelBox | None:
    """The pixels outside of which nobody who stands in the fog sees anything."""
    viewers = mountain.viewers()
    if not viewers:
        return None
    around = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring = np.stack([np.cos(around), np.sin(around)], axis=-1) * mountain.fog.reach
    rims = []
    for place in viewers:
        # The corners of a ring that holds the circle, on the lowest ground in it and on the highest, and what
        # stands there.
        ground = np.concatenate([np.asarray(place) + ring * part for part in (0, 0.25, 0.5, 0.75, 1)])
        heights = mountain.terrain.height(*ground.astype(np.float32).T)
        rim = np.asarray(place) + ring / np.cos(np.pi / 24)
        room = 0.1 + 0.05 * float(np.ptp(heights))
        rims += [
            np.insert(rim, 2, level, axis=1)
            for level in (heights.min() - room, heights.max() + room + TALLEST * mountain.terrain.unit)
        ]
    rim = np.concatenate(rims)
    return PixelBox.around(mountain.camera(size).project(rim), size)
