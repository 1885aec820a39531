"""Web pages, filled in by Jinja: the theme's colours, the shared style, and filters for times."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from scenes.narration.timecode import timecode
from scenes.theme import theme

#: The folder of the templates, styles and scripts.
ASSETS = Path(__file__).parent / "assets"


def colours() -> dict[str, str]:
    """The colours of a page by what they mean there."""
    sky = "#" + "".join(f"{round(255 * level):02x}" for level in theme.material.sky)
    return {
        "scheme": theme.name,
        "page": theme.page,
        "panel": theme.panel,
        "rule": theme.rule,
        "text": theme.text,
        "quiet": theme.quiet,
        "light": theme.cabin,
        "sky": sky,
        # Of the bench: where a walk ends, the arrow, the trail, the loss.
        "home": theme.right,
        "valley1": theme.too_small,
        "valley2": theme.too_big,
        "valley3": theme.accent,
        "valley4": theme.weight,
        "walking": theme.quiet,
        "gone": theme.uphill,
        "downhill": theme.downhill,
        "stale": theme.stale,
        "trail": theme.trail,
        "loss": theme.loss,
    }


def render_page(template: str, **values: Any) -> str:
    """A whole page, of a template in `ASSETS`.

    Parameters
    ----------
    template
        The name of its file. It extends ``frame.html``, which shows ``heading`` and ``about`` to browsers and searches.
    values
        What the template asks for. Text is escaped where it is filled in.
    """
    return _environment().get_template(template).render(values, colours=colours()) + "\n"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"timecode": timecode, "fragment": fragment, "ridges": ridges}
    made.globals["asset"] = _asset
    # Compact, and readable in any alphabet. What could end a script is escaped all the same.
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return made


def _asset(name: str) -> Markup:
    """The text of a style or a script, not escaped."""
    return Markup((ASSETS / name).read_text("utf-8").rstrip() + "\n")


def fragment(seconds: float) -> str:
    """A moment as links name it: in tenths of a second, and never before it.

    >>> fragment(5.4333), fragment(12.0)
    ('5.5', '12')
    """
    return f"{math.ceil(seconds * 10 - 0.01) / 10:g}"


def ridges(number: int) -> list[tuple[float, str]]:
    """Two ridges, a little other for every number: the opacity and the points of each, in a box of 300 by 76."""
    found = []
    for shift, floor, opacity in ((number * 61, 22, 0.45), (number * 97 + 40, 44, 1.0)):
        heights = [
            floor + 9 * math.sin((x + shift) / 41) + 7 * math.sin((x + 3 * shift) / 19) for x in range(0, 301, 6)
        ]
        found.append((opacity, " ".join(f"{6 * step},{height:.1f}" for step, height in enumerate(heights))))
    return found
