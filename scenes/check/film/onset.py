"""When a picture begins, measured in the frames of a film.

Nothing that comes in, comes at once: an ease changes next to nothing in its first tenth of a second, and an encoder
leaves out what is less than a level or two. So the first frame that differs is late, by how much hangs on how bright
the thing is, and no two things that begin together are seen to. What is measured is therefore where the change *grows
from*. What fades or is drawn changes its pixels as its ease gives: the ease, its time and its beginning that fit the
curve of the change best are taken. What moves far has changed all of its pixels when it has hardly gone; but whatever
is animated, the picture first changes as a power of time: of time itself if it is even, of its square or its cube if it
is eased. There the power and the beginning are taken that fit the first of the change. In no case is it a beginning
after the first frame that shows it, nor long before it. On films whose every beginning is known (fades, strokes and
moves, of 0.5 to 2 s) that is right to 50 ms, mostly to 20. When something is plain to see is told beside that, as
`Beginning.seen`, and is not held to a bound: of an ease of 0.7 s it is some 150 ms later.

What moves already is no beginning: a camera that drifts, fog, a hiker who walks. A picture begins where the *rate* of
change climbs, from the least that it was, by more than it wavers; and from what is changed since then, that is taken
which was changed in as long a time before. Only those pixels are looked at that change much, and around the word or
after it, if there are any. Of several beginnings in the box of a mark, the one next to the word counts; but of those
only that change a fair part of what the strongest does, so that a flicker at the word excuses no picture that is late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from manim import linear, smooth
from numpy.typing import NDArray

from scenes.check.film.frames import Stretch
from scenes.theme import eased

#: Seconds before and after a word in which its picture is looked for.
BEFORE, AFTER = 1.2, 1.2
#: Levels by which a pixel must become another, and how many must, for anybody to see it.
LEVELS, PIXELS = 10, 12
#: Levels by which such pixels must change, on an average, for a beginning to be one: encoders stay below.
SEEN = 2.5
#: Seconds before a word from which on its own picture changes, and how much of all that changes must do so then.
_ABOUT, _LITTLE = 0.1, 0.1
#: A beginning changes at least this fraction of what the strongest one changes.
_FAIR = 0.3
#: Seconds after a beginning in which it is seen how strong it is.
_SOON = 0.4
#: And in which it tells when it began.
_TOLD = 0.6
#: The rate of change climbs at a beginning by this fraction of the greatest that there is, and by so many levels a
#: second.
_CLIMBS, _CREEPS = 0.03, 4.0
#: Levels, and the fraction of what is changed soon after, that an encoder may keep back; and the first of a change, as
#: such a fraction: what lies between tells when it began.
KEPT_BACK, _KEPT_OF, _FIRST = 1.0, 0.02, 0.4
#: Seconds that a beginning may lie before the first frame that shows it.
_UNSEEN = 0.25
#: The fraction of the pixels that change which must have done so for it to be plain to see.
_PLAIN = 0.05
#: Seconds over which a rate is taken: an encoder gives single frames more than others.
_EVEN = 0.05
#: The powers of time by which a change may grow.
_POWERS = (1.0, 1.5, 2.0, 2.5, 3.0)
#: The eases by which things come in, and how long that may take, in seconds; and how far off, as a fraction of what is
#: changed soon after, the change may be from one of them.
_EASES = tuple(np.array([ease(time / 200) for time in range(201)]) for ease in (eased, smooth, linear))
_TIMES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1.0, 1.2, 1.4, 1.7, 2.0, 2.5, 3.0)
_FITS = 0.015


@dataclass(frozen=True)
class Beginning:
    """Something begins to change.

    Attributes
    ----------
    time, seen
        When, and when it is plain to see: some of its pixels are others by `LEVELS`. In seconds of the film.
    change
        By how many levels soon after, on an average over the pixels that change.
    """

    time: float
    seen: float
    change: float


def onset(film: Stretch, word: float) -> Beginning | None:
    """The beginning in a stretch of film that belongs to a word, at so many seconds; None if nothing begins."""
    since = max(film.frame(word - _ABOUT), 0)
    whole, after = _changes(film.frames), _changes(film.frames[since:])
    # What has come and is at rest by the word is another's, unless there is nothing else.
    own = _total(after) >= _LITTLE * _total(whole)
    first, second = (after, whole) if own else (whole, after)
    found = list(beginnings(film, first, since)) or list(beginnings(film, second, since))
    strongest = max((each.change for each in found), default=0.0)
    fair = [each for each in found if each.change >= _FAIR * strongest]
    return min(fair, key=lambda each: abs(each.time - word), default=None)


def _changes(frames: NDArray[np.int16]) -> NDArray[np.int16]:
    """``(d,)``, by how many levels each pixel changes in some frames."""
    if not len(frames):
        return np.zeros(frames.shape[1:], np.int16)
    return np.asarray(frames.max(axis=0) - frames.min(axis=0))


def _total(changes: NDArray[np.int16]) -> float:
    return float(changes[changes >= LEVELS].sum())


def beginnings(film: Stretch, changes: NDArray[np.int16], since: int = 0) -> Iterator[Beginning]:
    """All that begins in a stretch of film, in order, in those pixels whose ``changes``, ``(d,)`` levels, are great.

    What begins is held against the rates of change from the frame ``since`` on: a flight before it is no measure.
    """
    visible = changes[changes >= LEVELS]
    if len(visible) < PIXELS:
        return
    frames = film.frames[:, changes >= max(LEVELS, 0.5 * float(np.quantile(visible, 0.95)))]
    soon, wide = max(round(_SOON * film.rate), 2), max(round(_EVEN * film.rate), 1)
    rate = _rate_of_change(frames, film.rate, wide)
    for low in _lows(rate, wide, float(rate[since:].max(initial=0.0))):
        if low < soon and film.first > 0:
            continue  # it can't be told from what was before
        change = _since(frames, low, soon)
        strength = float(change.max(initial=0.0))
        if strength >= SEEN:
            others = (np.abs(frames[low : low + soon + 1] - frames[low]) >= LEVELS).sum(axis=1)
            seen = int(np.argmax(others >= min(max(PIXELS, _PLAIN * frames.shape[1]), others.max())))
            whole = _since(film.frames[:, changes >= LEVELS], low, round(_TOLD * film.rate))
            yield Beginning(film.time(low + _start(whole, change, film.rate)), film.time(low + seen), strength)


def _rate_of_change(frames: NDArray[np.int16], rate: float, wide: int) -> NDArray[np.float64]:
    """``(n-1,)``, levels a second by which the picture changes from each frame to the next."""
    steps = np.abs(np.diff(frames, axis=0)).mean(axis=1) * rate
    padded = np.pad(steps, (wide // 2, wide - 1 - wide // 2), mode="edge")
    return np.convolve(padded, np.full(wide, 1 / wide), mode="valid")


def _lows(rate: NDArray[np.float64], wide: int, most: float) -> Iterator[int]:
    """The frames from which the rate of change climbs: the last of those at which it is about as low as it was.

    >>> list(_lows(np.array([0, 0, 0, 9.0, 30, 9, 5, 5, 40, 0]), 1, 40))
    [2, 7]
    """
    # How much it wavers where nothing begins: for a quarter of the time nothing does.
    wavers = 4 * float(np.quantile(np.abs(rate[wide:] - rate[:-wide]), 0.25))
    climb = max(_CREEPS, _CLIMBS * most, 3 * wavers)
    low, least, high = 0, float(rate[0]), -np.inf
    for index, value in enumerate(rate):
        if high > -np.inf:  # it has climbed
            high = max(high, value)
            if value <= high - max(climb, 0.6 * (high - least)):  # and is over: encoders waver more than that
                low, least, high = index, value, -np.inf
        elif value >= least + climb:
            yield low
            high = value
        else:
            least = min(least, value)
            if value <= least + max(climb / 3, wavers):
                low = index


def _since(frames: NDArray[np.int16], low: int, soon: int) -> NDArray[np.float64]:
    """``(m,)``, how far the frames from ``low`` on are from that, less what was changed in as long a time before it."""
    after = np.abs(frames[low : low + soon + 1] - frames[low]).mean(axis=1)
    before = np.abs(frames[np.maximum(low - np.arange(len(after)), 0)] - frames[low]).mean(axis=1)
    return np.asarray(np.maximum(after - before, 0.0))


def _start(whole: NDArray[np.float64], change: NDArray[np.float64], rate: float) -> float:
    """The frame, and the fraction of one, that a change grows from.

    Parameters
    ----------
    whole
        Levels by which all pixels that change are others, from frame to frame: of what fades or is drawn it is as the
        ease is, wherever it drifts meanwhile.
    change
        The same of those that change most, which tells more of what moves.

    Examples
    --------
    >>> times = np.arange(36) / 60
    >>> faded = 60 * np.array([eased(float(time)) for time in np.clip((times - 0.05) / 0.7, 0, 1)])
    >>> round(_start(np.where(faded > 1, faded, 0), faded[:24], 60) / 60, 2)
    0.05
    """
    curve = _Curve.of(whole)
    shapes = [partial(_eased, ease, time * rate) for ease in _EASES for time in _TIMES]
    start, wrong = curve.fit(len(whole), shapes, rate)
    if wrong <= _FITS * float(whole.max()):
        return start
    # What moves far has changed all of its pixels at once: only the first of it tells.
    curve, most = _Curve.of(change), float(change.max())
    first = int(np.argmax(curve.change > _FIRST * most))
    until = max(first, min(curve.shown + 5, int(np.argmax(curve.change > 2 * _FIRST * most))))
    if until - curve.shown < 2:  # it is there at once
        return float(curve.shown)
    return curve.fit(until, [partial(_power, power) for power in _POWERS], rate)[0]


@dataclass(frozen=True, eq=False)
class _Curve:
    """A change in levels, from the frame at which it is ``shown`` on; before that, up to ``back`` may be kept back."""

    change: NDArray[np.float64]
    shown: int
    back: float

    @classmethod
    def of(cls, change: NDArray[np.float64]) -> _Curve:
        """The curve of a change, without a refreshment that may come before it."""
        back = max(KEPT_BACK, _KEPT_OF * float(change.max()))
        steps = np.diff(change, prepend=0.0)
        some = int(np.argmax(change >= back / 3))
        if steps[some] < SEEN and steps[some + 1 : some + 3].max(initial=0.0) < steps[some] / 3:
            # Nothing goes on from there: an encoder, or a finer drawing of what is at rest, has refreshed the picture.
            change = np.maximum(change - change[some], 0.0)
        return cls(change, int(np.argmax(change >= back)), back)

    def fit(
        self, until: int, shapes: Sequence[Callable[[NDArray[np.float64]], NDArray[np.float64]]], rate: float
    ) -> tuple[float, float]:
        """The start from which one of ``shapes``, as high as may be, fits best up to a frame; and how far off it is."""
        best, least = float(self.shown), np.inf
        told = self.change[self.shown : until]
        starts = np.arange(self.shown - _UNSEEN * rate, self.shown - 0.5, 0.1)
        since = np.clip(np.arange(until) - starts[:, None], 0, None)
        for shape in shapes:
            model = shape(since)
            seen = model[:, self.shown :]
            model *= ((seen @ told) / np.maximum(np.square(seen).sum(axis=1), 1e-12))[:, None]
            wrong = np.concatenate(
                [model[:, self.shown :] - told, np.maximum(model[:, : self.shown] - self.back, 0)], axis=1
            )
            errors = np.sqrt(np.square(wrong).mean(axis=1))
            number = int(np.argmin(errors))
            if errors[number] < least:
                best, least = float(starts[number]), float(errors[number])
        return best, least


def _eased(ease: NDArray[np.float64], time: float, since: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.interp(since / time, np.linspace(0, 1, len(ease)), ease))


def _power(power: float, since: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(since**power)
