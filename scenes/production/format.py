"""Formats: the size, rate and encoder of a film's pictures. Standard library only.

A format is a shape of the frame at a quality. What is drawn in it, and how, are `RenderSettings`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

#: Options of libx264 for films that are looked at. Dark and smooth parts get more bits than it would give them, so that
#: the grain which stands for the shades between two others (`scenes.engine.dither`) is not taken for noise.
FINE = (("preset", "veryfast"), ("crf", "18"), ("aq-mode", "3"), ("aq-strength", "1.1"))


@dataclass(frozen=True)
class Shape:
    """The shape of a frame: its width to its height, in whole numbers. Places for it are in `scenes.stage.layout`."""

    width: int
    height: int


@dataclass(frozen=True)
class Quality:
    """How fine a film is.

    Attributes
    ----------
    lines
        Pixels along the frame's shorter side.
    rate
        Frames a second.
    encoder
        Options of libx264.
    """

    lines: int
    rate: int
    encoder: tuple[tuple[str, str], ...] = FINE


@dataclass(frozen=True)
class Format:
    """Width and height in pixels, frames a second, and the encoder's options.

    Examples
    --------
    >>> draft = Format.of(QUALITIES["draft"])
    >>> draft.width, draft.height, str(draft)
    (854, 480, '480p10')
    """

    width: int
    height: int
    rate: int
    encoder: tuple[tuple[str, str], ...] = FINE

    @classmethod
    def of(cls, quality: Quality, shape: Shape = Shape(16, 9)) -> Format:
        """A shape at a quality. Sides are even, as encoders want them."""
        unit = quality.lines / min(shape.width, shape.height)
        width, height = (2 * round(side * unit / 2) for side in (shape.width, shape.height))
        return cls(width, height, quality.rate, quality.encoder)

    def __str__(self) -> str:
        return f"{self.height}p{self.rate}"


#: Draft is for timing, preview for looking at pictures, hd for showing.
QUALITIES = {
    "draft": Quality(480, 10, (("preset", "ultrafast"), ("crf", "24"), ("threads", "1"))),
    "preview": Quality(720, 30),
    "hd": Quality(1080, 60),
    "uhd": Quality(2160, 60),
}
#: The formats of these qualities, by name.
FORMATS = {name: Format.of(quality) for name, quality in QUALITIES.items()}


@dataclass(frozen=True)
class RenderSettings:
    """How scenes are rendered.

    Attributes
    ----------
    format
        Size, rate and encoder.
    theme
        A name of ``scenes.theme.THEMES``.
    burn_captions
        Whether captions are drawn into the picture.
    """

    format: Format
    theme: str = "dark"
    burn_captions: bool = False

    def as_json(self) -> dict[str, Any]:
        """The settings as JSON gives them back."""
        return {**asdict(self), "format": {**asdict(self.format), "encoder": dict(self.format.encoder)}}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> RenderSettings:
        """The settings that `as_json` gave.

        >>> settings = RenderSettings(FORMATS["hd"], "light")
        >>> RenderSettings.from_json(settings.as_json()) == settings
        True
        """
        size = data["format"]
        return cls(**{**data, "format": Format(**{**size, "encoder": tuple(size["encoder"].items())})})
