"""manim's configuration for a format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scenes.production.format import Format


def manim_settings(format_: Format, folder: Path) -> dict[str, Any]:
    """What to hand to manim's ``tempconfig``. Its working files go into ``folder``."""
    return {
        "pixel_width": format_.width,
        "pixel_height": format_.height,
        "frame_rate": format_.rate,
        "video_encoder_options": dict(format_.encoder),
        "media_dir": str(folder),
        "disable_caching": True,
        "progress_bar": "none",
        "verbosity": "ERROR",
    }
