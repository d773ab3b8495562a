"""Tags, section, site name and address of an article, as content systems write them."""

from __future__ import annotations

import pytest

from tests.extract.head import ARTICLE, URL, ld, read


def test_keywords_may_be_objects_with_names() -> None:
    terms = [
        {"@type": "DefinedTerm", "name": "tide"},
        {"@type": "DefinedTerm", "name": "phones"},
        {"@type": "DefinedTerm"},
    ]
    assert read(ld(ARTICLE | {"keywords": terms})).tags == ("tide", "phones")
    assert read(ld(ARTICLE | {"keywords": terms[0]})).tags == ("tide",)


@pytest.mark.parametrize(
    ("keywords", "tags"),
    [
        ("#tide, #phones", ("tide", "phones")),
        ("Tide, tide, TIDE, C#, phones", ("Tide", "C#", "phones")),
        ("tide, source:staff, paywall:metered, contenttype:feature, content_type:news", ("tide",)),
        ("re:tide, Type: old, source", ("re:tide", "Type: old", "source")),
    ],
)
def test_tags_are_words_of_the_article_each_once(keywords: str, tags: tuple[str, ...]) -> None:
    assert read(f"<meta name='keywords' content='{keywords}'>").tags == tags


def test_references_that_were_escaped_twice_are_resolved() -> None:
    head = "<meta property='og:site_name' content='Tide &amp;amp; Pier'><meta property='article:section' content='R&amp;amp;D'>"
    assert (read(head).site_name, read(head).section) == ("Tide & Pier", "R&D")
    assert read("<meta property='og:article:section' content='R&amp;amp;D'>").section == "R&D"


@pytest.mark.parametrize(
    "unset", ["undefined", "/news/null", "https://www.harbour-post.example/news/undefined/?a=1", "[object Object]"]
)
def test_an_address_that_a_script_left_unset_is_none(unset: str) -> None:
    assert read(f"<link rel='canonical' href='{unset}'>").canonical_url == URL
    own = "https://www.harbour-post.example/tide"
    assert read(f"<link rel='canonical' href='{unset}'><meta property='og:url' content='{own}'>").canonical_url == own


def test_a_word_that_stands_for_nothing_may_be_a_part_of_an_address() -> None:
    own = "https://www.harbour-post.example/news/null-tide"
    assert read(f"<link rel='canonical' href='{own}'>").canonical_url == own


@pytest.mark.parametrize("keywords", ["tide, phones", "tide、phones", "tide，phones"])
def test_keywords_in_one_text_are_parted(keywords: str) -> None:
    assert read(f"<meta name='keywords' content='{keywords}'>").tags == ("tide", "phones")
