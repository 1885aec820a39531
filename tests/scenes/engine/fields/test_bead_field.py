"""What is painted of beads and threads, against what each of them alone would be."""

import numpy as np
import pytest

from scenes.engine.fields.bead_field import DELAYS, HUES, PLACES, Film, Threads, paint_beads

DARK = Film(np.zeros(3, np.float32), np.eye(HUES, 3, dtype=np.float32) + 0.1)
PAPER = Film(np.ones(3, np.float32), np.eye(HUES, 3, dtype=np.float32) * 0.5, ink=True)
NO_BEADS = np.zeros((0, 4 + HUES), np.float32)
EVEN = np.ones((DELAYS, HUES, PLACES), np.float32)


def _threads(curves: np.ndarray) -> Threads:
    count = len(curves)
    strengths = np.zeros((count, HUES), np.float32)
    strengths[:, 1:] = 0.2
    return Threads(curves.astype(np.float32), np.arange(count) % DELAYS, strengths, EVEN)


@pytest.mark.parametrize("film", [DARK, PAPER], ids=["light", "ink"])
def test_what_leads_out_of_the_picture_is_the_same_within_it(film: Film) -> None:
    """Threads far longer than the picture, bent and straight: as in a picture in which all of them are."""
    rng = np.random.default_rng(3)
    curves = np.concatenate([rng.uniform(-900, 1000, (40, 6)), rng.uniform(-3000, 3000, (40, 6))])
    small = paint_beads((120, 80), NO_BEADS, _threads(curves), film)
    margin = 1600
    whole = paint_beads((120 + 2 * margin, 80 + 2 * margin), NO_BEADS, _threads(curves + margin), film)
    within = whole[margin + 1 : margin + 79, margin + 1 : margin + 119, :3].astype(int)
    assert (within.max(axis=-1) != within.max(axis=-1)[0, 0]).any(), "no thread is seen"
    # The grain is of the place in the picture: one shade of 255.
    assert np.abs(small[1:79, 1:119, :3].astype(int) - within).max() <= 2


def test_a_bead_out_of_focus_sends_as_much_light_as_a_sharp_one() -> None:
    """Small ones, whose light is spread: what leaves is in proportion to their area."""
    sent = []
    for radius, blur in ((2.0, 0.0), (2.0, 6.0), (4.0, 0.0)):
        bead = np.array([[100, 100, radius, blur, 0, 0.01, 0, 0]], np.float32)
        picture = paint_beads((200, 200), bead, Threads(), Film(np.zeros(3, np.float32), 20 * DARK.hues))
        sent.append(-np.log1p(-np.clip(picture[..., 1] / 255, 0, 0.99)).sum())
    assert sent[1] == pytest.approx(sent[0], rel=0.5)
    assert sent[2] > 2 * sent[0]


def test_two_lights_add_up() -> None:
    """Where light of two threads meets there is as much as of both: on film, what is left dark is the product."""
    curves = np.array([[10, 50, 50, 50, 90, 50], [50, 10, 50, 50, 50, 90]], float)
    film = Film(np.zeros(3, np.float32), np.ones((HUES, 3), np.float32))
    dark = [
        1 - paint_beads((100, 100), NO_BEADS, _threads(c), film)[..., 1] / 255 for c in (curves, curves[:1], curves[1:])
    ]
    np.testing.assert_allclose(dark[0], dark[1] * dark[2], atol=0.02)
    assert dark[0].min() < 0.9
