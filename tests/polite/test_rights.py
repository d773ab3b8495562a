"""Rights: each protocol's statements are found with their evidence, and the policy's strictest word decides."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.polite.rights import Level, permits, reservations
from crawlers.polite.robots import Robots
from pipelines import limits
from pipelines.records import Reservation

URL = "https://www.example.org/news/a-new-fab-opens"
SITE = "https://www.example.org"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
POLICY = limits.load(Path(__file__).parents[2] / "config" / "limits.yaml").rights


def found(
    headers: dict[str, list[str]] | None = None,
    html: str = "",
    robots: str | None = None,
    files: dict[str, str] | None = None,
) -> tuple[Reservation, ...]:
    parsed = Robots.parse(robots.encode(), 200, f"{SITE}/robots.txt") if robots is not None else None
    bodies = {SITE + path: body.encode() for path, body in (files or {}).items()}
    return reservations(URL, headers or {}, html.encode(), parsed, bodies)


def said(*given: Reservation) -> list[tuple[str, str]]:
    return [(one.protocol, one.statement) for one in given]


def test_a_silent_page_reserves_nothing() -> None:
    silent = found({"Content-Type": ["text/html"]}, '<meta name="robots" content="index, follow, max-snippet:-1">', "")
    assert silent == ()
    assert permits(silent, POLICY, NOW) == (Level.BODY, None)


def test_robots_tags_are_read_from_headers() -> None:
    given = found({"x-robots-tag": ["noarchive, NoAI", "noimageai"]})
    assert said(*given) == [("x-robots-tag", "noarchive"), ("x-robots-tag", "noai"), ("x-robots-tag", "noimageai")]
    assert given[0].evidence == f"{URL} X-Robots-Tag: noarchive, NoAI"


def test_a_robots_tag_for_another_crawler_is_kept_and_does_not_bind_us() -> None:
    given = found({"X-Robots-Tag": ["googlebot: noarchive, nosnippet, copydesk: noai"]})
    assert said(*given) == [
        ("x-robots-tag", "googlebot: noarchive"),
        ("x-robots-tag", "googlebot: nosnippet"),
        ("x-robots-tag", "copydesk: noai"),
    ]
    assert permits(given[:2], POLICY, NOW).level is Level.BODY
    assert permits(given, POLICY, NOW).level is POLICY.noai


def test_robots_tags_are_read_from_the_page() -> None:
    html = """<head><META content='noarchive,max-snippet:50' NAME=robots>
    <meta name="googlebot-news" content="nosnippet"><!-- <meta name="robots" content="noai"> -->
    <meta property="og:robots" content="noai"><meta name="description" content="noindex, they said"></head>"""
    assert said(*found(html=html)) == [
        ("meta-robots", "noarchive"),
        ("meta-robots", "max-snippet:50"),
        ("meta-robots", "googlebot-news: nosnippet"),
    ]


@pytest.mark.parametrize(
    "date",
    [
        "25 Jun 2025 15:00:00 GMT",
        "2025-06-25T15:00:00+02:00",
        "Wednesday, 25-Jun-25 15:00:00 GMT",
        "25-Jun-2025 15:00:00 GMT",
    ],
)
def test_a_page_is_gone_once_unavailable_after_has_passed(date: str) -> None:
    given = found({"X-Robots-Tag": [f"noimageai, unavailable_after: {date}"]})
    assert len(given) == 2
    assert permits(given, POLICY, NOW).level is Level.NOTHING
    assert permits(given, POLICY, datetime(2025, 6, 1, tzinfo=UTC)).level is Level.BODY


def test_tdmrep_is_read_from_its_file_by_the_longest_location() -> None:
    rules = [
        {"location": "/", "tdm-reservation": 0},
        {"location": "/news/", "tdm-reservation": 1, "tdm-policy": f"{SITE}/policy.json"},
        {"location": "/images/*.jpg", "tdm-reservation": 0},
    ]
    (given,) = found(files={"/.well-known/tdmrep.json": json.dumps(rules)})
    assert given.statement == f"tdm-reservation: 1; tdm-policy: {SITE}/policy.json"
    assert "/news/" in given.evidence
    assert given.evidence.startswith(f"{SITE}/.well-known/tdmrep.json")


def test_a_page_s_own_word_wins_over_the_tdmrep_file() -> None:
    files = {"/.well-known/tdmrep.json": '[{"location": "/", "tdm-reservation": 1}]'}
    assert said(*found(files=files)) == [("tdmrep", "tdm-reservation: 1")]
    assert found({"TDM-Reservation": ["0"]}, files=files) == ()
    assert (
        found(html='<meta name="tdm-reservation" content="0">', headers={"tdm-reservation": ["1"]}, files=files) == ()
    )
    (given,) = found(html='<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="/p.json">')
    assert given.statement == "tdm-reservation: 1; tdm-policy: /p.json"


def test_content_signals_are_read_from_our_group_and_from_headers() -> None:
    robots = "User-agent: other\nContent-Signal: search=no\n\nUser-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n"
    (given,) = found(robots=robots)
    assert given == Reservation(
        protocol="content-signal",
        statement="ai-train=no",
        evidence=f"{SITE}/robots.txt, line 5: Content-Signal: search=yes, ai-train=no",
    )
    assert said(*found({"Content-Usage": ["train-ai=n"]})) == [("content-signal", "train-ai=no")]


def test_search_refused_leaves_nothing() -> None:
    decided = permits(found(robots="User-agent: *\nContent-Signal: search=no\nAllow: /"), POLICY, NOW)
    assert not decided.fetch
    assert decided.by is not None
    assert decided.by.evidence.endswith("line 2: Content-Signal: search=no")


def test_ai_agents_shut_out_by_name_are_noted_with_the_line() -> None:
    robots = "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /news/\n\nUser-agent: *\nDisallow: /private/\n"
    (given,) = found(robots=robots)
    assert given == Reservation(
        protocol="robots.txt",
        statement="disallows CCBot, GPTBot",
        evidence=f"{SITE}/robots.txt, line 3: Disallow: /news/",
    )


def test_agents_in_groups_of_their_own_make_one_statement_with_every_line() -> None:
    robots = "User-agent: GPTBot\nDisallow: /\n\nUser-agent: CCBot\nDisallow: /\n\nUser-agent: ClaudeBot\nAllow: /\n"
    (given,) = found(robots=robots)
    assert given.statement == "disallows CCBot, GPTBot"
    assert given.evidence == f"{SITE}/robots.txt, lines 2, 5: Disallow: /"


@pytest.mark.parametrize("rule", ["*.txt", "/", "*", "/*.html", "/news/"])
def test_ai_txt_speaks_for_pages_by_path_or_kind_of_file(rule: str) -> None:
    (given,) = found(files={"/ai.txt": f"# Spawning AI\nUser-Agent: *\nAllow: *.jpg\nDisallow: {rule}\n"})
    assert said(given) == [("ai.txt", f"Disallow: {rule}")]
    assert "line 4" in given.evidence


def test_ai_txt_that_speaks_of_pictures_alone_reserves_nothing_here() -> None:
    assert found(files={"/ai.txt": "User-Agent: *\nDisallow: *.jpg\nDisallow: *.png\nDisallow:\n"}) == ()
    assert found(files={"/ai.txt": "<!doctype html><title>404</title>"}) == ()


RSL = '<rsl xmlns="https://rslstandard.org/rsl"><content url="{}">{}</content></rsl>'


@pytest.mark.parametrize(
    ("url", "licence", "statements", "level"),
    [
        ("/", '<license><prohibits type="usage">ai-train</prohibits></license>', ["prohibits ai-train"], POLICY.ai_train),
        ("/", '<license><prohibits type="usage">all</prohibits></license>', ["prohibits all"], POLICY.licence),
        ("/", "<license><prohibits>search, ai-index</prohibits></license>", ["prohibits search", "prohibits ai-index"], POLICY.search),
        ("/", '<license><permits type="usage">search</permits></license>', ["permits only search"], POLICY.ai_train),
        ("/news/*", '<license><payment type="crawl"/></license>', ["payment crawl for all"], POLICY.licence),
        (f"{SITE}/news/", '<license><payment type="training"/><permits type="usage">ai-train</permits></license>',
         ["permits only ai-train", "payment training for ai-train"], POLICY.licence),
        ("/", '<license><permits type="usage">all</permits><payment type="free"/></license>', [], Level.BODY),
        ("/video/", '<license><prohibits type="usage">all</prohibits></license>', [], Level.BODY),
        ("https://elsewhere.example.com/", "<license><prohibits>all</prohibits></license>", [], Level.BODY),
    ],
)  # fmt: skip
def test_rsl_licences_are_read_for_the_pages_they_cover(
    url: str, licence: str, statements: list[str], level: Level
) -> None:
    given = found(files={"/license.xml": RSL.format(url, licence)})
    assert said(*given) == [("rsl", statement) for statement in statements]
    assert permits(given, POLICY, NOW).level is level


def test_a_licence_that_is_named_and_was_not_read_counts_as_one_for_every_use() -> None:
    link = {"Link": ['</license.xml>; rel="license"; type="application/rsl+xml", </style.css>; rel=preload']}
    (given,) = found(link)
    assert given.statement == "licence /license.xml"
    assert permits((given,), POLICY, NOW).level is POLICY.licence
    assert found(link, files={"/license.xml": RSL.format("/", "<license><permits>all</permits></license>")}) == ()
    assert said(*found(robots="License: /l.xml\nUser-agent: *\nAllow: /")) == [("rsl", f"licence {SITE}/l.xml")]


def test_the_strictest_statement_decides_and_is_named() -> None:
    given = found({"X-Robots-Tag": ["noimageai, noarchive, nosnippet"]})
    decided = permits(given, POLICY, NOW)
    assert decided.by is not None
    assert decided.by.statement == "noarchive"
    assert (decided.fetch, decided.headline, decided.archive, decided.body) == (True, True, False, False)


def test_a_statement_of_a_later_version_is_treated_strictly() -> None:
    unknown = Reservation(protocol="next-protocol", statement="no-something", evidence="x")
    assert permits((unknown,), POLICY, NOW).level is POLICY.unknown


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    [
        "<meta ",
        '<meta name="robots" content="noarchive"',
        "<!--",
        "<meta name=robots content=noai>",
        "<link a=",
        "a=b ",
    ],
)
def test_a_hostile_head_costs_no_more_than_its_size(piece: str) -> None:
    found({"x-robots-tag": [piece * 1000, ", ".join(["a:b"] * 10_000)]}, piece * (1_000_000 // len(piece)))


@pytest.mark.parametrize(
    "body", ["[" * 100_000, "[1, null, {}]", '{"location": "/"}', "\xff", '[{"location": 1, "tdm-reservation": 1}]']
)
def test_files_that_are_no_statements_reserve_nothing(body: str) -> None:
    assert found(files={"/.well-known/tdmrep.json": body, "/ai.txt": body, "/license.xml": body}) == ()
