"""In a notebook: recordings show themselves, and a cell of ``%%manim`` draws our parts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

#: What somebody types into the cells of a notebook, run by IPython itself, in a process of its own.
CELLS = [
    "import torch\nfrom manim import *\nfrom descent_core import Landscape, record\n"
    "from scenes.parts import CodePanel, Fog, Hiker, LossCurve, Mountain, Trail, Walk",
    "def loss(c):\n    return (c[0] ** 2 + c[1] - 11) ** 2 + (c[0] + c[1] ** 2 - 7) ** 2\n\n"
    "run = record(loss, [0.0, 0.0], lr=0.01, steps=30)\n"
    "ground = Landscape.sample(loss, (-5, 5), (-5, 5), nodes=(41, 41))",
    "run",
    "ground.plot(run)",
    "%%manim -v ERROR --progress_bar none -r 160,90 --fps 5 OwnLoss\n\n"
    "class OwnLoss(Scene):\n"
    "    def construct(self):\n"
    "        mountain = Mountain(ground, fog=Fog(0.5))\n"
    "        walk = Walk(run, mountain)\n"
    "        self.add(mountain, Trail(walk), Hiker(walk=walk), LossCurve(walk).to_corner(DR))\n"
    "        self.add(CodePanel(loss, walk).scale(0.5).to_corner(UL))\n"
    "        self.play(walk.to(run.steps, run_time=1))\n",
    "from scenes.stage.explainer_scene import ExplainerScene\n"
    "class Told(ExplainerScene):\n"
    "    def construct(self):\n"
    "        dot = Dot(radius=2)\n"
    "        self.beat('one')\n"
    "        with self.say('A <b>dot</b>.'):\n"
    "            self.open(dot)\n"
    "        self.beat('two')\n"
    "        self.play(dot.animate.shift(RIGHT))\n"
    "        self.close()\n",
    "Told",
    "get_ipython().display_formatter.format(Told)[0]['text/html']",
]
NOTEBOOK = f"""
from IPython.testing.globalipapp import start_ipython
shell = start_ipython()
shell.display_formatter.active_types = shell.display_formatter.format_types  # as a notebook has it
from IPython.utils.capture import capture_output
for cell in {CELLS!r}:
    with capture_output() as shown:
        done = shell.run_cell(cell, store_history=True)
    done.raise_error()
    kinds = [kind for output in shown.outputs for kind in output.data]
    if done.result is not None:
        kinds += list(shell.display_formatter.format(done.result)[0])
    print(kinds)
    if isinstance(done.result, str):
        print(done.result)
"""


def test_cells_of_a_notebook_show_pictures_and_films(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    place = {**os.environ, "PYTHONPATH": str(root), "IPYTHONDIR": str(tmp_path / "ipython")}
    done = subprocess.run(
        [sys.executable, "-c", NOTEBOOK], capture_output=True, text=True, cwd=tmp_path, env=place, timeout=120
    )
    assert done.returncode == 0, done.stderr[-3000:]
    shown = done.stdout.strip().splitlines()
    assert "image/png" in shown[2]  # the run
    assert "image/png" in shown[3]  # the ground with the run on it
    assert "text/html" in shown[4]  # manim's player
    assert "text/html" in shown[6]  # the beats of a scene
    html = shown[8]
    assert html.count('<img src="data:image/jpeg;base64,') == 2
    assert "<b>one</b><br>A &lt;b&gt;dot&lt;/b&gt;." in html
    films = list((tmp_path / "media" / "jupyter").glob("*.mp4"))
    assert len(films) == 1
    import av

    with av.open(str(films[0])) as film:
        frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    assert len(frames) == 5
    assert (frames[0] != frames[-1]).mean() > 0.01  # it moved
