"""A loopback server that speaks as the Wayback Machine, Common Crawl and a WebSub hub do, over a few captures of its own."""

from __future__ import annotations

import gzip
import hmac
import json
import re
import threading
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator


class Capture(NamedTuple):
    timestamp: str
    url: str
    mimetype: str
    status: int
    body: bytes


def page(title: str) -> bytes:
    return f"<!doctype html><title>{title}</title><h1>{title}</h1>".encode()


CAPTURES = (
    Capture(
        "20260301080000", "http://www.example.org:80/2026/03/01/first-of-march-news", "text/html", 200, page("First")
    ),
    Capture(
        "20260301090000", "https://www.example.org/2026/03/01/second-story-of-march", "text/html", 200, page("Second")
    ),
    Capture(
        "20260301120000", "https://www.example.org/2026/03/01/second-story-of-march", "text/html", 200, page("Later")
    ),
    Capture("20260301130000", "https://www.example.org/2026/03/01/a-picture.jpg", "image/jpeg", 200, b"\xff\xd8"),
    Capture("20260301140000", "https://www.example.org/2026/03/01/gone-and-forgotten", "text/html", 404, b""),
    Capture(
        "20260301150000", "https://blog.example.org/2026/03/01/third-story-of-march", "text/html", 200, page("Third")
    ),
    Capture("20260302080000", "https://www.example.org/2026/03/02/the-day-after-it", "text/html", 200, page("After")),
)
FEED = (
    b'<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><atom:link rel="hub" href="http://hub.test/"/>'
    b'<atom:link rel="self" href="http://wire.test/feed/"/><item><title>A new fab opens</title>'
    b"<link>http://wire.test/a-new-fab-opens</link></item></channel></rss>"
)
NEWS_FILES = tuple(
    f"crawl-data/CC-NEWS/2026/03/CC-NEWS-202603{day:02d}{hour:02d}0000-{day * 6 + hour // 4:05d}.warc.gz"
    for day in (1, 2, 3)
    for hour in (2, 6, 10, 14, 18, 22)
)


def warc() -> tuple[bytes, list[tuple[Capture, int, int]]]:
    """Write the captures into one WARC, gzip per record as Common Crawl does; give each one's offset and length too."""
    out, places = b"", []
    for number, capture in enumerate(CAPTURES):
        block = f"HTTP/1.1 {capture.status} OK\r\nContent-Type: {capture.mimetype}\r\n\r\n".encode() + capture.body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
            f"WARC-Date: 2026-03-01T00:00:00Z\r\nWARC-Target-URI: {capture.url}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        record = gzip.compress(head.encode() + block + b"\r\n\r\n")
        places.append((capture, len(out), len(record)))
        out += record
    return out, places


WARC, PLACES = warc()


def cdx(query: dict[str, list[str]]) -> list[list[str]]:
    """Answer as the Wayback CDX server: sorted by key and time, filtered, collapsed, cut, with a key to go on."""
    host, limit = query["url"][0], int(query["limit"][0])
    fields = query["fl"][0].split(",")
    rows = []
    for capture in sorted(CAPTURES, key=lambda one: (urlsplit(one.url).path, one.timestamp)):
        name = urlsplit(capture.url).hostname or ""
        row = {
            "timestamp": capture.timestamp,
            "original": capture.url,
            "mimetype": capture.mimetype,
            "statuscode": str(capture.status),
            "digest": "X" * 32,
        }
        in_time = query["from"][0] <= capture.timestamp <= query["to"][0]
        fits = all(re.fullmatch(rule.partition(":")[2], row[rule.partition(":")[0]]) for rule in query["filter"])
        if in_time and fits and (name == host or name.endswith(f".{host}")):
            rows.append(row)
    firsts = {urlsplit(row["original"]).path: row for row in reversed(rows)}
    kept = [row for row in rows if firsts[urlsplit(row["original"]).path] is row]
    start = int(query.get("resumeKey", ["0"])[0])
    answer = [fields, *([row[field] for field in fields] for row in kept[start : start + limit])]
    if start + limit < len(kept):
        answer += [[], [str(start + limit)]]
    return answer if len(answer) > 1 else []


class Archives(BaseHTTPRequestHandler):
    """The routes of all three."""

    subscribed: ClassVar[list[dict[str, str]]] = []

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = parse_qs(parts.query)
        if parts.path == "/cdx/search/cdx":
            self.answer(200, json.dumps(cdx(query)).encode(), {"Content-Type": "application/json"})
        elif found := re.fullmatch(r"/web/(\d{14})id_/(.+)", self.path):
            capture = next(one for one in CAPTURES if (one.timestamp, one.url) == found.groups())
            self.answer(
                200, capture.body, {"X-Archive-Orig-Content-Type": capture.mimetype, "X-Archive-Orig-ETag": '"1"'}
            )
        elif parts.path == "/crawl-data/CC-NEWS/2026/03/warc.paths.gz":
            self.answer(200, gzip.compress("\n".join(NEWS_FILES).encode() + b"\n"), {})
        elif parts.path == "/CC-MAIN-2026-10-index":
            self.answer(200, self.index(query), {})
        elif parts.path == "/crawl-data/CC-MAIN-2026-10/segments/1/warc/CC-MAIN-1.warc.gz":
            first, last = re.findall(r"\d+", self.headers["Range"])
            self.answer(206, WARC[int(first) : int(last) + 1], {})
        elif parts.path == "/feed/":
            self.answer(200, FEED, {"Content-Type": "application/rss+xml"})
        else:
            self.answer(404, b"", {})

    def do_POST(self) -> None:
        """Take a subscription as a hub: verify it at its callback at once, then push one signed delivery."""
        form = {
            key: values[0]
            for key, values in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()
        }
        self.answer(202, b"", {})
        challenge = {"hub.mode": form["hub.mode"], "hub.topic": form["hub.topic"], "hub.challenge": "word"}
        with urllib.request.urlopen(
            f"{form['hub.callback']}?{urlencode({**challenge, 'hub.lease_seconds': '3600'})}"
        ) as reply:
            if reply.read() == b"word":
                type(self).subscribed.append(form)

    def index(self, query: dict[str, list[str]]) -> bytes:
        lines = [
            json.dumps(
                {
                    "urlkey": "org,example)/",
                    "timestamp": capture.timestamp,
                    "url": capture.url,
                    "mime-detected": capture.mimetype,
                    "status": str(capture.status),
                    "length": str(length),
                    "offset": str(offset),
                    "filename": "crawl-data/CC-MAIN-2026-10/segments/1/warc/CC-MAIN-1.warc.gz",
                }
            )
            for capture, offset, length in PLACES
            if query["from"][0] <= capture.timestamp <= query["to"][0]
            and f"=status:{capture.status}" in query["filter"]
        ]
        return "\n".join(lines).encode()

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def push(callback: str, body: bytes, secret: str) -> int:
    """Deliver as a hub does, signed; give the status answered."""
    signature = "sha256=" + hmac.new(secret.encode(), body, "sha256").hexdigest()
    headers = {"X-Hub-Signature": signature, "Content-Type": "application/rss+xml"}
    with urllib.request.urlopen(urllib.request.Request(callback, data=body, headers=headers)) as reply:
        return int(reply.status)


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler] = Archives) -> Iterator[str]:
    """Run the server on a free port of loopback; give its URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def get(url: str, headers: dict[str, str] | None = None) -> tuple[bytes, dict[str, list[str]]]:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {})) as reply:
        return reply.read(), {name: reply.headers.get_all(name) for name in reply.headers}
