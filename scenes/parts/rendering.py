"""The names of the engine that a scene of your own needs beside the stage parts: fog, shot and camera."""

from scenes.engine.drawing.raster import StageCamera
from scenes.engine.terrain.fog.fog import Fog
from scenes.engine.terrain.shot import Shot

__all__ = ["Fog", "Shot", "StageCamera"]
