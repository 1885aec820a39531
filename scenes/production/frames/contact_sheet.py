"""Contact sheets: a film as pages of small frames with their times, to be looked through at once."""

from __future__ import annotations

import io
from pathlib import Path

import fontpkg_inter
from PIL import Image, ImageDraw, ImageFont

from descent_core.recordings.archive import write_atomically
from scenes.narration.cues import CueSheet
from scenes.production.frames.reader import read_frames
from scenes.theme import theme

#: Frames side by side, rows on a page, and the width of a frame in pixels.
COLUMNS, ROWS, WIDTH = 5, 6, 480
_GAP, _CAPTION = 12, 34


def contact_sheet(film: Path, cues: CueSheet, folder: Path, every: float = 1.0) -> list[Path]:
    """Write the contact sheet of ``film`` into ``folder`` and return its pages."""
    times = [k * every for k in range(int(cues.length / every) + 1) if k * every < cues.length]
    font = ImageFont.truetype(str(next((Path(fontpkg_inter.__file__).parent / "files").glob("Inter[[]*"))), 20)
    per_page = COLUMNS * ROWS
    made: list[Path] = []
    page: Image.Image | None = None
    for index, (time, frame) in enumerate(read_frames(film, times, WIDTH)):
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
            made.append(write_atomically(path, drawn.getvalue()))
    return made


def _blank(height: int) -> Image.Image:
    size = (_GAP + COLUMNS * (WIDTH + _GAP), _GAP + ROWS * (height + _CAPTION + _GAP))
    return Image.new("RGB", size, theme.page)
