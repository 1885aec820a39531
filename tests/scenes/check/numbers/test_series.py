"""A part that is called by another number than its own, in whatever way that was come by, is caught."""

from __future__ import annotations

import pytest

from scenes.check.numbers.series import Series
from scenes.outline import outline
from scenes.parts.words import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.number_sources import in_words
from scenes.stage.traced_run import constant
from tests.scenes.check.found import watched


def numbered(text: str, slug: str, *, spoken: bool = True, module: str = "scenes.gradient.next") -> int:
    """How many faults are found of a text with the number of a film, in a scene of part 4."""

    def construct(scene: ExplainerScene) -> None:
        number = outline(slug).number
        place = constant(number, "its place", equals=number)
        for written in (f"{place}", in_words(place)):
            if spoken:
                with scene.say(text.replace("#", written)):
                    scene.wait(0.5)
            else:
                scene.add(words(text.replace("#", written)))
                scene.wait(0.5)

    members = {"construct": construct, "__module__": module}
    return len(watched(Series(), type("Planted", (ExplainerScene,), members))) // 2


@pytest.mark.parametrize("spoken", [True, False])
@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("This was part # of AI fundamentals.", "gradient", "loss"),
        ("AI fundamentals  ·  part #", "gradient", "knobs"),
        ("Next time, in part #, we put it together.", "training-loop", "gradient"),
        ("next: part #", "training-loop", "knobs"),
        ("Remember this line, from part #?", "tensors", "training-loop"),
        ("You'll meet it again in part #, in the fog.", "training-loop", "loss"),
    ],
)
def test_a_part_is_called_by_its_own_number(text: str, right: str, wrong: str, spoken: bool) -> None:
    assert numbered(text, right, spoken=spoken) == 0
    assert numbered(text, wrong, spoken=spoken) == 1


def test_a_scene_of_no_part_may_say_what_it_likes() -> None:
    assert numbered("This was part # of AI fundamentals.", "loss", module="my_talk") == 0
    assert numbered("It comes in # parts.", "loss") == 0
