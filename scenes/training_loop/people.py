"""What the scenes of part 5 share: everybody as lights on a sea, and how many answers are right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Line, Mobject, VGroup
from numpy.typing import ArrayLike, NDArray

from descent_core.catalogue.passengers.answers import opinions_of_kinds, right_answers
from descent_core.catalogue.passengers.manifest import KINDS, PEOPLE, manifest
from descent_core.recordings.trajectory import Trajectory
from scenes.parts.lights import Lights
from scenes.parts.panels.scorecard import Readout
from scenes.parts.progress import Progress
from scenes.parts.words import plate, set_on_baseline, words
from scenes.stage.layers import Layer, set_layer
from scenes.stage.traced_run import TracedInt, constant, sourced
from scenes.theme import theme

#: How ways of travelling are called.
TRAVELLING = {"1st": "first class", "2nd": "second class", "3rd": "third class", "crew": "crew"}
#: How far from the middle of the frame words may reach, in scene units.
_SAFE = 6.35
#: How far from the middle of its lights a name stands at their right, in scene units.
_BESIDE = 1.0
#: How opaque a line is between the lanes of two ways of travelling.
_FAINT = 0.28
#: How bright the path of glitter is that lies at one half.
PATH = 0.55


def lights_of(answers: ArrayLike | Callable[[], ArrayLike], *, divided: bool = False) -> Lights:
    """Everybody on board, by what is answered to each of the sixteen kinds of people."""
    everybody = manifest()
    return Lights(answers, everybody.kinds, everybody.fates, everybody.held_out, divided=divided)


def said_by(run: Trajectory, model: str = "sigmoid", scaled: bool = True) -> NDArray[np.float64]:
    """``(T + 1, 16)``, what the machine says to each kind of people at each row of its recording."""
    return opinions_of_kinds(np.asarray(run.coeffs), model, scaled)


def number_of(people: str, travels: str) -> int:
    """The index of a kind of people.

    >>> KINDS[number_of("boys", "2nd")].saved
    11
    """
    return next(k for k, kind in enumerate(KINDS) if (kind.people, kind.travels) == (people, travels))


def as_in_the_table() -> NDArray[np.float64]:
    """``(16,)``, where each kind lies before a machine says anything: men, women, boys and girls side by side."""
    columns = {people: 0.12 + 0.255 * place for place, people in enumerate(PEOPLE.values())}
    return np.array([columns[kind.people] for kind in KINDS])


def everybody() -> TracedInt:
    """How many people were on board."""
    return constant(len(manifest().fates), "how many were on board", equals=sum(kind.count for kind in KINDS))


def right_of(run: Trajectory, said: NDArray[np.float64], row: int, held_out: bool | None = None) -> TracedInt:
    """To how many people the machine's answer is their fate, at a row of its recording."""
    whom = {None: "all", True: "those held out", False: "those it learns from"}[held_out]
    count = int(right_answers(said[row], held_out))
    return sourced(count, f"right answers of {run.label} about {whom} at row {row}")


def counter(progress: Progress, said: NDArray[np.float64], held_out: bool | None = None) -> VGroup:
    """How many answers are right at the row that was reached, on a plate: the number, and of how many."""
    run = progress.trajectory
    right = Readout(lambda: f"{right_of(run, said, progress.row, held_out):,}", theme.heading * 1.15, theme.text)
    total = everybody() if held_out is None else held_out_people()
    of = words(f"right, of {total:,}", theme.label, theme.quiet)
    return VGroup(right, of).arrange(DOWN, buff=theme.near * 1.5)


def held_out_people() -> TracedInt:
    """How many people the machine never learns from."""
    return constant(int(manifest().held_out.sum()), "how many were held out", equals=len(manifest().fates) // 5)


def ends(lights: Lights) -> VGroup:
    """What left and right mean: the machine says that they die, or that they live."""
    names = VGroup(
        plate(words("says: dies", theme.label, theme.lost, weight="SEMIBOLD"), pad=0.1),
        plate(words("says: lives", theme.label, theme.saved, weight="SEMIBOLD"), pad=0.1),
    )
    for name, x in zip(names, (-5.4, 5.4), strict=True):
        name.move_to([x, lights.at(0.5, 1.0)[1] - 0.06, 0])
    return names


def fleet_name(lights: Lights, kind: int, text: str | None = None, side: NDArray[np.float64] = DOWN) -> VGroup:
    """The name of a kind of people beside its lights, wherever they drift."""
    who = KINDS[kind]
    name = text or f"{who.people}, {TRAVELLING[who.travels]}"
    label = plate(words(name, theme.label, theme.text, weight="SEMIBOLD"), pad=0.1)

    def follow(label: Mobject) -> None:
        """Stay beside the lights, and in the frame; on the left, where all who die lie close, to their right."""
        place = lights.place(kind)
        left = min(max(-0.5 * place[0], 0.0), 1.0)
        x, y, _ = place + (1 - left) * side * 0.52 + left * RIGHT * (label.width / 2 + _BESIDE)
        room = _SAFE - label.width / 2
        label.move_to([min(max(x, -room), room), y, 0])

    label.add_updater(follow)
    label.update()
    return set_layer(label, Layer.FACTS)


def table_names(lights: Lights) -> VGroup:
    """The names of rows and columns of the report's table, at the lights that lie as in it."""
    heads = VGroup()
    for place, people in enumerate(PEOPLE.values()):
        x, y, _ = lights.at(0.12 + 0.255 * place, 1.0) + UP * 0.5
        heads.add(set_on_baseline(words(people, theme.label, theme.text).set_x(x), people, y - 0.11))
    return heads.add(*row_names(lights))


def row_names(lights: Lights) -> VGroup:
    """How people travelled, at the right edge, each in the middle of its lanes; between theirs lie faint lines."""
    lanes = [[k for k, kind in enumerate(KINDS) if kind.travels == travels and kind.count] for travels in TRAVELLING]
    names = VGroup()
    for kinds, name in zip(lanes, TRAVELLING.values(), strict=True):
        label = words(name.removesuffix(" class"), theme.small, theme.text)
        names.add(label.add_updater(partial(_between, lights, (kinds[0], kinds[-1])), call_updater=True))
    for nearer, farther in pairwise(sorted(lanes)):
        line = Line(LEFT * _SAFE, RIGHT * _SAFE, color=theme.quiet, stroke_width=1.5).set_stroke(opacity=_FAINT)
        names.add(line.add_updater(partial(_between, lights, (nearer[-1], farther[0])), call_updater=True))
    return names


def _between(lights: Lights, kinds: tuple[int, int], thing: Mobject) -> None:
    """Move a name or a line to the right edge, as high as the middle between two kinds of people."""
    height = float(np.mean([lights.place(kind)[1] for kind in kinds]))
    thing.move_to([_SAFE, height, 0], aligned_edge=RIGHT)


def kinds_of(sex: str) -> list[int]:
    """The indices of the kinds of people that are ``male``, or ``female``, of whom somebody was on board."""
    return [k for k, kind in enumerate(KINDS) if kind.sex == sex and kind.count]


def line_between(lights: Lights, answer: float, colour: str) -> Line:
    """A line on the water at an answer, from the near edge to the far one."""
    line = Line(lights.at(answer, 0.0), lights.at(answer, 1.0), color=colour, stroke_width=3)
    return line.add_updater(lambda line: line.put_start_and_end_on(lights.at(answer, 0.0), lights.at(answer, 1.0)))
