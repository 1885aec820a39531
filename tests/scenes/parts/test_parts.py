"""Parts in scenes of your own: any landscape finds its size and its view, any run its place."""

from __future__ import annotations

import inspect
import math
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import Camera, Scene, Text, tempconfig

import scenes.parts
from descent_core import Landscape, Trajectory, recording
from descent_core.errors import RecordingError
from descent_core.library import landscape
from scenes.engine.terrain.scale import RELIEF, Scale
from scenes.parts import (
    ArrowRole,
    CodePanel,
    GroundArrow,
    Hiker,
    LossCurve,
    Mountain,
    Plot,
    Progress,
    StageCamera,
    Trail,
    Walk,
)
from scenes.parts.panels.plot import round_ticks
from scenes.theme import THEMES, using_theme


@pytest.fixture(autouse=True)
def small_frame() -> Any:
    with tempconfig({"pixel_width": 320, "pixel_height": 180, "frame_rate": 10, "verbosity": "ERROR"}):
        yield


def bowl_over(half: float, deep: float, nodes: int = 21) -> Landscape:
    """A round bowl over ±``half``, ``deep`` at its edges."""
    xs = np.linspace(-half, half, nodes)
    x, y = np.meshgrid(xs, xs, indexing="ij")
    heights = (x**2 + y**2) / half**2 * deep
    slopes = np.stack([x, y], axis=-1) * 2 * deep / half**2
    return Landscape(xs, xs, heights, slopes, 0.0)


def test_the_mountain_of_the_films_needs_no_scaling() -> None:
    assert Scale.of(landscape("mountain")) == Scale.of(landscape("clear-mountain")) == Scale(1, 1, 1)


@given(half=st.floats(1e-6, 1e9), deep=st.floats(1e-9, 1e12))
@settings(deadline=None)
def test_any_landscape_is_drawn_the_size_of_a_mountain(half: float, deep: float) -> None:
    scale = Scale.of(bowl_over(half, deep))
    assert scale.east == scale.north
    assert 10 < 2 * half * scale.east < 30
    assert 1.7 < 2 * deep * scale.relief < 4.6
    for number in (scale.east, scale.height):  # 1, 2 or 5 times a power of ten
        assert f"{number:.6e}"[0] in "125"
        assert float(f"{number:.0e}") == number


def test_coefficients_of_unlike_ranges_have_a_scale_each() -> None:
    xs, ys = np.linspace(-500, 500, 9), np.linspace(-0.01, 0.01, 9)
    flat = Landscape(xs, ys, np.ones((9, 9)), np.zeros((9, 9, 2)), 0.0)
    assert Scale.of(flat) == Scale(0.02, 1000.0, 1.0)


@pytest.mark.parametrize(("half", "deep"), [(500, 1e4), (0.01, 1e-6), (9, 2)])
def test_a_landscape_of_any_size_is_seen_whole(half: float, deep: float) -> None:
    mountain = Mountain(bowl_over(half, deep))
    seen = mountain.points_at([[0, 0], *((x, y) for x in (-0.7 * half, 0.7 * half) for y in (-half / 2, half))])
    assert np.abs(seen[:, 0]).max() < 16 / 9 * 4
    assert np.abs(seen[:, 1]).max() < 4
    # Much of the frame is ground.
    ground = mountain.hides(mountain.pixels, np.inf, (slice(None), slice(None)))
    assert ground is not None
    assert ground.mean() > 0.5


@pytest.mark.parametrize("half", [500.0, 0.01])
def test_hiker_and_arrow_are_where_the_landscape_says(half: float) -> None:
    mountain = Mountain(bowl_over(half, 50.0))
    x, y = half * 0.3, half * -0.4
    hiker = Hiker(mountain, (x, y))
    scale = mountain.scale_of
    world = [x * scale.east, y * scale.north, 0.25 * 50 * scale.relief]  # r² is a quarter
    column, row, _ = mountain.camera().project(world)
    unit = 8 / 180
    assert hiker.feet()[:2] == pytest.approx([(column - 160) * unit, (90 - row) * unit], abs=1e-3)
    # As tall as on the mountain of the films, seen from afar; not a thousand times so.
    assert 0.05 < hiker.height < 1
    arrow = GroundArrow(mountain, (x, y), (half * 0.2, 0.0), "#ffffff")
    assert arrow.tip()[:2] == pytest.approx(mountain.point(x + half * 0.2, y, 0.0)[:2], abs=0.08)


def test_manim_s_own_camera_draws_the_same_mountain_as_ours() -> None:
    ground = bowl_over(300, 1000)

    class Plain(Scene):
        def construct(self) -> None:
            self.add(Mountain(ground))
            self.wait(0.1)

    frames = []
    for camera in (Camera, StageCamera):
        with tempconfig({"dry_run": True, "progress_bar": "none"}):
            scene = Plain(camera_class=camera)
            scene.render()
        frames.append(scene.renderer.camera.pixel_array)
    assert frames[0].std() > 5
    assert (frames[0] == frames[1]).all()


def test_a_mountain_fills_a_draft_s_frame_to_its_last_column() -> None:
    with tempconfig({"pixel_width": 854, "pixel_height": 480}):
        assert Mountain(bowl_over(300, 1000)).pixels == (854, 480)


def run_of(coeffs: Any, losses: Any) -> Trajectory:
    coeffs = np.asarray(coeffs, float)
    return Trajectory("own", coeffs, losses, np.zeros_like(coeffs), np.zeros_like(coeffs[1:]), lr=0.1)


def test_a_walk_that_leaves_the_ground_waits_at_its_edge() -> None:
    mountain = Mountain(bowl_over(3, 1))
    run = run_of([[1, 1], [-40, 2], [math.inf, -1e200], [math.nan, 0]], [1, 9, 99, math.nan])
    walk = Walk(run, mountain)
    assert walk.positions.tolist() == [[1, 1], [-3, 2], [3, -3], [3, -3]]
    trail = Trail(run, mountain)
    assert np.isfinite(trail.line.points).all()
    for t in np.linspace(0, 3, 13):
        walk.clock.set_value(t)
        assert np.isfinite(Hiker(walk=walk).feet()).all()


def test_a_walk_on_a_mountain_has_two_coefficients() -> None:
    with pytest.raises(ValueError, match=r"has two coefficients, and 'gradient-10' has 10; show its LossCurve"):
        Walk(recording("gradient-10"), Mountain(bowl_over(3, 1)))
    with pytest.raises(TypeError, match="needs its ground"):
        Trail(recording("right"))


def test_a_hiker_of_a_walk_is_where_the_walk_is() -> None:
    mountain = Mountain(bowl_over(3, 1))
    walk = Walk(run_of([[1, 1], [-1, 2]], [1, 2]), mountain)
    hiker, same = Hiker(walk=walk), Hiker(mountain, walk.pose)
    assert hiker.walk is walk
    assert hiker.mountain is mountain
    assert same.walk is None
    for t in (0.0, 0.4, 1.0):
        walk.clock.set_value(t)
        assert hiker.place() == walk.pose()
        for figure in (hiker, same):
            figure.refresh()
        np.testing.assert_array_equal(hiker.drawn_feet(), same.drawn_feet())
        np.testing.assert_allclose(hiker.drawn_feet()[:2], mountain.point(*walk.pose())[:2], atol=1e-6)


def test_a_hiker_has_either_a_walk_or_a_place_on_a_mountain() -> None:
    mountain = Mountain(bowl_over(3, 1))
    walk = Walk(run_of([[1, 1], [-1, 2]], [1, 2]), mountain)
    wrong: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
        ((), {}),
        ((mountain,), {}),
        ((), {"place": (1, 1)}),
        ((mountain,), {"walk": walk}),
        ((), {"place": (1, 1), "walk": walk}),
        ((mountain, (1, 1)), {"walk": walk}),
    ]
    for positional, named in wrong:
        with pytest.raises(TypeError, match=r"needs a walk, Hiker\(walk=walk\), or a mountain and a place"):
            Hiker(*positional, **named)


def test_an_arrow_with_a_role_has_the_role_s_colour_in_every_theme() -> None:
    mountain = Mountain(bowl_over(3, 1))
    for name, wanted in THEMES.items():
        with using_theme(name):
            arrows = {role: GroundArrow(mountain, (1, 1), (1, 0), role) for role in ArrowRole}
        colours = {role: arrow.shape.get_fill_color().to_hex().lower() for role, arrow in arrows.items()}
        assert colours == {
            ArrowRole.UPHILL: wanted.uphill,
            ArrowRole.DOWNHILL: wanted.downhill,
            ArrowRole.HELD: wanted.stale,
        }
        assert all(arrow.role is role for role, arrow in arrows.items())


def test_an_arrow_in_a_colour_of_its_own_has_no_role() -> None:
    arrow = GroundArrow(Mountain(bowl_over(3, 1)), (1, 1), (1, 0), "#123456")
    assert arrow.role is None
    assert arrow.shape.get_fill_color().to_hex().lower() == "#123456"


@pytest.mark.parametrize("name", sorted(name for name in scenes.parts.__all__ if name[0].isupper()))
def test_a_part_that_changes_is_drawn_anew_by_one_name(name: str) -> None:
    """Whatever brings a stage part up to date is called ``refresh``, and an updater calls it."""
    part = getattr(scenes.parts, name)
    source = inspect.getsource(part)
    updated = re.findall(r"self\.add_updater\(lambda _: self\.(\w+)\(", source)
    assert set(updated) <= {"refresh"}
    assert bool(updated) == ("refresh" in vars(part))


def test_a_trail_of_a_trajectory_is_that_of_its_finished_walk() -> None:
    mountain = Mountain(landscape("mountain"))
    run = recording("right")
    walk = Walk(run, mountain, row=run.steps)
    assert (Trail(run, mountain).line.points == Trail(walk).line.points).all()


def test_a_loss_curve_draws_recordings_and_what_is_off_the_top() -> None:
    run = run_of([[1.0], [2.0], [4.0], [8.0]], [1, 4, 1000, math.inf])
    curve = LossCurve(run, Progress(run, 1))
    whole, head, begun, _ = curve.submobjects[-4:]
    assert np.isfinite(whole.points).all()
    assert head.get_center() == pytest.approx(curve.spot(3, 1000), abs=0.5)
    assert head.get_center()[1] == pytest.approx(curve.spot(0, 1e9)[1])
    assert begun.get_end()[:2] == pytest.approx(curve.spot(1, 4)[:2])
    assert LossCurve(run_of([[1.0]], [0.0])).width > 0  # no step at all
    with pytest.raises(ValueError, match="at least one run"):
        LossCurve()


@pytest.mark.parametrize("log", [False, True])
def test_the_marks_of_a_plot_stand_at_their_values(log: bool) -> None:
    across, up = (0, 15, 30), (0.01, 1, 10)
    plot = Plot((0, 30), (0.01, 10), across_name="step", up_name="loss", across_ticks=across, up_ticks=up, log=log)
    marks = {line.original_text: line.get_center() for line in plot.submobjects if isinstance(line, Text)}
    assert marks.keys() == {"0", "15", "30", "0.01", "1", "10", "step", "loss"}
    for value in across:
        assert marks[f"{value:g}"][0] == pytest.approx(plot.spot(value, 0.01)[0])
    for value in up:
        assert marks[f"{value:g}"][1] == pytest.approx(plot.spot(0, value)[1])


def test_the_lines_of_a_code_panel_are_numbered_from_the_first_down() -> None:
    panel = CodePanel(bowl_over, skip=("slopes =",))
    numbers = [line for line in panel.submobjects if isinstance(line, Text) and line.original_text.isdigit()]
    assert [line.original_text for line in numbers] == [str(k + 1) for k in range(len(panel.code))]
    # As high as its line, whose letters may reach up or down; the next is 0.575 below.
    for number, code in zip(numbers, panel.code, strict=True):
        assert number.get_y() == pytest.approx(code.get_y(), abs=0.25)
    assert len(panel.code) == len(panel.listing.lines) - 1


@given(st.floats(1e-12, 1e12))
def test_an_axis_holds_what_it_is_for_and_is_marked_by_few_round_numbers(top: float) -> None:
    ceiling, marks = round_ticks(top)
    assert top <= ceiling * (1 + 1e-9)
    assert ceiling <= 2 * top
    assert 2 <= len(marks) <= 4
    assert marks[0] == 0
    assert marks[-1] <= ceiling * (1 + 1e-6)


def test_the_code_panel_shows_the_text_of_a_function_and_what_its_run_recorded() -> None:
    run = recording("right")
    panel = CodePanel(bowl_over, run)
    assert panel.listing.name == "bowl_over"
    assert panel.listing.lines[0].startswith("def bowl_over(half")
    assert panel.window.width > panel.code.width
    with pytest.raises(RecordingError, match="source text of 'len' cannot be found"):
        CodePanel(len, run)


def test_relief_is_that_of_the_films() -> None:
    """Held here because pictures of all films hang on it."""
    assert Mountain(landscape("mountain")).terrain.relief == RELIEF == 1.4
