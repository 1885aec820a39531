"""Spells: how long something is so, from moment to moment."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)


class Spell(NamedTuple, Generic[K]):
    """Something that was so for a while: what, and from when until when, in seconds of the scene."""

    what: K
    since: float
    until: float

    @property
    def seconds(self) -> float:
        """How long it was."""
        return self.until - self.since


@dataclass
class Spells(Generic[K]):
    """Keeps since when each thing is so.

    A wait in which nothing moves is one moment: what is so at a moment is so until the next.

    Examples
    --------
    >>> spells = Spells[str]()
    >>> spells.see(0.0, ["dark"]), spells.see(0.5, ["dark", "silent"]), spells.see(2.0, ["silent"])
    ([], [], [Spell(what='dark', since=0.0, until=2.0)])
    >>> spells.end(3.0)
    [Spell(what='silent', since=0.5, until=3.0)]
    """

    _since: dict[K, float] = field(default_factory=dict)

    def see(self, time: float, now: Iterable[K]) -> list[Spell[K]]:
        """Note what is so at a moment; gives what was so until then, and is no longer."""
        present = list(now)
        kept = set(present)
        ended = [Spell(what, since, time) for what, since in self._since.items() if what not in kept]
        self._since = {what: self._since.get(what, time) for what in present}
        return ended

    def end(self, time: float) -> list[Spell[K]]:
        """What is still so when the scene ends."""
        return self.see(time, ())
