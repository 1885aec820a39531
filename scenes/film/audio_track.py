"""The sound as a track of a film: AAC, beside a picture that is copied."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from av.container import OutputContainer
from av.packet import Packet

from scenes.film.loudness import Samples, frames
from scenes.film.sound import RATE

#: Bits a second.
BIT_RATE = 160_000
_FRAME = 1024  # samples; what AAC encodes at once


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
    channels = samples.reshape(len(samples), -1).shape[1]
    stream = out.add_stream("aac", rate=rate, layout="mono" if channels == 1 else "stereo", bit_rate=BIT_RATE)

    def packets() -> Iterator[Packet[Any]]:
        for frame in frames(samples, rate, _FRAME):
            yield from stream.encode(frame)
        yield from stream.encode(None)

    return packets()


def by_time(*tracks: Iterable[Packet[Any]]) -> Iterator[Packet[Any]]:
    """The packets of all tracks in the order in which they are decoded. Every one needs its time."""
    return heapq.merge(*tracks, key=_seconds)


def _seconds(packet: Packet[Any]) -> Fraction:
    assert packet.dts is not None
    assert packet.time_base is not None
    return packet.dts * packet.time_base
