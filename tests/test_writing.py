"""Whole files only: what is written to where somebody may read it appears by one move, or not at all."""

from __future__ import annotations

import ast
import errno
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from descent_core.recordings.archive import write_atomically
from render import cli

ROOT = Path(__file__).parent.parent
#: Who writes files in another way, and why a reader never sees half of one.
ELSEWHERE = {
    "descent_core/recordings/archive.py": "is the one way",
    "scenes/cli/new_part.py": "new files of a checkout, all of which are taken back where one fails",
    "scenes/narration/cues.py": "into the hidden folder of a take",
    "scenes/narration/voices/flite.py": "into a temporary folder",
    "scenes/production/package/build.py": "into the hidden folder of a package",
    "scenes/production/takes/cache.py": "into the hidden folder of a take",
    "scenes/production/sound/scene_sounds.py": "into the hidden folder of a take",
    "scenes/production/takes/render.py": "into the hidden folder of a take",
    "scenes/talk/convert.py": "into the hidden folder of a talk",
}


def writes(file: Path) -> bool:
    """Whether a file writes files itself."""
    calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
    for call in calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        texts = [str(value.value) for value in call.args if isinstance(value, ast.Constant)]
        if name in ("write_text", "write_bytes", "mkstemp", "NamedTemporaryFile"):
            return True
        # PyAV writes films and sounds by ``av.open``: into hidden folders, or into memory.
        opens = name in ("open", "fdopen") and ast.unparse(call.func) != "av.open"
        if opens and any(set(text) & set("wxa+") and len(text) < 4 for text in texts):
            return True
    return False


def test_nobody_has_a_way_of_his_own() -> None:
    found = {
        str(file.relative_to(ROOT))
        for package in ("descent_core", "scenes")
        for file in (ROOT / package).rglob("*.py")
        if writes(file)
    }
    assert found == set(ELSEWHERE)


def test_a_full_disk_leaves_nothing_and_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "index.html"
    page.write_text("before")
    opened = os.fdopen

    def full(handle: int, *arguments: object) -> object:
        """A file that takes a little and is then on a full disk."""
        file = opened(handle, *arguments)
        file.write(b"half of it")
        file.flush()
        file.close()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fdopen", full)
        answer = CliRunner().invoke(cli, ["page", "-o", str(tmp_path)])
    assert answer.exit_code == 1
    assert "No room is left in" in answer.output
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
    assert page.read_text() == "before"


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = write_atomically(tmp_path / "file", b"one")
    assert path.stat().st_mode & 0o777 == 0o644
    path.chmod(0o600)
    write_atomically(path, b"two")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == b"two"
