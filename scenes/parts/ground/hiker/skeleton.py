"""Bones: from a pose and two boots on the ground to all joints of the body."""

from __future__ import annotations

import cmath
from dataclasses import dataclass

from scenes.parts.ground.hiker.pose import Pose

#: Lengths of the bones, in heights of the figure.
THIGH, SHIN, ANKLE = 0.19, 0.18, 0.056
UPPER_ARM, FOREARM = 0.128, 0.122
#: Height of the hips of one who stands upright, and how far the legs are stretched at most, as a fraction.
HIPS, STRETCHED = 0.421, 0.997
#: From the hips to the waist, where the back bends; to the shoulders; to the neck: upright.
WAIST, SHOULDER, NECK = 0.1j, 0.266j, 0.335j + 0.008
#: The middle of a sole, from the ankle; and half its length.
SOLE, HALF_SOLE = 0.022 - ANKLE * 1j, 0.07


@dataclass(frozen=True)
class Boot:
    """A boot as it is held: where its ankle is, and how far its toe is up (radians)."""

    ankle: complex
    pitch: float

    @classmethod
    def on(cls, heel: complex, toe: complex, raised: float = 0.0) -> Boot:
        """One whose sole lies from heel to toe on the ground, or whose heel is so far up (radians), or its toe."""
        middle, flat = (heel + toe) / 2, (toe - heel) / abs(toe - heel)
        along = flat * cmath.rect(1, -raised)
        if raised:
            # It rolls over its toe, or its heel, which stays where it is.
            end = HALF_SOLE if raised > 0 else -HALF_SOLE
            middle += (flat - along) * end
        return cls(middle - along * SOLE, cmath.phase(along))


@dataclass(frozen=True)
class Limb:
    """Two bones: where they begin, meet and end."""

    root: complex
    joint: complex
    end: complex


@dataclass(frozen=True)
class Skeleton:
    """All joints of the body.

    Attributes
    ----------
    hips, waist, neck
        Along the back.
    pelvis, chest, head
        How far each is turned, as a complex number of length 1.
    near_leg, far_leg, near_arm, far_arm
        Hips to ankles, and shoulders to hands.
    """

    hips: complex
    waist: complex
    neck: complex
    pelvis: complex
    chest: complex
    head: complex
    near_leg: Limb
    far_leg: Limb
    near_arm: Limb
    far_arm: Limb


def bent(root: complex, end: complex, first: float, second: float, side: float) -> Limb:
    """Two bones from ``root`` to ``end`` by inverse kinematics; a target out of reach stretches them a little.

    Parameters
    ----------
    root, end
        Where the limb begins, and where its end should be.
    first, second
        Lengths of the bones.
    side
        Where the joint goes: 1 to the left of the way from root to end, -1 to the right.

    Examples
    --------
    A knee goes forward, whatever the leg does:

    >>> leg = bent(0.4j, 0j, 0.25, 0.25, 1.0)
    >>> round(leg.joint.real, 3), round(leg.joint.imag, 3)
    (0.15, 0.2)
    """
    way = end - root
    away = abs(way)
    if away < 1e-9:
        return Limb(root, root + first, end)
    most = (first + second) * 0.9995
    if away > most:
        first, second = first * away / most, second * away / most
    away = max(away, abs(first - second) * 1.02 + 1e-6)
    along = (away * away + first * first - second * second) / (2 * away)
    off = max(first * first - along * along, 0.0) ** 0.5
    return Limb(root, root + way / abs(way) * (along + side * 1j * off), end)


def hips_over(near: Boot, far: Boot, pose: Pose) -> complex:
    """Where the hips are over two boots on the ground: as high as the legs reach, and no higher than standing."""
    x, level = pose.shift, 0.0
    reach = (THIGH + SHIN) * STRETCHED
    top = HIPS + level
    for boot in (near, far):
        across = min(abs(boot.ankle.real - x), reach * 0.9)
        top = min(top, boot.ankle.imag + (reach * reach - across * across) ** 0.5)
    # Where a boot is nearer to the eye it is lower in the picture: a leg may look longer, but he does not sit down.
    return complex(x, max(top, HIPS + level - 0.1 - 0.1 * pose.drop) - pose.drop)


def skeleton(pose: Pose, hips: complex, near: Boot, far: Boot, breath: float = 0.0) -> Skeleton:
    """All joints for a pose, over hips and boots.

    Parameters
    ----------
    pose
        How he holds himself.
    hips
        Where the hips are.
    near, far
        The boots, the nearer and the farther from the eye.
    breath
        How far the chest is up, in heights of the figure.
    """
    pelvis = cmath.rect(1, -pose.lean)
    chest = cmath.rect(1, -pose.lean - pose.curl)
    head = cmath.rect(1, -(pose.lean + pose.curl) * 0.45 - pose.nod)
    waist = hips + WAIST * pelvis
    lifted = 1j * breath * chest
    shoulder = waist + (SHOULDER - WAIST) * chest + lifted
    neck = waist + (NECK - WAIST) * chest + lifted
    # The shoulders are level with the world for the hands: a hand that hangs goes on hanging.
    near_shoulder, far_shoulder = shoulder - 0.012 * chest, shoulder + 0.03 * chest
    return Skeleton(
        hips,
        waist,
        neck,
        pelvis,
        chest,
        head,
        bent(hips - 0.004, near.ankle, THIGH, SHIN, 1.0),
        bent(hips + 0.012, far.ankle, THIGH, SHIN, 1.0),
        bent(near_shoulder, near_shoulder + pose.near_hand, UPPER_ARM, FOREARM, -1.0),
        bent(far_shoulder, far_shoulder + pose.far_hand, UPPER_ARM, FOREARM, -1.0),
    )
