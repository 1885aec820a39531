"""The words for what became of a walk, on walks whose end is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from descent_core.recordings.evidence import Curvature, Evidence, ExpectedLoss
from descent_core.recordings.outcome import Outcome, classify

#: A hundred steps of a walk in time.
TIME = np.arange(101.0)


def bowl(curvatures: list[float], point: np.ndarray) -> Evidence:
    """What a bowl with its middle at 0 says at a point, by the book."""
    bends = np.asarray(curvatures)
    slope = bends * point
    steep = float(np.linalg.norm(slope))
    return Evidence(
        Curvature(
            slope=steep,
            along=float((slope**2 * bends).sum() / (slope**2).sum()) if steep else 0.0,
            sharpest=float(bends.max()),
            flattest=float(bends.min()),
            gain_left=float((bends * point**2).sum() / 2),
            way_left=float(np.linalg.norm(point)),
            resolved=True,
            products=len(bends),
        )
    )


def walked(points: np.ndarray, curvatures: list[float], asked: bool = True) -> Outcome:
    """What became of a walk over these points of a bowl."""
    points = points.reshape(len(points), -1)
    bends = np.asarray(curvatures)
    losses = (bends * points**2).sum(axis=1) / 2
    return classify(points, losses, bends * points, bowl(curvatures, points[-1]) if asked else None)


@pytest.mark.parametrize(
    ("factor", "word", "unasked"),
    [
        (0.99, "crawling", "crawling"),
        (0.98, "crawling", "crawling"),
        (0.9, "converged", "at rest"),
        (-0.5, "converged", "at rest"),
        (-0.98, "leaping", "leaping"),
        (-1.0, "oscillating", "oscillating"),
        (-1.01, "diverged", "diverged"),
        (1.1, "diverged", "diverged"),
    ],
)
def test_walks_that_shrink_or_grow_by_a_factor(factor: float, word: str, unasked: str) -> None:
    points = factor**TIME
    assert walked(points, [1.0]) == word
    assert walked(points, [1.0], asked=False) == unasked


def test_a_walk_that_ends_early_is_descending_in_strides_that_fit() -> None:
    assert walked(0.9 ** TIME[:12], [1.0]) == "descending"


def test_a_narrow_valley_is_no_minimum_even_where_the_walk_looks_at_rest() -> None:
    points = np.stack([0.5**TIME, 0.99999**TIME], axis=1)
    assert walked(points, [1.0, 2e-5]) == "narrow valley"
    assert walked(points, [1.0, 2e-5], asked=False) == "at rest"


def test_one_who_creeps_along_a_narrow_valley_and_still_comes_down_much_is_descending() -> None:
    points = np.stack([0.5**TIME, 10 * 0.99**TIME], axis=1)
    assert walked(points, [0.5, 0.01]) == "descending"


def rest(**said: float) -> Outcome:
    """A walk that came down by a quarter and rests, by what the loss says there."""
    bend = {"slope": 0.0, "along": 0.0, "sharpest": 1.0, "flattest": 1.0, "gain_left": 0.0, "way_left": 0.0, **said}
    points = 0.5 ** TIME[:, None] + 3
    return classify(points, points[:, 0] / 4, None, Evidence(Curvature(**bend, resolved=True, products=1)))


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({}, "converged"),
        ({"flattest": 0.0}, "converged"),
        ({"flattest": -0.5}, "saddle"),
        ({"sharpest": -0.2, "flattest": -0.5}, "saddle"),
        ({"sharpest": 0.0, "flattest": 0.0}, "plateau"),
        ({"sharpest": 1e-9, "flattest": -1e-9, "slope": 1e-9}, "plateau"),
        ({"gain_left": 0.1, "slope": 0.1, "along": 0.01}, "narrow valley"),
        ({"gain_left": 0.1, "slope": 0.3, "along": 0.5}, "crawling"),
        ({"way_left": 0.2, "slope": 0.002, "along": 0.01}, "narrow valley"),
    ],
)
def test_where_it_rests_the_loss_has_the_last_word(said: dict[str, float], word: str) -> None:
    assert rest(**said) == word


def test_what_is_not_resolved_is_not_called_converged() -> None:
    bend = Curvature(1e-9, 1.0, 1.0, 1.0, gain_left=0.0, way_left=0.0, resolved=False, products=6)
    points = 0.5 ** TIME[:, None]
    assert classify(points, points[:, 0] ** 2, None, Evidence(bend)) == "at rest"


@pytest.mark.parametrize(
    ("slope", "bends", "loss", "word"),
    [
        (0.0, (1.0, 1.0), 1.0, "converged"),
        (0.0, (1.0, -1.0), 1.0, "saddle"),
        (0.0, (-1.0, -1.0), 1.0, "saddle"),
        (0.0, (0.0, 0.0), 1.0, "plateau"),
        (0.0, (1.0, 0.0), 1.0, "plateau"),
        (0.0, (0.0, 0.0), 0.0, "plateau"),
        (1e-33, (1e-32, -1e-32), 1.0, "plateau"),
        (2.0, (2.0, 2.0), 1.0, "crawling"),
    ],
)
def test_one_who_never_moved_is_judged_by_the_ground(
    slope: float, bends: tuple[float, float], loss: float, word: str
) -> None:
    bend = Curvature(slope, bends[0], bends[0], bends[1], gain_left=0.0, way_left=0.0, resolved=True, products=2)
    assert classify(np.ones((9, 2)), np.full(9, loss), None, Evidence(bend)) == word
    assert classify(np.ones((9, 2)), np.full(9, loss)) == "at rest"


def test_a_circle_oscillates() -> None:
    t = np.linspace(0, 12 * np.pi, 200)
    assert classify(np.stack([np.cos(t), 0.5 * np.sin(t)], 1), np.cos(t) ** 2 + 0.2) == "oscillating"


def test_a_loss_that_is_not_finite_diverged() -> None:
    assert classify(np.array([[1.0], [2.0]]), np.array([1.0, np.inf])) == "diverged"


def test_a_rounding_is_no_divergence() -> None:
    points = (-1.0) ** TIME[:, None]
    losses = np.full(101, 8.0) + 1e-15 * TIME
    assert classify(points, losses, points) == "oscillating"
    assert classify(points * 1.01 ** TIME[:, None], losses * 1.01**TIME, points) == "diverged"


def test_one_who_ends_higher_than_he_began_but_rests_there_did_not_diverge() -> None:
    """A leap over the rim of a low valley into a higher one."""
    points = 5 - 5 * 0.5**TIME
    losses = np.where(TIME == 0, 1.0, 2 + 0.25**TIME)
    assert classify(points[:, None], losses, None, bowl([1.0], np.array([1e-9]))) == "converged"


def test_jitter_around_a_kink_is_rest_at_its_lowest_place() -> None:
    x = 2 * 0.9 ** TIME[:81] + 0.003 * (-1) ** TIME[:81]
    assert classify(x[:, None], np.abs(x), np.sign(x)[:, None]) == "converged"
    assert classify(x[:, None], np.abs(x)) == "at rest"


@pytest.mark.parametrize(("along", "word"), [(0.0, "converged"), (1e-3, "converged"), (0.2, "at rest")])
def test_at_a_kink_what_the_slopes_have_in_common_must_lead_down_by_little(along: float, word: str) -> None:
    """A ravine with sharp walls: the walk jitters across it, and its floor may still go down."""
    across = 2 * 0.9 ** TIME[:81] + 0.003 * (-1) ** TIME[:81]
    points = np.stack([across, np.zeros(81)], axis=1)
    slopes = np.stack([np.sign(across), np.full(81, along)], axis=1)
    assert classify(points, np.abs(across), slopes) == word


def test_where_the_curvature_is_known_it_is_believed_and_not_the_swings_of_the_slopes() -> None:
    """At the edge of what is stable the slopes turn back on each other too, in a valley that still goes down."""
    turns = (-1.0) ** TIME
    points = np.stack([5 * 0.8**TIME + 0.01 * turns, np.full(101, 10.0)], axis=1)
    losses, slopes = np.abs(points[:, 0]), np.stack([turns, np.full(101, 0.001)], axis=1)
    narrow = Curvature(1.0, 0.02, 100.0, 0.001, gain_left=2.0, way_left=60.0, resolved=True, products=2)
    kink = Curvature(1.0, 0.0, 0.0, 0.0, gain_left=np.inf, way_left=np.inf, resolved=True, products=2)
    assert classify(points, losses, slopes, Evidence(narrow)) == "narrow valley"
    assert classify(points, losses, slopes, Evidence(kink)) == "converged"


def test_one_who_arrived_and_left_is_told_from_one_who_swings_through() -> None:
    t = np.linspace(0, 1, 400)
    there = np.where(t < 0.2, 1 - t / 0.2, 0.0)
    away = np.where(t > 0.5, np.minimum(t - 0.5, 0.2), 0.0)
    points = (there + away)[:, None]
    assert classify(points, points[:, 0] ** 2) == "arrived and left"
    assert classify(points[:200], points[:200, 0] ** 2) == "at rest"
    through = np.cos(1.4 * np.pi * t)[:, None]
    assert classify(through, through[:, 0] ** 2) == "oscillating"


def by_chance(losses: list[float], spread: float, bend: Curvature | None = None) -> Outcome:
    """A walk that single draws push about, by the expected loss along it."""
    chance = np.random.default_rng(0)
    points = chance.normal(0, 0.1, (101, 1)).cumsum(axis=0)
    rows = tuple(np.linspace(0, 100, len(losses)).round().astype(int).tolist())
    expected = ExpectedLoss(rows, tuple(losses), draws=32, spread=spread)
    draws = np.interp(np.arange(101), rows, losses) + chance.normal(0, spread, 101)
    draws[0] = -1e3  # a lucky draw
    return classify(points, draws, points, Evidence(bend, expected))


def test_with_chance_in_the_loss_the_expected_loss_decides() -> None:
    falling = [1.4 * 0.8**k for k in range(9)]
    assert by_chance(falling, spread=0.5) == "descending"
    assert by_chance([1.4, 0.5, *[0.3] * 7], spread=0.5) == "hovering"
    assert by_chance([6.2, 6.3, 6.35, 6.3, 6.32, 6.33, 6.3, 6.3, 6.31], spread=3.0) == "hovering"
    assert by_chance([1.0 * 3.0**k for k in range(9)], spread=0.5) == "diverged"
    assert by_chance([1.0] * 8 + [float("inf")], spread=0.5) == "diverged"


@given(scale=st.floats(1e-6, 1e6), high=st.floats(1e-6, 1e6), factor=st.sampled_from([0.99, 0.5, -0.98, -1.0, -1.01]))
@settings(deadline=None)
def test_the_verdict_does_not_depend_on_units(scale: float, high: float, factor: float) -> None:
    x = factor ** TIME[:61]
    words = {
        classify(x[:, None] * wide, x**2 * tall, (2 * tall / wide * x)[:, None])
        for wide, tall in ((scale, high), (7.0, 3.0))
    }
    assert len(words) == 1


@given(block=st.integers(1, 60), turns=st.floats(0, 1), seed=st.integers(0, 99))
@settings(deadline=None)
def test_the_verdict_does_not_depend_on_how_many_rows_are_looked_at_at_once(
    block: int, turns: float, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    strides = np.where(chance.random((40, 1)) < turns, -1.0, 1.0).cumprod(axis=0) * chance.normal(1, 0.1, (40, 3))
    coeffs, losses = np.cumsum(strides, axis=0), np.linspace(2, 1, 40)
    whole = classify(coeffs, losses, coeffs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("descent_core.recordings.walk_shape._BLOCK", block)
        assert classify(coeffs, losses, coeffs) == whole
    # By the definition: most steps turn back; if they get shorter it leaps, else it swings.
    later = np.diff(coeffs[len(losses) - 1 >> 1 :], axis=0)
    back = ((later[1:] * later[:-1]).sum(axis=1) < 0).mean() > 0.5
    assert (whole in ("oscillating", "leaping")) == back
