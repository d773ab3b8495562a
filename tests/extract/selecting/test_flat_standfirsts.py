"""A standfirst that is a sibling of the paragraphs is told by its name and by what parts it from them."""

from __future__ import annotations

import pytest

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.parsing.parse import parse
from pipelines.extract.selecting.body import Selection
from pipelines.extract.selecting.flat_standfirsts import with_standfirst

SAYS = "The harbour measures the tide with phones that nobody wants."
TEXT = "<p>The harbour office has mounted eleven phones under its pier.</p>"
BYLINE = "<div>By Ada Byron</div>"
PICTURE = "<figure><img src='/pier.jpg'></figure>"


def is_standfirst(markup: str, *, summary: bool = False) -> bool:
    """Tell whether the first block, kept as all others but the byline, becomes the standfirst; a `summary` stands above it."""
    page = outline(parse(f"<html><body><article>{markup}{TEXT}{TEXT}</article></body></html>".encode()).tree)
    roles = tuple("byline" if block.text in BYLINE else "body" for block in page.blocks)
    kept = tuple(index for index, role in enumerate(roles) if role == "body")
    selection = Selection(kept, (), (0,) if summary else (), roles, (0.9,) * len(roles), 0.9)
    selection = with_standfirst(selection, page)
    assert (*selection.standfirst, *selection.kept) == kept
    assert (selection.standfirst == kept[:1]) == (selection.roles[kept[0]] == "standfirst")
    return bool(selection.standfirst)


@pytest.mark.parametrize("name", ["dek", "article-standfirst", "subtitle", "subHeadline", "chapo", "entradilla"])
def test_what_is_named_a_standfirst_and_parted_from_the_text_is_one(name: str) -> None:
    opening = f"<p class='{name}'>{SAYS}</p>"
    assert is_standfirst(opening + BYLINE)
    assert is_standfirst(opening + PICTURE)
    assert not is_standfirst(opening)


@pytest.mark.parametrize("name", ["intro", "article__desc", "teaser-text"])
def test_what_is_named_as_first_paragraphs_are_too_needs_a_byline_below(name: str) -> None:
    opening = f"<p class='{name}'>{SAYS}</p>"
    assert is_standfirst(opening + BYLINE)
    assert not is_standfirst(opening + PICTURE)


def test_a_paragraph_without_such_a_name_is_none() -> None:
    assert not is_standfirst(f"<p>{SAYS}</p>{BYLINE}")
    assert not is_standfirst(f"<p class='lead'>{SAYS}</p>{PICTURE}")


def test_a_point_of_a_list_is_none() -> None:
    assert not is_standfirst(f"<ul><li class='summary'>{SAYS}</li></ul>{BYLINE}")


@pytest.mark.parametrize("text", ["The tide", f"{SAYS} " * 20])
def test_a_few_words_or_a_long_paragraph_are_none(text: str) -> None:
    assert not is_standfirst(f"<p class='dek'>{text}</p>{BYLINE}")


def test_there_is_one_standfirst_at_most() -> None:
    assert not is_standfirst(f"<p class='dek'>{SAYS}</p>{BYLINE}", summary=True)
