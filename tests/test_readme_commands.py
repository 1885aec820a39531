"""Every command that the README shows is run as it stands there, in a fresh copy of the checkout, with its defaults.

Likewise the examples of each ``--help``, and those in the docstrings of ``scenes/examples``. Placeholders are filled
in by `PLACEHOLDERS`. What is added so that it is done in minutes, not hours, is in `ADDED`, and nowhere else. Takes,
spoken lines and recordings are shared by all of them.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from render import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
#: What a command begins with.
PROGRAMS = ("descent", ".venv/bin/descent", ".venv/bin/python", "python", "make", "manim", "pip")
LOSS = "scenes/examples/losses.py:himmelblau"
#: What stands for something in a command, with one such thing: the defaults, where it may be left out. A film that
#: `new-part` made is as good as any, and takes seconds to draw.
PLACEHOLDERS = {
    "[PART]…": "",
    "[LABEL]…": "",
    "[SCENE]": "",
    "PART|series|FILE.py": "momentum",
    "PART": "momentum",
    "<slug>": "momentum",
    "SCENE": "first-steps",
    "SLUG": "momentum",
    "LABEL": "right",
    "FILE.py:LOSS": LOSS,
    "my.py:make": "scenes/examples/losses.py:small_network",
}
#: What is added, to the first that fits: drafts of part 4 and of films, a start where one must be named, and a part,
#: or a few scenes, where all would be played.
ADDED = (
    (r"descent film$", "gradient -q draft"),
    (r"descent talk series$", "--scenes gradient/home,tensors/one-number -q draft"),
    (r"explore \S+$", "--start 0.2,0.3 --still"),
    (r"(film|talk|still|export scene) .*(draft|momentum)", ""),
    (r" --still$", "-q draft"),
    (r"descent (film|talk|still|explore|export scene)", "-q draft"),
    (r"descent check$", "momentum"),
    # In a draft of ten frames a second nothing can be seen to begin within 80 ms of its word.
    (r"descent check gradient --film$", "--scenes backward"),
    (r"descent watch", "--no-open --no-check -q draft --voice none"),
    (r"python -m pytest tests/golden", "-q -k momentum"),
    (r"python -m pytest tests/test_readme", "-q -k links"),
    (r"python -m tests\.\w+$|\.venv/bin/(descent|python render\.py)$", "--help"),
    (r"make ", "-n"),
)
#: Seconds within which a page has a picture, on a busy machine.
_PATIENCE = 120
#: What another file of tests runs.
ELSEWHERE = {'pip install ".[slides]"': "tests/test_installed.py"}
#: A voice of one's own, as short as the README says.
HUM = """
import numpy as np

from scenes.narration.cues import speaking_time
from scenes.narration.script import parse_line
from scenes.narration.speech import at_even_pace


class Hum:
    modules = ("scenes.narration.voices.hum",)

    @staticmethod
    def installed():
        return True

    def settings(self):
        return {"voice": "hum"}

    def say(self, text):
        line = parse_line(text)
        moments = np.arange(round(speaking_time(line.text) * 8_000)) / 8_000
        return at_even_pace(line, np.sin(700 * moments).astype(np.float32) / 4, 8_000)
"""
#: A beat of one's own: a run on a landscape, and a mark that lets a picture land on a word.
BEAT = """
        self.clear()
        self.beat("the ground")
        mountain = Mountain(self.landscape("added-ground"))
        walk = Walk(self.run("added-longer"), mountain)
        with self.say("Look at [boots]your boots.") as line:
            self.open(mountain, Hiker(walk=walk))
            line.reach("boots")
            self.play(walk.to(5, run_time=2))
        self.close()
"""
RUN = """RUNS: dict[str, RunSpec] = {
    "added-longer": RunSpec("added-valley", (4.0, 1.0), lr=0.4, steps=30),"""
LANDSCAPE = """LandscapeSpec] = {
    "added-ground": LandscapeSpec("added-valley", x=(-6.0, 6.0), y=(-4.0, 4.0), nodes=(97, 65)),
}"""


def in_readme(text: str) -> Iterator[str]:
    """The commands of a page: lines of indented blocks, and code within lines that is more than a program's name."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    yield from (re.split(r" {2,}#", line)[0] for line in re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE))
    for code in re.findall(r"`([^`]+)`", text):
        words = code.replace("\\|", "|").split()
        if words[0] in PROGRAMS and (len(words) > 1 or "/" in words[0]):
            yield " ".join(words)


def in_help(command: click.Command) -> Iterator[str]:
    """The examples of a command's help, and of the commands in it."""
    examples = (command.help or "").partition("Examples:\n")[2]
    yield from re.findall(r"^ *(descent .*?)(?: {2,}.*)?$", examples, re.MULTILINE)
    for name in getattr(command, "commands", {}):
        yield from in_help(command.commands[name])  # type: ignore[attr-defined]


def in_examples() -> Iterator[str]:
    """The commands in the docstrings of the examples."""
    for file in sorted((ROOT / "scenes" / "examples").glob("*.py")):
        yield from re.findall(r"^(descent .*)$", file.read_text("utf-8"), re.MULTILINE)


def filled(command: str) -> str:
    """A command with something in place of its placeholders."""
    return " ".join(filter(None, (PLACEHOLDERS.get(word, word) for word in command.split(" "))))


def affordable(command: str) -> str:
    """A command with what is added to it."""
    return f"{command} {next((added for fits, added in ADDED if re.search(fits, command)), '')}".strip()


FOUND = [*in_readme(README), *in_help(cli), *in_examples()]
COMMANDS = [*dict.fromkeys(affordable(filled(command)) for command in FOUND if command not in ELSEWHERE)]
#: Once is enough for a command that the README has with the folder of its program, and the help without.
COMMANDS = [command for command in COMMANDS if f".venv/bin/{command}" not in COMMANDS]
#: What is drawn first is taken by those after it; a new film comes when the others have been made, and then what is
#: done with it.
ORDER = (r"descent film", r"^(?!.*(new-part|momentum))", r"new-part", "")
COMMANDS.sort(key=lambda command: next(place for place, fits in enumerate(ORDER) if re.search(fits, command)))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that git knows, the environment of this checkout, and the loops that `make setup` compiled in it."""
    copy = tmp_path_factory.mktemp("readme") / "checkout"
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    compiled = [str(path.relative_to(ROOT)) for path in (ROOT / "scenes" / "engine").rglob("*.nb?")]
    for name in (*filter(None, names.split("\0")), *compiled):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    (copy / ".venv").symlink_to(sys.prefix)
    # The deck that the README shows, under the name by which it calls it.
    (copy / "my_talk.py").write_text(BLOCKS[2], "utf-8")
    return copy


def environment(checkout: Path) -> dict[str, str]:
    """What a command finds: recordings, takes and spoken lines are kept in the tests' own cache."""
    kept = {name: value for name, value in os.environ.items() if name != "DESCENT_RECORDINGS" and "PYTEST" not in name}
    return {
        **kept,
        "PATH": f"{checkout / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        # A .venv knows the checkout that it was made in: this makes it know the copy.
        "PYTHONPATH": str(checkout),
    }


def run(command: str, checkout: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        shlex.split(command),
        cwd=checkout,
        env=environment(checkout),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ran(command: str, checkout: Path) -> str:
    """What a command says that must not fail."""
    done = run(command, checkout)
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    assert "Traceback" not in done.stdout, done.stdout
    return done.stdout


def watched(command: str, checkout: Path) -> None:
    """A command that goes on until Ctrl-C: its page shows a picture, and no trouble."""
    with subprocess.Popen(
        shlex.split(command), cwd=checkout, env=environment(checkout), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split("  ")[0]
        try:
            end, view = time.monotonic() + _PATIENCE, {}
            while not any(beat["picture"] for beat in view.get("beats", ())) and time.monotonic() < end:
                with urllib.request.urlopen(f"{address}view") as answer:
                    view = json.load(answer)["view"]
                assert view["trouble"] is None, view["trouble"]
                time.sleep(0.2)
            assert any(beat["picture"] for beat in view["beats"])
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(_PATIENCE) == 130


def edit(file: Path, before: str, after: str) -> None:
    """Replace what a file has just once."""
    text = file.read_text("utf-8")
    assert text.count(before) == 1, f"{file} has {before!r} {text.count(before)} times"
    file.write_text(text.replace(before, after), "utf-8")


@pytest.mark.slow
@pytest.mark.xdist_group("readme")
@pytest.mark.parametrize("command", [pytest.param(command, id=command[:90]) for command in COMMANDS])
def test_a_command_works_as_it_stands(command: str, checkout: Path) -> None:
    if "descent watch" in command:
        watched(command, checkout)
    else:
        ran(command, checkout)


@pytest.mark.slow
@pytest.mark.xdist_group("readme")
def test_what_is_made_is_what_the_readme_lists(checkout: Path) -> None:
    """After the commands: the folders of the film, the talk and the exploration."""
    for folder in ("films/4-the-gradient", "talks/4-the-gradient", "films/explore-losses-himmelblau"):
        paragraph = next(text for text in README.split("\n\n") if f"`{folder}/`" in text)
        names = re.findall(r"`([\w/*-]+(?:\.[a-z0-9]{2,4}|/))`", paragraph)
        assert len(names) > 1
        for name in names:
            if name.rstrip("/") != folder:
                assert [*(checkout / folder).glob(name)], f"{folder} has no {name}"


@pytest.mark.slow
@pytest.mark.xdist_group("readme")
def test_what_the_readme_tells_to_add_can_be_added_so(checkout: Path) -> None:
    """A film, a run and a landscape in its catalogue, a beat, a voice, and the film's line in the README."""
    ran("descent new-part added", checkout)
    catalogue = checkout / "descent_core" / "catalogue" / "added.py"
    edit(catalogue, "RUNS: dict[str, RunSpec] = {", RUN)
    edit(catalogue, "LandscapeSpec] = {}", LANDSCAPE)
    scene = checkout / "scenes" / "added" / "first_steps.py"
    edit(scene, "        self.close()\n", BEAT)
    edit(scene, "from scenes.parts.panels", "from scenes.parts import Hiker, Mountain, Walk\nfrom scenes.parts.panels")
    voices = checkout / "scenes" / "narration" / "voices"
    (voices / "hum.py").write_text(HUM, "utf-8")
    edit(voices / "registry.py", "VOICES = {", 'VOICES = {\n    "hum": ("scenes.narration.voices.hum", "Hum"),')
    said = ran("descent check added --theme dark --voice hum", checkout)
    assert "the ground" in said
    assert "No faults in 1 scene" in said


@pytest.mark.slow
@pytest.mark.xdist_group("readme")
def test_a_film_that_the_readme_lacks_is_spelled_out(checkout: Path) -> None:
    """Until it has a line for each film that was added."""
    found = run("python -m pytest -q tests/test_readme.py -k lists_every", checkout)
    while lacking := re.search(r"lacks a line: put '(.*?)' into it", found.stdout):
        assert lacking[1] not in (checkout / "README.md").read_text("utf-8")
        edit(checkout / "README.md", "\n\nHow it is built is", f"\n{lacking[1]}\n\nHow it is built is")
        found = run("python -m pytest -q tests/test_readme.py -k lists_every", checkout)
    assert found.returncode == 0, found.stdout
    assert "| `added` |" in (checkout / "README.md").read_text("utf-8")


def test_every_command_that_there_is_is_found() -> None:
    for name in cli.commands:
        assert any(re.match(rf"(\.venv/bin/)?descent {name}\b", command) for command in COMMANDS), name
    assert {"make film -n", "make test -n", "descent talk my_talk.py -q draft"} <= set(COMMANDS)
    assert all((ROOT / file).exists() for file in ELSEWHERE.values())
    assert ELSEWHERE.keys() <= set(FOUND)
    shown = "Type `descent\nlist`, `numpy` or `descent`:\n\n    descent film  # all\n\n```\n`descent no`\n```\n"
    assert [*in_readme(shown)] == ["descent film", "descent list"]


def test_no_placeholder_is_left_and_nothing_is_added_in_vain() -> None:
    for command in COMMANDS:
        assert not re.search(r"[\[\]<>…]|\b[A-Z]{2,}\b", command), f"{command}: add what it stands for to PLACEHOLDERS"
    for fits, _ in ADDED:
        assert any(
            fits == next((one for one, _ in ADDED if re.search(one, filled(command))), "") for command in FOUND
        ), fits


def test_every_option_in_the_table_is_one_of_its_command() -> None:
    rows = re.findall(r"^\| `descent ([a-z-]+)( run| scene)?\b.*?` \| (.*) \|$", README, re.MULTILINE)
    assert len(rows) == len(cli.commands) + 1  # export has two
    for name, inner, text in rows:
        command = cli.commands[name]
        if inner:
            command = command.commands[inner.strip()]  # type: ignore[attr-defined]
        there = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        assert set(re.findall(r"--[a-z-]+", text)) <= there, name
