"""A small archive, committed once: three visits to an article, one that is copied, one whose text is withheld."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from crawlers import warc
from crawlers.exchange import Exchange
from pipelines import layout, stages, urls
from pipelines.records import Candidate, Channel, Reservation, Role, Visit
from pipelines.store import tables

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from pipelines.bucket import Bucket

WIRE, OTHER = "http://wire.test", "http://other.test"
PLANT, HALL, QUIET = f"{WIRE}/2026/03/01/a-plant", f"{WIRE}/2026/03/01/a-hall", f"{WIRE}/2026/03/01/quiet"
COPY = f"{OTHER}/2026/03/01/a-hall"
DECLARED = "name: Wire\nhome: http://wire.test/\n"
CHANGED = ".offer, .notice"
"""What a rule removes: a line of one article, all of another. It names the teasers of the first, too."""
RULE = "rules:\n  - since: 2026-01-01\n    remove: '{}'\n    teasers: .more\n    why: a test\n"
OFFER = "Our readers get the yearly almanac of chips for half its price until Friday of this week."
_SAID = (
    "The operator opened a second hall on Tuesday and has signed for the power that its racks of servers will draw.",
    "Engineers from three suppliers spent the winter on cooling pipes that carry warm water to a swimming pool nearby.",
    "A spokeswoman declined to name the customers, though a filing with the council lists two makers of processors.",
    "Neighbours had asked for lower noise at night, and the pumps now stand behind a wall of bricks and moss.",
    "The next hall is planned for autumn, provided that the grid company finishes its new line across the valley.",
)
_MADE = (
    "The company said on Monday that it would build a plant for chips in the north of the country.",
    "Work on the foundations starts in May, and the first wafers are expected at the end of next year.",
    "Two hundred people will be employed there at first, most of them trained at the college in the same town.",
    "The state pays a third of the costs, which a court in the capital has yet to approve after a complaint.",
    "Analysts doubt that the demand for such chips will hold, since makers of cars have filled their stores.",
)


def page(title: str, said: tuple[str, ...], more: str = "", kind: str = "text") -> bytes:
    """An article's page; `more` comes before its last paragraph."""
    paragraphs = [f"<p>{sentence} {sentence}</p>" for sentence in said]
    text = "".join([*paragraphs[:-1], more, paragraphs[-1]])
    head = f"<title>{title}</title><meta property=og:type content=article><meta property=article:published_time content=2026-03-01T09:00:00Z>"
    return f"<!doctype html><html lang=en><head>{head}</head><body><article class={kind}><h1>{title}</h1>{text}</article></body></html>".encode()


ADVERT = f"<p class=offer>{OFFER}</p>"
MORE = b"<aside class=more><h2>Halls of old</h2><ul><li><a href=/2026/02/02/an-older-hall>An older hall is sold</a></li></ul></aside>"
FIRST = page("A plant for chips", _MADE, ADVERT).replace(b"</article>", b"</article>" + MORE)
EDITED = page("A plant for chips", (*_MADE[:2], _MADE[2].replace("Two hundred", "Three hundred"), *_MADE[3:]), ADVERT)
SECOND_HALL = page("A second hall", _SAID, kind="notice")


def crawled(desk: Bucket, source: str, day: int, *pages: tuple[str, bytes], reserved: str = "") -> str:
    """File one crawl of a day of March 2026; gives the key of its file."""
    at = datetime(2026, 3, day, 12, tzinfo=UTC)
    key = layout.warc(source, date(2026, 3, day), f"202603{day:02}T120000-scheduled", 0)
    written = warc.warcinfo(key, {})
    for url, body in pages:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body)
        kind = ((b"Content-Type", b"text/html"),)
        answer = Exchange(url, at, "127.0.0.1", b"GET / HTTP/1.1\r\n\r\n", head, body, body, 200, kind, None)
        found = Candidate(url=url, source=source, channel=Channel.FEED, seen_in=f"http://{source}.test/feed")
        says = (Reservation(protocol="x-robots-tag", statement="nosnippet", evidence=url),) if url == reserved else ()
        visit = Visit(url=url, final_url=url, role=Role.ARTICLE, candidate=found, reservations=says)
        written += warc.group(visit, [answer], None)[0]
    desk.create(key, written)
    return key


def archive(desk: Bucket) -> list[str]:
    """File the crawls; gives their keys, in the order of time."""
    quiet = page("A quiet word", _SAID[::-1])
    return [
        crawled(desk, "other", 1, (COPY, page("A second hall opens", _SAID))),
        crawled(desk, "wire", 1, (PLANT, FIRST), (HALL, SECOND_HALL), (QUIET, quiet), reserved=QUIET),
        crawled(desk, "wire", 2, (PLANT, EDITED)),
        crawled(desk, "wire", 4, (PLANT, EDITED.replace(b"<body>", b"<body><!-- served by b -->"))),
    ]


def settle(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Let this process find the installation in `folder`."""
    for name in ("bucket", "state", "sources"):
        patch.setenv(f"COPYDESK_{name.upper()}", str(folder / name))


def declare(folder: Path, remove: str = "") -> None:
    """Declare the sources, the first with a rule that removes what a selector names."""
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "sources" / "wire.yaml").write_text(DECLARED + (RULE.format(remove) if remove else ""))
    (folder / "sources" / "other.yaml").write_text("name: Other\nhome: http://other.test/\n")


def extracted(key: str) -> None:
    """Read a file by the rules of the moment."""
    stages.extract(key)


def processed(keys: list[str]) -> None:
    """Bring files into the tables, as one batch each."""
    for key in keys:
        stages.extract(key)
        stages.commit([key])


def copied(base: Path, folder: Path) -> None:
    """Make an installation as `base` is."""
    for name in ("bucket", "sources"):
        shutil.copytree(base / name, folder / name)


def rows(desk: Bucket) -> dict[str, list[dict[str, Any]]]:
    """Give what the tables hold, in one order whatever came first."""
    held = {name: tables.scan(desk, name).collect().to_dicts() for name in tables.TABLES}
    return {name: sorted(found, key=str) for name, found in held.items()}


def id_of(url: str) -> str:
    """Give the id of the article at a URL."""
    return urls.article_id(url)
