"""The heading of a teaser in its own block."""

from __future__ import annotations

import re

import pytest

from tests.extract.teasers.collected import BODY, found

TAG = re.compile("<[^>]+>")
TITLE = "The ferry sails on hydrogen now"


@pytest.mark.parametrize(
    ("label", "heading"),
    [
        ("<span>Related</span>", "Related"),
        ("<b>関連記事</b> ", "関連記事"),
        ("<b>Related:</b> ", None),
        ("[Related ", None),
        ("<b>A ferry</b> ", None),
    ],
)
def test_a_label_in_an_element_of_its_own_before_a_headline_is_its_heading(label: str, heading: str | None) -> None:
    markup = f"{BODY}<aside>{label}<a href='/2026/05/ferry'>{TITLE}</a></aside>{BODY}"
    (card,) = found(markup, {f"{TAG.sub('', label)}{TITLE}": "inline_teaser"})
    assert (card.title, card.heading) == (TITLE, heading)
