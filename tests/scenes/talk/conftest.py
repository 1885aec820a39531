"""What the tests of talks share: a file of scenes, its takes, and a talk of each kind made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenes.production.format import FORMATS
from scenes.production.takes.render import render_take
from scenes.production.takes.take import Take
from scenes.talk.build import build_talk
from scenes.talk.deck_file import scenes_in
from tests.scenes.talk.tiny_talk import SCENES, TINY


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mine") / "random.py"  # a name that Python has already
    path.write_text(SCENES)
    return path


@pytest.fixture(scope="session")
def takes(file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Take]:
    _, refs = scenes_in(file)
    return [render_take(ref, TINY, tmp_path_factory.mktemp("takes")) for ref in refs]


@pytest.fixture(scope="session")
def folder(takes: list[Take], tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("talks with a space")
    for kind in ("html", "pptx", "pdf"):
        build_talk(takes, TINY, "Tilt {{ & }} <b>", made / f"my talk.{kind}", above="above")
    return made


@pytest.fixture
def tiny_quality(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "draft", TINY.format)
