"""Names of a needle's ends at the wrong end, and probes told on the other word, are caught."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from manim import LEFT, RIGHT, UP

from scenes.check.ways.up_and_down import UpAndDown
from scenes.gradient.shots import WIDE
from scenes.parts import Compass, Mountain
from scenes.parts.ground.probes import Probes
from scenes.parts.words import plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.theme import theme
from tests.scenes.check.found import faults
from tests.scenes.check.wiring.staged import Staged
from tests.scenes.check.wiring.staged import faults as staged

#: A slope that points to the left.
LEFTWARD = np.array([-1.0, 0.3])


@pytest.mark.parametrize(
    ("text", "side", "swing", "count"),
    [
        ("gradient", LEFT, 0.0, 0),
        ("downhill", RIGHT, 0.0, 0),
        ("gradient", RIGHT, 0.0, 1),
        ("downhill", LEFT, 0.0, 1),
        # It swings, and will come to the other side; over the dial stands what all of it is.
        ("gradient", RIGHT, 3.0, 0),
        ("gradient", UP, 0.0, 0),
        ("knob 0", RIGHT, 0.0, 0),
    ],
)
def test_a_name_stands_at_its_end_of_the_needle(text: str, side: Any, swing: float, count: int) -> None:
    def build(scene: Staged) -> list[Any]:
        compass = Compass(lambda: LEFTWARD, swing=lambda: swing, radius=1.5)
        return [compass, plate(words(text)).next_to(compass, side, buff=0.5)]

    found = staged(UpAndDown(), build)
    assert [rule for rule, _ in found] == ["label"] * count


def told(line: str, first: int, *, turned: bool = False) -> list[str]:
    """What is found of probes that are told one way at the first mark, and the other at the second."""

    def construct(scene: ExplainerScene) -> None:
        mountain = Mountain(scene.landscape("mountain"), WIDE)
        probes = Probes(mountain, scene.run("right").coeffs[0], 0.6)
        if turned:
            probes.rises, rises = -probes.rises, probes.rises
            probes.clear_updaters()
            probes.add_updater(lambda it: (setattr(it, "rises", -rises), it.refresh(), setattr(it, "rises", rises)))
        scene.add(mountain, probes)
        scene.play(probes.feel(run_time=0.5))
        with scene.say(line) as spoken:
            spoken.reach("one")
            scene.play(probes.tell(first, run_time=spoken.until("two")))
            scene.play(probes.tell(-first, run_time=theme.enter))

    return faults(UpAndDown(), construct)


@pytest.mark.parametrize(
    ("line", "first", "count"),
    [
        ("Feel around with your foot. [one]Red is up, and [two]green is down.", 1, 0),
        ("Feel around with your foot. [one]Red is up, and [two]green is down.", -1, 1),
        ("Feel around a bit. [one]Downhill is one half of it, and [two]uphill is all the rest.", 1, 1),
        ("Feel around a bit. [one]Downhill is one half of it, and [two]uphill is all the rest.", -1, 0),
        ("Feel around with your foot: [one]one side of it, and [two]the other.", -1, 0),
    ],
)
def test_probes_are_told_on_the_word_of_their_way(line: str, first: int, count: int) -> None:
    assert len(told(line, first)) == count


def test_probes_have_the_colours_of_their_ways() -> None:
    assert told("Feel it: [one]here, and [two]there.", 1) == []
    (found,) = told("Feel it: [one]here, and [two]there.", 1, turned=True)
    assert found.startswith("colour: Probes: ")
