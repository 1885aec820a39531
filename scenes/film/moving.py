"""A take as a moving picture for other programs: a GIF for a page or a slide, a WebM for a browser. No sound."""

from __future__ import annotations

import io
from fractions import Fraction

import av

from scenes.film import pictures
from scenes.film.take import Take
from scenes.series import UnknownScene

#: Width in pixels and frames a second of a GIF: larger ones are too large for what they are used for.
GIF_WIDTH, GIF_RATE = 640, 12
#: How hard the encoder of a WebM tries: about as good as the film, in an acceptable time.
_VP9 = {"crf": "31", "b": "0", "deadline": "good", "cpu-used": "5", "row-mt": "1"}


def span(take: Take, beat: str | None) -> tuple[float, float]:
    """Where a beat of a take begins and ends, in seconds; without one, all of it.

    Raises
    ------
    UnknownScene
        No beat is called that.
    """
    if beat is None:
        return 0.0, take.cues.length
    beats = take.cues.beats
    names = [one.name for one in beats]
    if beat not in names:
        raise UnknownScene(f"There is no beat called {beat!r}. There are: {', '.join(names)}.")
    index = names.index(beat)
    end = beats[index + 1].start if index + 1 < len(beats) else take.cues.length
    return beats[index].start, end


def as_gif(take: Take, beat: str | None = None, width: int = GIF_WIDTH) -> bytes:
    """A take, or a beat of it, as a GIF that goes on for ever."""
    begin, end = span(take, beat)
    count = max(int((end - begin) * GIF_RATE), 1)
    return pictures.gif(take, [begin + k / GIF_RATE for k in range(count)], width, GIF_RATE)


def as_webm(take: Take, beat: str | None = None, width: int | None = None) -> bytes:
    """A take, or a beat of it, as a WebM in VP9: as large as the take, unless a width is given."""
    begin, end = span(take, beat)
    made = io.BytesIO()
    with av.open(str(take.path)) as source, av.open(made, "w", format="webm") as target:
        film = source.streams.video[0]
        assert film.average_rate is not None
        rate = Fraction(film.average_rate)
        wide = film.width if width is None else width // 2 * 2
        tall = round(film.height * wide / film.width / 2) * 2
        stream = target.add_stream("libvpx-vp9", rate=rate, options=_VP9)
        stream.width, stream.height, stream.pix_fmt = wide, tall, "yuv420p"
        source.seek(int(begin * av.time_base), backward=True)
        half, count = 0.5 / float(rate), 0
        for frame in source.decode(film):
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
