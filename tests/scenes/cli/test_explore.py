"""``descent explore``: what it writes, what it says, and how it fails."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

import render
from descent_core.explore import bench
from descent_core.recordings.landscape import Landscape
from descent_core.recordings.trajectory import Trajectory
from scenes.cli.exploration import explored
from scenes.theme import theme
from tests.descent_core.explore.requests import request_for, write_loss

ROOT = Path(__file__).parents[3]
LOSSES = ROOT / "scenes" / "examples" / "losses.py"


def run(*arguments: str):
    return CliRunner().invoke(render.cli, ["explore", *arguments])


def test_help_is_quick_and_tells_the_shapes() -> None:
    answer = run("--help")
    assert answer.exit_code == 0
    for word in ("(D,)", "(model, closure)", "--no-zero-grad", "--still", "--map", "--no-bench", "0.5*10"):
        assert word in answer.output
    code = "import scenes.cli.explore, sys; print([m for m in ('torch', 'manim') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere.py:loss", "--start", "1"), "nowhere.py is not there"),
        ((f"{LOSSES}:himelblau", "--start", "1,2"), "Did you mean himmelblau?"),
        ((f"{LOSSES}", "--start", "1,2"), "Which loss of"),
        ((f"{LOSSES}:himmelblau",), "Where should the runs on himmelblau start"),
        ((f"{LOSSES}:himmelblau", "--start", "1,2,3"), "can be evaluated with 2 coefficients"),
        ((f"{LOSSES}:himmelblau", "--start", "one,two"), "numbers with commas"),
        ((f"{LOSSES}:himmelblau", "--start", "1,2", "--lr", "0"), "more than 0"),
        ((f"{LOSSES}:himmelblau", "--start", "1,2", "--optimizer", "adm"), "Did you mean"),
        ((f"{LOSSES}:himmelblau", "--start", "1,2", "--optimizer", "adam:beta=1"), "Did you mean betas?"),
        ((f"{LOSSES}:three_knobs", "--start", "1,2,3", "--coeffs", "0,3"), "no coefficient 3: this loss has 3"),
        ((f"{LOSSES}:three_knobs", "--start", "1,2,3", "--coeffs", "1,1"), "two different coefficients"),
        ((f"{LOSSES}:three_knobs", "--start", "1,2,3", "--coeffs", "a,b"), "two whole numbers"),
        ((f"{LOSSES}:three_knobs", "--start", "1,2"), "can be evaluated with 3 coefficients"),
        ((f"{LOSSES}:himmelblau", "--start", "1,2", "--map", "--still"), "--still and --map are two pictures"),
    ],
)
def test_wrong_use_is_exit_2_with_what_to_do(arguments: tuple[str, ...], message: str, tmp_path: Path) -> None:
    answer = run(*arguments, "-o", str(tmp_path / "out"))
    assert answer.exit_code == 2
    assert message in " ".join(answer.output.split())
    assert "Traceback" not in answer.output
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("import nothing_of_that_name", "No module named 'nothing_of_that_name'"),
        ("def loss(c): return c * 2", "must return one number"),
        ("def loss(c): return (c * 2).detach().sum()", "has no gradient"),
        ("def loss(c): return c.sum() * float('nan')", "not finite at any of"),
        ("def loss(c): return (c - 5).sqrt().sum()", "It is finite at"),
        ("def loss(c): raise RuntimeError('no weights')", "mine.py, line 2, in loss"),
        ("def loss(c): return c.mul_(2).sum()", "Work on a copy of it, as c.clone()"),
        ("def loss(c): return torch.complex(c[0], c[1])", "must be a real number"),
    ],
)
def test_a_failure_is_exit_1_and_one_clear_message(body: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(f"import torch\n{body}\n")
    answer = run(f"{file}:loss", "--start", "1,2", "-o", str(tmp_path / "out"))
    assert answer.exit_code == 1
    assert message in answer.output
    assert "user_loss.py" not in answer.output
    assert not list((tmp_path / "out").glob("*"))


@pytest.mark.slow
def test_a_still(tmp_path: Path) -> None:
    answer = run(
        f"{LOSSES}:rosenbrock", "--start", "-1.2,1", "--lr", "0.001", "--steps", "50", "--still", "-q", "draft",
        "-o", str(tmp_path),
    )  # fmt: skip
    assert answer.exit_code == 0, answer.output
    with Image.open(tmp_path / "explore-losses-rosenbrock.png") as picture:
        assert picture.size == (854, 480)
    assert [path.name for path in tmp_path.iterdir()] == ["explore-losses-rosenbrock.png"]


def test_a_map_of_where_walks_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "_NODES", ((24, 22),))
    answer = run(
        f"{LOSSES}:himmelblau", "--start", "0.2,0.3", "--lr", "0.01", "--lr", "0.03", "--steps", "60", "--map",
        "-q", "draft", "-o", str(tmp_path),
    )  # fmt: skip
    assert answer.exit_code == 0, answer.output
    assert [path.name for path in tmp_path.iterdir()] == ["explore-losses-himmelblau-map.png"]
    with Image.open(tmp_path / "explore-losses-himmelblau-map.png") as picture:
        assert picture.height == 480
        inks = {ink for _, ink in picture.convert("RGB").getcolors(2**20)}
    home = tuple(int(theme.right[at : at + 2], 16) for at in (1, 3, 5))
    assert min(sum(abs(a - b) for a, b in zip(ink, home, strict=True)) for ink in inks) < 40


def test_a_map_of_one_knob_has_all_learning_rates_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "_NODES", ((24, 72),))
    monkeypatch.setattr(bench, "_SIZES", ((8, 4),))
    answer = run(
        f"{LOSSES}:valley", "--start", "-1.8", "--lr", "0.05", "--steps", "40", "--map", "-q", "draft",
        "-o", str(tmp_path),
    )  # fmt: skip
    assert answer.exit_code == 0, answer.output
    assert (tmp_path / "explore-losses-valley-map.png").is_file()


def test_a_map_of_what_cannot_be_batched_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "_NODES", ((6, 5),))
    file = tmp_path / "mine.py"
    file.write_text("def loss(c):\n    return (c**2).sum() if c[0] > 0 else 2 * (c**2).sum()\n")
    answer = run(f"{file}:loss", "--start", "1,2", "--lr", "0.1", "--steps", "9", "--map", "-o", str(tmp_path / "out"))
    assert answer.exit_code == 0, answer.output
    assert "each walked by itself: the loss looks at single values" in " ".join(answer.output.split())


@pytest.mark.slow
def test_a_film_is_a_package_with_its_recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "_SIZES", ((5, 4),))
    monkeypatch.setattr(bench, "_NODES", ((24, 72),))
    answer = run(
        f"{LOSSES}:valley", "--start", "-1.8", "--lr", "0.01", "--steps", "40", "-q", "draft", "--voice", "none",
        "-o", str(tmp_path), "--quiet", "-j", "1",
    )  # fmt: skip
    assert answer.exit_code == 0, answer.output
    folder = tmp_path / "explore-losses-valley"
    manifest = json.loads((folder / "manifest.json").read_text())
    assert [scene["slug"] for scene in manifest["scenes"]] == ["mountain", "walks", "curves"]
    shown = [entry for scene in manifest["scenes"] for entry in scene["numbers"]]
    sources = [entry.get("first", entry)["numbers"] for entry in shown]
    assert len(sources) > 10
    assert all(source for numbers in sources for source in numbers.values())
    kept = {path.name for path in (folder / "recordings").iterdir()}
    assert kept == {
        "run-0.npz", "run-0-on-plane.npz", "ground.landscape.npz", "bench.grid.npz", "bench.fates.npz"
    }  # fmt: skip
    assert set(manifest["bench"]) == {"bench.grid.npz", "bench.fates.npz", "ground.landscape.npz", "run-0.npz"}
    walk = Trajectory.load(folder / "recordings" / "run-0.npz")
    assert manifest["recordings"]["run-0.npz"]["last loss"] == walk.losses[-1]
    assert Landscape.load(folder / "recordings" / "ground.landscape.npz").meta["recipe"] == {"loss": "losses.py:valley"}
    page = (folder / "index.html").read_text()
    assert "Part 0" not in page
    assert "../index.html" not in page
    assert 'id="bench"' in page
    assert "One knob, from side to side" in page
    assert len(page.encode()) < 1_500_000
    assert "It has one knob" in (folder / "transcript.md").read_text()


def test_two_losses_that_are_printed_can_be_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = "def loss(c):\n    return 1e9 + (c**2).sum().double()\n"
    request = request_for(write_loss(tmp_path, body), (0.1,), (1.0, 2.0), steps=2)
    run = explored(request, quiet=False).recordings["run-0"]
    assert (float(run.losses[0]), float(run.losses[-1])) == (1e9 + 5, 1e9 + 5 * 0.8**4)
    assert "loss 1000000005 to 1000000002 " in "".join(capsys.readouterr())
