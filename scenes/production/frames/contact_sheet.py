"""Contact sheets: a film as pages of small frames with their times, to be looked through at once."""

from __future__ import annotations

import io
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import fontpkg_inter
from PIL import Image, ImageDraw, ImageFont

from descent_core.recordings.archive import write_atomically
from scenes.narration.narrator import narrator
from scenes.part import SceneRef
from scenes.production.format import RenderSettings
from scenes.production.frames.beat_pictures import play_until_drawn
from scenes.production.processes import process_context
from scenes.stage.observation import Observer
from scenes.theme import theme

#: Frames side by side, rows on a page, and the width of a frame in pixels.
COLUMNS, ROWS, WIDTH = 5, 6, 480
_GAP, _CAPTION = 12, 34


@dataclass(frozen=True, eq=False)
class SheetFrame:
    """A frame of a sheet.

    Attributes
    ----------
    beat, time
        Its beat, and when it is shown, in seconds.
    picture
        The frame, ``WIDTH`` pixels wide.
    """

    beat: str
    time: float
    picture: Image.Image


def sheet_frames(
    refs: Sequence[SceneRef], settings: RenderSettings, voice: str | None, every: float, jobs: int
) -> Iterator[SheetFrame]:
    """A frame every so many seconds of scenes, one after another, ``jobs`` of them drawn at once.

    Each is the frame of the film, and those between are jumped; nothing is spoken for them.
    """
    begin = 0.0
    drawn = partial(_frames, settings=settings, voice=voice, every=every)
    # The server that forks them may have been started in another environment.
    here = dict(os.environ)
    with ProcessPoolExecutor(
        min(jobs, len(refs)), mp_context=process_context(), initializer=_work_in, initargs=(here,)
    ) as pool:
        for length, frames in pool.map(drawn, refs):
            for frame in frames:
                yield SheetFrame(frame.beat, begin + frame.time, frame.picture)
            begin += length


def _work_in(environment: dict[str, str]) -> None:
    """Take over the program's environment."""
    os.environ.update(environment)


def _frames(ref: SceneRef, settings: RenderSettings, voice: str | None, every: float) -> tuple[float, list[SheetFrame]]:
    """How long a scene is, and its frames."""
    keeping = _Keeping(every)
    length = play_until_drawn(ref, settings, [keeping], narrator(voice, anew=False))
    return length, keeping.kept


class _Keeping(Observer):
    """Wants a frame every so many seconds."""

    def __init__(self, every: float) -> None:
        self._every, self._beat = every, ""
        self.kept: list[SheetFrame] = []

    def wanted_frames(self, scene: Any, count: int) -> Collection[int]:
        rate = scene.renderer.camera.frame_rate
        begin = round(scene.time * rate)
        self._wanted = [
            frame
            for number in range(len(self.kept), int((begin + count) / rate / self._every) + 2)
            if 0 <= (frame := round(number * self._every * rate) - begin) < count
        ]
        return self._wanted

    def on_beat(self, scene: Any, name: str, loop: bool) -> None:  # noqa: ARG002
        self._beat = name

    def on_written(self, scene: Any) -> None:
        whole = Image.fromarray(scene.renderer.written[..., :3])
        picture = whole.resize((WIDTH, round(WIDTH * whole.height / whole.width)), Image.Resampling.LANCZOS)
        # A wait in which nothing moves has one picture, however many are wanted of it.
        still = scene.is_current_animation_frozen_frame()
        for _ in range(len(self._wanted) if still else 1):
            self.kept.append(SheetFrame(self._beat, len(self.kept) * self._every, picture))


def contact_sheet(frames: Iterable[SheetFrame], name: str, folder: Path) -> list[Path]:
    """Write frames as pages into ``folder``, called ``name-sheet-01.png`` and so on, and return them."""
    font = ImageFont.truetype(str(next((Path(fontpkg_inter.__file__).parent / "files").glob("Inter[[]*"))), 20)
    made: list[Path] = []
    page: Image.Image | None = None

    def write() -> None:
        assert page is not None
        drawn = io.BytesIO()
        page.save(drawn, "PNG")
        made.append(write_atomically(folder / f"{name}-sheet-{len(made) + 1:02d}.png", drawn.getvalue()))

    for index, frame in enumerate(frames):
        height = frame.picture.height
        slot = index % (COLUMNS * ROWS)
        if slot == 0:
            if page is not None:
                write()
            page = _blank(height)
        assert page is not None
        left = _GAP + slot % COLUMNS * (WIDTH + _GAP)
        top = _GAP + slot // COLUMNS * (height + _CAPTION + _GAP)
        page.paste(frame.picture, (left, top))
        label = f"{int(frame.time) // 60}:{frame.time % 60:04.1f}  {frame.beat}"
        ImageDraw.Draw(page).text((left + 2, top + height + 5), label, font=font, fill=theme.text)
    if page is not None:
        write()
    return made


def _blank(height: int) -> Image.Image:
    size = (_GAP + COLUMNS * (WIDTH + _GAP), _GAP + ROWS * (height + _CAPTION + _GAP))
    return Image.new("RGB", size, theme.page)
