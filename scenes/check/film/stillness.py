"""How much of a film is a frozen picture: nothing that a viewer could see changes for a second and a half."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.filter import Graph

#: What counts as frozen, in seconds; how far two frames are apart at most, as a fraction of all that they could be.
FROZEN, NOISE = 1.5, 0.0006
#: How wide the frames are that are compared, in pixels, and how many a second.
WIDTH, RATE = 480, 10


@dataclass(frozen=True)
class Stillness:
    """The frozen stretches of a film.

    Attributes
    ----------
    stretches
        From when until when, in seconds.
    length
        Of the film.
    """

    stretches: tuple[tuple[float, float], ...]
    length: float

    @property
    def share(self) -> float:
        """How much of the film is frozen, from 0 to 1."""
        return sum(end - begin for begin, end in self.stretches) / self.length if self.length else 0.0

    @property
    def longest(self) -> tuple[float, float]:
        """From when until when the longest stretch is; nothing at all, (0, 0), where there is none."""
        return max(self.stretches, key=lambda span: span[1] - span[0], default=(0.0, 0.0))


def stillness(film: Path) -> Stillness:
    """Find the frozen stretches of a film, by libav's own ``freezedetect``."""
    found: list[float] = []
    length, shown = 0.0, -1
    with av.open(str(film)) as container:
        video = container.streams.video[0]
        video.thread_type = "AUTO"
        assert video.average_rate is not None
        graph = Graph()
        source = graph.add_buffer(
            width=video.width, height=video.height, format=video.format, time_base=Fraction(1, RATE)
        )
        steps = [("scale", f"{WIDTH}:-2"), ("freezedetect", f"n={NOISE}:d={FROZEN}")]
        graph.link_nodes(source, *(graph.add(*step) for step in steps), graph.add("buffersink")).configure()
        for frame in container.decode(video):
            time = float(frame.time or 0.0)
            length = time + 1 / float(video.average_rate)
            number = int(time * RATE + 1e-6)
            if number == shown:
                continue
            shown = number
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            graph.push(frame)
            told = graph.pull().metadata
            edges = (f"lavfi.freezedetect.freeze_{edge}" for edge in ("start", "end"))
            found += [float(told[edge]) for edge in edges if edge in told]
    if len(found) % 2:  # until the end
        found.append(length)
    return Stillness(tuple(zip(found[::2], found[1::2], strict=True)), length)
