"""Soft shapes: figures are made of them. Without strokes, quickly drawn, and some fade from their middle outward."""

from __future__ import annotations

from typing import Any

import cairo
import numpy as np
from manim import VMobject
from numba import njit
from numpy.typing import NDArray

#: Steps from the middle of what fades to where it is gone.
_STEPS = 256
#: Thresholds by which colours between two of 255 levels are spread, so that no bands show.
_DITHER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32)
_DITHER = (_DITHER + np.float32(0.5)) / np.float32(16)


class SoftShape(VMobject):
    """A shape without a stroke, with a fill that a mobject of manim has not.

    Under `StageCamera` it is as soft as it should be; manim's own camera fills a fading one evenly and faintly.

    Attributes
    ----------
    ends
        ``(2, 3)``, from where to where the colours of its fill run, scene points; None for manim's own.
    middle
        ``(3, 3)``, where it is most opaque, and two points of the ellipse on which it is gone, a quarter of a turn
        apart; None for what does not fade.
    fading
        How opaque it is from the middle outward, beside its own opacity.
    is_ellipse
        Whether the ellipse itself is its edge.
    is_faint
        Whether its edges need not be quite smooth, for it is seen through: drawn in half the time.

    Examples
    --------
    >>> shape = SoftShape().set_points_as_corners([[0, 0, 0], [2, 0, 0], [2, 2, 0], [0, 0, 0]])
    >>> shape.lay(shape.points, (0,), ends=np.array([[0.0, 0, 0], [2, 0, 0]]))
    >>> [end.tolist() for end in shape.shift([1, 0, 0]).get_gradient_start_and_end_points()]
    [[1.0, 0.0, 0.0], [3.0, 0.0, 0.0]]
    """

    def __init__(
        self, fading: tuple[float, ...] = (), *, is_ellipse: bool = False, is_faint: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(stroke_width=0, **kwargs)
        self.ends: NDArray[np.float64] | None = None
        self.middle: NDArray[np.float64] | None = None
        self.fading, self.is_ellipse, self.is_faint = fading, is_ellipse, is_faint
        self._firsts: tuple[int, ...] = (0,)
        self._laid = 0
        self._anchor: NDArray[np.float64] | None = None

    def lay(
        self,
        points: NDArray[np.float64],
        firsts: tuple[int, ...],
        *,
        ends: NDArray[np.float64] | None = None,
        middle: NDArray[np.float64] | None = None,
    ) -> None:
        """Give it other points, ``(4 n, 3)`` as manim has them, and say which of the curves are the first of a loop."""
        self.points, self._firsts, self.ends, self.middle = points, firsts, ends, middle
        self._anchor = points[0].copy() if len(points) else None
        self._laid += 1

    def appearance(self) -> int:
        """A hash of how it is drawn."""
        first = self.points[0]
        return hash((self._laid, float(first[0]), float(first[1]), self.fill_rgbas.tobytes()))

    def _moved(self) -> Any:
        """How far it was moved since it was laid, if it was moved as a whole."""
        return self.points[0] - self._anchor if self._anchor is not None and len(self.points) else 0.0

    def get_gradient_start_and_end_points(self) -> Any:
        """From where to where the colours of its fill run."""
        return super().get_gradient_start_and_end_points() if self.ends is None else self.ends + self._moved()

    def draw(
        self, context: cairo.Context, picture: NDArray[np.uint8], unit: float, origin: tuple[float, float]
    ) -> None:
        """Draw it.

        Parameters
        ----------
        context
            Of a picture, in scene units.
        picture
            The same, ``(H, W, 4)``, premultiplied by its opacity.
        unit
            Pixels of a scene unit.
        origin
            Column and row of the scene's origin.
        """
        rgbas = self.fill_rgbas
        if rgbas[0, 3] <= 0:
            return
        if self.is_ellipse and self.middle is not None:
            self._draw_ellipse(picture, unit, origin)
            return
        context.new_path()
        self._trace(context)
        # Cairo's reds are our blues: so are the bytes of a frame in order.
        if self.middle is not None:
            context.set_source(self._radial(rgbas[0]))
        elif len(rgbas) > 1 and self.ends is not None:
            (x, y, _), (to_x, to_y, _) = (self.ends + self._moved()).tolist()
            pattern = cairo.LinearGradient(x, y, to_x, to_y)
            for index, (red, green, blue, opacity) in enumerate(rgbas.tolist()):
                pattern.add_color_stop_rgba(index / (len(rgbas) - 1), blue, green, red, opacity)
            context.set_source(pattern)
        else:
            red, green, blue, opacity = rgbas[0].tolist()
            context.set_source_rgba(blue, green, red, opacity)
        context.set_antialias(cairo.ANTIALIAS_FAST if self.is_faint else cairo.ANTIALIAS_DEFAULT)
        context.fill()

    def _trace(self, context: cairo.Context) -> None:
        points = self.points[:, :2]
        starts = points[::4].tolist()
        curves = points.reshape(-1, 4, 2)[:, 1:].reshape(-1, 6).tolist()
        curve_to = context.curve_to
        for first, last in zip(self._firsts, (*self._firsts[1:], len(curves)), strict=True):
            context.move_to(*starts[first])
            for curve in curves[first:last]:
                curve_to(*curve)
            context.close_path()

    def _radial(self, rgba: NDArray[np.float64]) -> cairo.Pattern:
        """What fills it where it fades, in scene points."""
        assert self.middle is not None
        middle, across, up = self.middle[:, :2] + np.asarray(self._moved())[..., :2]
        red, green, blue, own = rgba.tolist()
        pattern = cairo.RadialGradient(0, 0, 0, 0, 0, 1)
        last = max(len(self.fading) - 1, 1)
        for index, opacity in enumerate(self.fading):
            pattern.add_color_stop_rgba(index / last, blue, green, red, opacity * own)
        x, y = across - middle, up - middle
        to_scene = cairo.Matrix(x[0], x[1], y[0], y[1], middle[0], middle[1])
        try:
            to_scene.invert()
        except cairo.Error:  # without any size
            return cairo.SolidPattern(0, 0, 0, 0)
        pattern.set_matrix(to_scene)
        return pattern

    def _draw_ellipse(self, picture: NDArray[np.uint8], unit: float, origin: tuple[float, float]) -> None:
        assert self.middle is not None
        height, width = picture.shape[:2]
        middle, across, up = (self.middle[:, :2] + np.asarray(self._moved())[..., :2]) * [unit, -unit] + origin
        axes = np.column_stack([across - middle, up - middle])
        if abs(np.linalg.det(axes)) < 1e-6:
            return
        reach = np.hypot(axes[:, 0], axes[:, 1])
        left, top = np.maximum(np.floor(middle - reach), 0).astype(int)
        right, bottom = np.minimum(np.ceil(middle + reach) + 1, [width, height]).astype(int)
        if left >= right or top >= bottom:
            return
        opacities = np.interp(
            np.sqrt(np.linspace(0, 1, _STEPS + 1)), np.linspace(0, 1, len(self.fading)), self.fading
        ) * float(self.fill_rgbas[0, 3])
        _fade(
            picture[top:bottom, left:right],
            np.linalg.inv(axes).astype(np.float32),
            (middle - [left, top]).astype(np.float32),
            (self.fill_rgbas[0, :3] * 255).astype(np.float32),
            np.minimum(opacities, 1).astype(np.float32),
            _DITHER,
        )


@njit(cache=True, nogil=True, fastmath=True)
def _fade(
    frame: NDArray[np.uint8],
    inverse: NDArray[np.float32],
    middle: NDArray[np.float32],
    colour: NDArray[np.float32],
    opacities: NDArray[np.float32],
    dither: NDArray[np.float32],
) -> None:
    """Lay a colour over a frame, in place: as opaque as ``opacities`` has it by the square of the distance."""
    rows, columns = frame.shape[:2]
    steps = len(opacities) - 1
    for row in range(rows):
        y = np.float32(row) + np.float32(0.5) - middle[1]
        for column in range(columns):
            x = np.float32(column) + np.float32(0.5) - middle[0]
            u, v = inverse[0, 0] * x + inverse[0, 1] * y, inverse[1, 0] * x + inverse[1, 1] * y
            away = (u * u + v * v) * steps
            if away >= steps:
                continue
            opacity = opacities[int(away)]
            spread = dither[row & 3, column & 3]
            for channel in range(3):
                below = np.float32(frame[row, column, channel])
                frame[row, column, channel] = np.uint8(below + (colour[channel] - below) * opacity + spread)
            alpha = np.float32(frame[row, column, 3])
            frame[row, column, 3] = np.uint8(alpha + (np.float32(255) - alpha) * opacity + spread)
