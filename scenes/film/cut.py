"""The cut: takes joined into one film by copying packets, nothing encoded anew."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av

from scenes.film.captions import to_srt
from scenes.film.cues import CueSheet
from scenes.film.take import Take


def join(takes: Sequence[Take], film: Path, title: str) -> CueSheet:
    """Join ``takes`` into ``film``, and write its captions beside it as ``.srt``.

    Both appear under their names only when they are whole.

    Returns
    -------
    CueSheet
        Of the whole film.
    """
    sheet = CueSheet.joined(take.cues for take in takes)
    draft = film.with_name(f".{film.stem}.part{film.suffix}")
    captions = film.with_suffix(".srt")
    try:
        _copy_packets([take.path for take in takes], draft, title)
        captions_draft = captions.with_name(f".{captions.name}.part")
        captions_draft.write_text(to_srt(sheet), "utf-8")
        captions_draft.replace(captions)
        draft.replace(film)
    finally:
        draft.unlink(missing_ok=True)
    return sheet


def _copy_packets(sources: Sequence[Path], target: Path, title: str) -> None:
    with av.open(str(target), "w", options={"movflags": "+faststart"}) as out:
        out.metadata["title"] = title
        stream = None
        offset = Fraction(0)  # seconds
        for source in sources:
            with av.open(str(source)) as take:
                video = take.streams.video[0]
                if stream is None:
                    stream = out.add_stream_from_template(video)
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
                    out.mux(packet)
                offset += video.frames / Fraction(video.average_rate)
