"""AimGrid: lines of equal angles on ground that is flat, which show that it is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from manim import VMobject
from numpy.typing import NDArray

from scenes.parts.ground.mountain import Mountain
from scenes.theme import theme

#: How close to each other a line looks where the ground ends to be flat, in units of the coefficients.
_LOOKS = 0.1
#: World height of a line above the ground, and how near to the eye it ends.
_ABOVE, _NEAR = 0.01, 0.4


class AimGrid(VMobject):
    """Straight lines over the highest level of some ground, as far as that is flat: over a hole there are none.

    Parameters
    ----------
    mountain
        The ground.
    apart
        From one line to the next, in units of the coefficients.
    colour
        Of the lines.

    Examples
    --------
    ::

        plain = Mountain(library.landscape("counted-hits"), contour=0)
        self.add(plain, AimGrid(plain))
        self.play(plain.orbit(10, run_time=1))
    """

    #: It belongs to the ground: captions may be drawn over it.
    on_ground = True

    def __init__(self, mountain: Mountain, apart: float = 5.0, colour: str | None = None) -> None:
        super().__init__(stroke_color=colour or theme.text, stroke_width=2.5, stroke_opacity=0.3)
        self._mountain = mountain
        self._ends = np.array(list(self._flat_stretches(apart)))
        self._framing: object = None
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Lay the lines where they are seen now; quick where nothing has moved."""
        ground = self._mountain
        if self._framing == ground.framing:
            return
        self._framing = ground.framing
        start, end = (ground.world(*self._ends[:, place].T) + [0, 0, _ABOVE] for place in (0, 1))
        camera = ground.camera()
        near, far = (camera.project(points)[:, 2] for points in (start, end))
        seen = np.maximum(near, far) > _NEAR
        start, end, near, far = start[seen], end[seen], near[seen], far[seen]
        # What comes too near to the eye, or lies behind it, is cut off.
        cut = np.clip((_NEAR - near) / np.where(far == near, 1, far - near), 0, 1)
        begin = np.where((near < _NEAR)[:, None], start + (end - start) * cut[:, None], start)
        finish = np.where((far < _NEAR)[:, None], start + (end - start) * cut[:, None], end)
        first, last = ground.on_screen(begin), ground.on_screen(finish)
        self.points = np.stack([first + (last - first) * part for part in (0, 1 / 3, 2 / 3, 1)], axis=1).reshape(-1, 3)

    def _flat_stretches(self, apart: float) -> Iterator[NDArray[np.float64]]:
        """``(2, 2)`` each, the ends of a stretch of a line, over ground that is all as high as the highest."""
        landscape = self._mountain.landscape
        west, east, south, north = landscape.bounds
        sides = (west, east), (south, north)
        top = landscape.heights[np.isfinite(landscape.heights)].max()
        for across, (low, high), (first, last) in ((0, *sides), (1, *sides[::-1])):
            along = np.arange(first, last + _LOOKS / 2, _LOOKS)
            for value in np.arange(np.ceil(low / apart), np.floor(high / apart) + 1) * apart:
                aims = np.stack([np.full_like(along, value), along], axis=1)
                aims = aims if across == 0 else aims[:, ::-1]
                flat = np.isclose(landscape.height(aims[:, 0], aims[:, 1]), top)
                turns = np.flatnonzero(np.diff(np.concatenate([[False], flat, [False]]).astype(int)))
                for begin, end in turns.reshape(-1, 2):
                    yield aims[[begin, end - 1]]
