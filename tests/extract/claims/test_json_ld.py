"""JSON-LD as publishers write it, whole and broken."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from time import process_time
from typing import TYPE_CHECKING

import pytest

from pipelines.extract.metadata.metadata import metadata
from pipelines.extract.parsing.parse import parse
from pipelines.records import Access
from tests.extract.head import ARTICLE, URL, ld, read

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    "script",
    [
        json.dumps({"@graph": [{"@type": "WebPage"}, ARTICLE]}),
        json.dumps([[{"@type": "Organization"}], [ARTICLE]]),
        json.dumps({"@type": "WebPage", "mainEntity": ARTICLE}),
        json.dumps(ARTICLE) + json.dumps({"@type": "Thing"}),
        json.dumps(ARTICLE)[:-1] + ",}",
        json.dumps(ARTICLE).replace('"', "&quot;"),
        "<!-- " + json.dumps(ARTICLE) + " -->",
        "//<![CDATA[\n" + json.dumps(ARTICLE) + "\n//]]>",
        json.dumps(ARTICLE | {"description": "@"}).replace("@", "a raw\n\tline", 0).replace('"@"', '"a\n\tb"'),
        json.dumps(ARTICLE | {"@type": ["Thing", "https://schema.org/NewsArticle"]}),
    ],
)
def test_json_ld_is_read_as_publishers_write_it(script: str) -> None:
    found = read(f"<script type='application/ld+json'>{script}</script>")
    assert found.title == "Old phones measure the tide"
    assert found.authors == ("Ada Byron",)


WRITTEN = json.dumps(ARTICLE | {"author": "Tom O'Neill", "description": "It was a calm night"})
FLAWS: dict[str, Callable[[str], str]] = {
    "a quote escaped that needs none": lambda text: text.replace("O'Neill", r"O\'Neill"),
    "a byte order mark": lambda text: f"\ufeff{text}",
    "quotes inside a text": lambda text: text.replace("a calm night", 'a "calm", "quiet" night'),
    "markup inside a text": lambda text: text.replace("a calm", '<a href="/sea?calm=1">a calm</a>'),
    "no value": lambda text: text.replace('"Science"', ""),
    "two commas": lambda text: text.replace(', "articleSection"', ',, "articleSection"'),
    "no comma": lambda text: text.replace(', "articleSection"', '\n"articleSection"'),
    "a comma behind the last": lambda text: text.replace('"phones"]', '"phones",]'),
    "no brace at the end": lambda text: text[:-1],
    "a brace too early": lambda text: text.replace(', "articleSection"', '}, "articleSection"'),
    "a comment to the end of the line": lambda text: text.replace('"articleSection"', '// isn"t it\n"articleSection"'),
    "a comment within the line": lambda text: text.replace('"articleSection"', '/* "old": 1, */ "articleSection"'),
    "a word of JavaScript": lambda text: text.replace('"Science"', "undefined"),
    "blanks that do not break": lambda text: text.replace(": ", ":\xa0"),
    "names without quotes": lambda text: text.replace('"headline"', "headline").replace('"author"', "author"),
    "quotes of an apostrophe": lambda text: text.replace('"It was a calm night"', "'It was a \"calm\" night'"),
    "quotes of a word processor": lambda text: text.replace('"', "“", 1).replace('"', "”"),
    "entities and a comma behind the last": lambda text: (text[:-1] + ",}").replace('"', "&quot;"),
    "a program around it": lambda text: f"var data = {text};\nshow(data);",
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_flaw_in_json_ld_costs_no_more_than_the_value_it_is_in(flaw: str) -> None:
    script = FLAWS[flaw](WRITTEN)
    assert script != WRITTEN
    found = read(f"<script type='application/ld+json'>{script}</script>")
    assert (found.title, found.authors) == ("Old phones measure the tide", ("Tom O'Neill",))
    assert found.published == datetime(2026, 3, 5, 4, 30, 15, tzinfo=UTC)
    assert found.access is Access.PAYWALLED
    assert found.lead_image is not None


def test_several_flaws_in_json_ld_are_mended_together() -> None:
    chosen = (
        "quotes inside a text",
        "two commas",
        "a comment within the line",
        "no brace at the end",
        "a byte order mark",
    )
    script = WRITTEN
    for flaw in chosen:
        script = FLAWS[flaw](script)
    found = read(f"<script type='application/ld+json'>{script}</script>")
    assert (found.authors, found.standfirst) == (("Tom O'Neill",), 'It was a "calm", "quiet" night')
    assert found.section == "Science"


def test_a_text_of_json_ld_that_breaks_off_is_not_believed() -> None:
    script = '{"@type": "NewsArticle", "author": "Ada Byron", "headline": "Old phones mea'
    found = read(f"<script type='application/ld+json'>{script}</script>")
    assert (found.authors, found.title) == (("Ada Byron",), None)


@pytest.mark.parametrize("scrap", ['"/*', '{"a" ', '{"a":"', '"x ', '\\"', "[1 ", ",", "/* x", '"\n', "word "])
def test_broken_json_ld_takes_no_longer_than_its_length(scrap: str) -> None:
    script = f"<script type='application/ld+json'>[{{{scrap * (150_000 // len(scrap))}</script>"
    begun = process_time()
    read(script * 20)
    assert process_time() - begun < 5


def test_the_article_about_this_page_is_taken_not_its_neighbours() -> None:
    neighbours = [
        ARTICLE | {"headline": f"Another {n}", "url": f"https://harbour-post.example/other/{n}"} for n in range(3)
    ]
    found = read(ld(*neighbours, {"@type": "Article", "headline": "The tide", "mainEntityOfPage": {"@id": URL}}))
    assert found.title == "The tide"


def test_authors_named_by_reference_are_looked_up() -> None:
    graph = {
        "@graph": [
            {"@type": "Article", "headline": "The tide", "author": {"@id": "#a"}},
            {"@type": "Person", "@id": "#a", "name": "Grace Murray"},
        ]
    }
    assert read(ld(graph)).authors == ("Grace Murray",)


@pytest.mark.parametrize(
    "script", ["{", "[" * 100_000, '{"a":' * 50_000, "null", '"text"', "{}{}", '{"@graph": {"@graph": []}}']
)
def test_json_ld_that_says_nothing_breaks_nothing(script: str) -> None:
    assert read(f"<title>The tide</title><script type='application/ld+json'>{script}</script>").title == "The tide"


def test_half_a_character_in_json_ld_is_replaced_and_a_whole_one_kept() -> None:
    ld = r'{"@type":"NewsArticle","headline":"Tide \ud83c\udf0a and \ud800 half"}'
    html = f"<title>x</title><script type='application/ld+json'>{ld}</script><h1>Tide</h1>".encode()
    assert metadata(parse(html), "https://news.example/tide").title == "Tide 🌊 and \ufffd half"
