"""Plays: what a scene played, one after another, and what became another by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from manim import Mobject, ValueTracker

from scenes.check.picture.lines import UNSEEN, is_type, words_of
from scenes.check.playback import Moment, Play
from scenes.check.timing.rhythm import MOVED
from scenes.engine.drawing.raster import Raster

#: Pixels of a frame: when so few have changed, nobody sees it.
_NOTHING = 3


@dataclass(eq=False)
class Played:
    """An animation or a wait, and what it changed.

    Attributes
    ----------
    index, start, seconds, waits
        As of the `Play`.
    changed
        Whether the picture was another after it, or meanwhile, than before it.
    begins_new
        Whether it was another already in its first frame: something was put on stage before it, or taken off.
    touched
        What it animated, and what came on stage with it, with all that it is made of.
    clocks
        The numbers that it animated, as they stood at its beginning, if it animated nothing else; none once one of
        them has become another.
    """

    index: int
    start: float
    seconds: float
    waits: bool
    changed: bool = False
    begins_new: bool = False
    touched: dict[int, Mobject] = field(default_factory=dict)
    clocks: dict[ValueTracker, float] = field(default_factory=dict)

    @property
    def idle(self) -> bool:
        """Whether all that it animated are clocks, and none of them went: fog may drift meanwhile."""
        return bool(self.clocks)

    def touches(self, mobject: Mobject) -> bool:
        """Whether it animated a mobject, or a part of it, or put it on stage."""
        return any(id(member) in self.touched for member in mobject.get_family() if len(member.points))

    @property
    def kinds(self) -> str:
        """What it animated, by the words of its lines of type, or by what it is."""
        lines = _named(words_of(mobject) for mobject in self.touched.values() if is_type(mobject))
        return lines or _named(type(mobject).__name__ for mobject in self.touched.values()) or "nothing"


def _named(names: Iterable[str]) -> str:
    """The first few of some names, each once."""
    return ", ".join(list(dict.fromkeys(filter(None, names)))[:3])


class Plays(list[Played]):
    """All that a scene plays, in its order."""

    def __init__(self) -> None:
        super().__init__()
        self._there: dict[int, Mobject] = {}

    def see(self, moment: Moment) -> None:
        """Note what one moment shows of them."""
        differs = _differs(moment)
        if not self or self[-1].index != moment.play.index:
            if self:
                self[-1].changed |= differs  # its end is seen at the beginning of the next
            self.append(self._begun(moment, moment.play))
            self[-1].begins_new = differs
        else:
            self[-1].changed |= differs
            if any(clock.get_value() != value for clock, value in self[-1].clocks.items()):
                self[-1].clocks.clear()

    def _begun(self, moment: Moment, play: Play) -> Played:
        there = {id(mobject): mobject for mobject in moment.shapes.mobjects}
        touched = {key: mobject for key, mobject in there.items() if key not in self._there}
        if not play.waits:
            touched.update((id(mobject), mobject) for mobject in play.mobjects)
        self._there = there
        animated = [animation.mobject for animation in play.animations]
        clocks = {mobject: float(mobject.get_value()) for mobject in animated if isinstance(mobject, ValueTracker)}
        if len(clocks) < len(animated):
            clocks = {}
        return Played(play.index, play.start, play.seconds, play.waits, touched=touched, clocks=clocks)


def _differs(moment: Moment) -> bool:
    """Whether a moment shows another picture than the one before it; fog that drifts is the same picture."""
    if moment.changed > MOVED or moment.before is None:
        return True
    if any(isinstance(top, Raster) and top.updaters and top.opacity > UNSEEN for top in moment.scene.mobjects):
        return not moment.shapes.same_shapes(moment.before.shapes)
    height, width = moment.pixels.shape[:2]
    return bool(moment.changed * height * width >= _NOTHING)
