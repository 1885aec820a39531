"""Engine: the training loop as an engine of four cylinders round one crank. A turn of the crank is an epoch."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import Circle, Dot, Line, RoundedRectangle, VGroup, VMobject
from numpy.typing import NDArray

from scenes.engine.drawing.move_exactly import move_exactly
from scenes.outline import outline
from scenes.parts.clock import Clock
from scenes.parts.live_value import live
from scenes.parts.machine.loop_cards import ANGLES, strokes
from scenes.parts.panels.series_cards import picture_of
from scenes.parts.words import set_on_baseline, words
from scenes.stage.traced_run import constant
from scenes.theme import theme

#: Lengths for an engine of size 1, in scene units: of the crank and of the rods; half the width and half the length of
#: a piston; where the walls of a cylinder begin and end, and half of how far apart they are; radius of the wheel.
_CRANK, _ROD = 0.40, 0.92
_PISTON = (0.24, 0.15)
_WALLS, _BORE = (0.62, 1.62), 0.30
_WHEEL = 0.58
#: Width and height of a card, and where its middle is, seen from the crank: at the right head and at the upper one. The
#: others are opposite.
_CARD, _PLACES = (3.2, 1.0), ((3.38, 0.0), (2.12, 1.2))
#: The film of the series whose picture each stroke has.
_FILMS = ("tensors", "loss", "gradient", "knobs")


class Engine(VGroup):
    """An engine with the four strokes of the training loop: predict, loss, backward, step.

    Four pistons hang on one crank. At the stroke that is under way the crank points to its cylinder, and its card
    lights up.

    Parameters
    ----------
    turns
        How often the crank has turned, or a function that gives it. A recorded run that is shown epoch by epoch turns
        it once each: ``lambda: progress.now``.
    clock
        By which the pictures on its cards move; without one there are no cards.
    size
        How many times as large as it would be.

    Attributes
    ----------
    cards
        The four cards, in their order: frame, picture, name, and the part of the series that was about it.
    is_live
        Whether it was given a function.

    Examples
    --------
    ::

        progress = Progress(recording("right"))
        self.add(clock := Clock(), Engine(lambda: progress.now, clock))
        self.play(progress.to(4, run_time=2))
    """

    def __init__(self, turns: float | Callable[[], float], clock: Clock | None = None, size: float = 1.0) -> None:
        super().__init__()
        self._turns, self.is_live = live(turns), callable(turns)
        metal, edge = theme.things.knob, theme.things.edge
        # What stands still: walls, heads that light up, cards.
        self._heads, self._pistons, self._rods, self.cards = VGroup(), VGroup(), VGroup(), VGroup()
        walls = VGroup()
        for angle, (_, colour) in zip(ANGLES, strokes(), strict=True):
            along, aside = _axes(angle)
            for side in (-1, 1):
                begin, end = (along * at + aside * side * _BORE for at in _WALLS)
                walls.add(Line(begin, end, color=edge, stroke_width=5))
            cap = Line(
                along * _WALLS[1] - aside * _BORE * 1.25, along * _WALLS[1] + aside * _BORE * 1.25, color=colour
            ).set_stroke(width=9)
            self._heads.add(cap)
            piston = RoundedRectangle(
                corner_radius=0.06,
                width=2 * _PISTON[0],
                height=2 * _PISTON[1],
                stroke_color=edge,
                stroke_width=3,
                fill_color=metal,
                fill_opacity=1,
            )
            self._pistons.add(piston.rotate(angle - np.pi / 2))
            self._rods.add(Line([0, 0, 0], along, color=edge, stroke_width=9))
        wheel = Circle(_WHEEL, stroke_color=edge, stroke_width=6, fill_color=theme.panel, fill_opacity=1)
        self._spokes = VGroup(*(Line([0, 0, 0], [0, _WHEEL, 0], color=theme.rule, stroke_width=4) for _ in range(6)))
        self._pin = Dot(radius=0.095, color=theme.accent)
        hub = Dot(radius=0.085, color=edge)
        #: Where its crank is, and how large it is: a thing of length 1, which goes where the engine goes.
        self._measure = Line([0, 0, 0], [1, 0, 0], stroke_width=0)
        self.add(self._measure, walls, self._heads, self._pistons, wheel, self._spokes, self._rods, hub, self._pin)
        if clock is not None:
            for number in range(len(ANGLES)):
                card = _card(number, clock)
                x, y = _PLACES[number % 2 == 0]
                self.cards.add(card.move_to([x, y, 0] if number < 2 else [-x, -y, 0]))
            self.add(self.cards)
        self._lit = list(self.cards)  # also those that a scene takes away, and lets come one by one
        self.scale(size, about_point=np.zeros(3))
        self.add_updater(lambda _: self.refresh())
        self.refresh()

    @property
    def turns(self) -> float:
        """How often the crank has turned."""
        return float(self._turns())

    @property
    def stroke(self) -> int:
        """Which stroke is under way: 0 is predict, 3 is step."""
        return round(4 * self.turns) % 4

    @property
    def middle(self) -> NDArray[np.float64]:
        """``(3,)``, where the crank turns."""
        return np.asarray(self._measure.get_start())

    @property
    def unit(self) -> float:
        """How many scene units long is what would be one long in an engine of size 1."""
        return float(np.linalg.norm(self._measure.get_end() - self._measure.get_start()))

    def lit(self, stroke: int) -> float:
        """How bright the card of a stroke is, from 0 to 1: where the crank points to."""
        away = np.cos(2 * np.pi * (self.turns - stroke / 4))
        return float(max(away, 0.0) ** 3)

    def refresh(self) -> None:
        """Turn the crank to where it is, and all that hangs on it."""
        middle, unit = self.middle, self.unit
        turned = np.pi / 2 - 2 * np.pi * self.turns
        pin = _CRANK * np.array([np.cos(turned), np.sin(turned), 0])
        move_exactly(self._pin, middle + unit * pin)
        for number, spoke in enumerate(self._spokes):
            way = turned + number * np.pi / 3
            _draw(spoke, middle, middle + unit * 0.96 * _WHEEL * np.array([np.cos(way), np.sin(way), 0]))
        for number, angle in enumerate(ANGLES):
            along, aside = _axes(angle)
            # The rod is as long as ever: so far out it pushes its piston.
            out = along * (pin @ along + np.sqrt(_ROD**2 - (pin @ aside) ** 2))
            move_exactly(self._pistons[number], middle + unit * out)
            _draw(self._rods[number], middle + unit * pin, middle + unit * out)
            shine = self.lit(number)
            self._heads[number].set_stroke(opacity=0.30 + 0.70 * shine)
            if self._lit:
                box = self._lit[number][0]
                box.set_stroke(width=2.5 + 5 * shine)
                box.set_fill(_between(theme.panel, strokes()[number][1], 0.10 * shine))

    def where(self, stroke: int) -> NDArray[np.float64]:
        """``(3,)``, the head of a stroke's cylinder."""
        return self.middle + self.unit * _axes(ANGLES[stroke])[0] * _WALLS[1]


def _card(number: int, clock: Clock) -> VGroup:
    """A stroke's frame, the picture of the film that was about it, its name, and which film that was."""
    name, colour = strokes()[number]
    box = RoundedRectangle(
        corner_radius=0.18,
        width=_CARD[0],
        height=_CARD[1],
        stroke_color=colour,
        stroke_width=2.5,
        fill_color=theme.panel,
        fill_opacity=1,
    )
    picture = picture_of(_FILMS[number], clock)
    picture.scale(min(0.70 / picture.height, 0.92 / picture.width)).move_to(box.get_left() + [0.62, 0, 0])
    label = words(name, theme.body * 0.88, colour, weight="SEMIBOLD")
    place = constant(outline(_FILMS[number]).number, "its place in the series", equals=outline(_FILMS[number]).number)
    film = words(f"part {place}", theme.small * 1.1, theme.text)
    at = box.get_left() + [1.16, 0, 0]
    set_on_baseline(label.move_to(at + [label.width / 2, 0, 0]), name, at[1] + 0.08)
    film.move_to(at + [film.width / 2, -0.27, 0])
    return VGroup(box, picture, label, film)


def _axes(angle: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Along a cylinder, and across it."""
    along = np.array([np.cos(angle), np.sin(angle), 0.0])
    return along, np.array([-along[1], along[0], 0.0])


def _draw(line: VMobject, start: NDArray[np.float64], end: NDArray[np.float64]) -> None:
    line.set_points_as_corners([start, end])


def _between(first: str, second: str, part: float) -> str:
    """A colour between two, ``#rrggbb``."""
    codes = [[int(code[i : i + 2], 16) for i in (1, 3, 5)] for code in (first, second)]
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(*codes, strict=True))
