"""The bed: wind, steps, a radio and a chord, made of what happened in a scene. It lies under what is said.

All of it is synthesised, from a seed: the same scene gives the same samples. Levels are absolute, so that the wind of
one scene goes on in the next: at a border it is as strong everywhere, without gusts, and there is nothing else.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from scenes.production.sound.chord import chord
from scenes.production.sound.loudness import TARGET, Samples, measure
from scenes.production.sound.noise import held
from scenes.production.sound.scene_sounds import SceneSounds
from scenes.production.sound.snow import footstep
from scenes.production.sound.static import static
from scenes.production.sound.thud import thud
from scenes.production.sound.wind import wind

#: How strong the wind is where one scene ends and the next begins, from 0 to 1.
BORDER = 0.2
#: Seconds from a border until the wind is the scene's own; and until all else is as loud as it is meant to be.
OWN_WIND, OWN_SOUNDS = 1.5, 0.3
#: The bed lies this far under what is said, in LU, at least: what it has beside the wind is turned down until it does.
UNDER = 12.0
#: Samples that go on before the first and after the last one: what an encoder hears of the neighbours.
EDGE = 4096
#: Seconds over which a change of the wind, of the hiss, and of the radio's being on at all, is spread.
_WIND_SOFT, _HISS_SOFT, _SWITCH_SOFT = 1.2, 0.08, 1.2


@dataclass(frozen=True, eq=False)
class Bed:
    """The sound of a scene beside its words, two channels.

    Attributes
    ----------
    samples
        ``(n, 2)``, as long as the scene.
    before, after
        ``(EDGE, 2)`` each: how it goes on at both ends.
    """

    samples: Samples
    before: Samples
    after: Samples


def bed(sounds: SceneSounds, rate: int) -> Bed:
    """Make the sound of what happened in a scene, at ``rate`` samples a second."""
    count = math.ceil(round(sounds.length * rate, 6)) + 2 * EDGE
    begin = -EDGE / rate  # seconds of the scene
    times = begin + np.arange(count) / rate
    # Seconds from the nearer border, into the scene.
    inside = np.minimum(times, sounds.length - times)
    own_wind, own_sounds = (_eased(inside / seconds) for seconds in (OWN_WIND, OWN_SOUNDS))
    moments = [air.time for air in sounds.air]
    strength = held(moments, [air.wind for air in sounds.air], begin, count, rate, _WIND_SOFT)
    blowing = wind(_chance(sounds, "wind"), BORDER + (strength - BORDER) * own_wind, 1 - own_wind, rate)
    amount = held(moments, _while_off([air.hiss for air in sounds.air]), begin, count, rate, _HISS_SOFT)
    switched = held(moments, [float(air.hiss is not None) for air in sounds.air], begin, count, rate, _SWITCH_SOFT)
    rest = static(_chance(sounds, "static"), amount * switched, rate)
    steps = _chance(sounds, "steps")
    for footfall in sounds.footfalls:
        made = footstep(steps, footfall.weight, landing=footfall.landing, rate=rate)
        _lay(rest, made[:, None] * _sides(footfall.side), footfall.time - begin, rate)
    for arrival in sounds.arrivals:
        _lay(rest, chord(rate), arrival - begin, rate)
    knocks = _chance(sounds, "thuds")
    for landed in sounds.thuds:
        _lay(rest, thud(knocks, rate)[:, None] * _sides(landed.side), landed.time - begin, rate)
    rest *= own_sounds[:, None]
    whole = blowing + rest
    for _ in range(3):
        over = measure(whole, rate, peak=False).lufs - (TARGET - UNDER)
        if over <= 0:
            break
        rest *= np.float32(10 ** (-(over + 1) / 20))
        whole = blowing + rest
    return Bed(whole[EDGE:-EDGE], whole[:EDGE], whole[-EDGE:])


def _while_off(hiss: Sequence[float | None]) -> list[float]:
    """The hiss with what it was, or first will be, where no radio is on: switched softly, it doesn't jump meanwhile.

    >>> _while_off([None, 0.9, 0.5, None])
    [0.9, 0.9, 0.5, 0.5]
    """
    filled: list[float] = []
    following = next((amount for amount in hiss if amount is not None), 0.0)
    for amount in hiss:
        if amount is None and filled:
            following = filled[-1]
        filled.append(following if amount is None else amount)
    return filled


def _chance(sounds: SceneSounds, what: str) -> np.random.Generator:
    """Randomness that is the same for the same scene, and another for each sound in it."""
    happened = {name: value for name, value in asdict(sounds).items() if name != "thuds" or value}
    seed = hashlib.sha256(f"{what} {happened}".encode()).digest()[:8]
    return np.random.default_rng(int.from_bytes(seed, "little"))


def _eased(fraction: NDArray[np.float64]) -> NDArray[np.float32]:
    """From 0 to 1 without a corner."""
    clipped = np.clip(fraction, 0, 1)
    return (0.5 - 0.5 * np.cos(np.pi * clipped)).astype(np.float32)


def _sides(side: float) -> NDArray[np.float32]:
    """How much of a sound is in the left and in the right: never all of it in one."""
    angle = (1 + 0.6 * side) * np.pi / 4
    return np.array([np.cos(angle), np.sin(angle)], np.float32) * np.float32(np.sqrt(2))


def _lay(floor: Samples, sound: Samples, second: float, rate: int) -> None:
    at = round(second * rate)
    sound = sound[: max(len(floor) - at, 0)]
    floor[at : at + len(sound)] += sound
