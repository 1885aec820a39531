"""The cabin: a log house where a walk ended, its door, its light and its smoke."""

from scenes.parts.ground.cabin.cabin import BEHIND, FOOTING, TALL, Cabin

__all__ = ["BEHIND", "FOOTING", "TALL", "Cabin"]
