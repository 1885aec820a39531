"""Legible: words within the frame, apart, uncut, large enough, clear of what is behind them and of captions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from manim import Mobject, VMobject, config
from numpy.typing import NDArray

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.picture.lines import UNSEEN, Box, Line, is_type, lines_of
from scenes.check.playback import Frame, Moment
from scenes.check.shapes import Shapes
from scenes.narration.burned_captions import caption_zone
from scenes.stage.transitions import Curtain

#: The fraction of the frame's width and height at each edge that screens may cut off.
TITLE_SAFE = 0.05
#: The same, of a picture that is not part of a film.
WHOLE = 0.02

#: Height of a capital letter in pixels of a frame 1080 high, below which words are too small.
CAPITAL = 20.0
#: Contrast of words with what is really behind them, as WCAG 2 reckons it for text.
CONTRAST = 4.5
#: Opacity from which on words are there to be read: those that come and go are not yet, or no more.
THERE = 0.95
#: Height of a capital in scene units, per point of manim's font size.
_CAPITAL_A_POINT = 0.01011
#: How many of the lines on it a panel or a plot is called by.
_NAMED = 3
#: Pixels of width from which on the ink of words can be told: a lone 1 fills none of its pixels.
_JUDGED = 6
#: The share of the largest change from which on a pixel is one that a glyph fills.
_FILLED = 0.9
#: Moments in a row for which a fault of contrast must last: what moves past may be hard to read for an instant.
_LASTING = 3
#: Seconds for which a contrast holds while what is behind the words moves: it takes a frame to measure it anew.
_HOLDS = 0.4
#: Boxes that overlap by no more than this touch.
_HAIR = 0.01


@dataclass
class Legibility(Check):
    """Watches a scene, moment by moment, and keeps each fault once.

    Attributes
    ----------
    read
        Lines of type that were read, all moments together.
    """

    read: int = 0
    _dim: dict[int, int] = field(default_factory=dict)
    _lines: list[Line] = field(default_factory=list)
    _ratios: dict[int, _Ratio] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Read one moment."""
        # Nothing is another than it was: neither is what was found.
        if moment.before is None or not moment.shapes.same_shapes(moment.before.shapes):
            self._lines = list(lines_of(moment))
            self._read(moment, self._lines)
        self.read += len(self._lines)
        there = [line for line in self._lines if line.opacity >= THERE]
        if there and not _going_dark(moment):
            self._contrast(moment, there)

    def _read(self, moment: Moment, lines: Sequence[Line]) -> None:
        # A picture in a file has no captions, and no screen cuts it off.
        captioned = getattr(moment.scene, "has_captions", True)
        for line in lines:
            self._keep(moment, line, "edge", _beyond(line, TITLE_SAFE if captioned else WHOLE))
            self._keep(moment, line, "size", _too_small(line))
            self._keep(moment, line, "captions", _under_captions(line.box) if captioned else "")
        for frame in _framed(moment) if captioned else ():
            self._keep(moment, frame, "captions", _under_captions(frame.box))
        there = [line for line in lines if line.opacity >= THERE]
        if not there:
            return
        boxes = np.array([line.box for line in there])
        for index, other in zip(*np.nonzero(np.triu(_meet(boxes, boxes), 1)), strict=True):
            if _touch(there[index], there[other]):
                self._keep(moment, there[index], "overlap", f"over {there[other].words!r}")
        strokes = _Strokes(moment.shapes)
        for line in there:
            self._keep(moment, line, "cut", strokes.cut(line))

    def _contrast(self, moment: Moment, lines: list[Line]) -> None:
        full = moment.pixels
        ratios = {id(line.mobject): self._known(line, full, moment.time) for line in lines}
        if None in ratios.values():
            bare = moment.drawn([line.mobject for line in lines])
            for line in lines:
                if ratios[id(line.mobject)] is None:
                    region = _region(line.box, full).copy()
                    ratios[id(line.mobject)] = _Ratio(
                        moment.time, line.box, line.opacity, region, _ratio(line, full, bare)
                    )
        dim = {}
        for line in lines:
            known = ratios[id(line.mobject)]
            if known is not None and known.ratio is not None and known.ratio < CONTRAST:
                dim[id(line.mobject)] = lasting = self._dim.get(id(line.mobject), 0) + 1
                if lasting >= _LASTING:
                    self._keep(moment, line, "contrast", f"{known.ratio:.1f} : 1 (at least {CONTRAST} : 1)")
        self._dim = dim
        self._ratios = {key: known for key, known in ratios.items() if known is not None}

    def _known(self, line: Line, full: Frame, now: float) -> _Ratio | None:
        """The contrast of a line that is drawn as it was when that was measured, or was measured just before."""
        known = self._ratios.get(id(line.mobject))
        if known is None or known.box != line.box:
            return None
        just = now - known.time < _HOLDS and known.opacity == line.opacity
        return known if just or np.array_equal(known.pixels, _region(line.box, full)) else None

    def _keep(self, moment: Moment, line: Line | Framed, rule: str, found: str) -> None:
        if found:
            self.keep(Fault(rule, line.words, found, moment.time), line.mobject)


@dataclass(frozen=True, eq=False)
class _Ratio:
    """The contrast that a line has, and when that was measured, where it stood, how opaque, and how it was drawn."""

    time: float
    box: Box
    opacity: float
    pixels: Frame
    ratio: float | None


@dataclass(frozen=True)
class Framed:
    """A shape of something that is laid over the picture and not type: what it belongs to, and its box as of a line."""

    mobject: VMobject
    words: str
    box: Box


def _framed(moment: Moment) -> Iterator[Framed]:
    """Panels, plots, dials and their like: all that is drawn, but type, the page, and what stands on the ground.

    Only those that reach to where captions are drawn.
    """
    shapes, zone = moment.shapes, np.array([_caption_box()])
    boxes = np.concatenate([shapes.low[:, :2], shapes.high[:, :2]], axis=1)
    near = {id(shapes.mobjects[number]) for number in np.flatnonzero(_meet(boxes, zone)[:, 0])}
    for top in moment.scene.mobjects:
        if isinstance(top, Curtain) or not isinstance(top, VMobject):
            continue
        for mobject in _laid_over(top):
            if id(mobject) in near:
                number = shapes.place[id(mobject)]
                if shapes.fill[number] > UNSEEN or shapes.stroke[number] > UNSEEN:
                    texts = [str(text) for each in top.get_family() if (text := getattr(each, "original_text", None))]
                    left, bottom, right, high = boxes[number].tolist()
                    yield Framed(mobject, ", ".join(texts[:_NAMED]) or type(top).__name__, (left, bottom, right, high))


def _laid_over(mobject: Mobject) -> Iterator[VMobject]:
    if is_type(mobject) or getattr(mobject, "on_ground", False) or hasattr(mobject, "ground_depth"):
        return
    if isinstance(mobject, VMobject) and len(mobject.points):
        yield mobject
    for child in mobject.submobjects:
        yield from _laid_over(child)


def _caption_box() -> Box:
    left, bottom, right, top = (fraction * config.frame_height for fraction in caption_zone())
    return left, bottom, right, top


def _under_captions(box: Box) -> str:
    zone = _caption_box()
    if not _meet(np.array([box]), np.array([zone])).any():
        return ""
    return f"{zone[3] - box[1]:.2f} units into where captions are drawn"


def _beyond(line: Line, edge: float) -> str:
    wide, high = config.frame_width * (0.5 - edge), config.frame_height * (0.5 - edge)
    left, bottom, right, top = line.box
    over = max(-wide - left, right - wide, -high - bottom, top - high)
    area = "title-safe area" if edge == TITLE_SAFE else "picture"
    return f"{over:.2f} units outside of the {area}" if over > 0 else ""


def _too_small(line: Line) -> str:
    capital = line.size * _CAPITAL_A_POINT / config.frame_height * 1080
    return f"capitals of {capital:.0f} pixels at 1080p (at least {CAPITAL:.0f})" if capital < CAPITAL else ""


def _touch(line: Line, other: Line) -> bool:
    """Whether glyphs of the two overlap: boxes may, where a descender hangs beside a short letter."""
    return bool(_meet(line.glyphs, other.glyphs).any())


def _meet(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """``(n, m)``, whether boxes, ``(n, 4)``, overlap others, ``(m, 4)``."""
    left, bottom, right, top = (boxes[:, edge, None] for edge in range(4))
    west, south, east, north = (others[None, :, edge] for edge in range(4))
    return np.asarray((left < east - _HAIR) & (west < right - _HAIR) & (bottom < north - _HAIR) & (south < top - _HAIR))


class _Strokes:
    """All that is drawn with a line and could cut words."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self._numbers = np.flatnonzero(shapes.stroke >= 0.5)
        self._low, self._high = shapes.low[self._numbers, :2], shapes.high[self._numbers, :2]
        self._ways: dict[int, NDArray[np.float64]] = {}

    def cut(self, line: Line) -> str:
        """A curve, an arrow or an edge that runs through the words, with nothing between it and them."""
        left, bottom, right, top = line.box
        lift = (top - bottom) * 0.15
        bottom, top = bottom + lift, top - lift
        near = ((self._low < [right, top]) & (self._high > [left, bottom])).all(axis=1)
        for number in self._numbers[near].tolist():
            if line.first <= number < line.last:
                continue
            way = self._way(number)
            inside = way[(way[:, 0] > left) & (way[:, 0] < right) & (way[:, 1] > bottom) & (way[:, 1] < top)]
            if len(inside) and not self._covered(inside, number, line.first):
                west, south, east, north = (line.glyphs[:, edge, None] for edge in range(4))
                x, y = inside[None, :, 0], inside[None, :, 1]
                if ((x > west) & (x < east) & (y > south) & (y < north)).any():
                    return f"cut by a {type(self._shapes.mobjects[number]).__name__}"
        return ""

    def _way(self, number: int) -> NDArray[np.float64]:
        if number not in self._ways:
            self._ways[number] = _along(self._shapes.mobjects[number])
        return self._ways[number]

    def _covered(self, way: NDArray[np.float64], after: int, before: int) -> bool:
        """Whether something filled, drawn after the path and before the words, hides all of it."""
        shapes, open_ = self._shapes, np.ones(len(way), bool)
        for number in after + 1 + np.flatnonzero(shapes.fill[after + 1 : before] >= 0.7):
            if isinstance(shapes.mobjects[number], VMobject):
                low, high = shapes.low[number, :2], shapes.high[number, :2]
                open_ &= ~((way[:, :2] > low - 1e-6) & (way[:, :2] < high + 1e-6)).all(axis=1)
        return not open_.any()


def _ends(mobject: Mobject) -> NDArray[np.float64]:
    """``(n + 1, 3)``, where the curves of a path begin, and where the last ends."""
    return np.concatenate([mobject.points[0::4], mobject.points[-1:]])


def _along(mobject: Mobject) -> NDArray[np.float64]:
    """Points along a path, a twentieth of a unit apart or closer."""
    ends = _ends(mobject)
    lengths = np.linalg.norm(np.diff(ends, axis=0), axis=1)
    counts = np.clip(np.ceil(lengths / 0.05), 1, 200).astype(int)
    index = np.repeat(np.arange(len(counts)), counts)
    fractions = (np.arange(len(index)) - (np.cumsum(counts) - counts)[index]) / counts[index]
    way: NDArray[np.float64] = ends[index] + (ends[index + 1] - ends[index]) * fractions[:, None]
    return way


def _going_dark(moment: Moment) -> bool:
    """Whether the whole frame comes up out of the dark, or goes down into it."""
    return any(curtain.hides_all and curtain.get_fill_opacity() > 0.02 for curtain in moment.of(Curtain))


def _region(box: Box, frame: Frame) -> Frame:
    """``(h, w, 4)``, the pixels of a box."""
    height, width = frame.shape[:2]
    scale = height / config.frame_height
    left, bottom, right, top = box
    columns = slice(max(int(width / 2 + left * scale), 0), max(int(width / 2 + right * scale) + 1, 0))
    rows = slice(max(int(height / 2 - top * scale), 0), max(int(height / 2 - bottom * scale) + 1, 0))
    return frame[rows, columns]


def _ratio(line: Line, full: Frame, bare: Frame) -> float | None:
    """Contrast of the words, as drawn, with the worst twentieth of what is behind them; None out of the frame."""
    ours, behind = (_region(line.box, frame)[..., :3].reshape(-1, 3) for frame in (full, bare))
    if not len(ours) or _region(line.box, full).shape[1] < _JUDGED:
        return None
    # Where the glyphs are: the pixels that they change most are the ones that they fill, few of them in thin ones.
    change = np.abs(ours.astype(int) - behind).sum(axis=1)
    filled = change >= max(_FILLED * change.max(), 1)
    if not filled.any():
        return 1.0
    ink = np.median(_luminance(ours[filled]))
    grounds = _luminance(behind)
    ratios = (np.maximum(ink, grounds) + 0.05) / (np.minimum(ink, grounds) + 0.05)
    return float(np.quantile(ratios, 0.05))


def _luminance(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """``(n,)``, relative luminance after WCAG 2."""
    return np.asarray(_linear()[pixels] @ np.array([0.2126, 0.7152, 0.0722]))


@lru_cache(maxsize=1)
def _linear() -> NDArray[np.float64]:
    """``(256,)``, the light that each level of a colour stands for."""
    value = np.arange(256) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
