"""The one picture: everybody is in it, named where they can't be told apart, and what became of each is in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from manim import Mobject, Text, tempconfig

from descent_core import library
from descent_core.explore.exploration import explore
from descent_core.explore.request import ExplorationRequest
from scenes.explore.edges import Edges
from scenes.explore.ground import PROPORTIONS
from scenes.explore.party import Wanderer
from scenes.explore.still import AllWalks
from scenes.production.format import Format
from scenes.production.manim_settings import manim_settings
from scenes.stage.label_places import box_of, overlap

BOWL = """
def bowl(c):
    return 1e9 + (c[0] - 1) ** 2 + 2 * (c[1] + 1) ** 2


def cut(c):
    return (c[0] - 1) ** 2 + 2 * (c[1].item() + 1) ** 2
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("still") / "mine.py"
    path.write_text(BOWL)
    return str(path)


def still_of(spec: str, folder: Path, **asked: object) -> AllWalks:
    found = explore(ExplorationRequest(spec, proportions=PROPORTIONS, start=(3.0, 2.0), steps=80, **asked))  # type: ignore[arg-type]
    settings = manim_settings(Format(640, 360, 5, ()), folder)
    with library.recordings_from(found.save(folder / "handed")), tempconfig(settings):
        still = AllWalks()
        still.construct()
    return still


@pytest.fixture(scope="module")
def still(file: str, tmp_path_factory: pytest.TempPathFactory) -> AllWalks:
    """Three walks to one spot, and the one that never wipes its gradient."""
    return still_of(f"{file}:bowl", tmp_path_factory.mktemp("bowl"), lrs=(0.05, 0.1, 0.2), zero_grad=False)


def read(mobject: Mobject) -> list[str]:
    return [part.original_text for part in mobject.get_family() if isinstance(part, Text)]


def hikers(still: AllWalks) -> list[Wanderer]:
    return [mobject for mobject in still.mobjects if isinstance(mobject, Wanderer)]


def test_everybody_is_in_it_and_the_words_say_what_became_of_each(still: AllWalks) -> None:
    assert len(hikers(still)) == 4
    said = read(still.verdicts)
    for lr, line in zip((0.05, 0.1, 0.2), said, strict=False):
        assert line.startswith(f"With lr {lr}, it converged: at rest after ")
    assert " and never wiped, it oscillates: " in said[3]
    assert said[3].endswith("; off the picture.") == (not hikers(still)[3].is_seen)
    low, high = said[3].removesuffix("; off the picture.").removesuffix(".").split(" between ")[1].split(" and ")
    assert float(low) < float(high)  # although both are about 1e9


def test_those_who_stand_on_one_spot_are_all_named_beside_it(still: AllWalks) -> None:
    (names,) = [read(mobject) for mobject in still.mobjects if "on one spot:" in read(mobject)]
    assert names == ["on one spot:", "lr 0.05", "lr 0.1", "lr 0.2"]


def test_nothing_lies_over_a_hiker_or_a_start(still: AllWalks) -> None:
    seen = [hiker for hiker in hikers(still) if hiker.is_seen]
    assert seen
    starts = seen[0].mountain.points_at([hiker.walk.positions[0] for hiker in seen if hiker.walk])
    over = [mobject for mobject in still.mobjects if read(mobject) and not isinstance(mobject, Edges)]
    over += [mark for mobject in still.mobjects if isinstance(mobject, Edges) for mark in mobject if read(mark)]
    assert len(over) >= 3 + 1 + 2
    for mobject in over:
        left, low, right, top = box_of(mobject)
        assert not any(overlap(box_of(mobject), box_of(hiker)) for hiker in seen), read(mobject)
        x, y, _ = starts.T
        assert not ((x > left) & (x < right) & (y > low) & (y < top)).any(), read(mobject)


def test_what_torchs_slope_and_the_heights_disagree_on_is_in_the_facts(file: str, tmp_path: Path) -> None:
    still = still_of(f"{file}:cut", tmp_path, lrs=(0.1,))
    sentence = still.summary.slope_disagreement
    assert sentence
    assert sentence in " ".join(read(still.facts()))
