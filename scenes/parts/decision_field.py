"""DecisionField: what a model of two inputs says of every place of a field, as two colours; and the dots it learns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from manim import Mobject, UpdateFromAlphaFunc, color_to_rgb, linear
from numpy.typing import ArrayLike, NDArray

from scenes.engine.drawing.raster import Raster
from scenes.engine.fields.decision import OUT, paint_decision
from scenes.parts.live_value import live
from scenes.theme import theme

#: What a model says of places, ``(n, 2)``, for its coefficients, ``(D,)``: ``(n,)``, from -1 to 1.
Model = Callable[[NDArray[np.float64], NDArray[np.float32]], NDArray[np.float32]]

#: How many places are asked along each side: between them the picture is smooth.
_ASKED = 300


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
        lines = np.linspace(-OUT, OUT, _ASKED, dtype=np.float32)
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

    def scatter(self, run_time: float = 2.0, *, to: float = 1.0) -> UpdateFromAlphaFunc:
        """Animate: dots come, one after the other, until that part of them is there which ``to`` says."""
        since = self.shown if self.shown < to else 0.0

        def show(_: Mobject, alpha: float) -> None:
            self.shown = since + (to - since) * float(alpha)

        return UpdateFromAlphaFunc(self, show, run_time=run_time, rate_func=linear)

    def paint(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        """``(H, W, 4)``, the field as it is now."""
        key = (size, self.picture_key())
        if self._painted is None or self._painted[0] != key:
            self._painted = key, paint_decision(size, self.opinion(), self._dots, self._colours, self.shown)
        return self._painted[1]

    def picture_key(self) -> Any:
        """See `Raster.picture_key`."""
        return self.pixels, np.asarray(self._coeffs(), dtype=np.float64).tobytes(), self.shown
