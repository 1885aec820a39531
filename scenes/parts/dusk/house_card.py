"""HouseCard: a house at dusk on a card, with a lit window for each room, a mailbox in its paint, and a price."""

from __future__ import annotations

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Circle,
    Line,
    ManimColor,
    Polygon,
    Rectangle,
    RoundedRectangle,
    VGroup,
    interpolate_color,
)

from scenes.parts.dusk.colours import dusk_hex
from scenes.parts.words import words
from scenes.theme import theme

#: Windows side by side, and the height of a card to its width.
_BESIDE, _TALL = 2, 1.42
#: The sky, from above to the horizon, and the ground, as numbers of `scenes.parts.dusk.colours.dusk`.
_ABOVE, _HORIZON, _GROUND = -0.85, -0.02, -0.93


class HouseCard(VGroup):
    """A card with a house.

    Parameters
    ----------
    rooms
        How many, 1 to 8: a lit window each.
    paint
        Of the mailbox, from 0 (bare) to 1.
    price, unit
        What stands at the foot, as text: large, and small beside it.
    width
        Of the card, in scene units.

    Attributes
    ----------
    windows, mailbox, price
        Parts of it, to be pointed at.

    Examples
    --------
    ::

        cards = VGroup(HouseCard(2, 0.1, "small"), HouseCard(8, 0.9, "large")).arrange(RIGHT, buff=theme.room)
        self.add(cards)
        self.play(Indicate(cards[1].windows))
    """

    def __init__(self, rooms: int, paint: float, price: str, unit: str = "", width: float = 3.2) -> None:
        super().__init__()
        card = RoundedRectangle(
            corner_radius=0.2,
            width=width,
            height=width * _TALL,
            stroke_color=theme.rule,
            stroke_width=2,
            fill_color=theme.panel,
            fill_opacity=1,
        )
        foot, middle = card.get_bottom()[1] + width * 0.46, card.get_x()
        sky = RoundedRectangle(
            corner_radius=0.13, width=width * 0.92, height=card.get_top()[1] - foot + width * 0.06, stroke_width=0
        ).next_to(card.get_top(), DOWN, buff=width * 0.04)
        sky.set_fill([dusk_hex(_HORIZON), dusk_hex(-0.5), dusk_hex(_ABOVE)], opacity=1).set_sheen_direction(UP)
        stars = VGroup(
            *(
                Circle(0.012 * width / 3.2 * size, stroke_width=0, fill_color=dusk_hex(1), fill_opacity=0.8).move_to(
                    [middle + width * x, sky.get_top()[1] - width * y, 0]
                )
                for x, y, size in ((-0.38, 0.10, 1), (-0.22, 0.26, 0.8), (0.12, 0.08, 0.8), (0.36, 0.17, 1.1))
            )
        )
        ground = Rectangle(width=width * 0.92, height=width * 0.13, stroke_width=0, fill_opacity=1)
        ground.set_fill(dusk_hex(_GROUND)).move_to([middle, foot + width * 0.02, 0], aligned_edge=UP)
        house, self.windows = self._house(rooms, middle - width * 0.12, foot, width)
        self.mailbox = self._mailbox(paint, middle + width * 0.31, foot, width)
        self.price = words(price, theme.heading * width / 3.2, theme.text, weight="BOLD")
        label = VGroup(self.price)
        if unit:
            label.add(words(unit, theme.label * width / 3.2, theme.quiet))
        label.arrange(RIGHT, buff=theme.gap, aligned_edge=DOWN)
        label.move_to([middle, (ground.get_bottom()[1] + card.get_bottom()[1]) / 2, 0])
        self.add(card, sky, stars, ground, house, self.windows, self.mailbox, label)

    def _house(self, rooms: int, left: float, foot: float, width: float) -> tuple[VGroup, VGroup]:
        """A house with its chimney and roof, and its windows; the door is on the ground floor, in the middle."""
        things = theme.things
        floors = -(-rooms // _BESIDE)
        pane, gap = width * 0.085, width * 0.062
        wide, high = width * 0.36, floors * (pane + gap) + gap
        body = Rectangle(width=wide, height=high, stroke_width=0, fill_opacity=1)
        body.set_fill([things.wall, things.gable], opacity=1).set_sheen_direction(RIGHT)
        body.move_to([left, foot, 0], aligned_edge=DOWN)
        top, eaves = body.get_top()[1], wide / 2 + width * 0.045
        roof = Polygon(
            [left - eaves, top, 0],
            [left, top + width * 0.19, 0],
            [left + eaves, top, 0],
            stroke_width=0,
            fill_opacity=1,
        )
        roof.set_fill([things.roof, things.eaves], opacity=1).set_sheen_direction(RIGHT)
        chimney = Rectangle(width=width * 0.05, height=width * 0.14, stroke_width=0, fill_color=things.chimney)
        chimney.set_fill(opacity=1).move_to([left + wide * 0.28, top + width * 0.14, 0])
        door = Rectangle(width=pane * 0.62, height=pane * 1.25, stroke_width=0, fill_color=things.strap, fill_opacity=1)
        door.move_to([left, foot, 0], aligned_edge=DOWN)
        windows = VGroup()
        for room in range(rooms):
            floor, beside = divmod(room, _BESIDE)
            place = [
                left + (beside - 0.5) * (wide * 0.58),
                foot + gap + pane / 2 + floor * (pane + gap),
                0,
            ]
            shine = RoundedRectangle(corner_radius=pane * 0.3, width=pane * 1.36, height=pane * 1.36, stroke_width=0)
            shine.set_fill(theme.cabin, opacity=0.20).move_to(place)
            window = Rectangle(width=pane, height=pane, stroke_width=0, fill_opacity=1)
            window.set_fill([things.lamplight, things.lantern], opacity=1).set_sheen_direction(UP).move_to(place)
            cross = VGroup(
                Line([0, -pane / 2, 0], [0, pane / 2, 0], color=things.wall, stroke_width=2),
                Line([-pane / 2, 0, 0], [pane / 2, 0, 0], color=things.wall, stroke_width=2),
            ).move_to(place)
            windows.add(VGroup(shine, window, cross))
        return VGroup(chimney, body, roof, door), windows

    def _mailbox(self, paint: float, at: float, foot: float, width: float) -> VGroup:
        """A mailbox on its post: bare wood, or painted."""
        things = theme.things
        post = Rectangle(width=width * 0.026, height=width * 0.20, stroke_width=0, fill_color=things.bedroll)
        post.set_fill(opacity=1).move_to([at, foot - width * 0.01, 0], aligned_edge=DOWN)
        tone = interpolate_color(ManimColor(things.strap), ManimColor(theme.accent), paint)
        box = RoundedRectangle(
            corner_radius=width * 0.03,
            width=width * 0.21,
            height=width * 0.135,
            stroke_color=things.outline,
            stroke_width=2,
            fill_color=tone,
            fill_opacity=1,
        ).next_to(post, UP, buff=-0.01)
        slot = Line(box.get_left() + RIGHT * 0.12, box.get_right() + LEFT * 0.12, color=things.outline, stroke_width=3)
        slot.shift(UP * width * 0.015)
        return VGroup(post, box, slot)
