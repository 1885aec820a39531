"""Defects planted into the films themselves: what is exchanged is caught, and the films as they are pass."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from descent_core import library
from descent_core.explore.exploration import explore
from descent_core.explore.request import ExplorationRequest
from scenes.check.check import Check, watch
from scenes.check.spoken.ended import Ended
from scenes.check.spoken.said import Said
from scenes.check.wiring.colours import Colours
from scenes.check.wiring.instruments import Instruments
from scenes.check.wiring.labels import Labels
from scenes.examples import losses
from scenes.explore import explore_scene, party, still, the_curves, the_walks
from scenes.explore.ground import PROPORTIONS
from scenes.explore.still import AllWalks
from scenes.explore.the_curves import TheCurves
from scenes.explore.the_walks import TheWalks
from scenes.gradient import zero_grad
from scenes.gradient.zero_grad import NorthAndSouthAtOnce
from scenes.parts.words import legend, swatch
from scenes.theme import theme


@pytest.fixture(scope="module", autouse=True)
def explored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An exploration of three learning rates, which end at different rows."""
    request = ExplorationRequest(
        f"{losses.__file__}:beale", (0.001, 0.01, 0.05), (1.0, 1.5), steps=40, proportions=PROPORTIONS
    )
    with library.recordings_from(explore(request).save(tmp_path_factory.mktemp("explored"))):
        yield


def rules(scene_class: Any) -> set[str]:
    """The rules of what is found in a film's scene."""
    checks: tuple[Check, ...] = (Instruments(), Labels(), Said(), Colours(), Ended())
    watch(scene_class, checks)
    return {fault.rule for check in checks for fault in check.faults.values()}


def exchanged(rows: Any, *args: Any, **kwargs: Any) -> Any:
    """A legend whose first and last row have each other's colour."""
    (first, *_), (last, *_) = (row[1:] for row in (rows[0], rows[-1]))
    coloured = [(rows[0][0], last, *rows[0][2:]), *rows[1:-1], (rows[-1][0], first, *rows[-1][2:])]
    return legend(coloured, *args, **kwargs)


@pytest.mark.parametrize("scene_class", [TheWalks, TheCurves, AllWalks])
def test_a_film_of_an_exploration_passes(scene_class: Any) -> None:
    assert rules(scene_class) == set()


def test_a_legend_of_an_exploration_with_exchanged_colours_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explore_scene, "legend", exchanged)
    assert rules(TheWalks) == {"colour"}


@pytest.mark.parametrize(("module", "scene_class"), [(the_curves, TheCurves), (still, AllWalks)])
def test_a_table_or_a_still_with_one_colour_for_all_rows_is_caught(
    module: Any, scene_class: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first: list[str] = []

    def same(text: str, colour: str, *args: Any, **kwargs: Any) -> Any:
        first.append(colour)
        return swatch(text, first[0], *args, **kwargs)

    monkeypatch.setattr(module, "swatch", same)
    assert rules(scene_class) == {"colour"}


def test_a_sentence_with_the_number_of_another_walk_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    said, lrs = the_walks.sentences.run_sentence, []

    def of_the_one_before(verdict: Any, lr: float) -> str:
        lrs.append(lr)
        return said(verdict, lrs[max(len(lrs) - 2, 0)])

    monkeypatch.setattr(the_walks.sentences, "run_sentence", of_the_one_before)
    assert rules(TheWalks) == {"whose"}


def test_walks_of_an_exploration_that_are_exchanged_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    hikers = party.Wanderer
    coats: list[str] = []

    def other_coat(walk: Any, coat: str) -> Any:
        coats.append(coat)
        return hikers(walk, coats[-2] if len(coats) > 1 else "#ff0000")

    monkeypatch.setattr(party, "Wanderer", other_coat)
    assert rules(TheWalks) == {"colour"}


def test_walks_of_an_exploration_that_stop_half_way_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    to = party.Party.to
    monkeypatch.setattr(party.Party, "to", lambda self, row, **how: to(self, row // 2, **how))
    assert "outcome" in rules(TheWalks)


def test_a_sentence_on_all_walks_before_any_curve_has_come_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TheCurves, "open", lambda self, *shown: self.add(*(each.set_opacity(0) for each in shown)))
    assert rules(TheCurves) == {"outcome"}


@pytest.mark.slow
def test_a_legend_of_part_4_with_exchanged_colours_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rules(NorthAndSouthAtOnce) == set()
    said = zero_grad.swatch
    other = {theme.right: theme.stale, theme.stale: theme.right}
    monkeypatch.setattr(
        zero_grad, "swatch", lambda text, colour, *how, **kwargs: said(text, other[colour], *how, **kwargs)
    )
    assert rules(NorthAndSouthAtOnce) == {"colour"}
