"""Lines as they are written: marks, and notation made speakable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.narration.languages import en
from scenes.narration.script import ScriptError, parse_line, spoken_form, without_marks

PROSE = st.lists(
    st.tuples(st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9), st.sampled_from(["", ",", ".", "?", "…"])),
    min_size=1,
    max_size=20,
).map(lambda words: " ".join(word + stop for word, stop in words if word not in en.SPELLED) or "word")


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Call loss.backward(), and", "Call loss dot backward, and"),
        ("Print coeffs.grad.", "Print co-effs dot grad."),
        ("zero_. Why is it there?", "zero underscore. Why is it there?"),
        ("coeffs.grad.zero_()", "co-effs dot grad dot zero underscore"),
        ("requires_grad_()", "requires grad underscore"),
        ("backward() does not replace", "backward does not replace"),
        ("with torch.no_grad():", "with torch dot no grad:"),
        ("In code, lr.", "In code, L R."),
        ("lr=0.1", "L R equals 0.1"),
        ("coeffs -= lr * coeffs.grad", "co-effs minus equals L R times co-effs dot grad"),
        ("all 1,000 of them, or 1,234,567", "all 1000 of them, or 1234567"),
        ("1, 2, 3", "1, 2, 3"),
        ("0.63, against −0.04", "0.63, against -0.04"),
        ("1e-05", "1 times 10 to the minus 5"),
        ("[now]loss.backward() and [lr]lr", "[now]loss dot backward and [lr]L R"),
    ],
)
def test_notation_is_rewritten_as_it_is_read(written: str, spoken: str) -> None:
    assert spoken_form(written) == spoken


@pytest.mark.parametrize(
    "prose",
    [
        "You don't have to. The score keeps falling, e.g. here, i.e. at 0.5 (half-way) – or so… right?",
        "A well-known course notebook had this slip: for ten steps it even looks faster!",
        "Colour, curl, world, early, LR. Ph.D.",
    ],
)
def test_prose_comes_through_unchanged(prose: str) -> None:
    assert spoken_form(prose) == prose


@given(PROSE)
def test_any_prose_comes_through_unchanged_and_has_no_marks(prose: str) -> None:
    assert spoken_form(prose) == prose == without_marks(prose) == parse_line(prose).text


@given(PROSE, st.data())
def test_a_mark_stands_where_its_word_begins(prose: str, data: st.DataObject) -> None:
    words = prose.split()
    index = data.draw(st.integers(0, len(words) - 1))
    line = parse_line(" ".join([*words[:index], f"[here]{words[index]}", *words[index + 1 :]]))
    assert line.text == prose
    assert line.text[line.marks["here"] :].split() == words[index:]
    assert line.text[: line.marks["here"]].split() == words[:index]


def test_an_index_is_not_a_mark() -> None:
    assert without_marks("coeffs[i] and x[0] and [0, 1]") == "coeffs[i] and x[0] and [0, 1]"
    assert parse_line('He said "[a]go", [b]x[0]').marks == {"a": 9, "b": 14}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing to say"),
        (" … ", "nothing to say"),
        ("[a]one [a]two", r"\[a\] stands twice"),
        ("one [a] two", "has no word"),
        ("one two [end]", "has no word"),
    ],
)
def test_a_line_that_means_nothing_is_refused(text: str, says: str) -> None:
    with pytest.raises(ScriptError, match=says):
        parse_line(text)
