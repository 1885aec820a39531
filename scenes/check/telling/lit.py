"""Lit: what is pointed out while a line is said is what the line names, and not another of its kind."""

from __future__ import annotations

from collections.abc import Iterator

from manim import Mobject

from scenes.check.picture.lines import is_type
from scenes.check.telling.names import called, runs_called
from scenes.check.telling.on_its_word import Told, name_of
from scenes.check.telling.spoken_words import Names
from scenes.check.timing.plays import How
from scenes.parts.panels.code_panel import CodeBar


def lights_another(told: Told) -> Iterator[str]:
    """Things that are lit and that the line does not name, where it names others of their kind."""
    lit = [(event.thing, played.stage) for _, played, event in told.events() if event.how == How.LIT]
    lit = [(thing, stage) for thing, stage in lit if not isinstance(thing, CodeBar)]  # it is held against its line
    if not lit:
        return
    names = Names()
    for thing, stage in lit:
        names |= called(thing, stage) | runs_called(thing)
    if names.heard_in(told.words):
        return
    things = [thing for thing, _ in lit]
    for other in _of_their_kind(things, lit[0][1]):
        if (called(other) | runs_called(other)).heard_in(told.words):
            yield f"{name_of(things)!r} is lit, and the line names {name_of([other])!r}"
            return


def _of_their_kind(things: list[Mobject], stage: list[Mobject]) -> Iterator[Mobject]:
    """What stands beside one of some things, in the same group, and is of the same class."""
    known = {id(member) for thing in things for member in thing.get_family()}
    for top in stage:
        for whole in top.get_family():
            if is_type(whole):
                continue
            if any(id(child) in known for child in whole.submobjects):
                for child in whole.submobjects:
                    if id(child) not in known and any(type(child) is type(thing) for thing in things):
                        yield child
