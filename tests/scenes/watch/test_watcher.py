"""What the watching program makes of what it is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scenes.production.format import FORMATS, RenderSettings
from scenes.watch.asked import Asked
from scenes.watch.task import Beats, Done, Loaded
from scenes.watch.watcher import Options, Watcher


class Standing:
    """Stands for a process; nothing is drawn here."""

    def kill(self) -> None:
        """Nothing to end."""


@pytest.mark.parametrize(("checks", "then"), [(False, "drawing"), (True, "checking")])
def test_a_scene_is_being_drawn_until_its_files_are_known(tmp_path: Path, checks: bool, then: str) -> None:
    """Whoever waits for it to be no longer busy may save another file: that must not draw it again."""
    file, other = tmp_path / "mine.py", tmp_path / "other.py"
    file.write_text("")
    watcher = Watcher(Asked(str(file), None), Options(RenderSettings(FORMATS["draft"]), checks=checks), tmp_path)
    drawing: Any = Standing()
    watcher._drawing = watcher._waiting = drawing

    def busy() -> str:
        return watcher.board.see(lambda view: view.busy)

    watcher.board.change(lambda view: setattr(view, "busy", "drawing"))
    watcher._hear(drawing, Beats((("one", 0.0),)))
    assert busy() == "drawing"
    assert watcher._concerns({other: ""})
    watcher._hear(drawing, Loaded({"mine": str(file)}, (), ()))
    assert busy() == then
    assert not watcher._concerns({other: ""})
    assert watcher._concerns({file: ""})
    watcher._hear(drawing, Done())
    assert busy() == ""


def test_a_film_that_is_done_is_not_the_end_of_a_drawing(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text("")
    watcher = Watcher(Asked(str(file), None), Options(RenderSettings(FORMATS["draft"])), tmp_path)
    drawing, filming = Standing(), Standing()
    watcher._drawing, watcher._filming, watcher._waiting = drawing, filming, drawing  # type: ignore[assignment]
    watcher.board.change(lambda view: setattr(view, "busy", "drawing"))
    watcher._hear(filming, Done())  # type: ignore[arg-type]
    assert watcher.board.see(lambda view: view.busy) == "drawing"
    assert watcher._filming is None
    assert watcher._drawing is drawing  # type: ignore[comparison-overlap]
