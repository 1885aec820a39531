"""What all tests share: a library of recordings and a cache of their own, made once."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scenes.part import Part
from scenes.series import SERIES


def pytest_addoption(parser: pytest.Parser) -> None:
    """Here and not beside the golden frames: pytest knows only the options of the outermost folder of tests."""
    parser.addoption("--update", action="store_true", help="accept the golden frames as they are found")


def pytest_configure() -> None:
    """Tests send a Ctrl-C to what watches; what a shell starts in the background ignores it, and hands that on."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests run in several processes, those of a file run in one, for they share what is made for them.

    Those with most slow tests come first, so that no process is left alone with one at the end.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))
    slow = Counter(_group(item) for item in items if item.get_closest_marker("slow"))
    items.sort(key=lambda item: -slow[_group(item)])


def _group(item: pytest.Item) -> str:
    marker = item.get_closest_marker("xdist_group")
    assert marker is not None
    return str(marker.args[0])


@pytest.fixture(scope="session", autouse=True)
def own_recordings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Tests record anew, and never see or touch the recordings of the person who runs them."""
    with _named("DESCENT_RECORDINGS", _shared(tmp_path_factory) / "recordings") as folder:
        yield folder


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nor their takes and spoken lines."""
    with _named("DESCENT_CACHE", _shared(tmp_path_factory) / "cache") as folder:
        yield folder


def _shared(factory: pytest.TempPathFactory) -> Path:
    """A folder of this run that all its processes share: what one has made, the others need not make again."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture
def unmade_part(monkeypatch: pytest.MonkeyPatch) -> Part:
    """A part of the series that is not made yet, whichever of the others are made meanwhile."""
    part = Part(99, "unmade", "Unmade", "a blank page")
    monkeypatch.setattr("scenes.series.SERIES", (*SERIES, part))
    return part


@contextmanager
def _named(variable: str, folder: Path) -> Iterator[Path]:
    before = os.environ.get(variable)
    folder.mkdir(exist_ok=True)
    os.environ[variable] = str(folder)
    yield folder
    if before is None:
        del os.environ[variable]
    else:
        os.environ[variable] = before
