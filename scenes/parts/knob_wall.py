"""KnobWall: a thousand coefficients as knobs on a wall, in a light that can sweep over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from manim import color_to_rgb
from numpy.typing import ArrayLike, NDArray

from scenes.engine.fields.knob_field import KnobColours, Sweep, WallView, paint_knobs
from scenes.parts.live_value import live
from scenes.parts.look import Look, Looked
from scenes.theme import theme

#: The light that sweeps over a wall: of a lamp.
_LAMP = (1.0, 0.78, 0.42)


@dataclass(frozen=True)
class WallLook(Look):
    """How a wall of knobs is seen, and lit.

    Attributes
    ----------
    pitch
        From one knob to the next, in scene units, at the middle of the wall.
    x, y
        The middle of the wall, a scene point.
    lean
        How far it leans back, in radians.
    shown
        Pitches from its `KnobWall.origin` within which knobs are there.
    lit
        How light the plate is that they stand on, from 0 (as the page) to 1.
    arrows
        How much of each arrow there is, from 0 to 1.
    glow
        How much each mark glows, from 0 to 1.
    sweep, width, shine
        A band of light: its middle and its width, in pitches from the middle of the wall, and its strength.
    """

    proportional = ("pitch",)
    framing = ("x", "y", "pitch", "lean")

    pitch: float
    x: float = 0.0
    y: float = 0.0
    lean: float = 0.0
    shown: float = 1e3
    lit: float = 1.0
    arrows: float = 0.0
    glow: float = 0.0
    sweep: float = 0.0
    width: float = 5.0
    shine: float = 0.0


class KnobWall(Looked):
    """A wall of knobs, each at the angle of its recorded coefficient. It takes the whole frame.

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
    changes
        What each coefficient is to be changed by, ``(n,)``, or a function that gives the present ones: its arrow leads
        from where its mark points to where that turns it.
    glows
        How much each mark glows beside what ``look.glow`` says, ``(n,)``, or a function.
    alarm
        How much of the colour of what is rejected all of it takes on, from 0 to 1, or a function.
    origin
        A place on the wall, column and row, round which knobs come first; its middle by default.
    kept
        Indices of knobs that are there even where others are not yet shown.

    Attributes
    ----------
    look
        How it is seen; `change_look` animates it.
    angles
        ``(n,)``, where the marks point, in radians, 0 straight up, growing clockwise.
    is_live
        Whether it was given a function for the coefficients.

    Examples
    --------
    A hundred knobs, and where the gradient would turn them::

        run = recording("gradient-100")
        progress = Progress(run)
        wall = KnobWall(
            lambda: run.coeffs[progress.row], 20, changes=lambda: -run.lr * run.slopes[progress.row], gain=8
        )
        self.add(wall)
        self.play(wall.change_look(arrows=1, run_time=1))
        self.play(progress.to(10, run_time=1))
    """

    def __init__(
        self,
        coeffs: ArrayLike | Callable[[], ArrayLike],
        columns: int = 50,
        width: float = 12.4,
        gain: float = 24.0,
        *,
        changes: ArrayLike | Callable[[], ArrayLike] | None = None,
        glows: ArrayLike | Callable[[], ArrayLike] = 0.0,
        alarm: float | Callable[[], float] = 0.0,
        origin: tuple[float, float] | None = None,
        kept: tuple[int, ...] = (),
    ) -> None:
        super().__init__()
        self._coeffs, self.is_live, self.gain, self.columns = live(coeffs), callable(coeffs), gain, columns
        self._changes = None if changes is None else live(changes)
        self._glows, self._alarm, self._kept = live(glows), live(alarm), list(kept)
        count = len(np.asarray(self._coeffs()))
        self.rows = -(-count // columns)
        index = np.arange(count)
        #: ``(n, 2)``, how far each knob is from the middle of the wall, to the right and up, in pitches.
        self.places = np.stack(
            [index % columns - (columns - 1) / 2, (self.rows - 1) / 2 - index // columns], axis=-1
        ).astype(float)
        column, row = origin or ((columns - 1) / 2, (self.rows - 1) / 2)
        self.origin = np.array([column - (columns - 1) / 2, (self.rows - 1) / 2 - row])
        self._away = np.linalg.norm(self.places - self.origin, axis=1)
        self.look: WallLook = WallLook(width / columns)
        self.angles = np.zeros(count)
        things = theme.things
        colours = (theme.page, things.body, things.knob, things.edge, things.face, theme.weight, theme.downhill)
        painted = [np.asarray(color_to_rgb(colour), np.float32) for colour in colours]
        painted.append(np.array(_LAMP, np.float32))
        self._colours = KnobColours(*painted)
        self._rejected = color_to_rgb(theme.uphill)
        self._painted: tuple[Any, NDArray[np.uint8]] | None = None
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    def reading(self) -> ArrayLike:
        """``(n,)``, the present coefficients, as they were given."""
        return cast(ArrayLike, self._coeffs())

    def drawn_angles(self) -> NDArray[np.float64]:
        """``(n,)``, where the marks point as they are drawn, in radians, 0 straight up, growing clockwise."""
        return self.angles

    def refresh(self) -> None:
        """Turn every mark to its present angle."""
        self.angles = np.asarray(self._coeffs(), dtype=float) * self.gain

    def place(self, across: float, up: float) -> NDArray[np.float64]:
        """``(3,)``, the scene point where a place on the wall is seen, so many pitches from its middle."""
        x, y = self._view(1.0, (0.0, 0.0)).place(across, up)
        return np.array([x + self.look.x, self.look.y - y, 0.0])

    def paint(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        """``(H, W, 4)``, the wall as it is now."""
        unit = size[1] / self.height
        look, knobs, alarm = self.look, self._knobs(), round(float(self._alarm()), 3)
        key = (size, look, alarm, knobs.tobytes())
        if self._painted is None or self._painted[0] != key:
            middle = (size[0] / 2 + look.x * unit, size[1] / 2 - look.y * unit)
            picture = paint_knobs(
                size,
                self._view(unit, middle),
                knobs,
                self.columns,
                self._colours,
                Sweep(look.sweep, look.width, strength=look.shine),
                (*self._rejected, alarm),
            )
            self._painted = key, picture
        return self._painted[1]

    def _view(self, unit: float, middle: tuple[float, float]) -> WallView:
        return WallView(middle, self.look.pitch * unit, self.look.lean, self.look.lit)

    def _knobs(self) -> NDArray[np.float32]:
        """``(n, 4)``: see `paint_knobs`."""
        knobs = np.zeros((len(self.angles), 4), np.float32)
        knobs[:, 0] = self.angles
        if self._changes is not None and self.look.arrows > 0:
            knobs[:, 1] = np.asarray(self._changes(), dtype=float) * self.gain * self.look.arrows
        knobs[:, 2] = np.clip(self.look.shown - self._away, 0, 1)
        knobs[self._kept, 2] = 1
        knobs[:, 3] = np.clip(self.look.glow + np.asarray(self._glows(), dtype=float), 0, 1)
        return knobs
