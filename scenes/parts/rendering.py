"""What of the renderer a scene of your own is given beside the parts: the fog, the shot, and the camera of the stage."""

from scenes.engine.drawing.raster import StageCamera
from scenes.engine.terrain.fog import Fog
from scenes.engine.terrain.shot import Shot

__all__ = ["Fog", "Shot", "StageCamera"]
