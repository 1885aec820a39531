"""Words on screen: one way of setting type, and a plate to set it on where the ground is busy."""

from __future__ import annotations

from typing import Any

from manim import DOWN, LEFT, RIGHT, RoundedRectangle, Text, VGroup

from scenes.theme import theme

#: Pango's kerning is coarse below this size: set large, then scale.
_SET_AT = 96


def words(
    text: str,
    size: float | None = None,
    colour: str | None = None,
    *,
    mono: bool = False,
    weight: str = "MEDIUM",
    **kwargs: Any,
) -> Text:
    """A line of type. ``size`` is a manim font size; the theme's ``body`` by default."""
    line = Text(
        text,
        font=theme.mono if mono else theme.sans,
        font_size=_SET_AT,
        color=colour or theme.text,
        weight=weight,
        disable_ligatures=mono,
        **kwargs,
    )
    return line.scale((size or theme.body) / _SET_AT)


def lines(*texts: str, size: float | None = None, colour: str | None = None, **kwargs: Any) -> VGroup:
    """Several lines, set flush left with even leading."""
    size = size or theme.body
    rows = VGroup(*(words(text, size, colour, **kwargs) for text in texts))
    # Leading is measured from baseline to baseline: rows differ in their descenders.
    leading = size / 48 * 0.62
    for index, row in enumerate(rows):
        row.align_to(rows[0], LEFT).shift(DOWN * index * leading)
    return rows


def plate(content: Any, *, pad: float = 0.2, colour: str | None = None, opacity: float = 0.78) -> VGroup:
    """``content`` on a dark rounded plate, legible over snow and fog alike."""
    back = RoundedRectangle(
        corner_radius=0.12,
        width=content.width + 2 * pad,
        height=content.height + 2 * pad * 0.8,
        stroke_width=0,
        fill_color=colour or theme.ink,
        fill_opacity=opacity,
    ).move_to(content)
    return VGroup(back, content)


def swatch(text: str, colour: str, size: float | None = None, *, weight: str = "SEMIBOLD") -> VGroup:
    """A label with a short bar of the colour it stands for."""
    label = words(text, size or theme.label, theme.text, weight=weight)
    bar = RoundedRectangle(
        corner_radius=0.04, width=0.34, height=0.1, stroke_width=0, fill_color=colour, fill_opacity=1
    )
    return VGroup(bar, label).arrange(RIGHT, buff=0.16)
