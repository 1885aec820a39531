"""True: each number that is shown or said is a field of a recording, or a constant that gives its reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from manim import DecimalNumber, Mobject

from scenes.check.legibility import Fault
from scenes.check.playback import Moment
from scenes.stage.number_sources import NumberSources, find_numbers


@dataclass
class Truth:
    """Looks at a scene, and at its ledger once it is over.

    Attributes
    ----------
    faults
        Numbers without a source, by text.
    traced
        How many numbers have one.
    """

    faults: dict[str, Fault] = field(default_factory=dict)
    traced: int = 0
    _seen: set[str] = field(default_factory=set)

    def see(self, look: Moment) -> None:
        """Look at one moment: type of manim's own that nobody told the ledger of."""
        ledger: NumberSources | None = getattr(look.scene, "sources", None)
        for part in look.shown:
            text = _text(part)
            if text and text not in self._seen and part.get_all_points().size:
                self._seen.add(text)
                if ledger is None or ("screen", text) not in ledger.shown:
                    self._keep(text, find_numbers(text), look.time)

    def over(self, ledger: NumberSources) -> None:
        """Look up what the scene told its ledger, once it was played."""
        for shown in ledger.shown.values():
            self.traced += len(shown.sources) - len(shown.untraced)
            self._keep(shown.text, shown.untraced, 0.0)

    def _keep(self, text: str, found: tuple[str, ...] | list[str], time: float) -> None:
        if found:
            said = f"{', '.join(found)} {'is' if len(found) == 1 else 'are'} no field of a recording, nor a constant"
            self.faults.setdefault(text, Fault("number", text, said, time))


def _text(part: Mobject) -> str:
    if isinstance(part, DecimalNumber):
        return f"{part.number:.{part.num_decimal_places}f}"
    for name in ("original_text", "tex_string", "typst_code"):
        text = getattr(part, name, None)
        if isinstance(text, str):
            return text
    return ""
