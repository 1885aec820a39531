"""The fault drills: they pass on the real program, and see what a worse one would do."""

from __future__ import annotations

import os
import sys
import textwrap
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from tests.drills.blows import BLOWS
from tests.drills.drill import Drill, DrillFailed
from tests.drills.prints import taken
from tests.scenes.production.takes.tiny_films import DRIVER, TinyFilm

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_the_program_comes_out_of_every_kind_of_blow_with_the_same_film(tmp_path: Path) -> None:
    code = tmp_path / "code"
    code.mkdir()
    tiny = TinyFilm(code)
    tiny.part(a="self.wait(2)", b="self.wait(1)", c="")
    (code / "driver.py").write_text(DRIVER)
    told: list[str] = []
    command = [sys.executable, str(code / "driver.py"), "a,b,c", "film", "9", "-q", "draft", "--voice", "none"]
    environment = {"PYTHONPATH": f"{code}{os.pathsep}{ROOT}"}
    found = Drill(command, tmp_path / "drill", environment, tell=told.append).run(len(BLOWS), seed=7)
    assert found.frames == 12 + 7 + 2
    for blow in BLOWS:
        assert any(blow.name in line for line in told)


# Programs that are worse than ours. Each makes one film, in a second.

HEAD = """
import os, signal, subprocess, sys, time
from pathlib import Path
out = Path(sys.argv[sys.argv.index("--out") + 1])
whole = (Path(__file__).parent / "whole.mp4").read_bytes()
film = out / "9-a" / "film.mp4"
hidden = out / ".9-a" / "film.mp4"
hidden.parent.mkdir(parents=True, exist_ok=True)
if out.parent.name == "in-peace":  # what they do wrong, they do under blows
    film.parent.mkdir(exist_ok=True)
    film.write_bytes(whole)
    hidden.parent.rmdir()
    time.sleep(1)
    raise SystemExit
signal.signal(signal.SIGINT, lambda *_: os._exit(130))
signal.signal(signal.SIGTERM, lambda *_: os._exit(130))
"""
GOOD = """
hidden.write_bytes(whole)
time.sleep(1)
if film.exists():  # a blow fell between the film's last step and the end of its run
    hidden.unlink()
    hidden.parent.rmdir()
else:
    hidden.parent.rename(film.parent)
"""
WORSE = {
    "a process is left": (
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], start_new_session=True)" + GOOD,
        "these processes went on for",
    ),
    "half a film": (
        "film.parent.mkdir(exist_ok=True)\nfilm.write_bytes(whole[: len(whole) // 2])\ntime.sleep(1)\n"
        "film.write_bytes(whole)\nhidden.parent.rmdir()",
        "film.mp4 is there and (not whole|differs)",
    ),
    "another film": ("whole = (Path(__file__).parent / 'other.mp4').read_bytes()" + GOOD, "differs .*pictures"),
    "drafts are left": ("(out / '.draft').touch()" + GOOD, "left behind: films/.draft"),
    "a traceback": ("signal.signal(signal.SIGINT, signal.default_int_handler)" + GOOD, "KeyboardInterrupt"),
    "deaf to Ctrl-C": (
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\ntime.sleep(2)" + GOOD,
        "by Ctrl-C after .* it went on for",
    ),
    "deaf": ("signal.signal(signal.SIGTERM, lambda *_: os._exit(3))" + GOOD, "exit code 3, asked \\[130\\]"),
}


def shot(path: Path, shades: list[int]) -> None:
    """A film of grey frames."""
    with av.open(str(path), "w") as film:
        stream = film.add_stream("libx264", rate=5)
        stream.width, stream.height, stream.pix_fmt, stream.time_base = 64, 64, "yuv420p", Fraction(1, 5)
        for shade in shades:
            film.mux(stream.encode(av.VideoFrame.from_ndarray(np.full((64, 64, 3), shade, np.uint8), format="rgb24")))
        film.mux(stream.encode(None))


def drill(folder: Path, body: str) -> Drill:
    shot(folder / "whole.mp4", [40, 80, 120])
    shot(folder / "other.mp4", [40, 81, 120])
    program = folder / "program.py"
    program.write_text(HEAD + textwrap.dedent(body))
    return Drill([sys.executable, str(program)], folder / "drill", slow_start=0.3, gone=1.0, tell=lambda _: None)


def test_a_program_that_does_no_wrong_passes(tmp_path: Path) -> None:
    assert drill(tmp_path, GOOD).run(len(BLOWS), seed=1).frames == 3


@pytest.mark.parametrize("name", list(WORSE))
def test_a_worse_program_is_seen_through(name: str, tmp_path: Path) -> None:
    body, complaint = WORSE[name]
    with pytest.raises(DrillFailed, match=f"(?s){complaint}"):
        drill(tmp_path, body).run(len(BLOWS), seed=1)


def test_films_are_told_apart_by_what_is_in_them(tmp_path: Path) -> None:
    shot(tmp_path / "a.mp4", [10, 20])
    shot(tmp_path / "b.mp4", [10, 20])
    shot(tmp_path / "c.mp4", [10, 21])
    first, again, other = (taken(tmp_path / f"{name}.mp4") for name in "abc")
    assert first == again
    assert first.unlike(other) == ["pictures"]
    assert first.frames == 2
