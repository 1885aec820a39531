"""LitKnobWall: a wall of knobs that are lit from inside, each by its coefficient; from afar they are a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from manim import color_to_rgb
from numpy.typing import ArrayLike, NDArray

from scenes.engine.fields.lamp_field import FogBank, paint_lamps
from scenes.parts.dusk.colours import dusk
from scenes.parts.knob_wall import KnobWall, WallLook
from scenes.theme import theme

#: Radians for a coefficient of 1: the marks of -1 and 1 are at the ends of a scale.
_GAIN = 2.2


@dataclass(frozen=True)
class LitWallLook(WallLook):
    """How a lit wall is seen: as any wall of knobs, and through fog. ``lit`` is how bright its lamps are.

    Attributes
    ----------
    fog
        How far fog has come before it, from 0 (none) to 1 (nothing else is seen).
    drift
        How far the fog has drifted, in pitches.
    """

    fog: float = 0.0
    drift: float = 0.0


class LitKnobWall(KnobWall):
    """A wall of knobs, each lit by its recorded coefficient, in the colours of dusk. It takes the whole frame.

    -1 is night, 0 the last light, 1 snow and the moon. Its marks point where the coefficients say too.

    Parameters
    ----------
    coeffs
        The coefficients, ``(n,)``, or a function that gives the present ones.
    columns
        How many stand side by side.
    width
        Of the wall, in scene units.
    gain
        Radians for a coefficient of 1.
    alarm
        How much of the colour of what is rejected all of it takes on, from 0 to 1, or a function.

    Examples
    --------
    A picture comes out of the noise, and fog rolls over it::

        run = recording("wall")
        progress = Progress(run)
        wall = LitKnobWall(lambda: run.coeffs[progress.row], 40)
        self.add(wall)
        self.play(progress.to(5, run_time=1))
        self.play(wall.change_look(fog=0.5, drift=3, run_time=1))
    """

    def __init__(
        self,
        coeffs: ArrayLike | Callable[[], ArrayLike],
        columns: int = 40,
        width: float = 11.2,
        gain: float = _GAIN,
        *,
        alarm: float | Callable[[], float] = 0.0,
    ) -> None:
        super().__init__(coeffs, columns, width, gain, alarm=alarm)
        self.look = LitWallLook(width / columns)
        made_of = (theme.page, theme.things.board, theme.things.bezel, theme.things.notch)
        self._made_of = np.array([color_to_rgb(colour) for colour in made_of], np.float32)
        self._fog = theme.material.fog

    def hides(self, size: tuple[int, int], depth: float, region: tuple[slice, slice]) -> None:  # noqa: ARG002
        """What of a picture is nearer than something in front of it: nothing. See `GroundDepth`."""
        return

    def paint(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        """``(H, W, 4)``, the wall as it is now."""
        look, unit = self.look, size[1] / self.height
        assert isinstance(look, LitWallLook)
        # Where there is no fog, it does not drift.
        key = (size, look if look.fog > 0 else replace(look, drift=0.0), self._as_seen())
        if self._painted is None or self._painted[0] != key:
            middle = (size[0] / 2 + look.x * unit, size[1] / 2 - look.y * unit)
            self._painted = key, self._paint(size, unit, middle)
        return self._painted[1]

    def _as_seen(self) -> tuple[float, bytes]:
        """What its picture is made of, beside how it is seen."""
        return round(float(self._alarm()), 3), self._lamps().tobytes()

    def _lamps(self) -> NDArray[np.float32]:
        """``(n, 5)``: see `paint_lamps`."""
        lamps = np.zeros((len(self.angles), 5), np.float32)
        lamps[:, :3] = dusk(self.angles / self.gain)
        lamps[:, 3] = self.angles
        lamps[:, 4] = np.clip(self.look.shown - self._away, 0, 1)
        return lamps

    def _paint(self, size: tuple[int, int], unit: float, middle: tuple[float, float]) -> NDArray[np.uint8]:
        """``(H, W, 4)``, the wall with its middle at a column and row, so many pixels a scene unit."""
        look = self.look
        assert isinstance(look, LitWallLook)
        return paint_lamps(
            size,
            self._view(unit, middle),
            self._lamps(),
            self.columns,
            self._made_of,
            FogBank(self._fog, look.fog, look.drift),
            (*self._rejected, self._as_seen()[0]),
        )
