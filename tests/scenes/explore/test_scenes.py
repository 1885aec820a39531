"""The explore film: its ground and hikers are the recordings, and its words say what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from manim import tempconfig

from descent_core import library, record
from descent_core.explore.exploration import Exploration, explore
from descent_core.explore.request import ExplorationRequest
from descent_core.explore.verdict import Verdict, read_verdict
from descent_core.recordings.outcome import Outcome
from scenes.check.report import check_scene
from scenes.examples import losses
from scenes.explore import sentences
from scenes.explore.curves import Curves
from scenes.explore.edges import Edges
from scenes.explore.film import STILL, explore_part
from scenes.explore.ground import PROPORTIONS, STAGE_MARGIN, STAGE_SIZE, Ground
from scenes.explore.still import AllWalks
from scenes.narration.script import parse_line, without_marks
from scenes.production.format import Format, RenderSettings
from scenes.production.manim_settings import manim_settings
from scenes.production.takes.render import render_last_frame, render_take
from scenes.theme import theme

FILE = losses.__file__
SETTINGS = RenderSettings(Format(640, 360, 5, (("preset", "ultrafast"), ("crf", "30"))))


def explored(name: str, start: tuple | None, *lrs: float, **others: object) -> Exploration:
    return explore(ExplorationRequest(f"{FILE}:{name}", lrs, start, proportions=PROPORTIONS, **others))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def three() -> Exploration:
    return explored("three_knobs", (-1.0, 0.0, 2.0), 0.005, 0.05, 0.15, steps=60, zero_grad=False)


@pytest.fixture(scope="module")
def beale() -> Exploration:
    return explored("beale", (1.0, 1.5), 0.001, 0.01, 0.05, steps=80)


@pytest.fixture
def on_stage(beale: Exploration, tmp_path: Path) -> Iterator[AllWalks]:
    with (
        library.recordings_from(beale.save(tmp_path / "handed")),
        tempconfig(manim_settings(SETTINGS.format, tmp_path)),
    ):
        yield AllWalks()


def test_the_ground_on_the_stage_is_the_recorded_loss_drawn_as_the_formula_says(beale: Exploration) -> None:
    ground = Ground(beale.landscape)
    walk = beale.recordings["run-1"]
    places = ground.run_on_stage(beale.recordings["run-1-on-plane"]).coeffs
    assert (np.abs(places) <= np.array(STAGE_SIZE) / 2).all()
    drawn = ground.summary.height_map.height(walk.losses)
    stood = ground.landscape.height(*places.T)
    # One and the same straight line from the formula to the height on the stage.
    slope, offset = np.polyfit(drawn, stood, 1)
    assert stood == pytest.approx(slope * drawn + offset, abs=0.01)
    assert slope > 0
    west, east, south, north = ground.landscape.bounds
    assert (west, east) == pytest.approx((-STAGE_SIZE[0] / 2 - STAGE_MARGIN, STAGE_SIZE[0] / 2 + STAGE_MARGIN))
    assert (south, north) == pytest.approx((-STAGE_SIZE[1] / 2 - STAGE_MARGIN, STAGE_SIZE[1] / 2 + STAGE_MARGIN))


def test_the_slopes_of_the_staged_ground_are_those_of_its_heights(beale: Exploration) -> None:
    land = Ground(beale.landscape).landscape
    step = 1e-5
    for x, y in ((0.3, 1.2), (-2.0, 0.5), (1.0, -1.0)):
        across = (land.height(x + step, y) - land.height(x - step, y)) / (2 * step)
        assert land.slope(x, y)[0] == pytest.approx(float(across), abs=1e-4)
    i, j = len(land.xs) // 2, len(land.ys) // 3
    near = (land.heights[i + 1, j] - land.heights[i - 1, j]) / (land.xs[i + 1] - land.xs[i - 1])
    assert land.slopes[i, j, 0] == pytest.approx(near, abs=0.05)


def test_a_walk_that_leaves_for_good_is_followed_a_little_way_and_keeps_its_losses(beale: Exploration) -> None:
    ground, projected = Ground(beale.landscape), beale.recordings["run-2-on-plane"]
    staged = ground.run_on_stage(projected)
    assert np.isfinite(staged.coeffs).all()
    assert np.abs(staged.coeffs).max() < 12
    assert not ground.landscape.contains(*staged.coeffs[-1])
    assert np.array_equal(staged.losses, projected.losses, equal_nan=True)
    # Where it goes off is in the direction that was recorded.
    way = ground.on_stage(projected.coeffs[1]) - ground.on_stage(projected.coeffs[0])
    gone = staged.coeffs[1] - staged.coeffs[0]
    assert gone @ way / np.linalg.norm(gone) / np.linalg.norm(way) == pytest.approx(1)


def test_holes_are_drawn_at_the_lowest_ground() -> None:
    found = explored("himmelblau", (0.2, 0.3), 0.01, steps=20)
    heights = found.landscape.heights.copy()
    heights[:5] = np.nan
    slopes = found.landscape.slopes.copy()
    slopes[:5] = np.nan
    holed = Ground(
        type(found.landscape)(found.landscape.xs, found.landscape.ys, heights, slopes, 0.0, found.landscape.meta)
    )
    assert np.isfinite(holed.landscape.heights).all()
    assert holed.landscape.heights[:5].max() <= holed.landscape.heights.min()


def test_hikers_end_where_the_recording_ends_and_nothing_hides_them(on_stage: AllWalks) -> None:
    mountain = on_stage.mountain(fog=_clear())
    party = on_stage.party(mountain)
    for walk in party.walks:
        walk.clock.set_value(1e9)
    first, second, third = party.walks
    for index, walk in enumerate((first, second)):
        end = on_stage.ground.on_stage(on_stage.run(f"run-{index}-on-plane").coeffs[-1])
        assert walk.position() == pytest.approx(tuple(end))
        assert mountain.in_view(*walk.position(), lift=0.4)
    for hiker in party.hikers:
        hiker.refresh()
    shown = [max(part.get_fill_opacity() for part in hiker) for hiker in party.hikers]
    assert shown[0] > 0.9
    assert shown[1] > 0.9
    assert shown[2] == 0  # it has left the ground
    assert third.row == on_stage.run("run-2").steps


def test_the_walks_stand_clear_of_the_plates(on_stage: AllWalks) -> None:
    mountain = on_stage.mountain(fog=_clear())
    party = on_stage.party(mountain)
    spots = mountain.points_at(party.places())
    for plate in (on_stage.facts(), on_stage.curves(party)[0]):
        left, right = plate.get_left()[0], plate.get_right()[0]
        low, top = plate.get_bottom()[1], plate.get_top()[1]
        covered = (spots[:, 0] > left) & (spots[:, 0] < right) & (spots[:, 1] > low) & (spots[:, 1] < top)
        assert covered.mean() < 0.02


def test_marks_along_the_edges_stand_where_their_value_is(on_stage: AllWalks) -> None:
    mountain = on_stage.mountain(fog=_clear())
    edges = on_stage.edges(mountain, on_stage.party(mountain))
    assert isinstance(edges, Edges)
    texts = [mark[1].text for mark in edges.submobjects if len(getattr(mark, "submobjects", [])) == 2]
    assert {"knob0", "knob1"} & {text.replace(" ", "") for text in texts}


def test_the_curves_are_the_recorded_losses(beale: Exploration) -> None:
    runs = [beale.recordings[f"run-{index}"] for index in range(3)]
    curves = Curves(runs, [theme.too_small, theme.right, theme.too_big])
    assert curves.log
    for line, run in zip(curves.lines[:2], runs, strict=False):
        corners = np.array(line.get_anchors())
        assert corners[-1] == pytest.approx(curves.spot(run.steps, float(run.losses[-1])))
        assert corners[0] == pytest.approx(curves.spot(0, float(run.losses[0])))
    # The third goes off the axes at its first step, and is drawn no farther.
    assert np.array(curves.lines[2].get_anchors())[:, 0].max() <= curves.spot(2, 1.0)[0] + 1e-6


def test_a_curve_below_the_axis_is_marked() -> None:
    run = record(lambda c: (c**2).sum(), [1.0], lr=0.4, steps=60)
    curves = Curves([run], [theme.right])
    assert run.losses[-1] < 1e-60
    assert any(getattr(part, "text", "").startswith("≤") for part in curves)


def test_losses_that_cross_zero_have_a_linear_axis() -> None:
    run = record(lambda c: (c**2).sum() - 5, [3.0], lr=0.2, steps=30)
    curves = Curves([run], [theme.right])
    assert not curves.log
    assert curves.spot(0, -4.9)[1] < curves.spot(0, 3.9)[1]


# Words.


def verdict_and_sentence(name: str, start: tuple, lr: float, **others: object) -> tuple[Verdict, str]:
    run = record(getattr(losses, name), start, lr=lr, steps=200)
    found = read_verdict(run, **others)  # type: ignore[arg-type]
    return found, sentences.run_sentence(found, lr)


def test_a_swing_that_never_changes_the_loss_is_not_told_as_between_it_and_itself() -> None:
    run = record(lambda c: ((c - 1) ** 2).sum() / 2, [5.0], lr=2.0, steps=40)
    assert sentences.run_sentence(read_verdict(run), 2.0) == (
        "With 2, it oscillates: to the end it swings from side to side, at a loss of 8."
    )


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("moved", [True, False])
def test_there_are_words_for_every_outcome(outcome: Outcome, moved: bool) -> None:
    found = Verdict(outcome, 60, 9.0, 4.0 if moved else 9.0, 2.0, 12, 40, (3.0, 5.0), not_finite=False, gain_left=0.7)
    said = sentences.run_sentence(found, 0.1)
    assert said.startswith("With 0.1, it ")
    assert said.endswith(".")
    assert any(f"{loss:g}" in said for loss in (found.last_loss, *found.tail_range))
    others = [Verdict(Outcome.CONVERGED, 60, 9.0, 4.0, 4.0, 60, 40, (4.0, 4.0), not_finite=False), found]
    assert summary(others).startswith("One mountain, one start, two learning rates: ")
    assert sentences.no_zero_grad_sentence(others[0], found).startswith("Wiped, it comes to 4. Never wiped, it ")
    told = {
        Outcome.NARROW_VALLEY: "0.7 still to gain",
        Outcome.ARRIVED_AND_LEFT: "come down to 2 after 12 steps, and left again",
        Outcome.PLATEAU: "no slope to feel",
        Outcome.SADDLE: "still falls away",
        Outcome.HOVERING: "pushed about by chance",
    }
    assert told.get(outcome, "") in said


@pytest.mark.parametrize(
    ("name", "start", "lr", "sentence"),
    [
        ("himmelblau", (0.2, 0.3), 0.01, "With 0.01, it converged: at rest after 8 steps, at a loss of practically 0."),
        ("beale", (1.0, 1.5), 0.05, "With 0.05, it diverged: after 4 steps the loss was no longer a number."),
        (
            "beale",
            (1.0, 1.5),
            0.001,
            "With 0.001, it crawls: from 41.2 to 1.09 in 200 steps, and still on its way.",
        ),
        (
            "himmelblau",
            (0.2, 0.3),
            0.03,
            "With 0.03, it oscillates: to the end, the loss swings between 11.5 and 44.7.",
        ),
    ],
)
def test_what_is_said_is_what_was_recorded(name: str, start: tuple, lr: float, sentence: str) -> None:
    assert verdict_and_sentence(name, start, lr)[1] == sentence


def test_another_valley_is_said_with_how_much_higher_it_is() -> None:
    home = record(losses.valley, [0.5], lr=0.05, steps=200)
    found = read_verdict(record(losses.valley, [-0.5], lr=0.05, steps=200), home, other_valley=True)
    assert found.above_best == pytest.approx(0.6, abs=0.01)
    assert "came to rest in another valley, 0.6 higher than the best, after" in sentences.run_sentence(found, 0.05)
    assert sentences.headline(found) == "another valley"
    alike = read_verdict(
        record(losses.himmelblau, [-2, 2], lr=0.01, steps=200),
        record(losses.himmelblau, [0.2, 0.3], lr=0.01, steps=200),
        other_valley=True,
    )
    assert "just as deep" in sentences.run_sentence(alike, 0.01)


def summary(verdicts: list[Verdict], never: Verdict | None = None) -> str:
    """The sentence about all walks as it is heard; each of its marks stands in it once."""
    text = sentences.summary_sentence(verdicts, never)
    assert set(sentences.summary_marks(verdicts, never)) == set(parse_line(text).marks)
    return without_marks(text)


def test_all_in_one_sentence() -> None:
    verdicts = [verdict_and_sentence("beale", (1.0, 1.5), lr)[0] for lr in (0.001, 0.01, 0.05)]
    assert summary(verdicts) == (
        "One mountain, one start, three learning rates: one still crawling, one in a narrow valley and one diverged."
    )


def test_the_walk_that_is_never_wiped_is_in_the_sentence_about_all() -> None:
    crawling, other, never = (verdict_and_sentence("beale", (1.0, 1.5), lr)[0] for lr in (0.001, 0.01, 0.05))
    assert summary([crawling], never) == (
        "One mountain, two walks: wiped, it is still crawling; never wiped, it diverged."
    )
    assert summary([crawling, other], never).endswith(" And the walk that is never wiped: it diverged.")
    assert summary([crawling]) == "One mountain, one walk: it is still crawling."


# The film.


@pytest.mark.slow
def test_the_whole_film_says_what_it_shows_of_how_much(three: Exploration, tmp_path: Path) -> None:
    one = explore_part("three_knobs", "losses.py:three_knobs", no_zero_grad=True)
    with library.recordings_from(three.save(tmp_path / "handed")):
        takes = [render_take(ref, SETTINGS, tmp_path) for ref in one.scenes]
    words = " ".join(cue.text for take in takes for cue in take.cues.cues)
    assert "It has 3 knobs. This is a slice, along the two main directions of the walks" in words
    assert "A slice can mislead" in words
    assert words.count("With 0.05, it ") == 1
    assert "never wipes its gradient" in words
    assert all("ground.landscape.npz" in take.recordings for take in takes)
    assert "no-zero-grad.npz" in takes[2].recordings
    length = sum(take.cues.length for take in takes[:2] + takes[3:])
    assert 30 < length < 75


@pytest.mark.slow
@pytest.mark.parametrize("name", ["three_knobs", "valley"])
def test_the_film_is_true_legible_and_in_rhythm(name: str, three: Exploration, tmp_path: Path) -> None:
    """What `check` holds the films of the series to, it holds here: many knobs with the mistake, and one knob."""
    several = name == "three_knobs"
    found = three if several else explored("valley", (-1.8,), 0.01, 0.02, steps=60)
    with library.recordings_from(found.save(tmp_path / "handed")):
        reports = [
            check_scene(ref, "dark", rate=1)
            for ref in explore_part(name, f"losses.py:{name}", no_zero_grad=several).scenes
        ]
    assert [line for report in reports for line in (*report.faults, *report.over)] == []
    assert sum(report.traced for report in reports) > 30
    assert sum(report.measured for report in reports) > 1000


@pytest.mark.slow
@pytest.mark.parametrize(("name", "start"), [("valley", (-1.8,)), ("beale", (1.0, 1.5))])
def test_the_still_is_a_full_picture(name: str, start: tuple, tmp_path: Path) -> None:
    found = explored(name, start, 0.01, 0.02, steps=60)
    with library.recordings_from(found.save(tmp_path)):
        frame = render_last_frame(STILL, SETTINGS)
    assert frame.size == (640, 360)
    assert len(frame.getcolors(maxcolors=1 << 20) or [1] * 5000) > 2000


def _clear():
    from scenes.engine.terrain.fog.fog import Fog

    return Fog(0.0)
