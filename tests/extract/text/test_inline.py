"""Headlines behind a marker, and headlines with their address, in a plain text."""

from __future__ import annotations

import pytest

from pipelines.extract.text.text import extract_text
from tests.extract.harbour import FIRST, LAST, OTHER, SECOND, THIRD, TITLE, body_of, text, titles

URL = "https://harbour.example/ferry"


@pytest.mark.parametrize("marker", ["Read more:", "Read also:", "READ MORE", "Continue reading:", "Leia mais:"])
def test_a_marker_names_a_headline_in_the_last_line_too(marker: str) -> None:
    found = extract_text(text(TITLE, FIRST, SECOND, LAST, f"{marker} {OTHER}"))
    assert body_of(found) == text(FIRST, SECOND, LAST)
    assert titles(found) == [OTHER]


@pytest.mark.parametrize("marker", ["Related: ", "Read more: ", "Lesen Sie auch: ", "あわせて読みたい：", "関連記事："])
def test_a_marker_is_no_part_of_a_headline_in_a_block(marker: str) -> None:
    inside = (OTHER, f"{marker}{THIRD}", OTHER)
    for lines in (inside, (OTHER, "Sign up for our newsletter", f"{marker}{THIRD}")):
        found = extract_text(text(TITLE, FIRST, SECOND, LAST, "Explore more", *lines))
        assert body_of(found) == text(FIRST, SECOND, LAST)
        assert [title for title in titles(found) if not title.startswith("Sign")] == [
            THIRD if THIRD in line else line for line in lines if not line.startswith("Sign")
        ]


@pytest.mark.parametrize("line", [f"Read more: {URL}", f"Related: {URL}", f"[Read the full story]({URL})"])
def test_an_address_without_a_headline_is_no_teaser(line: str) -> None:
    for lines in ((FIRST, line, SECOND, LAST), (FIRST, SECOND, LAST, line)):
        found = extract_text(text(TITLE, *lines))
        assert body_of(found) == text(FIRST, SECOND, LAST)
        assert found.teasers == ()


@pytest.mark.parametrize(
    "line", [f"Read more: [{OTHER}]({URL})", f"[Read more: {OTHER}]({URL})", f"Read more: {OTHER} {URL}"]
)
def test_the_address_beside_a_headline_is_the_teasers(line: str) -> None:
    for lines in ((FIRST, line, SECOND, LAST), (FIRST, SECOND, LAST, line)):
        found = extract_text(text(TITLE, *lines))
        assert [(t.title, t.url) for t in found.teasers] == [(OTHER, URL)]
        assert body_of(found) == text(FIRST, SECOND, LAST)


def test_headlines_of_a_block_have_their_addresses() -> None:
    lines = (f"* [{OTHER}]({URL})", f"* {THIRD} {URL}", f"* {URL}", OTHER, URL, THIRD, "https://")
    found = extract_text(text(TITLE, FIRST, SECOND, LAST, "Related articles", *lines))
    assert body_of(found) == text(FIRST, SECOND, LAST)
    assert [(t.title, t.url) for t in found.teasers][:3] == [(OTHER, URL), (THIRD, URL), (OTHER, URL)]
    assert titles(found)[3] == THIRD


HOSTILE = {
    "opened": "[" * 2_999 + "://",
    "schemes": "https://" * 370,
    "links": f"[x]({URL}" * 60,
    "closed": "](" * 1_400 + "://",
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_links_take_no_time(hostile: str) -> None:
    assert extract_text(f"{TITLE}\n\n{FIRST}\n\nRelated\n\n" + f"{hostile}\n" * 500).decision.reason
