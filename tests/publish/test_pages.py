"""What came from a page is text on ours, never markup or a script."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lxml import html

from pipelines.bucket import open_bucket
from pipelines.publish.newest import Entry
from pipelines.publish.page import render
from pipelines.publish.report import Report, Row, newest_run, report
from pipelines.settings import Settings
from tests.dedupe.batches import commit, met

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.extracted import Extracted

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'"
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def test_the_report_escapes_what_came_from_a_page() -> None:
    row = Row(EVIL, *([1] * 11))
    page = render(
        "report.html.j2", report=Report("run", (row,), ((EVIL, 1),), ((f"http://a.test/{EVIL}", EVIL, EVIL),))
    )
    tree = html.document_fromstring(page)
    assert not tree.xpath("//script | //img | //@onerror")
    assert EVIL in tree.text_content()


def test_the_front_page_links_web_addresses_only() -> None:
    entry = Entry("1", "javascript:alert(1)", EVIL, EVIL, [EVIL], NOON, NOON, EVIL, "en", [EVIL])
    tree = html.document_fromstring(render("site.html.j2", entries=[entry], feeds=["all"]))
    assert not tree.xpath("//script | //img | //@onerror")
    assert not [link for link in tree.xpath("//@href") if link.startswith("javascript")]


def unfit(url: str) -> Extracted:
    """A page on which the source's rule found no body."""
    row = met(url, f"Tide at {url}", f"The harbour measures the tide at {url}.", hour=1)
    assert row.extraction is not None
    return row.model_copy(
        update={"extraction": row.extraction.model_copy(update={"missed": "2026-03-01 meets no body '.nope'"})}
    )


def test_the_report_says_which_rules_no_longer_fit_and_on_how_many_articles(tmp_path: Path) -> None:
    bucket = open_bucket(Settings(bucket=str(tmp_path / "bucket")))
    commit(bucket, unfit("https://wire.example/1"), unfit("https://wire.example/2"))
    found = report(bucket, newest_run(bucket))
    told = "the source's rule of 2026-03-01 meets no body '.nope'"
    assert found.missed == (("wire", told, 2),)
    assert told in html.document_fromstring(render("report.html.j2", report=found)).text_content()
