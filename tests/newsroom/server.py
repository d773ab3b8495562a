"""The newsroom's HTTP server: every publisher on one loopback port, told apart by the Host header."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple, Self, cast

from tests.newsroom.site import answer, hosts
from tests.newsroom.truth import Truth, truths

if TYPE_CHECKING:
    import socket

    from tests.newsroom.reply import Reply

__all__ = ["Hit", "LoopbackServer", "Newsroom", "Quiet"]

NO_BODY = {204, 304}


class Hit(NamedTuple):
    """One request that the server has seen."""

    time: float
    """Seconds since the epoch, when the request had been read."""
    host: str
    method: str
    path: str
    status: int
    headers: dict[str, str]
    """Request headers, names in lower case."""


class LoopbackServer(ThreadingHTTPServer):
    """A threading server on 127.0.0.1 that ends its open connections and threads when it closes."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, handler: type[BaseHTTPRequestHandler]) -> None:
        self.closing = threading.Event()
        self.lock = threading.Lock()
        self.open: dict[threading.Thread, Any] = {}
        super().__init__(("127.0.0.1", port), handler)

    def process_request_thread(self, request: socket.socket | tuple[bytes, socket.socket], client_address: Any) -> None:
        with self.lock:
            self.open[threading.current_thread()] = request
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self.lock:
                self.open.pop(threading.current_thread(), None)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news; anything else is a bug of the newsroom and must be seen."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)

    def server_close(self) -> None:
        self.closing.set()
        super().server_close()
        with self.lock:
            waiting = dict(self.open)
        for request in waiting.values():
            try:
                request.shutdown(2)
            except OSError:  # the client was faster
                continue
        for thread in waiting:
            thread.join(timeout=5)


class Quiet(BaseHTTPRequestHandler):
    """HTTP/1.1 with one write for head and body, and no word on the console."""

    protocol_version = "HTTP/1.1"
    server_version = "Newsroom"
    sys_version = ""
    timeout = 60
    disable_nagle_algorithm = True
    wbufsize = 1 << 16

    def log_message(self, *_: Any) -> None:
        """Say nothing: `Newsroom.log` has it."""


class Handler(Quiet):
    """Answers GET and HEAD from `site.answer`."""

    def do_GET(self) -> None:
        room = cast("NewsroomServer", self.server).room
        asked = {name.lower(): value for name, value in self.headers.items()}
        host = asked.get("host", "").partition(":")[0].lower()
        # A client that takes this server for its proxy sends the whole URL (RFC 9112, 3.2.2).
        path = self.path.removeprefix(f"http://{asked.get('host', '')}") or "/"
        reply = answer(host, path, asked, room.edition, room.seen(host, path))
        room.note(Hit(time.time(), host, self.command, path, reply.status, asked))
        if reply.delay:
            cast("NewsroomServer", self.server).closing.wait(reply.delay)
        self.send(reply)

    def do_HEAD(self) -> None:
        self.do_GET()

    def send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        if reply.status not in NO_BODY:
            self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
        self.end_headers()
        if self.command == "HEAD" or reply.status in NO_BODY:
            return
        for part in reply.stream() if reply.stream else (reply.body,):
            self.wfile.write(part)


class NewsroomServer(LoopbackServer):
    """The server together with the newsroom that it serves."""

    def __init__(self, port: int, room: Newsroom) -> None:
        self.room = room
        super().__init__(port, Handler)


class Newsroom:
    """All publishers, served from `with` to its end. Port 0 lets the system choose; `edition` may change meanwhile."""

    def __init__(self, port: int = 0, edition: int = 1) -> None:
        self.edition = edition
        self.hosts = hosts()
        self._hits: list[Hit] = []
        self._tries: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()
        self._server = NewsroomServer(port, self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def resolve(self) -> dict[str, str]:
        """Host name to `address:port`, for a client that is told where to find the hosts."""
        return dict.fromkeys(self.hosts, f"127.0.0.1:{self.port}")

    @property
    def log(self) -> tuple[Hit, ...]:
        """Every request so far, in order."""
        with self._lock:
            return tuple(self._hits)

    @property
    def truth(self) -> dict[str, Truth]:
        """What a perfect pipeline makes of each URL in the edition being served."""
        return truths(self.edition)

    def seen(self, host: str, path: str) -> int:
        """How often a target was asked for before; counts this one."""
        with self._lock:
            self._tries[host, path] += 1
            return self._tries[host, path] - 1

    def note(self, hit: Hit) -> None:
        with self._lock:
            self._hits.append(hit)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
