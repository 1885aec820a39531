"""Pictures taken from takes: a still for each chapter, the poster, and a teaser that moves."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from scenes.narration.cues import CueSheet
from scenes.production.frames.reader import frame_time, read_frames

#: Width of stills and of the teaser in pixels, frames a second of the teaser, and its length in seconds.
STILL, TEASER, RATE, SECONDS = 640, 480, 10, 6.0
#: Colours of a GIF, with one kept for what does not change; and how many of them are for what there is little of.
_COLOURS, _VIVID = 255, 63


def still_jpeg(film: Path, cues: CueSheet, beat: str | None = None, width: int | None = STILL) -> bytes:
    """The last frame of a beat of a take, or of all of it, as JPEG."""
    moment = frame_time(cues, beat=beat)
    _, frame = next(read_frames(film, [moment], width))
    return _jpeg(frame)


def teaser_gif(film: Path, cues: CueSheet, beat: str | None = None, seconds: float = SECONDS) -> bytes:
    """The end of a beat of a take, or of all of it, as a GIF that goes on for ever."""
    end = frame_time(cues, beat=beat)
    begin = next((mark.start for mark in cues.beats if mark.name == beat), 0.0)
    count = int(min(seconds, max(end - begin, 0.0)) * RATE) + 1
    times = [end - k / RATE for k in reversed(range(count))]
    return frames_gif(film, times, TEASER, RATE)


def frames_gif(film: Path, times: Sequence[float], width: int, rate: int) -> bytes:
    """The frames of a take at ``times`` (ascending), so wide and so many a second, as a GIF that goes on for ever."""
    frames = [frame for _, frame in read_frames(film, list(times), width)]
    palette = _palette(_mosaic(frames[:: max(len(frames) // 8, 1)]))
    # One palette for all, and no dither: else the fog would seethe.
    drawn = (frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames)
    made = io.BytesIO()
    next(drawn).save(made, "GIF", save_all=True, append_images=drawn, duration=1000 // rate, loop=0, optimize=True)
    return made.getvalue()


def _palette(picture: Image.Image) -> Image.Image:
    """Colours for a picture: most for what there is much of, the rest for a hiker's coat and a lit window."""
    many = picture.quantize(_COLOURS - _VIVID, Image.Quantize.MEDIANCUT).getpalette() or []
    vivid = picture.quantize(_VIVID, Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette(many + vivid)
    return palette


def _mosaic(frames: Sequence[Image.Image]) -> Image.Image:
    """Frames under each other: what they have in colours between them."""
    width, height = frames[0].size
    whole = Image.new("RGB", (width, height * len(frames)))
    for index, frame in enumerate(frames):
        whole.paste(frame, (0, index * height))
    return whole


def _jpeg(frame: Image.Image) -> bytes:
    made = io.BytesIO()
    frame.save(made, "JPEG", quality=88)
    return made.getvalue()
