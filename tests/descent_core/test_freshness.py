"""Freshness by recording: what changes for one label leaves the recordings of all others as they are."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from descent_core import catalogue as catalogue_package
from descent_core import fingerprints, library
from descent_core.catalogue import catalogue
from descent_core.errors import RecordingError

TEXT = """
from descent_core.catalogue.specs import LandscapeSpec, ListingSpec, RunSpec

STEEPNESS = 1.0

def cup():
    return lambda c: STEEPNESS * (c**2).sum()

def tent():
    return lambda c: c.abs().sum()

LOSSES = {"cup": cup, "tent": tent}
RUNS = {
    "down-the-cup": RunSpec("cup", (2.0, 1.0), lr=0.1, steps=5),
    "down-the-tent": RunSpec("tent", (2.0, 1.0), lr=0.1, steps=5),
    "about-the-cup": RunSpec("cup", (2.0, 1.0), lr=1.0, steps=5, optimizer="random-search"),
}
LANDSCAPES = {"cup-ground": LandscapeSpec("cup", (-1, 1), (-1, 1), (5, 5))}
LISTINGS = {"cup-step": ListingSpec("descent_core.training.update_rules:step", "cup", (2.0, 1.0), lr=0.1)}
"""
ALL = {
    "down-the-cup.npz", "down-the-tent.npz", "about-the-cup.npz", "cup-ground.landscape.npz", "cup-step.listing.json",
    "far-too-big.npz", "bowl.landscape.npz", "step.listing.json",
}  # fmt: skip
OF_THE_CUP = {"down-the-cup.npz", "about-the-cup.npz", "cup-ground.landscape.npz", "cup-step.listing.json"}


class Film:
    """A film's catalogue in a file that the tests edit, beside those of the real films."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path, self.module = folder / f"{name}.py", f"descent_core.catalogue.{name}"

    def write(self, text: str) -> None:
        """Save the file; what was read of it before is forgotten, as in a new process."""
        self.path.write_text(text)
        forget(self.module)

    def edit(self, old: str, new: str) -> None:
        """Replace ``old``, which is in the text once."""
        text = self.path.read_text()
        assert text.count(old) == 1
        self.write(text.replace(old, new))


def forget(module: str) -> None:
    sys.modules.pop(module, None)
    importlib.invalidate_caches()
    for cached in (catalogue, fingerprints.module_text, fingerprints.definition_text):
        cached.cache_clear()


@pytest.fixture
def films(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose files are films' catalogues too; recordings are kept in another one."""
    folder = tmp_path / "films"
    folder.mkdir()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # two edits within a second would pass for one
    monkeypatch.setattr(catalogue_package, "__path__", [*catalogue_package.__path__, str(folder)])
    monkeypatch.setenv("DESCENT_RECORDINGS", str(tmp_path / "recordings"))
    yield folder
    for file in folder.glob("*.py"):
        forget(f"descent_core.catalogue.{file.stem}")


@pytest.fixture
def cups(films: Path) -> Film:
    """A film whose recordings are made, and some of part 4 with them."""
    film = Film(films, "cups")
    film.write(TEXT)
    for label in ("down-the-cup", "down-the-tent", "about-the-cup", "far-too-big"):
        library.recording(label)
    library.landscape("cup-ground")
    library.landscape("bowl")
    library.listing("cup-step")
    library.listing("step")
    assert None not in hashes().values()
    return film


def hashes() -> dict[str, str | None]:
    return {name: library.current_hash(name) for name in sorted(ALL)}


def changed_by(film: Film, old: str, new: str) -> set[str]:
    """What an edit makes stale; all else keeps its hash."""
    before = hashes()
    film.edit(old, new)
    after = hashes()
    stale = {name for name in ALL if after[name] is None}
    assert all(after[name] == before[name] for name in ALL - stale)
    return stale


@pytest.mark.parametrize(
    ("old", "new", "stale"),
    [
        ('"down-the-tent": RunSpec("tent", (2.0, 1.0), lr=0.1', '"down-the-tent": RunSpec("tent", (2.0, 1.0), lr=0.2',
         {"down-the-tent.npz"}),
        ("(-1, 1), (5, 5)", "(-1, 1), (7, 7)", {"cup-ground.landscape.npz"}),
        ('(2.0, 1.0), lr=0.1)}\n', '(2.0, 1.5), lr=0.1)}\n', {"cup-step.listing.json"}),
        ("c.abs().sum()", "2 * c.abs().sum()", {"down-the-tent.npz"}),
        ("(c**2).sum()", "(c**4).sum()", OF_THE_CUP),
        ("STEEPNESS = 1.0", "STEEPNESS = 2.0", OF_THE_CUP),
        ('"tent": tent}', '"tent": tent, "hat": tent}', set()),
        ("RUNS = {", 'RUNS = {"new": RunSpec("cup", (1.0,), lr=0.1, steps=2),', set()),
        ("LANDSCAPES = {", 'LANDSCAPES = {"new": LandscapeSpec("tent", (-1, 1), (-1, 1), (5, 5)),', set()),
        ("def tent", "def hat():\n    return lambda c: c.sum()\n\ndef tent", set()),
    ],
    ids=["a run", "a landscape", "a listing", "a loss", "another loss", "a constant of a loss",
         "a label of a loss", "a new run", "a new landscape", "a new loss"],
)  # fmt: skip
def test_an_edit_makes_stale_what_it_changes_and_nothing_else(cups: Film, old: str, new: str, stale: set[str]) -> None:
    assert changed_by(cups, old, new) == stale


def test_a_new_film_leaves_all_recordings_as_they_were(cups: Film, films: Path) -> None:
    before = hashes()
    Film(films, "more").write(
        "from descent_core.catalogue.specs import RunSpec\n\ndef plain():\n    return lambda c: c.sum()\n\n"
        'LOSSES = {"plain": plain}\nRUNS = {"down-the-plain": RunSpec("plain", (1.0,), lr=0.1, steps=2)}\n'
        "LANDSCAPES = {}\nLISTINGS = {}\n"
    )
    assert library.recording("down-the-plain").steps == 2
    assert hashes() == before


def test_a_loss_that_uses_another_films_definitions_is_stale_as_they_change(cups: Film, films: Path) -> None:
    Film(films, "more").write(
        "from descent_core.catalogue.cups import cup as round_cup\nfrom descent_core.catalogue.specs import RunSpec\n\n"
        "def shifted():\n    cup = round_cup()\n    return lambda c: cup(c - 1)\n\n"
        'LOSSES = {"shifted": shifted}\nRUNS = {"shifted": RunSpec("shifted", (3.0,), lr=0.1, steps=2)}\n'
        "LANDSCAPES = {}\nLISTINGS = {}\n"
    )
    library.recording("shifted")
    cups.edit("c.abs().sum()", "2 * c.abs().sum()")
    forget("descent_core.catalogue.more")
    assert library.current_hash("shifted.npz") is not None
    cups.edit("(c**2).sum()", "(c**4).sum()")
    forget("descent_core.catalogue.more")
    assert library.current_hash("shifted.npz") is None


def test_a_stale_recording_has_no_hash_until_it_is_made_anew(cups: Film) -> None:
    old = library.recording("down-the-cup")
    assert "down-the-cup.npz" in changed_by(cups, "(c**2).sum()", "(c**4).sum()")
    new = library.recording("down-the-cup")
    assert float(old.losses[0]) == 2.0**2 + 1
    assert float(new.losses[0]) == 2.0**4 + 1
    assert library.current_hash("down-the-cup.npz") is not None
    assert library.current_hash("about-the-cup.npz") is None  # nobody asked for that one yet


def test_only_what_made_a_recording_counts_of_our_own_code(cups: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    read = library.module_text

    def edited(module: str) -> str:
        return read(module) + ("\n# edited" if module == "descent_core.training.random_search" else "")

    before = hashes()
    monkeypatch.setattr(library, "module_text", edited)
    assert {name for name, digest in hashes().items() if digest != before[name]} == {"about-the-cup.npz"}


def test_a_label_that_is_gone_has_no_hash(cups: Film) -> None:
    assert changed_by(cups, '"down-the-tent": RunSpec', '"down-the-other": RunSpec') == {"down-the-tent.npz"}


def test_a_damaged_recording_is_not_made_anew_unasked(cups: Film, tmp_path: Path) -> None:
    path = tmp_path / "recordings" / "down-the-cup.npz"
    before = library.current_hash(path.name)
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(RecordingError, match="cut short"):
        library.recording("down-the-cup")
    assert library.current_hash(path.name) != before


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        ("losses", 'LOSSES = {"radio": None}'),
        ("runs", 'RUNS = {"right": RunSpec("radio", (0, 0), lr=1, steps=1)}'),
        ("landscapes", 'LANDSCAPES = {"mountain": LandscapeSpec("radio", (-1, 1), (-1, 1), (5, 5))}'),
        ("listings", 'LISTINGS = {"step": ListingSpec("a:b", "radio", (0, 0))}'),
    ],
)
def test_two_films_with_the_same_label_are_refused(films: Path, kind: str, table: str) -> None:
    Film(films, "twin").write(
        "from descent_core.catalogue.specs import LandscapeSpec, ListingSpec, RunSpec\n"
        f"LOSSES, RUNS, LANDSCAPES, LISTINGS = {{}}, {{}}, {{}}, {{}}\n{table}\n"
    )
    with pytest.raises(ValueError, match=f"Two files of the catalogue have {kind} of the same label"):
        catalogue()
