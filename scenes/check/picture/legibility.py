"""Legible: words within the frame, apart, uncut, large enough, clear of what is behind them and of captions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from manim import Mobject, Text, VMobject, config
from numpy.typing import NDArray

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Frame, Moment
from scenes.narration.burned_captions import caption_zone
from scenes.stage.transitions import Curtain

#: The fraction of the frame's width and height at each edge that screens may cut off.
TITLE_SAFE = 0.05
#: The same, of a picture that is not part of a film.
WHOLE = 0.02
#: Left, bottom, right and top, in scene units.
Box = tuple[float, float, float, float]

#: Height of a capital letter in pixels of a frame 1080 high, below which words are too small.
CAPITAL = 20.0
#: Contrast of words with what is really behind them, as WCAG 2 reckons it for text.
CONTRAST = 4.5
#: Opacity from which on words are there to be read: those that come and go are not yet, or no more.
THERE = 0.95
#: Opacity up to which nobody sees that something is there.
_UNSEEN = 0.05
#: Height of a capital in scene units, per point of manim's font size.
_CAPITAL_A_POINT = 0.01011
#: How many of the lines on it a panel or a plot is called by.
_NAMED = 3
#: Pixels of width from which on the ink of words can be told: a lone 1 fills none of its pixels.
_JUDGED = 6
#: Moments in a row for which a fault of contrast must last: what moves past may be hard to read for an instant.
_LASTING = 3


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

    def see(self, moment: Moment) -> None:
        """Read one moment."""
        lines = list(_lines(moment))
        # A picture in a file has none, and no screen cuts it off.
        captioned = getattr(moment.scene, "has_captions", True)
        self.read += len(lines)
        for line in lines:
            self._keep(moment, line, "edge", _beyond(line, TITLE_SAFE if captioned else WHOLE))
            self._keep(moment, line, "size", _too_small(line))
            self._keep(moment, line, "captions", _under_captions(line.box) if captioned else "")
        for frame in _framed(moment) if captioned else ():
            self._keep(moment, frame, "captions", _under_captions(frame.box))
        there = [line for line in lines if line.opacity >= THERE]
        for index, line in enumerate(there):
            for other in there[index + 1 :]:
                if _touch(line, other):
                    self._keep(moment, line, "overlap", f"over {other.words!r}")
        if there:
            strokes = _strokes(moment.shown)
            for line in there:
                self._keep(moment, line, "cut", _cut(line, moment.shown, strokes))
        if there and not _going_dark(moment):
            self._contrast(moment, there)

    def _contrast(self, moment: Moment, lines: list[Line]) -> None:
        # In this order: where the eye moves, what is drawn second is sharper, and the frame is for others too.
        bare = moment.drawn([line.mobject for line in lines])
        full = moment.frame
        dim = {}
        for line in lines:
            ratio = _ratio(line, full, bare)
            if ratio is not None and ratio < CONTRAST:
                dim[id(line.mobject)] = lasting = self._dim.get(id(line.mobject), 0) + 1
                if lasting >= _LASTING:
                    self._keep(moment, line, "contrast", f"{ratio:.1f} : 1 (at least {CONTRAST} : 1)")
        self._dim = dim

    def _keep(self, moment: Moment, line: Line | Framed, rule: str, found: str) -> None:
        if found:
            self.keep(Fault(rule, line.words, found, moment.time), line.mobject)


@dataclass(frozen=True)
class Line:
    """A line of type as it stands: its words, how much of it is there, its box (left, bottom, right, top)."""

    mobject: Text
    words: str
    opacity: float
    box: Box
    order: int


@dataclass(frozen=True)
class Framed:
    """A shape of something that is laid over the picture and not type: what it belongs to, and its box as of a line."""

    mobject: VMobject
    words: str
    box: Box


def _lines(moment: Moment) -> Iterator[Line]:
    for order, mobject in enumerate(moment.shown):
        if isinstance(mobject, Text) and len(mobject):
            opacity = max(float(glyph.get_fill_opacity()) for glyph in mobject)
            if opacity > _UNSEEN and len(mobject.get_all_points()):
                low, high = mobject.get_corner([-1, -1, 0]), mobject.get_corner([1, 1, 0])
                yield Line(mobject, mobject.original_text, opacity, (low[0], low[1], high[0], high[1]), order)


def _framed(moment: Moment) -> Iterator[Framed]:
    """Panels, plots, dials and their like: all that is drawn, but type, the page, and what stands on the ground."""
    for top in moment.scene.mobjects:
        if not isinstance(top, Curtain):
            texts = [mobject.original_text for mobject in top.get_family() if isinstance(mobject, Text)]
            for mobject in _laid_over(top):
                low, high = mobject.points.min(axis=0), mobject.points.max(axis=0)
                yield Framed(
                    mobject, ", ".join(texts[:_NAMED]) or type(top).__name__, (low[0], low[1], high[0], high[1])
                )


def _laid_over(mobject: Mobject) -> Iterator[VMobject]:
    if isinstance(mobject, Text) or getattr(mobject, "on_ground", False) or hasattr(mobject, "ground_depth"):
        return
    if isinstance(mobject, VMobject) and len(mobject.points):
        stroke = float(mobject.get_stroke_opacity()) * (mobject.get_stroke_width() > 0)
        if max(float(mobject.get_fill_opacity()), stroke) > _UNSEEN:
            yield mobject
    for child in mobject.submobjects:
        yield from _laid_over(child)


def _under_captions(box: Box) -> str:
    left, bottom, right, top = (fraction * config.frame_height for fraction in caption_zone())
    if not _meet(box, (left, bottom, right, top)):
        return ""
    return f"{top - box[1]:.2f} units into where captions are drawn"


def _beyond(line: Line, edge: float) -> str:
    wide, high = config.frame_width * (0.5 - edge), config.frame_height * (0.5 - edge)
    left, bottom, right, top = line.box
    over = max(-wide - left, right - wide, -high - bottom, top - high)
    area = "title-safe area" if edge == TITLE_SAFE else "picture"
    return f"{over:.2f} units outside of the {area}" if over > 0 else ""


def _too_small(line: Line) -> str:
    capital = line.mobject.font_size * _CAPITAL_A_POINT / config.frame_height * 1080
    return f"capitals of {capital:.0f} pixels at 1080p (at least {CAPITAL:.0f})" if capital < CAPITAL else ""


def _touch(line: Line, other: Line) -> bool:
    """Whether glyphs of the two overlap: boxes may, where a descender hangs beside a short letter."""
    if not _meet(line.box, other.box):
        return False
    ours, theirs = _glyphs(line, other.box), _glyphs(other, line.box)
    return any(_meet(glyph, near) for glyph in ours for near in theirs)


def _glyphs(line: Line, near: Box) -> list[Box]:
    boxes = []
    for glyph in line.mobject:
        points = glyph.points
        if len(points):
            low, high = points.min(axis=0), points.max(axis=0)
            box = (low[0], low[1], high[0], high[1])
            if _meet(box, near):
                boxes.append(box)
    return boxes


def _meet(box: Box, other: Box) -> bool:
    hair = 0.01
    return (
        box[0] < other[2] - hair and other[0] < box[2] - hair and box[1] < other[3] - hair and other[1] < box[3] - hair
    )


@dataclass(frozen=True)
class Stroke:
    """A path that is drawn with a line: its place in the order of drawing, and the box of its anchors."""

    mobject: VMobject
    order: int
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def _strokes(shown: list[Mobject]) -> list[Stroke]:
    """All that could cut words."""
    strokes = []
    for order, mobject in enumerate(shown):
        if not isinstance(mobject, VMobject) or isinstance(mobject, Text) or not len(mobject.points):
            continue
        if mobject.get_stroke_width() > 0 and mobject.get_stroke_opacity() >= 0.5:
            ends = _ends(mobject)
            strokes.append(Stroke(mobject, order, ends.min(axis=0), ends.max(axis=0)))
    return strokes


def _cut(line: Line, shown: list[Mobject], strokes: list[Stroke]) -> str:
    """A curve, an arrow or an edge that runs through the words, with nothing between it and them."""
    left, bottom, right, top = line.box
    lift = (top - bottom) * 0.15
    bottom, top = bottom + lift, top - lift
    own = {id(glyph) for glyph in line.mobject.get_family()}
    for stroke in strokes:
        (west, south), (east, north) = stroke.low[:2], stroke.high[:2]
        if east <= left or west >= right or north <= bottom or south >= top or id(stroke.mobject) in own:
            continue
        way = _along(stroke.mobject)
        inside = (way[:, 0] > left) & (way[:, 0] < right) & (way[:, 1] > bottom) & (way[:, 1] < top)
        if not inside.any():
            continue
        if stroke.order < line.order and _covered(way[inside], shown[stroke.order + 1 : line.order]):
            continue
        if any(_within(glyph, way[inside]) for glyph in _glyphs(line, line.box)):
            return f"cut by a {type(stroke.mobject).__name__}"
    return ""


def _ends(mobject: VMobject) -> NDArray[np.float64]:
    """``(n + 1, 3)``, where the curves of a path begin, and where the last ends."""
    return np.concatenate([mobject.points[0::4], mobject.points[-1:]])


def _along(mobject: VMobject) -> NDArray[np.float64]:
    """Points along a path, a twentieth of a unit apart or closer."""
    ends = _ends(mobject)
    lengths = np.linalg.norm(np.diff(ends, axis=0), axis=1)
    counts = np.clip(np.ceil(lengths / 0.05), 1, 200).astype(int)
    index = np.repeat(np.arange(len(counts)), counts)
    fractions = (np.arange(len(index)) - (np.cumsum(counts) - counts)[index]) / counts[index]
    way: NDArray[np.float64] = ends[index] + (ends[index + 1] - ends[index]) * fractions[:, None]
    return way


def _within(glyph: Box, way: NDArray[np.float64]) -> bool:
    left, bottom, right, top = glyph
    return bool(((way[:, 0] > left) & (way[:, 0] < right) & (way[:, 1] > bottom) & (way[:, 1] < top)).any())


def _covered(way: NDArray[np.float64], between: list[Mobject]) -> bool:
    """Whether something filled, drawn after the path and before the words, hides all of it."""
    open_ = np.ones(len(way), bool)
    for mobject in between:
        if isinstance(mobject, VMobject) and len(mobject.points) and mobject.get_fill_opacity() >= 0.7:
            low, high = mobject.points.min(axis=0), mobject.points.max(axis=0)
            open_ &= ~((way > low - 1e-6) & (way < high + 1e-6))[:, :2].all(axis=1)
    return not open_.any()


def _going_dark(moment: Moment) -> bool:
    """Whether the whole frame comes up out of the dark, or goes down into it."""
    return any(
        isinstance(mobject, Curtain) and mobject.hides_all and mobject.get_fill_opacity() > 0.02
        for mobject in moment.shown
    )


def _ratio(line: Line, full: Frame, bare: Frame) -> float | None:
    """Contrast of the words, as drawn, with the worst twentieth of what is behind them; None out of the frame."""
    height, width = full.shape[:2]
    scale = height / config.frame_height
    left, bottom, right, top = line.box
    columns = slice(max(int(width / 2 + left * scale), 0), max(int(width / 2 + right * scale) + 1, 0))
    rows = slice(max(int(height / 2 - top * scale), 0), max(int(height / 2 - bottom * scale) + 1, 0))
    ours, behind = full[rows, columns].reshape(-1, 3), bare[rows, columns].reshape(-1, 3)
    if ours.shape[0] == 0 or columns.stop - columns.start < _JUDGED:
        return None
    # Where the glyphs are: the pixels that they change most are the ones that they fill.
    change = np.abs(ours.astype(int) - behind).sum(axis=1)
    filled = change >= max(np.quantile(change, 0.9), 1)
    if not filled.any():
        return 1.0
    ink = np.median(_luminance(ours[filled]))
    grounds = _luminance(behind)
    ratios = (np.maximum(ink, grounds) + 0.05) / (np.minimum(ink, grounds) + 0.05)
    return float(np.quantile(ratios, 0.05))


def _luminance(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Relative luminance after WCAG 2."""
    value = pixels / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))
