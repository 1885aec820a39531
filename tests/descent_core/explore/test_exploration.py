"""Expeditions on functions with known minima: walks, plane, region, ground, relief and verdicts."""

from __future__ import annotations

import textwrap
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from descent_core import library, record
from descent_core.errors import RunError, UsageError
from descent_core.explore.exploration import Exploration, ExplorationRequest, explore
from descent_core.explore.height_map import CLIP_HEIGHT, HeightMap, choose_height_map
from descent_core.explore.plane import coefficient_plane, full_plane, principal_plane
from descent_core.explore.region import Region, choose_region, rows_to_show
from descent_core.explore.valleys import is_another_valley
from descent_core.recordings.landscape import Landscape
from descent_core.recordings.trajectory import Trajectory
from scenes.examples import losses

LOSSES = Path(losses.__file__)

#: Loss, start, learning rate, steps, optimizer and the minimum that is reached, from the literature.
CLASSICS = [
    ("himmelblau", (0.2, 0.3), 0.01, 200, None, (3, 2)),
    ("himmelblau", (-2.0, 2.0), 0.01, 200, None, (-2.805118, 3.131312)),
    ("himmelblau", (-3.0, -3.0), 0.01, 200, None, (-3.779310, -3.283186)),
    ("himmelblau", (3.0, -1.0), 0.01, 200, None, (3.584428, -1.848126)),
    ("rosenbrock", (-1.2, 1.0), 0.05, 3000, "adam", (1, 1)),
    ("beale", (1.0, 1.0), 0.05, 1500, "adam", (3, 0.5)),
    ("rastrigin", (0.2, -0.3), 0.001, 200, None, (0, 0)),
    ("ackley", (0.3, -0.2), 0.01, 600, "adam", (0, 0)),
]


def request(name: str, **others: object) -> ExplorationRequest:
    return ExplorationRequest(**{"spec": f"{LOSSES}:{name}", "lrs": (0.01,), **others})  # type: ignore[arg-type]


def story(found: Exploration) -> dict:
    return found.ground.meta["expedition"]


@pytest.mark.parametrize(("name", "start", "lr", "steps", "optimizer", "minimum"), CLASSICS)
def test_the_region_holds_the_start_and_the_known_minimum_that_was_reached(
    name: str, start: tuple, lr: float, steps: int, optimizer: str | None, minimum: tuple
) -> None:
    found = explore(request(name, start=start, lrs=(lr,), steps=steps, optimizer=optimizer))
    walk = found.recordings["walk-0"]
    assert walk.coeffs[-1] == pytest.approx(minimum, abs=0.02)
    area = Region(**story(found)["region"])
    assert area.contains(np.array([start, minimum])).all()
    # The ground under every recorded point is the recorded loss.
    ground = found.ground.height(*walk.coeffs.T)
    drawn = HeightMap(**story(found)["relief"])
    away = ~np.isclose(walk.coeffs, 0, atol=0.1).all(axis=1)  # Ackley has a tip there, that no patch follows
    assert drawn.height(ground)[away] == pytest.approx(drawn.height(walk.losses)[away], abs=0.01)
    # The shadow of a walk of two knobs is the walk.
    assert found.recordings["shadow-0"].same_arrays(walk)


def test_a_diverging_walk_does_not_blow_up_the_region() -> None:
    alone = explore(request("beale", start=(1.0, 1.5), lrs=(0.01,)))
    beside = explore(request("beale", start=(1.0, 1.5), lrs=(0.01, 0.05)))
    assert beside.recordings["walk-1"].outcome == "diverged"
    assert np.abs(beside.recordings["walk-1"].coeffs).max() > 1e6
    assert story(beside)["region"] == story(alone)["region"]


def test_walks_that_all_diverge_still_have_a_ground() -> None:
    found = explore(request("rosenbrock", start=(-1.2, 1.0), lrs=(1.0,)))
    assert story(found)["verdicts"]["walk-0"]["ended"]
    assert Region(**story(found)["region"]).holds(np.array([[-1.2, 1.0]])).all()


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6) | st.just(float("inf"))),
        min_size=1,
        max_size=12,
    )
)
def test_any_walk_has_a_region_that_holds_its_start_and_best_point(rows: list[tuple[float, float, float]]) -> None:
    finite = [index for index, row in enumerate(rows) if np.isfinite(row[2])]
    rows = [rows[index] for index in finite] or [(0.0, 0.0, 0.0)]
    table = np.array(rows)
    walk = Trajectory("any", table[:, :2], table[:, 2], table[:, :2] * 0, table[1:, :2] * 0, lr=1)
    area = choose_region([walk], full_plane(2))
    best = table[np.argmin(table[:, 2]), :2]
    assert area.west < area.east
    assert area.south < area.north
    assert area.contains(np.array([table[0, :2], best])).all()
    assert area.contains(table[rows_to_show([walk])[0], :2]).all()


def test_a_walk_in_a_plane_has_its_losses_on_the_ground() -> None:
    """Of ten knobs only two directions ever move: the plane found is that one, and the slice is exact."""
    chance = np.random.default_rng(5)
    axes, _ = np.linalg.qr(chance.normal(size=(10, 2)))
    centre = torch.tensor(chance.normal(size=10))
    curve = torch.tensor(axes @ np.diag([1.0, 9.0]) @ axes.T)

    def loss(c: torch.Tensor) -> torch.Tensor:
        away = c - centre
        return away @ curve @ away + 3

    begin = centre.numpy() + axes @ [3.0, 1.0]
    walk = record(loss, begin, lr=0.05, steps=60)
    plane = principal_plane(walk.coeffs, walk.coeffs[-1], walk.slopes[0])
    assert plane.share == pytest.approx(1, abs=1e-12)
    assert plane.setting(plane.seen(walk.coeffs)) == pytest.approx(walk.coeffs, abs=1e-9)
    on_slice = [float(loss(torch.tensor(one))) for one in plane.setting(plane.seen(walk.coeffs))]
    assert on_slice == pytest.approx(walk.losses.tolist(), rel=1e-9)
    spanned = np.stack([plane.east, plane.north], axis=1)
    assert axes.T @ spanned @ spanned.T @ axes == pytest.approx(np.eye(2), abs=1e-9)


def test_a_walk_along_a_line_still_has_a_plane() -> None:
    walk = record(lambda c: (c**2).sum(), [3.0, 4.0, 0.0], lr=0.1, steps=20)
    plane = principal_plane(walk.coeffs, walk.coeffs[-1], walk.slopes[0])
    assert abs(plane.east @ [0.6, 0.8, 0.0]) == pytest.approx(1)
    assert plane.east @ plane.north == pytest.approx(0, abs=1e-9)
    assert np.linalg.norm(plane.north) == pytest.approx(1)
    nowhere = principal_plane(np.ones((3, 4)), np.ones(4), np.zeros(4))
    assert np.linalg.matrix_rank(np.stack([nowhere.east, nowhere.north])) == 2


def test_a_slice_through_two_named_knobs_holds_the_others_at_the_best_point() -> None:
    found = explore(request("three_knobs", start=(-1.0, 0.0, 2.0), lrs=(0.05,), knobs=(0, 2)))
    walk, shadow = found.recordings["walk-0"], found.recordings["shadow-0"]
    best = walk.coeffs[np.argmin(walk.losses)]
    assert story(found)["plane"]["kind"] == "knobs"
    assert np.array_equal(shadow.coeffs, walk.coeffs[:, [0, 2]])
    assert np.array_equal(shadow.losses, walk.losses)
    assert np.array_equal(shadow.slopes, walk.slopes[:, [0, 2]])
    ground = found.ground
    i, j = 30, 70
    setting = torch.tensor([ground.xs[i], best[1], ground.ys[j]])
    assert ground.heights[i, j] == pytest.approx(float(losses.three_knobs(setting)))


def test_a_thousand_knobs() -> None:
    found = explore(request("thousand_knobs", lrs=(0.5,), steps=40))
    plane = story(found)["plane"]
    assert plane["knobs"] == 1000
    assert plane["kind"] == "main"
    assert 0.9 < plane["share"] < 1
    assert story(found)["astray"] > 0
    assert found.recordings["shadow-0"].coeffs.shape == (41, 2)


def test_one_knob_has_a_trough() -> None:
    found = explore(request("valley", start=(-1.8,), lrs=(0.01,)))
    assert story(found)["plane"]["kind"] == "one"
    assert np.ptp(found.ground.heights, axis=1) == pytest.approx(0, abs=1e-12)
    assert (found.ground.slopes[..., 1] == 0).all()
    ends = found.recordings["walk-0"]
    assert found.ground.height(ends.coeffs[-1, 0], 0.4) == pytest.approx(ends.losses[-1], abs=1e-5)


def test_a_network_with_minibatches_has_a_ground_of_one_draw(tmp_path: Path) -> None:
    notes: list[str] = []
    asked = request("small_network", lrs=(0.1,), steps=30)
    found = explore(asked, note=notes.append)
    assert any("one draw (seed 0)" in note for note in notes)
    again = explore(asked)
    corners = np.ix_([0, -1], [0, -1])  # there is a node, however fine the grid
    assert np.array_equal(found.ground.heights[corners], again.ground.heights[corners])
    assert found.recordings["walk-0"].same_arrays(again.recordings["walk-0"])


def test_what_was_recorded_is_what_record_gives() -> None:
    found = explore(request("himmelblau", start=(0.2, 0.3), lrs=(0.002,), optimizer="adam", steps=50))
    plain = record(losses.himmelblau, [0.2, 0.3], lr=0.002, steps=50, optimizer=torch.optim.Adam)
    assert found.recordings["walk-0"].same_arrays(plain)


def test_the_forgetful_walk_is_the_same_run_without_wiping() -> None:
    found = explore(request("himmelblau", start=(0.2, 0.3), lrs=(0.002, 0.01), zero_grad=False))
    lr = found.recordings[f"walk-{story(found)['forgetful']}"].lr
    plain = record(losses.himmelblau, [0.2, 0.3], lr=lr, steps=200, zero_grad=False)
    assert found.recordings["forgetful"].same_arrays(plain)


def test_files_are_found_by_label_where_they_were_handed_over(tmp_path: Path) -> None:
    found = explore(request("beale", start=(1.0, 1.5), lrs=(0.01,), steps=20))
    found.save(tmp_path)
    with library.recordings_from(tmp_path), library.tracked() as seen:
        assert library.recording("walk-0").same_arrays(found.recordings["walk-0"])
        assert library.landscape("ground").meta["expedition"]["title"] == "losses.py:beale"
        assert seen == {name: library.current_hash(name) for name in ("walk-0.npz", "ground.landscape.npz")}
    with pytest.raises(KeyError):
        library.recording("walk-0")


# Verdicts.


def test_another_valley_is_told_and_how_much_higher_it_is() -> None:
    found = explore(request("valley", start=(-1.8,), lrs=(0.01, 0.12)))
    ends = [found.recordings[f"walk-{index}"].coeffs[-1, 0] for index in (0, 1)]
    told = story(found)["verdicts"]
    assert ends[0] == pytest.approx(-0.96, abs=0.01)
    if ends[1] > 0:
        assert told["walk-0"]["elsewhere"]
        assert not told["walk-1"]["elsewhere"]
        lower, higher = found.recordings["walk-1"].losses[-1], found.recordings["walk-0"].losses[-1]
        assert told["walk-0"]["deeper"] == pytest.approx(higher - lower)
    else:
        pytest.fail("the second walk was to cross the ridge")


def test_two_ends_of_himmelblau_are_in_different_valleys_and_two_near_one_are_not() -> None:
    ends = [record(losses.himmelblau, start, lr=0.01, steps=200) for start in ((0.2, 0.3), (-2.0, 2.0), (4.0, 1.0))]
    assert is_another_valley(losses.himmelblau, ends[0], ends[1], torch.float64)
    assert not is_another_valley(losses.himmelblau, ends[0], ends[2], torch.float64)
    assert not is_another_valley(losses.himmelblau, ends[0], ends[0], torch.float64)


def test_a_bent_valley_is_one_valley_wherever_one_stops_in_it() -> None:
    """Between two places on Rosenbrock's valley floor the straight line climbs its wall; it is one valley."""
    floor = [np.array([x, x**2]) for x in (-0.9, 0.7)]
    stopped = [
        Trajectory("s", [end + [0, 2], end, end, end, end], [9, 1, 1, 1, 1], np.zeros((5, 2)), np.zeros((4, 2)), lr=1)
        for end in floor
    ]
    assert all(one.outcome == "converged" for one in stopped)
    between = [float(losses.rosenbrock(torch.tensor(floor[0] + (floor[1] - floor[0]) * t))) for t in (0, 0.5, 1)]
    assert between[1] > max(between[0], between[2])
    assert not is_another_valley(losses.rosenbrock, stopped[0], stopped[1], torch.float64)


def test_a_flat_ring_of_minima_is_one_valley() -> None:
    def ring(c: torch.Tensor) -> torch.Tensor:
        return ((c**2).sum() - 1) ** 2

    ends = [record(ring, start, lr=0.1, steps=200) for start in ([1.5, 0.2], [-1.5, 0.2])]
    assert not is_another_valley(ring, ends[0], ends[1], torch.float64)


# Relief.


@settings(deadline=None, max_examples=60)
@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e6), st.sampled_from([0.0, 0.01, 1.0, 100.0]), st.data())
def test_a_higher_loss_is_never_drawn_lower(low: float, span: float, unit: float, data: st.DataObject) -> None:
    one = HeightMap(low, low + span, unit)
    values = np.sort(data.draw(st.lists(st.floats(low, low + 3 * span), min_size=2, max_size=8)))
    drawn = one.height(values)
    assert (np.diff(drawn) >= 0).all()
    assert drawn.min() >= 0
    assert drawn.max() <= CLIP_HEIGHT
    assert float(one.height(low)) == 0
    assert float(one.height(low + span)) == pytest.approx(1)
    assert float(one.height(one.cut * (1 - 1e-9) if one.cut > 0 else one.cut)) == pytest.approx(
        CLIP_HEIGHT, abs=1e-3 + 1e-6 * abs(low) / span
    )


def test_the_slope_of_a_relief_is_its_derivative() -> None:
    for one in (HeightMap(1, 9), HeightMap(1, 9000, unit=10)):
        at, step = np.array([2.0, 3.0, 8.0]), 1e-6
        assert one.slope(at) == pytest.approx((one.height(at + step) - one.height(at - step)) / (2 * step), rel=1e-4)


@pytest.mark.parametrize(
    ("name", "start", "lr", "logarithmic"),
    [
        ("rosenbrock", (-1.2, 1.0), 0.003, True),
        ("beale", (1.0, 1.5), 0.01, True),
        ("himmelblau", (0.2, 0.3), 0.01, False),
    ],
)
def test_what_spans_orders_of_magnitude_is_drawn_on_a_log_scale(
    name: str, start: tuple, lr: float, logarithmic: bool
) -> None:
    drawn = HeightMap(**story(explore(request(name, start=start, lrs=(lr,))))["relief"])
    assert (drawn.formula == "log(1 + loss)") == logarithmic
    if not logarithmic:
        assert drawn.formula == "loss"


def test_deeper_ground_near_by_does_not_make_the_height_absurd() -> None:
    """The valley next to the walk's is deeper than any step of it: a log of tiny differences would show nothing."""
    found = explore(request("valley", start=(-0.2,), lrs=(0.05, 0.5)))
    drawn = HeightMap(**story(found)["relief"])
    assert drawn.low < found.recordings["walk-0"].losses.min() - 0.3
    came_down = drawn.height(found.recordings["walk-0"].losses[[0, -1]])
    assert came_down[0] - came_down[1] > 0.15
    assert drawn.unit == 0 or drawn.unit > 1e-3


def test_a_flat_ground_has_a_relief() -> None:
    walk = record(lambda c: (0 * c).sum() + 5, [1.0, 1.0], lr=0.1, steps=3)
    area = choose_region([walk], full_plane(2))
    x, y = area.outer
    ground = Landscape.sample(lambda c: (0 * c).sum() + 5, x, y, (5, 5))
    assert choose_height_map(ground, area, [walk]).height([5.0]).tolist() == [0.0]


# What is asked for wrongly, and what is hard.


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({"start": None}, "Where should the walk on himmelblau start"),
        ({"start": (1.0, 2.0), "lrs": (0.0,)}, "more than 0"),
        ({"start": (1.0, 2.0), "lrs": (-1.0,)}, "more than 0"),
        ({"start": (1.0, 2.0), "lrs": (float("nan"),)}, "more than 0"),
        ({"start": (1.0, 2.0), "lrs": (0.1, 0.1)}, "given twice"),
        ({"start": (1.0, 2.0), "lrs": (0.1, 0.2, 0.3, 0.4, 0.5)}, "1 to 4 walks"),
        ({"start": (1.0, 2.0), "optimizer": "adamant"}, "no optimizer called 'adamant'"),
        ({"start": (1.0, 2.0), "knobs": (0, 2)}, "There is no knob 2: this loss has 2, from 0 to 1"),
        ({"start": (1.0, 2.0), "knobs": (0, -1)}, "There is no knob -1"),
        ({"start": (1.0, 2.0), "knobs": (1, 1)}, "two different knobs"),
        ({"start": (1.0, 2.0), "knobs": (0,)}, "two knobs, such as"),
        ({"start": (1.0, 2.0, 3.0)}, "can be evaluated with 2 coefficients"),
        ({"start": (1.0, 2.0), "steps": 0}, "1 step or more"),
        ({"start": (1.0, 2.0), "steps": 20_000_000}, "too much to record"),
    ],
)
def test_wrong_use(others: dict, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        explore(request("himmelblau", **others))


def test_knobs_of_a_loss_of_one() -> None:
    with pytest.raises(UsageError, match="one knob"):
        explore(request("valley", start=(1.0,), knobs=(0, 1)))


def test_a_start_of_another_length_than_the_module_has() -> None:
    with pytest.raises(UsageError, match=r"small_network has 13 knobs; --start has 2 numbers"):
        explore(request("small_network", start=(1.0, 2.0)))


def own_file(folder: Path, body: str) -> str:
    path = folder / "own.py"
    path.write_text("import torch\n" + textwrap.dedent(body))
    return f"{path}:loss"


def test_a_loss_that_takes_one_point_at_a_time_is_looped_over_and_that_is_said(tmp_path: Path) -> None:
    spec = own_file(tmp_path, "def loss(c):\n    return (c**2).sum() if c[0].item() > 0 else (3 * c**2).sum()")
    notes: list[str] = []
    found = explore(ExplorationRequest(spec, (0.05,), (1.0, 1.0), steps=20), note=notes.append)
    assert any(
        "one point at a time only (it looks at single values, as .item()" in note and "point by point" in note
        for note in notes
    )
    east, north = found.ground.xs[-1], found.ground.ys[3]
    assert found.ground.heights[-1, 3] == pytest.approx(east**2 + north**2)


def test_a_branch_that_looks_at_no_knob_is_level_ground(tmp_path: Path) -> None:
    spec = own_file(tmp_path, "def loss(c):\n    return (c**2).sum() if c[0].item() > 0.5 else torch.tensor(0.25)")
    found = explore(ExplorationRequest(spec, (0.05,), (1.0, 1.0), steps=5))
    assert found.ground.xs[0] < 0.5
    assert found.ground.heights[0, 0] == 0.25
    assert (found.ground.slopes[0, 0] == 0).all()


def test_holes_are_told(tmp_path: Path) -> None:
    spec = own_file(tmp_path, "def loss(c): return (c - torch.log(c)).sum()")
    notes: list[str] = []
    found = explore(ExplorationRequest(spec, (0.1,), (0.2, 0.3), steps=60), note=notes.append)
    assert story(found)["holes"] > 0.05
    assert any("not finite on" in note for note in notes)


def test_a_dear_loss_is_told_of_and_has_a_coarser_ground(tmp_path: Path) -> None:
    spec = own_file(
        tmp_path, "import time\ndef loss(c):\n    time.sleep(0.004)\n    c[0].item()\n    return (c**2).sum()"
    )
    notes: list[str] = []
    heard: list[tuple[str, int, int]] = []
    began = time.monotonic()
    found = explore(
        ExplorationRequest(spec, (0.1,), (1.0, 1.0), steps=4), tell=lambda *told: heard.append(told), note=notes.append
    )
    assert time.monotonic() - began < 20
    assert 9 <= len(found.ground.xs) < 60
    assert {what for what, _, _ in heard} == {"walks", "ground"}
    done, total = heard[-1][1:]
    assert done == total == len(found.ground.xs) ** 2 + (len(found.ground.xs) - 1) ** 2


def test_how_long_it_will_take_is_said_before(tmp_path: Path) -> None:
    spec = own_file(tmp_path, "import time\ndef loss(c):\n    time.sleep(0.2)\n    return (c**2).sum()")
    notes: list[str] = []

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        explore(ExplorationRequest(spec, (0.1, 0.2), (1.0, 1.0), steps=300), tell=stop, note=notes.append)
    (note,) = notes
    assert "One look at this loss takes 0.2" in note
    assert "600 steps take about 2 min" in note


def test_an_optimizer_that_does_not_fit_says_so() -> None:
    with pytest.raises(RunError, match=r"torch.optim.SparseAdam failed with lr 0.01"):
        explore(request("himmelblau", start=(1.0, 2.0), optimizer="sparseadam"))


def test_knobs_through_two_of_two_turn_the_picture() -> None:
    plane = coefficient_plane((1, 0), [3.0, 4.0], [[1.0, 2.0], [3.0, 4.0]])
    assert plane.kind == "all"
    assert plane.seen([[1.0, 2.0]]).tolist() == [[2.0, 1.0]]
