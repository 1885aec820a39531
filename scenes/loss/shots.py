"""The shots of the valley that the score makes over the two angles, and of the plain that hits make."""

from __future__ import annotations

from scenes.engine.terrain.scale import Scale
from scenes.engine.terrain.shot import Shot

#: How large the score is drawn: a world unit for five degrees, and for some 60 centimetres.
STEEP = Scale(east=0.2, north=0.2, height=0.02)
#: High over the rim: the rings lie below.
ABOVE = Shot((0.2, -7.6, 10.2), (2.7, 1.3, 0.5), 50)
#: From the rim into the valley, the first round at the left.
RIM = Shot((0.4, -6.2, 7.6), (2.7, 1.4, 0.6), 50)
#: The same, lower, toward the light at its bottom.
TO_THE_LIGHT = Shot((1.6, -3.6, 4.6), (2.8, 1.9, 0.35), 52)
#: How large the count is drawn: so low that the hole's terraces, one for each dart, are seen down to its bottom.
TERRACED = Scale(east=0.2, north=0.2, height=0.013)
#: Over the plain that hits make, with its hole.
PLAIN = Shot((2.0, -4.4, 3.0), (2.9, 1.9, 0.3), 48)
