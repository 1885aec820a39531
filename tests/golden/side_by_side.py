"""Side by side: what was expected, what was found, and their difference, on one page that says where to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontpkg_inter
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from scenes.check.playback import Frame
from scenes.theme import DARK
from tests.golden.likeness import PLACE, Likeness

#: How many times larger than they are kept frames are shown, and differences than they are.
LARGER, HEIGHTENED = 2, 4
_GAP, _LINE = 16, 34


@dataclass(frozen=True)
class Difference:
    """One frame that is not as it was: its beat and time, the two pictures, and how far they are apart."""

    label: str
    expected: Frame
    found: Frame
    likeness: Likeness


def write(path: Path, title: str, differences: Sequence[Difference]) -> None:
    """Write a PNG: a row for each frame, the worst place marked in it."""
    height, width = (LARGER * side for side in differences[0].expected.shape[:2])
    row = _LINE + height + _GAP
    page = Image.new("RGB", (4 * _GAP + 3 * width, _GAP + 2 * _LINE + row * len(differences)), DARK.page)
    pen = ImageDraw.Draw(page)
    pen.text((_GAP, _GAP), title, font=_font(22), fill=DARK.text)
    for column, name in enumerate(("expected", "found", f"difference, heightened {HEIGHTENED} times")):
        pen.text((_GAP + column * (width + _GAP), _GAP + _LINE), name, font=_font(18), fill=DARK.quiet)
    for index, one in enumerate(differences):
        top = _GAP + 2 * _LINE + index * row
        pen.text((_GAP, top), f"{one.label}: {one.likeness}", font=_font(18), fill=DARK.uphill)
        apart = np.abs(one.expected.astype(np.int16) - one.found) * HEIGHTENED
        for column, frame in enumerate((one.expected, one.found, np.minimum(apart, 255).astype(np.uint8))):
            left = _GAP + column * (width + _GAP)
            picture = Image.fromarray(frame).resize((width, height), Image.Resampling.NEAREST)
            page.paste(picture, (left, top + _LINE))
            x, y = left + LARGER * one.likeness.place[0], top + _LINE + LARGER * one.likeness.place[1]
            side = LARGER * PLACE
            pen.rectangle((x - 3, y - 3, x + side + 2, y + side + 2), outline=DARK.accent, width=2)
    path.parent.mkdir(parents=True, exist_ok=True)
    page.save(path)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(next((Path(fontpkg_inter.__file__).parent / "files").glob("Inter[[]*"))), size)
