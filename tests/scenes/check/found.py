"""What a check finds in a scene of a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scenes.check.check import Check, watch
from scenes.check.fault import Fault
from scenes.stage.explainer_scene import ExplainerScene


def watched(check: Check, scene_class: type[ExplainerScene], *, rate: int = 4) -> list[Fault]:
    """The faults that a check finds in a scene."""
    watch(scene_class, [check], rate=rate)
    return list(check.faults.values())


def faults(check: Check, construct: Callable[[Any], None], *, rate: int = 4) -> list[str]:
    """The faults that a check finds in a scene that does what ``construct`` says, each as rule and words."""
    found = watched(check, type("Planted", (ExplainerScene,), {"construct": construct}), rate=rate)
    return [f"{fault.rule}: {fault.words}: {fault.found}" for fault in found]
