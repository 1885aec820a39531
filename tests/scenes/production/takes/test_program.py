"""The command line over a tiny film, as whole processes: ended, run twice at once, waiting for each other."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from scenes.production.locks import exclusive
from tests.scenes.production.takes.runs import Program, alive, frames, nothing_half_written, wait_for
from tests.scenes.production.takes.tiny_films import TinyFilm

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
    assert frames(out / "9-tiny" / "film.mp4") == 6
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
    assert frames(out / "9-tiny" / "film.mp4") == 9
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
    assert frames(out / "9-tiny" / "film.mp4") == 2


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
        (out / ".9-tiny.killed").mkdir()  # a run that was killed in here would leave such a draft
        (out / ".mine").mkdir()
    code, _, complained = program.ended()
    assert code == 0, complained
    assert frames(out / "9-tiny" / "film.mp4") == 2
    assert {path.name for path in out.iterdir()} == {"9-tiny", "index.html", ".mine"}


def test_stills_and_sheets_need_no_takes(tiny: TinyFilm, cache: Path, tmp_path: Path) -> None:
    tiny.part(a="", b="self.wait(2)")
    out = tmp_path / "looks"
    words = ("-o", str(out), "--voice", "none")
    code, said, complained = Program(tiny, cache, "a,b", "still", "9", "a", "-q", "draft", "--at", "0", *words).ended()
    assert code == 0, complained
    assert said.endswith("a-0.0s.png  160x90, 0.0 s into 'a'\n")
    assert complained == ""
    code, said, complained = Program(
        tiny, cache, "a,b", "still", "9", "a", "-q", "draft", "--at", "0.2", *words
    ).ended()
    assert code == 0, complained
    assert complained == ""
    assert {path.name for path in out.iterdir()} == {"a-0.0s.png", "a-0.2s.png"}
    code, said, complained = Program(tiny, cache, "a,b", "sheet", "9", "--every", "0.5", "--quiet", *words).ended()
    assert code == 0, complained
    assert said == f"{out}/9-tiny-sheet-01.png\n"
    assert complained == ""
    assert (out / "9-tiny-sheet-01.png").read_bytes().startswith(b"\x89PNG")
    assert not list(cache.rglob("*.mp4"))
