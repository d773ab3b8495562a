"""What no text holds, wherever it comes from: it must neither stop a record from being written nor reach a terminal."""

from __future__ import annotations

import json
import re

import pytest

from pipelines.extract import extract
from pipelines.extract.parsing.characters import legible
from pipelines.extract.parsing.entities import unescape
from pipelines.extract.parsing.parse import parse
from pipelines.extract.text.text import extract_text
from tests.extract.hostile_pages import LD, STORY

URL = "https://harbour-post.example/science/tide"
NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Half a pair behind an escaped backslash and the letters of the other half.
HALVES = r"a\\ud83d\ude00 b"
CONTROLS = r"a\u0000\u0001\u0007 \u001b[31m\u009b\uffff b"


def claims(text: str) -> bytes:
    """A page whose JSON-LD says `text`, as it would stand in JSON, of everything."""
    article = {"headline": text, "author": text, "keywords": text, "articleSection": text, "description": text}
    said = json.dumps({"@type": "NewsArticle", **article, "image": f"https://a.example/{text}.png"})
    return LD.format(said.replace(json.dumps(text)[1:-1], text)).encode()


@pytest.mark.parametrize("text", [HALVES, CONTROLS])
@pytest.mark.parametrize("page", [b"", b",,"], ids=["sound", "broken"])
def test_claims_hold_nothing_but_characters(text: str, page: bytes) -> None:
    found = extract(claims(text).replace(b'{"@type"', b"{" + page + b'"@type"') + STORY, URL)
    assert found.article is not None
    assert found.article.title.startswith("a")
    assert found.article.authors or found.article.tags
    assert not NO_CHARACTER.search(json.dumps(json.loads(found.model_dump_json()), ensure_ascii=False))


def test_a_body_by_claims_or_scripts_holds_nothing_but_characters() -> None:
    told = "The harbour office has mounted eleven phones, and each measures the tide for the town." + HALVES + CONTROLS
    body = r"\n".join(f"{n} {told}" for n in range(9))
    stated = LD.format(f'{{"@type":"NewsArticle","headline":"Tide","articleBody":"{body}"}}')
    markup = "".join(f"<p>{n} {told}</p>" for n in range(9))
    for page in (stated, f'<script>state = {{"title":"Tide","content":"{markup}"}}</script>'):
        found = extract(f"<h1>Tide</h1>{page}".encode(), URL)
        assert found.article is not None
        assert found.article.word_count > 100
        assert not NO_CHARACTER.search(found.article.body)
        assert found.model_dump_json()


def test_a_page_holds_nothing_but_characters() -> None:
    written = "<title>Tide &#27;[31m</title><p>a\x1b b\x7f c\x81 d\ufffe e\uffff f\ufdd0"
    written += " g&#1; h&#x7F; i&#129; j&#xFFFE; k&#65535; l&#x1b;"
    document = parse(written.encode())
    assert " ".join(document.tree.text_content().split()) == "Tide [31ma b c d e f g h i j k l"
    assert not NO_CHARACTER.search(document.text)


def test_what_stands_around_a_reference_makes_no_other() -> None:
    assert not NO_CHARACTER.search(parse(b"<p>a &#2&#1;7; b").tree.text_content())


def test_characters_of_windows_1252_are_read_as_browsers_read_references_to_them() -> None:
    assert legible("It\x92s dry") == "It’s dry"
    assert parse("<p>It\x92s &#146;dry&#39;".encode()).tree.text_content() == "It’s ’dry'"


def test_white_space_and_marks_of_scripts_are_characters() -> None:
    text = "a\tb\nc\u00a0d\u200de\U0001f600"
    assert legible(text) == text


@pytest.mark.parametrize("claim", ["a&#27;b", "a&#129;b", "a\x1bb", "a\uffffb"])
def test_references_in_claims_stand_for_characters(claim: str) -> None:
    assert unescape(claim) == "ab"


def test_a_plain_text_holds_nothing_but_characters() -> None:
    told = "The harbour office has mounted eleven phones, and each\x1b[31m measures\ud800 the tide\uffff for the\x9b town.\n"
    found = extract_text("Tide\n" + told * 3)
    assert found.article is not None
    assert not NO_CHARACTER.search(found.article.body)
    assert found.model_dump_json()
