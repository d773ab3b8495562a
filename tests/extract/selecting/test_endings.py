"""What only closes a text is left out at its end, and nowhere else."""

from __future__ import annotations

import pytest

from tests.extract.selecting.selected import PARAGRAPHS, kept, prose

THANKS = "Thanks for reading! If you liked this post, consider following me on Mastodon or buying me a coffee."


@pytest.mark.parametrize("line", ["***", "* * *", "###", "– 30 –", "-ENDS-", "SOURCE Dockpix Cranes, Inc.", THANKS])
def test_a_line_that_closes_the_text_is_left_out_at_its_end(line: str) -> None:
    assert kept(prose([*PARAGRAPHS[:2], line])) == PARAGRAPHS[:2]
    assert kept(prose([*PARAGRAPHS[:2], line, PARAGRAPHS[2]])) == [*PARAGRAPHS[:2], line, PARAGRAPHS[2]]


def test_lines_that_close_the_text_are_left_out_one_after_the_other() -> None:
    assert kept(prose([*PARAGRAPHS[:2], "###", "SOURCE Dockpix", "* * *"])) == PARAGRAPHS[:2]


@pytest.mark.parametrize(
    "last",
    [
        "<table><tr><td>Lifts</td><td>***</td></tr></table>",
        "<ul><li>Forty tons</li><li>#</li></ul>",
        "<p>★★★★☆</p>",
        "<p>30</p>",
        "<p>Thanks for reading the tide tables went to the crew.</p>",
        "<p>SOURCE is the name of the crane, and it stands at the pier.</p>",
    ],
)
def test_cells_items_ratings_and_sentences_stay_at_the_end(last: str) -> None:
    text = "".join(kept(prose(PARAGRAPHS[:2]) + last)[2:])
    assert text == "".join(kept(last))


@pytest.mark.parametrize(
    "contact",
    [
        "<p><strong>Media Contact</strong><br>Jaan Tamm<br>+372 555 0100<br>press@crane.example</p>",
        "<h3>Media contact:</h3><p>Jaan Tamm</p><p>+372 555 0100</p>",
        "<p>Pressekontakt</p><p>Jaan Tamm, presse@crane.example</p>",
        "<p>Contacts presse</p><p>Jaan Tamm</p><p>Harbour of Tallinn</p><p>+372 555 0100</p><p>###</p>",
    ],
)
def test_whom_to_call_is_left_out_at_the_end(contact: str) -> None:
    assert kept(prose(PARAGRAPHS[:2]) + contact) == PARAGRAPHS[:2]
    assert len(kept(prose(PARAGRAPHS[:2]) + contact + prose(PARAGRAPHS[2:3]))) > 3


def test_a_section_on_media_relations_stays() -> None:
    section = ["Media relations", "The harbour hired two people to talk to the papers."]
    assert kept(prose([*PARAGRAPHS[:2], *section])) == [*PARAGRAPHS[:2], *section]
