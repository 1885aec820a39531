"""Look: how a picture that takes the whole frame is seen and lit, as numbers that change one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from manim import Mobject, UpdateFromAlphaFunc

from scenes.engine.drawing.raster import Raster
from scenes.theme import theme


@dataclass(frozen=True)
class Look:
    """How something is seen and lit: a frozen dataclass whose fields are all numbers.

    Attributes
    ----------
    proportional
        Names of the fields that go from one look to another in proportion, as sizes and distances do.
    framing
        Names of the fields that say from where it is seen, and how large.
    """

    proportional: ClassVar[tuple[str, ...]] = ()
    framing: ClassVar[tuple[str, ...]] = ()

    def toward(self, other: Self, fraction: float) -> Self:
        """The look at ``fraction`` of the way to ``other``: of all evenly, but of what is ``proportional``."""
        between = {}
        for name, start in vars(self).items():
            end = getattr(other, name)
            if name in self.proportional:
                between[name] = float(start * (end / start) ** fraction)
            else:
                between[name] = start + (end - start) * fraction
        return type(self)(**between)


class Looked(Raster):
    """A raster that has a `Look`.

    Attributes
    ----------
    look
        How it is seen; `change_look` animates it.
    """

    look: Any
    faint = 0.12

    def set_look(self, **changes: float) -> None:
        """Change fields of its ``look`` at once."""
        self.look = replace(self.look, **changes)

    def change_look(self, run_time: float = 2.0, rate_func: Any = None, **changes: float) -> UpdateFromAlphaFunc:
        """Animate fields of its ``look``; several that change other fields can be played at once.

        Parameters
        ----------
        run_time
            Seconds.
        rate_func
            How time goes by; the theme's ease by default.
        **changes
            Fields of its look and what they become.
        """
        start = self.look
        end = replace(start, **changes)

        def to(_: Mobject, alpha: float) -> None:
            between = start.toward(end, alpha)
            self.look = replace(self.look, **{name: getattr(between, name) for name in changes})

        return UpdateFromAlphaFunc(self, to, run_time=run_time, rate_func=rate_func or theme.ease)

    def come(self, opacity: float) -> UpdateFromAlphaFunc:
        """Animate how much of it is seen, from 0 to 1."""
        before = self.opacity

        def to(_: Mobject, alpha: float) -> None:
            self.set_opacity(before + (opacity - before) * alpha)

        return UpdateFromAlphaFunc(self, to, rate_func=theme.ease)
