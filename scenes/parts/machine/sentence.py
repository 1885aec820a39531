"""Sentence: what a machine's answers amount to, in words, that grows and changes as they do."""

from __future__ import annotations

from collections.abc import Sequence

from manim import DOWN, ORIGIN, UP, Animation, AnimationGroup, Text, VGroup
from numpy.typing import ArrayLike

from scenes.parts.words import words
from scenes.stage.transitions import fade_in, fade_out
from scenes.theme import theme

#: The widest that a line may become, in scene units.
_WIDEST = 12.6
#: How large the type of a clause is, of that of the first line.
_CLAUSE = 0.84


class Sentence(VGroup):
    """A sentence in lines: the first says what can be said in a breath, each other one adds a clause.

    Parameters
    ----------
    lines
        Of the sentence at first: the plain rule and its clauses.
    at
        ``(3,)``, the scene point below which it stands.
    size
        Of the type of the first line; clauses are smaller.
    width
        The widest that a line may become, in scene units.

    Attributes
    ----------
    lines
        What it says now.

    Examples
    --------
    ::

        sentence = Sentence(["everybody dies"], UP * 3)
        self.add(sentence)
        self.play(sentence.change(["women and girls live, men and boys die", "and the boys of the first class"]))
    """

    def __init__(
        self, lines: Sequence[str] = (), at: ArrayLike = ORIGIN, size: float | None = None, width: float = _WIDEST
    ) -> None:
        super().__init__()
        self.lines: tuple[str, ...] = ()
        self._size = size or theme.heading
        self._at, self._width = at, width
        self._set: dict[str, Text] = {}
        for line, text in self._placed(lines):
            self._set[text] = line
            self.add(line)
        self.lines = tuple(lines)

    def change(self, lines: Sequence[str], run_time: float = 0.6) -> Animation:
        """Animate to other lines: what stays moves to its place, what is new comes in, what is no more goes.

        Parameters
        ----------
        lines
            The plain rule and its clauses.
        run_time
            Seconds.
        """
        moves: list[Animation] = []
        for line, text in self._placed(lines):
            if text in self._set:
                moves.append(self._set[text].animate(rate_func=theme.ease).move_to(line))
            else:
                self._set[text] = line
                self.add(line)
                moves.append(fade_in(line, UP * theme.drift))
        for text in [text for text in self._set if text not in lines]:
            gone = self._set.pop(text)
            self.remove(gone)
            moves.append(fade_out(gone))
        self.lines = tuple(lines)
        return AnimationGroup(*moves, run_time=run_time)

    def _placed(self, lines: Sequence[str]) -> list[tuple[Text, str]]:
        """Each line in type, where it will stand, and what it says."""
        made = VGroup(*(self._typeset(text, number) for number, text in enumerate(lines)))
        # The first line sets the measure: clauses are smaller than it, however small it had to be made.
        narrowed = min([1.0, *(self._width / line.width for line in made[:1])])
        for line in made:
            line.scale(narrowed)
            line.scale(min(1.0, self._width / line.width))
        made.arrange(DOWN, buff=theme.gap * 0.9)
        made.move_to(self._at, aligned_edge=UP)
        return list(zip(made, lines, strict=True))

    def _typeset(self, text: str, number: int) -> Text:
        """A line of it; who lives and who dies in the colours of the lights."""
        colours = {"lives": theme.saved, "live": theme.saved, "dies": theme.lost, "die": theme.lost}
        paints = {word: colour for word, colour in colours.items() if word in text.replace(",", "").split()}
        if number:
            leads = {"and the": theme.saved, "but not": theme.lost}
            paints = {lead: colour for lead, colour in leads.items() if text.startswith(lead)}
        return words(text, self._size * (_CLAUSE if number else 1), theme.text, weight="SEMIBOLD", t2c=paints)
