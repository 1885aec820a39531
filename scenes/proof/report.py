"""The report on a film: every scene played and looked at, in each look, all at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

from scenes.series import SceneRef


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


def check(
    refs: Sequence[SceneRef], themes: Sequence[str], voice: str | None, jobs: int, rate: int = 4
) -> Iterator[SceneReport]:
    """Look at scenes in several looks, ``jobs`` at once and ``rate`` times a second; in the order of the film.

    Parameters
    ----------
    voice
        Whose timing the scenes play to: a name of ``scenes.film.voice.VOICES``; None is the best that is installed.
    """
    asked = [(ref, theme) for theme in themes for ref in refs]
    with ProcessPoolExecutor(min(jobs, len(asked)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(check_scene, voice=voice, rate=rate), *zip(*asked, strict=True))


def check_scene(ref: SceneRef, theme: str, *, voice: str | None = "none", rate: int = 4) -> SceneReport:
    """Look at one scene in one look, in this process."""
    from scenes.ledger import Ledger
    from scenes.proof.geometry import Geometry
    from scenes.proof.legibility import Legibility
    from scenes.proof.looking import Look, watch
    from scenes.proof.rhythm import Limits, Motion, rhythm
    from scenes.proof.truth import Truth
    from scenes.theme import wearing

    gate, motion, truth, geometry = Legibility(), Motion(), Truth(), Geometry()
    ledger = Ledger()

    def see(look: Look) -> None:
        nonlocal ledger
        ledger = getattr(look.scene, "ledger", ledger)
        for one in (gate, motion, truth, geometry):
            one.see(look)

    with wearing(theme):
        sheet = watch(ref.load(), see, rate=rate, voice=voice)
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
