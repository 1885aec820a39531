"""The cover of a talk, or of a part of it: its title over a picture of it, dimmed, until the speaker begins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import fontpkg_inter
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from scenes.theme import theme

#: Shares of the frame's height: letters of the title, of what stands above it, and the blur of the picture.
_TITLE, _ABOVE, _BLUR = 0.12, 0.042, 0.035
#: How much of the frame's width a title may take.
_WIDEST = 0.86


@dataclass(frozen=True)
class Cover:
    """A picture that waits for a click: what it is the cover of, and the picture itself."""

    title: str
    picture: Image.Image


def cover(picture: Image.Image, title: str, above: str = "") -> Image.Image:
    """``picture`` dimmed and far out of focus, with the title in its middle and a small line above."""
    width, height = picture.size
    blurred = picture.convert("RGB").filter(ImageFilter.GaussianBlur(height * _BLUR))
    drawn = Image.blend(blurred, Image.new("RGB", picture.size, theme.page), theme.dim)
    pen = ImageDraw.Draw(drawn)
    size = height * _TITLE
    size *= min(1.0, width * _WIDEST / max(pen.textlength(title, _font(size, "Bold")), 1))
    pen.text((width / 2, height / 2), title, theme.text, _font(size, "Bold"), anchor="mm")
    if above:
        pen.text(
            (width / 2, height / 2 - size * 1.1), above, theme.quiet, _font(height * _ABOVE, "Regular"), anchor="mm"
        )
    return drawn


def _font(size: float, weight: str) -> ImageFont.FreeTypeFont:
    files = Path(fontpkg_inter.__file__).parent / "files"
    font = ImageFont.truetype(str(next(files.glob("Inter[[]*"))), round(size))
    font.set_variation_by_name(weight)
    return font
