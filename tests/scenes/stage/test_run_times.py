"""How long an animation takes is said once: manim gives what ``play`` says to all of its animations."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import scenes

FOLDER = Path(scenes.__file__).parent


def own(call: ast.Call) -> Iterator[str]:
    """The seconds that an animation of a play says for itself."""
    for part in (node for argument in call.args for node in ast.walk(argument) if isinstance(node, ast.Call)):
        if isinstance(part.func, ast.Attribute) and part.func.attr == "set_run_time":
            yield ast.unparse(part.args[0])
        yield from (ast.unparse(keyword.value) for keyword in part.keywords if keyword.arg == "run_time")


def overruled(code: str) -> list[int]:
    """The lines of plays that say other seconds than an animation in them does."""
    found = []
    for call in (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)):
        if not (isinstance(call.func, ast.Attribute) and call.func.attr == "play"):
            continue
        said = [ast.unparse(keyword.value) for keyword in call.keywords if keyword.arg == "run_time"]
        # The name of a value that is given a name there, or the mark that another line waits for, is the same.
        if said and any(_bare(seconds) != _bare(said[0]) for seconds in own(call)):
            found.append(call.lineno)
    return found


def _bare(seconds: str) -> str:
    return seconds.partition(", shows=")[0].rstrip(")")


def test_no_play_overrules_what_its_animations_say() -> None:
    found = {
        str(file.relative_to(FOLDER)): lines
        for file in FOLDER.rglob("*.py")
        if (lines := overruled(file.read_text("utf-8")))
    }
    assert found == {}


def test_one_that_does_is_found() -> None:
    assert overruled("self.play(fade_in(a).set_run_time(0.3), b.animate.shift(UP), run_time=2)") == [1]
    assert overruled("self.play(a.animate(run_time=0.3).shift(UP), run_time=2)") == [1]
    assert overruled("self.play(a.animate(run_time=2).shift(UP), fade_in(b), run_time=2)") == []
    assert overruled("self.play(fade_in(a).set_run_time(0.3), b.animate.shift(UP))") == []
