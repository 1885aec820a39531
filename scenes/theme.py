"""Colours, type, sizes and times, named by meaning and not by look.

Colours that must be told apart differ in lightness as well as in hue, and the pairs that carry
meaning (down and up, right and wrong) are blue-green against orange-red or pink, which hold for the
three common colour blindnesses (after Okabe and Ito's palette).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from scenes.terrain import Material


def _rgb(code: str) -> tuple[float, float, float]:
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


@dataclass(frozen=True)
class Theme:
    """One look. Colours are ``#rrggbb``; sizes are manim font sizes; times are seconds."""

    # The page.
    ink: str = "#0d1420"
    panel: str = "#151f30"
    rule: str = "#33425a"
    text: str = "#f1f4f9"
    quiet: str = "#a3b1c4"

    # What things mean.
    downhill: str = "#3ad6ab"
    uphill: str = "#ff7d5c"
    gradient: str = "#ffcb52"
    stale: str = "#c3a3ff"
    too_small: str = "#79bcff"
    right: str = "#3ad6ab"
    too_big: str = "#ff8fc7"
    guess: str = "#ff8fc7"
    steer: str = "#3ad6ab"
    cabin: str = "#ffb648"
    coat: str = "#ff6a3d"
    trail: str = "#fff3d6"

    # Type.
    sans: str = "Inter"
    mono: str = "IBM Plex Mono"
    heading: float = 42
    body: float = 32
    label: float = 26
    code: float = 30

    # Space and time.
    margin: float = 0.62  # a little more than the title-safe 5 % of the frame's width
    enter: float = 0.7
    leave: float = 0.5
    breath: float = 0.4

    material: Material = field(
        default_factory=lambda: Material(
            ground=(
                (0.11, 0.25, 0.27),
                (0.17, 0.31, 0.32),
                (0.30, 0.36, 0.40),
                (0.52, 0.54, 0.60),
                (0.80, 0.82, 0.88),
            ),
            rock=(0.32, 0.31, 0.38),
            sun=(1.02, 0.78, 0.54),
            shade=(0.44, 0.54, 0.77),
            haze=(0.47, 0.55, 0.66),
            sky=(0.17, 0.27, 0.45),
            fog=(0.40, 0.47, 0.57),
            contour=(1.0, 1.0, 1.0),
            glow=_rgb("#ffb648"),
            sun_from=(0.45, -0.62, 0.50),
        )
    )


theme = Theme()


@cache
def register_fonts() -> None:
    """Make the bundled fonts known to Pango, so that the films look the same on every machine."""
    import fontpkg_ibm_plex_mono
    import fontpkg_inter
    import manimpango

    for package in (fontpkg_inter, fontpkg_ibm_plex_mono):
        files = Path(package.__file__).parent / "files"
        for font in sorted(files.glob("*.[ot]tf")):
            if "Italic" not in font.name:
                manimpango.register_font(str(font))
