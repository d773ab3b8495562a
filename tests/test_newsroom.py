"""The newsroom serves what its truth says."""

from __future__ import annotations

import gzip
import html
import http.client
import json
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import brotli
import lxml.html
import pytest
import yaml

from pipelines.records import Kind, Outcome, Place, Role, Source
from tests.newsroom import Newsroom
from tests.newsroom.articles import pieces
from tests.newsroom.routes import HOPS
from tests.newsroom.sources import write_sources
from tests.newsroom.truth import truths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    with Newsroom() as served:
        yield served


def fetch(room: Newsroom, url: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", room.port, timeout=20)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers={"Host": parts.netloc, **named})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def decoded(url: str, body: bytes) -> str:
    charset = {"www.netzkante.test": "windows-1252", "hashira.test": "shift_jis"}.get(urlsplit(url).netloc, "utf-8")
    return body.decode(charset)


def words(text: str) -> str:
    return " ".join(text.split())


ORDINARY = [piece.url for piece in pieces() if piece.trap not in {"huge", "slow", "heals"}]


@pytest.mark.parametrize("url", ORDINARY)
def test_a_page_holds_its_paragraphs_and_its_teasers(room: Newsroom, url: str) -> None:
    truth = room.truth[url]
    response, body = fetch(room, url)
    assert response.status == 200
    tree = lxml.html.document_fromstring(decoded(url, body))
    text = words("".join(tree.itertext()))
    assert truth.title is not None
    assert words(truth.title) in text
    for paragraph in truth.body:
        assert words(paragraph) in text
    links = {link.get("href") for link in tree.iter("a")}
    for teaser in truth.teasers:
        assert teaser.url in links
        assert words(teaser.blurb or "") in text


def test_every_redirect_and_dead_link_has_its_status(room: Newsroom) -> None:
    response, _ = fetch(room, f"http://chipwire.test{HOPS[0]}")
    assert (response.status, response.getheader("Location")) == (302, HOPS[1])
    response, _ = fetch(room, f"http://www.chipwire.test{HOPS[0]}?a=b")
    assert (response.status, response.getheader("Location")) == (301, f"http://chipwire.test{HOPS[0]}?a=b")
    failed = {t.url: t.status for t in room.truth.values() if t.outcome is Outcome.FAILED and t.status != 200}
    assert sorted(failed.values()) == [404, 410]
    for url, status in failed.items():
        assert fetch(room, url)[0].status == status


def test_an_unknown_host_is_misdirected(room: Newsroom) -> None:
    assert fetch(room, "http://elsewhere.test/")[0].status == 421


def test_an_error_heals_on_the_second_try(room: Newsroom) -> None:
    url = next(piece.url for piece in pieces() if piece.trap == "heals")
    assert [fetch(room, url)[0].status for _ in range(3)] == [500, 200, 200]


def test_the_huge_page_is_twenty_megabytes_of_moths(room: Newsroom) -> None:
    url = next(piece.url for piece in pieces() if piece.trap == "huge")
    response, body = fetch(room, url)
    assert response.getheader("Content-Length") == str(len(body)) == str(20 * 1024 * 1024)
    assert body.endswith(b"</html>")


def test_validators_answer_304_and_one_publisher_has_none(room: Newsroom) -> None:
    url = next(piece.url for piece in pieces() if piece.publisher == "rackreport")
    response, body = fetch(room, url)
    etag, changed = response.getheader("ETag"), response.getheader("Last-Modified")
    assert etag is not None
    assert changed is not None
    assert body
    for headers in ({"If_None_Match": etag}, {"If_Modified_Since": changed}):
        again, nothing = fetch(room, url, **headers)
        assert (again.status, nothing) == (304, b"")
    plain, _ = fetch(room, next(piece.url for piece in pieces() if piece.publisher == "saltmarsh"))
    assert plain.getheader("ETag") is None


@pytest.mark.parametrize(("publisher", "encoding"), [("chipwire", "gzip"), ("rackreport", "br")])
def test_pages_come_compressed_to_whoever_accepts_it(room: Newsroom, publisher: str, encoding: str) -> None:
    url = next(piece.url for piece in pieces() if piece.publisher == publisher)
    _, plain = fetch(room, url)
    response, packed = fetch(room, url, Accept_Encoding="gzip, deflate, br")
    assert response.getheader("Content-Encoding") == encoding
    assert (gzip.decompress(packed) if encoding == "gzip" else brotli.decompress(packed)) == plain


def test_the_wrong_charset_is_declared_where_it_should_be(room: Newsroom) -> None:
    url = next(piece.url for piece in pieces() if piece.publisher == "lefil")
    response, body = fetch(room, url)
    assert response.getheader("Content-Type") == "text/html; charset=iso-8859-1"
    assert body.decode("utf-8") != body.decode("iso-8859-1")


def test_the_second_edition_changes_the_edited_articles_and_nothing_else() -> None:
    with Newsroom() as room:
        skip = {p.url for p in pieces() if p.trap in {"huge", "slow", "heals"}}
        urls = [url for url, truth in room.truth.items() if truth.status == 200 and url not in skip]
        first = {url: fetch(room, url)[1] for url in urls}
        assert {url: fetch(room, url)[1] for url in urls} == first
        room.edition = 2
        changed = {url for url in urls if fetch(room, url)[1] != first[url]}
        assert changed == {url for url, truth in room.truth.items() if truth.changes}
        for url in changed:
            assert all(
                words(p) in words(html.unescape(decoded(url, fetch(room, url)[1]))) for p in room.truth[url].body
            )


def test_a_silent_edit_keeps_the_stated_modification_time() -> None:
    silent = next(piece for piece in pieces() if piece.trap == "silent")
    first, second = truths(1)[silent.url], truths(2)[silent.url]
    assert first.body != second.body
    assert first.modified == second.modified
    edited = next(piece for piece in pieces() if piece.trap == "edited")
    assert truths(1)[edited.url].modified != truths(2)[edited.url].modified


def test_machine_files_parse_and_lead_to_every_article(room: Newsroom) -> None:
    found: set[str] = set()
    for url, truth in room.truth.items():
        if truth.role not in {Role.FEED, Role.SITEMAP, Role.SECTION}:
            continue
        response, body = fetch(room, url)
        assert response.status == 200
        if url.endswith(".gz"):
            body = gzip.decompress(body)
        if url.endswith(".json"):
            found |= {item["url"] for item in json.loads(body)["items"]}
            continue
        text = html.unescape(decoded(url, body) if "sitemap" not in url else body.decode())
        found |= set(re.findall(r"http://[\w.]+\.test/[^\s\"'<]+", text))
        found |= {f"http://{urlsplit(url).netloc}{path}" for path in re.findall(r'href="(/[^"]+)"', text)}
    assert set(room.truth) - found <= {
        u
        for u in room.truth
        if re.search(r"test/(robots.txt|$|feed|atom|rss|index.rdf|.*sitemap|.well-known)", u) or u.endswith(HOPS[1])
    }


def test_the_log_tells_what_was_asked(room: Newsroom) -> None:
    before = len(room.log)
    fetch(room, "http://saltmarsh.test/robots.txt", "HEAD", User_Agent="probe")
    hit = room.log[before]
    assert (hit.host, hit.method, hit.path, hit.status) == ("saltmarsh.test", "HEAD", "/robots.txt", 200)
    assert hit.headers["user-agent"] == "probe"


def test_there_are_enough_articles_of_every_topic() -> None:
    stored = [truth for truth in truths(1).values() if truth.kind is Kind.ARTICLE and truth.variant_of is None]
    assert len([truth for truth in stored if truth.outcome is Outcome.STORED]) >= 80
    assert len({topic for truth in stored for topic in truth.topics}) == 15


def test_a_silent_edit_shows_in_the_entity_tag_only() -> None:
    url = next(piece.url for piece in pieces() if piece.trap == "silent")
    with Newsroom() as room:
        etag = fetch(room, url)[0].getheader("ETag") or ""
        assert fetch(room, url, If_None_Match=etag)[0].status == 304
        room.edition = 2
        assert fetch(room, url, If_None_Match=etag)[0].status == 200


def sentences(body: tuple[str, ...]) -> set[str]:
    return {part for text in body for part in re.split(r"(?<=[.?!。])\s*", text) if len(part) > 20}


def test_only_the_press_release_is_shared_between_articles() -> None:
    seen: dict[str, str] = {}
    for piece in pieces():
        for sentence in sentences(piece.body):
            owner = seen.setdefault(sentence, piece.url)
            assert owner == piece.url or piece.release
    copies = [truth for truth in truths(1).values() if truth.copies]
    assert len(copies) == 2
    for copy in copies:
        mine, others = sentences(copy.body), sentences(truths(1)[copy.copies or ""].body)
        assert 0.6 < len(mine & others) / len(mine) < 1


def test_teasers_come_in_every_shape_place_and_language() -> None:
    shown = [(piece.site.language, teaser) for piece in pieces() for teaser in truths(1)[piece.url].teasers]
    shapes = {"inline", "aside", "grid", "cards", "cards_bold", "bullets", "bullets_plain", "after_cards", "after_list"}
    assert {teaser.shape for _, teaser in shown} == shapes
    assert {teaser.place for _, teaser in shown} == set(Place)
    assert {language for language, teaser in shown if teaser.heading} == {"en", "de", "fr", "es", "ja"}
    assert not [teaser.blurb for _, teaser in shown if teaser.blurb and teaser.blurb.endswith((".", "。"))]


def test_the_sources_are_valid_declarations(tmp_path: Path) -> None:
    for path in write_sources(tmp_path):
        fields = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert Source.model_validate(fields | {"id": path.stem}).delay == 0


def test_the_command_serves_until_it_is_told_to_end() -> None:
    command = [sys.executable, "-m", "tests.newsroom", "--edition", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout is not None
        host, _, address = served.stdout.readline().strip().partition("=")
        connection = http.client.HTTPConnection(address, timeout=10)
        connection.request("GET", "/robots.txt", headers={"Host": host})
        assert connection.getresponse().read().startswith(b"User-agent: *")
        connection.close()
        served.send_signal(signal.SIGTERM)
        assert served.wait(timeout=10) == 0
