"""The rule that a machine's answers amount to, in words: worked out of them, whatever they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from descent_core.catalogue.passengers.manifest import CLASSES, KINDS, PEOPLE, Kind

#: Rules that can be said in a breath, and of whom each says that they live.
_PLAIN: dict[str, Callable[[Kind], bool]] = {
    "everybody dies": lambda _: False,
    "everybody lives": lambda _: True,
    "women and girls live, men and boys die": lambda kind: kind.sex == "female",
    "women and children live, men die": lambda kind: kind.sex == "female" or kind.age == "child",
}
#: What answers amount to if the clauses beside a plain rule name more classes than these, all in all.
NO_RULE, MOST = "hard to put in words", 3
#: How a class is called, and who has none.
_TRAVELLING = {"1st": "first", "2nd": "second", "3rd": "third", "crew": "crew"}


@dataclass(frozen=True)
class Rule:
    """A rule in words.

    Attributes
    ----------
    plain
        What can be said in a breath.
    clauses
        What has to be added to it, such as "but not the women of the third class".
    """

    plain: str
    clauses: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ", ".join([self.plain, *self.clauses])


def rule_of(answers: ArrayLike) -> Rule:
    """The rule that answers to the sixteen kinds of people amount to: more than one half says that they live.

    It is that plain rule which is wrong about the fewest people, with a clause for each sort of people about whom it
    is: so the rule and the answers say the same of everybody on board. Where the clauses name more than three classes,
    nobody would call it a simple rule.

    Parameters
    ----------
    answers
        ``(16,)``.

    Examples
    --------
    >>> str(rule_of([0.1] * 16))
    'everybody dies'
    >>> print(rule_of([kind.sex == "female" and kind.travels != "3rd" for kind in KINDS]))
    women and girls live, men and boys die, but not the women and girls of the third class
    """
    lives = np.asarray(answers, dtype=float) > 0.5
    rules = [_with_clauses(plain, says, lives) for plain, says in _PLAIN.items()]
    _, named, rule = min(rules, key=lambda found: found[0])
    return Rule(NO_RULE) if named > MOST else rule


def lives_by(rule: Rule) -> list[bool]:
    """Of whom of the sixteen kinds a rule says that they live: its words, read back.

    Raises
    ------
    ValueError
        It is no simple rule.
    """
    if rule.plain not in _PLAIN:
        raise ValueError(f"{str(rule)!r} says of nobody whether they live")
    lives = {kind: _PLAIN[rule.plain](kind) for kind in KINDS}
    for clause in rule.clauses:
        for kind in KINDS:
            if {kind.people, _TRAVELLING[kind.travels]} <= {*clause.split()}:
                lives[kind] = not lives[kind]  # a clause is about those of whom the plain rule is not true
    return list(lives.values())


def _with_clauses(plain: str, says: Callable[[Kind], bool], lives: np.ndarray) -> tuple[int, int, Rule]:
    """How many people a plain rule is wrong about; how many classes its clauses name; and the rule with these."""
    wrong = [kind for kind, live in zip(KINDS, lives, strict=True) if kind.count and says(kind) != live]
    clauses: list[str] = []
    named = 0
    all_alike = plain.startswith("everybody")
    for added, first in ((True, "but for" if all_alike else "and"), (False, "but for" if all_alike else "but not")):
        classes = {
            people: tuple(kind.travels for kind in wrong if kind.people == people and says(kind) != added)
            for people in PEOPLE.values()
        }
        # Those who travelled alike are named together.
        for travels in dict.fromkeys(classes.values()):
            who = [people for people, theirs in classes.items() if theirs == travels and travels]
            if who:
                named += len(travels)
                clauses.append(f"{first} the {' and '.join(who)} of the {_travelling(travels)}")
    return sum(kind.count for kind in wrong), named, Rule(plain, tuple(clauses))


def _travelling(travels: tuple[str, ...]) -> str:
    """Ways of travelling in words.

    >>> _travelling(("1st", "2nd")), _travelling(("3rd", "crew")), _travelling(("crew",))
    ('first and second class', 'third class and the crew', 'crew')
    """
    classes = [_TRAVELLING[each] for each in CLASSES if each in travels and each != "crew"]
    named = [f"{' and '.join(classes)} class"] if classes else []
    return " and the ".join(named + ["crew"] * ("crew" in travels))
