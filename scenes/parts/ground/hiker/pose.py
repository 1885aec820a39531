"""Poses: how the hiker holds himself, as numbers that blend from one pose into another.

Lengths are in heights of the figure, forward and up; angles in radians, forward is down over the toes.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Pose(NamedTuple):
    """How the body is held over the boots.

    Attributes
    ----------
    drop, shift
        How far the hips are lower than when he stands, and how far forward.
    lean, curl, nod
        How far forward the hips are tilted, the chest over them, and the head.
    near_hand, far_hand
        From the shoulders to the hands; the near one has the lantern, the far one the staff.
    near_foot, far_foot
        From the hips to the ankles, where the boots are off the ground.
    near_pitch, far_pitch
        How far the toes are up, there.
    carry, staff
        From 0 to 1 how much the staff is carried, not planted; and its tilt while it is.
    loose
        How far the pack is lifted off the back.
    """

    drop: float = 0.0
    shift: float = 0.0
    lean: float = 0.0
    curl: float = 0.0
    nod: float = 0.0
    near_hand: complex = 0.125 - 0.2j
    far_hand: complex = 0.155 - 0.13j
    near_foot: complex = 0.02 - 0.36j
    far_foot: complex = -0.02 - 0.36j
    near_pitch: float = 0.0
    far_pitch: float = 0.0
    carry: float = 0.0
    staff: float = 0.0
    loose: float = 0.0

    def toward(self, other: Pose, fraction: float) -> Pose:
        """The pose at ``fraction`` of the way to another; beyond 1 it overshoots.

        >>> Pose(lean=0.2).toward(Pose(lean=0.4), 0.5).lean
        0.30000000000000004
        """
        if fraction == 0:
            return self
        numbers: Any = (a + (b - a) * fraction for a, b in zip(self, other, strict=True))
        return Pose(*numbers)


#: Both boots planted, the weight on one hip.
STAND = Pose(drop=0.006, shift=-0.014, lean=-0.03, curl=0.05, nod=0.0)
#: On the way: the chest before the hips, the lantern held out.
WALK = Pose(shift=0.01, lean=0.1, curl=0.07, nod=-0.05, near_hand=0.14 - 0.185j, far_hand=0.165 - 0.12j)
#: Gathered for a leap: low, arms drawn back, eyes ahead.
CROUCH = Pose(
    drop=0.155,
    shift=-0.045,
    lean=0.62,
    curl=0.3,
    nod=-0.62,
    near_hand=-0.17 - 0.135j,
    far_hand=-0.06 - 0.19j,
    near_foot=0.03 - 0.26j,
    far_foot=0.03 - 0.26j,
    carry=1.0,
    staff=1.25,
)
#: In the air, going up: stretched from the trailing toe to the raised hands.
SOAR = Pose(
    shift=0.0,
    lean=0.3,
    curl=-0.1,
    nod=-0.2,
    near_hand=0.235 + 0.07j,
    far_hand=0.15 + 0.2j,
    near_foot=0.13 - 0.2j,
    far_foot=-0.19 - 0.27j,
    near_pitch=0.1,
    far_pitch=-1.0,
    carry=1.0,
    staff=0.85,
    loose=0.02,
)
#: In the air, coming down: knees up, heels before the hips, arms high.
REACH = Pose(
    lean=-0.02,
    curl=0.16,
    nod=0.1,
    near_hand=0.225 + 0.1j,
    far_hand=0.0 + 0.24j,
    near_foot=0.15 - 0.285j,
    far_foot=0.05 - 0.3j,
    near_pitch=0.35,
    far_pitch=0.2,
    carry=1.0,
    staff=0.35,
    loose=0.045,
)
#: Just down: the knees take it, the chest comes forward.
LAND = Pose(
    drop=0.185,
    shift=-0.035,
    lean=0.42,
    curl=0.3,
    nod=-0.3,
    near_hand=0.19 - 0.05j,
    far_hand=0.2 - 0.09j,
    near_foot=0.03 - 0.2j,
    far_foot=0.03 - 0.2j,
    carry=0.7,
    staff=0.55,
    loose=-0.01,
)
#: Sitting before his pack, leaning on it, a hand on his knee.
SIT = Pose(
    drop=0.3,
    shift=-0.1,
    lean=-0.3,
    curl=0.26,
    nod=0.06,
    near_hand=0.185 - 0.11j,
    far_hand=0.19 - 0.03j,
)
