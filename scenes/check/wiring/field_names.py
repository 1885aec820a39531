"""Field names: what is called loss shows a loss, what is called coeffs coefficients, and a gradient is a gradient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from manim import Mobject, Text

from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.fields import field_of
from scenes.check.playback import Moment
from scenes.check.wiring.cast import pieces, tops
from scenes.narration.languages import en
from scenes.parts.dials.compass import Compass
from scenes.parts.dials.held_compass import HeldCompass
from scenes.parts.history.history_chain import HistoryChain
from scenes.parts.history.history_row import HistoryRow
from scenes.parts.history.history_trail import HistoryTrail
from scenes.parts.knob_wall import KnobWall
from scenes.parts.panels.scorecard import Readout, Scorecard
from scenes.parts.panels.slope_wall import SlopeWall
from scenes.parts.radio import Knob, Radio
from scenes.stage.naming import names_of

#: What is recorded under each name, by the fields of a run.
FIELDS = {
    "losses": "loss",
    "expected_losses": "loss",
    "try_losses": "loss",
    "coeffs": "coefficients",
    "tries": "coefficients",
    "slopes": "gradient",
    "grads": "gradient",
}
#: What stage parts show, whatever run it is of.
_PARTS: tuple[tuple[tuple[type[Mobject], ...], str], ...] = (
    ((Knob, Radio, KnobWall), "coefficients"),
    ((Compass, HeldCompass, SlopeWall), "gradient"),
)


@dataclass
class FieldNames(Check):
    """Reads what is called by the name of a field: at the ends of a history, over a card, where a label names."""

    def played(self, moment: Moment) -> None:
        """Look at how an animation has left the scene."""
        links = [row.links for row in moment.of(HistoryRow)] + [chain.links for chain in moment.of(HistoryChain)]
        ends = {id(row[at]): {kind} for row in links for at, kind in ((0, "coefficients"), (-1, "loss"))}
        for top in tops(moment):
            for label, thing in _named(top):
                text = str(label.original_text).strip().lower()
                called = next((kind for kind, names in en.FIELD_NAMES.items() if text in names), None)
                shown = ends.get(id(thing)) or set(_shows(thing))
                if called is not None and shown and called not in shown:
                    found = f"is the name of what shows {' and '.join(sorted(shown))}"
                    self.keep(Fault("label", label.original_text, found, moment.time), label)


def _named(top: Mobject) -> Iterator[tuple[Text, Mobject]]:
    """Lines of type, and what each is the name of."""
    for piece in top.get_family() if names_of(top) else pieces(top):
        if isinstance(piece, Text):
            yield from ((piece, thing) for thing in names_of(piece) or names_of(top))
        elif isinstance(piece, HistoryTrail):
            yield from zip(piece.end_labels, piece.ends, strict=True)
        elif isinstance(piece, Scorecard):
            yield from ((title, piece.number) for title in piece.submobjects if isinstance(title, Text))


def _shows(thing: Mobject) -> Iterator[str]:
    """What a thing shows: coefficients, a loss, a gradient."""
    for piece in pieces(thing):
        yield from (kind for kinds, kind in _PARTS if isinstance(piece, kinds))
        if not isinstance(piece, Text | Readout):
            continue
        for _, source in getattr(getattr(piece, "numbers", None), "sources", ()):
            said = field_of(source)
            if said is not None and said.name in FIELDS:
                yield FIELDS[said.name]
