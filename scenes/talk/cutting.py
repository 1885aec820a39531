"""Pieces of takes: cut out at exact frames, by copying what was encoded.

Nothing is encoded again. manim encodes every animation by itself and joins them, so that each
begins with a frame that needs no other; and a beat begins with an animation. It is the cut that
manim's own sections make, taken from the one file that a take keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.packet import Packet
from PIL import Image

from descent_core.errors import DescentError
from scenes.production.frames.reader import read_frames
from scenes.talk.slides import Slide, Span


class CutError(DescentError):
    """A take that cannot be cut where a beat begins."""


def cut_spans(spans: Sequence[Span], path: Path) -> None:
    """Write the frames of ``spans``, which are of one size, rate and encoder, as one mp4 without sound.

    Raises
    ------
    CutError
        A span begins with a frame that cannot be shown without the ones before it.
    """
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as out:
        with av.open(str(spans[0].path)) as source:
            video = out.add_stream_from_template(source.streams.video[0])
        offset = Fraction(0)  # seconds
        for span in spans:
            with av.open(str(span.path)) as source:
                stream = source.streams.video[0]
                base, rate = stream.time_base, stream.average_rate
                assert base is not None
                assert rate is not None
                shift: int | None = None
                for packet in _packets(source.demux(stream), span):
                    assert packet.pts is not None
                    assert packet.dts is not None
                    if shift is None:
                        shift = int(offset / base) - packet.pts
                    packet.pts += shift
                    packet.dts += shift
                    packet.stream = video
                    out.mux(packet)
                offset += (span.end - span.first) / Fraction(rate)


def _packets(packets: Iterator[Packet[Any]], span: Span) -> Iterator[Packet[Any]]:
    """Those of a span. Up to a frame that needs no other, packets come in another order, but none crosses it."""
    for index, packet in enumerate(packet for packet in packets if packet.dts is not None):
        if index == span.end:
            return
        if index == span.first and not packet.is_keyframe:
            raise CutError(
                f"{span.path} cannot be cut at frame {index}: that frame needs the ones before it. "
                "Delete the folder of takes (`descent doctor` names it), and try again."
            )
        if index >= span.first:
            yield packet


def last_picture(slide: Slide) -> Image.Image:
    """The picture that a slide rests on."""
    span = slide.spans[-1]
    return _picture(span.path, span.end - 1)


def first_picture(slide: Slide) -> Image.Image:
    """The picture that a slide begins with."""
    span = slide.spans[0]
    return _picture(span.path, span.first)


def _picture(path: Path, frame: int) -> Image.Image:
    with av.open(str(path)) as take:
        rate = take.streams.video[0].average_rate
    assert rate is not None
    _, picture = next(read_frames(path, [float(frame / rate)]))
    return picture
