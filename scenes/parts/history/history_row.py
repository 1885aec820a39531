"""HistoryRow: the operations that torch kept of a loss, side by side, and a light that runs back over them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import (
    RIGHT,
    Animation,
    Line,
    ManimColor,
    Mobject,
    RoundedRectangle,
    UpdateFromAlphaFunc,
    VGroup,
    interpolate_color,
)

from scenes.parts.words import set_on_baseline, words
from scenes.theme import theme

#: What torch calls an operation, and what stands on its link: some names are too long to be read.
_SHORT = {"linalgvectornorm": "norm", "deg2rad": "angle", "unbind": "part", "stack": "pair"}
#: How high a link is, and how far it is from the next, in scene units.
_HIGH, _APART = 0.62, 0.22


class HistoryRow(VGroup):
    """A link for each operation, from the coefficients at the left to the loss at the right.

    Parameters
    ----------
    operations
        Their names as torch has them, from the first to the last, in small letters.
    width
        Of all of it, in scene units.

    Attributes
    ----------
    links
        A `VGroup` of a box and its word each.

    Examples
    --------
    ::

        chain = HistoryRow(["mul", "sum", "sub", "abs"], width=8)
        self.add(chain)
        self.play(chain.rewind(run_time=1))
    """

    def __init__(self, operations: Sequence[str], width: float = 12.0) -> None:
        super().__init__()
        wide = (width - _APART * (len(operations) - 1)) / len(operations)
        self.links = VGroup()
        for name in operations:
            box = RoundedRectangle(
                corner_radius=0.14,
                width=wide,
                height=_HIGH,
                stroke_color=theme.rule,
                stroke_width=2.5,
                fill_color=theme.panel,
                fill_opacity=1,
            )
            shown = _SHORT.get(name, name)
            text = words(shown, theme.small, theme.text, mono=True)
            self.links.add(VGroup(box, set_on_baseline(text, shown, box.get_y() - 0.07)))
        self.links.arrange(RIGHT, buff=_APART)
        joints = VGroup(
            *(
                Line(one.get_right(), other.get_left(), color=theme.quiet, stroke_width=3)
                for one, other in zip(self.links, self.links[1:], strict=False)
            )
        )
        self.add(joints, self.links)

    def rewind(self, run_time: float = 2.0, start: float = 1.0, end: float = 0.0) -> Animation:
        """Animate a light that runs from the loss back to the coefficients: whatever it has passed stays lit.

        Parameters
        ----------
        run_time
            Seconds.
        start, end
            From where to where, from 1 at the loss to 0 at the coefficients.
        """

        def to(_: Mobject, alpha: float) -> None:
            self.light(start + (end - start) * theme.ease(alpha))

        return UpdateFromAlphaFunc(self.links, to, run_time=run_time, rate_func=lambda t: t)

    def light(self, down_to: float) -> None:
        """Light the links that lie between ``down_to``, from 0 at the coefficients to 1 at the loss, and the loss."""
        count = len(self.links)
        for index, (box, text) in enumerate(self.links):
            part = float(np.clip((index + 1) - down_to * count, 0, 1))
            # Brightest where it is just now.
            here = part * float(np.exp(-((index + 1 - down_to * count) ** 2) / 4))
            box.set_stroke(_mixed(theme.rule, part), 2.5 + 3.5 * here)
            box.set_fill(_mixed(theme.panel, 0.10 * part + 0.45 * here))
            text.set_color(theme.text)


def _mixed(colour: str, part: float) -> ManimColor:
    """A colour, and so much of that of what leads uphill."""
    return interpolate_color(ManimColor(colour), ManimColor(theme.uphill), part)
