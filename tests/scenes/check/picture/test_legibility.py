"""The legibility gate: each rule catches what it is for, and nothing else; and the films pass it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from manim import DOWN, LEFT, RIGHT, UP, Arrow, DecimalNumber, FadeIn, Rectangle, Text

from descent_core import library
from scenes.check.fault import waive
from scenes.check.picture.legibility import Legibility
from scenes.check.playback import play
from scenes.engine.terrain.shot import Shot
from scenes.narration.burned_captions import BurnedCaptions, caption_zone
from scenes.narration.line_breaking import LINES, WIDTH
from scenes.parts.ground.hiker import Hiker
from scenes.parts.ground.mountain import Mountain
from scenes.parts.ground.trail import Trail
from scenes.parts.ground.walk import Walk
from scenes.parts.panels.plot import Plot
from scenes.parts.panels.scorecard import Readout, Scorecard
from scenes.parts.words import plate, words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.stage.layout import caption_top, set_above_captions
from scenes.stage.transitions import Curtain, fade_in
from scenes.theme import theme


def faults(build: Callable[[], list[Any]]) -> dict[str, str]:
    """What the gate finds in a scene that shows a few things for a while, by rule."""

    class Shown(ExplainerScene):
        def construct(self) -> None:
            self.add(*build())
            self.play(FadeIn(Rectangle(width=0.1, height=0.1).to_corner(UP + LEFT, buff=2), run_time=1.5))

    gate = Legibility()
    play(Shown, gate.see)
    assert gate.read
    return {fault.rule: fault.found for fault in gate.faults.values()}


def test_words_that_are_as_they_should_be_pass() -> None:
    assert faults(lambda: [words("one"), words("two").shift(DOWN), plate(words("three")).shift(UP)]) == {}


def test_descenders_may_hang_beside_short_letters() -> None:
    upper = words("gap")
    assert faults(lambda: [upper, words("nose").next_to(upper, DOWN, buff=0.02)]) == {}


def test_words_off_the_edge_are_caught() -> None:
    assert list(faults(lambda: [words("far out").to_edge(RIGHT, buff=0.1)])) == ["edge"]


def test_a_label_that_is_pushed_off_the_edge_for_a_moment_is_caught() -> None:
    class Passing(ExplainerScene):
        def construct(self) -> None:
            label = words("passing")
            self.add(label)
            self.play(label.animate(run_time=1).shift(RIGHT * 6.5))
            self.play(label.animate(run_time=1).shift(LEFT * 6.5))

    gate = Legibility()
    play(Passing, gate.see)
    assert {fault.rule for fault in gate.faults.values()} == {"edge"}


def test_words_on_words_are_caught() -> None:
    assert "overlap" in faults(lambda: [words("one thing"), words("another").shift(RIGHT * 0.2)])


def test_an_arrow_through_words_is_caught_over_and_under_them() -> None:
    def arrow() -> Arrow:
        return Arrow(LEFT * 3, RIGHT * 3, buff=0, color=theme.quiet)

    assert "cut" in faults(lambda: [words("a long label"), arrow()])
    assert "cut" in faults(lambda: [arrow(), words("a long label")])


def test_an_arrow_under_the_plate_of_the_words_is_hidden_and_passes() -> None:
    under = Arrow(LEFT * 3, RIGHT * 3, buff=0, color=theme.rule)
    assert faults(lambda: [under, plate(words("a long label"), opacity=1)]) == {}


def test_words_that_are_too_small_are_caught() -> None:
    found = faults(lambda: [words("fine print", 12)])
    assert list(found) == ["size"]
    assert "16 pixels" in found["size"]


@pytest.mark.parametrize(("ground", "passes"), [("#000000", True), ("#767676", True), ("#777777", False)])
def test_contrast_is_that_of_wcag(ground: str, passes: bool) -> None:
    # White on #767676 is the textbook's 4.54 : 1, on #777777 4.48 : 1; black type on black is none at all.
    white = words("legible or not", theme.display, "#ffffff")
    page = Rectangle(width=14, height=4, stroke_width=0, fill_color=ground, fill_opacity=1)
    assert ("contrast" not in faults(lambda: [page, white])) == passes


def test_contrast_is_with_what_is_really_behind() -> None:
    pale = Rectangle(width=14, height=4, stroke_width=0, fill_color="#dddddd", fill_opacity=1)
    label = Text("on snow", font=theme.sans, color="#ffffff")
    assert "contrast" in faults(lambda: [pale, label])
    assert faults(lambda: [pale, plate(words("on snow"), opacity=0.9)]) == {}


@pytest.mark.parametrize(("ink", "passes"), [("#5a5a5a", True), ("#8a8a8a", False)])
def test_contrast_of_thin_type_is_that_of_its_ink(ink: str, passes: bool) -> None:
    # 6.9 and 3.5 : 1. A dash and a 1 fill few of their pixels, and half of the others.
    page = Rectangle(width=14, height=4, stroke_width=0, fill_color="#ffffff", fill_opacity=1)
    assert ("contrast" not in faults(lambda: [page, words("-1", theme.label, ink)])) == passes


def read_out() -> Readout:
    return Readout("0.125", theme.body)


def number() -> DecimalNumber:
    return DecimalNumber(0.125, num_decimal_places=3, mob_class=Text, color=theme.text)


@pytest.mark.parametrize("made", [read_out, number])
def test_read_outs_are_lines_of_type_for_every_rule(made: Callable[[], Any]) -> None:
    pale = Rectangle(width=14, height=4, stroke_width=0, fill_color=theme.text, fill_opacity=1)
    assert faults(lambda: [made()]) == {}
    assert list(faults(lambda: [made().to_edge(RIGHT, buff=0.1)])) == ["edge"]
    assert list(faults(lambda: [made().scale(0.25)])) == ["size"]
    assert "captions" in faults(lambda: [made().move_to([0, 8 * caption_zone()[3], 0])])
    assert "overlap" in faults(lambda: [made(), words("some words")])
    assert "cut" in faults(lambda: [made(), Arrow(LEFT * 3, RIGHT * 3, buff=0, color=theme.quiet)])
    assert "contrast" in faults(lambda: [pale, made()])


def test_a_score_card_that_counts_down_is_read_and_passes() -> None:
    assert faults(lambda: [Scorecard("0.125")]) == {}
    assert "size" in faults(lambda: [Scorecard("0.125").scale(0.5)])


def test_words_where_captions_are_drawn_are_caught_and_just_above_and_beside_them_not() -> None:
    _, bottom, right, top = (8 * share for share in caption_zone())
    found = faults(lambda: [words("under").move_to([0, top, 0])])
    assert list(found) == ["captions"]
    assert faults(lambda: [words("above").move_to([0, top + 0.3, 0])]) == {}
    assert faults(lambda: [words("aside").move_to([right + 0.6, (bottom + top) / 2, 0])]) == {}


def test_what_comes_in_on_the_floor_keeps_above_captions_while_it_drifts() -> None:
    class Entering(ExplainerScene):
        def construct(self) -> None:
            self.play(fade_in(set_above_captions(plate(words("just above"))), UP * theme.drift), run_time=2)

    gate = Legibility()
    play(Entering, gate.see, rate=20)
    assert gate.read
    assert gate.faults == {}


def test_panels_and_plots_where_captions_are_drawn_are_caught_without_words_in_it() -> None:
    def board(low: float) -> list[Any]:
        panel = plate(words("far above")).shift(UP * 2)
        panel[0].stretch_to_fit_height(2 + caption_top() - low).align_to([0, low, 0], DOWN)
        return [panel]

    assert "into where captions are drawn" in faults(lambda: board(caption_top() - 0.5))["captions"]
    assert faults(lambda: board(caption_top())) == {}
    axes = {"across_name": "step", "up_name": "loss"}
    assert "captions" in faults(lambda: [words("a"), Plot((0, 1), (0, 1), plate=False, **axes).shift(DOWN * 3)])


def test_mountain_hiker_trail_and_page_may_be_where_captions_are_drawn() -> None:
    def hike() -> list[Any]:
        run = library.recording("right")
        mountain = Mountain(library.landscape("mountain"), Shot((-3.4, -8.4, 5.6), (-1.6, 0.0, 2.9), 42))
        walk = Walk(run, mountain)
        walk.clock.set_value(8)
        return [mountain, Curtain(0.5), Trail(walk), Hiker(mountain, walk.pose), words("above").shift(UP * 3)]

    _, bottom, _, top = (8 * share for share in caption_zone())
    for part in hike()[2:4]:
        assert part.get_bottom()[1] < top
        assert part.get_top()[1] > bottom
    assert faults(hike) == {}


def test_the_widest_line_of_a_caption_stays_within_the_zone_that_is_kept_for_it() -> None:
    # A sentence of as many characters as a line may have, twice; measured on the pixels that it changes.
    line = "The measurement has a name: the gradients."
    assert len(line) == WIDTH
    page = np.full((720, 1280, 4), 255, np.uint8)
    drawn = BurnedCaptions((1280, 720)).drawn(page, "\n".join([line] * LINES))
    rows, columns = np.nonzero((drawn != page).any(axis=2))
    left, bottom, right, top = (720 * share for share in caption_zone())
    hair = 1.5  # pixels
    assert 640 + left - hair < columns.min() < columns.max() < 640 + right + hair
    assert abs(360 - top - rows.min()) < hair
    assert abs(360 - bottom - rows.max()) < hair


def test_a_panel_may_be_where_captions_are_drawn_for_a_reason() -> None:
    prop = plate(words("a sign")).move_to([0, -3, 0])
    waive(prop, "captions", "it is a prop and not to be read")
    assert faults(lambda: [prop]) == {}


def test_a_fault_with_a_reason_is_waived_and_told() -> None:
    prop = words("fine print", 12)
    waive(prop, "size", "it is a prop and not to be read")

    class Shown(ExplainerScene):
        def construct(self) -> None:
            self.add(prop, words("too small as well", 12).shift(DOWN))
            self.wait(1)

    gate = Legibility()
    play(Shown, gate.see)
    assert gate.waived == {("size", "fine print"): "it is a prop and not to be read"}
    assert list(gate.faults) == [("size", "too small as well")]
