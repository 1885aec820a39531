"""The shots of the mountain of part 4."""

from __future__ import annotations

from scenes.engine.terrain.shot import Shot

#: All of it: the peak, the cabin's valley, the far peak, the other mountain's valley.
WIDE = Shot((-1.5, -15.0, 10.5), (0.9, -1.0, 0.9), 44)
#: The same from farther away, and higher in the frame: room below for a label and a plot above the captions.
FARTHER = Shot((-1.98, -17.8, 12.0), (0.9, -1.0, 0.3), 44)
#: The peak, and the slope that the hiker will go down.
PEAK = Shot((-3.4, -8.4, 5.6), (-1.6, 0.0, 2.25), 42)
#: The same slope from farther up: room below for words.
BABY_STEPS = Shot((-3.2, -7.6, 5.4), (-1.9, 0.0, 2.15), 42)
#: Close enough to see how the boots stand.
BOOTS = Shot((-3.5, -5.2, 4.3), (-2.45, -0.12, 2.74), 34)
#: From the peak into the cabin's valley.
DESCENT = Shot((-3.2, -10.0, 7.0), (-1.5, -0.1, 1.45), 42)
#: The cabin's valley, left of the middle and high in the frame: room for a plot beside it, and words below.
VALLEY = Shot((0.1, -8.6, 7.2), (0.75, -0.05, 0.5), 40)
#: At the cabin's door, with the whole way down behind.
AT_THE_DOOR = Shot((1.2, -7.6, 4.9), (-0.35, 0.0, 1.05), 44)
#: Beside the way down, with the peak above and the cabin's light ahead.
DOWN_TO_THE_CABIN = Shot((0.2, -5.6, 3.35), (-1.2, 0.0, 1.55), 62)
#: Low, and near the cabin's door: the way down behind it, and sky.
AT_THE_CABIN = Shot((1.2, -3.8, 2.1), (0.05, 0.0, 1.24), 66)
#: What was there all along: both peaks, the valley between them, the ranges behind and all of the sky.
ALL_ALONG = Shot((-0.2, -7.4, 3.75), (0.25, 0.0, 2.75), 84)
#: Toward the light in the valley, for goodbye.
GOODBYE = Shot((0.7, -4.5, 2.55), (0.05, 0.0, 1.75), 70)
