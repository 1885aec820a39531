"""The page and its pictures, for browsers on this machine and for nobody else.

It listens on the loopback address only; answers only who calls it by that address, which keeps other sites' pages
out; and gives the page, the view, and the pictures and films that the view names: no other path leads anywhere.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from descent_core.errors import UsageError
from scenes.production.web.templates import render_page
from scenes.watch.board import Board

HOST = "127.0.0.1"
#: The names by which a browser on this machine may call it.
_NAMES = (HOST, "localhost")
#: Seconds after which a browser that waits hears that nothing has changed.
_QUIET = 10.0
#: The longest message that a page sends, in bytes.
_LONGEST = 4096
_TYPES = {".jpg": "image/jpeg", ".mp4": "video/mp4"}

#: Is told what a viewer asks for: ``scene`` or ``beat`` to be looked at, or ``film`` to be played, and its name.
Wish = Callable[[str, str], object]


class PageServer:
    """Serves the page in threads of its own, until it is closed.

    Parameters
    ----------
    board
        What the page shows.
    folder
        Where pictures and films lie.
    wish
        Is told what a viewer asks for.
    port
        Where it listens; 0 for one that is free.

    Raises
    ------
    UsageError
        Another program listens there.
    """

    def __init__(self, board: Board, folder: Path, wish: Wish, port: int = 0) -> None:
        try:
            self._server = ThreadingHTTPServer((HOST, port), _handler(board, folder, wish))
        except OSError as error:
            raise UsageError(
                f"Nothing can listen on port {port}: {error.strerror}. Name another with --port, or leave it away: "
                "then a free one is taken."
            ) from None
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://{HOST}:{self.port}/"

    def close(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()


def _handler(board: Board, folder: Path, wish: Wish) -> type[BaseHTTPRequestHandler]:
    """What answers a request."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version, sys_version = "descent", ""

        def do_GET(self) -> None:
            """A page, a view or a picture."""
            if not self._is_called_here():
                return
            path, _, query = self.path.partition("?")
            if path == "/":
                self._give("text/html; charset=utf-8", page().encode())
            elif path == "/view":
                version, text = board.after(_number(query), _QUIET)
                self._give("application/json", json.dumps({"version": version, "view": json.loads(text)}).encode())
            elif path.startswith("/pictures/") and self._is_shown(path.removeprefix("/pictures/")):
                self._give_file(folder / path.removeprefix("/pictures/"))
            else:
                self.send_error(HTTPStatus.NOT_FOUND)

        def do_POST(self) -> None:
            """What a viewer asks for."""
            if not self._is_called_here():
                return
            origin = self.headers.get("Origin")
            if self.path != "/wish" or (origin is not None and origin.removeprefix("http://") != self.headers["Host"]):
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            try:
                length = int(self.headers.get("Content-Length", 0))
                asked = json.loads(self.rfile.read(min(length, _LONGEST)))
                what, name = str(asked["what"]), str(asked["name"])
            except (ValueError, KeyError, TypeError):
                self.send_error(HTTPStatus.BAD_REQUEST)
                return
            wish(what, name)
            self._give("application/json", b"{}")

        def _is_called_here(self) -> bool:
            """Whether it is called by its own name: a page of another site that leads here is not."""
            host = self.headers.get("Host", "").rpartition(":")[0]
            if host not in _NAMES:
                self.send_error(HTTPStatus.FORBIDDEN)
            return host in _NAMES

        def _is_shown(self, name: str) -> bool:
            """Whether the page shows a file of that name."""
            return bool(
                board.see(lambda view: any(name in (beat.picture, beat.film) for beat in view.beats))
                and "/" not in name
            )

        def _give_file(self, path: Path) -> None:
            try:
                content = path.read_bytes()
            except OSError:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            # A film is asked for in pieces.
            wanted = self.headers.get("Range", "")
            if wanted.startswith("bytes=") and "," not in wanted:
                first, _, last = wanted.removeprefix("bytes=").partition("-")
                begin = int(first or 0)
                end = min(int(last) if last else len(content) - 1, len(content) - 1)
                if begin > end:
                    self.send_error(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                    return
                span = {"Content-Range": f"bytes {begin}-{end}/{len(content)}"}
                self._give(_TYPES[path.suffix], content[begin : end + 1], HTTPStatus.PARTIAL_CONTENT, span)
                return
            self._give(_TYPES[path.suffix], content)

        def _give(
            self, kind: str, content: bytes, status: HTTPStatus = HTTPStatus.OK, more: dict[str, str] | None = None
        ) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("Accept-Ranges", "bytes")
            for name, value in (more or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def handle(self) -> None:
            """As its own; a browser that goes away is no error."""
            try:
                super().handle()
            except (ConnectionError, TimeoutError):
                self.close_connection = True

        def log_message(self, *args: Any) -> None:
            """Nobody reads it."""

    return Handler


def _number(query: str) -> int:
    """The version that a browser has, of ``after=3``."""
    try:
        return int(query.removeprefix("after="))
    except ValueError:
        return -1


def page() -> str:
    """The page, as a browser gets it first."""
    return render_page("watch.html", heading="descent watch", about="A scene while it is written.")
