"""A line of narration as it is written: marks in it, and how its notation is read aloud.

A mark is a name in square brackets in front of a word, ``"You see [boots]your own boots."``. It
stands for the moment at which that word begins, and is neither heard nor shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from descent_core.errors import DescentError
from scenes.narration.languages import en

# In front of a word, and not after one: `coeffs[i]` and `[0, 1]` are no marks.
_MARK = re.compile(r"(?<!\w)(?<!\w\))\[([A-Za-z][\w-]*)\](?=\S)")
_STRAY = re.compile(r"(?<!\S)\[[A-Za-z][\w-]*\](?!\S)")

# A name as code writes it, with its dots, underscores and empty brackets.
_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?:\(\))?")
_OPERATOR = re.compile(r" ?(" + "|".join(map(re.escape, en.OPERATORS)) + r") ?(?=[\w\-−(])")


class ScriptError(DescentError):
    """A line of narration that cannot be said: no words, or marks that mean nothing."""


@dataclass(frozen=True)
class Script:
    """A line taken apart: its words, and for each mark the character its word begins at."""

    text: str
    marks: dict[str, int]

    def fraction_before(self, mark: str) -> float:
        """The fraction (0 to 1) of the characters that comes before ``mark``."""
        return self.marks[mark] / len(self.text)


def parse_line(text: str) -> Script:
    """Take a line apart. Runs of white space count as one space.

    >>> parse_line("You see [boots]your own boots.")
    Script(text='You see your own boots.', marks={'boots': 8})

    Raises
    ------
    ScriptError
        There is nothing to say in it, or a mark stands in it twice or in front of no word.
    """
    stray = _STRAY.search(text)
    if stray:
        raise ScriptError(f"The mark {stray[0]} in {text!r} has no word. Put it right in front of one, with no space.")
    pieces = _MARK.split(" ".join(text.split()))
    words, marks = pieces[0], dict[str, int]()
    for name, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if name in marks:
            raise ScriptError(f"The mark [{name}] stands twice in {text!r}. Give the second another name.")
        marks[name] = len(words)
        words += piece
    if not any(map(str.isalnum, words)):
        raise ScriptError(f"There is nothing to say in {text!r}. A line needs at least one word.")
    return Script(words, marks)


def without_marks(text: str) -> str:
    """The line without its marks: what a caption shows.

    >>> without_marks("You see [boots]your own boots.")
    'You see your own boots.'
    """
    return _MARK.sub("", text)


def spoken_form(text: str) -> str:
    """The line with code and signs rewritten into words. Prose and marks come through unchanged.

    Numbers stay digits, which voices read well, but lose their thousands commas.

    >>> spoken_form("Call [now]loss.backward(), with an lr of 1,000.")
    'Call [now]loss dot backward, with an L R of 1000.'
    >>> spoken_form("zero_() and requires_grad_()")
    'zero underscore and requires grad underscore'
    """
    pieces = _MARK.split(text)
    spoken = _aloud(pieces[0])
    for name, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        spoken += f"[{name}]{_aloud(piece)}"
    return spoken


def _aloud(text: str) -> str:
    text = re.sub(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,]*\d)", lambda number: number[0].replace(",", ""), text)
    text = re.sub(r"\b(\d(?:\.\d+)?)[eE]([+-]?)0*(\d+)\b", _power_aloud, text)
    text = re.sub(r"(?<![\w)])[−–](?=\d)", "-", text)  # only a hyphen is read as a minus
    text = _NAME.sub(_name_aloud, text)
    return _OPERATOR.sub(lambda sign: f" {en.OPERATORS[sign[1]]} ", text)


def _name_aloud(match: re.Match[str]) -> str:
    """A name of code, with its dots and underscores in words."""
    name = match[0]
    called = name.endswith("()")
    links = name.removesuffix("()").split(".")
    # "e.g." and "Ph.D." are prose.
    if len(links) > 1 and len(links[-1]) == 1 and not called:
        return name
    return f" {en.DOT} ".join(_link_aloud(link) for link in links)


def _link_aloud(link: str) -> str:
    """What stands between two dots of a name."""
    if link in en.SPELLED:
        return en.SPELLED[link]
    words = link.strip("_").replace("_", " ")
    before, after = len(link) - len(link.lstrip("_")), len(link) - len(link.rstrip("_"))
    return " ".join([en.UNDERSCORE] * before + [words] * bool(words) + [en.UNDERSCORE] * (after if words else 0))


def _power_aloud(number: re.Match[str]) -> str:
    """A number in scientific notation."""
    exponent = f"{en.MINUS} {number[3]}" if number[2] == "-" else number[3]
    return en.POWER_OF_TEN.format(mantissa=number[1], exponent=exponent)
