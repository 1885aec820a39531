"""How loud a sound is, and how to make it as loud as it should be, by libav's own filters.

Samples are float32, in -1..1, one column a channel; a flat array is one channel.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import av
import numpy as np
from av.filter import Graph
from numpy.typing import NDArray

Samples = NDArray[np.float32]

#: What the web plays at (LUFS), and how high a peak between the samples may rise (dB).
TARGET, CEILING = -16.0, -1.5
# Where the limiter begins, in dB: between two samples a peak may be higher, and AAC adds to it too.
_LIMIT = -3.0
_SPARE = 0.5  # dB, kept under the ceiling for AAC
_CLOSE_ENOUGH = 0.2  # LU
_ROUNDS = 5
# Below this, in LUFS, ebur128 hears nothing.
_NOTHING = -69.9
_LAYOUTS = {1: "mono", 2: "stereo"}


@dataclass(frozen=True)
class Loudness:
    """Integrated loudness after ITU-R BS.1770 in LUFS, and true peak in dB; both ``-inf`` for silence."""

    lufs: float
    true_peak_db: float


def measure(samples: Samples, rate: int, *, dual: bool = False, peak: bool = True) -> Loudness:
    """How loud ``samples`` are, at ``rate`` samples a second.

    With ``dual``, one channel is measured as it is heard from two loudspeakers: 3 LU louder. Without ``peak``,
    the true peak is not looked for, which takes longer than all the rest, and is not a number.

    A tone of a kilohertz in both channels measures as it peaks:

    >>> tone = 0.1 * np.sin(2 * np.pi * 1000 * np.arange(48000) / 48000)
    >>> round(measure(np.stack([tone, tone], axis=1).astype(np.float32), 48000).lufs, 1)
    -20.0
    """
    short = rate // 2 - len(samples)
    if short > 0:  # too short for the meter, which looks at 0.4 s at once
        samples = np.concatenate([samples, np.zeros((short, *samples.shape[1:]), np.float32)])
    last: dict[str, str] = {}
    options = f"metadata=1:peak={'true' if peak else 'none'}:dualmono={int(dual)}"
    for frame in _through(samples, rate, [("ebur128", options)]):
        last = dict(frame.metadata) or last
    lufs, highest = float(last["lavfi.r128.I"]), float(last["lavfi.r128.true_peak"]) if peak else math.nan
    return Loudness(lufs if lufs > _NOTHING else -math.inf, -math.inf if highest == 0 else 20 * math.log10(highest))


def compressed(samples: Samples, rate: int) -> Samples:
    """Speech with its loud words a little nearer to its soft ones. Expects about -20 dB RMS."""
    return filtered(samples, rate, ("acompressor", "threshold=-24dB:ratio=2.5:attack=8:release=150:knee=6:makeup=1"))


def mastered(samples: Samples, rate: int) -> Samples:
    """``samples`` at ``TARGET`` LUFS, ± 0.5, with no true peak above ``CEILING``. Silence stays silent.

    One channel is levelled as it will be heard, from two loudspeakers.
    """
    dual = samples.ndim == 1
    gain, limit = TARGET - measure(samples, rate, dual=dual, peak=False).lufs, _LIMIT
    if not math.isfinite(gain):
        return np.zeros_like(samples)
    for _ in range(_ROUNDS):
        louder = samples * np.float32(_ratio(gain))
        done = filtered(louder, rate, ("alimiter", f"limit={_ratio(limit):.6f}:level=0:attack=5:latency=1"))
        found = measure(done, rate, dual=dual)
        if abs(found.lufs - TARGET) <= _CLOSE_ENOUGH and found.true_peak_db <= CEILING - _SPARE:
            break
        gain += TARGET - found.lufs  # what the limiter took away is given back
        limit -= max(0.0, found.true_peak_db - (CEILING - _SPARE))
    # A film of nothing but clicks can't be made so loud; its peaks are kept down all the same.
    return done * np.float32(_ratio(min(0.0, CEILING - found.true_peak_db)))


def limited(samples: Samples, rate: int) -> Samples:
    """``samples`` as they are, but where a true peak comes near ``CEILING``: there they are held down."""
    done, limit = samples, _LIMIT
    for _ in range(_ROUNDS):
        over = measure(done, rate).true_peak_db - (CEILING - _SPARE)
        if over <= 0:
            break
        done = filtered(samples, rate, ("alimiter", f"limit={_ratio(limit):.6f}:level=0:attack=5:latency=1"))
        limit -= max(over, 0.1)
    return done


def filtered(samples: Samples, rate: int, *filters: tuple[str, str]) -> Samples:
    """``samples`` sent through libav's filters, each a name and its options; as many samples come back."""
    done = np.zeros_like(samples)
    wide, at = done.reshape(len(done), -1), 0
    for frame in _through(samples, rate, filters):
        piece = columns(frame)[: len(wide) - at]
        wide[at : at + len(piece)] = piece
        at += len(piece)
    return done


def frames(samples: Samples, rate: int, size: int) -> Iterator[av.AudioFrame]:
    """``samples`` as libav's frames of ``size`` samples; the last may be shorter."""
    wide = samples.reshape(len(samples), -1)
    for start in range(0, len(wide), size):
        planes = np.ascontiguousarray(wide[start : start + size].T)
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout=_LAYOUTS[len(planes)])
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        yield frame


def columns(frame: av.AudioFrame) -> Samples:
    """A frame of floats as samples, one column a channel."""
    return np.asarray(frame.to_ndarray(), np.float32).T


def _through(samples: Samples, rate: int, filters: Sequence[tuple[str, str]]) -> Iterator[av.AudioFrame]:
    graph = Graph()
    layout = _LAYOUTS[samples.reshape(len(samples), -1).shape[1]]
    source = graph.add_abuffer(sample_rate=rate, format="fltp", layout=layout, time_base=Fraction(1, rate))
    form = ("aformat", f"sample_fmts=fltp:sample_rates={rate}:channel_layouts={layout}")
    nodes = [graph.add(name, options) for name, options in [*filters, form]]
    graph.link_nodes(source, *nodes, graph.add("abuffersink")).configure()
    for frame in [*frames(samples, rate, rate), None]:
        graph.push(frame)
        while True:
            try:
                found = graph.pull()
            except (av.BlockingIOError, av.EOFError):
                break
            assert isinstance(found, av.AudioFrame)
            yield found


def _ratio(decibels: float) -> float:
    return float(10 ** (decibels / 20))
