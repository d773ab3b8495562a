"""A site that a test scripts, answer by answer, with a log that tells who asked when and over which connection."""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, Self, cast

from tests.newsroom.reply import Reply
from tests.newsroom.server import LoopbackServer, Quiet

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Mapping

    from pipelines.settings import Settings

HOST = "scripted.test"
HOME = f"http://{HOST}/"


class Asked(NamedTuple):
    """One request."""

    host: str
    path: str
    times: int
    """How often the same URL was asked for before."""
    headers: dict[str, str]
    """Names in lower case."""


class Hit(NamedTuple):
    """One request in the log."""

    asked: Asked
    status: int
    began: float
    """Seconds of the monotonic clock when it had been read."""
    ended: float
    """When the answer had been written."""
    connection: int
    """Client's port."""


def page(text: str, kind: str = "text/html; charset=utf-8", **headers: str) -> Reply:
    """A good answer."""
    more = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Reply(headers=(("Content-Type", kind), *more), body=text.encode())


def feed(*paths: str, host: str = HOST) -> Reply:
    """A feed that names these paths."""
    items = "".join(f"<item><title>A story of {path}</title><link>http://{host}{path}</link></item>" for path in paths)
    return page(f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>", "application/rss+xml")


def status(code: int, **headers: str) -> Reply:
    """An answer without a body."""
    return Reply(status=code, headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()))


def of(replies: Mapping[str, Reply]) -> Callable[[Asked], Reply]:
    """Answer by path; 404 for what is not there."""
    return lambda asked: replies.get(asked.path, status(404))


class _Handler(Quiet):
    def do_GET(self) -> None:  # noqa: N802 - http.server calls it so
        site = cast("_Server", self.server).site
        began = time.monotonic()
        asked = site.asked(self.headers.get("Host", ""), self.path, {k.lower(): v for k, v in self.headers.items()})
        reply = site.answer(asked)
        cast("LoopbackServer", self.server).closing.wait(reply.delay)
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        if reply.status != 304:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body if reply.status != 304 else b"")
        self.wfile.flush()
        site.note(Hit(asked, reply.status, began, time.monotonic(), self.client_address[1]))


class _Server(LoopbackServer):
    def __init__(self, site: Scripted) -> None:
        self.site = site
        super().__init__(0, _Handler)


class Scripted:
    """The site, for as long as its `with` block lasts; it answers for every host it is asked for."""

    def __init__(self, answer: Callable[[Asked], Reply], *hosts: str, tls: ssl.SSLContext | None = None) -> None:
        self.answer = answer
        self._hosts = hosts or (HOST,)
        self._times: Counter[tuple[str, str]] = Counter()
        self._hits: list[Hit] = []
        self._lock = threading.Lock()
        self._server = _Server(self)
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.server_port

    @property
    def resolve(self) -> dict[str, str]:
        """Host name to `address:port`."""
        return dict.fromkeys(self._hosts, f"127.0.0.1:{self.port}")

    @property
    def log(self) -> list[Hit]:
        """Every request so far, in the order in which they came."""
        with self._lock:
            return sorted(self._hits, key=lambda hit: hit.began)

    def paths(self) -> list[str]:
        """The path of every request so far."""
        return [hit.asked.path for hit in self.log]

    def asked(self, host: str, path: str, headers: dict[str, str]) -> Asked:
        """Count a request."""
        with self._lock:
            self._times[host, path] += 1
            return Asked(host.partition(":")[0], path, self._times[host, path] - 1, headers)

    def note(self, hit: Hit) -> None:
        """Take a request into the log."""
        with self._lock:
            self._hits.append(hit)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def declared(settings: Settings, resolve: dict[str, str], name: str = "scripted", **values: object) -> Settings:
    """Declare a source of the scripted site; without more it has one feed and no delay."""
    import json

    assert settings.sources
    settings.sources.mkdir(exist_ok=True)
    fields = {"name": name, "home": HOME, "feeds": [f"{HOME}feed"], "delay": 0} | values
    lines = [f"{key}: {json.dumps(value)}" for key, value in fields.items()]
    (settings.sources / f"{name}.yaml").write_text("\n".join([*lines, ""]))
    return settings.model_copy(update={"resolve": {**settings.resolve, **resolve}})


def limited(settings: Settings, **fetch: object) -> Settings:
    """The installation with other numbers in the section `fetch` of its limits."""
    import yaml

    limits = yaml.safe_load((settings.config / "limits.yaml").read_text())
    limits["fetch"] |= fetch
    folder = settings.state / "config"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "limits.yaml").write_text(yaml.safe_dump(limits))
    return settings.model_copy(update={"config": folder})
