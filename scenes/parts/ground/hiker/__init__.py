"""The hiker: bones and poses, a gait that plants the boots, clothes over the bones, light on the clothes."""

from scenes.parts.ground.hiker.figure import FOOTING, TALL, Hiker

__all__ = ["FOOTING", "TALL", "Hiker"]
