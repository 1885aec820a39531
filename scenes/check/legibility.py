"""Legible: words within the frame, apart, uncut, large enough, clear of what is behind them and of captions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from manim import Mobject, Text, VMobject, config
from numpy.typing import NDArray

from scenes.check.playback import Frame, Moment
from scenes.narration.burned_captions import caption_zone
from scenes.stage.transitions import Curtain

#: The share of the frame's width and height at each edge that screens may cut off.
TITLE_SAFE = 0.05
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
#: Looks in a row for which a fault of contrast must last: what moves past may be hard to read for an instant.
_LASTING = 3


@dataclass(frozen=True)
class Fault:
    """One thing that a viewer would trip over.

    Attributes
    ----------
    rule
        ``edge``, ``overlap``, ``cut``, ``size``, ``contrast`` or ``captions``.
    words
        The words it befalls, or the kind of thing, where it has none.
    found
        What was found, with its numbers.
    time
        Seconds into the scene, where it was found first.
    """

    rule: str
    words: str
    found: str
    time: float

    def __str__(self) -> str:
        return f"{self.time:6.1f} s  {self.rule:8s}  {self.words!r}: {self.found}"


def waive(words: Mobject, rule: str, reason: str) -> None:
    """Let a rule pass for all type and panels within ``words``, for a reason that the report then gives."""
    for part in words.get_family():
        part.waived = {**getattr(part, "waived", {}), rule: reason}


@dataclass
class Legibility:
    """Looks at a scene, one look after another, and keeps each fault once.

    Attributes
    ----------
    faults
        What was found, by rule and words.
    waived
        What would have been found, and the reason that `waive` was given.
    read
        Lines of type that were read, all looks together.
    """

    faults: dict[tuple[str, str], Fault] = field(default_factory=dict)
    waived: dict[tuple[str, str], str] = field(default_factory=dict)
    read: int = 0
    _dim: dict[int, int] = field(default_factory=dict)

    def see(self, look: Moment) -> None:
        """Look at one moment."""
        lines = list(_lines(look))
        self.read += len(lines)
        for line in lines:
            self._keep(look, line, "edge", _beyond(line))
            self._keep(look, line, "size", _too_small(line))
            self._keep(look, line, "captions", _under_captions(line.box))
        for frame in _framed(look):
            self._keep(look, frame, "captions", _under_captions(frame.box))
        there = [line for line in lines if line.opacity >= THERE]
        for index, line in enumerate(there):
            for other in there[index + 1 :]:
                if _touch(line, other):
                    self._keep(look, line, "overlap", f"over {other.words!r}")
        for line in there:
            self._keep(look, line, "cut", _cut(line, look))
        if there and not _going_dark(look):
            self._contrast(look, there)

    def _contrast(self, look: Moment, lines: list[Line]) -> None:
        full, bare = look.drawn(), look.drawn([line.mobject for line in lines])
        dim = {}
        for line in lines:
            ratio = _ratio(line, full, bare)
            if ratio is not None and ratio < CONTRAST:
                dim[id(line.mobject)] = lasting = self._dim.get(id(line.mobject), 0) + 1
                if lasting >= _LASTING:
                    self._keep(look, line, "contrast", f"{ratio:.1f} : 1 (at least {CONTRAST} : 1)")
        self._dim = dim

    def _keep(self, look: Moment, line: Line | Framed, rule: str, found: str) -> None:
        reason = getattr(line.mobject, "waived", {}).get(rule)
        if found and reason:
            self.waived[rule, line.words] = reason
        elif found:
            self.faults.setdefault((rule, line.words), Fault(rule, line.words, found, look.time))


@dataclass(frozen=True)
class Line:
    """A line of type as it stands: its words, how much of it is there, its box (left, bottom, right, top)."""

    mobject: Text
    words: str
    opacity: float
    box: tuple[float, float, float, float]
    order: int


@dataclass(frozen=True)
class Framed:
    """A part of something that is laid over the picture and not type: what it belongs to, and its box as of a line."""

    mobject: VMobject
    words: str
    box: tuple[float, float, float, float]


def _lines(look: Moment) -> Iterator[Line]:
    for order, part in enumerate(look.shown):
        if isinstance(part, Text) and len(part):
            opacity = max(float(glyph.get_fill_opacity()) for glyph in part)
            if opacity > _UNSEEN and len(part.get_all_points()):
                low, high = part.get_corner([-1, -1, 0]), part.get_corner([1, 1, 0])
                yield Line(part, part.original_text, opacity, (low[0], low[1], high[0], high[1]), order)


def _framed(look: Moment) -> Iterator[Framed]:
    """Panels, plots, dials and their like: all that is drawn, but type, the page, and what stands on the ground."""
    for top in look.scene.mobjects:
        if not isinstance(top, Curtain):
            texts = [part.original_text for part in top.get_family() if isinstance(part, Text)]
            for part in _laid_over(top):
                low, high = part.points.min(axis=0), part.points.max(axis=0)
                yield Framed(part, ", ".join(texts[:_NAMED]) or type(top).__name__, (low[0], low[1], high[0], high[1]))


def _laid_over(part: Mobject) -> Iterator[VMobject]:
    if isinstance(part, Text) or getattr(part, "on_ground", False) or hasattr(part, "ground_depth"):
        return
    if isinstance(part, VMobject) and len(part.points):
        stroke = float(part.get_stroke_opacity()) * (part.get_stroke_width() > 0)
        if max(float(part.get_fill_opacity()), stroke) > _UNSEEN:
            yield part
    for child in part.submobjects:
        yield from _laid_over(child)


def _under_captions(box: tuple[float, float, float, float]) -> str:
    left, bottom, right, top = (share * config.frame_height for share in caption_zone())
    if not _meet(box, (left, bottom, right, top)):
        return ""
    return f"{top - box[1]:.2f} units into where captions are drawn"


def _beyond(line: Line) -> str:
    wide, high = config.frame_width * (0.5 - TITLE_SAFE), config.frame_height * (0.5 - TITLE_SAFE)
    left, bottom, right, top = line.box
    over = max(-wide - left, right - wide, -high - bottom, top - high)
    return f"{over:.2f} units outside of the title-safe area" if over > 0 else ""


def _too_small(line: Line) -> str:
    capital = line.mobject.font_size * _CAPITAL_A_POINT / config.frame_height * 1080
    return f"capitals of {capital:.0f} pixels at 1080p (at least {CAPITAL:.0f})" if capital < CAPITAL else ""


def _touch(line: Line, other: Line) -> bool:
    """Whether glyphs of the two overlap: boxes may, where a descender hangs beside a short letter."""
    if not _meet(line.box, other.box):
        return False
    ours, theirs = _glyphs(line, other.box), _glyphs(other, line.box)
    return any(_meet(one, two) for one in ours for two in theirs)


def _glyphs(line: Line, near: tuple[float, float, float, float]) -> list[tuple[float, float, float, float]]:
    boxes = []
    for glyph in line.mobject:
        points = glyph.points
        if len(points):
            low, high = points.min(axis=0), points.max(axis=0)
            box = (low[0], low[1], high[0], high[1])
            if _meet(box, near):
                boxes.append(box)
    return boxes


def _meet(one: tuple[float, float, float, float], two: tuple[float, float, float, float]) -> bool:
    hair = 0.01
    return one[0] < two[2] - hair and two[0] < one[2] - hair and one[1] < two[3] - hair and two[1] < one[3] - hair


def _cut(line: Line, look: Moment) -> str:
    """A curve, an arrow or an edge that runs through the words, with nothing between it and them."""
    left, bottom, right, top = line.box
    lift = (top - bottom) * 0.15
    shown = look.shown
    own = {id(part) for part in line.mobject.get_family()}
    for order, part in enumerate(shown):
        if not isinstance(part, VMobject) or id(part) in own or not len(part.points):
            continue
        if isinstance(part, Text) or part.get_stroke_width() <= 0 or part.get_stroke_opacity() < 0.5:
            continue
        way = _along(part)
        inside = (way[:, 0] > left) & (way[:, 0] < right) & (way[:, 1] > bottom + lift) & (way[:, 1] < top - lift)
        if not inside.any() or (order < line.order and _covered(way[inside], shown[order + 1 : line.order])):
            continue
        if any(_within(glyph, way[inside]) for glyph in _glyphs(line, line.box)):
            return f"cut by a {type(part).__name__}"
    return ""


def _along(part: VMobject) -> NDArray[np.float64]:
    """Points along a path, a twentieth of a unit apart or closer."""
    ends = np.concatenate([part.points[0::4], part.points[-1:]])
    steps = np.linalg.norm(np.diff(ends, axis=0), axis=1)
    pieces = np.clip(np.ceil(steps / 0.05), 1, 200).astype(int)
    parts = np.concatenate([np.linspace(0, 1, count, endpoint=False) for count in pieces])
    index = np.repeat(np.arange(len(pieces)), pieces)
    way: NDArray[np.float64] = ends[index] + (ends[index + 1] - ends[index]) * parts[:, None]
    return way


def _within(glyph: tuple[float, float, float, float], way: NDArray[np.float64]) -> bool:
    left, bottom, right, top = glyph
    return bool(((way[:, 0] > left) & (way[:, 0] < right) & (way[:, 1] > bottom) & (way[:, 1] < top)).any())


def _covered(way: NDArray[np.float64], between: list[Mobject]) -> bool:
    """Whether something filled, drawn after the path and before the words, hides all of it."""
    open_ = np.ones(len(way), bool)
    for part in between:
        if isinstance(part, VMobject) and len(part.points) and part.get_fill_opacity() >= 0.7:
            low, high = part.points.min(axis=0), part.points.max(axis=0)
            open_ &= ~((way > low - 1e-6) & (way < high + 1e-6))[:, :2].all(axis=1)
    return not open_.any()


def _going_dark(look: Moment) -> bool:
    """Whether the whole frame comes up out of the dark, or goes down into it."""
    return any(isinstance(part, Curtain) and part.hides_all and part.get_fill_opacity() > 0.02 for part in look.shown)


def _ratio(line: Line, full: Frame, bare: Frame) -> float | None:
    """Contrast of the words, as drawn, with the worst twentieth of what is behind them; None out of the frame."""
    height, width = full.shape[:2]
    scale = height / config.frame_height
    left, bottom, right, top = line.box
    columns = slice(max(int(width / 2 + left * scale), 0), max(int(width / 2 + right * scale) + 1, 0))
    rows = slice(max(int(height / 2 - top * scale), 0), max(int(height / 2 - bottom * scale) + 1, 0))
    ours, behind = full[rows, columns].reshape(-1, 3), bare[rows, columns].reshape(-1, 3)
    if not len(ours):
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
