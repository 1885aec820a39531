"""What is seen: scenes that draw what `descent_core` recorded."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from descent_core.folders import use_writable_folders

# Before manim and numba are imported, which only modules below do.
use_writable_folders(Path(__file__).parent / "engine")


#: What draws a scene for a cell.
_NOTEBOOK = f"{__name__}.production.frames.notebook"


def _show_in_notebooks() -> None:
    """Let a cell that ends with the name of a scene show the pictures of its beats."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        html = shell.display_formatter.formatters["text/html"]
        html.for_type_by_name("scenes.stage.observation", "SceneClass", _scene_html)


def _scene_html(scene_class: Any) -> str:
    # Not before it is asked for: whoever imports this needs neither manim nor what draws; and no scene is made of that.
    return str(import_module(_NOTEBOOK).scene_html(scene_class))


_show_in_notebooks()
