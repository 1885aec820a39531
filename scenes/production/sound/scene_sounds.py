"""SceneSounds: what is to be heard of a scene beside its words, and when. Data only.

Each entry is something that happened while the scene played: see `scenes.production.sound.listener`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Footfall:
    """A boot comes down in the snow.

    Attributes
    ----------
    time
        When, in seconds of the scene.
    weight
        How hard, from 0 to 1: by the distance since the one before.
    side
        Where it is seen, from -1 at the left edge of the frame to 1 at the right.
    landing
        Whether it ends a leap.
    """

    time: float
    weight: float
    side: float = 0.0
    landing: bool = False


@dataclass(frozen=True)
class Thud:
    """A dart lands in a wall.

    Attributes
    ----------
    time
        When, in seconds of the scene.
    side
        Where it is seen, from -1 at the left edge of the frame to 1 at the right.
    """

    time: float
    side: float


@dataclass(frozen=True)
class Air:
    """What is in the air from ``time`` seconds on.

    Attributes
    ----------
    wind
        How strong it blows, from 0 to 1, which is thick fog.
    hiss
        How much of a radio is noise: 1 at the loss that a run began with, 0 at the lowest there is. ``None`` where no
        radio is on.
    """

    time: float
    wind: float
    hiss: float | None = None


@dataclass(frozen=True)
class SceneSounds:
    """All that is heard of a scene beside its words.

    Attributes
    ----------
    length
        Of the scene, in seconds.
    air, footfalls
        In the order of their times.
    arrivals
        When somebody has come to the cabin in which a run ended, in seconds.
    thuds
        In the order of their times.
    """

    length: float
    air: tuple[Air, ...] = ()
    footfalls: tuple[Footfall, ...] = ()
    arrivals: tuple[float, ...] = ()
    thuds: tuple[Thud, ...] = ()

    def save(self, path: Path) -> None:
        """Write as JSON."""
        path.write_text(json.dumps(asdict(self)), "utf-8")

    @classmethod
    def load(cls, path: Path) -> SceneSounds:
        """Read what `save` wrote."""
        data = json.loads(path.read_text("utf-8"))
        return cls(
            data["length"],
            tuple(Air(**air) for air in data["air"]),
            tuple(Footfall(**footfall) for footfall in data["footfalls"]),
            tuple(data["arrivals"]),
            tuple(Thud(**thud) for thud in data.get("thuds", ())),
        )
