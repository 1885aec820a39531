"""Strips: a handful of frames of each beat, side by side, as they are kept beside the tests."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count

import numpy as np
from manim import tempconfig
from numpy.typing import NDArray
from PIL import Image

from scenes.check.playback import Frame, Moment, play
from scenes.check.report import SceneReport, check_scene
from scenes.narration.cues import CueSheet
from scenes.narration.narrator import SILENT
from scenes.part import SceneRef
from scenes.theme import using_theme

#: Pixels of a frame; moments a second; and frames of a beat in the dark theme.
SIZE, RATE, OF_A_BEAT = (320, 180), 2, 4
#: What the strip of a scene in the light theme is called, which has one frame a beat.
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


@dataclass(frozen=True)
class Played:
    """What came of playing a scene.

    Attributes
    ----------
    strips
        Its frames.
    light
        What the check found in the light theme: it plays the scene anyway.
    """

    strips: tuple[Strip, ...]
    light: SceneReport


@cache
def played(ref: SceneRef) -> Played:
    """Play one scene in both themes, at the even pace that needs no voice; once a process.

    Every moment is drawn in the dark theme, whether it is kept or not: a mountain in motion may be drawn by what was
    seen of it before, so one way of playing is kept to.
    """
    times: list[float] = []
    seen: list[Frame] = []

    def keep(moment: Moment) -> None:
        times.append(moment.time)
        seen.append(moment.frame)

    with using_theme("dark"):
        sheet = play(ref.load(), keep, rate=RATE, size=SIZE)
    made, by_day = [], []
    for number, (beat, picks) in enumerate(picked(sheet, times), 1):
        labels = tuple(f"{beat}, {times[pick]:.1f} s" for pick in picks)
        made.append(Strip(f"{number}-{_slug(beat)}", labels, packed([seen[pick] for pick in picks])))
        by_day.append((labels[len(picks) // 2], picks[len(picks) // 2]))
    frames, report = _light(ref, {pick for _, pick in by_day})
    return Played((*made, Strip(LIGHT, tuple(label for label, _ in by_day), packed(frames))), report)


def _light(ref: SceneRef, picks: set[int]) -> tuple[list[Frame], SceneReport]:
    """The moments of those numbers in the light theme, and what the check finds there."""
    seen: list[Frame] = []
    numbers = count()

    def keep(moment: Moment) -> None:
        if next(numbers) in picks:
            seen.append(small(moment))

    report = check_scene(ref, "light", voice=SILENT, rate=RATE, also=keep)
    return seen, report


def small(moment: Moment) -> Frame:
    """The frame in the size of strips, whatever size the scene is played in."""
    with tempconfig({"pixel_width": SIZE[0], "pixel_height": SIZE[1]}):
        camera = type(moment.scene.camera)(background_color=moment.scene.camera.background_color)
        camera.capture_mobjects(moment.scene.mobjects)
        return np.array(camera.pixel_array[..., :3])


def picked(sheet: CueSheet, times: Sequence[float]) -> Iterator[tuple[str, list[int]]]:
    """Each beat, and the numbers of moments that are spread over it, the last before the next beat included."""
    ends = [
        *(beat.start for beat in sheet.beats[1:]),
        sheet.length if sheet.fade_out_start is None else sheet.fade_out_start,
    ]
    for beat, end in zip(sheet.beats, ends, strict=True):
        wanted = beat.start + (end - beat.start) * np.arange(1, OF_A_BEAT + 1) / OF_A_BEAT
        # What is on screen just before: the last moment then, for a wait in which nothing changes is one.
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
