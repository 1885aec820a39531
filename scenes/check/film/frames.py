"""What a stretch of a film shows in a box of its frame, as numbers that are quickly compared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.reformatter import Interpolation
from numpy.typing import NDArray

from scenes.stage.frame_box import FrameBox

#: Pixels that are compared of a frame, at most: of a greater box, its frames are made smaller.
_PIXELS = 60_000
#: Pixels of the film around a box that belong to it: edges are soft.
_AROUND = 6


@dataclass(frozen=True, eq=False)
class Stretch:
    """Frames of a film, one after another, in a box of it.

    Attributes
    ----------
    frames
        ``(n, d)``: the brightness and both colours of each pixel, from 0 to 255.
    first
        The number of the first of them in the film, from 0.
    rate
        Frames a second.
    """

    frames: NDArray[np.int16]
    first: int
    rate: float

    def time(self, frame: float) -> float:
        """When a frame of these, from 0, is on screen first: seconds of the film."""
        return (self.first + frame) / self.rate

    def frame(self, time: float) -> int:
        """The frame of these, from 0, that is on screen first at ``time`` or after it."""
        return int(np.ceil(round(time * self.rate - self.first, 6)))


def film_rate(film: Path) -> float:
    """Frames a second of a film."""
    with av.open(str(film)) as container:
        rate = container.streams.video[0].average_rate
        assert rate is not None
        return float(rate)


def stretch(film: Path, begin: float, end: float, box: FrameBox) -> Stretch:
    """The frames of a film that are on screen from ``begin`` to ``end`` seconds, in a box of its frame."""
    found: list[NDArray[np.int16]] = []
    first = -1
    with av.open(str(film)) as container:
        video = container.streams.video[0]
        video.thread_type = "AUTO"
        assert video.average_rate is not None
        rate = float(video.average_rate)
        cut = _Cut(video.width, video.height, box)
        container.seek(max(int(begin * av.time_base), 0), backward=True)
        for frame in container.decode(video):
            number = round(float(frame.time or 0.0) * rate)
            if number / rate > end:
                break
            if number / rate >= begin:
                first = number if first < 0 else first
                found.append(cut(frame))
    return Stretch(np.stack(found) if found else np.zeros((0, 1), np.int16), max(first, 0), rate)


class _Cut:
    """Cuts a box out of frames, at half their size or less: there film has its colours anyway."""

    def __init__(self, width: int, height: int, box: FrameBox) -> None:
        left, top, right, bottom = box
        wide, tall = (right - left) * width + 2 * _AROUND, (bottom - top) * height + 2 * _AROUND
        smaller = max(2.0, (wide * tall / _PIXELS) ** 0.5)
        #: The size that frames are given.
        self.size = max(round(width / smaller), 16), max(round(height / smaller), 16)
        x, y = self.size[0] / width, self.size[1] / height
        self.columns = slice(max(int((left * width - _AROUND) * x), 0), int(np.ceil((right * width + _AROUND) * x)))
        self.rows = slice(max(int((top * height - _AROUND) * y), 0), int(np.ceil((bottom * height + _AROUND) * y)))

    def __call__(self, frame: av.VideoFrame) -> NDArray[np.int16]:
        made: Any = frame.reformat(*self.size, "yuv444p", interpolation=Interpolation.AREA)
        planes: NDArray[np.uint8] = made.to_ndarray()
        return planes[..., self.rows, self.columns].astype(np.int16).reshape(-1)
