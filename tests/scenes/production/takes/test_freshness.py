"""Which takes an edit makes stale: really edited, in a copy of the project, and looked at by a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from descent_core import library
from scenes.series import find_part

ROOT = Path(__file__).parents[4]
SCENES = {ref.slug for ref in find_part("gradient").scenes}

HEAD = """
import json, sys
from pathlib import Path
import scenes
from scenes.production.format import FORMATS, RenderSettings
from scenes.production.takes.key import take_key
from scenes.production.takes.sources import Sources
from scenes.series import find_part

root = Path(sys.argv[1])
assert Path(scenes.__file__).is_relative_to(root), "the copy is not what is looked at"
settings = RenderSettings(FORMATS["draft"])
refs = find_part("gradient").scenes
"""
#: Given texts by path, tells the takes whose keys each of them changes where it is put at the end of that file.
EDITS = (
    HEAD
    + """
def keys():
    sources = Sources()
    return {
        f"{ref.slug}, {voice}": take_key(ref, settings, voice, sources).digest
        for ref in refs for voice in ("none", "hibari", "piper")
    }

before = keys()
changed = {}
for name, text in json.load(sys.stdin).items():
    path = root / name
    there = path.read_bytes() if path.exists() else None
    path.write_bytes((there or b"") + text.encode())
    changed[name] = sorted(take for take, digest in keys().items() if digest != before[take])
    path.unlink() if there is None else path.write_bytes(there)
print(json.dumps(changed))
"""
)
#: Given recordings by scene, keeps a take of each that was made from them.
STORE = (
    HEAD
    + """
from scenes.narration.cues import CueSheet
from scenes.production.takes.cache import TakeCache
from scenes.production.takes.take import Take

with TakeCache() as cache:
    for slug, recordings in json.load(sys.stdin).items():
        ref = find_part("gradient").scene(slug)
        film = cache.work / f"{slug}.mp4"
        film.write_bytes(b"film")
        film.with_suffix(".jpg").write_bytes(b"still")
        cache.store(ref, take_key(ref, settings), Take(ref, film, CueSheet(), recordings), cost=1.0)
print("{}")
"""
)
#: Tells for each scene why its take is not used any more; nothing where it is.
FIND = (
    HEAD
    + """
from scenes.production.takes.cache import TakeCache

with TakeCache() as cache:
    print(json.dumps({ref.slug: cache.find(ref, take_key(ref, settings))[1] for ref in refs}))
"""
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own code, to be edited."""
    folder = tmp_path_factory.mktemp("copy")
    for package in ("scenes", "descent_core"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def ask(copy: Path, program: str, given: Any = None, **environment: str) -> Any:
    """What a program prints that runs the code of the copy."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(copy)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1", **environment},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def takes(*voices: str, scenes: set[str] = SCENES) -> list[str]:
    return sorted(f"{slug}, {voice}" for slug in scenes for voice in voices)


#: Which takes are made stale by an edit of a file.
ALL, NONE, SPOKEN = takes("none", "hibari", "piper"), takes(), takes("hibari", "piper")
STALE = {
    # The code of a voice: of what it says, and of no silent take.
    "scenes/narration/voices/hibari.py": takes("hibari"),
    "scenes/narration/voices/hibari_model.py": takes("hibari"),
    "scenes/narration/voices/piper.py": takes("piper"),
    "scenes/narration/voices/piper_model.py": takes("piper"),
    "scenes/narration/voices/planned_speech.py": SPOKEN,
    "scenes/narration/voices/networks.py": SPOKEN,
    "scenes/narration/voices/phonemes.py": SPOKEN,
    "scenes/narration/voices/flite.py": NONE,
    "scenes/narration/voices/silence.py": ALL,  # what a scene has where nobody gives it a voice
    # Who speaks, and where spoken lines are kept, decides nothing that the voice's own settings don't.
    "scenes/narration/speech_cache.py": NONE,
    "scenes/narration/narrator.py": NONE,
    "scenes/narration/voices/registry.py": NONE,  # a voice that is added, too
    **{f"scenes/production/sound/{path.name}": SPOKEN for path in (ROOT / "scenes/production/sound").glob("*.py")},
    # What makes a take, its still too.
    **{f"scenes/production/frames/{name}.py": ALL for name in ("stills", "reader")},
    "scenes/production/takes/render.py": ALL,
    "scenes/stage/explainer_scene.py": ALL,
    # What is made of takes, and what only looks after them.
    "scenes/production/frames/contact_sheet.py": NONE,
    "scenes/production/frames/cutout.py": NONE,
    "scenes/production/takes/cache.py": NONE,
    "scenes/production/takes/pool.py": NONE,
    "scenes/production/package/build.py": NONE,
    "scenes/series.py": NONE,
    # A catalogue: of those scenes that import a number of it. Of the others the recordings count, by themselves.
    "descent_core/catalogue/gradient.py": takes("none", "hibari", "piper", scenes={"optimising"}),
    "descent_core/catalogue/__init__.py": ALL,
    # A film's list of its scenes: of those that show its title.
    "scenes/gradient/__init__.py": takes("none", "hibari", "piper", scenes={"knobs", "next"}),
    "scenes/gradient/fog.py": takes("none", "hibari", "piper", scenes={"fog"}),
}
#: The catalogue of another film, with one run.
OTHER_FILM = """
from descent_core.catalogue.specs import RunSpec

def quadratic():
    return lambda coeffs: (coeffs**2).sum()

LOSSES = {"quadratic-of-another-film": quadratic}
RUNS = {"of-another-film": RunSpec("quadratic-of-another-film", (1.0, 2.0), lr=0.1, steps=5)}
LANDSCAPES = {}
LISTINGS = {}
"""


@pytest.fixture(scope="module")
def stale(copy: Path) -> dict[str, list[str]]:
    """The takes whose keys change, for each file that is edited."""
    edits = dict.fromkeys(STALE, "\n# a word more\n") | {"descent_core/catalogue/other.py": OTHER_FILM}
    changed: dict[str, list[str]] = ask(copy, EDITS, edits)
    return changed


@pytest.mark.parametrize("name", STALE)
def test_an_edit_makes_just_those_takes_stale_that_it_shows_in(name: str, stale: dict[str, list[str]]) -> None:
    assert (ROOT / name).is_file()
    assert stale[name] == STALE[name]


def test_a_run_for_another_film_redraws_nothing(stale: dict[str, list[str]]) -> None:
    assert stale["descent_core/catalogue/other.py"] == []


#: What scenes are taken to show, so that nothing has to be drawn here.
SHOWN = {"fog": ["right"], "step-size": ["right", "too-big"], "slope": ["right"]}


@pytest.fixture
def kept(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project in which takes are kept."""
    monkeypatch.setenv("DESCENT_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "copy"
    shutil.copytree(copy, folder)
    made: dict[str, dict[str, str]] = {}
    for slug, labels in SHOWN.items():
        with library.tracked() as recordings:
            for label in labels:
                library.recording(label)
        made[slug] = dict(recordings)
    ask(folder, STORE, made)
    found = ask(folder, FIND)
    assert {slug for slug, why in found.items() if not why} == SHOWN.keys()
    return folder


def test_takes_are_found_when_another_film_gets_its_runs(kept: Path) -> None:
    (kept / "descent_core" / "catalogue" / "other.py").write_text(OTHER_FILM)
    recorded = "import json; from descent_core import library; print(library.recording('of-another-film').steps)"
    assert ask(kept, recorded) == 5
    found = ask(kept, FIND)
    assert {slug for slug, why in found.items() if not why} == SHOWN.keys()


def test_a_changed_run_makes_those_takes_stale_that_show_it(kept: Path) -> None:
    catalogue = kept / "descent_core" / "catalogue" / "gradient.py"
    text = catalogue.read_text()
    assert text.count("lr=5.5") == 1
    catalogue.write_text(text.replace("lr=5.5", "lr=5.25"))
    found = ask(kept, FIND)
    assert found["step-size"] == "recording changed: too-big.npz"
    assert (found["fog"], found["slope"]) == ("", "")
    catalogue.write_text(text)  # as it was
    assert ask(kept, FIND)["step-size"] == ""


def test_a_changed_loss_makes_all_takes_stale_that_show_a_run_on_it(kept: Path) -> None:
    catalogue = kept / "descent_core" / "catalogue" / "gradient.py"
    text = catalogue.read_text()
    assert text.count("def radio(") == 1
    head, _, tail = text.partition("def radio(")
    line, _, rest = tail.partition("\n")
    catalogue.write_text(f"{head}def radio({line}\n    ...\n{rest}")
    found = ask(kept, FIND)
    assert found["fog"] == found["slope"] == "recording changed: right.npz"
    assert found["step-size"] == "recording changed: right.npz, too-big.npz"
