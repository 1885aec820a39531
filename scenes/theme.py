"""Colours, type, sizes and times, named by meaning and not by look.

Colours that must be told apart were searched for near the ones that the eye would choose, so that
they hold for the three common colour blindnesses too: a test simulates them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from scenes.terrain import Material


def _rgb(code: str) -> tuple[float, float, float]:
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def eased(part: float) -> float:
    """Slow, fast, slow: the motion of all that enters, leaves or moves the eye.

    >>> eased(0.0), eased(0.5), eased(1.0)
    (0.0, 0.5, 1.0)
    """
    return part**3 * (10 - 15 * part + 6 * part**2)


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
    downhill: str = "#3ae2ab"
    uphill: str = "#e77a5c"
    gradient: str = "#ffe852"
    stale: str = "#c3a3ff"
    too_small: str = "#7978ff"
    right: str = "#3ae2ab"
    too_big: str = "#f790ff"
    guess: str = "#f790ff"
    steer: str = "#3ae2ab"
    cabin: str = "#ffb648"
    coat: str = "#ff6a3d"
    trail: str = "#fff3d6"

    # Type.
    sans: str = "Inter"
    mono: str = "IBM Plex Mono"
    display: float = 96
    heading: float = 42
    body: float = 32
    label: float = 26
    small: float = 21
    code: float = 30

    # Space, in scene units: steps of a tenth of the frame's unit.
    near: float = 0.1
    gap: float = 0.2
    room: float = 0.4
    margin: float = 0.72  # the title-safe 5 % of the frame's width, and a hair

    # Time, in seconds, and how fast things go in it.
    enter: float = 0.7
    leave: float = 0.5
    breath: float = 0.4
    drift: float = 0.15  # how far things move as they enter
    ease: Callable[[float], float] = eased

    #: How much of the light a mountain loses that stands behind words.
    dim: float = 0.8

    material: Material = field(
        default_factory=lambda: Material(
            ground=(
                (0.07, 0.20, 0.17),
                (0.16, 0.33, 0.22),
                (0.30, 0.38, 0.28),
                (0.46, 0.44, 0.44),
                (0.86, 0.88, 0.93),
            ),
            rock=(0.33, 0.29, 0.31),
            sun=(1.24, 0.96, 0.66),
            shade=(0.36, 0.46, 0.70),
            haze=(0.52, 0.60, 0.71),
            sky=(0.20, 0.36, 0.62),
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
