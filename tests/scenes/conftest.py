"""What the tests of pages and talks share: a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser that the system has: one that a package brings plays no H.264."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome", "chrome"])), None)
    if found is None:
        pytest.skip("There is no Chromium or Chrome on the PATH (on Debian: apt-get install chromium).")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=root)
        yield started
        started.close()
