"""The theme holds for viewers who see colours otherwise, and its words can be read."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from scenes.theme import theme

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
    ("gradient", "downhill"),
    ("gradient", "uphill"),
    ("uphill", "stale"),
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


@pytest.mark.parametrize("eyes", SEEN)
@pytest.mark.parametrize("names", TOGETHER, ids="-".join)
def test_colours_that_mean_something_are_told_apart(names: tuple[str, ...], eyes: str) -> None:
    seen = {name: oklab(np.clip(np.asarray(SEEN[eyes]) @ light(getattr(theme, name)), 0, 1)) for name in names}
    for one, other in combinations(names, 2):
        assert np.linalg.norm(seen[one] - seen[other]) > 0.12, (one, other)


def test_the_measure_knows_colours_that_look_alike() -> None:
    """Red and green of like lightness: far apart for most, close for a deuteranope."""
    red, green = light("#c0594f"), light("#7d8138")
    assert np.linalg.norm(oklab(red) - oklab(green)) > 0.1
    matrix = np.asarray(SEEN["deuteranopia"])
    assert np.linalg.norm(oklab(np.clip(matrix @ red, 0, 1)) - oklab(np.clip(matrix @ green, 0, 1))) < 0.05


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    bright, dark = sorted((float(np.dot(light(code), [0.2126, 0.7152, 0.0722])) for code in (one, other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("back", ["ink", "panel"])
@pytest.mark.parametrize(
    "name",
    ["text", "quiet", "downhill", "uphill", "gradient", "stale", "too_small", "right", "too_big", "guess", "cabin"],
)
def test_words_can_be_read_on_the_page(name: str, back: str) -> None:
    assert contrast(getattr(theme, name), getattr(theme, back)) >= 4.5
