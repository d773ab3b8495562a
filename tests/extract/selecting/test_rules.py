"""A source's dated rules, from its YAML file to the article: an archived page is read by the rule of its day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import lxml.html
import numpy as np
import pytest

from pipelines import sources
from pipelines.extract import extract
from pipelines.extract.article import examine
from pipelines.extract.cutting.blocks import outline
from pipelines.extract.judging.model import Verdicts, load
from pipelines.extract.selecting.body import select
from pipelines.extract.selecting.rules import apply
from pipelines.records import Rule, Source

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.extract.article import Examined
    from pipelines.records import Extraction

URL = "https://harbour-post.example/2026/05/old-phones-measure-the-tide"
PARAGRAPHS = (
    "The harbour office has mounted eleven discarded phones under its pier, and they now measure the tide every hour.",
    "The readings agree with those of the official gauge to within two centimetres, says the engineer who built it.",
    "Each phone costs less than its mounting. When one dies, a boat brings another, and the software notices the change.",
    "Two more towns on the coast have asked for the plans, which stand on the harbour's website for everyone to use.",
)
NOTE = "The harbour office is owned by the town, which also owns this newspaper; the paper reports on it as on others."
YAML = """name: Harbour Post
home: https://harbour-post.example/
feeds: [https://harbour-post.example/feed]
rules:
  - since: 2025-01-01
    headline: .old-headline
    remove: .old-note
    why: the note of ownership stands between the paragraphs
  - since: 2026-03-01
    body: "#story"
    headline: .new-headline
    teasers: .more
    why: since the redesign the note stands before the story
"""
PAGE = f"""<!doctype html><html lang="en"><head><title>Tide - Harbour Post</title><meta property="og:type" content="article">
<meta property="article:published_time" content="2026-05-04T09:30:00+02:00"><meta name="author" content="Ada Byron"></head><body>
<main><article><h1>Tide</h1><div class="old-headline">Phones measure the tide</div><div class="new-headline">The tide, by phone</div>
<p class="old-note">{NOTE}</p><div id="story">{"".join(f"<p>{text}</p>" for text in PARAGRAPHS)}</div>
<div class="more"><p><a href="/2026/05/ferry-on-hydrogen">The ferry sails on hydrogen now, and quietly</a></p></div></article></main>
</body></html>""".encode()


@pytest.fixture
def source(tmp_path: Path) -> Source:
    path = tmp_path / "harbour-post.yaml"
    path.write_text(YAML, encoding="utf-8")
    return sources.load_one(path)


def read(source: Source, year: int = 0, month: int = 1, day: int = 1) -> Extraction:
    """Extract the page as fetched at the start of a day; without one, as fetched on a day unknown."""
    return extract(PAGE, URL, source=source, fetched=datetime(year, month, day, tzinfo=UTC) if year else None)


def test_a_page_of_the_old_layout_is_read_by_the_old_rule(source: Source) -> None:
    article = read(source, 2026, 2, 28).article
    assert article is not None
    assert article.title == "Phones measure the tide"
    assert NOTE not in article.body
    assert all(text in article.body for text in PARAGRAPHS)


def test_a_page_from_the_day_of_the_new_layout_on_is_read_by_the_new_rule(source: Source) -> None:
    found = read(source, 2026, 6, 1)
    assert found.article is not None
    assert found.article.title == "The tide, by phone"
    assert found.article.body == "\n\n".join(PARAGRAPHS)
    assert [teaser.title for teaser in found.teasers] == ["The ferry sails on hydrogen now, and quietly"]


def test_a_rule_holds_from_the_morning_of_its_day(source: Source) -> None:
    article = read(source, 2026, 3, 1).article
    assert article is not None
    assert article.title == "The tide, by phone"


def test_a_page_older_than_all_rules_is_read_without(source: Source) -> None:
    article = read(source, 2024, 12, 31).article
    assert article is None or article.title == "Tide"


def test_a_page_of_unknown_day_is_read_by_the_latest_rule(source: Source) -> None:
    article = read(source).article
    assert article is not None
    assert article.title == "The tide, by phone"


FORM = "Our letter brings the harbour to your inbox every Friday. Enter your email address below and subscribe, it is free."
NOTICE = "The harbour's office stays shut on Monday. Boats that need a pilot call the tower on channel twelve."
BOILER = (
    "This site belongs to the harbour's own publishing house, which prints three papers and lends boats to schools.",
    "Whoever wants to quote from it asks the house in writing, names the page, and waits for the answer of its lawyers.",
    "The house takes no blame for what its readers do with tide tables, since wind and rain change them at short notice.",
    "Its history goes back to a printer who came with the first steamer and stayed, as he said, because of the light.",
    "Today forty people work there, in two shifts, and every one of them has been out with the pilots at least once.",
)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def ruled(content: str, **parts: str) -> Examined:
    """Examine a page whose `<main>` holds `content` under a rule of these parts."""
    rule = Rule(since=date(2026, 3, 1), why="a test", **parts)
    source = Source(id="harbour-post", name="Harbour Post", home="https://harbour-post.example/", rules=(rule,))
    head = PAGE.decode().partition("<main>")[0].replace("<title>Tide", "<title>The tide, by phone")
    html = f"{head}<main><h1>The tide, by phone</h1>{content}</main></body></html>"
    return examine(html.encode(), URL, source=source)


def body(examined: Examined) -> str:
    assert examined.extraction.article is not None
    return examined.extraction.article.body


STORY = f'<div class="story">{paragraphs(*PARAGRAPHS)}</div>'


def test_a_part_that_meets_nothing_is_left_to_the_extractor() -> None:
    found = ruled(STORY, body=".nope", headline=".none", remove=".neither")
    assert body(found) == "\n\n".join(PARAGRAPHS)
    assert [(met.part, met.elements, met.blocks) for met in found.ruled.met] == [
        ("body", 0, 0),
        ("remove", 0, 0),
        ("headline", 0, 0),
    ]
    assert found.extraction.missed == "2026-03-01 meets no body '.nope' and no headline '.none'"


def test_an_element_without_text_is_no_body() -> None:
    found = ruled(f'<div class="shell"></div>{STORY}', body=".shell")
    assert body(found) == "\n\n".join(PARAGRAPHS)
    assert [(met.elements, met.blocks) for met in found.ruled.met] == [(1, 0)]


def test_a_rule_that_removes_nothing_misses_nothing() -> None:
    assert ruled(STORY, body=".story", remove=".ad", teasers=".more").extraction.missed is None


def test_a_short_notice_is_the_whole_body_where_the_rule_says_so() -> None:
    content = f'<div class="txt">{paragraphs(NOTICE)}<div class="boiler">{paragraphs(*BOILER)}</div></div>'
    found = ruled(content, body=".txt", remove=".boiler")
    assert body(found) == NOTICE
    assert found.text.reader is None


def test_what_a_rule_removes_comes_back_by_no_other_way() -> None:
    found = ruled(f'{paragraphs(NOTICE)}<div class="boiler">{paragraphs(*BOILER)}</div>', remove=".boiler")
    assert not any(text in found.text.body for text in BOILER)


def test_a_box_that_the_rule_names_is_kept_whatever_the_model_says() -> None:
    box = f'<aside class="newsletter-box promo"><h3>Newsletter</h3><p>{FORM}</p><form><button>Sign up</button></form></aside>'
    content = f'<div class="entry">{paragraphs(*PARAGRAPHS[:2])}{box}{paragraphs(*PARAGRAPHS[2:])}</div>'
    assert FORM not in body(ruled(content, body=".entry"))
    assert FORM in body(ruled(content, body=".newsletter-box, .entry"))
    assert FORM in body(ruled(content, body=".newsletter-box p, .entry"))


def test_a_container_leaves_out_what_is_taken_for_a_promotion_and_a_named_paragraph_does_not() -> None:
    model = load()
    root = (
        lxml.html.fromstring(f"<body><div class='entry'><p>{FORM}</p><p>{NOTICE}</p></div></body>")
        .getroottree()
        .getroot()
    )
    blocks = outline(root)
    roles = np.zeros((2, len(model.roles)), np.float32)
    roles[0, model.roles.index("promo")] = 1
    roles[1, model.roles.index("body")] = 1
    verdicts = Verdicts(np.array([0.3, 0.2], np.float32), roles)

    def kept(selector: str) -> tuple[int, ...]:
        rule = Rule(since=date(2026, 3, 1), why="a test", body=selector)
        return select(blocks, apply(rule, blocks, root, verdicts, model).verdicts, model).kept

    assert kept(".entry") == (1,)
    assert kept(".entry p") == (0, 1)


def test_a_standfirst_above_the_body_of_a_rule_stays_the_standfirst() -> None:
    lead = "Eleven discarded phones under a pier now measure the tide."
    found = ruled(f'<p class="standfirst">{lead}</p>{STORY}', body=".story")
    assert found.extraction.article is not None
    assert found.extraction.article.standfirst == lead
    assert body(found) == "\n\n".join(PARAGRAPHS)


LEAD = "Eleven discarded phones under a pier now measure the tide."
PARTED = (
    f'<p class="by">By Ada Byron, 4 May 2026</p><div class="story"><p class="first">{PARAGRAPHS[0]}</p>'
    f'<p class="second">{PARAGRAPHS[1]}</p>{paragraphs(*PARAGRAPHS[2:])}</div>'
)


@pytest.mark.parametrize(
    "parts", [{"remove": ".first"}, {"body": ".story", "remove": ".first"}, {"body": ".first ~ p"}]
)
def test_a_paragraph_that_a_rule_leaves_out_is_no_standfirst(parts: dict[str, str]) -> None:
    found = ruled(PARTED, **parts)
    assert body(found) == "\n\n".join(PARAGRAPHS[1:])
    assert found.extraction.article is not None
    assert found.extraction.article.standfirst is None


def test_a_standfirst_that_a_rule_removes_is_nowhere() -> None:
    content = f'<p class="standfirst">{LEAD}</p>{STORY}'
    kept, removed = (
        ruled(content, **parts).extraction.article for parts in ({"body": ".story"}, {"remove": ".standfirst"})
    )
    assert kept is not None
    assert removed is not None
    assert (kept.standfirst, removed.standfirst) == (LEAD, None)
    assert LEAD not in removed.body


def test_a_teaser_in_what_a_rule_removes_stays_a_teaser() -> None:
    box = '<div class="more"><h3>Read more</h3><ul><li><a href="/2026/05/ferry">The ferry sails on hydrogen now, and quietly</a></li></ul></div>'
    found = ruled(STORY + box, remove=".more")
    assert [teaser.title for teaser in found.extraction.teasers] == ["The ferry sails on hydrogen now, and quietly"]


@pytest.mark.parametrize(("head", "expected"), [("", 0.0), (f"<meta name=description content='{LEAD}'>", 0.3)])
def test_outside_a_body_the_page_s_word_makes_a_standfirst_of_what_the_model_hesitates_about(
    head: str, expected: float
) -> None:
    model = load()
    page = f"<html><head>{head}</head><body><p>{LEAD}</p><div class=story>{paragraphs(*PARAGRAPHS)}</div>"
    root = lxml.html.document_fromstring(page)
    blocks = outline(root)
    roles = np.zeros((5, len(model.roles)), np.float32)
    roles[:, model.roles.index("body")] = [0.6, 1, 1, 1, 1]
    roles[0, model.roles.index("standfirst")] = 0.3
    verdicts = Verdicts(np.array([0.6, 1, 1, 1, 1], np.float32), roles)
    rule = Rule(since=date(2026, 3, 1), why="a test", body=".story")
    found = apply(rule, blocks, root, verdicts, model).verdicts.roles
    assert found[0, model.roles.index("standfirst")] == pytest.approx(expected)
