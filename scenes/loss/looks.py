"""Where the eye stands in the dark room, and where things are in its frame."""

from __future__ import annotations

from scenes.parts.darts.room import RoomLook

#: Behind the thrower, in the light of the lamp at the hand.
LAMPLIT = RoomLook(lamp=0.35)
#: The wall, all dark.
DARK = RoomLook(lamp=0.0)
#: Close to the board, and all of its light.
AT_THE_BOARD = RoomLook(x=62.0, y=146.0, span=9.5, spot=1.0, ambient=0.04, size=1.15)
#: Places in the frame: the two knobs, and the scorecard.
KNOBS = (-5.1, 2.55, 0.0)
CARD = (4.75, 2.55, 0.0)
