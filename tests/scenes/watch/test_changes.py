"""Which files changed, and which beat an edit lies in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scenes.watch.changes import Changes, edited_beat

SCENE = """class Mine(ExplainerScene):
    def construct(self):
        self.beat("one")
        self.wait(1)
        # Two.
        self.beat("two", loop=True)
        self.wait(2)
        self.next_section('three')
        self.wait(3)

    def helper(self):
        return 4
"""
BEATS = ["one", "two", "three"]


@pytest.mark.parametrize(
    ("old", "new", "beat"),
    [
        ("wait(1)", "wait(9)", "one"),
        ("wait(2)", "wait(9)", "two"),
        ("loop=True", "loop=False", "two"),
        ("wait(3)", "wait(9)", "three"),
        ("class Mine", "class Yours", None),
        ("        self.wait(2)\n", "", "two"),
    ],
)
def test_an_edit_lies_in_the_beat_that_began_before_it(old: str, new: str, beat: str | None) -> None:
    assert edited_beat(SCENE, SCENE.replace(old, new), BEATS) == beat


def test_nothing_changed_is_no_edit_and_other_texts_beats_do_not_count() -> None:
    assert edited_beat(SCENE, SCENE, BEATS) is None
    assert edited_beat(SCENE, SCENE.replace("wait(3)", "wait(9)"), ["other"]) is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.py").write_text("1")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "two.py").write_text("2")
    (tmp_path / "sub" / "__init__.py").touch()
    (tmp_path / "no_package").mkdir()
    return tmp_path


def test_a_change_is_found_once_with_the_text_before(folder: Path) -> None:
    changes = Changes([folder])
    assert changes.found() == {}
    (folder / "sub" / "two.py").write_text("22")
    assert changes.found() == {folder / "sub" / "two.py": "2"}
    assert changes.text(folder / "sub" / "two.py") == "22"
    assert changes.found() == {}


def test_a_file_that_is_only_touched_has_not_changed(folder: Path) -> None:
    changes = Changes([folder])
    os.utime(folder / "one.py", ns=(1, 1))
    assert changes.found() == {}


def test_new_files_and_files_that_are_gone_are_changes(folder: Path) -> None:
    changes = Changes([folder])
    (folder / "new.py").write_text("3")
    (folder / "one.py").unlink()
    (folder / "no_package" / "no.py").write_text("4")
    (folder / "notes.txt").write_text("5")
    assert changes.found() == {folder / "new.py": "", folder / "one.py": "1"}


def test_a_file_that_is_replaced_as_editors_do_is_a_change(folder: Path) -> None:
    changes = Changes([folder])
    (folder / ".one.py.swp").write_text("10")
    (folder / ".one.py.swp").replace(folder / "one.py")
    assert changes.found() == {folder / "one.py": "1"}
