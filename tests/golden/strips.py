"""Strips: a handful of frames of each beat, side by side, as they are kept beside the tests."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from scenes.check.playback import Frame, Moment, play
from scenes.narration.cues import CueSheet
from scenes.part import SceneRef
from scenes.theme import using_theme

#: Pixels of a frame; looks a second; and frames of a beat in the dark look.
SIZE, RATE, OF_A_BEAT = (320, 180), 2, 4
#: What the strip of a scene in the light look is called, which has one frame a beat.
LIGHT = "light"


@dataclass(frozen=True)
class Strip:
    """Frames of a scene, side by side.

    Attributes
    ----------
    name
        The file's stem: number and name of the beat, or ``light``.
    labels
        What each frame is: its beat, and when, for people.
    packed
        The file: one JPEG, which keeps no frame to the bit. So what is found is packed too before it is compared.
    """

    name: str
    labels: tuple[str, ...]
    packed: bytes


def played(refs: Sequence[SceneRef], jobs: int) -> dict[str, tuple[Strip, ...]]:
    """Play scenes, ``jobs`` at once: the strips of each, by slug."""
    with ProcessPoolExecutor(min(jobs, len(refs)), mp_context=get_context("spawn")) as pool:
        return dict(zip([ref.slug for ref in refs], pool.map(strips, refs), strict=True))


def strips(ref: SceneRef) -> tuple[Strip, ...]:
    """Play one scene in both looks, at the even pace that needs no voice, and keep its strips.

    Every look is drawn in the dark look, whether it is kept or not: a mountain in motion may be drawn by what was seen
    of it before, so one way of playing is kept to.
    """
    times: list[float] = []
    seen: list[Frame] = []

    def keep(look: Moment) -> None:
        times.append(look.time)
        seen.append(look.drawn())

    with using_theme("dark"):
        sheet = play(ref.load(), keep, rate=RATE, size=SIZE)
    made, by_day = [], []
    for number, (beat, picks) in enumerate(picked(sheet, times), 1):
        labels = tuple(f"{beat}, {times[pick]:.1f} s" for pick in picks)
        made.append(Strip(f"{number}-{_slug(beat)}", labels, packed([seen[pick] for pick in picks])))
        by_day.append((labels[len(picks) // 2], picks[len(picks) // 2]))
    light = iter(_light(ref, {pick for _, pick in by_day}))
    return (*made, Strip(LIGHT, tuple(label for label, _ in by_day), packed(list(light))))


def _light(ref: SceneRef, picks: set[int]) -> Iterator[Frame]:
    """The looks of those numbers in the light look."""
    seen: list[Frame] = []
    count = 0

    def keep(look: Moment) -> None:
        nonlocal count
        if count in picks:
            seen.append(look.drawn())
        count += 1

    with using_theme("light"):
        play(ref.load(), keep, rate=RATE, size=SIZE)
    yield from seen


def picked(sheet: CueSheet, times: Sequence[float]) -> Iterator[tuple[str, list[int]]]:
    """Each beat, and the numbers of looks that are spread over it, the last before the next beat included."""
    ends = [
        *(beat.start for beat in sheet.beats[1:]),
        sheet.length if sheet.fade_out_start is None else sheet.fade_out_start,
    ]
    for beat, end in zip(sheet.beats, ends, strict=True):
        wanted = beat.start + (end - beat.start) * np.arange(1, OF_A_BEAT + 1) / OF_A_BEAT
        # What is on screen just before: the last look then, for a wait in which nothing changes is one look.
        yield beat.name, sorted({max(k for k, time in enumerate(times) if time < at) for at in wanted})


def _slug(name: str) -> str:
    """A beat's name as part of a file's.

    >>> _slug("What's next?")
    'what-s-next'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def packed(frames: Sequence[Frame]) -> bytes:
    """Frames as one JPEG, side by side."""
    written = io.BytesIO()
    Image.fromarray(np.concatenate(frames, axis=1)).save(written, "JPEG", quality=85, subsampling=0, optimize=True)
    return written.getvalue()


def unpacked(strip: bytes) -> NDArray[np.uint8]:
    """``(n, H, W, 3)``, the frames of a strip."""
    with Image.open(io.BytesIO(strip)) as picture:
        whole = np.array(picture.convert("RGB"))
    return np.stack(np.split(whole, whole.shape[1] // SIZE[0], axis=1))
