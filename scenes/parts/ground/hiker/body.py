"""The body as it is held now: poses blended by what the walk does, and what swings after it."""

from __future__ import annotations

import cmath
import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from scenes.parts.ground.hiker.cloth import AT_REST, Bone
from scenes.parts.ground.hiker.gait import APART, FAR, NEAR, STANCE, Footing, Gait
from scenes.parts.ground.hiker.outline import Points
from scenes.parts.ground.hiker.pose import CROUCH, LAND, REACH, SIT, SOAR, STAND, WALK, Pose
from scenes.parts.ground.hiker.skeleton import (
    ANKLE,
    FOREARM,
    HALF_SOLE,
    HIPS,
    SOLE,
    UPPER_ARM,
    Boot,
    Skeleton,
    bent,
    hips_over,
    skeleton,
)

#: From what height of a leap on he is held as one who flies.
_ALOFT = 0.3
#: How high a boot is lifted in a stride, and how far the heel comes up behind and the toe before it is set down.
_LIFT, _HEEL, _TOE = 0.075, 0.75, 0.28
#: Seconds of a breath, and how far the chest goes up.
_BREATH, _RISE = 3.4, 0.0065
#: Seconds from one blink to the next, and of one.
_BLINKS, _BLINK = 4.3, 0.14
#: Length of the staff below the hand and above it.
_BELOW, _ABOVE = 0.6, 0.36
#: How fast the lantern swings (radians a second), and how soon it comes to rest.
_SWINGS, _DAMPED = 7.5, 0.16
#: How high the hips are above the ground of one who sits.
_SEAT = 0.1


@dataclass(frozen=True)
class Spot:
    """The ground as it is under him, in heights of the figure: forward and up from the place where he is.

    Attributes
    ----------
    boots
        Heel and toe of the nearer boot and of the farther one, where they are planted or over which they are held.
    staff, behind, before
        Where the staff is planted, where a pack is set down, and a lantern.
    shadow
        Round the shadow.
    lift
        How high above the ground he is.
    """

    boots: tuple[tuple[complex, complex], tuple[complex, complex]]
    staff: complex
    behind: complex
    before: complex
    shadow: Points
    lift: float

    @property
    def steep(self) -> float:
        """How much the ground rises for each length forward, from where a pack would stand to a lantern."""
        way = self.before - self.behind
        return way.imag / way.real if abs(way.real) > 1e-6 else 0.0

    def floor(self, x: Any) -> Any:
        """How high the ground is, so far forward: between where a pack would stand and a lantern."""
        return np.interp(x, (-0.28, 0.0, 0.36), (self.behind.imag, 0.0, self.before.imag))


def smooth(low: float, high: float, at: float) -> float:
    """From 0 at ``low`` to 1 at ``high``, eased.

    >>> smooth(0, 2, 1), smooth(0, 2, 5)
    (0.5, 1.0)
    """
    t = min(max((at - low) / (high - low), 0.0), 1.0)
    return t * t * (3 - 2 * t)


def impact(since: float) -> float:
    """How deep the knees are, so many seconds after a landing: down at once, up with some overshoot.

    >>> impact(0.0), round(impact(0.09), 2), abs(impact(1.4)) < 0.01
    (0.0, 1.0, True)
    """
    if not math.isfinite(since):
        return 0.0
    if since < 0.09:
        return math.sin(since / 0.09 * math.pi / 2)
    after = since - 0.09
    return math.exp(-4.2 * after) * math.cos(5.2 * after)


class Body:
    """Holds the skeleton of the present moment, and what swings: the lantern, the scarf.

    Attributes
    ----------
    bones
        The skeleton.
    boots
        The nearer boot and the farther one.
    origins, turns
        ``(b,)``, where each `Bone` begins now, and how far it is turned.
    tail
        ``(4,)``, the line of the scarf's loose end.
    staff
        ``(3,)``, the line of the staff, from its tip.
    lids
        How far the eye is open, from 0 to 1.
    exhaled
        How much of a breath out is done, from 0 to 1.
    spot
        The ground under him.
    sits, pack
        How far he sits, and how far the pack is set down, from 0 to 1.
    puff
        Seconds since he came down in the snow; infinite if that is long past.
    """

    def __init__(self) -> None:
        self.origins = np.array([AT_REST[bone] for bone in Bone], dtype=complex)
        self.turns = np.ones(len(Bone), dtype=complex)
        self.lids, self.exhaled, self.puff = 1.0, 0.0, math.inf
        self.sits = self.pack = 0.0
        self._time = 0.0
        self._swing = self._swing_speed = 0.0
        self._trail = 0.4
        self._hand: complex | None = None
        self._last_lift = 0.0
        self._climbing = 0.0
        self._speed = 0.0

    def soles(self) -> tuple[tuple[complex, complex], ...]:
        """Heel and toe of both boots, as they are drawn."""
        return tuple(
            (
                boot.ankle + cmath.rect(1, boot.pitch) * (SOLE - HALF_SOLE),
                boot.ankle + cmath.rect(1, boot.pitch) * (SOLE + HALF_SOLE),
            )
            for boot in self.boots
        )

    def turn_round(self) -> None:
        """What swings forward swings back: he faces the other way."""
        self._swing, self._swing_speed = -self._swing, -self._swing_speed

    def pose(self, spot: Spot, gait: Gait, dt: float, *, crouch: float, rest: float, pack: float) -> None:
        """Hold it as the moment has it.

        Parameters
        ----------
        spot
            The ground.
        gait
            Which boots are planted.
        dt
            Seconds since the last time.
        crouch, rest
            How far he is gathered for a leap, and how far he sits.
        pack
            How far the pack is set down.
        """
        self.spot = spot
        self._time += dt
        self._climb(spot.lift, dt)
        # He springs up from where he stood, and comes down held for the landing to the last.
        aloft = 0.0 if spot.lift <= 0 else 1.0 if self._climbing < 0 else smooth(0, _ALOFT, spot.lift)
        pose = self._blended(spot, gait, aloft, crouch, rest, pack)
        near, far = (
            _boot(ends, footing, gait.walking) for ends, footing in zip(spot.boots, gait.footings[:2], strict=True)
        )
        hips = hips_over(near, far, pose)
        hips += (complex(hips.real, float(spot.floor(hips.real)) + _SEAT) - hips) * rest
        if spot.lift > 0:
            hips, near, far = _flying(pose, aloft, smooth(0.22, 0.0, spot.lift) if self._climbing < 0 else 0.0)
        breath = _RISE * math.sin(2 * math.pi * self._time / _BREATH)
        bones = skeleton(pose, hips, near, far, breath)
        self.boots = (near, far)
        self.bones = self._with_staff(bones, pose, spot)
        self.lids = 1 - smooth(0.0, 0.5, 1 - abs(2 * ((self._time + 2) % _BLINKS) / _BLINK - 1))
        exhaling = (self._time / _BREATH) % 1.0
        self.exhaled = (exhaling - 0.35) / 0.6 if 0.35 < exhaling < 0.95 and spot.lift == 0 else 0.0
        self.puff = gait.since_landing
        self._swing_on(gait, dt)
        self.pack = pack * (1 - gait.walking) * (1 - aloft)
        self.sits = rest * (1 - aloft)
        self._set_bones(pose, self.sits, self.pack)

    def _climb(self, lift: float, dt: float) -> None:
        """How fast he goes up, in heights a second."""
        if lift <= 0 or self._last_lift <= 0:
            self._climbing = 3.0 if lift > 0 else 0.0
        elif dt > 0:
            self._climbing += ((lift - self._last_lift) / dt - self._climbing) * min(1.0, dt / 0.05)
        self._last_lift = lift

    def _blended(self, spot: Spot, gait: Gait, aloft: float, crouch: float, rest: float, pack: float) -> Pose:
        """The pose of the moment."""
        walking, grounded = gait.walking, 1 - aloft
        pose = STAND.toward(WALK, walking)
        stride = cmath.exp(2j * math.pi * gait.stride)
        sway = 0.4 * math.sin(2 * math.pi * self._time / 6.4) * (1 - walking)
        pose = pose._replace(
            shift=pose.shift + 0.006 * sway,
            lean=pose.lean
            + min(max(spot.steep * 0.14, -0.16), 0.2) * (1 - rest)
            + min(0.05 * gait.speed, 0.16) * walking
            + 0.16 * math.sin(math.pi * min(max(pack, 0.0), 1.0)) * (1 - rest),
            near_hand=pose.near_hand - walking * (0.026 * stride.real + 0.008j * stride.imag),
            nod=pose.nod + 0.03 * sway,
        )
        since = gait.since_landing
        # What comes down is not at once what it will be on the ground.
        pose = pose.toward(SIT, rest).toward(CROUCH, crouch).toward(REACH, smooth(0.11, 0.0, since) * grounded)
        pose = pose.toward(LAND, impact(since) * grounded)
        if aloft > 0:
            falling = smooth(2.0, -2.6, self._climbing) if self._climbing < 2 else 0.0
            pose = pose.toward(SOAR.toward(REACH, falling), aloft)
        return pose

    def _with_staff(self, bones: Skeleton, pose: Pose, spot: Spot) -> Skeleton:
        """The far hand holds the staff, which is planted, or carried."""
        hand, root = bones.far_arm.end, bones.far_arm.root
        carried = cmath.rect(1, math.pi / 2 - pose.staff)
        tip = spot.staff + (hand - carried * _BELOW - spot.staff) * min(max(pose.carry, 0.0), 1.0)
        way = hand - tip
        along = way / max(abs(way), 1e-6)
        hand = tip + along * min(max(abs(way), _BELOW - 0.2), _BELOW + 0.1)
        reach = (UPPER_ARM + FOREARM) * 0.98
        if abs(hand - root) > reach:
            hand = root + (hand - root) / abs(hand - root) * reach
            along = (hand - tip) / max(abs(hand - tip), 1e-6)
        self.staff = np.array([tip, hand, hand + along * _ABOVE])
        return replace(bones, far_arm=bent(root, hand, UPPER_ARM, FOREARM, -1.0))

    def _swing_on(self, gait: Gait, dt: float) -> None:
        """The lantern swings after the hand, the scarf trails after the neck."""
        hand = self.bones.near_arm.end
        if dt > 0 and self._hand is not None:
            moved = gait.speed + min(max((hand.real - self._hand.real) / dt, -3.0), 3.0)
            pull = (moved - self._speed) * 0.55
            self._speed = moved
            self._swing_speed -= min(max(pull, -1.2), 1.2)
            for _ in range(max(1, round(dt * 120))):
                step = dt / max(1, round(dt * 120))
                self._swing_speed -= (
                    _SWINGS * _SWINGS * math.sin(self._swing) + 2 * _DAMPED * _SWINGS * self._swing_speed
                ) * step
                self._swing += self._swing_speed * step
            self._swing = min(max(self._swing, -0.9), 0.9)
            wind = 0.35 + 0.5 * min(gait.speed, 2.0) + (1.5 if self._climbing < -0.5 else 0.6 * (self._climbing > 0.5))
            self._trail += (wind - self._trail) * min(1.0, dt / 0.16)
        self._hand = hand
        flutter = 0.1 * math.sin(self._time * 2.1) + 0.12 * min(gait.speed, 1.5) * math.sin(self._time * 9)
        point = self.bones.neck + self.bones.chest * (-0.075 + 0.008j)
        line = [point]
        for part, wave in ((0.05, 0.0), (0.055, 0.5), (0.06, 1.0)):
            angle = self._trail * (1 - 0.12 * wave) + flutter * (0.4 + wave)
            point = point + part * cmath.rect(1, -math.pi / 2 - angle)
            line.append(point)
        self.tail = np.array(line)

    def _set_bones(self, pose: Pose, rest: float, pack: float) -> None:
        """Where each bone of the clothes is."""
        bones, spot = self.bones, self.spot
        thighs = [cmath.phase((leg.joint - leg.root) * 1j) for leg in (bones.near_leg, bones.far_leg)]
        front = min(max(0.7 * max(thighs), -0.15), 1.2)
        back = min(max(0.55 * min(thighs) + 0.12 * max(thighs), -0.5), 0.7)
        back += (-0.75 - back) * rest
        worn = bones.waist + (-0.1 + pose.loose * (-0.6 + 1j)) * bones.chest
        down = complex(-0.17 + 0.02 * rest, spot.behind.imag + 0.07)
        if pack > 0:
            arc = math.sin(math.pi * min(max(pack, 0.0), 1.0))
            worn += (down - worn) * pack + arc * (-0.13 + 0.05j)
        self._put(Bone.PELVIS, bones.hips, bones.pelvis)
        self._put(Bone.CHEST, bones.waist, bones.chest)
        self._put(Bone.HEAD, bones.neck, bones.head)
        self._put(Bone.SKIRT_FRONT, bones.hips + 0.03, cmath.rect(1, front))
        self._put(Bone.SKIRT_BACK, bones.hips - 0.03, cmath.rect(1, back))
        for bone, boot in ((Bone.NEAR_BOOT, self.boots[NEAR]), (Bone.FAR_BOOT, self.boots[FAR])):
            self._put(bone, boot.ankle, cmath.rect(1, boot.pitch))
        tilt = cmath.phase(bones.chest) * (1 - pack) - (0.1 - math.atan(spot.steep) * 0.6) * pack
        self._put(Bone.PACK, worn, cmath.rect(1, tilt))
        for bone, arm in ((Bone.NEAR_HAND, bones.near_arm), (Bone.FAR_HAND, bones.far_arm)):
            forearm = arm.end - arm.joint
            self._put(bone, arm.end, forearm / max(abs(forearm), 1e-6))
        held = bones.near_arm.end - 0.018j
        self._put(Bone.LANTERN, held + (spot.before + 0.136j - held) * rest, cmath.rect(1, self._swing * (1 - rest)))
        self._put(Bone.LID, bones.neck + bones.head * (AT_REST[Bone.LID] - AT_REST[Bone.HEAD]), bones.head)

    def _put(self, bone: Bone, origin: complex, turn: complex) -> None:
        self.origins[bone], self.turns[bone] = origin, turn


def _boot(ends: tuple[complex, complex], footing: Footing, walking: float) -> Boot:
    """A boot on its ground, or on its way over it."""
    if footing.swing is None:
        raised = _HEEL * smooth(0.34, STANCE, footing.age) - _TOE * smooth(0.07, 0.0, footing.age)
        return Boot.on(*ends, raised * walking)
    u = footing.swing
    strength = 0.55 + 0.45 * walking
    raised = strength * (_HEEL * (1 - smooth(0.1, 0.65, u)) - _TOE * smooth(0.55, 1.0, u))
    boot = Boot.on(*ends, raised)
    return Boot(boot.ankle + 1j * _LIFT * strength * math.sin(math.pi * u) ** 1.3, boot.pitch)


def _flying(pose: Pose, aloft: float, landing: float) -> tuple[complex, Boot, Boot]:
    """Hips and boots in the air: the lowest sole is as high as the walk says."""
    hips = complex(pose.shift, HIPS)
    boots = []
    for foot, pitch, x in (
        (pose.near_foot, pose.near_pitch, -APART - SOLE.real),
        (pose.far_foot, pose.far_pitch, APART - SOLE.real),
    ):
        # The boots come from where they stood, and go to where they will stand.
        ground, held = complex(x, ANKLE), aloft * (1 - landing)
        ankle = ground + (hips + foot - ground) * held
        boots.append(Boot(complex(ankle.real, ankle.imag), pitch * held))
    lowest = min(
        (boot.ankle + cmath.rect(1, boot.pitch) * (SOLE + end)).imag
        for boot in boots
        for end in (-HALF_SOLE, HALF_SOLE)
    )
    raised = -1j * lowest
    near, far = (Boot(boot.ankle + raised, boot.pitch) for boot in boots)
    return hips + raised, near, far
