"""Code: listings that ran, and bars on the lines that are spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from keyword import kwlist
from typing import Any

from manim import Text

from descent_core.recordings.listing import Listing
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.playback import Moment
from scenes.narration.cues import CueSheet
from scenes.parts.history.history_chain import HistoryChain
from scenes.parts.history.history_trail import HistoryTrail
from scenes.parts.panels.code_panel import CodeBar, CodePanel

_NAME = re.compile(r"[A-Za-z_]\w*")
_LEFT = re.compile(r"what line \d+ of (\S+) left in \.grad")
_MARK = re.compile(r"\[([A-Za-z][\w-]*)\]")
#: How much of its opacity a bar has once it has come.
_THERE = 0.19
#: Scene units by which the middle of a bar may be aside of that of its window.
_ASIDE = 0.05
#: Seconds for which two bars of a panel may be lit: one goes while the other comes.
_MEANWHILE = 1.5


@dataclass
class Code(Check):
    """Watches the code panels of a scene, and the bars on them."""

    _bars: dict[int, tuple[CodeBar, int, float]] = field(default_factory=dict)
    _both: dict[int, float] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Look at one moment."""
        panels = moment.of(CodePanel)
        for panel in panels:
            self._ran(panel, moment)
        for trail in moment.of(HistoryTrail) if panels else ():
            self._climbs(trail, panels, moment)
        for chain in moment.of(HistoryChain):
            self._links(chain, moment)
        bars = [bar for bar in moment.of(CodeBar) if any(bar.panel is panel for panel in panels)]
        for bar in bars:
            self._lies(bar, moment)
        for panel in panels:
            self._left_lit(panel, [bar for bar in bars if bar.panel is panel], moment)

    def _climbs(self, trail: HistoryTrail, panels: Sequence[CodePanel], moment: Moment) -> None:
        """The cairns of a trail are what torch recorded of a line of a panel, the latest farthest up."""
        names = [str(label.original_text) for label in trail.labels]
        if names not in [_history(text) for panel in panels for text in panel.listing.values.values()]:
            found = f"{', '.join(names[:3])}, … are cairns, and no line of a listing beside them has that history"
            self.keep(Fault("code", "the history", found, moment.time), trail)

    def _links(self, chain: HistoryChain, moment: Moment) -> None:
        """The links of a chain are a history that torch recorded, and its light comes to whom torch gave a gradient."""
        names = [str(link.label.original_text) for link in chain.links]
        had = [text for listing in getattr(moment.scene, "listings", ()) for text in listing.values.values()]
        if names not in [_history(text) for text in had]:
            found = f"{', '.join(names[:3])}, … are links, and no listing of the scene has that history"
            self.keep(Fault("code", "the history", found, moment.time), chain)
        if str(chain.carries) not in had:
            found = f"its threads carry {chain.carries}, and no listing of the scene has that gradient"
            self.keep(Fault("code", "the history", found, moment.time), chain)

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Hold each bar against the names of code in what was said while it came."""
        for bar, row, time in self._bars.values():
            lines = [bar.panel.listing.lines[index] for index in bar.panel.indices]
            scores = _named(lines, _told(sheet, time))
            best = max(range(len(lines)), key=lambda index: scores[index])
            if scores[best] > scores[row]:
                found = f"a bar lies on {lines[row].strip()!r}, and {lines[best].strip()!r} is spoken of"
                self.keep(Fault("code", bar.panel.listing.name, found, time), bar)

    def played(self, moment: Moment) -> None:
        """What a line of a listing left in ``.grad`` stands beside that listing, where several are shown."""
        panels = moment.of(CodePanel)
        for text in moment.of(Text) if len({panel.listing.name for panel in panels}) > 1 else ():
            sources = [source for _, source in getattr(getattr(text, "numbers", None), "sources", ())]
            name = next((match[1] for source in sources if (match := _LEFT.fullmatch(source or ""))), None)
            nearest = min(panels, key=lambda panel: abs(panel.get_y() - text.get_y()))
            if name is not None and nearest.listing.name != name and text.get_all_points().size:
                found = f"is of {name}, and stands beside {nearest.listing.name}"
                self.keep(Fault("code", str(text.original_text), found, moment.time), text)

    def _ran(self, panel: CodePanel, moment: Moment) -> None:
        """The listing is one that the scene asked for, or the text of a function as it stands; and so it is drawn."""
        asked = getattr(moment.scene, "listings", None)
        if panel.function is not None:
            true = Listing.from_source(panel.function).lines == panel.listing.lines
            found = "" if true else "is not the source text of its function"
        else:
            known = asked is None or any(panel.listing == listing for listing in asked)
            found = "" if known else "is no listing that the scene asked for: nobody knows that it ran"
        for line, index in zip(panel.code, panel.indices, strict=True):
            ran, drawn = panel.listing.lines[index].strip(), str(line.original_text)
            found = found or ("" if drawn == ran else f"shows {drawn!r}, and {ran!r} ran")
        heights = [line.get_y() for line in panel.code]
        if heights != sorted(heights, reverse=True):
            found = found or "has its lines in another order than they ran"
        if found:
            self.keep(Fault("code", panel.listing.name, found, moment.time), panel)

    def _left_lit(self, panel: CodePanel, bars: list[CodeBar], moment: Moment) -> None:
        """One line of a panel is lit at a time: the bar of the line before goes when the next one comes."""
        lit = [bar for bar in bars if bar.get_fill_opacity() >= _THERE]
        if len({bar.text for bar in lit}) < 2:
            self._both.pop(id(panel), None)
        elif moment.time - self._both.setdefault(id(panel), moment.time) > _MEANWHILE:
            texts = " and ".join(repr(bar.text) for bar in lit)
            found = f"the bars of {texts} are lit at once: one was left behind"
            self.keep(Fault("code", panel.listing.name, found, moment.time), *lit)

    def _lies(self, bar: CodeBar, moment: Moment) -> None:
        """The bar lies, as it is drawn, on the line that it is for."""
        if bar.get_fill_opacity() < _THERE or bar.updating_suspended or bar.panel.updating_suspended:
            return
        row = bar.panel.row_of(bar.text)
        low, high = bar.get_bottom()[1], bar.get_top()[1]
        line, window = bar.panel.code[row], bar.panel.window
        short = min(line.get_left()[0] - bar.get_left()[0], bar.get_right()[0] - line.get_right()[0])
        aside = abs(bar.get_center()[0] - window.get_center()[0])
        if short < 0 or aside > _ASIDE:
            found = f"the bar of {bar.text!r} lies beside its line, {max(-short, aside):.2f} units"
            self.keep(Fault("ring", bar.panel.listing.name, found, moment.time), bar)
        under = [index for index, line in enumerate(bar.panel.code) if low < line.get_center()[1] < high]
        if under == [row]:
            self._bars.setdefault(id(bar), (bar, row, moment.time))
        else:
            lines = " and ".join(repr(bar.panel.code[index].original_text) for index in under) or "no line"
            found = f"the bar of {bar.text!r} lies on {lines}"
            self.keep(Fault("code", bar.panel.listing.name, found, moment.time), bar)


def _told(sheet: CueSheet, time: float) -> set[str]:
    """The names in the beat of that time, in its lines and their marks."""
    starts = [beat.start for beat in sheet.beats if beat.start <= time + 1e-6]
    if not starts:
        return set()
    begin, name = starts[-1], next(beat.name for beat in sheet.beats if beat.start == starts[-1])
    end = min((beat.start for beat in sheet.beats if beat.start > begin), default=sheet.length)
    lines = [cue for cue in sheet.cues if begin <= cue.start < end]
    marks = [mark for cue in lines for mark in _MARK.findall(cue.spoken)]
    return {word for text in (name, *(cue.text for cue in lines), *marks) for word in _NAME.findall(text.lower())}


def _named(lines: list[str], told: Iterable[str]) -> list[float]:
    """How much each line is named: a name counts the more, the fewer lines have it."""
    names = [{name.lower() for name in _NAME.findall(line)} - set(kwlist) for line in lines]
    told = set(told)
    return [sum(1 / sum(name in other for other in names) for name in own & told) for own in names]


def _history(text: str) -> list[str]:
    """The operations of a history, from the first to the last: torch has the last one first.

    >>> _history("Sum Mul Sin AccumulateGrad")
    ['sin', 'mul', 'sum']
    """
    return [name.lower() for name in reversed(text.split()) if name != "AccumulateGrad"]
