"""Films under fire: every scene in a process of its own, and whatever dies, nothing is lost or half written.

The scenes are real ones of two frames; each costs a second or two, most of it for loading manim.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import pytest

from scenes.part import Part
from scenes.production.disk_errors import DiskError
from scenes.production.locks import exclusive
from scenes.production.takes import pool as takes
from scenes.production.takes.cache import TakeCache
from scenes.production.takes.events import Event, Failed, Finished, Logged, Planned, Started
from scenes.production.takes.pool import ScenesFailed, render_all
from scenes.production.takes.take import Take
from tests.scenes.production.takes.tiny_films import DRIVER, PACKAGE, TINY, TinyFilm

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TinyFilm:
    folder = tmp_path / "code"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))  # which the processes that draw inherit
    return TinyFilm(folder)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "takes"


class Run:
    """One run over a part, and what it told."""

    def __init__(
        self, part: Part, cache: Path, *, jobs: int = 2, at: Callable[[Event], object] = lambda _: None
    ) -> None:
        self.events: list[Event] = []
        self.failed: ScenesFailed | None = None
        self.films: list[bytes] = []
        with TakeCache(cache) as opened:
            try:
                made = render_all(
                    part, TINY, cache=opened, jobs=jobs, on_event=lambda e: (self.events.append(e), at(e))
                )
                self.order = [take.ref for take in made]
                self.films = [take.path.read_bytes() for take in made]
                self.frames = [frames(take.path) for take in made]
            except ScenesFailed as error:
                self.failed = error

    def slugs(self, kind: type[Event]) -> list[str]:
        return [event.ref.slug for event in self.events if isinstance(event, kind)]

    @property
    def drawn(self) -> set[str]:
        return set(self.slugs(Finished))

    @property
    def why(self) -> dict[str, str]:
        return {event.ref.slug: event.why for event in self.events if isinstance(event, Planned) and event.why}


def frames(path: Path) -> int:
    with av.open(str(path)) as film:
        return sum(1 for _ in film.decode(video=0))


def nothing_half_written(cache: Path) -> None:
    """All that lies in the cache is whole, and there is nothing else."""
    left = [path for path in cache.rglob("*") if path.is_file() and path.parent.name != "logs"]
    assert {path.name for path in left} <= {"take.mp4", "take.jpg", "cues.json", "take.json"}
    for path in left:
        if path.name == "take.mp4":
            assert frames(path) >= 2


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
        "from scenes.production.takes.cache import TakeCache\nfrom scenes.series import Part, SceneRef\n"
        "from tests.scenes.production.takes.tiny_films import TINY\n"
        f"ref = SceneRef('a', 'a', 'Only', 'A', package='{PACKAGE}')\n"
        "with TakeCache(Path(sys.argv[1])) as cache:\n"
        "    (take,) = render_all(Part(9, 't', 'T', '', (ref,)), TINY, cache=cache)\n"
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


# One worker draws many scenes.


def test_scenes_of_one_worker_know_nothing_of_each_other(tiny: TinyFilm, cache: Path) -> None:
    tell = "import builtins\nassert not hasattr(builtins, 'left')\nbuiltins.left = True\n"
    tell += "(HERE / f'{type(self).__module__}.pids').write_text(f'{os.getpid()} {os.getppid()}')"
    run = Run(tiny.part(a=tell, b=tell, c=tell), cache, jobs=1)
    assert run.failed is None
    pids = [path.read_text().split() for path in tiny.folder.rglob("*.pids")]
    own, workers = ({pid[k] for pid in pids} for k in (0, 1))
    assert (len(own), len(workers)) == (3, 1)


def test_a_worker_that_is_killed_costs_its_scene_whose_process_ends_too(tiny: TinyFilm, cache: Path) -> None:
    fault = (
        "if not (HERE / 'mended').exists():\n"
        "    (HERE / 'pid').write_text(str(os.getpid()))\n"
        "    os.kill(os.getppid(), signal.SIGKILL)\n"
        "    time.sleep(60)"
    )
    part = tiny.part(first=fault, second="")  # the longer one is drawn first
    run = Run(part, cache, jobs=1)
    assert run.failed is not None
    assert [(one.ref.slug, one.reason) for one in run.failed.failures] == [("first", FAULTS["killed"][1])]
    assert run.drawn == {"second"}
    wait_for(lambda: not alive(int(tiny.marker("pid").read_text())), seconds=3)
    nothing_half_written(cache)
    tiny.marker("mended").touch()
    assert Run(part, cache).drawn == {"first"}


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted as Linux shows them")
def test_a_worker_that_forks_has_one_thread() -> None:
    code = "import os; from scenes.film import worker; worker._be_modest(); worker._load(); "
    code += "import sys; print('manim' in sys.modules, len(os.listdir('/proc/self/task')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "True 1\n"


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


# Disks.


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A small disk of its own. Given mount options, it is mounted, or mounted anew, with them."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options: str) -> Path:
        again = "remount," if place.is_mount() else ""
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", again + options, "tmpfs", str(place)], capture_output=True, text=True
        )
        if done.returncode:
            pytest.skip(f"a disk of our own can only be mounted by root: {done.stderr.strip()}")
        return place

    if sys.platform != "linux":
        pytest.skip("tmpfs is there on Linux only")
    yield mount
    if place.is_mount():
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_becomes_full(tiny: TinyFilm, disk: Callable[[str], Path]) -> None:
    place = disk("size=20m")
    cache = place / "takes"
    fill = (
        f"if not (HERE / 'mended').exists():\n"
        f"    try:\n        Path('{place}', 'ballast').write_bytes(bytes(21 << 20))\n"
        "    except OSError:\n        pass\n"
        "self.wait(2)"
    )
    part = tiny.part(small="", large=fill)
    run = Run(part, cache, jobs=1)
    assert run.failed is not None
    failure = run.failed.failures[-1]
    assert failure.ref.slug == "large"
    assert failure.reason.startswith(f"No room is left in {cache}: ")
    assert "DESCENT_CACHE" in failure.reason
    nothing_half_written(cache)
    (place / "ballast").unlink()
    tiny.marker("mended").touch()
    again = Run(part, cache)
    assert again.frames == [2, 12]
    nothing_half_written(cache)


def test_a_lack_of_room_is_said_before_anything_is_drawn(
    tiny: TinyFilm, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = tiny.part(a="")
    Run(part, cache)
    tiny.write("a", "self.wait(1)")
    monkeypatch.setattr("scenes.production.disk_errors.shutil.disk_usage", lambda _: Free(1000))
    began: list[Event] = []
    with TakeCache(cache) as opened, pytest.raises(DiskError, match=r"1 kB free, about .* needed. .*DESCENT_CACHE"):
        render_all(part, TINY, cache=opened, on_event=lambda e: began.append(e) if isinstance(e, Started) else None)
    assert began == []


class Free:
    """What `shutil.disk_usage` tells."""

    def __init__(self, free: int) -> None:
        self.free = free


def test_a_cache_that_becomes_read_only(tiny: TinyFilm, disk: Callable[[str], Path]) -> None:
    cache = disk("size=20m") / "takes"
    part = tiny.part(a="# the longer one", b="")
    run = Run(part, cache, jobs=1, at=lambda event: disk("ro") if isinstance(event, Finished) else None)
    assert run.drawn == {"a"}
    assert run.failed is not None
    (failure,) = run.failed.failures
    assert failure.reason.startswith(f"Nothing can be written into {cache}: Read-only file system.")
    assert failure.log is None
    assert "Log:" not in str(run.failed)
    with pytest.raises(DiskError, match="Read-only file system"), TakeCache(cache):
        pass
    disk("rw")
    again = Run(part, cache)
    assert again.drawn == {"b"}
    assert again.frames == [2, 2]
    nothing_half_written(cache)


# The command line, whole processes of it.


class Program:
    """``render.py`` over a tiny film, as a process."""

    def __init__(self, tiny: TinyFilm, cache: Path, slugs: str, *words: str) -> None:
        driver = tiny.folder / "driver.py"
        driver.write_text(DRIVER)
        path = os.pathsep.join([str(tiny.folder), str(ROOT)])
        self.process = subprocess.Popen(
            [sys.executable, str(driver), slugs, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tiny.folder,
            env={**os.environ, "PYTHONPATH": path, "DESCENT_CACHE": str(cache.parent)},
            start_new_session=True,  # as a terminal has it: a group that Ctrl-C goes to
            # What a shell runs in the background is born deaf to it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )

    def ended(self) -> tuple[int, str, str]:
        said, complained = self.process.communicate(timeout=60)
        return self.process.returncode, said, complained


def wait_for(what: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


#: Draws a little, starts a process of its own, tells both numbers, and is then busy for a minute.
BUSY = (
    "self.play(Square().animate.shift([1, 0, 0]), run_time=0.4)\n"
    "if not (HERE / 'free').exists():\n"
    "    child = subprocess.Popen(['sleep', '60'])\n"
    "    (HERE / 'pids.new').write_text(f'{os.getpid()} {child.pid}')\n"
    "    (HERE / 'pids.new').rename(HERE / 'pids')\n"
    "    time.sleep(60)"
)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_nothing_behind_and_the_next_goes_on(
    by: signal.Signals, tiny: TinyFilm, cache: Path, tmp_path: Path
) -> None:
    tiny.part(quick="", busy=BUSY)
    out = tmp_path / "films"
    words = ("film", "9", "-q", "draft", "-o", str(out), "--voice", "none")
    program = Program(tiny, cache, "quick,busy", *words)
    wait_for(lambda: tiny.marker("pids").exists() and len(list(cache.glob("*quick*/*/*/take.mp4"))) == 1)
    pids = [int(pid) for pid in tiny.marker("pids").read_text().split()]
    assert all(alive(pid) for pid in pids)
    began = time.monotonic()
    if by == signal.SIGINT:
        os.killpg(program.process.pid, by)
    else:
        program.process.send_signal(by)
    code, said, complained = program.ended()
    wait_for(lambda: not any(alive(pid) for pid in pids), seconds=3)
    assert time.monotonic() - began < 4
    assert list(out.iterdir()) == []
    if by == signal.SIGKILL:
        assert code == -by
    else:
        assert code == 130
        assert said == ""
        assert complained.splitlines()[-1].startswith("Stopped. What was finished is kept")
        assert "Traceback" not in complained
        assert "Warning" not in complained
        assert list((cache / ".work").iterdir()) == []
    tiny.marker("free").touch()
    code, said, complained = Program(tiny, cache, "quick,busy", *words).ended()
    assert code == 0, complained
    assert "1 of 2 scenes to draw" in complained
    assert frames(out / "9-the-tiny" / "film.mp4") == 6
    nothing_half_written(cache)


def test_two_runs_at_once_into_one_folder_make_one_good_film(tiny: TinyFilm, cache: Path, tmp_path: Path) -> None:
    tiny.part(a="self.wait(1)", b="")
    out = tmp_path / "films"
    words = ("film", "9", "-q", "draft", "-o", str(out), "--voice", "none", "--quiet")
    both = [Program(tiny, cache, "a,b", *words) for _ in range(2)]
    for program in both:
        code, said, complained = program.ended()
        assert code == 0, complained
        assert "film.mp4  0:0" in said
        assert complained == ""
    assert frames(out / "9-the-tiny" / "film.mp4") == 9
    assert not [path for path in out.iterdir() if path.name.startswith(".")]
    nothing_half_written(cache)


def test_a_scene_that_fails_is_exit_1_with_its_log_and_no_film(tiny: TinyFilm, cache: Path, tmp_path: Path) -> None:
    tiny.part(a="raise ValueError('no way down')", b="")
    words = ("film", "9", "-q", "draft", "-o", str(tmp_path / "films"), "--voice", "none")
    code, said, complained = Program(tiny, cache, "a,b", *words).ended()
    assert code == 1
    assert said == ""
    assert "Error: 1 of 2 scenes failed; the others are kept" in complained
    assert "'a' could not be rendered. ValueError: no way down" in complained
    log = Path(complained.rpartition("Log: ")[2].strip())
    assert "no way down" in log.read_text()
    assert "Traceback" not in complained
    assert list((tmp_path / "films").iterdir()) == []


@pytest.mark.parametrize("fault", ["full", "read-only"])
def test_a_films_folder_that_cannot_take_the_film(
    fault: str, tiny: TinyFilm, cache: Path, disk: Callable[[str], Path]
) -> None:
    """It could when the run began."""
    out = disk("size=20m")
    spoil = {"full": f"(Path('{out}') / 'mine').write_bytes(bytes(20 << 20))", "read-only": "pass"}[fault]
    if fault == "read-only":
        spoil = f"os.system('mount -o remount,ro {out}')"
    tiny.part(a=f"try:\n    {spoil}\nexcept OSError:\n    pass")
    words = ("film", "9", "-q", "draft", "-o", str(out), "--voice", "none")
    code, _, complained = Program(tiny, cache, "a", *words).ended()
    assert code == 1
    wanted = {
        "full": f"No room is left in {out}: ",
        "read-only": f"Nothing can be written into {out}: Read-only file system.",
    }
    assert wanted[fault] in complained
    assert "--out" in complained
    assert "Traceback" not in complained
    assert not list(out.glob("*tiny*"))
    disk("rw,size=40m")
    code, _, complained = Program(tiny, cache, "a", *words).ended()
    assert code == 0, complained
    assert "nothing changed" in complained
    assert frames(out / "9-the-tiny" / "film.mp4") == 2


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

    monkeypatch.setattr(takes, "work", paint)

    def order(jobs: int) -> tuple[list[str], int]:
        events: list[Event] = []
        with TakeCache(cache) as opened:
            made = render_all(part, TINY, cache=opened, jobs=jobs, on_event=events.append)
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
        (take,) = render_all(part, TINY, cache=opened, scenes=[part.scenes[1]])
        assert take.ref.slug == "b"


def test_a_film_waits_while_another_run_writes_into_its_folder(tiny: TinyFilm, cache: Path, tmp_path: Path) -> None:
    tiny.part(a="")
    out = tmp_path / "films"
    out.mkdir()
    with exclusive(out):
        program = Program(tiny, cache, "a", "film", "9", "-q", "draft", "-o", str(out), "--voice", "none")
        wait_for(lambda: bool(list(cache.glob("*/*/*/take.mp4"))))
        time.sleep(0.7)
        assert list(out.iterdir()) == []
        assert program.process.poll() is None
        (out / ".9-the-tiny.killed").mkdir()  # a run that was killed in here would leave such a draft
        (out / ".mine").mkdir()
    code, _, complained = program.ended()
    assert code == 0, complained
    assert frames(out / "9-the-tiny" / "film.mp4") == 2
    assert {path.name for path in out.iterdir()} == {"9-the-tiny", "index.html", ".mine"}


def test_stills_and_sheets_come_from_the_same_takes(tiny: TinyFilm, cache: Path, tmp_path: Path) -> None:
    tiny.part(a="", b="self.wait(2)")
    out = tmp_path / "looks"
    words = ("-o", str(out), "--voice", "none")
    code, said, complained = Program(tiny, cache, "a,b", "still", "9", "a", "-q", "draft", "--at", "0", *words).ended()
    assert code == 0, complained
    assert said.endswith("a-0.0s.png  160x90, 0.0 s into 'a'\n")
    assert "a: drawn in" in complained
    code, said, complained = Program(
        tiny, cache, "a,b", "still", "9", "a", "-q", "draft", "--at", "0.2", *words
    ).ended()
    assert code == 0, complained
    assert "nothing changed" in complained
    assert {path.name for path in out.iterdir()} == {"a-0.0s.png", "a-0.2s.png"}
    code, said, complained = Program(tiny, cache, "a,b", "sheet", "9", "--every", "0.5", "--quiet", *words).ended()
    assert code == 0, complained
    assert said == f"{out}/9-the-tiny-sheet-01.png\n"
    assert complained == ""
    assert (out / "9-the-tiny-sheet-01.png").read_bytes().startswith(b"\x89PNG")
    assert not list((cache / ".work").iterdir())
