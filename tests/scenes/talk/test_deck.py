"""Decks of your own, from Python and in files."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from manim import tempconfig
from PIL import ImageColor
from pypdf import PdfReader

from descent_core import record, recording
from descent_core.errors import UnknownLabel
from scenes.production.format import FORMATS
from scenes.talk import Deck, write_deck
from scenes.talk.deck import DeckError, Entry
from scenes.talk.deck_file import deck_in, scenes_in
from scenes.theme import DARK, LIGHT, Theme, theme
from tests.scenes.talk.tiny_talk import ROOT, TINY

# Decks of your own.


def test_a_deck_is_given_scenes_and_what_they_draw(file: Path) -> None:
    ours = deck_in(file).entries[0].scene
    walk = record(lambda c: (c**2).sum(), [3.0, 4.0], lr=0.1, steps=5)
    (entry,) = Deck("T").add(ours, runs={"right": walk}).entries
    scene = entry.staged()
    assert issubclass(scene, ours)
    assert scene.runs == {"right": walk}
    assert ours.runs == {}
    with tempconfig({"dry_run": True}):
        assert scene().run("right").same_arrays(walk)
    other = record(lambda c: (c**2).sum(), [3.0, 4.0], lr=0.2, steps=5)
    assert entry.inputs != Entry(ours, {"right": other}).inputs
    assert entry.inputs == Entry(ours, {"right": walk}).inputs


def test_a_deck_says_what_is_no_scene(file: Path) -> None:
    plain = deck_in(file).entries[2].scene
    with pytest.raises(DeckError, match="42 is not a scene"):
        Deck("T").add(42)  # type: ignore[arg-type]
    with pytest.raises(DeckError, match="Plain takes no recordings"):
        Deck("T").add(plain, runs={"right": "too-big"})
    with pytest.raises(DeckError, match="Plain takes no theme"):
        Deck("T").add(plain, theme="light")
    with pytest.raises(DeckError, match="The run 'right' is of the type int"):
        Deck("T").add(deck_in(file).entries[0].scene, runs={"right": 3})  # type: ignore[dict-item]
    with pytest.raises(DeckError, match="no scene in the deck 'T'"):
        write_deck(Deck("T"), "x.html")
    with pytest.raises(UnknownLabel, match="no theme called 'lihgt'. Did you mean light"):
        write_deck(Deck("T").add(plain), "x.html", theme="lihgt")
    with pytest.raises(UnknownLabel, match="no kind of talk called 'key'"):
        write_deck(Deck("T").add(plain), "x.key")


def test_a_deck_is_written_from_python(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "draft", TINY.format)
    plain, whole = (entry.scene for entry in deck_in(file).entries[2:])
    path = write_deck(Deck("Mine").add(plain).add(whole), tmp_path / "x" / "mine.pdf", quality="draft", theme="light")
    pages = PdfReader(path).pages
    assert len(pages) == 1 + 3
    corner = np.asarray(pages[0].images[0].image.convert("RGB"), int)[1, 1]
    wanted = np.asarray(ImageColor.getrgb(LIGHT.page)) * LIGHT.dim  # over a black picture
    assert np.abs(corner - wanted).max() < 5


def test_a_theme_is_worn_by_the_scene_that_is_given_it(file: Path, tmp_path: Path) -> None:
    seen: list[str] = []
    ours = deck_in(file).entries[1].scene

    class Telling(ours):  # type: ignore[misc, valid-type]
        def construct(self) -> None:
            seen.append(theme.page)

    deck = Deck("T").add(Telling).add(Telling, theme=Theme(page="#123456")).add(Telling, theme="light")
    with tempconfig({"dry_run": True, "media_dir": str(tmp_path), "verbosity": "ERROR", "progress_bar": "none"}):
        for entry in deck.entries:
            entry.staged()().render()
    assert seen == [DARK.page, "#123456", LIGHT.page]
    assert theme.page == DARK.page


def test_what_a_scene_is_given_is_told_alike_in_every_process(file: Path) -> None:
    ours = deck_in(file).entries[0].scene
    entry = Entry(ours, {"right": recording("right"), "other": "too-big"}, Theme(page="#123456"))
    code = (
        "from descent_core import recording\nfrom scenes.talk.deck import Entry\nfrom scenes.theme import Theme\n"
        "print(Entry(object, {'right': recording('right'), 'other': 'too-big'}, Theme(page='#123456')).inputs)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ast.literal_eval(done.stdout) == entry.inputs
    assert entry.inputs != Entry(ours, entry.runs, Theme(page="#123457")).inputs


def test_the_scenes_of_a_file_are_found_in_their_order(file: Path) -> None:
    title, refs = scenes_in(file)
    assert title == "random"
    assert [ref.slug for ref in refs] == ["ours", "other", "plain", "whole"]
    assert all(ref.local_modules == {"random"} for ref in refs)


def test_takes_of_a_class_with_other_recordings_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "twice.py"
    path.write_text(
        "from scenes.talk import Deck\nfrom scenes.gradient.fog import MountainInTheFog as Fog\n"
        "DECK = Deck('T').add(Fog).add(Fog, runs={'right': 'too-big'}).add(Fog, runs={'right': 'too-small'})\n"
    )
    _, refs = scenes_in(path)
    assert len({ref.name for ref in refs}) == 3
    assert [ref.slug for ref in refs] == [
        "mountain-in-the-fog",
        "mountain-in-the-fog-no-2",
        "mountain-in-the-fog-no-3",
    ]


def test_a_recording_that_is_another_each_time_is_told(file: Path) -> None:
    _, refs = scenes_in(file)
    from dataclasses import replace

    with pytest.raises(DeckError, match="another recording each time"):
        replace(refs[0], given=(("the run 'right'", "else"),)).load()
