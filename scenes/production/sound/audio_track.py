"""The sound as a track of a film: AAC, beside a picture that is copied.

A take has its sound in a file of its own, and a film takes the packets of those files as they are: only music, which
lies under all of it, is a reason to encode the whole.
"""

from __future__ import annotations

import heapq
import math
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from threading import Event
from typing import Any

import av
import numpy as np
from av.container import OutputContainer
from av.packet import Packet

from scenes.production.sound.loudness import Samples, frames
from scenes.production.sound.mix import RATE

#: Bits a second.
BIT_RATE = 160_000
_FRAME = 1024  # samples; what AAC encodes at once
#: Twice as fast as the other coder, and transparent at this rate; both channels of speech are the same anyway.
_CODER = {"aac_coder": "fast", "aac_ms": "0"}
#: An encoder of a stretch hears so many frames before and behind it; it remembers and foresees no more.
_AROUND = 3
#: Nothing shorter than this, in seconds, is shared among several encoders.
_PIECE = 20


def add_audio(out: OutputContainer, samples: Samples, rate: int = RATE) -> Iterator[Packet[Any]]:
    """Add a track of ``samples`` to a film being written; returns its packets, to be muxed.

    Call it before the first packet is muxed, for tracks cannot be added later. The sound begins with
    the picture: what the encoder puts before it is marked, and players skip it.

    Mux the packets of picture and sound together, in the order of `by_time`, so that they lie side by
    side in the file and a player need not jump::

        sound = add_audio(out, samples)
        for packet in by_time(picture, sound):
            out.mux(packet)
    """
    stream = _stream(out, rate, _layout(samples))

    def packets() -> Iterator[Packet[Any]]:
        for packet in _encoded(samples, rate):
            packet.stream = stream
            yield packet

    return packets()


def write_sound(
    path: Path,
    samples: Samples,
    rate: int = RATE,
    *,
    before: Samples | None = None,
    after: Samples | None = None,
) -> Path:
    """Write ``(n, 2)`` ``samples`` as a file that `add_sounds` can put into a film. Returns ``path``.

    With ``before`` and ``after``, some thousands of samples each, the sound goes on at its ends: a frame of AAC holds
    the fading end of one stretch and the swelling beginning of the next, so between two such files there is no gap.
    """
    around = [part for part in (before, samples, after) if part is not None]
    lead = 0 if before is None else len(before)
    with av.open(str(path), "w", format="mp4") as out:
        stream = _stream(out, rate, _layout(samples))
        for packet in _encoded(np.concatenate(around), rate):
            packet.pts = packet.dts = (packet.pts or 0) - lead
            if -_FRAME <= packet.pts < len(samples):
                packet.stream = stream
                out.mux(packet)
    return path


def add_sounds(
    out: OutputContainer, sounds: Sequence[Path], starts: Sequence[Fraction], end: Fraction, rate: int = RATE
) -> Iterator[Packet[Any]]:
    """Add a track made of files that `write_sound` wrote, one after another; as `add_audio`, without encoding.

    Parameters
    ----------
    sounds, starts
        The files, and the second of the film at which each begins: at the nearest frame of the track, which is never
        more than 11 ms away, wherever in the film. Each should begin and end in silence, or go on at its ends.
    end
        Seconds of the whole.
    """
    stream = _stream(out, rate, "stereo")
    firsts = [round(start * rate / _FRAME) for start in starts]
    tick, last = Fraction(1, rate), math.ceil(end * rate)

    def packets() -> Iterator[Packet[Any]]:
        # A file's first packet is heard by its last half only, as what comes before is silence, or goes on from the
        # file before: it is the last of that one as well. So one less is taken of each but the last.
        at = -_FRAME
        for path, first, following in zip(sounds, firsts, [*firsts[1:], None], strict=True):
            for content in _contents(path)[: None if following is None else following - first]:
                packet = Packet(content)
                packet.stream, packet.time_base = stream, tick
                packet.pts = packet.dts = at
                packet.duration = min(_FRAME, last - at)
                if packet.duration > 0:
                    yield packet
                at += _FRAME

    return packets()


def _contents(path: Path) -> list[bytes]:
    with av.open(str(path)) as file:
        return [bytes(packet) for packet in file.demux(file.streams.audio[0]) if packet.size]


def _stream(out: OutputContainer, rate: int, layout: str) -> Any:
    return out.add_stream("aac", rate=rate, layout=layout, bit_rate=BIT_RATE, options=_CODER)


def by_time(*tracks: Iterable[Packet[Any]]) -> Iterator[Packet[Any]]:
    """The packets of all tracks in the order in which they are decoded. Every one needs its time."""
    return heapq.merge(*tracks, key=_seconds)


def _encoded(samples: Samples, rate: int) -> list[Packet[Any]]:
    """All packets, made by as many encoders as there are cores: each has a stretch between two pauses."""
    cores = min(os.cpu_count() or 1, max(1, len(samples) // (_PIECE * rate)))
    seams = [0, *(_quietest(samples, rate, len(samples) * k // cores) for k in range(1, cores)), len(samples)]
    over = Event()
    with ThreadPoolExecutor(cores) as pool:
        try:
            stretches = pool.map(lambda start, end: _stretch(samples, rate, start, end, over), seams, seams[1:])
            return [packet for stretch in stretches for packet in stretch]
        finally:
            over.set()  # after Ctrl-C nobody waits for what the encoders still had to do


def _stretch(samples: Samples, rate: int, start: int, end: int, over: Event) -> list[Packet[Any]]:
    """The packets that hold the samples from ``start`` (a frame's first) to ``end``; fewer, once it is ``over``."""
    encoder: Any = av.CodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = rate, _layout(samples), "fltp"
    encoder.bit_rate, encoder.options, encoder.time_base = BIT_RATE, _CODER, Fraction(1, rate)
    last = end == len(samples)
    heard = max(0, start - _AROUND * _FRAME), end + (0 if last else _AROUND * _FRAME)
    made = []
    for frame in frames(samples[slice(*heard)], rate, _FRAME):
        if over.is_set():
            return []
        frame.pts = (frame.pts or 0) + heard[0]
        made += encoder.encode(frame)
    if last:
        made += encoder.encode(None)
    for packet in made:
        packet.time_base = Fraction(1, rate)
    # What an encoder gives is a frame behind what it hears.
    return [
        packet for packet in made if start <= (packet.pts or 0) + _FRAME and (last or (packet.pts or 0) + _FRAME < end)
    ]


def _quietest(samples: Samples, rate: int, near: int) -> int:
    """The first sample of the quietest frame within some seconds of ``near``."""
    wide = samples.reshape(len(samples), -1)
    low = max(near - _PIECE * rate // 4, 0) // _FRAME
    high = min(near + _PIECE * rate // 4, len(wide) - _FRAME) // _FRAME
    blocks = wide[low * _FRAME : high * _FRAME].reshape(high - low, -1)
    return int(low + np.argmin(np.square(blocks).sum(axis=1))) * _FRAME


def _layout(samples: Samples) -> str:
    return "mono" if samples.reshape(len(samples), -1).shape[1] == 1 else "stereo"


def _seconds(packet: Packet[Any]) -> float:
    # Not as a fraction, which is exact to no end, and takes longer than all else that is done with a packet.
    base = packet.time_base
    assert packet.dts is not None
    assert base is not None
    return packet.dts * base.numerator / base.denominator
