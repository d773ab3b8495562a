"""Feeds hold to their specifications, whatever an article says of itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from pipelines.publish import feeds
from pipelines.publish.newest import Entry

ATOM = "{http://www.w3.org/2005/Atom}"
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


def entry(**changes: Any) -> Entry:
    made = Entry(
        id="0123456789abcdef",
        url="http://a.test/2026/a-story",
        title="A story",
        summary="What it says.",
        authors=["Ann Abel"],
        published=NOON,
        updated=NOON,
        source="a",
        language="en",
        topics=["chips", "ai"],
    )
    return made._replace(**changes)


ENTRIES = {
    "plain": entry(),
    "no author": entry(authors=[]),
    "an empty author": entry(authors=[""]),
    "no summary": entry(summary=""),
    "no language": entry(language=None),
    "markup": entry(title="<b>1 < 2</b> & ]]> &amp;", summary="<script>alert(1)</script>", authors=["<i>A</i>"]),
    "control characters": entry(title="a\x00b\x0bc\x1b", summary="d\ufffee\x08", authors=["f\x01"], topics=["g\x02"]),
    "other scripts": entry(title="記事 \U0001f600", url="http://a.test/%E8%A8%98?a=1&b=2"),
    "an address with a space": entry(url="http://a.test/a b"),
}


@pytest.mark.parametrize("name", ENTRIES)
@pytest.mark.parametrize("address", [None, "https://desk.test/feeds/all.atom"])
def test_an_atom_feed_is_valid_by_rfc_4287(name: str, address: str | None) -> None:
    document = feeds.atom("all", "All", [ENTRIES[name]], address)
    tree = etree.fromstring(document)
    assert SCHEMA.validate(tree), SCHEMA.error_log
    for item in tree.iter(f"{ATOM}entry"):
        assert [link.get("rel", "alternate") for link in item.iter(f"{ATOM}link")].count("alternate") == 1
    parsed = feedparser.parse(document)
    assert not parsed.bozo
    assert len(parsed.entries) == 1


def test_a_feed_without_articles_is_valid_too() -> None:
    assert SCHEMA.validate(etree.fromstring(feeds.atom("all", "All", [], None)))
    assert json.loads(feeds.json_feed("all", "All", [], None))["items"] == []


@pytest.mark.parametrize("name", ENTRIES)
def test_a_json_feed_is_valid_by_its_version_1_1(name: str) -> None:
    feed = json.loads(feeds.json_feed("all", "All", [ENTRIES[name]], "https://desk.test/feeds/all.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    (item,) = feed["items"]
    assert isinstance(item["id"], str)
    assert item["id"]
    assert isinstance(item["content_text"], str)
    assert item["url"].startswith("http")
    assert datetime.fromisoformat(item["date_published"]).utcoffset() is not None
    assert all(author["name"] for author in item["authors"])
    assert all(isinstance(tag, str) for tag in item["tags"])
    assert set(item) <= {
        "id",
        "url",
        "title",
        "content_text",
        "date_published",
        "date_modified",
        "authors",
        "tags",
        "language",
    }
