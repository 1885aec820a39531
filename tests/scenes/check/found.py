"""What a check finds in a scene of a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scenes.check.check import Check, watch
from scenes.stage.explainer_scene import ExplainerScene


def faults(check: Check, construct: Callable[[Any], None], *, rate: int = 4) -> list[str]:
    """The faults that a check finds in a scene that does what ``construct`` says, each as rule and words."""
    watch(type("Planted", (ExplainerScene,), {"construct": construct}), [check], rate=rate)
    return [f"{fault.rule}: {fault.words}: {fault.found}" for fault in check.faults.values()]
