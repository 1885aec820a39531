"""Layout: places in the frame, by name. A frame of another shape needs another `Layout`, and no other file.

Lengths are in manim's scene units: the frame is 8 units high, and (0, 0) is its centre.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from manim import UP, Mobject, config

from scenes.narration.burned_captions import caption_zone
from scenes.theme import theme


@dataclass(frozen=True)
class Columns:
    """Two columns.

    Attributes
    ----------
    left, right
        Where the middle of each is, from left to right.
    """

    left: float
    right: float


@dataclass(frozen=True)
class Layout:
    """The places of one shape of frame.

    Attributes
    ----------
    halves
        Two things of equal weight.
    main_and_side
        A large thing, and a small one beside it.
    plot_and_key
        A wide plot, and the key to it.
    beside_dock
        The middle of what stands right of a label in the lower left corner.
    ground
        What panels in the upper corners and captions leave free: left, right, lower and upper bound.
    """

    halves: Columns
    main_and_side: Columns
    plot_and_key: Columns
    beside_dock: float
    ground: tuple[float, float, float, float]


#: By the frame's shape: its width to its height, in whole numbers.
LAYOUTS = {
    (16, 9): Layout(
        halves=Columns(-3.2, 3.3),
        main_and_side=Columns(-2.7, 4.1),
        plot_and_key=Columns(-1.7, 4.9),
        beside_dock=-0.3,
        ground=(-5.9, 5.9, -2.3, 1.5),
    ),
}


def layout() -> Layout:
    """The layout of the present frame.

    Raises
    ------
    ValueError
        There is none for a frame of this shape.

    >>> layout().halves.left
    -3.2
    """
    ratio = config.frame_width / config.frame_height
    shape = min(LAYOUTS, key=lambda shape: abs(shape[0] / shape[1] - ratio))
    if abs(shape[0] / shape[1] - ratio) > 0.01:
        known = ", ".join(f"{width}:{height}" for width, height in LAYOUTS)
        raise ValueError(
            f"a frame {config.frame_width:.2f} by {config.frame_height:.2f} units has no layout; there are: {known}. "
            "Add one to LAYOUTS in scenes/stage/layout.py"
        )
    return LAYOUTS[shape]


def set_above_captions(mobject: Mobject) -> Mobject:
    """Move ``mobject`` down to right above the captions; returns it.

    Examples
    --------
    ::

        self.add(set_above_captions(plate(words("above what is said", theme.heading))))
    """
    return mobject.shift(UP * (caption_top() - mobject.get_bottom()[1]))


def caption_top() -> float:
    """The height, in scene units, down to which words and panels may reach: the captions' place ends a gap below it.

    Examples
    --------
    ::

        self.add(words("nothing stands lower", theme.body).next_to(UP * caption_top(), UP, buff=0))
    """
    return caption_zone()[3] * config.frame_height + theme.gap


def clears_captions(mobject: Mobject) -> bool:
    """Whether ``mobject`` leaves the captions' place free: it is above it, or in a corner beside it.

    Examples
    --------
    ::

        hint = words("small", theme.small).to_corner(DOWN + RIGHT, buff=theme.margin)
        if clears_captions(hint):
            self.add(hint)
    """
    left, bottom, right, top = (edge * config.frame_height for edge in caption_zone())
    apart = np.abs(mobject.get_center()[:2] - ((left + right) / 2, (bottom + top) / 2))
    touching = np.array([right - left + mobject.width, top - bottom + mobject.height]) / 2
    return bool((apart >= touching).any())


def centre_above_captions() -> float:
    """The middle between the captions and the upper margin, in scene units: the height of what is alone in the frame.

    Examples
    --------
    ::

        self.add(words("alone", theme.display).set_y(centre_above_captions()))
    """
    return (caption_top() + config.frame_height / 2 - theme.margin) / 2
