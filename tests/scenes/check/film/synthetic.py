"""Films of a few seconds whose every beginning is known, as a viewer is given them: encoded picture and sound."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from scenes.check.film.finished import FilmedScene, FinishedFilm
from scenes.narration.cues import Cue, Mark
from scenes.narration.speech import Speech
from scenes.production.format import FINE
from scenes.production.sound.audio_track import add_audio, by_time
from scenes.production.sound.mix import RATE, lay_lines
from scenes.production.sound.snow import footstep
from scenes.theme import eased

WIDTH, HEIGHT, FRAMES = 320, 180, 30
LENGTH = 9.0
#: When lines are said, and what; and when the marked word of the first ones is.
LINES = ((1.0, "the first of them"), (3.5, "another one"), (6.5, "and the last"))
WORDS = (1.6, 4.2)
#: Where the pictures of the two marks are: left, top, width and height in pixels.
PLACES = ((40, 60, 90, 30), (190, 60, 90, 30))
STEP = 5.6


class Babble:
    """A voice that says each line in a noise of its own, with syllables."""

    modules = ()

    def settings(self) -> dict[str, str | float]:
        return {"voice": "babble"}

    def say(self, text: str) -> Speech:
        chance = np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "little"))
        times = np.arange(round(1.4 * 22050)) / 22050
        noise = np.convolve(chance.standard_normal(len(times)), np.hanning(9), "same")
        sound = noise * np.abs(np.sin(2 * np.pi * 2.5 * times + 0.4))
        return Speech((0.4 * sound / np.abs(sound).max()).astype(np.float32), 22050, {})


@dataclass(frozen=True)
class Made:
    """How a film is made: what is off in it.

    Attributes
    ----------
    late
        Seconds by which the pictures begin after their words.
    lasts
        Seconds that each takes to come in.
    heard
        Seconds by which each line is heard after its cue.
    step
        Seconds by which the step is.
    moves
        Whether a ground drifts behind all of it.
    pictures
        Whether there are any.
    ease
        Of their coming in.
    """

    late: tuple[float, float] = (0.0, 0.0)
    lasts: float = 0.7
    heard: tuple[float, float, float] = (0.0, 0.0, 0.0)
    step: float = 0.0
    moves: bool = True
    pictures: tuple[bool, bool] = (True, True)
    ease: Callable[[float], float] = field(default=eased)

    def write(self, path: Path) -> FinishedFilm:
        """Write the film, and give what its manifest would tell of it: where all of it should be."""
        with av.open(str(path), "w") as out:
            video = out.add_stream("libx264", rate=FRAMES, options=dict(FINE))
            video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
            video.time_base = Fraction(1, FRAMES)
            sound = add_audio(out, self._sound())
            pictures = (packet for k in range(round(LENGTH * FRAMES)) for packet in video.encode(self._frame(k)))
            for packet in by_time([*pictures, *video.encode(None)], sound):
                out.mux(packet)
        marks = [
            Mark(word, f"mark{n}", "word", True, (x / WIDTH, y / HEIGHT, (x + w) / WIDTH, (y + h) / HEIGHT))
            for n, (word, (x, y, w, h)) in enumerate(zip(WORDS, PLACES, strict=True))
        ]
        lines = tuple(Cue(start, start + 1.4, text, "only", text) for start, text in LINES)
        return FinishedFilm("Tiny", path, (FilmedScene("one", 0.0, LENGTH, lines, tuple(marks), (STEP,)),), "babble")

    def _frame(self, number: int) -> av.VideoFrame:
        time = number / FRAMES
        picture = _ground(3.0 * time) if self.moves else np.full((HEIGHT, WIDTH), 24.0)
        for word, late, there, (x, y, w, h) in zip(WORDS, self.late, self.pictures, PLACES, strict=True):
            if there:
                opacity = self.ease(float(np.clip((time - word - late) / self.lasts, 0, 1)))
                picture[y : y + h, x : x + w] += opacity * _GLYPHS[:h, :w] * (225 - picture[y : y + h, x : x + w])
        shades = np.clip(picture, 0, 255).astype(np.uint8)
        frame = av.VideoFrame.from_ndarray(np.repeat(shades[..., None], 3, axis=2))
        frame.pts, frame.time_base = number, Fraction(1, FRAMES)
        return frame

    def _sound(self) -> NDArray[np.float32]:
        voice = Babble()
        said = [(start + late, voice.say(text)) for (start, text), late in zip(LINES, self.heard, strict=True)]
        whole = lay_lines(said, LENGTH)
        chance = np.random.default_rng(1)
        wind = np.convolve(chance.standard_normal(len(whole)), np.hanning(400) / 200, "same")
        whole += (0.01 * wind / wind.std()).astype(np.float32)
        boot, at = footstep(chance, 1.0, landing=False, rate=RATE), round((STEP + self.step) * RATE)
        whole[at : at + len(boot)] += boot
        return np.stack([whole, whole], axis=1)


_GLYPHS = np.kron(np.random.default_rng(2).random((12, 36)) < 0.4, np.ones((3, 3))).astype(float)


def _ground(by: float) -> NDArray[np.float64]:
    """Soft hills that have drifted so many pixels."""
    x, y = np.meshgrid(np.arange(WIDTH) + by, np.arange(HEIGHT))
    hills = np.sin(x / 23) * np.cos(y / 17) + 0.5 * np.sin(x / 7 + y / 11)
    return np.asarray(60 + 14 * hills, dtype=np.float64)


def but(**off: object) -> Made:
    """A film in which all is as it should be, but for this."""
    return replace(Made(), **off)
