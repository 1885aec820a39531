"""manim's configuration for a format."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from scenes.production.format import Format

#: A frame's height in scene units, whatever its shape: what is drawn keeps its size.
_UNITS_HIGH = 8.0


def manim_settings(format_: Format, folder: Path) -> dict[str, Any]:
    """What to hand to manim's ``tempconfig``. Its working files go into ``folder``.

    The frame is 8 units high. Its width is that of its shape, and not of its pixels, which are rounded to even
    numbers: a draft and an HD picture are of the very same frame.

    >>> manim_settings(Format(1080, 1920, 30), Path("work"))["frame_width"]
    4.5
    """
    shape = Fraction(format_.width, format_.height).limit_denominator(16)
    return {
        "frame_width": _UNITS_HIGH * float(shape),
        "frame_height": _UNITS_HIGH,
        "pixel_width": format_.width,
        "pixel_height": format_.height,
        "frame_rate": format_.rate,
        "video_encoder_options": dict(format_.encoder),
        "media_dir": str(folder),
        "disable_caching": True,
        "progress_bar": "none",
        "verbosity": "ERROR",
    }
