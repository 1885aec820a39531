"""The theme holds for viewers who see colours otherwise, and its words can be read."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from manim import tempconfig
from numpy.typing import NDArray

from descent_core.errors import UnknownLabel
from scenes.parts import words
from scenes.stage.explainer_scene import ExplainerScene
from scenes.theme import DARK, LIGHT, THEMES, Theme, current_theme, set_theme, theme, using_theme

#: Full loss of one kind of cone, in linear light: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes,
#: "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (2009), severity 1.0.
SEEN = {
    "all cones": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}

#: What is on screen together and must be told apart by its colour.
TOGETHER = [
    ("downhill", "uphill"),
    ("downhill", "stale"),
    ("right", "stale"),
    ("right", "too_small", "too_big"),
    ("guess", "steer"),
    ("uphill", "stale"),
    ("saved", "lost"),
    ("weight", "loss", "uphill", "downhill"),
    ("too_small", "right", "text", "too_big"),
    ("inside", "around"),
]


def light(code: str) -> NDArray[np.float64]:
    """Linear red, green, blue of a ``#rrggbb``."""
    value = np.array([int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def oklab(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    """B. Ottosson's Oklab: equal distances look about equally different; black to white is 1."""
    cones = (
        np.array(
            [
                [0.4122214708, 0.5363325363, 0.0514459929],
                [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ]
        )
        @ linear
    )
    return np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    ) @ np.cbrt(np.maximum(cones, 0))


@pytest.mark.parametrize("wanted", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("eyes", SEEN)
@pytest.mark.parametrize("names", TOGETHER, ids="-".join)
def test_colours_that_mean_something_are_told_apart(names: tuple[str, ...], eyes: str, wanted: Theme) -> None:
    seen = {name: oklab(np.clip(np.asarray(SEEN[eyes]) @ light(getattr(wanted, name)), 0, 1)) for name in names}
    for first, second in combinations(names, 2):
        assert np.linalg.norm(seen[first] - seen[second]) > 0.12, (first, second)


@pytest.mark.parametrize("wanted", THEMES.values(), ids=THEMES)
def test_a_colour_has_one_meaning(wanted: Theme) -> None:
    """But for the walk that is right: it follows the gradient, in the hiker's own coat."""
    assert wanted.right == wanted.steer == wanted.coat
    means = (
        "weight",
        "loss",
        "uphill",
        "downhill",
        "stale",
        "too_small",
        "right",
        "too_big",
        "guess",
        "accent",
        "cabin",
        "saved",
        "lost",
    )
    assert len({getattr(wanted, name) for name in means}) == len(means)


def test_the_measure_knows_colours_that_look_alike() -> None:
    """Red and green of like lightness: far apart for most, close for a deuteranope."""
    red, green = light("#c0594f"), light("#7d8138")
    assert np.linalg.norm(oklab(red) - oklab(green)) > 0.1
    matrix = np.asarray(SEEN["deuteranopia"])
    assert np.linalg.norm(oklab(np.clip(matrix @ red, 0, 1)) - oklab(np.clip(matrix @ green, 0, 1))) < 0.05


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    bright, dark = sorted(
        (float(np.dot(light(code), [0.2126, 0.7152, 0.0722])) for code in (first, second)), reverse=True
    )
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("wanted", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("back", ["page", "panel"])
@pytest.mark.parametrize(
    "name",
    [
        *("text", "quiet", "weight", "loss", "uphill", "downhill", "stale", "accent", "cabin"),
        *("too_small", "right", "too_big", "guess", "steer", "saved", "lost"),
    ],
)
def test_words_can_be_read_on_the_page(name: str, back: str, wanted: Theme) -> None:
    assert contrast(getattr(wanted, name), getattr(wanted, back)) >= 4.5


@pytest.mark.parametrize("wanted", THEMES.values(), ids=THEMES)
def test_code_can_be_read_on_its_panel(wanted: Theme) -> None:
    for name, colour in vars(wanted.syntax).items():
        assert contrast(colour, wanted.panel) >= 4, name


@pytest.mark.parametrize("wanted", THEMES.values(), ids=THEMES)
def test_the_brightest_wisp_of_fog_is_no_brighter_than_white(wanted: Theme) -> None:
    air = wanted.material
    # The two layers of wisps together reach 1.15 at most.
    assert max(air.fog) * max(air.fog_light) * (1 + 1.15 * air.wisps) <= 256 / 255


def test_a_theme_is_in_use_for_a_block_and_no_longer_whatever_happens() -> None:
    assert current_theme() is DARK
    with using_theme("light"):
        assert current_theme() is LIGHT
        assert (theme.name, theme.text) == ("light", LIGHT.text)
        with using_theme(DARK):
            assert theme.text == DARK.text
        assert current_theme() is LIGHT

    def fails() -> None:
        with using_theme("light"):
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        fails()
    assert theme.text == DARK.text


def test_an_unknown_theme_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UnknownLabel, match=r"no theme called 'pink'. There are: dark, light"):
        set_theme("pink")
    assert current_theme() is DARK


def test_a_scene_has_its_own_theme_while_it_plays(tmp_path: Path) -> None:
    seen = []

    class Paper(ExplainerScene):
        theme = "light"

        def construct(self) -> None:
            seen.append(theme.name)
            self.add(words("paper"))
            self.wait(0.1)

    quiet = {"verbosity": "ERROR", "progress_bar": "none", "media_dir": str(tmp_path)}
    with tempconfig({"dry_run": True, "pixel_width": 64, "pixel_height": 36, "frame_rate": 10, **quiet}):
        scene = Paper()
        seen.append(theme.name)
        scene.render()
    assert seen == ["dark", "light"]
    assert current_theme() is DARK
    corner = scene.renderer.camera.pixel_array[0, 0, :3]
    assert corner.tolist() == [int(LIGHT.page[i : i + 2], 16) for i in (1, 3, 5)]


def test_no_part_and_no_scene_names_a_colour_of_its_own() -> None:
    """What it paints with comes from the theme, so that another theme reaches all of it."""
    scenes = Path(__file__).parents[2] / "scenes"
    files = [file for name in ("parts", "gradient", "knobs", "stage") for file in (scenes / name).rglob("*.py")]
    assert len(files) > 30
    for file in files:
        assert not re.findall(r"\"#[0-9a-fA-F]{6}|\b(?:WHITE|BLACK|GR[AE]Y)\b", file.read_text("utf-8")), file
