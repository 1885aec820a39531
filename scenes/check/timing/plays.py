"""Plays: what a scene played, one after another, and what became another by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field
from enum import Enum
from typing import Any

import numpy as np
from manim import (
    Animation,
    AnimationGroup,
    Circumscribe,
    FadeIn,
    FadeOut,
    Flash,
    FocusOn,
    Indicate,
    Mobject,
    ShowPassingFlash,
    ValueTracker,
    Wiggle,
    there_and_back,
    wiggle,
)

from scenes.check.picture.lines import UNSEEN, is_type, words_of
from scenes.check.playback import Moment, Play
from scenes.check.timing.rhythm import MOVED
from scenes.engine.drawing.raster import Raster
from scenes.parts.ground.moves import Flight, FogChange
from scenes.parts.panels.code_panel import CodeBar
from scenes.stage.naming import surrounded_by
from scenes.stage.transitions import Curtain

#: Pixels of a frame: when so few have changed, nobody sees it.
_NOTHING = 3
#: By how much a clock, fog or the eye must have become another: a fiftieth of fog is nothing.
_AS_IT_WAS = 0.019


class How(Enum):
    """What is done to something."""

    COMES = "comes"
    LIT = "is lit"
    FOG = "fog"


@dataclass(frozen=True, eq=False)
class Event:
    """Something that an animation, or a scene before it, does to a thing.

    Attributes
    ----------
    thing, how
        To what, and what.
    after
        Seconds after the animation's beginning.
    """

    thing: Mobject
    how: How
    after: float


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
    leaving
        What of that, by its id, its animations take off the stage.
    states
        Those of its animations that are of a clock, of fog or of the eye, each with what stood at its beginning; an
        animation is taken out once that has become another.
    events
        What comes in, or is lit, or changes its fog, in the order in which it begins.
    stage
        What stood on the stage at its beginning.
    """

    index: int
    start: float
    seconds: float
    waits: bool
    changed: bool = False
    begins_new: bool = False
    touched: dict[int, Mobject] = field(default_factory=dict)
    leaving: set[int] = field(default_factory=set)
    states: dict[Animation, tuple[str, tuple[float, ...]]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    stage: list[Mobject] = field(default_factory=list)

    @property
    def idle(self) -> list[str]:
        """What it animated and what is still as it was, whatever else has changed the picture meanwhile."""
        return list(dict.fromkeys(name for name, _ in self.states.values()))

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
        self._stage: set[int] = set()

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
            self._note_states(self[-1])

    def begin(self, moment: Moment) -> None:
        """Note what begins at a moment, and nothing of what it changes."""
        if not self or self[-1].index != moment.play.index:
            self.append(self._begun(moment, moment.play))

    def _begun(self, moment: Moment, play: Play) -> Played:
        there = {id(mobject): mobject for mobject in moment.shapes.mobjects}
        touched = {key: mobject for key, mobject in there.items() if key not in self._there}
        if not play.waits:
            touched.update((id(mobject), mobject) for mobject in play.mobjects)
        self._there = there
        states = {animation: state for animation, _ in in_time(play.animations) if (state := _state(animation))}
        stage = list(moment.scene.mobjects)
        events = list(_events(play, stage, self._stage))
        self._stage = {id(member) for top in stage for member in top.get_family()}
        return Played(
            play.index,
            play.start,
            play.seconds,
            play.waits,
            touched=touched,
            leaving=_leaving(play),
            states=states,
            events=events,
            stage=stage,
        )

    def played(self) -> None:
        """Note how what is played last has ended."""
        if self:
            self._note_states(self[-1])

    def _note_states(self, played: Played) -> None:
        for animation, state in list(played.states.items()):
            now = _state(animation)
            if now is not None and not np.allclose(now[1], state[1], rtol=0, atol=_AS_IT_WAS):
                del played.states[animation]


def in_time(
    animations: Iterable[Animation], after: float = 0.0, pace: float = 1.0
) -> Iterator[tuple[Animation, float]]:
    """Animations, those within groups too, each with the seconds after which it begins."""
    for animation in animations:
        if isinstance(animation, AnimationGroup):
            group: Any = animation
            seconds = pace * group.run_time / max(float(group.max_end_time), 1e-9)
            for member in group.anims_with_timings:
                yield from in_time([member["anim"]], after + float(member["start"]) * seconds, seconds)
        else:
            yield animation, after


#: Animations by which something that is there is lit for a while.
_LIGHTS = (Circumscribe, FocusOn, Flash, Indicate, ShowPassingFlash, Wiggle)


def _events(play: Play, stage: list[Mobject], before: set[int]) -> Iterator[Event]:
    """What a play does to things; and what was put on stage right before it."""
    known: set[int] = set()
    found: list[Event] = []
    for animation, after in in_time(play.animations) if not play.waits else ():
        thing = animation.mobject
        known.update(id(member) for member in thing.get_family())
        if isinstance(thing, Curtain | ValueTracker):
            continue
        if isinstance(animation, FogChange):
            found.append(Event(thing, How.FOG, after))
        elif isinstance(animation, _LIGHTS) or animation.rate_func in (there_and_back, wiggle):
            found.append(Event(thing, How.LIT, after))
        elif animation.is_introducer() and not animation.is_remover():
            found.append(Event(thing, How.LIT if _lights(thing) else How.COMES, after))
    for top in stage:
        if before and not isinstance(top, Curtain) and not known & {id(each) for each in top.get_family()}:
            drawn = [each for each in top.get_family() if len(each.points)]
            if drawn and not any(id(each) in before for each in drawn):
                found.append(Event(top, How.LIT if _lights(top) else How.COMES, 0.0))
    yield from sorted(found, key=lambda event: event.after)


def _leaving(play: Play) -> set[int]:
    """The ids of all that a play's animations take off the stage."""
    removers = [animation for animation, _ in in_time(play.animations) if animation.is_remover()]
    return {id(member) for animation in removers for member in animation.mobject.get_family()}


def _lights(thing: Mobject) -> bool:
    """Whether a thing is there to light another: a bar over a line of code, or a ring."""
    return isinstance(thing, CodeBar) or all(surrounded_by(each) for each in thing.submobjects or [thing])


def _state(animation: Animation) -> tuple[str, tuple[float, ...]] | None:
    """What an animation is of, a clock, fog or the eye, and how that stands; None of anything else."""
    mobject: Any = animation.mobject
    if isinstance(animation, FogChange):
        return "the fog", astuple(mobject.fog)
    if isinstance(animation, Flight):
        return "the eye", (*mobject.shot.eye, *mobject.shot.target, mobject.shot.fov)
    if isinstance(mobject, ValueTracker) and not isinstance(animation, FadeIn | FadeOut):
        return "a clock", (float(mobject.get_value()),)
    return None


def _differs(moment: Moment) -> bool:
    """Whether a moment shows another picture than the one before it; fog that drifts is the same picture."""
    if moment.changed > MOVED or moment.before is None:
        return True
    if any(isinstance(top, Raster) and top.updaters and top.opacity > UNSEEN for top in moment.scene.mobjects):
        return not moment.shapes.same_shapes(moment.before.shapes)
    height, width = moment.pixels.shape[:2]
    return bool(moment.changed * height * width >= _NOTHING)
