"""The benchmark page: rows, tables, and sections that outlive a partial run. No timing is asserted."""

from __future__ import annotations

import platform
import runpy
import socket
import sys
from pathlib import Path

import pytest
import torch

from tests.benchmarks import core, page
from tests.benchmarks.page import SECTIONS
from tests.benchmarks.rows import Row, print_rows


def test_a_ratio_is_ours_over_theirs_and_is_held_against_what_was_asked() -> None:
    film = Row("a film", 150.0, "s", "its length", 60.0, most=2, of="ratio")
    assert (film.ratio, film.met) == (2.5, False)
    assert film.cells() == ("a film", "150.0 s", "its length: 60.0 s", "2.5", "≤ 2", "no")
    assert Row("again", 3.0, most=3).met is True
    assert Row("baking", 3.0).met is None


def test_the_median_of_ratios_is_not_the_ratio_of_medians() -> None:
    assert Row("a step", 10.0, "µs", "bare", 9.0, 1.05, 1.1, "ratio").met is True


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": "hours"},
        {"most": 2.0, "of": "ratio"},  # there is no ratio to hold against it
        {"most": 2.0, "of": "theirs"},
    ],
)
def test_a_row_that_cannot_be_judged_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a thing"):
        Row("a thing", 1.0, **wrong)  # type: ignore[arg-type]


def test_a_table_has_a_line_for_each_row_and_a_cell_for_each_column() -> None:
    lines = page.table([Row("one|two", 1.0), Row("x", 2.0, "GB", most=1.5)]).splitlines()
    assert len(lines) == 4
    assert {line.replace("\\|", "").count("|") for line in lines} == {7}
    assert "≤ 1.50 GB | no |" in lines[3]


def test_rows_are_printed_as_they_come(capsys: pytest.CaptureFixture[str]) -> None:
    def rows():
        yield Row("first", 1.0, most=0.5)
        assert "first" in capsys.readouterr().out
        yield Row("second", 2.0)

    assert [row.what for row in print_rows(rows())] == ["first", "second"]


def test_a_partial_run_keeps_the_other_sections_with_their_own_date(tmp_path: Path) -> None:
    path = tmp_path / "BENCHMARKS.md"
    page.written(path, {"core": [Row("old core", 1.0)], "film": [Row("old film", 9.0)]}, "2001-01-01: this machine.")
    page.written(path, {"core": [Row("new core", 2.0)]}, "2002-02-02: another one.")
    sections = dict(zip(SECTIONS, path.read_text().split("\n## ")[1:], strict=True))
    assert "new core" in sections["core"]
    assert "2002-02-02" in sections["core"]
    assert "old core" not in path.read_text()
    assert "old film" in sections["film"]
    assert "2001-01-01" in sections["film"]
    for name in SECTIONS.keys() - {"core", "film"}:
        assert f"Not measured yet: `python -m tests.benchmarks {name}`" in sections[name]


def test_writing_nothing_new_changes_nothing(tmp_path: Path) -> None:
    once = page.merged("", {"film": [Row("film", 1.0)]}, "today")
    assert page.merged(once, {}, "tomorrow") == once


def test_the_machine_is_described_and_not_named() -> None:
    where = page.here()
    assert f"Python {platform.python_version()}" in where
    assert f"torch {torch.__version__}" in where
    assert socket.gethostname() not in where
    assert str(Path.home()) not in where
    assert "other work" not in where
    assert "other work (load 3.0)" in page.here(3.0)


def test_recording_is_measured_on_a_model_of_any_size() -> None:
    rows = list(core.rows((3, 4, 2), batch=5, many=10, steps=3, times=2))
    assert [row.unit for row in rows] == ["µs"] * 4
    assert rows[0].what.startswith("a step of plain descent on 26 weights")
    assert rows[0].most == rows[1].most == 1.1
    assert rows[1].what.startswith("the same, with its verdict")
    assert all(row.ours > 0 and row.theirs and row.ratio for row in rows)


def test_the_model_has_ten_thousand_weights() -> None:
    model, closure = core.model_of(core.SHAPE, core.BATCH)
    assert sum(weights.numel() for weights in model.parameters()) == pytest.approx(10_000, rel=0.01)
    assert closure().shape == ()


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program sets a variable for the libraries that it is about to load."""
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


@pytest.mark.usefixtures("alone")
def test_a_benchmark_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmarks", "moutain"])
    with pytest.raises(SystemExit):
        runpy.run_module("tests.benchmarks", run_name="__main__")
    said = capsys.readouterr().err
    assert "no benchmark called moutain; there are core, mountain, picture, check, film, series, peer" in said


@pytest.mark.usefixtures("alone")
def test_naming_one_writes_its_section_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(core, "rows", lambda: iter([Row("a step", 1.0, "µs")]))
    path = tmp_path / "page.md"
    monkeypatch.setattr(sys, "argv", ["benchmarks", "core", "--page", str(path)])
    runpy.run_module("tests.benchmarks", run_name="__main__")
    assert "| a step | 1 µs |" in path.read_text()
    assert path.read_text().count("Not measured yet") == 6
