"""Type of ours is manim's type, to the last bit but one, in a fraction of the time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import svgelements
from manim import Text, VMobject, VMobjectFromSVGPath

from scenes.engine.drawing import glyphs
from scenes.engine.drawing.glyphs import GlyphLine, outline
from scenes.parts import words
from scenes.parts.panels.code_panel import coloured
from scenes.theme import register_fonts, theme


def same(first: VMobject, second: VMobject) -> None:
    """They are drawn alike, glyph for glyph."""
    for ours, theirs in zip(first.get_family(), second.get_family(), strict=True):
        np.testing.assert_allclose(ours.points, theirs.points, atol=1e-12)
        for name in ("fill_rgbas", "stroke_rgbas", "background_stroke_rgbas"):
            np.testing.assert_allclose(getattr(ours, name), getattr(theirs, name), atol=1e-12)
        for name in ("stroke_width", "background_stroke_width", "sheen_factor", "joint_type", "cap_style", "z_index"):
            assert getattr(ours, name) == getattr(theirs, name)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Tell me, which way is down?", {}),
        ("fi ffl AVATAR To Ty", {"weight": "BOLD"}),
        ("coeffs.grad  # -> != 3", {"mono": True, "colour": "#ff8800"}),
        ("    loss.backward()", {"mono": True}),
        ("− 5 ° ∞ ¾ ü", {}),
        ("o", {}),
    ],
)
def test_a_line_is_set_as_manim_sets_it(text: str, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    ours = words(text, **options)
    monkeypatch.setitem(words.__globals__, "GlyphLine", Text)
    same(ours, words(text, **options))


@pytest.mark.parametrize("text", ["loss = ((y - x) ** 2).mean()  # hi", "for step in range(100):", "f.grad.zero_()"])
def test_a_line_of_code_has_the_colours_that_manim_gives_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GlyphLine, "_as_manim_does", None)  # it is not asked
    ours = coloured(text, 36)
    monkeypatch.setitem(words.__globals__, "GlyphLine", Text)
    same(ours, coloured(text, 36))


@pytest.mark.parametrize("text", ["way down", "two\nlines"])
def test_a_line_of_two_colours_is_as_manim_sets_it(text: str) -> None:
    register_fonts()
    options = {"font": theme.sans, "t2c": {"w": "#ff0000"}}
    line = GlyphLine(text, **options)
    same(line, Text(text, **options))
    assert len({tuple(glyph.fill_rgbas[0]) for glyph in line}) == 2


def test_a_letter_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    plain = glyphs._plain

    def counted(content: str) -> Any:
        read.append(content)
        return plain(content)

    monkeypatch.setattr(glyphs, "_plain", counted)
    glyphs.outline.cache_clear()
    words("noon noon")
    words("moon")
    assert len(read) == len(set(read)) == 4  # n, o, m and the space


@pytest.mark.parametrize("options", [{}, {"weight": "BOLD"}, {"mono": True}])
def test_an_outline_is_read_as_manim_reads_it_to_the_bit(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[str] = set()
    monkeypatch.setattr(glyphs, "outline", lambda path: (seen.add(path), outline(path))[1])
    words("".join(map(chr, range(33, 127))) + "äöüß°−∞¾·×→", **options)
    assert len(seen) > 90
    for path in seen:
        theirs = VMobjectFromSVGPath(svgelements.Path(path)).points
        assert outline(path).tobytes() == theirs.tobytes()
        assert glyphs._plain(path) is not None  # manim was not asked


@pytest.mark.parametrize(
    "path", ["M 0 0 Q 3 0 3 3 Z", "M 0 0 l 3 0 Z", "L 3 0", "M 0 0 L 3 0 Z L 3 3", "M 0 0 L 3", "M 0 0 L a b"]
)
def test_a_path_that_cairo_does_not_write_is_left_to_manim(path: str) -> None:
    assert glyphs._plain(path) is None


def test_a_path_that_comes_back_by_itself_is_closed_by_no_line() -> None:
    assert len(outline("M 0 0 L 3 0 L 3 3 L 0 0 Z")) == len(outline("M 0 0 L 3 0 L 3 3 Z")) == 12
    assert len(outline("M 0 0 Z")) == 0
