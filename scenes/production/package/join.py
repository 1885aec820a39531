"""Takes joined into one film: their pictures are copied, and sound, captions and chapters are added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import OutputContainer
from av.packet import Packet

from scenes.narration.captions import Caption
from scenes.narration.chapters import Chapter
from scenes.production.sound.audio_track import add_audio, add_sounds, by_time
from scenes.production.sound.loudness import Samples

#: Ticks a second of the captions' and chapters' clock.
_TICKS = 1000


def join_takes(
    sources: Sequence[Path],
    film: Path,
    title: str,
    *,
    sound: Samples | Sequence[Path] | None = None,
    captions: Sequence[Caption] = (),
    chapters: Sequence[Chapter] = (),
) -> None:
    """Write ``film``: the pictures of ``sources`` one after another, and what belongs to the whole.

    Parameters
    ----------
    sources
        Films of one size, rate and encoder.
    film
        The mp4 to write. It is made to start playing before it is loaded whole.
    title
        What players show.
    sound
        The files that `scenes.production.sound.audio_track.write_sound` wrote, one for each of ``sources``; or
        ``(n, 2)`` samples at `scenes.production.sound.mix.RATE`, from the first frame on; ``None`` for a silent film.
    captions
        For a track that viewers can switch on.
    chapters
        For players that show them.
    """
    with av.open(str(film), "w", options={"movflags": "+faststart"}) as out:
        out.metadata["title"] = title
        with av.open(str(sources[0])) as first:
            video = out.add_stream_from_template(first.streams.video[0])
        tracks: list[Iterator[Packet[Any]]] = [_pictures(sources, video)]
        if isinstance(sound, Sequence):
            starts = [length(sources[:number]) for number in range(len(sources))]
            tracks.append(add_sounds(out, sound, starts, length(sources)))
        elif sound is not None:
            tracks.append(add_audio(out, sound))
        if captions:
            tracks.append(_subtitles(out, captions, length(sources)))
        if chapters:
            ends = [*(chapter.start for chapter in chapters[1:]), float(length(sources))]
            out.set_chapters(
                [
                    {
                        "id": index,
                        "start": round(chapter.start * _TICKS),
                        "end": round(end * _TICKS),
                        "time_base": Fraction(1, _TICKS),
                        "metadata": {"title": chapter.title},
                    }
                    for index, (chapter, end) in enumerate(zip(chapters, ends, strict=True))
                ]
            )
        for packet in by_time(*tracks):
            out.mux(packet)


def length(sources: Sequence[Path]) -> Fraction:
    """Seconds of all the pictures together, as frames were counted."""
    total = Fraction(0)
    for source in sources:
        with av.open(str(source)) as take:
            video = take.streams.video[0]
            assert video.average_rate is not None
            total += video.frames / Fraction(video.average_rate)
    return total


def _pictures(sources: Sequence[Path], stream: Any) -> Iterator[Packet[Any]]:
    offset = Fraction(0)  # seconds
    for source in sources:
        with av.open(str(source)) as take:
            video = take.streams.video[0]
            base = video.time_base
            assert base is not None
            assert video.average_rate is not None
            shift = int(offset / base)
            for packet in take.demux(video):
                if packet.dts is None:
                    continue
                packet.pts = None if packet.pts is None else packet.pts + shift
                packet.dts += shift
                packet.stream = stream
                yield packet
            offset += video.frames / Fraction(video.average_rate)


def _subtitles(out: OutputContainer, captions: Sequence[Caption], whole: Fraction) -> Iterator[Packet[Any]]:
    """A track of timed text: each packet is the length of its text in two bytes, and the text."""
    stream = out.add_mux_stream("mov_text", rate=_TICKS)
    stream.time_base = Fraction(1, _TICKS)
    stream.metadata["language"] = "eng"

    def packet(text: str, start: int, end: int) -> Packet[Any]:
        content = text.encode()
        made = Packet(len(content).to_bytes(2, "big") + content)
        made.stream = stream
        made.time_base = Fraction(1, _TICKS)
        made.pts = made.dts = start
        made.duration = end - start
        return made

    def packets() -> Iterator[Packet[Any]]:
        shown = 0  # until when something has been shown: an empty text fills every gap
        for caption in captions:
            start, end = round(caption.start * _TICKS), round(caption.end * _TICKS)
            if start > shown:
                yield packet("", shown, start)
            yield packet(caption.text, start, end)
            shown = end
        if (last := round(whole * _TICKS)) > shown:
            yield packet("", shown, last)

    return packets()
