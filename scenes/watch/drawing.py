"""What runs beside the watching program: a process that has loaded all it can, waits, and draws one scene."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from scenes.production.processes import (
    ONE_THREAD,
    end_with_program,
    leave_terminal,
    print_into,
    share_no_locks,
)
from scenes.production.trouble import Trouble
from scenes.watch.task import Beats, Done, Film, Loaded, Mark, Marks, Picture, Scenes, Standing, Task, Told

if TYPE_CHECKING:
    from scenes.narration.speech import Voice
    from scenes.part import SceneRef
    from scenes.production.frames.beat_pictures import BeatPicture

#: What every scene needs. A scene's own modules, and those of its film, are loaded when it is drawn.
COMMON = (
    "scenes.engine.compile_kernels",
    "scenes.narration.narrator",
    "scenes.production.frames.beat_film",
    "scenes.production.frames.beat_pictures",
    "scenes.stage.explainer_scene",
)
#: The project's packages whose modules belong to one scene or film, and are loaded with it.
_OWN = ("scenes.examples",)
#: Of pictures: nobody sees a difference from the film.
_JPEG = {"quality": 94, "subsampling": 0}


def stand_by(standing: Standing, pipe: Connection[Any, Any]) -> None:
    """Load what is shared, wait for a `Task`, and tell what becomes of it; in a process of its own."""
    leave_terminal()
    threading.Thread(target=end_with_program, args=(pipe, os.getppid()), daemon=True).start()
    os.environ.clear()
    os.environ.update({**standing.environment, **ONE_THREAD})
    tempfile.tempdir = str(standing.log.parent)  # where the program cleans up: this process may be killed
    try:
        print_into(standing.log)
        share_no_locks()
        with suppress(Exception):  # whatever is wrong with it, the scene will meet it again, and it is told then
            _warm_up(standing)
        task: Task = standing.tasks.recv()
        draw(task, pipe.send)
        pipe.send(Done())
    except EOFError:
        pass
    except BaseException as error:  # a scene may raise anything, SystemExit too
        with suppress(OSError):
            pipe.send(Trouble.of(error))
    os._exit(0)


def _warm_up(standing: Standing) -> None:
    """Load modules and fonts, and what numba compiled, and bake the ground that the scene stood on last."""
    for name in (*COMMON, *standing.modules):
        import_module(name)
    from manim import Text

    from scenes.engine.compile_kernels import compile_all
    from scenes.theme import register_fonts

    register_fonts()
    Text.font_list()
    compile_all()
    if standing.landscapes:
        from descent_core.library import landscape
        from scenes.parts.ground.mountain import bake_ahead
        from scenes.theme import using_theme

        with using_theme(standing.theme):
            for label in standing.landscapes:
                bake_ahead(landscape(label))


def draw(task: Task, tell: Callable[[Told], object]) -> None:
    """Draw what is asked for, and tell each thing as soon as it is there."""
    from scenes.narration.narrator import narrator

    voice = narrator(task.voice, anew=False)
    with task.asked.scenes(task.recordings) as found:
        ref = found.scene(task.scene or task.asked.scene)
        tell(Scenes(found.title, tuple((each.slug, each.title) for each in found.refs), ref.slug))
        if task.film is not None:
            tell(_film(ref, task, voice))
            return
        scene = _draw_pictures(ref, task, voice, tell)
        tell(_loaded(ref, scene))
        if task.checks:
            tell(_marks(ref, task, voice))


def _draw_pictures(ref: SceneRef, task: Task, voice: Voice, tell: Callable[[Told], object]) -> Any:
    """The picture of each beat, one of them first, and then what beats there are. Returns the scene."""
    from scenes.production.frames.beat_pictures import draw_beats

    story = _story()
    ahead: set[str] = set()

    def told(drawn: BeatPicture) -> None:
        if drawn.beat in ahead:
            return
        ahead.add(drawn.beat)
        file = f"{ref.slug}-{os.getpid()}-{len(ahead)}.jpg"
        drawn.picture.save(task.folder / file, "JPEG", **_JPEG)
        cues = story.scene.cue_sheet().cues if hasattr(story.scene, "cue_sheet") else ()
        start = dict(story.began).get(drawn.beat, 0.0)
        tell(Picture(drawn.beat, start, file, drawn.time, tuple(cue.text for cue in cues if cue.beat == drawn.beat)))

    if task.first is not None:
        draw_beats(ref, task.settings, told, voice, beats=(task.first,), observers=[story])
    story = _story()
    draw_beats(ref, task.settings, told, voice, observers=[story])
    tell(Beats(tuple(story.began) or (("", 0.0),)))
    return story.scene


def _story() -> Any:
    """An observer that keeps the scene, and when its beats began."""
    from scenes.stage.observation import Observer

    class Story(Observer):
        scene: Any = None

        def __init__(self) -> None:
            self.began: list[tuple[str, float]] = []

        def on_play(self, scene: Any, seconds: float) -> None:  # noqa: ARG002
            self.scene = scene

        def on_beat(self, scene: Any, name: str, loop: bool) -> None:  # noqa: ARG002
            self.scene = scene
            self.began.append((name, float(scene.time)))

    return Story()


def _film(ref: SceneRef, task: Task, voice: Voice) -> Film:
    from scenes.production.frames.beat_film import film_beat

    assert task.film is not None
    file = f"{ref.slug}-{os.getpid()}.mp4"
    film_beat(ref, task.settings, task.folder / file, task.film, voice)
    return Film(task.film, file)


def _loaded(ref: SceneRef, scene: Any) -> Loaded:
    """What the scene is made of. What it shares with other scenes may be loaded before it is drawn again."""
    from scenes.production.takes.sources import OURS, Sources

    found = Sources().reached(ref.module, ref.local_modules)
    files = {source.module: str(source.path) for source in found.values()}
    film = ref.module.rpartition(".")[0] or ref.module
    own = (film, ref.module, *_OWN)
    shared = [
        module
        for module in files
        if module.split(".")[0] in OURS and module in sys.modules and not module.startswith(own)
    ]
    return Loaded(files, tuple(shared), tuple(getattr(scene, "landscapes", ())))


def _marks(ref: SceneRef, task: Task, voice: Voice) -> Marks:
    from scenes.check.report import check_scene

    report = check_scene(ref, task.settings.theme, voice=voice)
    marks = []
    for fault in report.found:
        # The check plays with fewer frames, so its beats begin a little earlier or later than those of the pictures.
        beat = max((begin for begin in report.begins if begin[1] <= fault.time), key=itemgetter(1), default=("", 0.0))
        marks.append(Mark(beat[0], fault.rule, fault.words, fault.found, fault.time, fault.box))
    return Marks(tuple(marks))
