"""The colours of ground, sky and air."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Material:
    """The colours of ground, sky and air, each as red, green, blue from 0 to 1.

    Attributes
    ----------
    ground
        From the lowest height to the highest, evenly spaced.
    rock
        Where the ground is steep.
    sun, shade
        The light of the sun, and of the sky where there is no sun.
    haze, sky
        The colour of distance; that of the zenith.
    fog, glow
        The fog, and a lit window in it.
    contour
        Lines of equal height.
    """

    ground: tuple[Colour, ...]
    rock: Colour
    sun: Colour
    shade: Colour
    haze: Colour
    sky: Colour
    fog: Colour
    contour: Colour
    glow: Colour
    sun_from: tuple[float, float, float] = (-0.62, 0.34, 0.50)
    """Direction to the sun: east, north, up."""
    roughness: float = 0.016
    """How strongly the grain of the ground catches the light."""
    wisps: float = 0.16
    """By how much the fog's wisps are brighter and darker than the rest of it."""
    fog_light: tuple[float, float] = (1.12, 0.86)
    """How bright the fog is at the upper edge of the picture and at the lower one."""
