"""What all checks are: they watch a scene play, and keep each fault that they find once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from manim import Mobject, Scene

from scenes.check.fault import Fault, box_of, waivers
from scenes.check.playback import RATE, Moment, play
from scenes.narration.cues import CueSheet
from scenes.narration.speech import Voice


@dataclass
class Check:
    """Watches a scene, moment by moment. A subclass overrides what it needs.

    Attributes
    ----------
    faults
        What was found, each once: by rule and words.
    waived
        What would have been found, and the reason that `scenes.check.fault.waive` was given.

    Examples
    --------
    >>> class Crowded(Check):
    ...     def see(self, moment):
    ...         if len(moment.shown) > 1000:
    ...             self.keep(Fault("crowd", "the picture", f"{len(moment.shown)} things", moment.time))
    >>> Crowded().faults
    {}
    """

    faults: dict[tuple[str, str], Fault] = field(default_factory=dict)
    waived: dict[tuple[str, str], str] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Look at one moment."""

    def played(self, moment: Moment) -> None:
        """An animation or a wait has ended, ``moment.play``: look at how it left the scene."""

    def over(self, scene: Any, sheet: CueSheet) -> None:
        """Look at the whole of it, once it was played: the scene as it ended, and what it said when."""

    def keep(self, fault: Fault, *about: Mobject) -> None:
        """Keep a fault, unless its rule is waived for one of the mobjects that it is ``about``."""
        reasons = [waivers(mobject)[fault.rule] for mobject in about if fault.rule in waivers(mobject)]
        if reasons:
            self.waived[fault.rule, fault.words] = reasons[0]
        elif (fault.rule, fault.words) not in self.faults:
            self.faults[fault.rule, fault.words] = replace(fault, box=fault.box or box_of(*about))


def watch(
    scene_class: type[Scene],
    checks: Sequence[Check],
    *,
    rate: int = RATE,
    voice: Voice | None = None,
    also: Callable[[Moment], object] | None = None,
) -> CueSheet:
    """Play a scene before all ``checks``. Returns what the scene said, and when.

    Parameters
    ----------
    rate, voice
        As for `play`.
    also
        Sees every moment after the checks did.
    """
    scene: Scene | None = None

    def see(moment: Moment) -> None:
        nonlocal scene
        scene = moment.scene
        for check in checks:
            check.see(moment)
        if also is not None:
            also(moment)

    def played(moment: Moment) -> None:
        for check in checks:
            check.played(moment)

    sheet = play(scene_class, see, played=played, rate=rate, voice=voice)
    for check in checks:
        check.over(scene, sheet)
    return sheet
