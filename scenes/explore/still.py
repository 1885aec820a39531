"""One picture of it all: the mountain on a clear day, every walk at its end."""

from __future__ import annotations

from scenes.engine.terrain.fog import Fog
from scenes.explore.explore_scene import ExploreScene


class AllWalks(ExploreScene):
    """The mountain, the trails, the curves, and what each learning rate came to."""

    def construct(self) -> None:
        mountain = self.mountain(Fog(0.0))
        party = self.party(mountain)
        for walk in party.walks:
            walk.clock.set_value(walk.trajectory.steps)
        mountain.paint(mountain.pixels)  # drawn finely the second time
        facts, (curves, _) = self.facts(), self.curves(party)
        edges = self.edges(mountain, facts, curves, *party.hikers)
        self.add(mountain, edges, *party.trails, *party.hikers, facts, curves)
        self.update_mobjects(0)
