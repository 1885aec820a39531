"""Films of a few frames for the tests of takes: each test writes the scenes it needs."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from scenes.part import Part, SceneRef
from scenes.production.format import Format, RenderSettings

TINY = Format(160, 90, 5, (("preset", "ultrafast"), ("crf", "30")))
PACKAGE = "tiny_film"
SETTINGS = RenderSettings(TINY)

HEAD = """
import os, signal, subprocess, time
from pathlib import Path
from manim import Square
from scenes.stage.explainer_scene import ExplainerScene

HERE = Path(__file__).parent

class Only(ExplainerScene):
    def construct(self):
        self.beat("one")
        self.add(Square())
        self.wait(0.4)
"""

#: Runs `render.py` with the tiny film in place of the series.
DRIVER = f"""
import sys
from scenes.cli import main, options
from scenes.part import Part, SceneRef
from scenes.production.format import FORMATS
from tests.scenes.production.takes.tiny_films import TINY

if __name__ == "__main__":
    slugs, words = sys.argv[1].split(","), sys.argv[2:]
    refs = tuple(SceneRef(slug, f"{PACKAGE}.{{slug}}", "Only", slug.upper()) for slug in slugs)
    options.find_part = lambda name: Part(9, "tiny", "Tiny", "a test", refs)
    FORMATS["draft"] = TINY
    main.cli(words)
"""


@dataclass(frozen=True)
class TinyFilm:
    """A package of scenes in a folder that Python looks into; each is one module with the class ``Only``."""

    folder: Path

    def write(self, slug: str, body: str = "") -> SceneRef:
        """A scene of two frames that then does ``body``."""
        package = self.folder / PACKAGE
        package.mkdir(exist_ok=True)
        (package / "__init__.py").touch()
        (package / f"{slug}.py").write_text(HEAD + textwrap.indent(textwrap.dedent(body), " " * 8))
        return SceneRef(slug, f"{PACKAGE}.{slug}", "Only", slug.upper())

    def part(self, **bodies: str) -> Part:
        """A part of these scenes."""
        return Part(9, "tiny", "Tiny", "a test", tuple(self.write(slug, body) for slug, body in bodies.items()))

    def marker(self, name: str) -> Path:
        """What a scene calls ``HERE / name``."""
        return self.folder / PACKAGE / name


@contextmanager
def tiny_film(folder: Path) -> Iterator[TinyFilm]:
    """A film in ``folder/code``, which Python and the processes that draw look into, until the context ends.

    Then what was imported of it is forgotten: the package of another test has its name.
    """
    code = folder / "code"
    code.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(code))
        try:
            yield TinyFilm(code)
        finally:
            for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
                del sys.modules[name]
