"""From URL to response: a function of host, path, request headers, edition and how often the URL was asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.newsroom.pages import page
from tests.newsroom.publishers import Publisher, publishers
from tests.newsroom.reply import Reply, conditional, encoded
from tests.newsroom.routes import Route, routes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.newsroom.articles import Piece

__all__ = ["HUGE", "SLOW", "answer", "hosts"]

SLOW = 2.0  # seconds: long beside the other pages, well below any sensible timeout
HUGE = 20 * 1024 * 1024  # bytes of the list of moths
BUILT = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)  # when lists, feeds and sitemaps say they changed last
REBUILT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)  # when the second edition's changed pages did
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)
ALIAS = "www.chipwire.test"  # answers every path with a redirect to the host without www


def hosts() -> tuple[str, ...]:
    """All host names that the newsroom serves."""
    return (*(site.host for site in publishers()), ALIAS)


def answer(host: str, target: str, asked: Mapping[str, str], edition: int, tries: int) -> Reply:
    """The reply to a GET. `asked` has lower-case header names; `tries` counts earlier requests for this target."""
    if host == ALIAS:
        return Reply(301, (("Location", f"http://chipwire.test{target}"),))
    if host not in hosts():
        return Reply(421, (("Content-Type", "text/plain"),), b"This server does not know that host.\n")
    site = next(each for each in publishers() if each.host == host)
    path = urlsplit(target).path
    if path.startswith("/img/"):
        return Reply(headers=(("Content-Type", "image/png"),), body=PIXEL)
    route = routes().get(site.url(path))
    if route is None:
        return html(site, "<h1>404</h1><p>There is no such page.</p>", 404)
    if route.target:
        return Reply(route.status, (("Location", route.target),))
    return held(site, site.url(path), asked, edition, tries)


def held(site: Publisher, url: str, asked: Mapping[str, str], edition: int, tries: int) -> Reply:
    """The reply with what stands at a URL, after the traps that a piece sets."""
    route = routes()[url]
    trap = route.piece.trap if route.piece else None
    if trap == "huge":
        return Reply(headers=(("Content-Type", "text/html; charset=utf-8"),), stream=lambda: moths(site), length=HUGE)
    if trap == "heals" and tries == 0:
        return html(site, "<h1>500</h1><p>Something went wrong. Please try again.</p>", 500)
    whole = content(url, edition)
    if site.validators and route.status == 200:
        whole = conditional(whole, asked, changed(route, edition))
    if route.kind == "application/gzip":
        return whole
    return encoded(whole, asked.get("accept-encoding", ""), site.encoding)


def changed(route: Route, edition: int) -> datetime:
    piece = route.piece
    if piece is None:
        return BUILT
    if edition > 1 and piece.edit:
        return REBUILT
    return (piece.modified or piece.published).astimezone(UTC)


def html(site: Publisher, text: str, status: int = 200, charset: str | None = None) -> Reply:
    named = site.declared or charset or site.charset
    return Reply(
        status,
        (("Content-Type", f"text/html; charset={named}"),),
        text.encode(charset or site.charset, "xmlcharrefreplace"),
    )


@lru_cache(maxsize=512)
def content(url: str, edition: int) -> Reply:
    """The whole body of a page before validators and compression."""
    route = routes()[url]
    if route.piece:
        return article(route.site, route.piece.in_edition(edition))
    if route.text is None:
        raise LookupError(f"{url} holds nothing")
    text = route.text()
    if route.kind == "text/html" and isinstance(text, str):
        return html(route.site, text, route.status)
    if isinstance(text, bytes):
        return Reply(route.status, (("Content-Type", route.kind),), text)
    charset = "utf-8" if route.kind == "application/xml" else route.site.charset
    return Reply(route.status, (("Content-Type", f"{route.kind}; charset={charset}"),), text.encode(charset))


def article(site: Publisher, piece: Piece) -> Reply:
    reply = html(site, page(piece))
    if site.reserved and piece.number == 0:
        reply = reply.with_headers(("X-Robots-Tag", "noai, noimageai"))
    if piece.trap == "slow":
        return Reply(reply.status, reply.headers, reply.body, delay=SLOW)
    return reply


def moths(site: Publisher) -> Iterator[bytes]:
    """The list of moths, 20 MB of it, made while it is sent."""
    piece = next(each for each in (r.piece for r in routes().values()) if each and each.trap == "huge")
    head, _, tail = page(piece).encode().rpartition(b"</div>")
    yield head
    left = HUGE - len(head) - len(b"</div>") - len(tail)
    number = 0
    while left > 0:
        chunk = "".join(f"<p>Specimen {n}, {site.name} list.</p>\n" for n in range(number, number + 400)).encode()[
            :left
        ]
        number += 400
        left -= len(chunk)
        yield chunk
    yield b"</div>" + tail
