"""Contact sheets: a film as pages of small frames with their times, to be looked through at once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import fontpkg_inter
from av.video.reformatter import Interpolation
from PIL import Image, ImageDraw, ImageFont

from descent_core.archive import write_whole
from scenes.film.cues import CueSheet
from scenes.series import UnknownScene
from scenes.theme import theme

#: Frames side by side, rows on a page, and the width of a frame in pixels.
COLUMNS, ROWS, WIDTH = 5, 6, 480
_GAP, _CAPTION = 12, 34


def frames(film: Path, times: list[float], width: int | None = None) -> Iterator[tuple[float, Image.Image]]:
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


def moment(cues: CueSheet, *, at: float | None = None, beat: str | None = None) -> float:
    """The time of a frame to show: ``at``, the end of ``beat``, or the end of it all.

    Raises
    ------
    UnknownScene
        No beat is called that.
    """
    end = max(cues.length - theme.leave - 0.15, 0.0)  # before it goes dark
    if at is not None:
        return min(at, cues.length)
    if beat is None:
        return end
    names = [one.name for one in cues.beats]
    if beat not in names:
        raise UnknownScene(f"There is no beat called {beat!r}. There are: {', '.join(names)}.")
    after = [one.start for one in cues.beats[names.index(beat) + 1 :]]
    return max(after[0] - 0.15, 0.0) if after else end


def pages(film: Path, cues: CueSheet, folder: Path, every: float = 1.0) -> list[Path]:
    """Write the contact sheet of ``film`` into ``folder`` and return its pages."""
    times = [k * every for k in range(int(cues.length / every) + 1) if k * every < cues.length]
    font = ImageFont.truetype(str(next((Path(fontpkg_inter.__file__).parent / "files").glob("Inter[[]*"))), 20)
    per_page = COLUMNS * ROWS
    made: list[Path] = []
    page: Image.Image | None = None
    for index, (time, frame) in enumerate(frames(film, times, WIDTH)):
        height = frame.height
        slot = index % per_page
        if slot == 0:
            page = _blank(height)
        assert page is not None
        left = _GAP + slot % COLUMNS * (WIDTH + _GAP)
        top = _GAP + slot // COLUMNS * (height + _CAPTION + _GAP)
        page.paste(frame, (left, top))
        beat = next((b.name for b in reversed(cues.beats) if b.start <= time + 1e-6), "")
        label = f"{int(time) // 60}:{time % 60:04.1f}  {beat}"
        ImageDraw.Draw(page).text((left + 2, top + height + 5), label, font=font, fill=theme.text)
        if slot == per_page - 1 or index == len(times) - 1:
            path = folder / f"{film.stem}-sheet-{len(made) + 1:02d}.png"
            drawn = io.BytesIO()
            page.save(drawn, "PNG")
            made.append(write_whole(path, drawn.getvalue()))
    return made


def _blank(height: int) -> Image.Image:
    size = (_GAP + COLUMNS * (WIDTH + _GAP), _GAP + ROWS * (height + _CAPTION + _GAP))
    return Image.new("RGB", size, theme.ink)
