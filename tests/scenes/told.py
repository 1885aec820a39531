"""What holds of every scene of every film, once it was played: how it is told, and how it ends."""

from __future__ import annotations

from itertools import pairwise

from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layers import Layer
from scenes.stage.transitions import Curtain
from scenes.theme import theme

#: Nobody is left without words for longer than this, in seconds.
PAUSE = 4.0


def assert_well_told(scene: ExplainerScene, *, shortest: float = 20, beats: int = 3) -> None:
    """Beats with names of their own from the beginning on, lines one after the other in them, no long silence.

    Parameters
    ----------
    shortest, beats
        It lasts longer than so many seconds, and has so many beats at least.
    """
    sheet = scene.cue_sheet()
    assert sheet.length > shortest
    assert sheet.beats[0].start == 0
    assert len({beat.name for beat in sheet.beats}) == len(sheet.beats) >= beats
    assert all(cue.beat for cue in sheet.cues)
    assert sum(cue.end - cue.start for cue in sheet.cues) > 0.6 * sheet.length
    # In between no line runs into the next; the picture goes dark after the last word.
    assert all(cue.end <= after.start for cue, after in pairwise(sheet.cues))
    assert sheet.cues[-1].end <= sheet.length - theme.leave
    ends = [0.0, *(cue.end for cue in sheet.cues)]
    starts = [*(cue.start for cue in sheet.cues), sheet.length]
    assert max(start - end for start, end in zip(starts, ends, strict=True)) <= PAUSE


def assert_ends_behind_a_curtain(scene: ExplainerScene) -> None:
    """An opaque curtain is in front of everything, so that the next scene can open."""
    top = max(scene.mobjects, key=lambda mobject: mobject.z_index)
    assert isinstance(top, Curtain)
    assert top.z_index == Layer.CURTAIN
    assert top.get_fill_opacity() == 1
