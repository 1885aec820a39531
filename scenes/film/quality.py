"""Sizes and rates that films are rendered at. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quality:
    """Frame size in pixels, frames a second, how hard the encoder tries, and how it is to look.

    ``captions`` are drawn into the picture, and ``theme`` is a name of ``scenes.theme.THEMES``.
    """

    width: int
    height: int
    rate: int
    encoder: tuple[tuple[str, str], ...] = (("preset", "veryfast"), ("crf", "18"))
    captions: bool = False
    theme: str = "dark"

    def __str__(self) -> str:
        return f"{self.height}p{self.rate}"


#: Draft is for looking at timing, preview for looking at pictures, hd for showing.
QUALITIES = {
    "draft": Quality(854, 480, 10, (("preset", "ultrafast"), ("crf", "24"), ("threads", "1"))),
    "preview": Quality(1280, 720, 30),
    "hd": Quality(1920, 1080, 60),
    "uhd": Quality(3840, 2160, 60),
}

#: For contact sheets and stills: the full picture, few frames.
LOOKING = Quality(1920, 1080, 5, (("preset", "ultrafast"), ("crf", "8")))
