"""Listener: notes, while a scene plays, what would be heard of it: steps, wind, a radio, somebody's arrival.

Nothing is written into scenes for it but which run a radio receives: boots fall where a walk reaches its rows, the
hiss is the recorded loss of that moment, the chord is a walk that has converged and stands at its cabin, a thud is a
dart that lands, and the wind is the fog. Parts are known by what they have, not by their classes: so no take hangs on
a part that it doesn't show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import numpy as np
from manim import config
from numpy.typing import NDArray

from scenes.production.sound.scene_sounds import Air, Footfall, SceneSounds, Thud
from scenes.stage.observation import Observer

#: How strong the wind is where there is no mountain, on a clear day, and in thick fog; and how much of it is left
#: behind a curtain that dims the scene for words.
INDOORS, CLEAR, FOGGY, BEHIND_WORDS = 0.2, 0.4, 1.0, 0.5
#: World units from one foot to the other, and fewest seconds from one footfall of a hiker to the next.
PACE, SOONEST = 0.5, 0.42
#: A footfall less far from the one before, in world units, is not heard: somebody who hardly moves makes no noise.
UNHEARD = 0.03
#: Footfalls of two hikers nearer than this, in seconds, are one.
TOGETHER = 0.12
#: Landings of darts nearer than this, in seconds, are one.
AT_ONCE = 0.05
#: Seconds without a step after which the radio of a hiker is switched off.
RESTING = 1.5
#: Farther from its door, in world units, nobody is at a cabin.
AT_THE_DOOR = 0.3
#: A loss above that of the start hisses more, up to this.
LOUDEST_HISS = 1.3


@runtime_checkable
class _Walker(Protocol):
    """A figure that follows a walk: `scenes.parts.ground.hiker.Hiker`."""

    walk: Any

    def feet(self) -> NDArray[np.float64]: ...


@runtime_checkable
class _House(Protocol):
    """`scenes.parts.ground.cabin.Cabin`."""

    door: tuple[float, float]
    mountain: Any


@runtime_checkable
class _Weather(Protocol):
    """`scenes.parts.ground.mountain.Mountain`."""

    fog: Any
    landscape: Any


@runtime_checkable
class _DartWall(Protocol):
    """`scenes.parts.darts.room.DartRoom`: where each dart that has landed is seen, from left to right."""

    thuds: list[float]


@runtime_checkable
class _Curtain(Protocol):
    """`scenes.stage.transitions.Curtain`."""

    hides_all: bool


@dataclass
class _Stage:
    """Who is on stage and can be heard."""

    walkers: list[_Walker] = field(default_factory=list)
    houses: list[_House] = field(default_factory=list)
    weathers: list[_Weather] = field(default_factory=list)
    walls: list[_DartWall] = field(default_factory=list)
    behind_words: bool = False

    @classmethod
    def of(cls, scene: Any) -> _Stage:
        stage = cls()
        for mobject in _seen(scene.mobjects):
            if isinstance(mobject, _Walker):
                stage.walkers += [mobject] if mobject.walk is not None else []
            elif isinstance(mobject, _House):
                stage.houses.append(mobject)
            elif isinstance(mobject, _Weather):
                stage.weathers.append(mobject)
            elif isinstance(mobject, _DartWall):
                stage.walls.append(mobject)
            elif isinstance(mobject, _Curtain):
                stage.behind_words |= not mobject.hides_all
        return stage

    @property
    def wind(self) -> float:
        thick = [float(weather.fog.density) for weather in self.weathers]
        wind = CLEAR + (FOGGY - CLEAR) * min(max(thick), 1.0) if thick else INDOORS
        return wind * (BEHIND_WORDS if self.behind_words and thick else 1.0)


class Listener(Observer):
    """Hears one scene. Give it to the scene as an observer, and ask for `sounds` when it was played."""

    def __init__(self) -> None:
        self._stage: _Stage | None = None
        self._steps: dict[int, _Steps] = {}
        self._moved: tuple[float, _Steps] | None = None  # when somebody walked last, and who
        self._air: list[Air] = []
        self._footfalls: list[Footfall] = []
        self._arrivals: list[float] = []
        self._thuds: list[Thud] = []
        self._landed: dict[int, int] = {}  # how many darts had landed in each wall

    def on_play(self, scene: Any, seconds: float) -> None:  # noqa: ARG002
        """Look anew who is there, at the first moment of what is played now."""
        self._stage = None

    def on_moment(self, scene: Any) -> None:
        """Listen to one moment."""
        stage = self._stage = self._stage or _Stage.of(scene)
        now = float(scene.time)
        walks = {id(walker.walk): walker for walker in stage.walkers}
        for key, walker in walks.items():
            steps = self._steps.setdefault(key, _Steps(walker.walk))
            if steps.listen(now):
                self._moved = now, steps
            for time, weight, landing in steps.taken():
                if not self._footfalls or time - self._footfalls[-1].time >= TOGETHER or landing:
                    side = float(np.clip(walker.feet()[0] / (config.frame_width / 2), -1, 1))
                    self._footfalls.append(Footfall(time, weight, side, landing))
            if steps.arrived is not None and any(_at_home(walker.walk, house) for house in stage.houses):
                self._arrivals.append(steps.arrived)
            steps.arrived = None
        for key in self._steps.keys() - walks.keys():  # whoever comes back has not walked meanwhile
            del self._steps[key]
        for wall in stage.walls:
            new = wall.thuds[self._landed.get(id(wall), 0) :]
            self._landed[id(wall)] = len(wall.thuds)
            if new and (not self._thuds or now - self._thuds[-1].time >= AT_ONCE):
                self._thuds.append(Thud(now, float(np.mean(new))))
        air = Air(now, stage.wind, self._hiss(scene, now))
        if not self._air or (air.wind, air.hiss) != (self._air[-1].wind, self._air[-1].hiss):
            self._air.append(air)

    def on_played(self, scene: Any) -> None:
        """Listen to how it was left: the last row of a walk is reached after the last frame."""
        self.on_moment(scene)

    def sounds(self, length: float) -> SceneSounds:
        """What was heard, in a scene of ``length`` seconds."""
        footfalls = sorted(self._footfalls, key=lambda footfall: footfall.time)
        return SceneSounds(length, tuple(self._air), tuple(footfalls), tuple(self._arrivals), tuple(self._thuds))

    def _hiss(self, scene: Any, now: float) -> float | None:
        """How much of a radio is noise, if one is on: that which the scene declares, or that of whoever walked last."""
        reception = getattr(scene, "reception", None)
        if reception is not None:
            return _noise(float(reception.loss()), reception.first, reception.lowest)
        if self._moved is None or now - self._moved[0] > RESTING:
            return None
        steps = self._moved[1]
        losses = steps.walk.trajectory.losses
        return _noise(float(losses[steps.walk.row]), float(losses[0]), steps.lowest)


class _Steps:
    """The steps of one walk, from the moment at which it is first seen."""

    def __init__(self, walk: Any) -> None:
        self.walk = walk
        self.arrived: float | None = None
        heights = walk.mountain.landscape.heights
        #: The lowest loss of its ground: there the station is clear.
        self.lowest = float(heights[np.isfinite(heights)].min())
        self._taken: list[tuple[float, float, bool]] = []
        self._time: float | None = None
        self._now = float(walk.now)
        strides = np.linalg.norm(np.diff(walk.positions, axis=0) * walk.mountain.scale_of.ground, axis=1)
        #: ``(T+1,)``, world units over the ground up to each row.
        self._way = np.concatenate([[0.0], np.cumsum(strides)])
        self._fallen = -np.inf, self._distance(self._now)  # when the last one was, and how far it was then

    def listen(self, time: float) -> bool:
        """Note what was walked since the last moment; whether anything was."""
        before, was, now = self._time, self._now, float(self.walk.now)
        self._time, self._now = time, now
        if before is None or time <= before or now <= was:  # set there at once, or back
            if now != was:
                self._fallen = self._fallen[0], self._distance(now)
            return False
        for at in self._falls(was, now):
            self._fall(before + (at - was) / (now - was) * (time - before), at)
        if now >= self.walk.trajectory.steps:
            self.arrived = time
        return True

    def taken(self) -> list[tuple[float, float, bool]]:
        """The footfalls since this was asked last: time, weight, and whether it is a landing."""
        taken, self._taken = self._taken, []
        return taken

    def _falls(self, was: float, now: float) -> Iterator[float]:
        """The progress at each footfall: where a row is reached, and at paces between distant ones."""
        for row in range(int(np.floor(was)), min(int(np.floor(now)), self.walk.trajectory.steps - 1) + 1):
            stride = self._way[row + 1] - self._way[row]
            paces = 1 if self._leaps(row) else max(1, round(stride / PACE))
            for pace in range(1, paces + 1):
                at = row + pace / paces
                if was < at <= now:
                    yield at

    def _fall(self, time: float, at: float) -> None:
        last, far = self._fallen
        way = self._distance(at) - far
        landing = at == int(at) and self._leaps(int(at) - 1)
        if not landing and (time - last < SOONEST or way < UNHEARD):
            return
        self._fallen = time, far + way
        self._taken.append((time, 1.0 if landing else float(np.clip(np.sqrt(way / PACE), 0.3, 1.0)), landing))

    def _leaps(self, row: int) -> bool:
        return bool(self.walk.lift(row + 0.5) > 0)

    def _distance(self, at: float) -> float:
        return float(np.interp(at, np.arange(len(self._way)), self._way))


def _seen(mobjects: Sequence[Any]) -> Iterator[Any]:
    """These and what they are made of, down to whoever can be heard."""
    for mobject in mobjects:
        yield mobject
        if not isinstance(mobject, _Walker | _House | _Weather | _DartWall):
            yield from _seen(mobject.submobjects)


def _at_home(walk: Any, house: _House) -> bool:
    """Whether a walk that has ended rests at a minimum, and that is where the cabin's door is."""
    away = (walk.positions[-1] - np.asarray(house.door)) * walk.mountain.scale_of.ground
    return walk.trajectory.outcome == "converged" and float(np.linalg.norm(away)) <= AT_THE_DOOR


def _noise(loss: float, first: float, lowest: float) -> float:
    """How much is noise at a loss, from 0 at the lowest to 1 at the first.

    >>> _noise(0.5, first=1.0, lowest=0.0), _noise(0.0, 1.0, 0.0), _noise(float("nan"), 1.0, 0.0)
    (0.5, 0.0, 1.3)
    """
    if not first > lowest:
        return 0.0
    if not np.isfinite(loss):
        return LOUDEST_HISS
    return float(np.clip((loss - lowest) / (first - lowest), 0.0, LOUDEST_HISS))
