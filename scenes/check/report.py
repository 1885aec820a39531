"""The report on a film: every scene played and looked at, in each look, all at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

from scenes.part import SceneRef


@dataclass(frozen=True)
class SceneReport:
    """What was seen of one scene in one look.

    Attributes
    ----------
    read, traced, measured
        Lines of type that were read, numbers that have a source, and places that were measured against a recording.
    faults, waived
        What is not legible or not true, and what is so for a reason, as lines.
    beats
        The rhythm of each beat, as lines.
    over
        What is beyond the film's limits, as lines.
    """

    slug: str
    theme: str
    read: int
    traced: int
    measured: int
    faults: tuple[str, ...]
    waived: tuple[str, ...]
    beats: tuple[str, ...]
    over: tuple[str, ...]


def check_scenes(
    refs: Sequence[SceneRef], themes: Sequence[str], voice: str | None, jobs: int, rate: int = 4
) -> Iterator[SceneReport]:
    """Look at scenes in several looks, ``jobs`` at once and ``rate`` times a second; in the order of the film.

    Parameters
    ----------
    voice
        Whose timing the scenes play to: a name of ``scenes.narration.narrator.VOICES``; None is the best that is installed.
    """
    asked = [(ref, theme) for theme in themes for ref in refs]
    with ProcessPoolExecutor(min(jobs, len(asked)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(check_scene, voice=voice, rate=rate), *zip(*asked, strict=True))


def check_scene(ref: SceneRef, theme: str, *, voice: str | None = "none", rate: int = 4) -> SceneReport:
    """Look at one scene in one look, in this process."""
    from scenes.check.geometry import Geometry
    from scenes.check.legibility import Legibility
    from scenes.check.playback import Moment, play
    from scenes.check.rhythm import Limits, Motion, rhythm
    from scenes.check.truth import Truth
    from scenes.narration.narrator import narrator
    from scenes.stage.number_sources import NumberSources
    from scenes.theme import using_theme

    gate, motion, truth, geometry = Legibility(), Motion(), Truth(), Geometry()
    ledger = NumberSources()

    def see(look: Moment) -> None:
        nonlocal ledger
        ledger = getattr(look.scene, "sources", ledger)
        for one in (gate, motion, truth, geometry):
            one.see(look)

    with using_theme(theme):
        sheet = play(ref.load(), see, rate=rate, voice=narrator(voice))
    truth.over(ledger)
    found = [*gate.faults.values(), *truth.faults.values(), *geometry.faults.values()]
    beats = rhythm(sheet, motion.moved, 1 / rate)
    return SceneReport(
        ref.slug,
        theme,
        gate.read,
        truth.traced,
        geometry.measured,
        tuple(str(fault) for fault in found),
        tuple(f"{rule}: {words!r}, {reason}" for (rule, words), reason in gate.waived.items()),
        tuple(
            f"{beat.name:24s} {beat.length:5.1f} s  {beat.pace:4.0f} words a minute  "
            f"still {beat.still:4.1f} s  neither {beat.idle:4.1f} s  moving {100 * beat.moving:3.0f} %"
            for beat in beats
        ),
        tuple(f"{beat.name!r} is {what}" for beat in beats for what in beat.over(Limits())),
    )
