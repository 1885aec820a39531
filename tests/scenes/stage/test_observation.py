"""Observers are told what a scene does: of our own scenes and of anybody's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from manim import RIGHT, Camera, Scene, Square, tempconfig

from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.observation import Frame, ObservedRenderer, ObservedScene, Observer, observed

RATE = 10


@pytest.fixture(autouse=True)
def small(tmp_path: Path) -> Iterator[None]:
    quiet = {"verbosity": "ERROR", "progress_bar": "none", "media_dir": str(tmp_path), "dry_run": True}
    with tempconfig({"pixel_width": 160, "pixel_height": 90, "frame_rate": RATE, "disable_caching": True, **quiet}):
        yield


class Diary(Observer):
    """Keeps all that it is told, with the time and the place of the scene's square."""

    def __init__(self, needs_frames: bool = True) -> None:
        self.needs_frames = needs_frames
        self.told: list[tuple[Any, ...]] = []
        self.plays: list[tuple[str, float, float]] = []
        self.places: list[float] = []
        self.times: list[float] = []
        self.frames: list[tuple[Frame, int]] = []

    def on_play(self, scene: Any, seconds: float) -> None:
        self.plays.append((type(scene.animations[0]).__name__, seconds, float(scene.square.get_x())))

    def on_played(self, scene: Any) -> None:
        self.plays.append(("played", round(scene.time, 6), float(scene.square.get_x())))

    def on_beat(self, scene: Any, name: str, loop: bool) -> None:
        self.told.append(("beat", name, loop, round(scene.time, 6)))

    def on_moment(self, scene: Any) -> None:
        self.told.append(("moment",))
        self.places.append(float(scene.square.get_x()))

    def on_close(self, scene: Any) -> None:
        self.told.append(("close", round(scene.time, 6)))

    def on_written(self, scene: Any) -> None:
        self.told.append(("written",))
        self.times.append(scene.time)

    def rewrite(self, scene: Any, frame: Frame, count: int) -> Iterator[tuple[Frame, int]]:
        self.frames.append((frame.copy(), count))
        yield frame, count

    def of_kind(self, *kinds: str) -> list[tuple[Any, ...]]:
        return [entry for entry in self.told if entry[0] in kinds]


def move(scene: Any) -> None:
    """A square stands for half a second and goes one unit to the right in a whole one."""
    scene.square = Square(fill_color="#ffffff", fill_opacity=1)
    scene.add(scene.square)
    scene.wait(0.5)


class Ours(ExplainerScene):
    def construct(self) -> None:
        self.beat("stand")
        move(self)
        self.beat("go", loop=True)
        self.play(self.square.animate.shift(RIGHT), run_time=1)
        self.close()


class Plain(Scene):
    def construct(self) -> None:
        self.next_section("stand")
        move(self)
        self.next_section("go", "default.loop")
        self.play(self.square.animate.shift(RIGHT), run_time=1)


@pytest.mark.parametrize("scene_class", [Ours, Plain])
def test_observers_are_told_of_beats_moments_frames_and_the_end(scene_class: type[Scene]) -> None:
    diary = Diary()
    scene = observed(scene_class, [diary])
    scene.render()
    assert isinstance(scene, scene_class)
    assert diary.of_kind("beat") == [("beat", "stand", False, 0.0), ("beat", "go", True, 0.5)]
    assert diary.of_kind("close") == ([("close", 1.5)] if scene_class is Ours else [])
    # A wait in which nothing moves is one moment and one frame, written five times; then each frame is a moment.
    assert [count for _, count in diary.frames[: RATE + 1]] == [RATE // 2, *[1] * RATE]
    assert diary.of_kind("moment", "written") == [("moment",), ("written",)] * len(diary.frames)
    assert sum(count for _, count in diary.frames) == pytest.approx(scene.time * RATE)
    assert diary.times == sorted(diary.times)
    assert diary.times[0] == pytest.approx(0.5)
    assert diary.times[-1] == pytest.approx(scene.time)


@pytest.mark.parametrize("scene_class", [Ours, Plain])
def test_observers_are_told_of_the_beginning_and_the_end_of_all_that_is_played(scene_class: type[Scene]) -> None:
    diary = Diary()
    observed(scene_class, [diary]).render()
    wait, stood, move, moved = diary.plays[:4]
    assert (wait, stood) == (("Wait", 0.5, 0.0), ("played", 0.5, 0.0))
    assert move[1:] == (1.0, 0.0)
    assert moved == ("played", 1.5, pytest.approx(1.0))


def test_observers_are_told_how_long_a_wait_was_meant_to_be_and_not_how_many_frames_it_takes() -> None:
    class Brief(ExplainerScene):
        def construct(self) -> None:
            self.square = Square()
            self.wait(0.01)
            self.wait()
            self.play(self.square.animate.shift(RIGHT), run_time=0.02)

    diary = Diary()
    observed(Brief, [diary]).render()
    assert [seconds for kind, seconds, _ in diary.plays if kind != "played"] == [0.01, 1.0, 0.02]


@pytest.mark.parametrize("scene_class", [Ours, Plain])
def test_a_moment_is_the_scene_as_its_frame_shows_it(scene_class: type[Scene]) -> None:
    diary = Diary()
    observed(scene_class, [diary]).render()
    assert diary.places[:2] == [0.0, 0.0]
    assert all(before < after for before, after in pairwise(diary.places[1 : RATE + 1]))
    assert 0.9 < diary.places[RATE] < 1
    lit = [np.flatnonzero(frame[..., :3].max(axis=(0, 2)) > 200) for frame, _ in diary.frames[: RATE + 1]]
    centres = [(columns.min() + columns.max()) / 2 for columns in lit]
    pixels = np.array(diary.places[: RATE + 1]) * 90 / 8
    np.testing.assert_allclose(np.array(centres) - centres[0], pixels, atol=1)


@pytest.mark.parametrize("scene_class", [Ours, Plain])
def test_an_observer_that_needs_no_frames_lets_none_be_drawn(
    scene_class: type[Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    capture = Camera.capture_mobjects

    def counted(camera: Camera, *args: Any, **kwargs: Any) -> None:
        drawn.append(1)
        capture(camera, *args, **kwargs)

    for kind in {Camera, observed(scene_class).renderer.camera.__class__}:
        monkeypatch.setattr(kind, "capture_mobjects", counted)
    wants, wants_none = Diary(), Diary(needs_frames=False)
    observed(scene_class, [wants, wants_none]).render()
    assert drawn == []
    assert wants.told == wants_none.told
    assert len(wants.of_kind("moment")) > RATE
    diary = Diary()
    observed(scene_class, [diary]).render()
    assert len(drawn) >= RATE
    assert diary.told == wants.told  # the same, drawn or not


class Twice(Observer):
    """Writes each frame twice, the second time darker."""

    def rewrite(self, scene: Any, frame: Frame, count: int) -> Iterator[tuple[Frame, int]]:
        yield frame, count
        yield frame // 2, count


class Brighter(Observer):
    """Adds a hundred to each frame."""

    def rewrite(self, scene: Any, frame: Frame, count: int) -> Iterator[tuple[Frame, int]]:
        yield np.where(frame < 155, frame + 100, 255).astype(np.uint8), count


@pytest.mark.parametrize(
    ("order", "wanted"), [((Twice, Brighter), [140, 120]), ((Brighter, Twice), [140, 70]), ((Brighter,), [140])]
)
def test_observers_rewrite_frames_one_after_another(order: tuple[type[Observer], ...], wanted: list[int]) -> None:
    last = Diary()
    renderer = ObservedRenderer([*(kind() for kind in order), last])
    Scene(renderer=renderer)
    frame = np.full((90, 160, 4), 40, np.uint8)
    renderer.add_frame(frame, 3)
    assert [(int(rewritten.max()), int(rewritten.min()), count) for rewritten, count in last.frames] == [
        (value, value, 3) for value in wanted
    ]
    assert (frame == 40).all()
    assert last.of_kind("written") == [("written",)]  # once, after all of them


def test_rewritten_frames_are_what_is_written(tmp_path: Path) -> None:
    class Tripled(Observer):
        def rewrite(self, scene: Any, frame: Frame, count: int) -> Iterator[tuple[Frame, int]]:
            yield frame, count
            white = np.full_like(frame, 255)
            yield white, 2 * count

    with tempconfig({"dry_run": False}):
        scene = observed(Plain, [Tripled()])
        scene.render()
        path = scene.renderer.file_writer.movie_file_path
    with av.open(str(path)) as film:
        means = [frame.to_ndarray(format="gray").mean() for frame in film.decode(video=0)]
    assert len(means) == 3 * round(1.5 * RATE)
    assert sum(mean > 240 for mean in means) == 2 * round(1.5 * RATE)


def test_a_scene_of_anybody_s_keeps_its_name_its_camera_and_its_parameters() -> None:
    class Own(Camera):
        pass

    class Somebodys(Scene):
        """Not of ours."""

        def __init__(self, size: int = 1, **kwargs: Any) -> None:
            super().__init__(camera_class=Own, **kwargs)
            self.size = size

    scene = observed(Somebodys, size=3)
    assert isinstance(scene, ObservedScene)
    assert (type(scene).__name__, type(scene).__doc__, scene.size) == ("Somebodys", "Not of ours.", 3)
    assert type(scene.renderer.camera) is Own


def test_an_observer_may_join_while_the_scene_plays() -> None:
    diary = Diary()

    class Joined(Scene):
        def construct(self) -> None:
            self.next_section("stand")
            move(self)
            self.renderer.observers.append(diary)
            self.next_section("go", "default.loop")
            self.play(self.square.animate.shift(RIGHT), run_time=1)

    observed(Joined).render()
    assert diary.of_kind("beat") == [("beat", "go", True, 0.5)]
    assert len(diary.frames) == RATE
