"""Transitions: fading in and out, and the curtain that covers the frame."""

from __future__ import annotations

from typing import Any

from manim import ORIGIN, FadeIn, FadeOut, FullScreenRectangle, Mobject

from scenes.stage.layers import Layer, set_layer
from scenes.theme import theme


class Curtain(FullScreenRectangle):
    """The page over the whole frame; less than opaque, it dims what stands behind words.

    Parameters
    ----------
    opacity
        From 0 to 1. An opaque curtain lies in front of everything.

    Examples
    --------
    ::

        self.add(Mountain(library.landscape("mountain")))
        self.play(fade_in(Curtain(theme.dim)))
        self.play(fade_in(words("words", theme.heading)))
    """

    def __init__(self, opacity: float = 1.0) -> None:
        super().__init__(stroke_width=0, fill_color=theme.page, fill_opacity=opacity)
        #: See `scenes.engine.drawing.raster.StageCamera`.
        self.covers_frame = True
        #: Whether nothing is seen behind it once it is there.
        self.hides_all = opacity >= 1
        if self.hides_all:
            set_layer(self, Layer.CURTAIN)


def fade_in(mobject: Mobject, drift: Any = ORIGIN) -> FadeIn:
    """An animation by which something comes in; to be played beside others.

    Parameters
    ----------
    mobject
        What comes in.
    drift
        How far it moves meanwhile, ``(3,)`` in scene units.

    Examples
    --------
    ::

        self.play(fade_in(words("uphill", theme.heading), UP * theme.drift), run_time=theme.enter)
    """
    mobject.update(0)  # it may have been made for another shot than the present one
    return FadeIn(mobject, shift=drift, rate_func=theme.ease)


def fade_out(mobject: Mobject) -> FadeOut:
    """An animation by which something goes; to be played beside others.

    Examples
    --------
    ::

        name, dot = words("downhill", theme.heading), Dot(color=theme.downhill).shift(UP)
        self.add(name, dot)
        self.play(fade_out(name), run_time=theme.leave)
    """
    return FadeOut(mobject, rate_func=theme.ease)
