"""The report on a film: every scene played and checked, in each theme, all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from descent_core.errors import DescentError
from scenes.part import SceneRef

if TYPE_CHECKING:
    from scenes.check.check import Check
    from scenes.check.fault import Fault
    from scenes.check.playback import Moment
    from scenes.narration.speech import Voice


@dataclass(frozen=True)
class SceneReport:
    """What was found in one scene, in one theme.

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
    length
        Seconds that the scene takes.
    constants
        Numbers that no run gave, with their reasons, as lines.
    found
        What the lines of ``faults`` are made of.
    begins
        Each beat, and when it began.
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
    length: float
    constants: tuple[str, ...] = ()
    found: tuple[Fault, ...] = ()
    begins: tuple[tuple[str, float], ...] = ()


def check_scenes(
    refs: Sequence[SceneRef], themes: Sequence[str], voice: str | None, jobs: int, rate: int = 4
) -> Iterator[SceneReport]:
    """Check scenes in several themes, ``jobs`` at once and ``rate`` moments a second; in the order of the film.

    Parameters
    ----------
    voice
        Whose timing the scenes play to: a name of `scenes.narration.voices.registry.VOICES`; None is the best that is
        installed.
    """
    asked = [(ref, theme) for theme in themes for ref in refs]
    with ProcessPoolExecutor(min(jobs, len(asked)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(_check_or_tell, voice=voice, rate=rate), *zip(*asked, strict=True))


def _check_or_tell(ref: SceneRef, theme: str, *, voice: str | None, rate: int) -> SceneReport:
    """The report on a scene; on one that cannot be played, what was raised and where: the other scenes go on."""
    try:
        return check_scene(ref, theme, voice=voice, rate=rate)
    except DescentError:
        raise
    except Exception as error:
        from scenes.check.fault import Fault

        frames = [frame for frame in extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
        at = f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else "manim"
        fault = Fault("crash", ref.name, f"{type(error).__name__} in {at}: {error}", 0.0)
        return SceneReport(ref.slug, theme, 0, 0, 0, (str(fault),), (), (), (), 0.0)


def check_scene(
    ref: SceneRef,
    theme: str,
    *,
    voice: str | Voice | None = "none",
    rate: int = 4,
    also: Callable[[Moment], object] | None = None,
) -> SceneReport:
    """Check one scene in one theme, in this process.

    Parameters
    ----------
    voice, rate
        As for `check_scenes`; or the voice itself.
    also
        Sees every moment after the checks did.
    """
    from scenes.check.amounts.bar_charts import BarCharts
    from scenes.check.amounts.drawn import Amounts
    from scenes.check.amounts.families import Families
    from scenes.check.amounts.fractions import Fractions
    from scenes.check.amounts.on_the_counter import OnTheCounter
    from scenes.check.amounts.printed import Printed
    from scenes.check.amounts.score_rings import ScoreRings
    from scenes.check.amounts.still_knobs import StillKnobs
    from scenes.check.check import watch
    from scenes.check.numbers.series import Series
    from scenes.check.numbers.sources import Truth
    from scenes.check.numbers.values import Values
    from scenes.check.picture.beneath import Beneath
    from scenes.check.picture.continuity import Continuity
    from scenes.check.picture.covered import Covered
    from scenes.check.picture.depth import Depth
    from scenes.check.picture.fades import Fades
    from scenes.check.picture.fogged import Fogged
    from scenes.check.picture.legibility import Legibility
    from scenes.check.picture.naming import Naming
    from scenes.check.picture.ties import Ties
    from scenes.check.picture.unseen import Unseen
    from scenes.check.places.ground import Geometry
    from scenes.check.places.staged import Staged
    from scenes.check.places.together import Together
    from scenes.check.spoken.agreeing import Agreeing
    from scenes.check.spoken.captions import Captions
    from scenes.check.spoken.ended import Ended
    from scenes.check.spoken.heard import Heard
    from scenes.check.spoken.home import Home
    from scenes.check.spoken.named import Named
    from scenes.check.spoken.outcomes import Outcomes
    from scenes.check.spoken.said import Said
    from scenes.check.spoken.worth import Worth
    from scenes.check.telling.arrives import Arrives
    from scenes.check.telling.check import Telling
    from scenes.check.telling.compared import Compared
    from scenes.check.telling.counted import Counted
    from scenes.check.telling.judged import Judged
    from scenes.check.telling.lettering import Lettering
    from scenes.check.telling.rings import Rings
    from scenes.check.timing.ahead import Ahead
    from scenes.check.timing.darkness import Darkness
    from scenes.check.timing.on_time import OnTime
    from scenes.check.timing.reading_time import ReadingTime
    from scenes.check.timing.rhythm import Limits, Motion, rhythm
    from scenes.check.timing.starts import Starts
    from scenes.check.ways.along import Along
    from scenes.check.ways.pointers import Pointers
    from scenes.check.ways.scales import Scales
    from scenes.check.ways.turns import Turns
    from scenes.check.ways.up_and_down import UpAndDown
    from scenes.check.wiring.code import Code
    from scenes.check.wiring.colours import Colours
    from scenes.check.wiring.field_names import FieldNames
    from scenes.check.wiring.floating import Floating
    from scenes.check.wiring.instruments import Instruments
    from scenes.check.wiring.keys import Keys
    from scenes.check.wiring.labels import Labels
    from scenes.check.wiring.loop_order import LoopOrder
    from scenes.check.wiring.strays import Strays
    from scenes.check.wiring.tables import Tables
    from scenes.check.wiring.trackless import Trackless
    from scenes.check.wiring.unsourced import Unsourced
    from scenes.check.wiring.wiped import Wiped
    from scenes.narration.narrator import narrator
    from scenes.theme import using_theme

    legibility, motion, truth, geometry, values = Legibility(), Motion(), Truth(), Geometry(), Values()
    checks: tuple[Check, ...] = (
        *(legibility, motion, truth, geometry, values),
        *(Staged(), Together()),
        *(Beneath(), Covered(), Depth(), Fogged(), Naming(), Ties(), Continuity(), Fades(), Unseen()),
        *(OnTime(), Telling(), Rings(), Darkness(), ReadingTime()),
        *(Instruments(), Heard(), Trackless(), Labels(), Floating(), Said(), Captions(), Colours(), Keys(), Code()),
        *(Outcomes(), Ended(), Agreeing(), LoopOrder()),
        *(Named(), Tables(), Lettering(), Counted()),
        *(Unsourced(), Starts(), Judged(), Compared(), FieldNames(), Arrives()),
        *(Worth(), Home(), Ahead(), Families()),
        *(UpAndDown(), Turns(), Along(), Scales(), Pointers(), Strays(), Wiped(), Series()),
        *(Amounts(), StillKnobs(), BarCharts(), Printed(), OnTheCounter(), Fractions(), ScoreRings()),
    )
    speaker = narrator(voice) if voice is None or isinstance(voice, str) else voice
    with using_theme(theme):
        sheet = watch(ref.load(), checks, rate=rate, voice=speaker, also=also)
    faults = [fault for check in checks for fault in check.faults.values()]
    beats = rhythm(sheet, motion.moved, 1 / rate)
    return SceneReport(
        ref.slug,
        theme,
        legibility.read,
        truth.traced,
        geometry.measured,
        tuple(str(fault) for fault in faults),
        tuple(f"{rule}: {words!r}, {reason}" for check in checks for (rule, words), reason in check.waived.items()),
        tuple(
            f"{beat.name:24s} {beat.length:5.1f} s  {beat.pace:4.0f} words a minute  "
            f"still {beat.still:4.1f} s  neither {beat.idle:4.1f} s  moving {100 * beat.moving:3.0f} %"
            for beat in beats
        ),
        tuple(f"{beat.name!r} is {what}" for beat in beats for what in beat.over(Limits())),
        sheet.length,
        tuple(values.constants),
        tuple(faults),
        tuple((beat.name, beat.start) for beat in sheet.beats),
    )
