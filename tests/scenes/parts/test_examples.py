"""Every public part has an example, and it runs as it stands in a plain manim scene."""

from __future__ import annotations

import inspect
import linecache
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import manim
import numpy as np
import pytest
import torch
from manim import Scene, tempconfig

import scenes.parts
from descent_core import Landscape, library, record, recording
from scenes.stage import explainer_scene, layers, layout, transitions
from scenes.theme import theme

#: What a scene of one's own is made of: the stage parts, and what the modules of the stage define.
PUBLIC = {name: getattr(scenes.parts, name) for name in scenes.parts.__all__} | {
    name: value
    for module in (explainer_scene, layers, layout, transitions)
    for name, value in vars(module).items()
    if not name.startswith("_")
    and (inspect.isclass(value) or inspect.isfunction(value))
    and value.__module__ == module.__name__
}
#: Of these, what is only data, or has a doctest in place of a scene.
WITHOUT_A_SCENE = {"Columns", "Layer", "Layout", "layout"}


def example(text: str | None) -> str:
    """The code of a docstring's section of examples."""
    section = re.search(r"^Examples\n-{8}\n(.*?)(?=^\w+\n-{4,}\n|\Z)", inspect.cleandoc(text or ""), re.M | re.S)
    blocks = re.findall(r"::\n\n((?:(?: {4}.*)?\n?)+)", section.group(1)) if section else []
    return "\n".join(textwrap.dedent(block).strip() for block in blocks)


def scene_of(code: str, place: Path) -> type[Scene]:
    """A scene that does what an example says: the one in it, or one with these lines for its ``construct``."""
    if "class " not in code:
        code = "class Example(Scene):\n    def construct(self):\n" + textwrap.indent(code, " " * 8)
    names: dict[str, Any] = {name: getattr(manim, name) for name in manim.__all__} if hasattr(manim, "__all__") else {}
    names |= {name: value for name, value in vars(manim).items() if not name.startswith("_")}
    names |= {"np": np, "torch": torch, "library": library, "record": record, "recording": recording}
    names |= {"Landscape": Landscape, "theme": theme, "__name__": "example"}
    names |= PUBLIC
    # As if it stood in a file: one of the parts shows source text.
    linecache.cache[str(place)] = (len(code), None, code.splitlines(keepends=True), str(place))
    before = set(names)
    exec(compile(code, str(place), "exec"), names)
    (made,) = (value for name, value in names.items() if name not in before and inspect.isclass(value))
    assert issubclass(made, Scene)
    return made


@pytest.fixture(scope="module", autouse=True)
def one_landscape() -> Iterator[None]:
    """The ground is baked once for all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "landscape", cache(library.landscape))
        yield


def played(code: str, folder: Path) -> Scene:
    small = {"pixel_width": 160, "pixel_height": 90, "frame_rate": 4, "media_dir": str(folder)}
    with tempconfig({"dry_run": True, "verbosity": "ERROR", "progress_bar": "none", **small}):
        scene = scene_of(code, folder / "example.py")()
        scene.render()
    return scene


@pytest.mark.parametrize("name", sorted(PUBLIC.keys() - WITHOUT_A_SCENE))
def test_every_public_part_has_an_example_that_runs(name: str, tmp_path: Path) -> None:
    code = example(PUBLIC[name].__doc__)
    assert re.search(rf"\b{name}\b|say\(", code), f"{name} has no example of its use"
    scene = played(code, tmp_path)
    assert scene.mobjects
    # Something is to be seen: not one even colour.
    frame = scene.renderer.camera.pixel_array[..., :3]
    assert name == "ExplainerScene" or frame.reshape(-1, 3).std(axis=0).max() > 1


def test_the_module_s_own_example_is_a_whole_file(tmp_path: Path) -> None:
    code = example(scenes.parts.__doc__)
    names: dict[str, Any] = {"__name__": "own"}
    small = {"pixel_width": 160, "pixel_height": 90, "frame_rate": 4, "media_dir": str(tmp_path)}
    with tempconfig({"dry_run": True, "verbosity": "ERROR", "progress_bar": "none", **small}):
        exec(code, names)
        names["OwnLoss"]().render()


def test_a_part_without_an_example_would_be_found() -> None:
    assert example("What it is.\n\nParameters\n----------\nx\n    A number.\n") == ""
    assert (
        example("What.\n\n    Examples\n    --------\n    ::\n\n        a = 1\n\n    Notes\n    -----\n    b\n")
        == "a = 1"
    )


def test_public_names_are_those_that_are_handed_on() -> None:
    stub = Path(scenes.parts.__file__).with_suffix(".pyi").read_text("utf-8")
    assert sorted(scenes.parts.__all__) == sorted(re.findall(r" as (\w+)$", stub, re.M))
    with pytest.raises(AttributeError, match="scenes.parts attribute nothing"):
        _ = scenes.parts.nothing


def test_a_name_that_a_module_has_too_is_the_function_whichever_is_imported_first() -> None:
    code = "import scenes.parts.words, scenes.parts\nfrom scenes.parts import words\nassert callable(words)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])
