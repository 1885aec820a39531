"""The map of fates as a picture: for each learning rate, where a walk from each start on the ground ends."""

from __future__ import annotations

from pathlib import Path

import fontpkg_inter
import numpy as np
from manim import ManimColor
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from descent_core.explore.summary import Summary
from descent_core.recordings.fate_maps import FateMaps
from descent_core.recordings.fates import Fate
from descent_core.recordings.landscape import Landscape
from scenes.explore.numbers import three_digits
from scenes.theme import theme

#: Lines of equal height on a map, and how strong they are.
_LINES, _STRENGTH = 14, 0.2
#: How much darker who arrives last is than who is there from the first.
_LATE = 0.55
#: Shares of the picture's height: its edge, letters of the title, and other letters.
_EDGE, _TITLE, _LETTERS = 0.045, 0.042, 0.026

Pixels = NDArray[np.float64]


def draw_maps(maps: FateMaps, landscape: Landscape, height: int) -> Image.Image:
    """A map beside the other for each learning rate, with a key; of one coefficient all of them in one map.

    Parameters
    ----------
    maps
        Whose valleys are told apart by colour, home first.
    landscape
        The ground of an exploration: its lines of equal height are drawn on each map.
    height
        Of the picture, in pixels.
    """
    summary = Summary.of(landscape)
    line = len(maps.ys) == 1
    edge, title, letters = (round(share * height) for share in (_EDGE, _TITLE, _LETTERS))
    key = _key(maps)
    tall = height - 2 * edge - 2 * title - 6 * letters
    panels = (
        [_line_map(maps, tall)] if line else [_ground_map(maps, row, landscape, tall) for row in range(len(maps.lrs))]
    )
    gap = 2 * letters
    left = edge + (5.0 * letters if line else 0.0)
    wide = max(left + sum(panel.width for panel in panels) + gap * (len(panels) - 1) + edge, 1.2 * height)
    picture = Image.new("RGB", (round(wide), height), theme.page)
    pen = ImageDraw.Draw(picture)
    pen.text((edge, edge), f"Where walks on {summary.name} end", theme.text, _font(title, "Bold"))
    how = f"{maps.steps:,} steps of {summary.optimizer or 'gradient descent'}, from {maps.fates[0].size:,} starts"
    if summary.plane.kind in ("coefficients", "principal"):
        how += f" on a slice of {summary.plane.dimensions:,} knobs"
    if summary.draws:
        how += "; by chance, each walk with the same draws"
    pen.text((edge, edge + 1.35 * title), how, theme.quiet, _font(letters, "Medium"))
    top, x = edge + 2 * title + 2.2 * letters, float(left)
    for row, panel in enumerate(panels):
        picture.paste(panel, (round(x), round(top)))
        if not line:
            name = f"lr {three_digits(float(maps.lrs[row]))}"
            pen.text((x, top - 1.5 * letters), name, theme.text, _font(letters, "SemiBold"))
        x += panel.width + gap
    if line:
        _axes(pen, maps, (left, top, panels[0].width, panels[0].height), letters)
    below, x = float(height - edge - letters), float(edge)
    for name, colour in key:
        pen.rounded_rectangle((x, below, x + letters, below + letters), letters / 4, colour)
        pen.text((x + 1.4 * letters, below - 0.15 * letters), name, theme.text, _font(letters, "Medium"))
        x += 1.4 * letters + pen.textlength(name, _font(letters, "Medium")) + 1.6 * letters
    return picture


def _palette() -> list[str]:
    """Colours of valleys, home first; further ones begin again after it."""
    return [theme.right, theme.too_small, theme.too_big, theme.accent, theme.weight, theme.stale]


def _valley_colour(number: int) -> str:
    palette = _palette()
    return palette[number] if number < len(palette) else palette[1 + (number - 1) % (len(palette) - 1)]


def _key(maps: FateMaps) -> list[tuple[str, str]]:
    """What colours mean, with how many of all starts end so."""
    shares = [float((maps.fates == fate).mean()) for fate in Fate]
    names = (
        "home", f"{'other valleys' if len(maps.valleys) > 2 else 'another valley'}", "still walking", "gone",
    )  # fmt: skip
    colours = (_valley_colour(0), _valley_colour(1), theme.rule, _gone())
    return [(f"{name} {100 * share:.0f} %", ink) for name, share, ink in zip(names, shares, colours, strict=True)]


def _gone() -> str:
    """Nearly the page: there is nobody."""
    return ManimColor(theme.page).interpolate(ManimColor(theme.uphill), 0.35).to_hex()


def _coloured(fates: NDArray[np.uint8], in_valley: NDArray[np.int16], arrived: NDArray[np.int32], steps: int) -> Pixels:
    """``(…, 3)`` from 0 to 255: the colour of where each walk ends, darker the later it is there."""
    picture = np.empty((*fates.shape, 3))
    picture[:] = _rgb(theme.rule)
    picture[fates == Fate.GONE] = _rgb(_gone())
    for number in np.unique(in_valley[in_valley >= 0]):
        here = in_valley == number
        late = 1 - _LATE * np.clip(arrived[here] / steps, 0, 1)[:, None]
        picture[here] = np.array(_rgb(_valley_colour(int(number)))) * late + np.array(_rgb(theme.page)) * (1 - late)
    return picture


def _rgb(code: str) -> tuple[float, float, float]:
    red, green, blue = (255 * float(part) for part in ManimColor(code).to_rgb())
    return red, green, blue


def _ground_map(maps: FateMaps, row: int, landscape: Landscape, tall: int) -> Image.Image:
    """One map from above, north at the top, with lines of equal height, the home and the other valleys."""
    colours = _coloured(maps.fates[row], maps.in_valley[row], maps.arrived[row], maps.steps)
    across, along = maps.fates[row].shape
    west, east, south, north = maps.xs[0], maps.xs[-1], maps.ys[0], maps.ys[-1]
    # Each start has a square of its own, as the axes have scales of their own.
    size = round(tall * across / along), tall
    pixels = np.asarray(_enlarged(colours.transpose(1, 0, 2)[::-1], size), np.float64)
    xs, ys = np.linspace(west, east, size[0]), np.linspace(north, south, size[1])
    height = Summary.of(landscape).height_map.height(landscape.height(xs[None, :], ys[:, None]))
    with np.errstate(invalid="ignore"):
        level = np.floor(np.nan_to_num(height) * _LINES)
    edge = np.zeros(level.shape, bool)
    edge[1:] |= level[1:] != level[:-1]
    edge[:, 1:] |= level[:, 1:] != level[:, :-1]
    pixels = np.where(edge[..., None], pixels * (1 - _STRENGTH) + np.array(_rgb(theme.text)) * _STRENGTH, pixels)
    drawn = Image.fromarray(np.rint(pixels).astype(np.uint8))
    pen = ImageDraw.Draw(drawn)
    for number, (x, y) in enumerate(np.asarray(maps.meta["places"], np.float64)):
        if not (west <= x <= east and south <= y <= north):
            continue
        spot = (x - west) / (east - west) * size[0], (north - y) / (north - south) * size[1]
        radius = tall / (70 if number else 50)
        pen.ellipse(
            (spot[0] - radius, spot[1] - radius, spot[0] + radius, spot[1] + radius),
            _valley_colour(number), theme.page, max(round(radius / 3), 1),
        )  # fmt: skip
    return drawn


def _line_map(maps: FateMaps, tall: int) -> Image.Image:
    """Of one coefficient: its starts from left to right, and the learning rates from below to above."""
    colours = _coloured(maps.fates[..., 0], maps.in_valley[..., 0], maps.arrived[..., 0], maps.steps)
    return _enlarged(colours[::-1], (round(1.5 * tall), tall))


def _enlarged(colours: Pixels, size: tuple[int, int]) -> Image.Image:
    """Colours as a picture of that size, each of them a rectangle."""
    return Image.fromarray(np.rint(colours).astype(np.uint8)).resize(size, Image.Resampling.NEAREST)


def _axes(pen: ImageDraw.ImageDraw, maps: FateMaps, box: tuple[float, float, int, int], letters: int) -> None:
    """Numbers beside a map of one coefficient: learning rates at its left, starts below."""
    left, top, width, height = box
    font = _font(round(0.85 * letters), "Medium")
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        lr = float(maps.lrs[round(share * (len(maps.lrs) - 1))])
        pen.text((left - letters, top + height * (1 - share)), f"lr {three_digits(lr)}", theme.quiet, font, anchor="rm")
    for share in (0.0, 0.5, 1.0):
        start = float(maps.xs[round(share * (len(maps.xs) - 1))])
        at = left + width * share, top + height + 0.4 * letters
        anchor = "la" if share == 0 else "ra" if share == 1 else "ma"
        pen.text(at, f"start {three_digits(start)}", theme.quiet, font, anchor=anchor)


def _font(size: int, weight: str) -> ImageFont.FreeTypeFont:
    files = Path(fontpkg_inter.__file__).parent / "files"
    font = ImageFont.truetype(str(next(files.glob("Inter[[]*"))), max(size, 6))
    font.set_variation_by_name(weight)
    return font
