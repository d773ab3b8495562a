"""robots.txt: RFC 9309's rules, the line that decided, and files that were written to hurt."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from crawlers.polite.robots import MAX_BYTES, Robots, matches

URL = "https://www.example.org/robots.txt"
SITE = "https://www.example.org"


def robots(text: str) -> Robots:
    return Robots.parse(text.encode(), 200, URL)


def test_the_longest_rule_decides_and_its_line_is_given() -> None:
    found = robots("# welcome\nUser-agent: *\nDisallow: /private/ # keep out\nAllow: /private/press\n")
    assert found.allows(f"{SITE}/private/a", "copydesk")[:2] == (False, f"{URL}, line 3: Disallow: /private/")
    assert found.allows(f"{SITE}/private/press/a", "copydesk")[:2] == (True, f"{URL}, line 4: Allow: /private/press")
    assert found.allows(f"{SITE}/news/a", "copydesk")[:2] == (True, f"{URL}, no rule for it")


def test_a_group_that_names_us_wins_over_the_star() -> None:
    found = robots("User-agent: *\nDisallow: /\n\nUser-agent: Copydesk\nUser-agent: other\nDisallow: /drafts/\n")
    assert found.allows(f"{SITE}/a", "copydesk").allowed
    assert found.allows(f"{SITE}/drafts/a", "copydesk").line == f"{URL}, line 6: Disallow: /drafts/"
    assert not found.allows(f"{SITE}/a", "stranger").allowed


def test_groups_of_one_name_are_joined() -> None:
    found = robots("User-agent: *\nDisallow: /a\n\nUser-agent: x\nDisallow: /x\n\nUser-agent: *\nDisallow: /b\n")
    assert found.allows(f"{SITE}/b", "copydesk").line == f"{URL}, line 8: Disallow: /b"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 301])
def test_a_missing_file_opens_the_host(status: int) -> None:
    verdict = Robots.parse(b"User-agent: *\nDisallow: /", status, URL).allows(f"{SITE}/a", "copydesk")
    assert verdict.allowed
    assert str(status) in verdict.line


@pytest.mark.parametrize("status", [500, 503, 599, 408, 425, 429, None])
def test_a_server_in_trouble_closes_the_host(status: int | None) -> None:
    verdict = Robots.parse(None, status, URL).allows(f"{SITE}/a", "copydesk")
    assert not verdict.allowed
    assert "RFC 9309" in verdict.line


def test_robots_txt_itself_may_always_be_read() -> None:
    assert robots("User-agent: *\nDisallow: /").allows(URL, "copydesk").allowed


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(ends: str) -> None:
    found = robots(ends.join(["\ufeffUser-agent: *", "", "# a\u2028b\x0bc", "Disallow: /x", ""]))
    assert found.allows(f"{SITE}/x", "copydesk").line == f"{URL}, line 4: Disallow: /x"


def test_only_500_kibibytes_are_parsed_and_no_cut_line_counts() -> None:
    filler = "# " + "x" * 97 + "\n"
    text = "User-agent: *\n" + filler * (MAX_BYTES // len(filler)) + "Disallow: /late\n" * 20
    found = robots(text)
    assert len(found.text.encode()) <= MAX_BYTES
    assert found.text.endswith("\n")
    assert found.allows(f"{SITE}/late", "copydesk").allowed


def test_crawl_delay_and_request_rate_give_the_longer_wait() -> None:
    assert robots("User-agent: *\nCrawl-delay: 2.5").delay("copydesk") == 2.5
    assert robots("User-agent: *\nCrawl-delay: 2\nRequest-rate: 1/10s").delay("copydesk") == 10
    assert robots("User-agent: *\nCrawl-delay: forever").delay("copydesk") is None
    assert robots("User-agent: other\nCrawl-delay: 9").delay("copydesk") is None


def test_sitemaps_are_made_absolute_and_given_once() -> None:
    found = robots(
        "Sitemap: /news.xml\nUser-agent: *\nDisallow:\nsitemap: https://cdn.example.org/s.xml\nSitemap: /news.xml"
    )
    assert found.sitemaps == (f"{SITE}/news.xml", "https://cdn.example.org/s.xml")


def test_licences_are_given_with_their_lines() -> None:
    found = robots("User-agent: *\nAllow: /\n\nLicense: /license.xml # RSL\n")
    assert found.licences == ((4, f"{SITE}/license.xml"),)


def test_html_in_its_place_forbids_nothing() -> None:
    found = robots("<!doctype html>\n<p>User-agent: *</p>\n<p>Disallow: /</p>")
    assert found.allows(f"{SITE}/a", "copydesk").allowed


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/a", "/abc", True),
        ("/a$", "/abc", False),
        ("/*.pdf$", "/x/y.pdf", True),
        ("/*.pdf$", "/x/y.pdf?z", False),
        ("*", "/anything", True),
        ("/caf%C3%A9", "/café", True),
        ("/%7Ejoe/", "/~joe/index", True),
        ("/a?b=1", "/a?b=12", True),
        ("/x\nAllow: /", "/x", False),
    ],
)
def test_patterns_match_paths_as_rfc_9309_says(pattern: str, path: str, fits: bool) -> None:
    assert matches(pattern, SITE + path) is fits


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\n" + "Disallow: /" + "*a" * 200_000,
        "User-agent: *\n" + "".join(f"Disallow: /{n}*x\n" for n in range(30_000)),
        "User-agent: a\n" * 36_000,
        "".join(f"User-agent: {n}\nDisallow: /\n" for n in range(18_000)),
        "Disallow" * 60_000,
        ":" * 500_000,
        "\x00\xff" * 200_000,
    ],
    ids=["stars", "many rules", "many names", "many groups", "no colon", "colons", "binary"],
)
def test_a_hostile_file_costs_no_more_than_its_size(text: str) -> None:
    found = robots(text)
    for number in range(20):
        found.allows(f"{SITE}/{'a' * 1000}{number}", "copydesk")


PATHS = st.text(alphabet="ab/*$.%?", min_size=1, max_size=8).map(lambda text: "/" + text)
LINES = st.one_of(
    PATHS.map(lambda path: f"Disallow: {path}"),
    PATHS.map(lambda path: f"Allow: {path}"),
    st.sampled_from(
        ["User-agent: *", "User-agent: copydesk", "User-agent: other", "", "# note", "Sitemap: /s.xml", "Junk: 1"]
    ),
)


@given(st.lists(LINES, max_size=12), st.text(alphabet=string.ascii_lowercase[:3] + "/.", max_size=8))
def test_the_line_that_is_given_is_one_that_protego_obeyed(lines: list[str], path: str) -> None:
    text, url = "\n".join(lines), f"{SITE}/{path}"
    verdict = robots(text).allows(url, "copydesk")
    assert verdict.allowed == Protego.parse(text).can_fetch(url, "copydesk")
    if not verdict.allowed:
        number, _, line = verdict.line.partition(", line ")[2].partition(": ")
        assert lines[int(number) - 1].strip() == line
        assert line.startswith("Disallow")
