"""The page of a bench by itself: for a talk, where it is a slide, or to be sent to somebody."""

from __future__ import annotations

from scenes.bench.assembly import Bench
from scenes.production.web.templates import render_page


def bench_page_html(bench: Bench) -> str:
    """The text of the page: style, scripts, pictures and all recorded runs are in it; it asks no network."""
    return render_page(
        "bench-page.html",
        heading=f"Try it: {bench.title}",
        about="Turn the knob, say where the hiker will end, and let him go: every walk is a recorded run.",
        bench=bench,
    )
