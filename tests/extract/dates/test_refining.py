"""Which of several claims tells when a page was published, and what they tell of each other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.records import Precision
from tests.extract.head import ARTICLE, ld, read

URL = "https://www.harbour-post.example/science/tide-gauge-phones"
DATED = "https://www.harbour-post.example/2026/03/04/tide-gauge-phones"
META = "<meta property='article:published_time' content='2026-03-04T08:30:00-05:00'>"
HEADING = "<h1>Old phones measure the tide</h1>"


def stated(published: object, **more: object) -> str:
    return ld(
        {key: value for key, value in ARTICLE.items() if "date" not in key} | {"datePublished": published, **more}
    )


@pytest.mark.parametrize(
    ("head", "body", "url", "expected", "rule"),
    [
        (stated("2026-03-04") + META, "", URL, "2026-03-04T08:30:00-05:00", "meta:article:published_time"),
        (stated("2026-03-04T00:00:00Z") + META, "", URL, "2026-03-04T08:30:00-05:00", "meta:article:published_time"),
        (stated("2026-03-04T08:30:00") + META, "", URL, "2026-03-04T08:30:00-05:00", "meta:article:published_time"),
        (
            stated("2026-03-04T08:30"),
            "<time datetime='2026-03-04T08:30:12+01:00'>",
            URL,
            "2026-03-04T08:30:12+01:00",
            "time",
        ),
        ("", "<p>March 4, 2026, 6:32 PM EST", DATED, "2026-03-04T18:32:00-05:00", "near heading"),
        ("", "<time datetime='2026-03-04'>March 4, 2026 6:32 PM EST</time>", URL, "2026-03-04T18:32:00-05:00", "time"),
    ],
)
def test_a_coarse_time_is_made_exact_by_another_claim_of_its_day(
    head: str, body: str, url: str, expected: str, rule: str
) -> None:
    found = read(head, HEADING + body, url=url)
    assert found.published is not None
    assert (found.published.isoformat(), found.published_rule) == (expected, rule)


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("2026-03-04", "2026-03-05T08:30:00-05:00"),
        ("2026-03-04", "2026-03-04T00:00:00-05:00"),
        ("2026-03-04T08:30:00", "2026-03-04T09:45:00-05:00"),
        ("2026-03-04T08:30:00Z", "2026-03-04T08:30:00-05:00"),
        ("2026-03-04T23:30:00-05:00", "2026-03-05T04:30:00Z"),
    ],
)
def test_a_claim_that_says_otherwise_refines_nothing(first: str, other: str) -> None:
    found = read(stated(first) + f"<meta property='article:published_time' content='{other}'>", url=URL)
    assert found.published_rule == "json-ld:datePublished"


@pytest.mark.parametrize(
    "body",
    [
        "<p>Updated March 4, 2026, 6:32 PM EST",
        "<p>Updated <time datetime='2026-03-04T18:32:00-05:00'>March 4</time>",
        "<aside><time datetime='2026-03-04T18:32:00-05:00'>March 4</time></aside>",
    ],
)
def test_a_change_and_another_article_s_time_tell_no_hour_of_publication(body: str) -> None:
    created = "<meta name='creation_date' content='2026-03-04T07:00:00Z'>"
    found = read(stated("2026-03-04", dateModified="2026-03-04T18:32:00Z") + created, HEADING + body, url=URL)
    assert (found.published, found.published_precision) == (datetime(2026, 3, 4, tzinfo=UTC), Precision.DAY)


def test_a_clock_above_the_heading_is_the_site_s() -> None:
    found = read(stated("2026-03-04"), f"<div>March 4, 2026 9:15 AM</div>{HEADING}", url=URL)
    assert found.published_precision is Precision.DAY


@pytest.mark.parametrize(
    ("published", "modified", "expected"),
    [
        ("2026-03-04T08:30:00Z", "2026-03-04T09:30:00Z", "2026-03-04T09:30:00+00:00"),
        ("2026-03-04T08:30:00Z", "2026-03-04T08:30:00Z", "2026-03-04T08:30:00+00:00"),
        ("2026-03-04T08:30:00Z", "2026-03-01T09:30:00Z", None),
        ("2026-03-04T08:30:00Z", "2026-03-04", None),
        ("2026-03-04T08:30:00Z", "2026-03-05", "2026-03-05T00:00:00+00:00"),
        ("2026-03-04T08:30:00", "2026-03-04T09:15:00+01:00", "2026-03-04T09:15:00+01:00"),
    ],
)
def test_no_modification_is_before_the_publication(published: str, modified: str, expected: str | None) -> None:
    found = read(stated(published, dateModified=modified), url=URL).modified
    assert (found and found.isoformat()) == expected


def test_the_time_of_a_modification_is_read_from_the_page_s_own_object_too() -> None:
    page = {"@type": "WebPage", "datePublished": "2026-03-04T08:30:00Z", "dateModified": "2026-03-05T08:30:00Z"}
    found = read(ld({"@graph": [page, {"@type": "Product", "dateModified": "2026-03-09"}]}), url=URL)
    assert found.modified == datetime(2026, 3, 5, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("number", [1772625906, 1772625906000, "1772625906"])
def test_a_time_may_be_a_number(number: object) -> None:
    assert read(stated(number), url=URL).published == datetime(2026, 3, 4, 12, 5, 6, tzinfo=UTC)


@pytest.mark.parametrize("number", [True, 0, -5, 10**400, 177262590.5])
def test_a_number_that_counts_no_seconds_is_no_time(number: object) -> None:
    assert read(stated(number), url=URL).published is None


def test_a_day_marked_as_published_in_an_abbreviation_is_read() -> None:
    entry = "<div class='hentry'><abbr class='published' title='2026-03-04T20:30:00+01:00'>yesterday</abbr></div>"
    found = read(body=HEADING + entry, url=URL)
    assert found.published is not None
    assert (found.published.isoformat(), found.published_rule) == ("2026-03-04T20:30:00+01:00", "hentry:published")


@pytest.mark.parametrize(
    "line",
    [
        "Updated <time datetime='2026-03-09'>March 9</time> Published <time datetime='2026-03-04'>March 4</time>",
        "<span>Updated</span> <time datetime='2026-03-09'>March 9</time> <time datetime='2026-03-04'>March 4</time>",
        "<time datetime='2026-03-09'>Aktualisiert 9. März</time> <time datetime='2026-03-04'>4. März</time>",
    ],
)
def test_a_time_behind_the_word_for_a_change_is_not_the_publication(line: str) -> None:
    assert read(body=f"{HEADING}<p>{line}</p>", url=URL).published == datetime(2026, 3, 4, tzinfo=UTC)


def test_a_change_is_better_than_no_time() -> None:
    found = read(body=f"{HEADING}<p>Updated <time datetime='2026-03-09'>March 9</time></p>", url=URL)
    assert (found.published, found.published_rule) == (datetime(2026, 3, 9, tzinfo=UTC), "time:change")


@pytest.mark.parametrize("own", ["<time datetime='2026-03-04'>March 4</time>", "<p>March 4, 2026</p>"])
@pytest.mark.parametrize("holder", ["article", "main"])
def test_a_time_outside_the_element_that_holds_the_headline_is_another_s(own: str, holder: str) -> None:
    strip = "<div class='strip'><a href='/ferry'>The ferry is late</a> <time datetime='2026-01-02'>Jan 2</time></div>"
    found = read(body=f"{strip}<{holder}>{HEADING}{own}</{holder}>", url=URL)
    assert found.published == datetime(2026, 3, 4, tzinfo=UTC)
    assert read(body=f"{strip}<{holder}>{HEADING}</{holder}>", url=URL).published == datetime(2026, 1, 2, tzinfo=UTC)
