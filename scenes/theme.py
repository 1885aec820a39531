"""Colours, type, sizes and times, named by meaning and not by look.

Colours that must be told apart were searched for near the ones that the eye would choose, so that
they hold for the three common colour blindnesses too: a test simulates them.

There is a dark theme and a light one. ``theme`` stands for the one in use: read it inside functions, never in
default arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

from descent_core.errors import UnknownLabel
from scenes.engine.terrain.material import Material


def _rgb(code: str) -> tuple[float, float, float]:
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def eased(fraction: float) -> float:
    """How far a motion is at ``fraction`` of its time: slow, fast, slow; before 0 not begun, after 1 at its end.

    So moves all that enters, leaves or moves the eye. (manim asks for more than 1 where something shorter is played
    beside something longer.)

    >>> eased(0.0), eased(0.5), eased(1.0), eased(1.7)
    (0.0, 0.5, 1.0, 1.0)
    """
    fraction = min(max(fraction, 0.0), 1.0)
    return fraction**3 * (10 - 15 * fraction + 6 * fraction**2)


def slowing(fraction: float) -> float:
    """How far a motion is that sets out fast and comes to rest: what shall be seen with its word begins at once.

    >>> slowing(0.0), slowing(0.5), slowing(1.0), slowing(1.7)
    (0.0, 0.75, 1.0, 1.0)
    """
    return 1 - (1 - min(max(fraction, 0.0), 1.0)) ** 2


@dataclass(frozen=True)
class Syntax:
    """The colours of code on screen."""

    comment: str = "#7f8da3"
    keyword: str = "#c3a3ff"
    function: str = "#79bcff"
    number: str = "#ffcb52"
    operator: str = "#ff9d7a"
    punctuation: str = "#a3b1c4"
    string: str = "#8fdcae"
    gutter: str = "#b9c5d5"


@dataclass(frozen=True)
class Things:
    """The colours of things that are painted: the hiker, the cabin, the radio."""

    outline: str = "#0d1420"
    trousers: str = "#4d5b78"
    boots: str = "#7a4a30"
    pack: str = "#2f6f73"
    bedroll: str = "#b08a5e"
    strap: str = "#54382a"
    mitten: str = "#8a3f3a"
    scarf: str = "#f2e6cf"
    stripe: str = "#5a8f94"
    skin: str = "#efbd96"
    hair: str = "#5b3a26"
    staff: str = "#c9a77a"
    hat: str = "#ffd94d"
    lantern: str = "#fff2c2"
    lamplight: str = "#ffb648"
    wall: str = "#4b2f24"
    gable: str = "#5d3b2c"
    roof: str = "#26303f"
    eaves: str = "#323e50"
    chimney: str = "#5a4a46"
    body: str = "#1a263b"
    edge: str = "#51627f"
    grille: str = "#45567a"
    knob: str = "#223049"
    face: str = "#2e3f5d"
    scale: str = "#f4e4bd"
    marks: str = "#5b4a2c"
    needle: str = "#d0402b"
    planks: tuple[str, str] = ("#301e13", "#754c2f")
    # A wall of lit knobs is a dark thing with lights in it, in every theme.
    board: str = "#141a2b"
    bezel: str = "#51627f"
    notch: str = "#0a0f1a"
    buttons: tuple[str, str, str] = ("#ff6f61", "#ffcb52", "#5fd38d")


@dataclass(frozen=True)
class Theme:
    """Colours, type, sizes and times of one look of the films.

    Colours are ``#rrggbb``; sizes of type are manim font sizes; lengths are scene units; times are seconds.
    """

    name: str = "dark"

    # The page that all is drawn on, panels and lines on it, words.
    page: str = "#0d1420"
    panel: str = "#151f30"
    rule: str = "#33425a"
    text: str = "#f1f4f9"
    quiet: str = "#a3b1c4"

    # What things mean: one meaning, one colour, through the whole series.
    weight: str = "#98addf"  # knobs, weights, coefficients
    loss: str = "#ffe852"  # the score, and the height that it is drawn as
    uphill: str = "#fa576a"  # the gradient
    downhill: str = "#2fe1aa"  # the way down, and nothing else
    stale: str = "#b787d5"  # readings that were never wiped, and who follows them
    too_small: str = "#38c8ee"
    right: str = "#ff9d2d"  # the walk that arrives: the hiker's own coat
    too_big: str = "#cb50ea"
    guess: str = "#a3b1c4"
    steer: str = "#ff9d2d"  # who follows the gradient
    accent: str = "#9fe7ff"  # what is pointed at right now
    inside: str = "#ff9d2d"  # the two answers of a field of two colours
    around: str = "#4a8dff"
    saved: str = "#ffce85"  # people who came home, and people who did not
    lost: str = "#4d86ff"
    cabin: str = "#ffb648"
    coat: str = "#ff9d2d"
    trail: str = "#fff3d6"

    syntax: Syntax = Syntax()
    things: Things = Things()

    # Type.
    sans: str = "Inter"
    mono: str = "IBM Plex Mono"
    display: float = 96
    heading: float = 42
    body: float = 32
    label: float = 26
    small: float = 21
    code: float = 30

    # Space, in scene units: steps of a tenth of the frame's unit.
    near: float = 0.1
    gap: float = 0.2
    room: float = 0.4
    margin: float = 0.72  # the title-safe 5 % of the frame's width, and a hair

    # Time, in seconds, and how fast things go in it.
    enter: float = 0.7
    leave: float = 0.4
    breath: float = 0.22
    drift: float = 0.15  # how far things move as they enter
    ease: Callable[[float], float] = eased

    #: The colours of dusk, by a number from -1 to 1: night, the sky above it, the last light, snow and the moon. They
    #: are the light of a picture, and mean nothing else.
    dusk: tuple[tuple[float, str], ...] = (
        (-1.00, "#0d1028"),
        (-0.75, "#24265c"),
        (-0.45, "#54428c"),
        (-0.15, "#96548c"),
        (0.12, "#e07870"),
        (0.42, "#fab26c"),
        (0.75, "#ffe0a8"),
        (1.00, "#fffaec"),
    )

    #: How much of the light a mountain loses that stands behind words.
    dim: float = 0.8
    #: How opaque the plates are that words stand on: enough for 4.5 : 1 over the palest ground.
    plate: float = 0.78

    #: The blue hour, with a moon that is about to set: cold and low. What is warm is a lamp.
    material: Material = field(
        default_factory=lambda: Material(
            ground=(
                (0.20, 0.28, 0.25),
                (0.24, 0.31, 0.28),
                (0.31, 0.34, 0.32),
                (0.37, 0.38, 0.40),
                (0.42, 0.43, 0.47),
            ),
            rock=(0.34, 0.34, 0.38),
            scree=(0.46, 0.46, 0.50),
            snow=(0.88, 0.92, 0.98),
            snow_line=0.46,
            drifts=0.55,
            fir=(0.13, 0.22, 0.22),
            sun=(0.31, 0.40, 0.52),
            shade=(0.036, 0.060, 0.100),
            haze=(0.28, 0.38, 0.51),
            sky=(0.06, 0.10, 0.22),
            ranges=(0.21, 0.29, 0.43),
            fog=(0.225, 0.305, 0.405),
            contour=(0.80, 0.90, 1.0),
            glow=_rgb("#ffb648"),
            sun_from=(0.78, 0.20, 0.40),
            stars=1.0,
            wisps=0.20,
            contour_strength=0.20,
        )
    )

    @property
    def fog(self) -> str:
        """The colour of fog that nothing is seen through."""
        return "#" + "".join(f"{round(255 * part):02x}" for part in self.material.fog)


DARK = Theme()

#: Paper, and a mountain by day in white fog.
LIGHT = Theme(
    name="light",
    page="#f5f0e6",
    panel="#fdfaf4",
    rule="#c9bda9",
    text="#1b2330",
    quiet="#4b5566",
    weight="#1e55d4",
    loss="#84327b",
    uphill="#b64501",
    downhill="#00422d",
    stale="#6b23cf",
    too_small="#2843f3",
    right="#774c08",
    too_big="#b00e8f",
    guess="#556274",
    steer="#774c08",
    accent="#0a6480",
    inside="#d9780f",
    around="#2f62d9",
    saved="#a05800",
    lost="#0b3f8f",
    cabin="#8f4a00",
    coat="#774c08",
    trail="#40260f",
    dim=0.88,
    plate=0.88,
    syntax=Syntax(
        comment="#6d7480",
        keyword="#7a2be0",
        function="#1f58b8",
        number="#8f4a00",
        operator="#b04012",
        punctuation="#566070",
        string="#0d6a4a",
        gutter="#3c444f",
    ),
    things=Things(
        outline="#2a2118",
        trousers="#5b667c",
        wall="#6e4531",
        gable="#8a5a41",
        roof="#4c5566",
        eaves="#626d80",
        chimney="#7d6a63",
        body="#e6d8bd",
        edge="#8b7a5d",
        grille="#a8977a",
        knob="#d3c3a4",
        face="#eee3cd",
        scale="#fff9e8",
        planks=("#a8855c", "#edd1a8"),
    ),
    material=Material(
        ground=(
            (0.42, 0.50, 0.36),
            (0.52, 0.54, 0.41),
            (0.60, 0.57, 0.47),
            (0.64, 0.61, 0.56),
            (0.70, 0.68, 0.66),
        ),
        rock=(0.52, 0.49, 0.48),
        scree=(0.66, 0.64, 0.61),
        snow=(0.97, 0.975, 0.985),
        snow_line=0.42,
        drifts=0.8,
        fir=(0.20, 0.32, 0.24),
        sun=(0.98, 0.84, 0.62),
        shade=(0.21, 0.28, 0.415),
        haze=(0.83, 0.88, 0.93),
        sky=(0.40, 0.62, 0.88),
        ranges=(0.66, 0.75, 0.86),
        fog=(0.89, 0.915, 0.935),
        contour=(0.16, 0.22, 0.34),
        glow=_rgb("#ffb648"),
        sun_from=(0.78, 0.16, 0.42),
        wisps=0.05,
        fog_light=(1.01, 0.94),
        lamplight=0.10,
        shafts=0.10,
        contour_strength=0.22,
    ),
)

#: The themes by their names.
THEMES = {each.name: each for each in (DARK, LIGHT)}


class _ThemeInUse:
    """Has the attributes of whichever theme is in use."""

    current = DARK

    def __getattr__(self, name: str) -> Any:
        return getattr(type(self).current, name)


#: The theme in use; when another is set, this has its colours.
theme = cast(Theme, _ThemeInUse())


def current_theme() -> Theme:
    """The theme in use now, itself: it stays the same when another is set.

    >>> current_theme() is DARK
    True
    """
    return _ThemeInUse.current


def set_theme(wanted: Theme | str) -> Theme:
    """Use a theme, or that of `THEMES` of that name, from now on; returns the one that was in use.

    Whatever was drawn before keeps its colours.

    Raises
    ------
    UnknownLabel
        No theme is called that.
    """
    if isinstance(wanted, str):
        if wanted not in THEMES:
            raise UnknownLabel(f"There is no theme called {wanted!r}. There are: {', '.join(THEMES)}.")
        wanted = THEMES[wanted]
    before, _ThemeInUse.current = _ThemeInUse.current, wanted
    return before


@contextmanager
def using_theme(wanted: Theme | str) -> Iterator[Theme]:
    """Use a theme, or that of `THEMES` of that name, while the block runs.

    Raises
    ------
    UnknownLabel
        No theme is called that.

    Examples
    --------
    >>> with using_theme("light"):
    ...     theme.name
    'light'
    >>> theme.name
    'dark'
    """
    before = set_theme(wanted)
    try:
        yield theme
    finally:
        set_theme(before)


@cache
def register_fonts() -> None:
    """Make the bundled fonts known to Pango, so that the films look the same on every machine."""
    import fontpkg_ibm_plex_mono
    import fontpkg_inter
    import manimpango

    for package in (fontpkg_inter, fontpkg_ibm_plex_mono):
        files = Path(package.__file__).parent / "files"
        for font in sorted(files.glob("*.[ot]tf")):
            if "Italic" not in font.name:
                manimpango.register_font(str(font))
