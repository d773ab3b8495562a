"""A page whose publisher lets no text of it be shown: archived as evidence, headline and link in tables and feeds."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import polars as pl

from pipelines import archive, crawls, layout, stages
from pipelines.bucket import open_bucket
from pipelines.records import Outcome
from pipelines.settings import load
from pipelines.store import tables
from tests.crawlers.scripted import HOME, Scripted, declared, feed, of, page
from tests.test_bring import PROSE
from tests.test_bring import page as article

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.newsroom.reply import Reply

RESERVED = {"/tag-says-so": '<meta name="robots" content="nosnippet">', "/header-says-so": "", "/nobody-says-so": ""}


def served(path: str) -> Reply:
    text = article(f"A second hall, told at {path}", RESERVED[path]).decode()
    more = (
        '<aside><h2>Explore more</h2><ul><li><a href="/an-older-story">An older story of a hall</a></li></ul></aside>'
    )
    headers = {"X_Robots_Tag": "max-snippet: 0"} if path == "/header-says-so" else {}
    return page(text.replace("</article>", f"</article>{more}"), **headers)


def test_no_text_of_the_page_leaves_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load().model_copy(update={"sources": tmp_path / "sources"})
    with Scripted(of({"/feed": feed(*RESERVED), **{path: served(path) for path in RESERVED}})) as site:
        declared(settings, site.resolve)
        for name, value in {
            "SOURCES": str(tmp_path / "sources"),
            "BUCKET": str(tmp_path / "bucket"),
            "STATE": str(tmp_path / "state"),
            "RESOLVE": json.dumps(site.resolve),
        }.items():
            monkeypatch.setenv(f"COPYDESK_{name}", value)
        done = subprocess.run(crawls.crawl_command("scripted", "first"), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    (key,) = stages.uncovered()
    stages.extract(key)
    assert stages.commit([key])[Outcome.STORED] == 3
    stages.suggest(print)
    stages.publish_feeds()
    bucket = open_bucket(load())
    with bucket.open(key) as stream:
        bodies = {
            one.page.url: one.body or b"" for one in archive.read(stream, key, source="s", limit=2**20) if one.page
        }
    assert PROSE.encode() in bodies[f"{HOME}tag-says-so"], "the archive keeps the page as evidence"
    rows = {row["url"]: row for row in tables.scan(bucket, "articles").collect().iter_rows(named=True)}
    for path, protocol in (("tag-says-so", "meta-robots"), ("header-says-so", "x-robots-tag")):
        row = rows[f"{HOME}{path}"]
        assert (row["title"], row["body"], row["summary"]) == (f"A second hall, told at /{path}", "", [])
        assert [one["protocol"] for one in row["reservations"]] == [protocol]
    free = rows[f"{HOME}nobody-says-so"]
    assert PROSE.strip() in free["body"]
    reserved = [rows[f"{HOME}{path}"]["id"] for path in ("tag-says-so", "header-says-so")]
    assert tables.scan(bucket, "teasers").filter(pl.col("article").is_in(reserved)).collect().is_empty()
    items = {item["url"]: item for item in json.loads(bucket.get(layout.feed("all", "json")))["items"]}
    assert PROSE[:40] not in json.dumps(items[f"{HOME}tag-says-so"])
    versions = tables.scan(bucket, "versions").filter(pl.col("article").is_in(reserved)).collect()
    assert PROSE[:40] not in json.dumps(versions.to_dicts(), default=str)
