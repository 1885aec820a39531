"""A finished film held against its words: each marked picture, each line and each step, and how far they are off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from scenes.check.fault import Fault
from scenes.check.film.finished import FilmedScene, FinishedFilm
from scenes.check.film.frames import film_rate, stretch
from scenes.check.film.onset import AFTER, BEFORE, onset
from scenes.check.film.sound import AROUND, STEP_AROUND, Sound, line_shift, sound_of, step_shift
from scenes.narration.cues import Mark
from scenes.narration.speech import Voice

#: Seconds by which a picture may begin off its word, and a sound off its cue.
PICTURE_NEAR, SOUND_NEAR = 0.08, 0.04
#: Frames that a picture may be off its word all the same: coarser than that no film can be.
FRAMES_NEAR = 2


@dataclass(frozen=True)
class SceneMeasured:
    """What was measured of a scene in a finished film. All in seconds.

    Attributes
    ----------
    slug
        Of the scene.
    pictures, seen
        By how much each marked picture begins after its word as it is heard; and is there for everybody to see.
    lines, steps
        By how much each line, and each step that can be told apart, is heard after its cue.
    unsaid
        How many marks there are of which the scene doesn't say what lands on them.
    faults
        What is off, or doesn't happen.
    """

    slug: str
    pictures: tuple[float, ...]
    seen: tuple[float, ...]
    lines: tuple[float, ...]
    steps: tuple[float, ...]
    unsaid: int
    faults: tuple[Fault, ...]


def off(seconds: Sequence[float]) -> str:
    """The median and the worst of some differences.

    >>> off([0.012, -0.049, 0.003])
    'median 12 ms, worst 49 ms of 3'
    """
    sizes = [1000 * abs(each) for each in seconds]
    return f"median {median(sizes):.0f} ms, worst {max(sizes):.0f} ms of {len(sizes)}"


def measured(film: FinishedFilm, voice: Voice | None) -> Iterator[SceneMeasured]:
    """Measure each scene of a film.

    Parameters
    ----------
    voice
        Who speaks in it, to find its lines by their sound; ``None`` where nobody does.
    """
    heard = None if voice is None else sound_of(film.path)
    for scene in film.scenes:
        yield _Measuring(film.path, scene, heard, voice).result()


class _Measuring:
    """The measuring of one scene. What it finds is kept in its own seconds, as all checks tell it."""

    def __init__(self, film: Path, scene: FilmedScene, heard: Sound | None, voice: Voice | None) -> None:
        self.film, self.scene, self.heard, self.voice = film, scene, heard, voice
        self.faults: list[Fault] = []

    def result(self) -> SceneMeasured:
        """What was measured."""
        shifts = list(self._lines())
        begins = list(self._pictures(shifts))
        return SceneMeasured(
            self.scene.slug,
            tuple(begin for begin, _ in begins),
            tuple(seen for _, seen in begins),
            tuple(shift for _, shift in shifts),
            tuple(self._steps()),
            sum(not mark.lands for mark in self.scene.marks),
            tuple(sorted(self.faults, key=lambda fault: fault.time)),
        )

    def _lines(self) -> Iterator[tuple[float, float]]:
        """When each line that is heard has its cue, and how much later it is heard."""
        if self.voice is None:
            return
        for line in self.scene.lines:
            shift = None
            if self.heard is not None:
                shift = line_shift(self.heard, line.start, self.voice.say(line.spoken or line.text))
            if shift is None:
                self._keep("sound", line.text, f"it is not heard within {AROUND:g} s of its cue", line.start)
                continue
            if abs(shift) > SOUND_NEAR:
                self._keep("sound", line.text, f"it is heard {_off(shift)} its cue", line.start)
            yield line.start, shift

    def _pictures(self, shifts: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
        """By how much each picture begins after its word, and by how much it can be seen after it."""
        near = max(PICTURE_NEAR, FRAMES_NEAR / film_rate(self.film))
        for mark in self.scene.marks:
            if not mark.lands:
                continue
            word = mark.time + next((shift for start, shift in reversed(shifts) if start <= mark.time), 0.0)
            words = f"[{mark.name}] {mark.word}"
            if mark.box is None:
                self._keep("onset", words, "nothing of what lands on it is in the frame", mark.time)
                continue
            shown = stretch(self.film, max(word - BEFORE, 0.0), word + AFTER, mark.box)
            begins = onset(shown, word)
            if begins is None:
                self._keep("onset", words, "its picture changes nothing in the film", mark.time, mark)
                continue
            if abs(begins.time - word) > near:
                self._keep("onset", words, f"its picture begins {_off(begins.time - word)} the word", mark.time, mark)
            yield begins.time - word, begins.seen - word

    def _steps(self) -> Iterator[float]:
        """By how much each step that can be told apart is heard after its boot comes down."""
        if self.heard is None:
            return
        for step in alone(self.scene.steps):
            if any(line.start - STEP_AROUND < step < line.end + STEP_AROUND for line in self.scene.lines):
                continue
            shift = step_shift(self.heard, step)
            if shift is None:
                continue
            if abs(shift) > SOUND_NEAR:
                self._keep("sound", "a step", f"it is heard {_off(shift)} its boot", step)
            yield shift

    def _keep(self, rule: str, words: str, found: str, time: float, mark: Mark | None = None) -> None:
        self.faults.append(Fault(rule, words, found, time - self.scene.start, None if mark is None else mark.box))


def alone(steps: Sequence[float]) -> list[float]:
    """Those of some moments, in seconds, about which no other step is heard: of two in a hurry either may be loudest.

    >>> alone([1.0, 2.0, 2.1, 3.0])
    [1.0, 3.0]
    """
    return [step for step in steps if sum(abs(step - other) < STEP_AROUND for other in steps) == 1]


def _off(seconds: float) -> str:
    return f"{abs(seconds):.2f} s {'after' if seconds > 0 else 'before'}"
