"""Fogged: the ground round whoever is in the fog is seen, as far as the lantern reaches; and thick fog drifts."""

from __future__ import annotations

from dataclasses import dataclass, field

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.stage.transitions import Curtain

#: Fog so thick that it hides the ground, and how much of the ground at the boots is to show.
_THICK, _SHOWN = 0.75, 0.3
#: Moments one after another in which it must not; and from what opacity on a curtain dims the picture.
_LASTING, _DIMMED = 4, 0.3


@dataclass
class Fogged(Check):
    """Watches whether those who are in thick fog have a light: a mountain's ``lights`` name them."""

    _dark: dict[int, int] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        for hiker in moment.of(Hiker):
            mountain = hiker.mountain
            hidden = (
                mountain.fog.density >= _THICK
                and mountain.opacity >= 1
                and hiker.is_seen
                and mountain.clarity(*hiker.place()[:2]) < _SHOWN
            )
            self._dark[id(hiker)] = lasting = self._dark.get(id(hiker), 0) + 1 if hidden else 0
            if lasting >= _LASTING:
                name = hiker.walk.trajectory.label if hiker.walk is not None else "a hiker"
                found = "is in thick fog without a light: the ground under the boots is hidden"
                self.keep(Fault("depth", name, found, moment.time), hiker)
        dimmed = any(curtain.get_fill_opacity() > _DIMMED for curtain in moment.of(Curtain))
        for mountain in moment.of(Mountain):
            stands = not mountain.updaters and mountain.fog.density >= _THICK and not dimmed
            self._dark[id(mountain)] = lasting = self._dark.get(id(mountain), 0) + 1 if stands else 0
            if lasting >= _LASTING:
                found = "lies thick on a mountain that is frozen: on a clear day only nothing drifts"
                self.keep(Fault("still", "the fog", found, moment.time), mountain)
