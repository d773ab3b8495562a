"""A server that means harm: every way in which a site can hurt its collector, one path each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Self, cast

from tests.newsroom import bombs
from tests.newsroom.server import LoopbackServer, Quiet

__all__ = ["CHAIN", "Hostile"]

HOST = "hostile.test"
CHAIN = 10_000  # redirects before the chain ends in a page
FLOOD = 100_000  # headers
STRANGE = (b"caf\xe9", b"\xff\xfe\x80", b"%ff%fe%80", b"%", b"%zz", b"a\x00b", b"%00", b"\xed\xa0\x80")
DRIP = 0.2  # seconds between two bytes
PLAIN = "text/html; charset=utf-8"
XML = "application/xml"
ELSEWHERE = {
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "private": "http://10.0.0.1/",
    "loopback": "http://127.0.0.1:22/",
    "ipv6": "http://[::1]/",
    "mapped": "http://[::ffff:169.254.169.254]/",
    "decimal": "http://2130706433/",
    "octal": "http://0177.0.0.1/",
    "file": "file:///etc/passwd",
    "script": "javascript:alert(1)",
    "port": f"http://{HOST}:6379/",
    "user": f"http://{HOST}@169.254.169.254/",
}
LAUGHING_FEED = "<rss version='2.0'><channel><title>{}</title><item><title>{}</title></item></channel></rss>"
LAUGHING_MAP = f'<urlset xmlns="{bombs.XMLNS}"><url><loc>http://{HOST}/{{}}</loc></url></urlset>'


class Handler(Quiet):
    """Looks the path up and lets its function write what it likes."""

    def do_GET(self) -> None:  # noqa: N802 - http.server calls it so
        self.close_connection = True
        path = self.path.partition("?")[0]
        cast("HostileServer", self.server).asked.append(self.path)
        if path.startswith("/chain/"):
            chain(self, int(path.removeprefix("/chain/")))
        else:
            HARMS.get(path, missing)(self)
        self.wfile.flush()

    @property
    def ended(self) -> threading.Event:
        """Set when the server closes: whatever goes on for ever stops then."""
        if not isinstance(self.server, LoopbackServer):
            raise TypeError("this handler needs a LoopbackServer")
        return self.server.closing

    def raw(self, *lines: str | bytes, body: Iterable[bytes] = ()) -> None:
        """A head of exactly these lines after the status line, then the body."""
        self.wfile.write(
            b"HTTP/1.1 " + b"\r\n".join(x.encode() if isinstance(x, str) else x for x in lines) + b"\r\n\r\n"
        )
        for part in body:
            self.wfile.write(part)

    def whole(self, body: bytes, *more: str, kind: str = PLAIN) -> None:
        self.raw("200 OK", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more, body=(body,))

    def until_close(self, body: Iterable[bytes], kind: str = PLAIN) -> None:
        self.raw("200 OK", f"Content-Type: {kind}", "Connection: close", body=body)


Harm = Callable[[Handler], None]


def missing(to: Handler) -> None:
    to.raw("404 Not Found", "Content-Length: 0")


def chain(to: Handler, number: int) -> None:
    if number < CHAIN:
        to.raw("302 Found", f"Location: /chain/{number + 1}", "Content-Length: 0")
    else:
        to.whole(b"<p>You have followed every redirect.</p>")


def redirect(location: str | bytes) -> Harm:
    encoded = location.encode() if isinstance(location, str) else location
    return lambda to: to.raw("302 Found", b"Location: " + encoded, "Content-Length: 0")


def drip(to: Handler) -> None:
    """A head at once, then a byte now and then, for ever."""
    to.raw("200 OK", f"Content-Type: {PLAIN}", "Connection: close")
    while not to.ended.wait(DRIP):
        to.wfile.write(b".")
        to.wfile.flush()


def drip_head(to: Handler) -> None:
    """A head that never ends."""
    to.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not to.ended.wait(DRIP):
        to.wfile.write(b"X-A: b\r\n")
        to.wfile.flush()


def hang(to: Handler) -> None:
    to.ended.wait()


def endless(to: Handler) -> None:
    """A chunked body without an end, as fast as the client reads."""

    def chunks() -> Iterator[bytes]:
        while not to.ended.is_set():
            yield b"4000\r\n" + b"x" * 0x4000 + b"\r\n"

    to.raw("200 OK", f"Content-Type: {PLAIN}", "Transfer-Encoding: chunked", body=chunks())


def bomb(pack: Callable[[], bytes], encoding: str) -> Harm:
    return lambda to: to.whole(pack(), f"Content-Encoding: {encoding}")


def flood(to: Handler) -> None:
    to.raw("200 OK", *(f"X-Flood-{n}: {n}" for n in range(FLOOD)), "Content-Length: 0")


def long_header(to: Handler) -> None:
    to.raw("200 OK", "X-Long: " + "a" * (8 << 20), "Content-Length: 0")


def lengths(*lines: str) -> Harm:
    """Content-Length headers that do not fit the 26 bytes that follow."""
    return lambda to: to.raw("200 OK", f"Content-Type: {PLAIN}", *lines, body=(b"<p>Twenty-six bytes.</p>\r\n",))


def chunked(body: bytes) -> Harm:
    return lambda to: to.raw("200 OK", f"Content-Type: {PLAIN}", "Transfer-Encoding: chunked", body=(body,))


def entry(to: Handler) -> None:
    """Links to all of it, so that a crawl finds its way."""
    links = "".join(f'<p><a href="{path}">A headline about {path}</a></p>' for path in (*HARMS, "/chain/0"))
    # Latin-1 in a page that says UTF-8, bytes that are no text in any charset, half a percent sign, NUL.
    strange = b"".join(b'<p><a href="/strange/' + link + b'">A headline about bytes</a></p>' for link in STRANGE)
    to.whole(f"<!doctype html><title>Hostile</title>{links}".encode() + strange)


HARMS: dict[str, Harm] = {
    "/": entry,
    "/robots.txt": lambda to: to.whole(b"User-agent: *\nDisallow:\n", kind="text/plain"),
    "/drip": drip,
    "/drip-head": drip_head,
    "/hang": hang,
    "/close": lambda _: None,
    "/garbage": lambda to: to.wfile.write(b"\x00\xff\x16\x03\x01 this is no HTTP\r\n\r\n") and None,
    "/endless": endless,
    "/bomb/gzip": bomb(bombs.gzip_bomb, "gzip"),
    "/bomb/brotli": bomb(bombs.brotli_bomb, "br"),
    "/bomb/twice": bomb(bombs.twice_packed, "gzip, gzip"),
    "/bomb/broken": lambda to: to.whole(b"\x1f\x8b\x08\x00not gzip at all", "Content-Encoding: gzip"),
    "/loop": redirect("/loop"),
    "/loop/a": redirect("/loop/b"),
    "/loop/b": redirect("/loop/a"),
    "/location/bytes": redirect(b"/caf\xe9/\xff\xfe\x80"),
    "/location/none": lambda to: to.raw("302 Found", "Content-Length: 0"),
    "/headers/flood": flood,
    "/headers/long": long_header,
    "/length/more": lengths("Content-Length: 1000"),
    "/length/less": lengths("Content-Length: 5"),
    "/length/negative": lengths("Content-Length: -1"),
    "/length/two": lengths("Content-Length: 5", "Content-Length: 26"),
    "/chunked/size": chunked(b"ZZ\r\n<p>What size is that?</p>\r\n0\r\n\r\n"),
    "/chunked/cut": chunked(b"400\r\n<p>This ends too soon"),
    "/chunked/huge": chunked(b"FFFFFFFFFFFFFFFF\r\n<p>Sixteen exabytes follow"),
    "/feed/laughs.xml": lambda to: to.whole(bombs.laughs("rss", LAUGHING_FEED), kind="application/rss+xml"),
    "/feed/file.xml": lambda to: to.whole(bombs.outside("file:///etc/passwd"), kind="application/rss+xml"),
    "/feed/net.xml": lambda to: to.whole(bombs.outside("http://169.254.169.254/"), kind="application/rss+xml"),
    "/sitemap/laughs.xml": lambda to: to.whole(bombs.laughs("urlset", LAUGHING_MAP), kind=XML),
    "/sitemap/large.xml": lambda to: to.until_close(bombs.large_sitemap(HOST), XML),
    "/sitemap/self.xml": lambda to: to.whole(bombs.self_sitemap(HOST, "/sitemap/self.xml"), kind=XML),
    "/html/deep": lambda to: to.until_close(bombs.deep_html()),
    "/html/long": lambda to: to.until_close(bombs.long_paragraph()),
    "/html/nul": lambda to: to.whole(b"<!doctype html><title>N\x00L</title><p>" + b"a\x00b " * 5000 + b"</p>"),
} | {f"/to/{name}": redirect(location) for name, location in ELSEWHERE.items()}


class HostileServer(LoopbackServer):
    """The server with a log of the targets that it was asked for."""

    def __init__(self, port: int) -> None:
        self.asked: list[str] = []
        super().__init__(port, Handler)


class Hostile:
    """The hostile server, for as long as its `with` block lasts; it answers to every host name."""

    def __init__(self, port: int = 0) -> None:
        self.host = HOST
        self.paths = (*HARMS, "/chain/0")
        self._server = HostileServer(port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def asked(self) -> list[str]:
        """Every target so far, in order."""
        return list(self._server.asked)

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def resolve(self) -> dict[str, str]:
        """Host name to `address:port`, as `Newsroom.resolve`."""
        return {self.host: f"127.0.0.1:{self.port}"}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
