"""Which film is measured: the one that is there, if nothing has changed since it was made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from descent_core import library
from render import cli
from scenes.check.film.finished import FilmError, finished_film
from scenes.check.film.measured import measured
from scenes.narration.voices.silence import Silence
from scenes.part import Part
from scenes.production.package.build import build_package
from scenes.production.takes.cache import TakeCache
from scenes.production.takes.pool import render_all
from scenes.series import find_part
from tests.scenes.production.takes.tiny_films import SETTINGS, TinyFilm, tiny_film

BODY = """
with self.say("Here is [one]one of them.") as line:
    square = Square().shift([3, 0, 0])
    line.reach("one", shows=square)
    self.add(square)
    self.wait(line.left)
self.run("right")
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[TinyFilm]:
    with tiny_film(tmp_path) as film:
        yield film


def made(part: Part, folder: Path) -> Path:
    """The folder of films in which a part was made, in silence."""
    with TakeCache(folder / "cache") as cache:
        takes = render_all(part, SETTINGS, cache=cache, jobs=1)
        build_package(part, takes, folder / "films", settings=SETTINGS, voice=Silence())
    return folder / "films"


def test_a_film_is_measured_until_something_of_it_changes(tiny: TinyFilm, tmp_path: Path) -> None:
    part = tiny.part(one=BODY, two="")
    films = made(part, tmp_path)
    film = finished_film(part, films)
    assert [scene.slug for scene in film.scenes] == ["one", "two"]
    assert film.voice == "none"
    (mark,) = film.scenes[0].marks
    assert mark.word == "one"
    assert film.scenes[1].start == pytest.approx(film.scenes[0].end, abs=0.002)
    assert [(len(scene.pictures), scene.faults) for scene in measured(film, None)] == [(1, ()), (0, ())]

    tiny.write("two", "self.wait(1)")
    with pytest.raises(
        FilmError, match=r"older than .*\(changed: two\)\. Make it anew: descent film tiny .*--voice none"
    ):
        finished_film(part, films)
    made(part, tmp_path)
    finished_film(part, films)


def test_a_film_of_a_recording_that_is_another_by_now_is_old(
    tiny: TinyFilm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = tiny.part(one=BODY)
    films = made(part, tmp_path)
    monkeypatch.setattr(library, "current_hash", lambda name: "another")
    with pytest.raises(FilmError, match=r"recorded anew: right\.npz"):
        finished_film(part, films)


def test_a_film_that_is_drawn_anew_to_the_same_bits_is_current_again(tiny: TinyFilm, tmp_path: Path) -> None:
    part = tiny.part(one=BODY)
    made(part, tmp_path)
    file = tiny.folder / "tiny_film" / "one.py"
    file.write_text(file.read_text() + "# a word more\n")
    films = made(part, tmp_path)
    finished_film(part, films)


def test_a_manifest_of_an_earlier_version_says_what_to_type(tmp_path: Path) -> None:
    part = find_part("gradient")
    folder = tmp_path / part.filename
    folder.mkdir()
    (folder / "film.mp4").write_bytes(b"")
    (folder / "manifest.json").write_text(json.dumps({"scenes": [], "voice": {"voice": "none"}}))
    with pytest.raises(FilmError, match="was made by an earlier version. Make it: descent film gradient"):
        finished_film(part, tmp_path)


def test_where_there_is_no_film_the_command_says_how_to_make_it(tmp_path: Path) -> None:
    told = CliRunner().invoke(cli, ["check", "gradient", "--film", "--films", str(tmp_path)])
    assert told.exit_code == 1
    assert "is not there. Make it: descent film gradient --out" in " ".join(told.output.split())


def test_only_films_of_the_series_are_measured(tmp_path: Path) -> None:
    told = CliRunner().invoke(cli, ["check", "scenes/examples/my_talk.py", "--film"])
    assert told.exit_code == 2
    assert "name a part" in told.output


@pytest.mark.slow
def test_the_pictures_of_a_scene_begin_with_their_words_and_its_lines_with_their_cues() -> None:
    told = CliRunner().invoke(cli, ["check", "gradient", "backward", "--film", "-j", "1"])
    assert told.exit_code == 0, told.output
    assert "backward, in the film: " in told.output
    assert "off their words" in told.output
    assert "No faults." in told.output
