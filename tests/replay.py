"""Stored pages served again under their own host names, over TLS where they were, for real spiders on real sockets."""

from __future__ import annotations

import gzip
import json
import ssl
from collections import defaultdict
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from socket import MSG_PEEK
from threading import Thread
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

import trustme
import yaml

from pipelines import urls
from tests.newsroom.server import LoopbackServer

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterable, Mapping
    from pathlib import Path

# The first byte of a TLS handshake.
_HANDSHAKE = b"\x16"


@dataclass(frozen=True)
class Stored:
    """One stored page."""

    set: str
    id: str
    url: str
    body: bytes


def stored(folder: Path, sets: Iterable[str]) -> list[Stored]:
    """Read the pages of sets laid out as `<set>.jsonl` and `<set>/<id>.html.gz`."""
    pages = []
    for name in sets:
        for line in (folder / f"{name}.jsonl").read_bytes().splitlines():
            row = json.loads(line)
            body = gzip.decompress((folder / name / f"{row['id']}.html.gz").read_bytes())
            pages.append(Stored(name, row["id"], row["url"], body))
    return pages


class Replay:
    """Serves pages by host and path; `groups` of hosts are sources, each with a feed and a sitemap on its first host."""

    def __init__(self, pages: Iterable[Stored], groups: int = 4) -> None:
        self.groups: list[dict[str, list[str]]] = [defaultdict(list) for _ in range(groups)]
        self._bodies: dict[tuple[str, str], tuple[str, bytes]] = {}
        for page in pages:
            address = urls.normalise(page.url)
            host = urls.host(address)
            self.groups[sum(host.encode()) % groups][host].append(address)
            self._bodies[host, _path(address)] = ("text/html", page.body)
        for hosts in self.groups:
            self._list(hosts)
        self.authority = trustme.CA()
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._server = LoopbackServer(0, self._handler())
        self._thread = Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def resolve(self) -> Mapping[str, str]:
        """Every host's address on loopback."""
        where = f"127.0.0.1:{self._server.server_address[1]}"
        return {host: where for hosts in self.groups for host in hosts}

    def write_sources(self, folder: Path) -> None:
        """Declare one source a group."""
        folder.mkdir(parents=True)
        for number, hosts in enumerate(self.groups):
            home, *rest = hosts
            declared = {
                "name": f"Group {number}",
                "home": f"https://{home}/",
                "hosts": rest,
                "feeds": [f"https://{home}/replayed.rss"],
                "sitemaps": [f"https://{home}/replayed.xml"],
                "delay": 0,
                "connections": 4,
            }
            (folder / f"group-{number}.yaml").write_text(yaml.safe_dump(declared))

    def _list(self, hosts: Mapping[str, list[str]]) -> None:
        """Name every other page in the feed, the rest in the sitemap."""
        home = next(iter(hosts))
        named = [escape(address) for addresses in hosts.values() for address in addresses]
        items = "".join(f"<item><link>{address}</link></item>" for address in named[::2])
        feed = f'<rss version="2.0"><channel><title>Replayed</title>{items}</channel></rss>'
        places = "".join(f"<url><loc>{address}</loc></url>" for address in named[1::2])
        sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
        self._bodies[home, "/replayed.rss"] = ("application/rss+xml", feed.encode())
        self._bodies[home, "/replayed.xml"] = ("application/xml", sitemap.encode())

    def _context(self, host: str) -> ssl.SSLContext:
        if host not in self._contexts:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.authority.issue_cert(host).configure_cert(context)
            self._contexts[host] = context
        return self._contexts[host]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        bodies, context_of = self._bodies, self._context

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30

            def setup(self) -> None:
                if self.request.recv(1, MSG_PEEK) == _HANDSHAKE:
                    self.request = _secured(self.request, context_of)
                super().setup()

            def finish(self) -> None:
                super().finish()
                # The server closes the socket that it accepted: TLS has taken that one's place.
                self.request.close()

            def do_GET(self) -> None:
                host = (self.headers["Host"] or "").partition(":")[0]
                kind, body = bodies.get((host, self.path), ("text/plain", b""))
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's name
                """Say nothing."""

        return Handler


def _secured(request: socket.socket, context_of: Any) -> ssl.SSLSocket:
    """Answer a TLS handshake with a certificate for the host it asks for."""
    outer = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)

    def choose(tls: ssl.SSLSocket | ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        if name:
            tls.context = context_of(name)

    outer.sni_callback = choose
    return outer.wrap_socket(request, server_side=True)


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")
