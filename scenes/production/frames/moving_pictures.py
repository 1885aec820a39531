"""A take as a moving picture for other programs: a GIF for a page or a slide, a WebM for a browser. No sound."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import av

from descent_core.suggestions import known
from scenes.narration.cues import CueSheet
from scenes.production.frames.stills import frames_gif

#: Width in pixels and frames a second of a GIF: larger ones are too large for what they are used for.
GIF_WIDTH, GIF_RATE = 640, 12
#: How hard the encoder of a WebM tries: about as good as the film, in an acceptable time.
_VP9 = {"crf": "31", "b": "0", "deadline": "good", "cpu-used": "5", "row-mt": "1"}


def beat_span(cues: CueSheet, beat: str | None) -> tuple[float, float]:
    """Where a beat of a take begins and ends, in seconds; without one, all of it.

    Raises
    ------
    UnknownLabel
        No beat is called that.
    """
    if beat is None:
        return 0.0, cues.length
    beats = cues.beats
    names = [mark.name for mark in beats]
    index = names.index(known(beat, names, "beat"))
    end = beats[index + 1].start if index + 1 < len(beats) else cues.length
    return beats[index].start, end


def take_gif(film: Path, cues: CueSheet, beat: str | None = None, width: int = GIF_WIDTH) -> bytes:
    """A take, or a beat of it, as a GIF that goes on for ever."""
    begin, end = beat_span(cues, beat)
    count = max(int((end - begin) * GIF_RATE), 1)
    return frames_gif(film, [begin + k / GIF_RATE for k in range(count)], width, GIF_RATE)


def take_webm(film: Path, cues: CueSheet, beat: str | None = None, width: int | None = None) -> bytes:
    """A take, or a beat of it, as a WebM in VP9: as large as the take, unless a width is given."""
    begin, end = beat_span(cues, beat)
    made = io.BytesIO()
    with av.open(str(film)) as source, av.open(made, "w", format="webm") as target:
        video = source.streams.video[0]
        assert video.average_rate is not None
        rate = Fraction(video.average_rate)
        wide = video.width if width is None else width // 2 * 2
        tall = round(video.height * wide / video.width / 2) * 2
        stream = target.add_stream("libvpx-vp9", rate=rate, options=_VP9)
        stream.width, stream.height, stream.pix_fmt = wide, tall, "yuv420p"
        source.seek(int(begin * av.time_base), backward=True)
        half, count = 0.5 / float(rate), 0
        for frame in source.decode(video):
            time = float(frame.time or 0.0)
            if time + half >= end:
                break
            if time + half < begin:
                continue
            picture = frame.reformat(wide, tall, "yuv420p")
            picture.pts, picture.time_base = count, 1 / rate
            count += 1
            target.mux(stream.encode(picture))
        target.mux(stream.encode(None))
    return made.getvalue()
