"""Films under fire: every scene in a process of its own, and whatever dies, nothing is lost or half written.

The scenes are real ones of two frames; each costs a second or two, most of it for loading what it draws with.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scenes.production.takes import worker
from scenes.production.takes.cache import TakeCache
from scenes.production.takes.events import Event, Failed, Finished, Logged, Started
from scenes.production.takes.pool import render_all
from scenes.production.takes.take import Take
from tests.scenes.production.takes.runs import ROOT, Run, nothing_half_written
from tests.scenes.production.takes.tiny_films import PACKAGE, SETTINGS, TinyFilm

# What is drawn, and what is not.


def test_scenes_are_drawn_once_and_again_only_when_they_change(tiny: TinyFilm, cache: Path) -> None:
    part = tiny.part(a="self.wait(1)", b="", c="import tiny_film.helper")
    tiny.marker("helper.py").write_text("x = 1")
    first = Run(part, cache)
    assert first.order == list(part.scenes)
    assert first.frames == [7, 2, 2]
    assert first.drawn == {"a", "b", "c"}
    nothing_half_written(cache)

    again = Run(part, cache)
    assert again.drawn == set()
    assert again.films == first.films

    tiny.write("b", "self.wait(0.2)")
    changed = Run(part, cache)
    assert changed.why == {"b": "code changed: tiny_film/b.py"}
    assert changed.drawn == {"b"}
    assert changed.frames == [7, 3, 2]

    tiny.marker("helper.py").write_text("x = 2")
    assert Run(part, cache).why == {"c": "code changed: tiny_film/helper.py"}
    tiny.write("b", "")  # as it was: its first take is still there
    assert Run(part, cache).drawn == set()


def test_nothing_heavy_is_loaded_when_nothing_changed(tiny: TinyFilm, cache: Path) -> None:
    part = tiny.part(a="")
    Run(part, cache)
    code = (
        "import sys\nfrom pathlib import Path\nfrom scenes.production.takes.pool import render_all\n"
        "from scenes.production.takes.cache import TakeCache\nfrom scenes.part import Part, SceneRef\n"
        "from tests.scenes.production.takes.tiny_films import SETTINGS\n"
        f"ref = SceneRef('a', '{PACKAGE}.a', 'Only', 'A')\n"
        "with TakeCache(Path(sys.argv[1])) as cache:\n"
        "    (take,) = render_all(Part(9, 't', 'T', '', (ref,)), SETTINGS, cache=cache)\n"
        "print([m for m in ('torch', 'manim', 'av', 'rich') if m in sys.modules])"
    )
    env = {**os.environ, "PYTHONPATH": f"{tiny.folder}{os.pathsep}{ROOT}"}
    done = subprocess.run([sys.executable, "-c", code, str(cache)], capture_output=True, text=True, env=env)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_damaged_take_is_made_again(tiny: TinyFilm, cache: Path) -> None:
    part = tiny.part(a="")
    first = Run(part, cache)
    (film,) = cache.rglob("take.mp4")
    film.write_bytes(film.read_bytes()[:-1] + b"?")
    again = Run(part, cache)
    assert again.why == {"a": "its take was damaged"}
    assert again.films == first.films
    assert len(list(cache.rglob("take.mp4"))) == 1


def test_a_scene_that_is_edited_while_it_is_drawn_is_drawn_again(tiny: TinyFilm, cache: Path) -> None:
    part = tiny.part(a="if not (HERE / 'done').exists():\n    (HERE / 'a.py').open('a').write('# more')")
    first = Run(part, cache)
    assert first.frames == [2]
    assert any("changed while it was drawn" in event.text for event in first.events if isinstance(event, Logged))
    tiny.marker("done").touch()
    assert Run(part, cache).drawn == {"a"}
    assert Run(part, cache).drawn == set()


# What fails costs its scene, and nothing else.

FAULTS = {
    "raises": ("print('so far'); raise RuntimeError('the bridge is out')", "RuntimeError: the bridge is out"),
    "exits": ("raise SystemExit(0)", "SystemExit: 0"),
    "killed": ("os.kill(os.getpid(), signal.SIGKILL)", "Its process was ended by SIGKILL (out of memory?)."),
    "gone": ("os._exit(0)", "Its process ended by itself, with exit code 0, before the scene was done."),
}


def test_each_fault_costs_its_scene_and_the_next_run_ends_well(tiny: TinyFilm, cache: Path) -> None:
    bodies = {name: f"if not (HERE / 'mended').exists():\n    {body}" for name, (body, _) in FAULTS.items()}
    part = tiny.part(fine="", **bodies, alright="")
    run = Run(part, cache)
    assert run.failed is not None
    assert run.drawn == {"fine", "alright"}
    assert {one.ref.slug: one.reason for one in run.failed.failures} == {name: why for name, (_, why) in FAULTS.items()}
    message = str(run.failed)
    assert message.startswith("4 of 6 scenes failed; the others are kept")
    for one in run.failed.failures:
        assert f"{one.ref.slug!r} could not be rendered. {one.reason}\n    Log: {one.log}" in message
        assert one.log is not None
        assert one.log.exists()
    log = cache.joinpath("logs", next(one.log.name for one in run.failed.failures if one.log)).read_text()
    assert "so far" in log
    assert 'raises.py", line' in log
    assert "RuntimeError: the bridge is out" in log
    nothing_half_written(cache)

    tiny.marker("mended").touch()
    next_run = Run(part, cache)
    assert next_run.failed is None
    assert next_run.drawn == FAULTS.keys()
    assert next_run.frames == [2] * 6


# The clock.


@pytest.mark.parametrize("step", [86_400.0, -86_400.0], ids=["forward", "back"])
def test_a_clock_that_jumps_harms_nothing(
    step: float, tiny: TinyFilm, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each look, here and in the process that draws, it is another day."""
    jumping = (
        f"now = [time.time()]\ndef jump():\n    now[0] += {step}\n    return now[0]\ntime.time = jump\nself.wait(0.4)"
    )
    part = tiny.part(a=jumping)
    now = [time.time()]

    def jump() -> float:
        now[0] += step
        return now[0]

    with monkeypatch.context() as patch:
        patch.setattr(time, "time", jump)
        run = Run(part, cache)
    assert run.frames == [4]
    assert all(0 <= event.took < 60 for event in run.events if isinstance(event, Finished))
    assert Run(part, cache).drawn == set()
    nothing_half_written(cache)


# The order of work.


def test_the_longest_is_drawn_first_and_no_more_than_jobs_at_once(
    tiny: TinyFilm, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = tiny.part(short="", longest="#" * 9000, middle="#" * 3000)
    # Not drawn, for once: this is about who comes when.
    (tiny.folder / "painting.py").write_text(
        "from scenes.production.takes.take import Take\nfrom scenes.narration.cues import CueSheet\nimport time\n"
        "def paint(job, pipe):\n"
        "    job.folder.mkdir()\n    path = job.folder / 'x.mp4'\n    path.write_bytes(b'x')\n"
        "    path.with_suffix('.jpg').touch()\n"
        "    time.sleep({'longest': 0.9, 'short': 0.5}.get(job.ref.slug, 0))\n"
        "    pipe.send(('done', Take(job.ref, path, CueSheet())))\n"
    )
    from painting import paint  # type: ignore[import-not-found]

    monkeypatch.setattr(worker, "run_job", paint)

    def order(jobs: int) -> tuple[list[str], int]:
        events: list[Event] = []
        with TakeCache(cache) as opened:
            made = render_all(part, SETTINGS, cache=opened, jobs=jobs, on_event=events.append)
            assert all(isinstance(take, Take) for take in made)
        now = most = 0
        for event in events:
            now += isinstance(event, Started) - isinstance(event, Finished | Failed)
            most = max(most, now)
        return [event.ref.slug for event in events if isinstance(event, Started)], most

    assert order(1) == (["longest", "middle", "short"], 1)  # by the length of their source
    for slug in ("short", "longest", "middle"):
        tiny.write(slug, "# changed")
    assert order(2) == (["longest", "short", "middle"], 2)  # by what they cost the last time


def test_takes_of_some_scenes_only(tiny: TinyFilm, cache: Path) -> None:
    part = tiny.part(a="", b="")
    with TakeCache(cache) as opened:
        (take,) = render_all(part, SETTINGS, cache=opened, scenes=[part.scenes[1]])
        assert take.ref.slug == "b"
