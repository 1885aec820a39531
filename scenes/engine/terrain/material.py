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
        From the lowest height to the highest, evenly spaced, where there is neither rock nor snow.
    rock
        Where the ground is steep.
    sun, shade
        The light of the sun (or the moon), and of the sky where there is no sun: powers, which may be more than 1.
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
    roughness: float = 1.0
    """How strongly the detail of the ground catches the light."""
    scree: Colour = (0.5, 0.5, 0.5)
    """Broken stone below cliffs."""
    snow: Colour = (0.95, 0.97, 1.0)
    """Snow, above its line and where it holds."""
    snow_line: float = 0.5
    """From which fraction of the height on the ground is white."""
    drifts: float = 0.0
    """How much snow lies below the line, in hollows, from 0 to 1."""
    fir: Colour = (0.10, 0.20, 0.16)
    """The needles of firs."""
    contour_strength: float = 0.26
    """How much of a contour line covers the ground."""
    lamplight: float = 1.0
    """How bright lanterns and lit windows are on the ground: by day next to nothing."""
    stars: float = 0.0
    """How bright the stars are, and the moon."""
    ranges: Colour = (0.45, 0.52, 0.62)
    """The farthest mountains, which stand behind the edge of the land."""
    wisps: float = 0.16
    """By how much the fog's wisps are brighter and darker than the rest of it."""
    fog_light: tuple[float, float] = (1.12, 0.86)
    """How bright the fog is at the upper edge of the picture and at the lower one."""
    shafts: float = 0.25
    """How bright the shafts of light are that fall through fog as it lifts."""
