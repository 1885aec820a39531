"""What a scene can do: say a line in a voice, time a picture to a word, draw captions into the picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from manim import Square, tempconfig

from descent_core import record
from descent_core.errors import UnknownLabel
from scenes.narration.burned_captions import BurnedCaptions
from scenes.narration.cues import CueSheet
from scenes.narration.script import ScriptError
from scenes.narration.speech import Speech
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.transitions import fade_in
from scenes.theme import theme

RATE = 20


@pytest.fixture(autouse=True)
def small(tmp_path: Path) -> Iterator[None]:
    quiet = {"verbosity": "ERROR", "progress_bar": "none", "media_dir": str(tmp_path), "dry_run": True}
    with tempconfig({"pixel_width": 160, "pixel_height": 90, "frame_rate": RATE, **quiet}):
        yield


class Slow:
    """A voice that takes four seconds for every line, and reaches its marks at one and at three."""

    def settings(self) -> dict[str, str | float]:
        return {"voice": "slow"}

    def say(self, text: str) -> Speech:
        return Speech(np.zeros(4 * 8000, np.float32), 8000, {"one": 1.0, "three": 3.0})


class Talk(ExplainerScene):
    def construct(self) -> None:
        self.voice = Slow()
        self.at: list[float] = []
        self.beat("first")
        with self.say("Wait [one]here, and then [three]there. Call loss.backward().") as line:
            line.reach("one")
            self.at.append(self.time)
            self.play(fade_in(Square()), run_time=line.until("three"))
            self.at.append(self.time)
        with self.say("A picture that goes on.", spoken="Something else."):
            self.wait(6)


def test_a_picture_lands_on_a_word() -> None:
    talk = Talk()
    talk.render()
    assert talk.at == pytest.approx([1.0, 3.0], abs=1 / RATE)


def test_the_sheet_holds_what_is_shown_and_what_is_spoken() -> None:
    talk = Talk()
    talk.render()
    first, second = talk.cue_sheet().cues
    assert first.text == "Wait here, and then there. Call loss.backward()."
    assert first.spoken == "Wait [one]here, and then [three]there. Call loss dot backward."
    assert first.end - first.start == pytest.approx(4.0)
    assert second.spoken == "Something else."
    assert second.end - second.start == pytest.approx(4.0)  # the voice ends before the picture does
    assert second.start == pytest.approx(first.end + theme.breath, abs=2 / RATE)
    assert talk.time == pytest.approx(second.start + 6 + theme.breath, abs=2 / RATE)


def test_a_run_may_be_a_label_or_a_recording_of_ones_own() -> None:
    mine = record(lambda c: (c**2).sum(), [3.0, 4.0], lr=0.1, steps=2)

    class Handed(ExplainerScene):
        runs = {"right": mine, "other": "too-big"}  # noqa: RUF012

    scene = Handed()
    assert scene.run("right").same_arrays(mine)
    assert scene.run("other").label == "too-big"
    assert scene.run("too-small").label == "too-small"


def test_a_run_that_a_scene_never_asks_for_is_told() -> None:
    class Mistaken(ExplainerScene):
        runs = {"rigth": "too-big"}  # noqa: RUF012

        def construct(self) -> None:
            self.run("right")

    with pytest.raises(UnknownLabel, match="no run in Mistaken called 'rigth'. Did you mean right"):
        Mistaken().render()


def test_loops_and_the_fade_out_are_in_the_cue_sheet(tmp_path: Path) -> None:
    class Looping(ExplainerScene):
        def construct(self) -> None:
            self.beat("once")
            self.wait(1)
            self.beat("again", loop=True)
            self.wait(1)
            self.close()

    scene = Looping()
    scene.render()
    sheet = scene.cue_sheet()
    assert [(beat.name, beat.loop) for beat in sheet.beats] == [("once", False), ("again", True)]
    assert sheet.fade_out_start == pytest.approx(2.0)
    sheet.save(tmp_path / "sheet.json")
    assert CueSheet.load(tmp_path / "sheet.json") == sheet
    assert CueSheet.concatenated([sheet, sheet]).fade_out_start == pytest.approx(scene.time + 2.0)


def test_an_unknown_mark_says_which_there_are() -> None:
    class Lost(Talk):
        def construct(self) -> None:
            self.voice = Slow()
            with self.say("Wait [one]here.") as line:
                line.reach("two")

    with pytest.raises(ScriptError, match="no mark called 'two'. It has: one, three"):
        Lost().render()


def test_captions_are_drawn_into_every_frame_of_their_line(tmp_path: Path) -> None:
    class Shown(ExplainerScene):
        burn_captions = True

        def construct(self) -> None:
            self.wait(1)
            with self.say("Now there is a caption here, and it is drawn."):
                self.play(fade_in(Square(fill_opacity=0)), run_time=1)
            self.wait(1)

    with tempconfig({"dry_run": False}):
        scene = Shown()
        scene.render()
        with av.open(str(scene.renderer.file_writer.movie_file_path)) as film:
            lower = [frame.to_ndarray(format="gray")[70:].max() for frame in film.decode(video=0)]
    cue = scene.cue_sheet().cues[0]
    shown = [k / RATE for k, light in enumerate(lower) if light > 150]
    assert shown[0] == pytest.approx(cue.start, abs=1.5 / RATE)
    assert shown[-1] == pytest.approx(cue.end, abs=2.5 / RATE)
    assert len(shown) == pytest.approx((cue.end - cue.start) * RATE, abs=3)  # during waits and plays alike
    assert scene.time == pytest.approx(len(lower) / RATE)


def test_a_drawn_caption_leaves_the_frame_as_it_was() -> None:
    frame = np.full((90, 160, 4), 200, np.uint8)
    drawn = BurnedCaptions((160, 90)).drawn(frame, "Two lines\nof text")
    assert (frame == 200).all()
    changed = np.flatnonzero((drawn != 200).any(axis=(1, 2)))
    assert changed[0] > 60
    assert changed[-1] < 0.96 * 90
