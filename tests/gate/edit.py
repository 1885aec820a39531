"""An edit to the sources: one that makes a scene false, or one that does no harm."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What an edit does to a scene."""

    WHOSE = "whose number it is"
    WHO = "who is who"
    WHERE = "where it is"
    WHOLE = "the whole of it"
    MOMENT = "its moment"
    DEPTH = "its depth"
    CONTINUITY = "its continuity"
    HARMLESS = "harmless"


class EditError(Exception):
    """An edit that cannot be made; the message says why."""


@dataclass(frozen=True)
class Edit:
    """One text in one file that becomes another.

    Attributes
    ----------
    name
        What it does, in a few words; each of a table has its own.
    kind
        What that is to a scene.
    scene
        Where it is to be seen: ``gradient/fog``, or ``explore/walks``.
    file
        Which file it changes, from the root of the checkout.
    changes
        Each a text that stands there just once, and what takes its place.
    rules
        By which rules of `scenes.check.fault.Fault` it should be found; any will do, if there are none.
    """

    name: str
    kind: Kind
    scene: str
    file: str
    changes: tuple[tuple[str, str], ...]
    rules: tuple[str, ...] = ()

    def applied(self, text: str) -> str:
        """The text of its file with the edit made.

        Raises
        ------
        EditError
            A text does not stand there, or more than once; or what comes out is no Python.
        """
        for before, after in self.changes:
            if (count := text.count(before)) != 1:
                raise EditError(f"{self.name}: {self.file} has {before!r} {count} times, not once")
            text = text.replace(before, after)
        try:
            compile(text, self.file, "exec")
        except SyntaxError as error:
            raise EditError(f"{self.name}: {self.file} is no Python then, line {error.lineno}: {error.msg}") from None
        return text

    def apply(self, root: Path) -> None:
        """Make the edit in a checkout.

        Raises
        ------
        EditError
            As of `applied`.
        """
        path = root / self.file
        path.write_text(self.applied(path.read_text("utf-8")), "utf-8")
