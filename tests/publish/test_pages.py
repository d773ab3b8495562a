"""What came from a page is text on ours, never markup or a script."""

from __future__ import annotations

from datetime import UTC, datetime

from lxml import html

from pipelines.publish.newest import Entry
from pipelines.publish.page import render
from pipelines.publish.report import Report, Row

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
