"""Beneath: what stands or lies on ground is drawn after the ground, or nobody sees it."""

from __future__ import annotations

from dataclasses import dataclass

from manim import Mobject

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.parts.ground.arrow import GroundArrow
from scenes.parts.ground.cabin import Cabin
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail

#: Opacity from which on a shape is there, and from which on ground hides what is under it.
_THERE, _HIDES = 0.05, 0.3


@dataclass
class Beneath(Check):
    """Watches in which order the camera really draws the ground, and what is on it."""

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        place = {id(shape): number for number, shape in enumerate(moment.in_order)}
        grounds = {
            id(ground): place[id(ground)]
            for ground in moment.of(Mountain)
            if ground.opacity > _HIDES and id(ground) in place
        }
        if not grounds:
            return
        shapes = moment.shapes
        things: list[Hiker | Cabin | Trail | GroundArrow] = [
            *moment.of(Hiker),
            *moment.of(Cabin),
            *moment.of(Trail),
            *moment.of(GroundArrow),
        ]
        for thing in things:
            ground = grounds.get(id(_ground_of(thing)))
            if ground is None:
                continue
            drawn = [
                place[id(member)]
                for member in thing.get_family()
                if id(member) in shapes.place and shapes.opacity[shapes.place[id(member)]] > _THERE
            ]
            under = sum(number < ground for number in drawn)
            if under:
                found = f"{under} of {len(drawn)} shapes are drawn before the mountain, so under it"
                self.keep(Fault("depth", _name(thing), found, moment.time), thing)


def _ground_of(thing: Hiker | Cabin | Trail | GroundArrow) -> Mountain:
    return thing.walk.mountain if isinstance(thing, Trail) else thing.mountain


def _name(thing: Mobject) -> str:
    """What it is called, with the run that it is of."""
    kind = {Hiker: "the hiker", Cabin: "the cabin", Trail: "the trail", GroundArrow: "an arrow on the ground"}
    name = next(name for cls, name in kind.items() if isinstance(thing, cls))
    walk = thing.walk if isinstance(thing, Hiker | Trail) else None
    return name if walk is None else f"{name} of {walk.trajectory.label!r}"
