"""Continuity: nothing jumps from one frame to the next, and nothing is gone for an instant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from manim import Animation, FadeIn, FadeOut, Mobject
from numpy.typing import NDArray

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.picture.lines import UNSEEN, is_type, words_of
from scenes.check.playback import Moment
from scenes.engine.terrain.fog.sea import FULL
from scenes.engine.terrain.shot import Shot
from scenes.parts.ground.mountain import Mountain
from scenes.parts.look import Looked
from scenes.parts.panels.scorecard import Readout
from scenes.stage.transitions import Curtain

#: Opacity from which on a thing is seen to be there.
_SEEN = 0.3
#: Scene units by which a thing may be elsewhere, or of another size, from one frame to the next.
_JUMP = 0.15
#: Seconds up to which a thing that is gone and comes back was gone by mistake.
_INSTANT = 1.5
#: Scene units by which what takes the place of another is elsewhere, and levels of a colour, from 0 to 1, that are the
#: same.
_ITS_PLACE, _SAME = 0.3, 0.05
#: Seconds up to which an animation is over before the eye can follow, and scene units that a thing may go meanwhile.
_ABRUPT, _FAR = 0.1, 0.5
#: The fraction of an animation that may pass from one sixtieth of its time to the next.
_LEAP, _TICKS = 0.4, 60
#: What of a view may be another from one frame to the next, in its own units, and what part of the pixels with it.
_STEP, _FEW = 0.15, 0.02


@dataclass(frozen=True)
class _Gone:
    """What is seen no more: what it is called, since when, and where it was: left, bottom, right and top."""

    mobject: Mobject
    name: str
    since: float
    box: NDArray[np.float64]


@dataclass
class Continuity(Check):
    """Holds the end of each animation against the beginning of the next.

    Between the two a scene changes what it likes without anybody seeing how. What comes in or goes out is no jump; what
    stands on the ground may be elsewhere once the eye is; and the eye itself leaps only where nobody sees it. Nor is
    fog, or what dims the picture, there or gone from one frame to the next. A thing is gone for an instant, too, if
    another that looks like it takes its place a little later.
    """

    _left: Moment | None = None
    _began: Moment | None = None
    _tops: list[Mobject] = field(default_factory=list)
    _framings: list[object] = field(default_factory=list)
    _shots: dict[Mountain, Shot] = field(default_factory=dict)
    _views: dict[tuple[Mobject, str], NDArray[np.float64]] = field(default_factory=dict)
    _gone: dict[int, _Gone] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Compare the first moment of an animation with the end of the one before."""
        self._find_back(moment)
        if self._began is not None and self._began.play is moment.play:
            return
        for animation in moment.play.single():
            self._see_leaps(animation, moment)
        left, self._began = self._left, moment
        if left is None or _is_dark(moment):
            return
        for mountain, shot in _shots(moment).items():
            away = mountain.shift_between(self._shots.get(mountain, shot), shot) / _units(mountain)
            if away > _JUMP:
                found = "the eye leaps, and another part of the ground is seen from one frame to the next"
                if np.isfinite(away):
                    found = f"the eye leaps, and the ground by {away:.2f} units from one frame to the next"
                self._keep("jump", mountain, moment, found)
        self._see_views(moment)
        self._find_replaced(left, moment)
        cut = self._framings != _framings(moment)
        for mobject, before, now in _pairs(left, moment):
            if now is None:
                self._gone[id(mobject)] = _Gone(mobject, _name(mobject, self._tops), moment.time, before)
            elif not (cut and _on_ground(mobject)) and (away := float(np.abs(now - before).max())) > _JUMP:
                self._keep("jump", mobject, moment, f"jumps by {away:.2f} units from one frame to the next")

    def played(self, moment: Moment) -> None:
        """Keep how an animation left the stage."""
        self._find_back(moment)
        _ = moment.shapes
        if moment.play.seconds <= _ABRUPT and not moment.play.waits and self._began is not None:
            for mobject, before, now in _pairs(self._began, moment):
                if now is not None and (away := float(np.abs(now - before).max())) > _FAR and not _on_ground(mobject):
                    found = f"goes {away:.2f} units in {moment.play.seconds:.2f} s"
                    self._keep("jump", mobject, moment, found)
        self._left, self._tops, self._framings = moment, list(moment.scene.mobjects), _framings(moment)
        self._shots = {} if _is_dark(moment) else _shots(moment)
        self._views = {} if _is_dark(moment) else _views(moment)

    def _see_views(self, moment: Moment) -> None:
        """Find what is seen otherwise at once: from elsewhere, through other fog, or less dimmed."""
        now = _views(moment)
        for (mobject, what), before in self._views.items():
            after = now.get((mobject, what))
            gone = after is None and isinstance(mobject, Curtain)
            if (gone or (after is not None and np.abs(after - before).max() > _STEP)) and moment.changed > _FEW:
                self._keep("jump", mobject, moment, f"{what} from one frame to the next")

    def _find_back(self, moment: Moment) -> None:
        """Look whether what was gone has come back."""
        for key, gone in list(self._gone.items()):
            number = moment.shapes.place.get(key)
            seconds = moment.time - gone.since
            if number is not None and moment.shapes.opacity[number] >= _SEEN:
                if seconds <= _INSTANT:
                    found = f"is gone for {seconds:.1f} s, and back again"
                    self.keep(Fault("gone", gone.name, found, gone.since), gone.mobject)
                del self._gone[key]
            elif seconds > _INSTANT:
                del self._gone[key]

    def _find_replaced(self, left: Moment, moment: Moment) -> None:
        """Look whether something that comes all at once is like what is gone, and where that was."""
        earlier = [gone for gone in self._gone.values() if gone.since < moment.time]
        if not earlier:
            return
        now, before = moment.shapes, left.shapes
        for number in np.flatnonzero(now.opacity >= _SEEN).tolist():
            mobject = now.mobjects[number]
            last = before.place.get(id(mobject))
            if last is not None and before.opacity[last] > UNSEEN:
                continue
            box = np.array([*now.low[number, :2], *now.high[number, :2]])
            for gone in earlier:
                if float(np.abs(box - gone.box).max()) < _ITS_PLACE and _look_alike(mobject, gone.mobject):
                    found = f"is gone for {moment.time - gone.since:.1f} s, and then another like it is there"
                    self.keep(Fault("gone", gone.name, found, gone.since), gone.mobject)
                    self._gone.pop(id(gone.mobject), None)

    def _see_leaps(self, animation: Animation, moment: Moment) -> None:
        """Find an animation that does most of its way in no time."""
        if isinstance(animation, FadeIn | FadeOut) or moment.play.waits:
            return
        pace: Callable[[float], float] = animation.rate_func
        way = np.array([pace(tick / _TICKS) for tick in range(_TICKS + 1)])
        leap = float(np.abs(np.diff(way)).max())
        if leap > _LEAP:
            found = f"does {100 * leap:.0f} % of its way from one frame to the next"
            self._keep("jump", animation.mobject, moment, found)

    def _keep(self, rule: str, mobject: Mobject, moment: Moment, found: str) -> None:
        self.keep(Fault(rule, _name(mobject, moment.scene.mobjects), found, moment.time), mobject)


def _pairs(first: Moment, second: Moment) -> Iterator[tuple[Mobject, NDArray[np.float64], NDArray[np.float64] | None]]:
    """What was seen: where it was, left, bottom, right and top, and where it is now; None if it is not seen any more.

    Of a read-out, whose glyphs are others with each number, nothing is given.
    """
    left, now = first.shapes, second.shapes
    read_out = {id(glyph) for mobject in first.of(Readout) for glyph in mobject}
    for number in np.flatnonzero(left.opacity >= _SEEN).tolist():
        mobject = left.mobjects[number]
        if id(mobject) in read_out:
            continue
        box = np.array([*left.low[number, :2], *left.high[number, :2]])
        other = now.place.get(id(mobject))
        if other is None or now.opacity[other] <= UNSEEN:
            yield mobject, box, None
        else:
            yield mobject, box, np.array([*now.low[other, :2], *now.high[other, :2]])


def _look_alike(mobject: Mobject, other: Mobject) -> bool:
    """Whether two shapes are of one kind and of one colour."""
    if type(mobject) is not type(other) or len(mobject.points) != len(other.points):
        return False
    return all(
        np.allclose(getattr(mobject, name, 0), getattr(other, name, 0), atol=_SAME)
        for name in ("fill_rgbas", "stroke_rgbas")
        if np.shape(getattr(mobject, name, 0)) == np.shape(getattr(other, name, 0))
    )


def _is_dark(moment: Moment) -> bool:
    """Whether nothing is seen: whatever is done behind a closed curtain, nobody sees."""
    return any(
        isinstance(top, Curtain) and top.hides_all and top.get_fill_opacity() > 1 - UNSEEN
        for top in moment.scene.mobjects
    )


def _framings(moment: Moment) -> list[object]:
    """From where the eye sees each ground."""
    return [top.framing for top in moment.scene.mobjects if isinstance(top, Mountain)]


def _shots(moment: Moment) -> dict[Mountain, Shot]:
    """How the eye sees each ground that is seen."""
    return {ground: ground.shot for ground in moment.of(Mountain) if ground.opacity > UNSEEN}


def _views(moment: Moment) -> dict[tuple[Mobject, str], NDArray[np.float64]]:
    """Of what takes the whole frame, how it is seen: each with what has happened if that is another at once."""
    views: dict[tuple[Mobject, str], NDArray[np.float64]] = {}
    for raster in moment.of(Looked):
        if raster.opacity > UNSEEN:
            look = raster.look
            # In proportion, where sizes and distances are told by it.
            values = [(name, getattr(look, name)) for name in look.framing]
            told = [np.log(value) if name in look.proportional else value for name, value in values]
            views[raster, "the eye leaps, and it is seen from elsewhere"] = np.array(told)
    for ground in moment.of(Mountain):
        if ground.opacity > UNSEEN:
            fog = ground.fog
            views[ground, "the fog is another"] = np.array([fog.density, min(fog.top, FULL)])
    for curtain in moment.of(Curtain):
        if not curtain.hides_all and curtain.get_fill_opacity() > UNSEEN:
            views[curtain, "what dims the picture is gone, or another"] = np.array([curtain.get_fill_opacity()])
    return views


def _units(mountain: Mountain) -> float:
    """Pixels of a scene unit, at the present quality."""
    return float(mountain.pixels[0] / mountain.width)


def _on_ground(mobject: Mobject) -> bool:
    return hasattr(mobject, "ground_depth") or getattr(mobject, "on_ground", False)


def _name(mobject: Mobject, tops: Sequence[Mobject]) -> str:
    """What a thing is called: by the words in what it belongs to, or by what that is."""
    for top in tops:
        family = top.get_family()
        if any(member is mobject for member in family):
            texts = [words_of(member) for member in family if is_type(member)]
            return ", ".join(texts[:3]) or type(top).__name__
    return type(mobject).__name__
