"""True values: each number is what its source is, each constant what its reason says, and no loss is a single draw."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from descent_core.recordings.trajectory import Trajectory
from scenes.check.check import Check
from scenes.check.fault import Fault
from scenes.check.numbers.derived import derived_value, wrong_listed
from scenes.check.numbers.fields import Field, field_of, run_label, shows
from scenes.check.playback import Moment
from scenes.narration.cues import CueSheet
from scenes.narration.languages import en
from scenes.stage.number_sources import Constant, NumberSources


@dataclass
class Values(Check):
    """Holds what a scene showed and said against the recordings that it asked for, once it is over.

    Attributes
    ----------
    constants
        All constants of the scene, as lines for the report: value, reason, and whether anything says what it must be.
    """

    constants: list[str] = field(default_factory=list)
    _shown: dict[tuple[str, str], float] = field(default_factory=dict)
    _given: dict[Constant, float] = field(default_factory=dict)

    def see(self, moment: Moment) -> None:
        """Note since when each text and each constant is there."""
        sources: NumberSources | None = getattr(moment.scene, "sources", None)
        if sources is not None and (len(sources.shown), len(sources.constants)) != (len(self._shown), len(self._given)):
            self._shown = {**dict.fromkeys(sources.shown, moment.time), **self._shown}
            self._given = {**dict.fromkeys(sources.constants, moment.time), **self._given}

    def over(self, scene: Any, sheet: CueSheet) -> None:  # noqa: ARG002 - as every check
        """Look every number up."""
        sources: NumberSources = getattr(scene, "sources", NumberSources())
        runs = {run_label(label): run for label, run in reversed(getattr(scene, "recordings", {}).items())}
        for key, shown in sources.shown.items():
            for number, source in shown.sources:
                said = field_of(source)
                value = said.value(runs[said.label]) if said is not None and said.label in runs else None
                if value is not None and not shows(number, value):
                    found = f"{number} is not {source}, which is {value:.6g}"
                    self.keep(Fault("value", shown.text, found, self._shown.get(key, 0.0)))
                if found := wrong_listed(number, source, getattr(scene, "listings", ())):
                    self.keep(Fault("value", shown.text, found, self._shown.get(key, 0.0)))
                worked_out = derived_value(source, runs)
                if worked_out is not None and not shows(number, worked_out):
                    found = f"{number} is not {source}, which is {worked_out:.6g}"
                    self.keep(Fault("value", shown.text, found, self._shown.get(key, 0.0)))
                drawn = _single_draw(said, shown.text, runs)
                if drawn:
                    self.keep(Fault("draw", shown.text, f"{number} is {drawn}", self._shown.get(key, 0.0)))
        for constant in sources.constants:
            self.constants.append(str(constant))
            if constant.found:
                self.keep(Fault("constant", constant.reason, constant.found, self._given.get(constant, 0.0)))


def _single_draw(said: Field | None, text: str, runs: Mapping[str, Trajectory]) -> str:
    """Whether a number is the loss of one draw, where there is chance in the loss and the text says none of it."""
    run = None if said is None else runs.get(said.label)
    if said is None or run is None or said.name != "losses" or run.evidence.expected is None:
        return ""
    if en.SINGLE_DRAW_WORDS & set(re.findall(r"\w+", text.lower())):
        return ""
    expected = f"{said.label}.expected_losses[{said.row}], {run.expected_losses[said.row]:.6g}"
    return f"{said.label}.losses[{said.row}], a single draw of a loss with chance in it; what is expected is {expected}"
