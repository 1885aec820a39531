"""The shots of the mountain of part 4."""

from __future__ import annotations

from scenes.engine.terrain.shot import Shot

#: All of it: the peak, the cabin's valley, the far peak, the other mountain's valley.
WIDE = Shot((-1.5, -15.0, 10.5), (0.9, -1.0, 0.9), 44)
#: The same from farther away, and higher in the frame: room below for a label and a plot above the captions.
FARTHER = Shot((-1.98, -17.8, 12.0), (0.9, -1.0, 0.3), 44)
#: All of it on the bench below the film, where starts lie on all sides: higher.
BENCH = Shot((-1.98, -17.2, 13.2), (0.5, -1.2, 1.15), 44)
#: The peak, and the slope that the hiker will go down.
PEAK = Shot((-3.4, -8.4, 5.6), (-1.6, 0.0, 2.25), 42)
#: Close enough to see how the boots stand.
BOOTS = Shot((-3.5, -5.2, 4.3), (-2.45, -0.12, 2.74), 34)
#: From the peak into the cabin's valley.
DESCENT = Shot((-3.2, -10.0, 7.0), (-1.5, -0.1, 1.45), 42)
#: The cabin's valley, left of the middle and high in the frame: room for a plot beside it, and words below.
VALLEY = Shot((0.1, -8.6, 7.2), (0.75, -0.05, 0.5), 40)
#: At the cabin's door, with the whole way down behind.
AT_THE_DOOR = Shot((1.2, -7.6, 4.9), (-0.35, 0.0, 1.05), 44)
#: The whole map as a flat sheet, right of the middle: room for a radio beside it.
MAP = Shot((-5.6, -34.0, 20.5), (-5.0, -1.4, -2.2), 61)
#: The same while it rises: lower, and nearer.
RISING = Shot((-5.4, -15.5, 8.2), (-1.8, -0.6, 0.9), 54)
#: From the other mountain, which is kept out of sight: the peak, and the cabin's valley before it.
VISTA = Shot((2.9, -6.0, 5.2), (-1.8, 0.3, 0.72), 71)
#: On the peak, with sky behind whoever stands there.
SUMMIT = Shot((-3.69, -3.25, 3.36), (-2.9, -0.15, 3.06), 44)
#: From beside the boots, along the line on which the ground is level: uphill is to the left, downhill to the right.
AT_THE_BOOTS = Shot((-3.34, -1.20, 3.12), (-2.9, -0.15, 2.88), 40)
#: From farther off, he stands at the left: room beside him for a plot.
BESIDE_A_CURVE = Shot((-3.45, -2.88, 3.46), (-2.39, -0.36, 3.0), 40)
#: From above the boots: the ground round about them.
AROUND_THE_BOOTS = Shot((-4.45, -2.2, 4.74), (-2.87, -0.17, 2.93), 40)
#: Down the slope beside whoever walks it, low.
DOWN_THE_SLOPE = Shot((-3.3, -4.2, 3.65), (-2.05, -0.2, 2.55), 48)
#: The same, when he has come farther down.
FARTHER_DOWN = Shot((-2.3, -4.8, 3.0), (-0.55, -0.4, 1.25), 50)
#: From above the same slope: the way down lies open before him, and the fog.
DOWN_FROM_HERE = Shot((-0.8, -4.7, 4.4), (-0.95, -0.4, 1.6), 46)
#: Beside the way down, with the peak above and the cabin's light ahead.
DOWN_TO_THE_CABIN = Shot((0.2, -5.6, 3.35), (-1.2, 0.0, 1.55), 62)
#: Low, and near the cabin's door: the way down behind it, and sky.
AT_THE_CABIN = Shot((1.2, -3.8, 2.1), (0.05, 0.0, 1.24), 66)
#: What was there all along: both peaks, the valley between them, the ranges behind and all of the sky.
ALL_ALONG = Shot((-0.2, -7.4, 3.75), (0.25, 0.0, 2.75), 84)
#: Toward the light in the valley, for goodbye.
GOODBYE = Shot((0.7, -4.6, 2.75), (0.05, 0.0, 1.72), 70)
#: The whole flank of the peak: sixty baby steps are next to nothing of it.
STILL_UP_HERE = Shot((-3.6, -8.0, 4.6), (-1.3, -0.3, 1.9), 48)
#: The peak from its side, room to the right for the arcs of a stride.
STRIDE = Shot((-3.1, -5.6, 3.3), (-1.3, -0.4, 2.35), 46)
#: Beside somebody who leaps, east and west counted from him: as he gathers himself, above the valley, as he lands.
BESIDE = (
    Shot((-0.9, -5.0, 2.1), (0.75, -0.7, 1.75), 52),
    Shot((-0.4, -6.95, 4.58), (0.72, -0.8, 2.05), 89),
    Shot((-1.1, -4.5, 2.75), (0.2, -0.9, 2.8), 46),
)
#: The valley of the other mountain, from its rim; left of the middle, room beside it for a plot.
WRONG_VALLEY = Shot((5.15, -9.4, 3.2), (3.95, -2.6, 0.75), 48)
#: From the peak to the valley of the other mountain, low enough for a sky; room below for a key above the captions.
WHOLE_RANGE = Shot((-3.6, -13.6, 7.2), (1.2, -1.0, -0.1), 54)
#: The same from nearer, for what goes to and fro between the two mountains.
TO_AND_FRO = Shot((-2.6, -12.0, 6.0), (0.95, -1.0, 0.5), 51)
#: Over the rim into the cabin's valley, the way down at the left; the right third is free for a plot.
INTO_THE_VALLEY = Shot((-0.8, -5.3, 3.3), (0.35, 0.0, 1.0), 58)
#: Where the peak and the way down are: high enough for him who stands there.
SHOULDER = Shot((-0.9, -6.6, 4.0), (-1.7, -0.2, 2.4), 46)
