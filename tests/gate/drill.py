"""The drill: each edit is made in a copy of the checkout, and the scene that it is to be seen in is checked there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.gate.edit import Edit, Kind

ROOT = Path(__file__).resolve().parents[2]
#: What the scenes of ``explore`` are played with: three walks that end in three ways, and the mistake beside them.
LOSS = (
    "scenes/examples/losses.py:himmelblau", "--start", "0.2,0.3", "--lr", "0.002", "--lr", "0.01", "--lr", "0.03",
    "--steps", "60", "--no-zero-grad",
)  # fmt: skip
#: What of a checkout plays a scene.
_CODE = ("descent_core", "scenes", "render.py")
_WRONG = re.compile(r"^   WRONG   (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Result:
    """What the check said of an edit.

    Attributes
    ----------
    faults
        What it found that it does not find without the edit, as lines.
    seconds
        How long the check took.
    crashed
        Whether the scene cannot be played: then nothing can be learned from the edit.
    """

    edit: Edit
    faults: tuple[str, ...]
    seconds: float
    crashed: bool = False

    @property
    def rules(self) -> frozenset[str]:
        """The rules by which something was found; none of what is beyond the limits of rhythm."""
        return frozenset(match[1] for line in self.faults if (match := re.match(r" *[\d.]+ s  (\S+)", line)))

    @property
    def good(self) -> bool:
        """Whether the check said what it should: something of a defect, nothing of what does no harm."""
        return not self.crashed and bool(self.faults) == (self.edit.kind != Kind.HARMLESS)

    @property
    def word(self) -> str:
        """What came of it."""
        if self.crashed:
            return "does not play"
        if self.edit.kind == Kind.HARMLESS:
            return "FALSE ALARM" if self.faults else "passes"
        if not self.faults:
            return "NOT FOUND"
        expected = not self.edit.rules or self.rules & set(self.edit.rules)
        return "found" if expected else f"found, not by {' or '.join(self.edit.rules)}"


@dataclass
class Drill:
    """Makes edits, and has their scenes checked.

    Attributes
    ----------
    theme
        In which the scenes are played.
    jobs
        How many at once.
    root
        The checkout that is copied.
    environment
        Beside what this process has.
    """

    theme: str = "dark"
    jobs: int = 1
    root: Path = ROOT
    environment: Mapping[str, str] = field(default_factory=dict)
    _before: dict[str, frozenset[str]] = field(default_factory=dict)

    def run(self, edits: Sequence[Edit], tell: Callable[[str], object] = print) -> list[Result]:
        """What the check says of each edit, in their order; ``tell`` is given a line for each, once it is known.

        Raises
        ------
        EditError
            One cannot be made.
        """
        for scene in dict.fromkeys(edit.scene for edit in edits):
            faults, _, _ = self._checked(scene, None)
            self._before[scene] = frozenset(map(_timeless, faults))
            for line in faults:
                tell(f"{scene}, before any edit: {line}")
        results = []
        with ThreadPoolExecutor(self.jobs) as pool:
            for result in pool.map(self._try, edits):
                tell(row(result))
                results.append(result)
        return results

    def _try(self, edit: Edit) -> Result:
        faults, seconds, crashed = self._checked(edit.scene, edit)
        new = tuple(line for line in faults if _timeless(line) not in self._before[edit.scene])
        return Result(edit, new, seconds, crashed)

    def _checked(self, scene: str, edit: Edit | None) -> tuple[tuple[str, ...], float, bool]:
        """The faults of a scene as it is with an edit, as lines; seconds; and whether it could not be played."""
        film, _, slug = scene.partition("/")
        with TemporaryDirectory(prefix="descent-gate-") as folder:
            copy = Path(folder)
            for name in _CODE:
                if (self.root / name).is_dir():
                    shutil.copytree(self.root / name, copy / name)  # with what was compiled, and its times
                else:
                    shutil.copy2(self.root / name, copy / name)
            if edit is not None:
                edit.apply(copy)
            what = LOSS if film == "explore" else (film,)
            command = [sys.executable, "render.py", "check", *what, "--scenes", slug, "--theme", self.theme, "-j", "1"]
            began = time.monotonic()
            done = subprocess.run(
                command,
                cwd=copy,
                env={**os.environ, **self.environment, "PYTHONPATH": str(copy)},
                capture_output=True,
                text=True,
            )
        faults = tuple(_WRONG.findall(done.stdout))
        crashed = done.returncode not in (0, 1) or "  crash  " in done.stdout or not _ended(done.stdout)
        return (
            faults or ((done.stderr.strip().splitlines() or ["nothing was said"])[-1],) * crashed,
            (time.monotonic() - began),
            crashed,
        )


def row(result: Result) -> str:
    """A line of a table in Markdown: kind, edit, scene, what came of it, and what was found first."""
    first = result.faults[0].strip() if result.faults else ""
    cells = (result.edit.kind, result.edit.name, result.edit.scene, result.word, f"{result.seconds:.0f} s", first)
    return "| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |"


#: The head of the table of which `row` gives the lines.
HEAD = "| kind | edit | scene | the check | took | found first |\n|---|---|---|---|---|---|"


def rates(results: Iterable[Result]) -> Iterator[str]:
    """How many were found of each kind, and of all; and how many false alarms there were, as lines."""
    every = [result for result in results if not result.crashed]
    planted = [result for result in every if result.edit.kind != Kind.HARMLESS]
    for kind in dict.fromkeys(result.edit.kind for result in planted):
        of_it = [result for result in planted if result.edit.kind == kind]
        yield f"{kind}: {sum(result.good for result in of_it)} of {len(of_it)} found"
    if planted:
        found = sum(result.good for result in planted)
        yield f"All kinds: {found} of {len(planted)} found, {100 * found / len(planted):.0f} %."
    harmless = [result for result in every if result.edit.kind == Kind.HARMLESS]
    if harmless:
        yield f"False alarms: {sum(not result.good for result in harmless)} of {len(harmless)} harmless edits."


def _timeless(line: str) -> str:
    """A fault without its numbers, which an edit may change by a little."""
    return re.sub(r"[\d.]+", "#", line)


def _ended(said: str) -> bool:
    """Whether a check came to its last line."""
    return re.search(r"^(No faults|\d+ faults?) in 1 scene", said, re.MULTILINE) is not None
