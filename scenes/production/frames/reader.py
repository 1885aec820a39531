"""Single frames of a take, read from its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
from av.video.reformatter import Interpolation
from PIL import Image

from descent_core.suggestions import known
from scenes.narration.cues import CueSheet


def read_frames(film: Path, times: list[float], width: int | None = None) -> Iterator[tuple[float, Image.Image]]:
    """The frame that is on screen at each of ``times`` (ascending, seconds), ``width`` pixels wide or as it is."""
    wanted = sorted(times)
    if not wanted:
        return

    def shown(frame: av.VideoFrame) -> Image.Image:
        size: dict[str, Any] = {}
        if width is not None:  # made small before it is made a picture, which takes a quarter of the time
            height = round(frame.height * width / frame.width)
            size = {"width": width, "height": height, "interpolation": Interpolation.LANCZOS}
        picture: Image.Image = frame.to_image(**size)
        return picture

    with av.open(str(film)) as container:
        video = container.streams.video[0]
        video.thread_type = "AUTO"
        assert video.average_rate is not None
        half = 0.5 / float(video.average_rate)
        last: av.VideoFrame | None = None
        # From the last frame before the first wanted one that can be decoded by itself.
        container.seek(int(wanted[0] * av.time_base), backward=True)
        for frame in container.decode(video):
            while wanted and float(frame.time or 0.0) + half > wanted[0]:
                yield wanted.pop(0), shown(frame)
            if not wanted:
                return
            last = frame
        while wanted and last is not None:  # asked for beyond the end: the last frame
            yield wanted.pop(0), shown(last)


def frame_time(cues: CueSheet, *, at: float | None = None, beat: str | None = None) -> float:
    """The time of a frame to show: ``at``, the end of ``beat``, or the end of it all.

    Raises
    ------
    UnknownLabel
        No beat is called that.
    """
    # Before it goes dark, if it does.
    end = max((cues.length if cues.fade_out_start is None else cues.fade_out_start) - 0.15, 0.0)
    if at is not None:
        return min(at, cues.length)
    if beat is None:
        return end
    names = [mark.name for mark in cues.beats]
    after = [mark.start for mark in cues.beats[names.index(known(beat, names, "beat")) + 1 :]]
    return max(after[0] - 0.15, 0.0) if after else end
