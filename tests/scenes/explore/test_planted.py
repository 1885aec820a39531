"""Defects that are planted in the film of a loss are found by the check; the film as it is passes, in both themes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from descent_core import library
from descent_core.explore.exploration import explore
from descent_core.explore.request import ExplorationRequest
from scenes.check.report import check_scene
from scenes.explore.film import STILL, explore_part
from scenes.explore.ground import PROPORTIONS
from tests.gate.edit import Edit, Kind
from tests.gate.harmless import HARMLESS
from tests.gate.in_process import ROOT, planted
from tests.gate.planted_in_explore import IN_EXPLORE

FILM = explore_part("himmelblau", "losses.py:himmelblau", no_zero_grad=True)
SPEC = f"{ROOT / 'scenes' / 'examples' / 'losses.py'}:himmelblau"


@pytest.fixture(scope="module")
def exploration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    request = ExplorationRequest(
        SPEC, (0.002, 0.01, 0.03), (0.2, 0.3), steps=60, zero_grad=False, proportions=PROPORTIONS
    )
    with library.recordings_from(explore(request).save(tmp_path_factory.mktemp("explored"))):
        yield


def faults(scene: str, theme: str = "dark") -> list[str]:
    ref = STILL if scene == "still" else FILM.scene(scene)
    report = check_scene(ref, theme)
    return [*report.faults, *report.over]


def of_explore(edits: tuple[Edit, ...]) -> list[object]:
    return [pytest.param(edit, id=edit.name) for edit in edits if edit.scene.startswith("explore/")]


@pytest.mark.slow
@pytest.mark.parametrize("edit", of_explore(IN_EXPLORE))
def test_a_planted_defect_is_found(edit: Edit, exploration: None) -> None:
    with planted(edit):
        found = faults(edit.scene.removeprefix("explore/"))
    assert found
    assert not edit.rules or any(f"  {rule}  " in f"{line} " for line in found for rule in edit.rules), found


@pytest.mark.slow
@pytest.mark.parametrize("edit", of_explore(HARMLESS))
def test_a_harmless_edit_is_no_fault(edit: Edit, exploration: None) -> None:
    with planted(edit):
        assert faults(edit.scene.removeprefix("explore/")) == []


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("scene", ["mountain", "walks", "zero-grad", "curves", "still"])
def test_the_film_as_it_is_passes(scene: str, theme: str, exploration: None) -> None:
    assert faults(scene, theme) == []


def test_all_kinds_are_planted_twice_at_least() -> None:
    kinds = [edit.kind for edit in IN_EXPLORE]
    assert all(kinds.count(kind) >= 2 for kind in Kind if kind != Kind.HARMLESS)
    assert len({edit.name for edit in IN_EXPLORE}) == len(IN_EXPLORE) >= 15
    for edit in IN_EXPLORE:
        edit.applied(Path(ROOT / edit.file).read_text("utf-8"))
