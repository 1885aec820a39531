"""Where things are kept, and where they go when a user has no home, or none that can be written."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from descent_core import folders
from descent_core.errors import DescentError
from descent_core.folders import cache_folder, can_write, use_writable_folders

ROOT = Path(__file__).parents[2]
#: A folder that nobody can make, root neither.
NOWHERE = f"{os.devnull}/nowhere"
VARIABLES = ("DESCENT_CACHE", "XDG_CACHE_HOME", "NUMBA_CACHE_DIR", "HOME")


@pytest.fixture
def user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """A user with just these of the variables, and temporary files of their own."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr("numba.config.CACHE_DIR", "")

    def become(**variables: str) -> None:
        folders._temporary_folder.cache_clear()
        for name in VARIABLES:
            monkeypatch.setenv(name, "")  # so that what is set meanwhile is taken back
            monkeypatch.delenv(name)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    yield become
    folders._temporary_folder.cache_clear()


def checkout(folder: Path, *, installed: bool = False) -> Path:
    """The folder of compiled code in a checkout, or in an installed package."""
    compiled = folder / "scenes" / "engine"
    (compiled / "drawing" / "__pycache__").mkdir(parents=True)
    if not installed:
        (folder / "pyproject.toml").touch()
    return compiled


def test_a_user_with_a_home_and_a_checkout_is_left_alone(user: Callable[..., None], tmp_path: Path) -> None:
    user(HOME=str(tmp_path), XDG_CACHE_HOME=str(tmp_path / "kept"))
    before = dict(os.environ)
    use_writable_folders(checkout(tmp_path))
    assert dict(os.environ) == before
    assert cache_folder() == tmp_path / "kept" / "descent-films"
    assert list((tmp_path / "temporary").iterdir()) == []


def test_an_installed_package_is_compiled_into_the_users_cache(user: Callable[..., None], tmp_path: Path) -> None:
    compiled = checkout(tmp_path, installed=True)
    user(HOME=str(tmp_path), DESCENT_CACHE=str(tmp_path / "mine"))
    use_writable_folders(compiled)
    assert os.environ["NUMBA_CACHE_DIR"] == str(tmp_path / "mine" / "numba")
    user(HOME=str(tmp_path), NUMBA_CACHE_DIR="theirs")
    use_writable_folders(compiled)
    assert os.environ["NUMBA_CACHE_DIR"] == "theirs"


def test_a_checkout_that_cannot_be_written_too(
    user: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = checkout(tmp_path)
    user(HOME=str(tmp_path), XDG_CACHE_HOME=str(tmp_path / "kept"))
    monkeypatch.setattr(folders, "can_write", lambda path: compiled not in path.parents and can_write(path))
    use_writable_folders(compiled)
    assert os.environ["NUMBA_CACHE_DIR"] == str(tmp_path / "kept" / "descent-films" / "numba")


@pytest.mark.parametrize("named", [{}, {"DESCENT_CACHE": NOWHERE}])
def test_where_the_home_cannot_be_written_it_is_a_temporary_folder(
    named: dict[str, str], user: Callable[..., None], tmp_path: Path
) -> None:
    user(HOME=NOWHERE, **named)
    own = tmp_path / "temporary" / f"descent-films-{os.getuid()}"
    use_writable_folders(checkout(tmp_path, installed=True))
    assert cache_folder() == (Path(NOWHERE) if named else own / "descent-films")  # what was named is not exchanged
    assert os.environ["XDG_CACHE_HOME"] == str(own)
    assert os.environ["NUMBA_CACHE_DIR"] == str(own / "descent-films" / "numba")
    assert os.environ["HOME"] == NOWHERE
    assert stat.S_IMODE(own.stat().st_mode) == 0o700


def test_a_temporary_folder_of_somebody_else_is_not_used(user: Callable[..., None], tmp_path: Path) -> None:
    user(HOME=NOWHERE)
    trap = tmp_path / "temporary" / f"descent-films-{os.getuid()}"
    (tmp_path / "elsewhere").mkdir()
    trap.symlink_to(tmp_path / "elsewhere")
    assert trap not in cache_folder().parents
    trap.unlink()
    trap.mkdir()
    trap.chmod(0o777)
    folders._temporary_folder.cache_clear()
    assert trap not in cache_folder().parents


def test_where_nothing_can_be_written_it_says_what_to_name(
    user: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    user(HOME=NOWHERE)
    monkeypatch.setattr("tempfile.tempdir", NOWHERE)
    use_writable_folders(checkout(tmp_path))  # the import does not fail
    with pytest.raises(DescentError, match="DESCENT_CACHE, and one in TMPDIR"):
        cache_folder()


#: All that needs a folder before a scene is drawn: compiled loops, manim's settings, the take's key, the cache.
PROBE = """
import numpy as np
from scenes.production.format import FORMATS, RenderSettings
from scenes.production.takes.cache import TakeCache
from scenes.production.takes.key import take_key
from scenes.series import find_part
import scenes.stage.explainer_scene
import scenes.parts.ground.mountain
from scenes.engine.drawing.subpaths import subpaths

subpaths(np.zeros((8, 3)), 1e-6)
take_key(find_part("gradient").scenes[0], RenderSettings(FORMATS["draft"]))
with TakeCache() as cache:
    print(cache.folder)
"""


@pytest.mark.slow
@pytest.mark.parametrize("home", [{"HOME": "/nonexistent"}, {}])
def test_under_a_number_without_a_home_and_a_checkout_of_somebody_else(home: dict[str, str], tmp_path: Path) -> None:
    """As in a container. Reading everything is allowed, because the Python that runs the tests may be root's own."""
    if sys.platform != "linux" or os.getuid() or not shutil.which("setpriv"):
        pytest.skip("only root of a Linux with setpriv can become somebody else")
    copy, theirs = tmp_path / "copy", tmp_path / "temporary"
    for package in ("descent_core", "scenes"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    theirs.mkdir()
    theirs.chmod(0o777)
    become = ["setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups"]
    become += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    environment = {"PATH": os.defpath, "PYTHONPATH": str(copy), "TMPDIR": str(theirs), **home}
    done = subprocess.run(
        [*become, sys.executable, "-c", PROBE], cwd="/", env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    kept = theirs / "descent-films-54321" / "descent-films"
    assert done.stdout == f"{kept / 'takes'}\n"
    assert list((kept / "numba").glob("drawing_*/subpaths.*.nbi"))
    assert not list(copy.rglob("__pycache__"))
