"""In order: several things that come or are lit while a line is said do so as the words, the arrows or a row say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from manim import Arrow, Mobject, TipableVMobject
from numpy.typing import NDArray

from scenes.check.telling.on_its_word import Group, Told, groups, name_of
from scenes.narration.languages import en
from scenes.stage.naming import surrounded_by

#: Seconds by which one thing begins before another.
_BEFORE = 0.1
#: Seconds by which something is off the word that names it.
_OFF = 0.5
#: How many things are a sequence.
_SEVERAL = 3
#: Scene units between the end of an arrow and what it leads to, and by which things of a row are not in line.
_AT, _IN_LINE = 0.35, 0.1


def out_of_order(told: Told) -> Iterator[str]:
    """What comes, or is lit, in another order than the words, the arrows, or a row or column have it."""
    found = list(groups(told))
    yield from _against_words(told, found)
    single = [group for group in found if len(group.things) == 1]
    for alike in _siblings(single):
        things = [_lit(group.things[0]) for group in alike]
        yield from _against_arrows(told, things, alike[0].played.stage + [group.things[0] for group in found])


def _against_words(told: Told, found: Sequence[Group]) -> Iterator[str]:
    """Things that are named by words of their own come in the order of those words."""
    heard = [set(group.names.heard_in(told.words)) for group in found]
    own = [
        (group, min(times - set().union(*(other for j, other in enumerate(heard) if j != i))))
        for i, (group, times) in enumerate(zip(found, heard, strict=True))
        if times - set().union(*(other for j, other in enumerate(heard) if j != i))
    ]
    for (group, at), (later, after) in pairwise(own):
        # Each of the two is off its own word: the first before it, the other after it.
        if later.begin - group.begin > _BEFORE and at - group.begin > _OFF and later.begin - after > _OFF:
            yield f"{group} comes before {later}, and the words name them the other way round"
            return


def _siblings(found: Sequence[Group]) -> Iterator[list[Group]]:
    """Several things of one kind that begin one after another."""
    run: list[Group] = []
    for group in (group for group in found if not _is_link(group.things[0])):
        alike = run and type(_lit(group.things[0])) is type(_lit(run[-1].things[0]))
        later = run and group.begin - run[-1].begin > _BEFORE
        if run and not (alike and later):
            if len(run) >= _SEVERAL:
                yield run
            run = []
        run.append(group)
    if len(run) >= _SEVERAL:
        yield run


def _lit(thing: Mobject) -> Mobject:
    """What a thing lights, or the thing itself."""
    return next(iter(surrounded_by(thing)), thing)


def _is_link(thing: Mobject) -> bool:
    return isinstance(thing, TipableVMobject) and thing.has_tip()


def _against_arrows(told: Told, things: Sequence[Mobject], stage: Sequence[Mobject]) -> Iterator[str]:
    """Things that arrows join are gone through along them, or all the way back; others from one end to the other."""
    single = list(dict.fromkeys(things))  # one may be lit twice
    boxes = [_box(thing) for thing in single]
    links = _links(boxes, stage)
    if links:
        places = [single.index(thing) for thing in things]
        ways = {(links.count((a, b)) > 0) - (links.count((b, a)) > 0) for a, b in pairwise(places)}
        if len(links) >= len(single) - 1 and 0 in ways | ({0} if len(ways) > 1 else set()):
            yield f"{_listed(things)} come in another order than the arrows lead"
        elif ways == {-1} and not any(word in told.line.text.lower() for word in en.BACK_WORDS):
            yield f"{_listed(things)} come against the arrows, and the words say nothing of it"
        elif ways == {1} and any(word in told.line.text.lower() for word in en.BACK_WORDS):
            yield f"{_listed(things)} come along the arrows, and the words say that it is the way back"
        return
    middles = np.array([(box[:2] + box[2:]) / 2 for box in boxes])
    for axis in (0, 1):
        if np.ptp(middles[:, 1 - axis]) < _IN_LINE and np.ptp(middles[:, axis]) > _IN_LINE:
            steps = np.sign(np.diff(middles[:, axis]))
            if not ((steps >= 0).all() or (steps <= 0).all()):
                yield f"{_listed(things)} come neither from one end of their {('row', 'column')[axis]} nor the other"


def _links(boxes: Sequence[NDArray[np.float64]], stage: Sequence[Mobject]) -> list[tuple[int, int]]:
    """Which of some things arrows lead from, and to which."""
    found: list[tuple[int, int]] = []
    seen: set[int] = set()
    for top in stage:
        for arrow in top.get_family():
            if isinstance(arrow, Arrow | TipableVMobject) and id(arrow) not in seen and arrow.has_tip():
                seen.add(id(arrow))
                start, end = _nearest(boxes, arrow.get_start()), _nearest(boxes, arrow.get_end())
                if start is not None and end is not None and start != end:
                    found.append((start, end))
    return found


def _nearest(boxes: Sequence[NDArray[np.float64]], point: NDArray[np.float64]) -> int | None:
    """Which box a point is at, if it is at one."""
    gaps = [float(np.hypot(*np.maximum(np.maximum(box[:2] - point[:2], point[:2] - box[2:]), 0))) for box in boxes]
    return int(np.argmin(gaps)) if min(gaps) < _AT else None


def _box(thing: Mobject) -> NDArray[np.float64]:
    """``(4,)``, left, bottom, right and top, without arrows that lead to it."""
    parts = [part for part in thing.submobjects or [thing] if not _is_link(part)] or [thing]
    points = np.concatenate([part.get_all_points()[:, :2] for part in parts])
    return np.concatenate([points.min(axis=0), points.max(axis=0)])


def _listed(things: Sequence[Mobject]) -> str:
    return ", ".join(repr(name_of([thing])) for thing in things[:4])
