"""Gait: where the boots are planted. It goes by the distance walked; time only brings a boot to rest.

A place on the ground is a complex number: east, and north times ``1j``, in world units.
"""

from __future__ import annotations

import cmath
from dataclasses import dataclass

import numpy as np

#: Of a whole stride of one boot, how much it stands on the ground, and from where on its heel comes up.
STANCE, HEEL_UP = 0.6, 0.36
#: Length of a step, in heights of the figure: at no speed, for each height a second more, and at most.
_STEP, _LONGER, _LONGEST = 0.3, 0.14, 0.58
#: How far each boot is before or behind the hips, and nearer to the eye or farther, of one who stands.
APART, ASIDE = 0.075, 0.03
#: A way in one moment that nobody walks; a boot so far from where it should be is set there.
_JUMP, _LOST = 0.5, 0.75
#: Seconds without a step after which he stands, that a boot takes to where it stands, and for a landing to pass.
_STILL, _SETTLE, _LANDED = 0.07, 0.26, 1.4
#: From what turn (radians) on he goes back.
_BACK = 2.0
#: How far off a boot may stand.
_OFF = 0.05
#: Which stand on the ground, in order: the boot nearer to the eye, the farther one, the staff.
NEAR, FAR, STAFF = 0, 1, 2
#: How much farther forward than a boot the staff is planted, and when in a stride.
_STAFF_AHEAD, _PHASES = 0.15, (0.0, 0.5, 0.04)


@dataclass
class Footing:
    """Something that is planted on the ground, lifted and planted again.

    Attributes
    ----------
    place
        Where it is on the ground, or over which place it is held.
    lifted_at
        Where it was lifted.
    swing
        How much of the way to its next place is done, from 0 to 1; None while it is planted.
    age
        How much of a stride it has stood, while he walks.
    """

    place: complex = 0j
    lifted_at: complex = 0j
    swing: float | None = None
    age: float = 0.0

    def plant(self, place: complex) -> None:
        """Set it down."""
        self.place, self.swing = place, None

    def aim_anew(self, target: complex, fraction: float) -> None:
        """Go on from where it is in the air, so far of the way to another place."""
        eased = min(fraction**2 * (3 - 2 * fraction), 0.95)
        self.lifted_at = (self.place - target * eased) / (1 - eased)
        self.swing = fraction

    def swing_to(self, target: complex, fraction: float) -> None:
        """Carry it, from where it stood, so far of the way to its next place."""
        if self.swing is None:
            self.lifted_at = self.place
        self.swing = min(max(fraction, 0.0), 1.0)
        eased = self.swing**2 * (3 - 2 * self.swing)
        self.place = self.lifted_at + (target - self.lifted_at) * eased


class Gait:
    """Plants two boots and a staff under somebody who moves over the ground.

    Parameters
    ----------
    height
        Of the figure, in world units.

    Attributes
    ----------
    footings
        The nearer boot, the farther one, and the staff.
    walking
        From 0, standing, to 1.
    speed
        Heights of the figure a second.
    since_landing
        Seconds since the boots came down from a leap; infinite if that is long past.
    is_still
        Whether nothing has to be moved.

    Examples
    --------
    A planted boot stays where it is while the body goes on:

    >>> gait = Gait(1.0)
    >>> for metre in np.arange(0.0, 0.5, 0.01):
    ...     gait.advance(complex(metre), 1 / 30, side=1 + 0j, toward=-1j)
    >>> [footing.swing is None for footing in gait.footings[:2]].count(True) >= 1
    True
    """

    def __init__(self, height: float) -> None:
        self._height = height
        self.footings = (Footing(), Footing(), Footing())
        self.walking = self.speed = 0.0
        self.since_landing = np.inf
        self.is_still = True
        self._here: complex | None = None
        self._along = 1 + 0j
        self._phase = 0.0
        self._idle = np.inf
        self._flew = False

    def advance(
        self, here: complex, dt: float, side: complex, toward: complex, *, flies: bool = False, sits: float = 0.0
    ) -> None:
        """Go on to a place.

        Parameters
        ----------
        here
            Where the body is.
        dt
            Seconds since the last time; 0 if that can't be told.
        side
            The direction over the ground that he faces in the picture, of length 1.
        toward
            And that in which the eye is.
        flies
            Whether the boots are off the ground.
        sits
            How far he sits, from 0 to 1: then the boots are before him.
        """
        last, self._here = self._here, here
        spots = self._spots(here, side, toward, sits)
        self.since_landing += dt
        if self.since_landing > _LANDED:
            self.since_landing = np.inf
        step = 0j if last is None else here - last
        if flies or self._flew or last is None or abs(step) > _JUMP * self._height:
            if self._flew and not flies:
                self.since_landing = 0.0
            for footing, spot in zip(self.footings, spots, strict=True):
                footing.plant(spot)
            self._flew, self.walking, self.speed, self._idle = flies, 0.0, 0.0, np.inf
            self.is_still = not flies and self.since_landing == np.inf
            return
        if abs(step) > 1e-7 * self._height:
            self._walk(here, step, dt, toward)
        else:
            self._settle(spots, dt)

    @property
    def stride(self) -> float:
        """How much of a stride of the nearer boot is done, from 0 to 1."""
        return self._phase % 1.0

    def _spots(self, here: complex, side: complex, toward: complex, sits: float) -> tuple[complex, complex, complex]:
        """Where boots and staff are of one who stands, or sits."""
        ahead, aside = self._height * side, ASIDE * self._height * toward
        standing, sitting = (-APART, APART, 2.6 * APART), (0.155, 0.235, 0.33)
        near, far, staff = (a + (b - a) * sits for a, b in zip(standing, sitting, strict=True))
        return here + ahead * near + aside, here + ahead * far - aside, here + ahead * staff - 2 * aside

    def _walk(self, here: complex, step: complex, dt: float, toward: complex) -> None:
        """Move whatever is in the air as far as the body went."""
        height, way = self._height, abs(step)
        if dt > 0:
            self.speed += (way / dt / height - self.speed) * min(1.0, dt / 0.15)
        turned = cmath.phase(step / self._along)
        # Round a bend bit by bit; back, or off from where he stood, at once.
        at_once = abs(turned) > _BACK or (self._idle > 0 and self.walking < 0.05)
        self._along = step / way if at_once else self._along * cmath.rect(1, turned * min(1.0, way / (0.12 * height)))
        length = min(_STEP + _LONGER * self.speed, _LONGEST) * height
        back = self._idle == 0 and abs(turned) > _BACK
        if self._idle > 0:
            self._set_out(here)
        elif back:
            self._turn_back()
        self._idle = 0.0
        self.walking = min(1.0, self.walking + way / (0.3 * height))
        self._phase += way / (2 * length)
        self.is_still = False
        across = self._along * -1j
        if (across * toward.conjugate()).real < 0:
            across = -across
        for index, (footing, at) in enumerate(zip(self.footings, _PHASES, strict=True)):
            footing.age = age = (self._phase + at) % 1.0
            ahead = _STAFF_AHEAD * height if index == STAFF else 0.0
            aside = across * ASIDE * height * (1, -1, -2)[index]
            stands = self._along * (STANCE * length + ahead) + aside
            if age >= STANCE:
                target = here + self._along * (1 - age) * 2 * length + stands
                if back and footing.swing is not None:
                    footing.aim_anew(target, (age - STANCE) / (1 - STANCE))
                footing.swing_to(target, (age - STANCE) / (1 - STANCE))
            else:
                where = here + stands - self._along * age * 2 * length
                if footing.swing is not None:
                    footing.plant(footing.place if back else where)
                elif abs(footing.place - where) > _LOST * height:
                    footing.plant(where)

    def _set_out(self, here: complex) -> None:
        """Begin with the boot that is farther behind, or already in the air."""
        behind = [((footing.place - here) * self._along.conjugate()).real for footing in self.footings[:2]]
        first = NEAR if behind[NEAR] <= behind[FAR] else FAR
        for index in (NEAR, FAR):
            if self.footings[index].swing is not None:
                first = index
        self._phase = STANCE - _PHASES[first]
        for footing in self.footings:
            footing.swing = None

    def _turn_back(self) -> None:
        """Go back the way he came: what he stood on behind him is before him now."""
        for index in (FAR, NEAR):
            if self.footings[index].swing is None:
                self._phase = STANCE - self.footings[index].age - _PHASES[index]

    def _settle(self, spots: tuple[complex, complex, complex], dt: float) -> None:
        """Come to stand: what is in the air comes down where it stands, then what is off follows."""
        self._idle += dt
        self.speed *= max(0.0, 1 - dt / 0.12)
        if self._idle < _STILL:
            return
        self.walking = max(0.0, self.walking - dt / 0.35)
        swinging = [footing.swing is not None for footing in self.footings]
        if not any(swinging[:2]):
            away = [abs(self.footings[index].place - spots[index]) for index in (NEAR, FAR)]
            first = NEAR if away[NEAR] > away[FAR] else FAR
            swinging[first] = away[first] > _OFF * self._height
        swinging[STAFF] |= abs(self.footings[STAFF].place - spots[STAFF]) > 1.5 * _OFF * self._height
        for footing, spot, moves in zip(self.footings, spots, swinging, strict=True):
            if moves:
                done = (footing.swing or 0.0) + dt / _SETTLE
                footing.swing_to(spot, done)
                if done >= 1:
                    footing.plant(spot)
        self.is_still = not any(swinging) and self.walking == 0 and self.since_landing == np.inf
