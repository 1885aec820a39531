"""What a take is made from: exactly the files that its scene imports, and everything else that shows."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from descent_core.catalogue import subjects
from scenes.part import SceneRef
from scenes.production.format import FORMATS, RenderSettings
from scenes.production.takes import key as take_key
from scenes.production.takes.key import TakeKey
from scenes.production.takes.sources import Sources
from scenes.series import find_part

ROOT = Path(__file__).parents[4]
FILES = {
    "__init__.py": "",
    "scene.py": "from typing import TYPE_CHECKING\n"
    "from .shared import thing\n"
    "import trip.whole\n"
    "import scenes.theme\n"
    "from trip.lazy import second\n"
    "from trip.folder import inner\n"
    "if TYPE_CHECKING:\n    from trip.shown import Shown\n"
    "def later():\n    from trip import late\n    import importlib\n    importlib.import_module('trip.named')\n",
    "shared.py": "from . import deep",
    "deep.py": "",
    "whole.py": "from trip.starred import *",
    "starred.py": "",
    "late.py": "",
    "named.py": "",
    "shown.py": "",
    "stranger.py": "from trip import scene",
    "folder/__init__.py": "",
    "folder/inner.py": "from ..up import x",
    "folder/other.py": "",
    "up.py": "",
    "lazy/__init__.py": "import lazy_loader\n"
    "__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)\n",
    "lazy/__init__.pyi": "from .one import first as first\nfrom .two import second as second\n",
    "lazy/one.py": "",
    "lazy/two.py": "",
}
#: What importing ``trip.scene`` never reaches.
NOT_REACHED = {"lazy/__init__.pyi", "shown.py", "stranger.py", "folder/other.py", "lazy/one.py"}


@pytest.fixture
def trip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "trip"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


TRIP = SceneRef("scene", "trip.scene", "Scene", "Scene")
DRAFT, HD = RenderSettings(FORMATS["draft"]), RenderSettings(FORMATS["hd"])


def key(ref: SceneRef = TRIP) -> TakeKey:
    return take_key.take_key(ref, DRAFT)


def test_every_import_is_followed_and_nothing_else(trip: Path) -> None:
    found = {name for name in Sources().reached("trip.scene") if name.startswith("trip/")}
    assert found == {f"trip/{name}" for name in FILES.keys() - NOT_REACHED}


def test_other_packages_of_ours_are_followed_and_those_of_others_are_not(trip: Path) -> None:
    found = Sources().reached("trip.scene")
    assert {"scenes/theme.py", "scenes/engine/terrain/material.py", "scenes/__init__.py"} <= found.keys()
    assert {name.split("/")[0] for name in found} == {"trip", "scenes", "descent_core"}


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_take_depends_on_the_files_that_are_reached_and_on_no_others(name: str, trip: Path) -> None:
    before = key()
    (trip / name).write_text(FILES[name] + "\n# a word more\n")
    after = key()
    assert (after.digest != before.digest) is (name not in NOT_REACHED)
    if name not in NOT_REACHED:
        assert after.changed_since(json.loads(json.dumps(before.__dict__))) == f"code changed: trip/{name}"


@pytest.mark.parametrize("text", ["import trip.lazy", "from trip import lazy", "from trip.lazy import *"])
def test_of_a_whole_lazy_package_any_name_may_be_used(trip: Path, text: str) -> None:
    (trip / "scene.py").write_text(text)
    assert {"trip/lazy/one.py", "trip/lazy/two.py"} <= Sources().reached("trip.scene").keys()


def test_a_file_that_is_no_python_is_still_told_apart(trip: Path) -> None:
    (trip / "scene.py").write_text("def (")
    first = key()
    (trip / "scene.py").write_text("def ((")
    assert key().digest != first.digest


def test_nothing_that_a_scene_loads_is_overlooked() -> None:
    """Held against what Python really imports, for every scene of the series.

    But for the film's list of scenes with what only that needs, and for the catalogues with their data, which are
    found by their files: what they decide is known by recording.
    """
    beside = {ROOT / "scenes" / name for name in ("gradient/__init__.py", "part.py", "outline.py")}
    beside |= {ROOT / "descent_core" / "catalogue" / f"{subject}.py" for subject in subjects()}
    beside |= set((ROOT / "descent_core" / "catalogue").glob("*/*.py"))
    names = [ref.module for ref in find_part("gradient").scenes]
    code = (
        "import importlib, json, sys, manim\n"
        "ours = lambda: [m for m in sys.modules if m.split('.')[0] in ('scenes', 'descent_core')]\n"
        "loaded = {}\n"
        f"for name in {names}:\n"
        "    [sys.modules.pop(m) for m in ours()]\n"
        "    importlib.import_module(name)\n"
        "    loaded[name] = [sys.modules[m].__file__ for m in ours()]\n"
        "print(json.dumps(loaded))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    for name, files in json.loads(done.stdout.splitlines()[-1]).items():
        assert len(files) > 10
        assert {Path(file) for file in files} - beside <= {source.path for source in Sources().reached(name).values()}


def test_the_words_that_a_scene_says_are_counted_before_it_is_drawn(trip: Path) -> None:
    (trip / "scene.py").write_text(
        "with self.say('One two ' f'three {x} four'):\n    self.say(word)\nprint('not said')"
    )
    source = Sources().source("trip.scene")
    assert source is not None
    assert source.words == 4


def test_a_scene_does_not_depend_on_its_neighbours_nor_on_the_film() -> None:
    found = Sources().reached("scenes.gradient.fog").keys()
    assert {
        "scenes/gradient/fog.py",
        "scenes/stage/explainer_scene.py",
        "scenes/parts/ground/hiker/figure.py",
        "descent_core/catalogue/__init__.py",
    } <= found
    assert not found & {
        "scenes/gradient/zero_grad.py",
        "scenes/production/web/film_page.py",
        "scenes/production/takes/cache.py",
        "render.py",
    }


def alter(name: str) -> Callable[[str], str]:
    return lambda package: "9.9" if package == name else "1.0"


def test_everything_else_that_shows_is_in_the_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ref = find_part("gradient").scene("fog")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(take_key, "version", lambda package: "1.0")
    first = take_key.take_key(ref, DRAFT)
    assert take_key.take_key(ref, DRAFT).digest == first.digest
    others = [
        take_key.take_key(ref, replace(DRAFT, format=replace(DRAFT.format, rate=16))),
        take_key.take_key(
            ref, replace(DRAFT, format=replace(DRAFT.format, encoder=(("preset", "ultrafast"), ("crf", "25"))))
        ),
        take_key.take_key(find_part("gradient").scene("slope"), DRAFT),
    ]
    others.append(take_key.take_key(ref, replace(DRAFT, burn_captions=True)))
    others.append(take_key.take_key(ref, DRAFT, "hibari"))
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    for package in take_key.PACKAGES:
        monkeypatch.setattr(take_key, "version", alter(package))
        others.append(take_key.take_key(ref, DRAFT))
        assert others[-1].changed_since(first.__dict__) == f"version changed: {package} 1.0 to 9.9"
    monkeypatch.setattr(take_key, "version", lambda package: "1.0")
    monkeypatch.setattr(take_key.platform, "python_version_tuple", lambda: ("3", "99", "0"))
    others.append(take_key.take_key(ref, DRAFT))
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(take_key, "version", lambda package: "1.0")
    (tmp_path / "manim.cfg").write_text("[CLI]\nbackground_color = RED\n")
    others.append(take_key.take_key(ref, DRAFT))
    assert others[-1].changed_since(first.__dict__) == "manim's settings changed: manim.cfg"
    assert len({one.digest for one in [first, *others]}) == len(others) + 1


def test_where_somebody_speaks_the_code_of_the_sound_counts() -> None:
    def code(voice: str) -> set[str]:
        return set(take_key.take_key(find_part("gradient").scene("fog"), HD, voice).code)

    assert {
        "scenes/production/sound/mix.py",
        "scenes/production/sound/loudness.py",
        "scenes/production/sound/audio_track.py",
    } <= code("hibari")
    assert "scenes/production/sound/audio_track.py" not in code("none")


def test_a_voice_counts_with_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stranger:
        modules = ("scenes.narration.voices.piper",)

        def settings(self) -> dict[str, str | float]:
            return {"voice": "piper", "length scale": 3.0}

    monkeypatch.setattr(take_key, "choose", lambda name: Stranger())
    assert take_key.take_key(find_part("gradient").scene("fog"), HD, "piper").voice == Stranger().settings()
    monkeypatch.undo()
    assert take_key.voice_name(None) == "hibari"
    assert take_key.voice_name("none") == "none"


def test_a_take_in_another_theme_is_another_take(trip: Path) -> None:
    light = take_key.take_key(TRIP, replace(DRAFT, theme="light"))
    assert light.digest != key().digest
    assert light.changed_since(asdict(key())) == "the format or the theme changed"
