"""Hear from hubs when a source has news (WebSub): `python -m crawlers.push SOURCE... --callback URL`. Optional.

A delivery is a bell, not a delivery van: once its signature is checked, the source is crawled at once, so that what is
archived comes from the publisher itself, under its robots.txt and rhythm, and a hub can put nothing into the archive.
The service listens on loopback; a reverse proxy with TLS stands before it and forwards the callback's path.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import secrets
import socket
import ssl
import subprocess
import sys
import threading
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit

import typer

from crawlers import command, guard, resolve
from crawlers.bell import Bell
from crawlers.caller import Caller
from crawlers.discover import feeds, websub
from pipelines import settings as installation
from pipelines import sources as declared
from pipelines import urls
from pipelines.errors import CopydeskError, Misconfigured, RetryLater

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crawlers.discover.websub import Subscription
    from pipelines.records import Source
    from pipelines.settings import Settings

__all__ = ["Desk", "app", "find", "key", "serve", "subscribe"]

log = logging.getLogger(__name__)

# A hub or a stranger that takes longer to say what it wants is hung up on.
_SECONDS = 10
# Feeds stay under 10 MB; a longer delivery is none.
_MAX_BODY = feeds.MAX_BYTES
# Where subscriptions could not be made, they are tried again after this many seconds.
_AGAIN = 900
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? ([1-5]\d\d)\b")

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@dataclass(slots=True)
class Desk:
    """What the service answers by: subscriptions by their tokens, and whom to ring for."""

    subscriptions: dict[str, tuple[Subscription, Source]]
    """Subscription and source by the callback's token."""
    ring: Callable[[str], None]
    """Called with the id of a source that has news."""
    granted: dict[str, int] = field(default_factory=dict)
    """Seconds that the hub granted, by token, for what it has confirmed."""

    def verify(self, token: str, query: str) -> websub.Answer:
        """Answer a hub's question whether a subscription was meant."""
        known = self.subscriptions.get(token)
        answer = websub.verify(dict(parse_qsl(query, keep_blank_values=True)), known[0] if known else None)
        if answer.granted is not None:
            self.granted[token] = answer.granted
        return answer

    def receive(self, token: str, body: bytes, signature: str | None, content_type: str | None) -> int:
        """Take a delivery; give the status to answer: 410 for none of ours, else 202 (WebSub, 7.1), genuine or not."""
        known = self.subscriptions.get(token)
        if known is None:
            return 410
        subscription, source = known
        if not websub.genuine(body, signature, subscription.secret):
            log.warning("%s: a delivery without a valid signature was ignored", subscription.topic)
            return 202
        listing = websub.deliver(body, subscription, source, content_type)
        log.info("%s: %d entries announced", subscription.topic, len(listing.candidates))
        if listing.candidates:
            self.ring(source.id)
        return 202


class _Handler(BaseHTTPRequestHandler):
    timeout = _SECONDS
    server: _Server

    def handle(self) -> None:
        """Answer within the time that all of it may take: a byte now and then would hold a thread for ever."""
        ends = threading.Timer(_SECONDS, self._hang_up)
        ends.daemon = True
        ends.start()
        try:
            super().handle()
        finally:
            ends.cancel()

    def _hang_up(self) -> None:
        with suppress(OSError):  # it has ended meanwhile
            self.connection.shutdown(socket.SHUT_RDWR)

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        answer = self.server.desk.verify(parts.path.rpartition("/")[2], parts.query)
        self._answer(answer.status, answer.body)

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 10 and int(length) <= _MAX_BODY):
            self._answer(413 if length else 411, "")
            return
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            return
        token = urlsplit(self.path).path.rpartition("/")[2]
        signature, kind = self.headers.get("X-Hub-Signature"), self.headers.get("Content-Type")
        self._answer(self.server.desk.receive(token, body, signature, kind), "")

    def _answer(self, status: int, body: str) -> None:
        text = body.encode()
        self.send_response(status)
        # Never a page: a challenge that is a script stays text.
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  http.server's signature
        log.debug(format, *args)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], desk: Desk) -> None:
        self.desk = desk
        super().__init__(address, _Handler)


def serve(desk: Desk, host: str, port: int) -> ThreadingHTTPServer:
    """Listen in a thread of its own; port 0 lets the system choose. Shut the server down to end it."""
    server = _Server((host, port), desk)
    threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    return server


def key(path: Path) -> bytes:
    """Give the key that tokens and secrets are derived from; made on first use, readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
    return path.read_bytes()


async def find(settings: Settings, source: Source, secret: bytes) -> list[Subscription]:
    """Read the feeds of a source and give a subscription for each that names a hub."""
    caller, found = Caller.of(settings, source.home), []
    with closing(caller.connections):
        for feed in source.feeds:
            try:
                answer = await caller.get(feed)
            except CopydeskError as error:
                log.warning("%s: %s", source.id, error)
                continue
            listing = feeds.read(answer.body, answer.url, source, answer.content_type)
            if listing.hub:
                found.append(websub.subscription(source.id, listing.topic or answer.url, listing.hub, secret))
    return found


async def subscribe(settings: Settings, wanted: Subscription, callback: str) -> int:
    """Ask the hub; give its HTTP status, 202 where it will verify. Raises `Reject` or `RetryLater`."""
    form = urlencode(websub.request(wanted, callback)).encode()
    resolver = resolve.Resolver(resolve.read_map(settings.resolve))
    guard.check_url(wanted.hub, settings.limits.fetch.ports, resolver.test_hosts)
    parts, host = urlsplit(wanted.hub), urls.host(wanted.hub)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    endpoint = (await resolver.endpoints(host, port))[0]
    tls = ssl.create_default_context() if parts.scheme == "https" else None
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    head = (
        f"POST {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(form)}\r\nConnection: close\r\n\r\n"
    )
    try:
        async with asyncio.timeout(_SECONDS):
            reader, writer = await asyncio.open_connection(
                endpoint.ip, endpoint.port, ssl=tls, server_hostname=host if tls else None
            )
            try:
                writer.write(head.encode("ascii") + form)
                line = await reader.readline()
            finally:
                writer.transport.abort()
    except (OSError, ValueError) as error:
        raise RetryLater(f"hub {wanted.hub}: {str(error) or 'no answer in time'}") from error
    status = _STATUS.match(line)
    if status is None:
        raise RetryLater(f"hub {wanted.hub}: {line[:100]!r} is no answer")
    return int(status[1])


@app.command()
def main(
    ids: Annotated[list[str], typer.Argument(help="Ids of the sources.")],
    *,
    callback: Annotated[str, typer.Option(help="Public URL that hubs call; tokens are appended to it.")],
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8090,
) -> None:
    """Subscribe to the hubs that the sources' feeds name, and crawl a source whenever its hub has news."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    settings = installation.load()
    known = declared.load(settings.source_folder)
    if unknown := [one for one in ids if one not in known]:
        raise Misconfigured("push", f"no source {unknown[0]!r}", "Name a file of config/sources without its .yaml")
    rung: Queue[str] = Queue()
    desk = Desk({}, Bell(rung.put).ring)
    serve(desk, host, port)
    threading.Thread(target=_crawl_whenever, args=(rung,), daemon=True).start()
    asyncio.run(_keep(settings, [known[one] for one in ids], desk, callback))


async def _keep(settings: Settings, sources: list[Source], desk: Desk, callback: str) -> None:
    """Subscribe and renew, for ever."""
    secret = key(settings.state / "push.key")
    while True:
        for source in sources:
            for wanted in await find(settings, source, secret):
                desk.subscriptions[wanted.token] = (wanted, source)
                try:
                    log.info("%s at %s: HTTP %d", wanted.topic, wanted.hub, await subscribe(settings, wanted, callback))
                except CopydeskError as error:
                    log.warning("%s: %s", wanted.topic, error)
        confirmed = [desk.granted.get(token, 2 * _AGAIN) for token in desk.subscriptions]
        await asyncio.sleep(max(_AGAIN, min(confirmed, default=2 * _AGAIN) / 2))


def _crawl_whenever(rung: Queue[str]) -> None:
    """Crawl the sources that were rung for, one after another; rings during a crawl of the same source are one."""
    while True:
        waiting = [rung.get()]
        while not rung.empty():
            waiting.append(rung.get())
        for source in dict.fromkeys(waiting):
            # `never`: every feed is read now, known articles are left to the schedule.
            crawl = [sys.executable, "-m", "crawlers.run", source, "--revisit", "never"]
            log.info("%s: crawl ended with %d", source, subprocess.run(crawl, check=False).returncode)


if __name__ == "__main__":
    command.run(app)
