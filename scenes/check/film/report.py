"""The report on a finished film, as lines: of each scene, and of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from descent_core.counted import counted
from scenes.check.film.finished import FinishedFilm
from scenes.check.film.measured import SceneMeasured, off
from scenes.check.film.stillness import stillness
from scenes.narration.timecode import timecode


def scene_lines(scene: SceneMeasured) -> Iterator[str]:
    """What was measured of a scene: how much, and the figures; its faults are told apart."""
    unsaid = f", {counted(scene.unsaid, 'mark')} without a picture that is said" if scene.unsaid else ""
    yield (
        f"{scene.slug}, in the film: {counted(len(scene.pictures), 'picture')}, "
        f"{counted(len(scene.lines), 'line')}, {counted(len(scene.steps), 'step')}{unsaid}"
    )
    if scene.pictures:
        yield f"   pictures  {off(scene.pictures)} off their words; plain to see {off(scene.seen)} after them"
    if scene.lines:
        yield f"   lines     {off(scene.lines)} off their cues"
    if scene.steps:
        yield f"   steps     {off(scene.steps)} off the boots that make them"


def film_lines(film: FinishedFilm, scenes: Sequence[SceneMeasured]) -> Iterator[str]:
    """The whole of a film: its length and pace, its pictures and sounds, and how much of it is frozen."""
    length = film.scenes[-1].end
    said = sum(len(line.text.split()) for scene in film.scenes for line in scene.lines)
    yield f"{film.title}: {timecode(length)} long, {60 * said / length:.0f} words a minute, pauses among them"
    if pictures := [each for scene in scenes for each in scene.pictures]:
        yield f"   pictures  {off(pictures)}"
    if lines := [each for scene in scenes for each in scene.lines]:
        yield f"   lines     {off(lines)}; the first {1000 * lines[0]:+.0f} ms, the last {1000 * lines[-1]:+.0f} ms"
    frozen = stillness(film.path)
    begin, end = frozen.longest
    longest = f"; the longest {end - begin:.1f} s, at {timecode(begin)}" if frozen.stretches else ""
    yield (
        f"   frozen    {100 * frozen.share:.1f} %, in {counted(len(frozen.stretches), 'stretch', 'stretches')}{longest}"
    )
