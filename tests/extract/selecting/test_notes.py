"""Notes stay where the text that refers to them does."""

from __future__ import annotations

import pytest

from tests.extract.selecting.selected import PARAGRAPHS, kept

NOTES = ["Counted from the pier at noon.", "The harbour's own figure is higher."]
HIGH, LOW = 0.9, 0.1


def page(mark: str, note: str, around: str) -> str:
    texts = "".join(f"<p>{text}{mark.format(n=n)}</p>" for n, text in enumerate(PARAGRAPHS[:2], 1))
    return texts + around.replace("*", "".join(note.format(n=n, text=text) for n, text in enumerate(NOTES, 1)))


SHAPES = {
    "github": (
        "<sup><a href='#user-content-fn-{n}' id='user-content-fnref-{n}' data-footnote-ref>{n}</a></sup>",
        "<li id='user-content-fn-{n}'><p>{text} <a href='#user-content-fnref-{n}' data-footnote-backref>↩</a></p></li>",
        "<section data-footnotes><ol>*</ol></section>",
    ),
    "hugo": (
        "<sup id='fnref:{n}'><a href='#fn:{n}' class=footnote-ref role=doc-noteref>{n}</a></sup>",
        "<li id='fn:{n}'><p>{text}&#160;<a href='#fnref:{n}' class=footnote-backref role=doc-backlink>↩︎</a></p></li>",
        "<div class=footnotes role=doc-endnotes><hr><ol>*</ol></div>",
    ),
    "word": (
        "<a href='#_ftn{n}' name='_ftnref{n}'><sup>[{n}]</sup></a>",
        "<p><a href='#_ftnref{n}' name='_ftn{n}'>[{n}]</a> {text}</p>",
        "<div>*</div>",
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_note_that_the_text_refers_to_is_kept(shape: str) -> None:
    found = kept(page(*SHAPES[shape]), [HIGH, HIGH, LOW, LOW])
    assert len(found) == 4
    assert all(note in text for note, text in zip(NOTES, found[2:], strict=True))


def test_a_note_in_several_blocks_is_kept_with_its_number() -> None:
    mark = "<a class=footnote-anchor href='#footnote-{n}' id='footnote-anchor-{n}'>{n}</a>"
    note = (
        "<div class=footnote><a id='footnote-{n}' href='#footnote-anchor-{n}' class=footnote-number>{n}</a>"
        "<div><p>{text}</p></div></div>"
    )
    found = kept(page(mark, note, "*"), [HIGH, HIGH, LOW, LOW, HIGH, LOW])
    assert found[2:] == ["1", NOTES[0], "2", NOTES[1]]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_notes_of_what_is_left_out_are_left_out_too(shape: str) -> None:
    assert len(kept(page(*SHAPES[shape]), [HIGH, LOW, LOW, LOW])) == 2
    assert kept(page(*SHAPES[shape]), [HIGH, HIGH, 0, 0])[2:] == []


def test_a_link_to_a_section_makes_no_note_of_it() -> None:
    linked = f"<p>{PARAGRAPHS[0]} <a href='#more'>Read on below</a></p>"
    assert len(kept(f"{linked}<div id=more><p>{PARAGRAPHS[1]}</p></div>", [HIGH, LOW])) == 1


@pytest.mark.parametrize("name", ["sr-only", "visually-hidden", "screen-reader-text"])
def test_a_heading_over_notes_that_only_screen_readers_say_is_left_out(name: str) -> None:
    found = kept(f"<p>{PARAGRAPHS[0]}</p><h2 class={name} id=footnote-label>Footnotes</h2><p>{PARAGRAPHS[1]}</p>")
    assert found == PARAGRAPHS[:2]
    found = kept(f"<section class=footnotes><h2 class={name}>Notes</h2><p>{PARAGRAPHS[0]}</p></section>")
    assert found == PARAGRAPHS[:1]
    found = kept(f"<h2 class={name}>Introduction</h2><p>{PARAGRAPHS[0]}</p><h2 id=footnotes>Notes</h2>")
    assert found == ["Introduction", PARAGRAPHS[0], "Notes"]


def test_characters_without_a_form_are_no_text() -> None:
    assert kept(f"<p>{PARAGRAPHS[0]}</p><p>\u200b</p><p>\u200d</p><p>{PARAGRAPHS[1]}</p>") == PARAGRAPHS[:2]
