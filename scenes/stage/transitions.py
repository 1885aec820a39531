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
    colour
        Of the page by default. One as the fog's leads from one place in it to another.

    Examples
    --------
    ::

        self.add(Mountain(library.landscape("mountain")))
        self.play(fade_in(Curtain(theme.dim)))
        self.play(fade_in(words("words", theme.heading)))
    """

    def __init__(self, opacity: float = 1.0, colour: str | None = None) -> None:
        super().__init__(stroke_width=0, fill_color=colour or theme.page, fill_opacity=opacity)
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
    return _ComesIn(mobject, shift=drift, rate_func=theme.ease)


def fade_out(mobject: Mobject) -> FadeOut:
    """An animation by which something goes; to be played beside others.

    Examples
    --------
    ::

        name, dot = words("downhill", theme.heading), Dot(color=theme.downhill).shift(UP)
        self.add(name, dot)
        self.play(fade_out(name), run_time=theme.leave)
    """
    return _GoesOut(mobject, rate_func=theme.ease)


class _ComesIn(FadeIn):
    """A fade in of what may be alive.

    manim goes on updating the copies of a thing between which it fades: one whose own light changes, such as the small
    picture on a card, gives its copy that light, and is there all at once.
    """

    def update_mobjects(self, dt: float) -> None:
        """Update the copy that it begins as, which stays unseen."""
        super().update_mobjects(dt)
        _put_out(self.starting_mobject)


class _GoesOut(FadeOut):
    """The same for a fade out, at whose end nothing is left."""

    def update_mobjects(self, dt: float) -> None:
        """Update the copy that it ends as, which stays unseen."""
        super().update_mobjects(dt)
        _put_out(self.target_copy)


def _put_out(copy: Mobject) -> None:
    """Make all of a copy invisible that has light of its own."""
    for member in copy.get_family():
        if member.updaters:
            member.fade(1.0)
