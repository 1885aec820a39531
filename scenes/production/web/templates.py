"""Templates of the web pages: filled with their parts, the theme's colours and the shared style."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote

from scenes.theme import theme

#: The folder of the templates, styles and scripts.
ASSETS = Path(__file__).parent / "assets"

#: A mountain, the way down from it, and the cabin's light.
MARK = (
    '<svg viewBox="0 0 32 32" aria-hidden="true">'
    f'<path fill="{theme.rule}" d="M1 27 12 8l5 8 3-4 11 15z"/>'
    f'<path fill="{theme.quiet}" d="m12 8 5 8-4-1-3 2-2-2z"/>'
    f'<circle cx="24.5" cy="23.5" r="2.6" fill="{theme.cabin}"/></svg>'
)


def colours() -> dict[str, str]:
    """The colours of a page by what they mean there."""
    sky = "#" + "".join(f"{round(255 * part):02x}" for part in theme.material.sky)
    return {
        "page": theme.page,
        "panel": theme.panel,
        "rule": theme.rule,
        "text": theme.text,
        "quiet": theme.quiet,
        "light": theme.cabin,
        "sky": sky,
    }


def render_page(template: str, heading: str, about: str, **parts: str) -> str:
    """A whole page: the frame that all share, around a template with its parts filled in.

    ``heading`` and ``about`` are what browsers and searches show of it; all values are HTML already.
    """
    icon = MARK.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    return Template(_read("frame.html")).substitute(
        heading=heading,
        about=about,
        style=_style(template),
        page=theme.page,
        icon=f"data:image/svg+xml,{quote(icon)}",
        body=Template(_read(f"{template}.html")).substitute(parts, about=about),
    )


def script_text(name: str) -> str:
    """A script of this package."""
    return _read(f"{name}.js").rstrip()


def script_data(value: Any) -> str:
    """JSON that can stand inside a ``<script>``: nothing in it ends the element or opens a comment.

    >>> as_data("</script>")
    '"\\\\u003c/script>"'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def url_path(path: str) -> str:
    """A relative path as the value of an attribute."""
    return escape(quote(path))


def _style(name: str) -> str:
    variables = "".join(f" --{meaning}: {code};" for meaning, code in colours().items())
    return f":root {{{variables} }}\n{_read('look.css')}{_read(f'{name}.css')}".rstrip()


def _read(name: str) -> str:
    return (ASSETS / name).read_text("utf-8")
