"""Captions drawn into the picture, for sites and screens that show none of their own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import fontpkg_inter
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from scenes.narration.captions import Caption, captions
from scenes.narration.cues import Cue, CueSheet
from scenes.narration.line_breaking import LINES, WIDTH
from scenes.theme import theme

Frame = NDArray[np.uint8]

#: Height of the letters, and room between lines and around them, as fractions of the frame's height.
_LETTERS, _LEADING, _PAD = 0.042, 0.056, 0.016
#: Where the plate ends, from the top: within what every screen shows.
_LOWEST = 0.95
#: A letter wider than the mean of English text with its spaces: a line of it is wider than any caption.
_WIDE = "x"


@lru_cache(maxsize=1)
def caption_zone() -> tuple[float, float, float, float]:
    """What the largest caption covers, as left, bottom, right and top: fractions of the frame's
    height, from its middle.

    >>> left, bottom, right, top = caption_zone()
    >>> round(bottom, 2), round(top, 2), left == -right
    (-0.45, -0.31, True)
    """
    frame_height = 1080  # whatever it is, the fractions are the same to a pixel
    height, width = _plate("\n".join([_WIDE * WIDTH] * LINES), frame_height, ("#000000", "#ffffff")).shape[:2]
    bottom = 0.5 - _LOWEST
    return -width / 2 / frame_height, bottom, width / 2 / frame_height, bottom + height / frame_height


class BurnedCaptions:
    """The captions that are drawn over the frames of a scene while they are written.

    Parameters
    ----------
    size
        Width and height of the frames in pixels.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        self._captions: list[Caption] = []

    def plan(self, line: Cue) -> None:
        """Show a line while it is spoken."""
        self._captions += captions(CueSheet((line,), length=line.end))

    def at(self, time: float) -> str:
        """What is shown at ``time`` seconds; nothing between lines."""
        showing = (caption.text for caption in reversed(self._captions) if caption.start <= time < caption.end)
        return next(showing, "")

    def burned(self, frame: Frame, count: int, time: float, rate: float) -> Iterator[tuple[Frame, int]]:
        """The frames to write in place of ``count`` times ``frame`` from ``time`` on, at ``rate`` frames a second.

        Yields each with the number of times that it is to be written.
        """
        written = 0
        while written < count:
            text = self.at(time + written / rate)
            alike = 1
            while written + alike < count and self.at(time + (written + alike) / rate) == text:
                alike += 1
            yield self.drawn(frame, text), alike
            written += alike

    def drawn(self, frame: NDArray[np.uint8], text: str) -> NDArray[np.uint8]:
        """A copy of ``(H, W, 4)`` pixels with ``text`` on a plate at their lower edge."""
        if not text:
            return frame
        plate = _plate(text, self._size[1], (theme.page, theme.text))
        height, width = plate.shape[:2]
        bottom = round(self._size[1] * _LOWEST)
        left = (self._size[0] - width) // 2
        copy = frame.copy()
        under = copy[bottom - height : bottom, left : left + width, :3]
        opacity = plate[..., 3:].astype(np.float32) / 255
        under[:] = under + (plate[..., :3] - under.astype(np.float32)) * opacity
        return copy


@lru_cache(maxsize=8)
def _plate(text: str, frame_height: int, colours: tuple[str, str]) -> NDArray[np.uint8]:
    """``(h, w, 4)``: the lines of a caption, centred on a plate; the colours are of the plate and of the words."""
    folder = Path(fontpkg_inter.__file__).parent / "files"
    font = ImageFont.truetype(str(next(folder.glob("Inter[[]*"))), round(frame_height * _LETTERS))
    leading, pad = round(frame_height * _LEADING), round(frame_height * _PAD)
    lines = text.split("\n")
    width = max(round(font.getlength(line)) for line in lines) + 4 * pad
    picture = Image.new("RGBA", (width, leading * len(lines) + 2 * pad))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, *picture.size), radius=pad, fill=(*_rgb(colours[0]), 216))
    for index, line in enumerate(lines):
        draw.text((width / 2, pad + leading * (index + 0.5)), line, font=font, fill=colours[1], anchor="mm")
    return np.asarray(picture)


def _rgb(code: str) -> tuple[int, int, int]:
    red, green, blue = (int(code[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue
