"""Lattice: a tensor of rank 1 to 3 as beads in a dark room, with threads along which light rises and falls."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import color_to_rgb, config
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from scenes.engine.fields.bead_field import DELAYS, HUES, Film, Threads, paint_beads
from scenes.engine.fields.sheets import paint_sheets
from scenes.parts.lattice.coil import places
from scenes.parts.lattice.light import COLD, NUMBER, TOP, WARM, fronts, passed, tables
from scenes.parts.lattice.look import LatticeLook
from scenes.parts.look import Looked
from scenes.theme import theme

Floats = NDArray[np.float64]

#: Radius of a bead, from one to the next being 1; and of those at the ends of the threads, in scene units.
_BEAD, _END = 0.27, 0.095
#: How bright a bead is that holds a nought, to one that holds the largest number.
_NOUGHT = 0.075
#: How bright light along a thread is, at most, and how much of it is seen of a thread that carries nothing.
_THREAD, _STILL = 0.11, 0.035


class Lattice(Looked):
    """A tensor as a lattice of beads in a dark room: each bead is as bright as its number. It takes the whole frame.

    Thousands of rows are wound up as a ribbon. From each column's foot a thread leads to each of its beads, and from
    each row to the top: cold light rises along them, and warm light falls. A picture, of rank 3, is its three sheets of
    colour.

    Parameters
    ----------
    values
        The tensor: ``(n,)``, ``(n, k)``, or ``(h, w, 3)`` as bytes.
    cold
        ``(n, k)``, how much cold light each bead takes, from 0 to 1; by default as much as its number.
    warm
        ``(n, k)``, how much of the warm light each bead lets through, from 0 to 1; 0 is dark for ever.
    feet
        ``(k, 3)``, scene points where the threads end below; none without.
    top
        The scene point where they end above.
    front
        The row that hangs in front, where rows are wound up.
    first
        The row and the column of the bead that is there first: see ``look.shown``.
    look
        How it is seen at first.
    coarse
        Pixels of the frame, side by side, that are painted as one and then smoothed: for what is out of focus anyway.

    Attributes
    ----------
    look
        How it is seen; `change_look` animates it.
    shape
        Of the tensor.
    places
        ``(n, k, 3)``, where the beads hang.

    Examples
    --------
    A grid, and light that rises in it::

        grid = np.random.default_rng(0).random((40, 9))
        feet = [[x, -3.0, 0] for x in range(-4, 5)]
        lattice = Lattice(grid, feet=feet, top=[0, 3, 0], look=LatticeLook(z=-15, distance=40, threads=1))
        self.add(lattice)
        self.play(lattice.change_look(cold=1, turn=20, run_time=1))
    """

    def __init__(
        self,
        values: ArrayLike,
        *,
        cold: ArrayLike | None = None,
        warm: ArrayLike | None = None,
        feet: ArrayLike | None = None,
        top: ArrayLike = (0.0, 3.0, 0.0),
        front: int = 0,
        first: tuple[int, int] = (0, 0),
        look: LatticeLook | None = None,
        coarse: int = 1,
    ) -> None:
        super().__init__()
        self.look = look or LatticeLook()
        self._coarse = coarse
        given = np.asarray(values)
        self.shape = given.shape
        self._picture: NDArray[np.uint8] | None = None
        self._painted: tuple[Any, NDArray[np.uint8]] | None = None
        self._page = np.asarray(color_to_rgb(theme.page), np.float32)
        if given.ndim == 3:
            self._picture = np.ascontiguousarray(given[..., :3], np.uint8)
            return
        self.values = np.atleast_2d(given).astype(float)
        rows, columns = self.values.shape
        self.places = places(rows, columns, front)
        size = np.abs(self.values) / max(float(np.abs(self.values).max()), 1e-12)
        self._lit = np.where(size > 0, np.maximum(size, 2.5 * _NOUGHT), _NOUGHT)
        self._cold = size if cold is None else np.asarray(cold, dtype=float)
        self._warm = np.zeros_like(size) if warm is None else np.asarray(warm, dtype=float)
        self._feet = None if feet is None else np.asarray(feet, dtype=float)
        self._top = np.asarray(top, dtype=float)
        row, column = np.indices(size.shape)
        #: ``(n, k)``, how many rows each bead is away from the first, and within its row what part of one.
        self._away = np.maximum(abs(row - first[0]), abs(column - first[1]) / size.shape[1])
        #: ``(n,)``, which of the delays each row has: as if by chance, and always the same.
        self._late = (np.arange(len(size)) * 7919 % DELAYS).astype(np.int64)
        text, cold, red, top = (np.array(color_to_rgb(c)) for c in (theme.text, theme.accent, theme.uphill, theme.loss))
        paper = bool(self._page.mean() > 0.5)
        warm = red if paper else 0.72 * red + 0.28 * np.array(color_to_rgb(theme.things.lamplight))
        # What is bright becomes white by itself: so light is of a deeper colour than what it looks like.
        hues = [0.55 * text + 0.45 * cold, *(colour ** (1.0 if paper else 2.0) for colour in (cold, warm, top))]
        self._film = Film(self._page, np.array(hues, np.float32), ink=paper)

    def aim(self, row: int, column: float | None = None) -> dict[str, float]:
        """What to look at to see a bead, or the middle of a row: fields of a `LatticeLook`."""
        line = self.places[row]
        where = line.mean(axis=0) if column is None else line[int(column)]
        return dict(zip("xyz", map(float, where), strict=True))

    def point(self, row: int, column: int) -> Floats:
        """``(3,)``, the scene point where a bead is seen."""
        across, up, *_ = self.look.seen(self.places[row, column], config.frame_height)
        return np.array([across, up, 0.0])

    def picture_key(self) -> Any:
        """All that its picture is made of, beside the tensor."""
        return self.look

    def paint(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        """``(H, W, 4)``, the lattice as it is now."""
        key = (size, self.look)
        if self._painted is None or self._painted[0] != key:
            self._painted = key, self._sheets(size) if self._picture is not None else self._smooth(size)
        return self._painted[1]

    def _sheets(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        assert self._picture is not None
        places = self.look.apart * np.array([1.0, 0.0, -1.0])
        # What is beside the sheets is darker than the page, or no edge of a picture of this film were seen.
        beside = self._page * np.float32(0.88 if self._page.mean() > 0.5 else 0.4)
        return paint_sheets(size, self._picture, self.look.picture_axes(), places, beside)

    def _smooth(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        if self._coarse == 1:
            return self._beads(size)
        small = self._beads((-(-size[0] // self._coarse), -(-size[1] // self._coarse)))
        return np.asarray(Image.fromarray(small).resize(size, Image.Resampling.BICUBIC))

    def drift(self, degrees: float) -> Lattice:
        """Let it turn by itself, so many degrees a second; returns it."""
        self.add_updater(lambda _, dt: self.set_look(turn=self.look.turn + degrees * dt))
        return self

    def _beads(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        look, unit = self.look, size[1] / self.height
        seen = look.seen(self.places, self.height)
        across, up, one, far = np.moveaxis(seen, -1, 0)
        where = np.stack([size[0] / 2 + across * unit, size[1] / 2 - up * unit], axis=-1)
        radius = one * _BEAD * unit
        # What is not as far away as what is looked at is out of focus.
        blur = look.lens * 0.16 * radius * np.abs(far - look.distance) / (0.25 * look.distance + 1.5)
        # Farther away the air is dark.
        light = self._light() * np.exp(-np.maximum(far - look.distance, 0) / (1.2 * look.distance + 60))[..., None]
        # Where rows run into each other, some stand for all.
        stands_for = 2.0 ** np.clip(np.floor(np.log2(np.maximum(0.7 * blur / np.maximum(one * unit, 1e-9), 1))), 0, 4)
        light *= stands_for[..., None]
        kept = (one > 0) & (radius + blur < size[1]) & (np.arange(len(far))[:, None] % stands_for == 0)
        table = np.concatenate([where, radius[..., None], blur[..., None], light], axis=-1)[kept]
        table = table[np.argsort(-far[kept])]
        if self._feet is None:
            return paint_beads(size, table, Threads(), self._film)
        ends = self._ends(size, unit)
        return paint_beads(size, np.concatenate([table, ends]), self._threads(size, unit, where, one), self._film)

    def _light(self) -> Floats:
        """``(n, k, HUES)``, the light in each bead."""
        look = self.look
        light = np.zeros((*self.values.shape, HUES))
        cold = passed(0.5, fronts(look.cold), 2.2 * look.embers)[self._late][:, None]
        warm = passed(0.5, fronts(look.warm), 2.4 * look.embers)[self._late][:, None]
        light[..., NUMBER] = 1.5 * look.lit * self._lit
        light[..., COLD] = cold * self._cold * np.clip(1 - warm, 0.1, 1)
        light[..., WARM] = warm * self._warm
        there = np.clip((look.shown - self._away) / (0.12 * self._away + 0.02), 0, 1)
        return light * there[..., None]

    def _ends(self, size: tuple[int, int], unit: float) -> Floats:
        """``(k + 1, 4 + HUES)``, the beads at the ends of the threads: one for each column, and the one at the top."""
        assert self._feet is not None
        look = self.look
        points = np.concatenate([self._feet, self._top[None]])
        beads = np.zeros((len(points), 4 + HUES))
        beads[:, 0], beads[:, 1] = size[0] / 2 + points[:, 0] * unit, size[1] / 2 - points[:, 1] * unit
        beads[:, 2] = _END * unit
        beads[:-1, 2] *= look.below  # a dark ball would hide what is behind it
        beads[:-1, 4 + COLD] = look.threads * look.below * 0.9
        beads[:-1, 4 + WARM] = 1.4 * look.below * float(passed(1.0, fronts(look.warm)[0], 1.0))
        arrived = float(passed(1.0, fronts(look.cold)[-1], 1.0))
        beads[-1, 2] = unit * _END * (1 + 1.5 * min(arrived, 1.0))
        beads[-1, 4 + TOP] = look.threads * (0.25 + 1.1 * arrived)
        return beads

    def _threads(self, size: tuple[int, int], unit: float, where: Floats, one: Floats) -> list[Threads]:
        """Those from the feet to the beads, and those from the rows to the top."""
        look = self.look
        if look.threads <= 0:
            return []
        assert self._feet is not None
        foot = np.stack([size[0] / 2 + self._feet[:, 0] * unit, size[1] / 2 - self._feet[:, 1] * unit], axis=-1)
        top = np.array([size[0] / 2 + self._top[0] * unit, size[1] / 2 - self._top[1] * unit])
        # What is nearer is brighter; and the picture is as bright at any size.
        near = look.threads * _THREAD * (0.35 + 0.65 * one / max(one.max(), 1e-9)) * (size[1] / 1080) * (one > 0)
        below = self._bundle(
            np.broadcast_to(foot, where.shape),
            where,
            (0.30, 0.62),
            near * look.below,
            self._cold,
            self._warm,
            (0.0, 0.5),
            every=2,
        )
        middle, lone = where.mean(axis=1, keepdims=True), near.mean(axis=1, keepdims=True) * 2.2
        bright = self._cold.max(axis=1, keepdims=True), np.ones((len(where), 1)) * float(self._warm.max() > 0)
        above = self._bundle(middle, np.broadcast_to(top, middle.shape), (0.55, 0.18), lone, *bright, (0.5, 1.0))
        return [below, above]

    def _bundle(
        self,
        start: Floats,
        end: Floats,
        bend: tuple[float, float],
        near: Floats,
        cold: Floats,
        warm: Floats,
        way: tuple[float, float],
        every: int = 1,
    ) -> Threads:
        """Threads from ``start`` to ``end``, both ``(n, k, 2)``, that bend at a part of the way across and up."""
        look = self.look
        rows = np.flatnonzero(np.arange(len(start)) * 7919 % every == 0)  # as if by chance: no pattern is seen in it
        start, end, near, cold, warm = (each[rows] for each in (start, end, near, cold, warm))
        turn = start + (end - start) * np.array(bend)
        count = start.shape[0] * start.shape[1]
        strengths = np.zeros((*start.shape[:2], HUES))
        strengths[..., COLD], strengths[..., WARM] = near * (cold + _STILL), near * warm
        return Threads(
            np.concatenate([start, turn, end], axis=-1).reshape(count, 6).astype(np.float32),
            np.repeat(self._late[rows], start.shape[1]),
            strengths.reshape(count, HUES).astype(np.float32) * every**0.7,
            tables(*way, look.cold, look.warm, look.embers, 0.30),
        )
