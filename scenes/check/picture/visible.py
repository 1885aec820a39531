"""Visible: what a thing changes of the frame."""

from __future__ import annotations

import numpy as np
from manim import Mobject
from numpy.typing import NDArray

from scenes.check.playback import Moment


def changed_by(moment: Moment, thing: Mobject, levels: int) -> NDArray[np.bool_]:
    """``(H, W)``, which pixels of the frame would be others without a thing, by so many of 255 levels of a colour.

    Examples
    --------
    ::

        def see(self, moment):
            for label in labels_of(moment):
                if not changed_by(moment, label, 12).any():
                    self.keep(Fault("name", "a label", "is hidden", moment.time), label)
    """
    full, without = moment.drawn_again(), moment.drawn([thing])
    return np.asarray(np.abs(full[..., :3].astype(np.int16) - without[..., :3]).max(axis=-1) >= levels)
