"""DecisionField: what a model of two inputs says of every place of a field, as two colours; and the dots it learns."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from manim import Mobject, UpdateFromAlphaFunc, color_to_rgb, linear
from numba import njit
from numpy.typing import ArrayLike, NDArray

from scenes.engine.dartboard.light import finished
from scenes.engine.drawing.raster import Raster
from scenes.parts.live_value import live
from scenes.theme import theme

#: What a model says of places, ``(n, 2)``, for its coefficients, ``(D,)``: ``(n,)``, from -1 to 1.
Model = Callable[[NDArray[np.float64], NDArray[np.float32]], NDArray[np.float32]]

#: How many places are asked along each side: between them the picture is smooth.
_ASKED = 300
#: How far out the field reaches: dots lie within 1.
_OUT = 1.05
#: How many dots grow at one time as they come.
_COMING = 12.0


def small_network(hidden: int) -> Model:
    """A network of two inputs, so many hidden units and one answer, each with tanh.

    Its coefficients, ``(4 hidden + 1,)``: two weights of each hidden unit, all first ones first; their biases; their
    weights in the answer; its bias.

    Examples
    --------
    ::

        run, model = recording("rings"), small_network(8)
        self.add(DecisionField(model, run.coeffs[-1], [[0.0, 0.0], [0.8, 0.8]], [1, -1], size=4))

    >>> model = small_network(1)
    >>> model(np.array([1.0, 0.0, 0.0, 1.0, 0.0]), np.array([[0.0, 9.0], [8.0, 0.0]], np.float32)).round(2).tolist()
    [0.0, 0.7599999904632568]
    """

    def says(coeffs: NDArray[np.float64], places: NDArray[np.float32]) -> NDArray[np.float32]:
        parts = np.asarray(coeffs, np.float32)
        weights, biases = parts[: 2 * hidden].reshape(2, hidden), parts[2 * hidden : 3 * hidden]
        out, level = parts[3 * hidden : 4 * hidden], parts[4 * hidden]
        return np.asarray(np.tanh(np.tanh(places @ weights + biases) @ out + level), np.float32)

    return says


class DecisionField(Raster):
    """A square field: one colour where the model says 1, another where it says -1, neither where it does not know.

    Parameters
    ----------
    model
        What it says of places: `small_network`, or a function of your own.
    coeffs
        Its coefficients, ``(D,)``, recorded; or a function that gives the present ones.
    places, answers
        The dots that it learns, ``(n, 2)`` from -1 to 1, and what each is, ``(n,)``: 1 or -1.
    size
        Of a side, in scene units.

    Attributes
    ----------
    shown
        The part of the dots that is there, from 0 to 1; `scatter` animates it.

    Examples
    --------
    ::

        run = recording("rings")
        progress = Progress(run)
        dots = np.array([[0.0, 0.1], [0.7, 0.2], [-0.6, -0.5]])
        field = DecisionField(small_network(8), lambda: run.coeffs[progress.row], dots, [1, -1, -1], size=5)
        self.add(field)
        self.play(progress.to(300, run_time=2))
    """

    def __init__(
        self,
        model: Model,
        coeffs: ArrayLike | Callable[[], ArrayLike],
        places: ArrayLike,
        answers: ArrayLike,
        size: float = 5.4,
    ) -> None:
        super().__init__(size, size)
        self._model, self._coeffs = model, live(coeffs)
        self._dots = np.column_stack([np.asarray(places, np.float32), np.asarray(answers, np.float32)])
        lines = np.linspace(-_OUT, _OUT, _ASKED, dtype=np.float32)
        east, north = np.meshgrid(lines, lines[::-1])
        self._places = np.stack([east.ravel(), north.ravel()], axis=1)
        self._painted: tuple[Any, NDArray[np.uint8]] | None = None
        self.shown = 1.0
        # Both colours come at the same pace.
        self._dots = self._dots[np.random.default_rng(4).permutation(len(self._dots))]
        colours = (theme.page, theme.panel, theme.around, theme.inside, theme.text)
        self._colours = np.array([color_to_rgb(colour) for colour in colours], np.float32)
        self.add_updater(lambda _: None)

    def opinion(self) -> NDArray[np.float32]:
        """``(n, n)``, what the model says now, from the upper left corner on."""
        coeffs = np.asarray(self._coeffs(), dtype=np.float64)
        return self._model(coeffs, self._places).reshape(_ASKED, _ASKED)

    def undecided(self) -> float:
        """The part of the field on which the model leans neither way: it says less than a half."""
        return float((np.abs(self.opinion()) < 0.5).mean())

    def scatter(self, run_time: float = 2.0) -> UpdateFromAlphaFunc:
        """Animate: the dots come, one after the other."""
        return UpdateFromAlphaFunc(self, _show, run_time=run_time, rate_func=linear)

    def paint(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        """``(H, W, 4)``, the field as it is now."""
        key = (size, self.picture_key())
        if self._painted is None or self._painted[0] != key:
            picture = np.empty((size[1], size[0], 3), np.float32)
            _field(picture, self.opinion(), self._colours)
            _add_dots(picture, self._dots, self._colours, self.shown * (len(self._dots) + _COMING))
            self._painted = key, finished(picture)
        return self._painted[1]

    def picture_key(self) -> Any:
        """See `Raster.picture_key`."""
        return self.pixels, np.asarray(self._coeffs(), dtype=np.float64).tobytes(), self.shown


def _show(field: Mobject, alpha: float) -> None:
    """Let as many dots be there."""
    field.shown = float(alpha)


@njit(cache=True, nogil=True, fastmath=True)
def _field(picture: NDArray[np.float32], opinion: NDArray[np.float32], colours: NDArray[np.float32]) -> None:
    """The two colours, a line of light where neither wins, and corners that are round."""
    height, width = picture.shape[:2]
    count = opinion.shape[0] - 1
    corner = 0.035 * width
    for y in range(height):
        v = (y + 0.5) / height * count
        i = min(int(v), count - 1)
        s = v - i
        for x in range(width):
            u = (x + 0.5) / width * count
            j = min(int(u), count - 1)
            t = u - j
            top = opinion[i, j] + (opinion[i, j + 1] - opinion[i, j]) * t
            low = opinion[i + 1, j] + (opinion[i + 1, j + 1] - opinion[i + 1, j]) * t
            says = top + (low - top) * s
            across, down = opinion[i, j + 1] - opinion[i, j], opinion[i + 1, j] - opinion[i, j]
            steep = math.sqrt(across * across + down * down) * count / width + 1e-6
            sure = min(abs(says), 1.0)
            sure = sure * (1.45 - 0.45 * sure)
            # Where it changes its mind: as bright as it is sure on both sides.
            edge = math.exp(-((says / steep / 1.6) ** 2)) * min(steep * width / 14.0, 1.0)
            # Lit as a cushion is, from the upper left: steep opinion makes a crisp edge.
            light = 1 + 0.30 * (down + across) * count / 26.0
            light = min(max(light, 0.80), 1.20)
            dx = max(abs(x + 0.5 - width * 0.5) - (width * 0.5 - corner), 0.0)
            dy = max(abs(y + 0.5 - height * 0.5) - (height * 0.5 - corner), 0.0)
            inside = min(max(corner - math.sqrt(dx * dx + dy * dy) + 0.5, 0.0), 1.0)
            for c in range(3):
                side = colours[3, c] if says > 0 else colours[2, c]
                tone = colours[1, c] + (side - colours[1, c]) * 0.74 * sure
                tone = tone * (1 + (light - 1) * sure)
                tone += (colours[4, c] - tone) * 0.85 * edge
                picture[y, x, c] = colours[0, c] + (tone - colours[0, c]) * inside


@njit(cache=True, nogil=True, fastmath=True)
def _add_dots(
    picture: NDArray[np.float32], dots: NDArray[np.float32], colours: NDArray[np.float32], come: float
) -> None:
    """A glossy dot for each place, of the colour of its answer, with an edge that keeps it from its ground."""
    height, width = picture.shape[:2]
    radius = 0.0125 * width
    full = radius
    for k in range(len(dots)):
        radius = full * min(max((come - k) / _COMING, 0.0), 1.0)
        if radius < 0.3:
            continue
        cx, cy = (dots[k, 0] / _OUT + 1) * 0.5 * width, (1 - dots[k, 1] / _OUT) * 0.5 * height
        for y in range(max(int(cy - radius * 1.6), 0), min(int(cy + radius * 1.6) + 2, height)):
            for x in range(max(int(cx - radius * 1.6), 0), min(int(cx + radius * 1.6) + 2, width)):
                dx, dy = x + 0.5 - cx, y + 0.5 - cy
                r = math.sqrt(dx * dx + dy * dy)
                rim = min(max(radius * 1.42 - r + 0.5, 0.0), 1.0)
                face = min(max(radius - r + 0.5, 0.0), 1.0)
                shine = math.exp(-(((dx + 0.32 * radius) ** 2 + (dy + 0.36 * radius) ** 2) / (0.22 * radius * radius)))
                for c in range(3):
                    picture[y, x, c] += (colours[0, c] - picture[y, x, c]) * 0.85 * rim
                    own = colours[3, c] if dots[k, 2] > 0 else colours[2, c]
                    own = own + (1.0 - own) * 0.55 * shine
                    picture[y, x, c] += (own - picture[y, x, c]) * face
