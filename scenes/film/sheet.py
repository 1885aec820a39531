"""Contact sheets: a film as pages of small frames with their times, to be looked through at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import fontpkg_inter
from PIL import Image, ImageDraw, ImageFont

from scenes.film.cues import CueSheet
from scenes.theme import theme

#: Frames side by side, rows on a page, and the width of a frame in pixels.
COLUMNS, ROWS, WIDTH = 5, 6, 480
_GAP, _CAPTION = 12, 34


def frames(film: Path, times: list[float]) -> Iterator[tuple[float, Image.Image]]:
    """The frame that is on screen at each of ``times`` (ascending, seconds)."""
    wanted = iter(sorted(times))
    time = next(wanted, None)
    last: Image.Image | None = None
    with av.open(str(film)) as container:
        video = container.streams.video[0]
        assert video.average_rate is not None
        half = 0.5 / float(video.average_rate)
        for frame in container.decode(video):
            if time is None:
                return
            now = float(frame.time or 0.0)
            while time is not None and now + half >= time:
                last = frame.to_image()
                yield time, last
                time = next(wanted, None)
            if time is not None:
                last = None if now + 2 * half < time - half else frame.to_image()
    while time is not None and last is not None:  # asked for beyond the end: the last frame
        yield time, last
        time = next(wanted, None)


def pages(film: Path, cues: CueSheet, folder: Path, every: float = 1.0) -> list[Path]:
    """Write the contact sheet of ``film`` into ``folder`` and return its pages."""
    times = [k * every for k in range(int(cues.length / every) + 1) if k * every < cues.length]
    font = ImageFont.truetype(str(next((Path(fontpkg_inter.__file__).parent / "files").glob("Inter[[]*"))), 20)
    per_page = COLUMNS * ROWS
    made: list[Path] = []
    page: Image.Image | None = None
    for index, (time, frame) in enumerate(frames(film, times)):
        height = round(WIDTH * frame.height / frame.width)
        slot = index % per_page
        if slot == 0:
            page = _blank(height)
        assert page is not None
        left = _GAP + slot % COLUMNS * (WIDTH + _GAP)
        top = _GAP + slot // COLUMNS * (height + _CAPTION + _GAP)
        page.paste(frame.resize((WIDTH, height), Image.Resampling.LANCZOS), (left, top))
        beat = next((b.name for b in reversed(cues.beats) if b.start <= time + 1e-6), "")
        label = f"{int(time) // 60}:{time % 60:04.1f}  {beat}"
        ImageDraw.Draw(page).text((left + 2, top + height + 5), label, font=font, fill=theme.text)
        if slot == per_page - 1 or index == len(times) - 1:
            path = folder / f"{film.stem}-sheet-{len(made) + 1:02d}.png"
            page.save(path)
            made.append(path)
    return made


def _blank(height: int) -> Image.Image:
    size = (_GAP + COLUMNS * (WIDTH + _GAP), _GAP + ROWS * (height + _CAPTION + _GAP))
    return Image.new("RGB", size, theme.ink)
