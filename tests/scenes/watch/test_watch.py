"""A scene is watched in a real browser: edit, save, picture."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.scenes.watch.test_drawing import SCENE

pytestmark = pytest.mark.slow
#: Seconds within which whatever is drawn is there, on a busy machine.
PATIENCE = 60


@dataclass
class Watched:
    """``descent watch`` of a file, in a process of its own."""

    file: Path
    process: subprocess.Popen[str]
    address: str

    def view(self) -> dict[str, Any]:
        """What the page shows."""
        with urllib.request.urlopen(f"{self.address}view") as answer:
            return dict(json.load(answer)["view"])

    def until(self, true: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """The view, as soon as something is true of it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            view = self.view()
            if true(view):
                return view
            time.sleep(0.05)
        raise AssertionError(self.view())

    def edit(self, old: str, new: str) -> None:
        """Change the file, as an editor does."""
        text = self.file.read_text()
        assert old in text
        beside = self.file.with_suffix(".tmp")
        beside.write_text(text.replace(old, new))
        beside.replace(self.file)

    def picture(self, beat: str) -> str | None:
        """The file of a beat's picture."""
        return next((each["picture"] for each in self.view()["beats"] if each["name"] == beat), None)


Watch = Callable[..., Watched]


@pytest.fixture
def temporary() -> Iterator[Path]:
    """The folder for what is temporary: with a short name, for a socket's may have a hundred letters only."""
    with tempfile.TemporaryDirectory(prefix="w") as folder:
        yield Path(folder)


@pytest.fixture
def watch(tmp_path: Path, temporary: Path) -> Iterator[Watch]:
    """Start watching a file; all that was started ends with the test."""
    started: list[subprocess.Popen[str]] = []

    def begin(name: str = "mine", *words: str) -> Watched:
        file = tmp_path / f"{name}.py"
        file.write_text(SCENE)
        command = [sys.executable, "-c", "from scenes.cli.main import main; main()", "watch", str(file)]
        process = subprocess.Popen(
            [*command, "--no-open", "-q", "draft", "--voice", "none", *words],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "TMPDIR": str(temporary)},
            start_new_session=True,  # as a shell does: its Ctrl-C is for it alone
        )
        started.append(process)
        assert process.stdout is not None
        found = re.match(r"(http://127\.0\.0\.1:\d+/)  shows .*Ctrl-C ends it", process.stdout.readline())
        assert found is not None
        return Watched(file, process, found[1])

    yield begin
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(20)
        assert process.stdout is not None
        process.stdout.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_default_timeout(PATIENCE * 1000)
    yield page
    page.close()


def thumbs(page: Page) -> list[str]:
    """The names of the beats whose pictures are on the page."""
    return page.locator("#strip li:not(.stale):has(img) strong").all_inner_texts()


def test_a_scene_is_shown_and_a_save_draws_it_anew(watch: Watch, page: Page) -> None:
    watched = watch()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(watched.address)
    expect(page.locator("#strip li:not(.stale) img")).to_have_count(3, timeout=PATIENCE * 1000)
    assert thumbs(page) == ["one", "two", "three"]
    expect(page.locator("#strip .said").nth(1)).to_have_text("And it goes.")
    # What the check finds is on the picture of its beat.
    expect(page.locator("#strip em")).to_have_count(1, timeout=PATIENCE * 1000)
    # The beat that is edited is looked at, and is drawn as it is now.
    before = watched.picture("two")
    watched.edit("4 * RIGHT", "3 * RIGHT")
    expect(page.locator("#beat")).to_have_text("two")
    watched.until(lambda view: watched.picture("two") != before and not view["busy"])
    assert thumbs(page) == ["one", "two", "three"]
    assert page.evaluate("document.getElementById('picture').naturalWidth") == 854
    page.locator("#strip button").nth(2).click()
    expect(page.locator(".mark b")).to_have_text("1")
    assert errors == []


def test_a_broken_edit_shows_its_line_and_the_last_good_picture_stays(watch: Watch, page: Page) -> None:
    watched = watch("mine", "--beat", "two", "--no-check")
    page.goto(watched.address)
    expect(page.locator("#strip li:not(.stale) img")).to_have_count(3, timeout=PATIENCE * 1000)
    for broken, said in (("4 * RIGHTS", "NameError: name 'RIGHTS' is not defined"), ("4 * (RIGHT", "Syntax")):
        before = watched.picture("two")
        watched.edit("4 * RIGHT", broken)
        trouble = page.locator("#trouble")
        expect(trouble).to_contain_text(said, timeout=PATIENCE * 1000)
        expect(trouble).to_contain_text("line 15")
        expect(trouble.locator("pre")).to_contain_text(broken.split()[-1])
        expect(page.locator("#picture")).to_be_visible()
        assert watched.picture("two") == before
        watched.edit(broken, "4 * RIGHT")
        expect(trouble).to_be_hidden(timeout=PATIENCE * 1000)
        watched.until(lambda view: not view["busy"])


def test_a_click_plays_a_beat(watch: Watch, page: Page) -> None:
    watched = watch("mine", "--no-check")
    page.goto(watched.address)
    expect(page.locator("#strip li:not(.stale) img")).to_have_count(3, timeout=PATIENCE * 1000)
    page.locator("#strip button").nth(1).click()
    film = page.locator("#film")
    expect(film).to_be_visible(timeout=PATIENCE * 1000)
    page.wait_for_function("document.getElementById('film').currentTime > 0.3")
    assert page.evaluate("document.getElementById('film').duration") == pytest.approx(1.4, abs=0.3)
    expect(film).to_be_hidden()  # once it is over, the picture is back
    expect(page.locator("#picture")).to_be_visible()


def test_two_watch_at_once_and_a_taken_port_is_told(watch: Watch) -> None:
    first, second = watch("first", "--no-check"), watch("second", "--no-check")
    assert first.address != second.address
    for watched in (first, second):
        watched.until(lambda view: len(view["beats"]) == 3 and not view["busy"])
    second.edit("4 * RIGHT", "2 * RIGHT")
    before = first.picture("two")
    second.until(lambda view: view["beat"] == "two" and not view["busy"])
    assert first.picture("two") == before
    port = first.address.split(":")[2].strip("/")
    command = [sys.executable, "-c", "from scenes.cli.main import main; main()", "watch", str(first.file)]
    done = subprocess.run([*command, "--port", port, "--no-open"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"Nothing can listen on port {port}" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def status(address: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_nobody_else_is_answered_and_nothing_else_is_served(watch: Watch, temporary: Path) -> None:
    watched = watch("mine", "--no-check")
    view = watched.until(lambda view: len(view["beats"]) == 3)
    port = int(watched.address.split(":")[2].strip("/"))
    picture = view["beats"][0]["picture"]
    assert status(f"{watched.address}pictures/{picture}") == 200
    # Another name for this machine, as a page of another site may give itself.
    assert status(watched.address, Host=f"evil.example:{port}") == 403
    wish = urllib.request.Request(
        f"{watched.address}wish", data=b'{"what": "film", "name": "two"}', headers={"Origin": "http://evil.example"}
    )
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(wish)
    (folder,) = temporary.glob("descent-watch-*")
    (folder / "secret.jpg").write_bytes(b"secret")
    for path in (
        "pictures/secret.jpg",
        "pictures/drawing.log",
        f"pictures/../{watched.file.name}",
        "pictures/%2e%2e/mine.py",
        "pictures/",
        "mine.py",
        "../mine.py",
    ):
        with socket.create_connection(("127.0.0.1", port)) as sent:  # as it stands: urllib would tidy it up
            sent.sendall(f"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
            assert sent.recv(100).startswith(b"HTTP/1.1 404"), path
    # It listens on the loopback address only.
    for address in {found[4][0] for found in socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET)}:
        if not str(address).startswith("127."):
            with pytest.raises(OSError, match="refused"):
                socket.create_connection((str(address), port), timeout=2)


def test_ctrl_c_leaves_nothing_behind(watch: Watch, temporary: Path) -> None:
    watched = watch("mine")
    watched.until(lambda view: view["beats"])
    children = subprocess.run(["pgrep", "-P", str(watched.process.pid)], capture_output=True, text=True, check=False)
    started = {int(line) for line in children.stdout.split()}
    watched.process.send_signal(signal.SIGINT)
    assert watched.process.wait(20) == 130
    end = time.monotonic() + 10
    while any(_lives(process) for process in started) and time.monotonic() < end:
        time.sleep(0.1)
    assert not [process for process in started if _lives(process)]
    assert list(temporary.iterdir()) == []


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not (state.exists() and ") Z " in state.read_text())
