"""The processes that scenes are drawn in: forked by one server, apart from each other, gone with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import forkserver, resource_tracker
from pathlib import Path
from typing import Any

import pytest

from descent_core.errors import DescentError
from scenes.production import processes
from scenes.production.sound.listener import INDOORS
from scenes.production.takes.cache import TakeCache
from scenes.production.takes.events import Event, Finished
from scenes.production.takes.pool import render_all
from tests.scenes.production.takes.runs import ROOT, Run, alive, nothing_half_written, wait_for
from tests.scenes.production.takes.tiny_films import SETTINGS, TinyFilm

#: Writes down its process, its parent's, and a variable of the environment.
NOTE = "(HERE / f'{type(self).__module__}.note').write_text(f'{os.getpid()} {os.getppid()} {os.environ.get(\"MOOD\")}')"


def notes(tiny: TinyFilm) -> dict[str, list[str]]:
    return {path.stem.rpartition(".")[2]: path.read_text().split() for path in tiny.folder.rglob("*.note")}


def server() -> int:
    """The number of the server's process."""
    pid: Any = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    assert isinstance(pid, int)
    return pid


def test_each_scene_has_a_process_of_its_own_and_all_have_one_server(tiny: TinyFilm, cache: Path) -> None:
    alone = f"import builtins\nassert not hasattr(builtins, 'left')\nbuiltins.left = True\n{NOTE}"
    run = Run(tiny.part(a=alone, b=alone, c=alone), cache, jobs=1)
    assert run.failed is None
    own, servers = ({note[k] for note in notes(tiny).values()} for k in (0, 1))
    assert len(own) == 3
    assert servers == {str(server())}


def test_a_changed_environment_reaches_the_scenes(tiny: TinyFilm, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = tiny.part(a=NOTE)
    for mood in ("glad", "grim"):
        monkeypatch.setenv("MOOD", mood)
        tiny.write("a", f"{NOTE}  # {mood}")
        assert Run(part, cache).drawn == {"a"}
        assert notes(tiny)["a"][1:] == [str(server()), mood]
    monkeypatch.delenv("MOOD")
    tiny.write("a", f"{NOTE}  # none")
    assert Run(part, cache).drawn == {"a"}
    assert notes(tiny)["a"][2] == "None"


def test_the_server_runs_no_file_of_the_current_folder(
    tiny: TinyFilm, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    for name in ("av", "random", "numba", "manim"):
        (here / f"{name}.py").write_text("from pathlib import Path\nPath(__file__).with_suffix('.ran').touch()")
    (here / "program.py").write_text(
        "import sys\nfrom pathlib import Path\n"
        "from tests.scenes.production.takes.runs import Run\n"
        "from tests.scenes.production.takes.tiny_films import SETTINGS, TinyFilm\n"
        "if __name__ == '__main__':\n"
        "    run = Run(TinyFilm(Path(sys.argv[1])).part(a=''), Path(sys.argv[2]))\n"
        "    print(run.failed or sorted(run.drawn))\n"
    )
    program = tmp_path / "program.py"  # not in the folder that one stands in: Python looks beside the program itself
    (here / "program.py").rename(program)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tiny.folder), str(ROOT)])}
    command = [sys.executable, str(program), str(tiny.folder), str(cache)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=here, env=environment)
    assert done.stdout == "['a']\n", done.stderr
    assert list(here.glob("*.ran")) == []


# The server is killed.


def test_a_scene_ends_with_its_server_and_the_next_has_another(tiny: TinyFilm, cache: Path) -> None:
    fault = (
        "if not (HERE / 'mended').exists():\n"
        "    (HERE / 'pid').write_text(str(os.getpid()))\n"
        "    os.kill(os.getppid(), signal.SIGKILL)\n"
        "    time.sleep(60)"
    )
    part = tiny.part(first=fault, second=NOTE)  # the longer one is drawn first
    run = Run(part, cache, jobs=1)
    assert run.failed is not None
    (failure,) = run.failed.failures
    assert failure.ref.slug == "first"
    assert failure.reason == (
        "Its process ended with the server that it was forked from, which was killed (out of memory?)."
    )
    assert run.drawn == {"second"}
    assert notes(tiny)["second"][1] == str(server())
    wait_for(lambda: not alive(int(tiny.marker("pid").read_text())), seconds=3)
    nothing_half_written(cache)
    tiny.marker("mended").touch()
    assert Run(part, cache).drawn == {"first"}


def test_a_server_that_is_killed_between_two_scenes_costs_none(tiny: TinyFilm, cache: Path) -> None:
    killed: list[int] = []

    def kill(event: Event) -> None:
        if isinstance(event, Finished):
            killed.append(server())
            os.kill(server(), signal.SIGKILL)

    run = Run(tiny.part(a="", b=""), cache, jobs=1, at=kill)
    assert run.failed is None
    assert run.drawn == {"a", "b"}
    assert len(set(killed)) == 2


@pytest.mark.parametrize("error", [EOFError, ConnectionRefusedError])
def test_a_server_that_is_killed_while_it_is_asked_is_asked_again(
    error: type[Exception], tiny: TinyFilm, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask: Callable[[Any], Any] = forkserver._forkserver.connect_to_new_process  # type: ignore[attr-defined]
    faults = [error] * 5

    def connect(fds: Any) -> Any:
        if faults:
            raise faults.pop()
        return ask(fds)

    monkeypatch.setattr("multiprocessing.popen_forkserver.forkserver.connect_to_new_process", connect)
    assert Run(tiny.part(a=""), cache).drawn == {"a"}


def test_a_server_that_always_ends_is_one_clear_line(
    tiny: TinyFilm, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(fds: Any) -> Any:
        raise EOFError("unexpected EOF")

    monkeypatch.setattr("multiprocessing.popen_forkserver.forkserver.connect_to_new_process", connect)
    monkeypatch.setattr(processes, "_PATIENCE", 0.2)
    with pytest.raises(DescentError, match=r"No scene can be drawn: .* ends as soon as .*descent doctor"):
        Run(tiny.part(a=""), cache)
    assert list((cache / ".work").iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted as Linux shows them")
def test_the_server_has_one_thread_and_has_loaded_what_scenes_need(tiny: TinyFilm, cache: Path) -> None:
    loaded = "import sys\nfor name in ('manim', 'av', 'numba', 'scipy'):\n    assert name in BEFORE, name"
    part = tiny.part(a=loaded)
    scene = tiny.marker("a.py")
    scene.write_text(f"import sys\nBEFORE = set(sys.modules)\n{scene.read_text()}")
    assert Run(part, cache).failed is None
    assert len(list(Path(f"/proc/{server()}/task").iterdir())) == 1


def test_nothing_of_the_project_is_loaded_before_the_scene_is(tiny: TinyFilm, cache: Path) -> None:
    """Else a scene would be drawn by code as it was when the server was started."""
    loaded = "assert not [name for name in BEFORE if name.startswith('scenes.parts')]"
    part = tiny.part(a=loaded)
    scene = tiny.marker("a.py")
    scene.write_text(f"import sys\nBEFORE = set(sys.modules)\n{scene.read_text()}")
    assert Run(part, cache).failed is None
    assert not [name for name in processes._PRELOADED if name.startswith(("scenes", "descent_core"))]


def test_the_tracker_is_started_before_signals_are_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python starts it with signals let through, in the middle of a start in which none may come."""
    began: list[str] = []
    monkeypatch.setattr(resource_tracker, "ensure_running", lambda: began.append("tracker"))
    processes.process_context()
    assert began == ["tracker"]


def test_a_take_with_a_voice_has_its_words_and_the_same_over_its_sounds(tiny: TinyFilm, cache: Path) -> None:
    with TakeCache(cache) as opened:
        (silent,) = render_all(tiny.part(a=""), SETTINGS, cache=opened)
        (spoken,) = render_all(tiny.part(a=""), SETTINGS, cache=opened, voice="hibari")
        assert not silent.sound.exists()
        assert not silent.full_sound.exists()
        assert silent.sounds is None
        assert spoken.sound.exists()
        assert spoken.full_sound.exists()
        assert spoken.sounds is not None
        assert (spoken.sounds.length, spoken.sounds.air[0].wind) == (spoken.cues.length, INDOORS)
