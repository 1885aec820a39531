"""What is scattered over a landscape: firs in its valleys, boulders below its cliffs.

They stand on the true ground, and where something recorded stands they leave a clearing: nothing that is only scenery
may hide what was measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from scenes.engine.terrain.baked_terrain import BakedTerrain, Skin, powers
from scenes.engine.terrain.camera import Camera
from scenes.engine.terrain.kernels import scatter as kernel
from scenes.engine.terrain.noise import WAVE, tile
from scenes.engine.terrain.scenery import sprite_shapes

Array = NDArray[np.float32]

#: Places at which something might stand, for a landscape of any size.
_TRIED = 9000
#: The smallest and the tallest fir, and a boulder, in world units, on ground as large as that of the films.
_FIR, _BOULDER = (0.20, 0.50), (0.05, 0.16)
#: Nothing is taller.
TALLEST = _FIR[1]
#: Slopes on which firs thin out, and where none stands.
_STEEP = (0.45, 0.95)
#: How much of a land is wooded, at most.
_WOODED = 0.15
#: How wide a fir is for its height, and a boulder.
_SLENDER = 0.19
#: World units that scenery leaves free beside a point that must be seen.
_FREE = 0.2


@dataclass(frozen=True)
class Clearing:
    """Ground that scenery leaves free.

    Attributes
    ----------
    points
        ``(n, 2)``, ground points in world units, each of which stays in sight.
    radius
        How far round each of them nothing stands, in world units.
    wide
        How far to the left and right of it nothing that is nearer may reach above it, in world units.
    """

    points: NDArray[np.float64]
    radius: float
    wide: float = _FREE


class Scattered:
    """Firs and boulders on a terrain.

    Parameters
    ----------
    terrain
        The ground.
    clearings
        Where nothing may stand.

    Attributes
    ----------
    points
        ``(n, 3)``, the world points of their feet: on the ground.
    tall
        ``(n,)``, their world heights.
    """

    def __init__(self, terrain: BakedTerrain, clearings: Sequence[Clearing] = ()) -> None:
        self.terrain = terrain
        self.clearings = tuple(clearings)
        x, y, tall, kinds = _grown(terrain)
        free = np.ones(len(x), bool)
        for clearing in self.clearings:
            for east, north in clearing.points:
                # The taller a thing, the farther away it stands.
                free &= np.hypot(x - east, y - north) > clearing.radius + 0.5 * tall
        x, y, self.tall, self._kinds = x[free], y[free], tall[free], kinds[free]
        self.points = np.column_stack([x, y, terrain.height(x.astype(np.float32), y.astype(np.float32))])
        index, _, _ = terrain.at(x.astype(np.float32), y.astype(np.float32))
        self._sun: Array = terrain.sunshine.ravel()[index]

    @property
    def firs(self) -> NDArray[np.bool_]:
        """``(n,)``, which of them are firs."""
        return np.asarray(self._kinds[:, 0] < sprite_shapes.FIRS)

    @cached_property
    def skin(self) -> Skin:
        """The lit ground with the shadows of all that stands on it."""
        terrain = self.terrain
        ground = terrain.ground_colour.copy()
        west, _, south, _ = terrain.landscape.bounds
        places = ((self.points[:, :2] - (west, south)) * terrain.texels).astype(np.float32)
        half = np.where(self.firs, _SLENDER, 0.30) * self.tall
        size = np.column_stack([half, self.tall]).astype(np.float32)
        # Where the sun does not reach anyway there is only a darkening round the foot.
        kernel.cast(ground, terrain.heights, places, size, terrain.sun, float(terrain.texels), 0.42)
        return Skin.of(ground)

    def drawn_by(self, camera: Camera, grown: float = 1.0) -> tuple[NDArray[np.intp], Array]:
        """What of it a camera may see, the farthest first, and ``(n, 4)``: column and row of each foot, height, depth.

        Heights are in pixels. What would hide a point of a clearing is made so low that it does not; ``grown`` is how
        much of its height everything has, from 0 to 1.
        """
        spots = camera.project(self.points)
        height = camera.focal * self.tall * grown / np.maximum(spots[:, 2], 1e-3)
        width, rows = camera.size
        seen = (spots[:, 2] > 0.25 * self.terrain.unit) & (height > 2.0)
        seen &= (np.abs(spots[:, 0] - width / 2) < width / 2 + height) & (spots[:, 1] > 0)
        seen &= spots[:, 1] - height < rows
        chosen = np.flatnonzero(seen)
        chosen = chosen[np.argsort(-spots[chosen, 2], kind="stable")]
        spots, height = spots[chosen], height[chosen]
        for column, row, away, wide in self._kept_free(camera):
            nearer = spots[:, 2] < away
            aside = np.abs(spots[:, 0] - column) - height * _SLENDER - wide
            room = spots[:, 1] - row - 0.3 * wide + 3 * np.maximum(aside, 0)
            height = np.where(nearer & (room > -wide), np.minimum(height, np.maximum(room, 0)), height)
        kept = height > 2.0
        return chosen[kept], np.column_stack([spots[:, :2], height, spots[:, 2]])[kept].astype(np.float32)

    def _kept_free(self, camera: Camera) -> NDArray[np.float64]:
        """``(n, 4)``, column, row, depth and pixels of the points that must be seen."""
        kept = [np.zeros((0, 4))]
        for clearing in self.clearings:
            points = clearing.points[:: max(len(clearing.points) // 120, 1)]
            heights = self.terrain.height(points[:, 0].astype(np.float32), points[:, 1].astype(np.float32))
            spots = camera.project(np.column_stack([points, heights]))
            spots = spots[spots[:, 2] > 0.05]
            kept.append(np.column_stack([spots, clearing.wide * camera.focal / spots[:, 2]]))
        return np.concatenate(kept)

    def draw(
        self,
        camera: Camera,
        veil: Array,
        chosen: NDArray[np.intp],
        spots: Array,
        picture: tuple[NDArray[np.uint32], Array, Array],
    ) -> NDArray[np.bool_]:
        """Draw what `drawn_by` chose into the colours, depth and level of a view.

        Parameters
        ----------
        veil
            ``(n,)``, how much the air hides of each.

        Returns
        -------
        NDArray
            ``(H, W)``, where something was drawn.
        """
        colours, depth, level = picture
        covered = np.zeros(colours.shape, np.bool_)
        material, sun = self.terrain.material, self.terrain.sun
        toward = [sun[:2] @ camera.right, -sun[:2] @ camera.forward, sun[2]]
        fir, rock, snow = powers((material.fir, material.rock, material.snow))
        each = np.vstack([np.tile(fir, (sprite_shapes.FIRS, 1)), np.tile(rock, (sprite_shapes.BOULDERS, 1)), snow])
        laden = np.where(self.firs[chosen], 0.35 + 0.5 * material.drifts, 0.9)
        kernel.draw(
            *sprite_shapes.sizes(),
            sprite_shapes.FIRS,
            each,
            np.array([material.sun, material.shade], np.float32),
            np.array(toward, np.float32),
            spots,
            self._kinds[chosen],
            self.points[chosen, 2].astype(np.float32),
            np.column_stack([self._sun[chosen], veil, spots[:, 3] / camera.focal, laden]).astype(np.float32),
            np.array(material.haze, np.float32),
            colours,
            depth,
            level,
            covered,
        )
        return covered


@lru_cache(maxsize=16)
def _grown(terrain: BakedTerrain) -> tuple[NDArray[np.float64], NDArray[np.float64], Array, NDArray[np.int64]]:
    """What grows and lies on a terrain: places, east and north, heights, and ``(n, 2)``, which shape, if mirrored."""
    chance = np.random.default_rng(3)
    west, east, south, north = terrain.landscape.bounds
    unit, material = terrain.unit, terrain.material
    count = int(_TRIED * (east - west) * (north - south) / (unit * 18) ** 2)
    x = chance.uniform(west, east, count)
    y = chance.uniform(south, north, count)
    luck, size = chance.random((2, count))
    index, _, _ = terrain.at(x.astype(np.float32), y.astype(np.float32))
    low, high = terrain.span
    level = (terrain.heights.ravel()[index] - low) / max(high - low, 1e-6)
    slope = terrain.steepness.ravel()[index]
    shelter = (terrain.around.ravel()[index] - terrain.heights.ravel()[index]) / unit
    groves = _noise(x / unit, y / unit, 0.42, 41) + 0.45 * _noise(x / unit, y / unit, 1.3, 43)
    edge = np.minimum(np.minimum(x - west, east - x), np.minimum(y - south, north - y)) / unit
    # Firs: in groves, on gentle ground, below a line that is lower than the snow's, not on the shore.
    line = np.clip((material.snow_line + 0.03 + 0.04 * groves - level) / 0.16, 0, 1)
    gentle = np.clip((_STEEP[1] - slope) / (_STEEP[1] - _STEEP[0]), 0, 1)
    wood = (
        np.clip(1.1 * groves - 0.12 + 2.2 * np.maximum(shelter, 0), 0, 1)
        * line
        * gentle
        * np.clip((edge - 0.5) / 1.5, 0, 1)
    )
    # Where all of the land is such, it is not all wood: what lies under it is to be seen.
    wood *= min(1.0, _WOODED / max(float(wood.mean()), 1e-6))
    fir = luck < wood
    # Young ones stand at the edge of a grove, and high up.
    tall = unit * (_FIR[0] + (_FIR[1] - _FIR[0]) * np.clip(0.25 + 0.6 * wood, 0, 1) * (0.55 + 0.45 * size))
    broken = np.clip((slope - 0.5) / 0.3, 0, 1) * np.clip((1.25 - slope) / 0.3, 0, 1) + 0.03
    boulder = ~fir & (luck > 1 - 0.07 * broken) & (edge > 0.4)
    tall = np.where(boulder, unit * (_BOULDER[0] + (_BOULDER[1] - _BOULDER[0]) * size**3), tall)
    wanted = np.flatnonzero(fir | boulder)
    # The tall ones first: the small fill the gaps.
    wanted = wanted[np.argsort(-tall[wanted], kind="stable")]
    room = (np.where(fir, 0.36, 0.8) * tall)[wanted].astype(np.float32)
    kept = kernel.spaced(
        x[wanted].astype(np.float32), y[wanted].astype(np.float32), room, float(room.max(initial=1e-3))
    )
    chosen = wanted[kept]
    kinds = np.column_stack(
        [
            np.where(
                fir,
                chance.integers(0, sprite_shapes.FIRS, count),
                sprite_shapes.FIRS + chance.integers(0, sprite_shapes.BOULDERS, count),
            ),
            chance.integers(0, 2, count),
        ]
    )
    return x[chosen], y[chosen], tall[chosen].astype(np.float32), kinds[chosen]


def _noise(x: NDArray[np.float64], y: NDArray[np.float64], hills: float, seed: int) -> NDArray[np.float64]:
    """Noise with so many hills in a unit, of deviation 1, at places."""
    drawn, scale = tile(seed), hills * WAVE
    return np.asarray(drawn[(x * scale).astype(int) % len(drawn), (y * scale).astype(int) % len(drawn)], np.float64)
