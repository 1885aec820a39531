"""What all tests share: a library of recordings of their own, made once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_recordings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Tests record anew, and never see or touch the recordings of the person who runs them."""
    folder = tmp_path_factory.mktemp("recordings")
    before = os.environ.get("DESCENT_RECORDINGS")
    os.environ["DESCENT_RECORDINGS"] = str(folder)
    yield folder
    if before is None:
        del os.environ["DESCENT_RECORDINGS"]
    else:
        os.environ["DESCENT_RECORDINGS"] = before
