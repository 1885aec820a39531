"""How long it takes to see a picture: of a still from a cold start, and from a save to the page of `descent watch`.

    python -m tests.benchmarks.picture [BEAT]...

Wall time, median of five, on recordings that are there. A still is held against `import manim`, which it cannot do
without; a save against the still.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Thread

from scenes.gradient import PART
from scenes.production.format import FORMATS, RenderSettings
from scenes.watch.asked import Asked
from scenes.watch.watcher import Options, Watcher
from tests.benchmarks.rows import Row, print_rows

#: Scenes and beats: fog and one hiker, three walks with their curve, code beside a hiker.
BEATS = (("fog", "the cabin"), ("step-size", "just right"), ("zero-grad", "never home"))
TIMES = 5
_COLD = "from scenes.cli.main import main; main()"


def cold(*words: str) -> float:
    """The median of what a command takes, in seconds."""
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def still(scene: str, beat: str) -> float:
    """Seconds that a still takes from a cold start."""
    with tempfile.TemporaryDirectory() as folder:
        return cold("-c", _COLD, "still", PART.slug, scene, "--beat", beat, "--voice", "none", "-o", folder)


def save(scene: str, beat: str) -> float:
    """Seconds from a save of the scene's file, a copy of it, to the picture of the beat on the page.

    A line of that beat is changed: the page turns to the beat that is written at.
    """
    ref = PART.scene(scene)
    source = Path(__file__).resolve().parents[2].joinpath(*ref.module.split(".")).with_suffix(".py")
    before = source.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as own:
        file = Path(own, source.name)
        file.write_text(before, "utf-8")
        options = Options(RenderSettings(FORMATS["hd"]), "none", beat, checks=False)
        watcher = Watcher(Asked(str(file), ref.name), options, Path(folder))
        over = False
        running = Thread(target=watcher.run, args=(lambda: over,))
        running.start()
        taken = []
        try:
            for number in range(TIMES + 1):
                version, _ = watcher.board.after(-1, 0)
                while watcher.board.see(lambda view: view.busy or not view.beats):
                    version, _ = watcher.board.after(version, 60)
                time.sleep(3)  # as somebody thinks, who writes: the next process gets ready
                seconds = _saved(watcher, file, _edited(before, beat, number), beat)
                taken += [seconds] * (number > 0)  # the first has nothing ready
        finally:
            over = True
            running.join()
    return statistics.median(taken)


def _edited(text: str, beat: str, number: int) -> str:
    """The text of a scene with another line in one of its beats, as somebody types it who tries something.

    >>> print(_edited('    self.beat("one")\\n    self.wait(1)', "one", 3))
        self.beat("one")
        tried = 3
        self.wait(1)
    """
    edited, count = re.subn(
        rf'^( *)self\.beat\("{re.escape(beat)}".*\)$', rf"\g<0>\n\g<1>tried = {number}", text, flags=re.M
    )
    assert count == 1, f"There is no single line that begins the beat {beat!r}."
    return edited


def _saved(watcher: Watcher, file: Path, text: str, beat: str) -> float:
    def picture() -> str | None:
        return str(watcher.board.see(lambda view: getattr(view.named(beat), "picture", None)))

    old, began = picture(), time.perf_counter()
    file.write_text(text, "utf-8")
    version, _ = watcher.board.after(-1, 0)
    while picture() == old:
        version, _ = watcher.board.after(version, 60)
    return time.perf_counter() - began


def rows(beats: Sequence[tuple[str, str]] = BEATS) -> Iterator[Row]:
    """Two rows for each beat."""
    bare = cold("-c", "import manim")
    for scene, beat in beats:
        alone = still(scene, beat)
        yield Row(f"still of {scene}, {beat!r}", alone, "s", "`import manim`", bare, most=3)
        yield Row(f"save to picture of {scene}, {beat!r}", save(scene, beat), "s", "that still", alone, most=2)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    print_rows(rows([pair for pair in BEATS if not sys.argv[1:] or pair[1] in sys.argv[1:]]))
