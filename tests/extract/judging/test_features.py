"""The features that the block model reads: what a line says, what its containers are called, what another reader keeps."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.cutting.classes import Vocabulary
from pipelines.extract.cutting.layout import layout
from pipelines.extract.judging.lexicon import KINDS, MOST, kinds
from pipelines.extract.judging.model import load, measure, spoken
from pipelines.extract.judging.opinion import opinion, standing
from pipelines.extract.judging.wording import PLACES, Tokens, Wording
from pipelines.extract.parsing.parse import parse
from pipelines.extract.words import words

PROSE = "The ferry company ordered four electric boats from a yard in the north, which will deliver them in spring."
PAGE = f"""<html><head><title>Boats</title></head><body><nav><a href="/">Home</a></nav>
<div class="cookieBanner_x1">We value your privacy</div><main><article><h1>Boats</h1>{f"<p>{PROSE}</p>" * 6}</article>
<div class="commentList"><p>I would never board one of these, said a reader.</p></div></main></body></html>""".encode()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Sign up for our weekly letter", "subscribe"),
        ("Externer Inhalt nicht verfügbar", "consent"),
        ("Lire aussi : le port ferme", "lead"),
        ("関連記事はこちら", "lead"),
        ("Follow us on Mastodon", "social"),
        ("Photo: the harbour at dawn", "credit"),
        ("Additional reporting by Grace de la Cruz", "contributor"),
        ("Mit Material von Harbour Post", "contributor"),
        ("Originally published on Quay Weekly.", "origin"),
        ("Dieser Artikel erschien zuerst in der Hafenpost", "origin"),
    ],
)
def test_a_line_shows_what_it_is_for(line: str, kind: str) -> None:
    counts = kinds(line, words(line))
    assert counts[KINDS.index(kind)] >= 1


def test_a_sentence_of_an_article_shows_nothing_and_a_flood_no_more_than_the_most() -> None:
    said = "Engineers measured the current under the bridge for a year."
    assert not any(kinds(said, words(said)))
    flood = "subscribe " * 30
    assert kinds(flood, words(flood))[KINDS.index("subscribe")] == MOST


def test_words_of_scripts_without_spaces_are_characters() -> None:
    assert words("Wörter und 船が") == ["wörter", "und", "船", "が"]


def test_a_rare_name_of_a_container_counts_by_its_group() -> None:
    vocabulary = Vocabulary(["article"])
    found = outline(parse(PAGE).tree)
    columns = vocabulary.columns(found)
    near = dict(zip(vocabulary.names, columns.T, strict=True))["near:[consent]"]
    assert [block.text for block, bit in zip(found.blocks, near, strict=True) if bit] == ["We value your privacy"]


def test_the_other_reader_keeps_prose_and_drops_the_menu() -> None:
    document = parse(PAGE)
    found = outline(document.tree)
    kept = {block.text for block, row in zip(found.blocks, opinion(document, found), strict=True) if row[0]}
    assert PROSE in kept
    assert "Home" not in kept


def test_tokens_are_the_same_in_every_process_and_within_the_table() -> None:
    program = "from tests.extract.judging.test_features import tokens_of, PAGE\nprint(tokens_of(PAGE).place.tolist())"
    printed = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    said = tokens_of(PAGE)
    assert printed == {f"{said.place.tolist()}\n"}
    assert 0 <= said.place.min() <= said.place.max() < PLACES


def test_a_word_counts_otherwise_in_a_link_a_heading_and_a_neighbour() -> None:
    lone = places_of("<p>Hello harbour</p>")
    below = places_of("<h2>Crane</h2><p>Hello harbour</p>")
    behind = places_of("<p>Crane</p><p>Hello harbour</p>")
    linked = places_of("<p>Hello <a href=/h>harbour</a></p>")
    assert len({lone, below, behind, linked}) == 4
    # A heading is a neighbour too where it stands next to the block.
    assert behind - lone <= below - lone


def test_wording_of_a_page_is_weighed_by_kind_of_place() -> None:
    said = tokens_of(b"<p></p><p>Hello harbour</p>")
    tables = np.full((2, PLACES), 2, np.int8)
    # Four words with their marks make three pairs; no link; first, two first, last, last character; heading and two sides.
    own, *around = (np.sqrt(count) for count in (7, 4, 1, 2))
    found = Wording(tables, (0.5, 1.0)).columns(said, 1)
    assert found.tolist() == [pytest.approx([own, 2 * (own + sum(around))])]


def tokens_of(page: bytes) -> Tokens:
    document = parse(page)
    found = outline(document.tree)
    said = [words(block.text) for block in found.blocks]
    return spoken(found, said, measure(found, layout(found), document, "https://news.example/boats", said))


def places_of(body: str) -> frozenset[int]:
    said = tokens_of(f"<body>{body}</body>".encode())
    return frozenset(said.place[said.block == said.block.max()].tolist())


def test_columns_have_a_name_each() -> None:
    document = parse(PAGE)
    found = outline(document.tree)
    features = load().features(found, layout(found), document, "https://news.example/boats")
    assert features.shape == (len(found.blocks), len(load().columns))
    said = [words(block.text) for block in found.blocks]
    measured = measure(found, layout(found), document, "https://news.example/boats", said)
    assert np.array_equal(features[:, : measured.shape[1]], measured)


def test_nothing_is_remembered_of_names_that_are_data() -> None:
    known = Vocabulary(["card"])
    for size in (1, 100):
        names = " ".join(["card"] * size)
        assert known.named("div", names) == known.bits_of("div", names) != 0
    assert known.remembered_bits.cache_info().currsize == 1


@pytest.mark.parametrize(
    "page",
    [
        "<p>" + "".join(f"<b id={n}>" for n in range(1_000)) + "<p>x" * 2_000,
        "<p>" + "".join(f"<b id={n} title='</b>'>" for n in range(1_000)) + "<p>x" * 2_000,
        "<div>" * 1_900 + "<b>x</b>" * 10_000,
        "<div>" * 500 + "x" * 3_000_000,
    ],
    ids=["left open", "closed in an attribute", "deep", "long and deep"],
)
def test_no_second_opinion_is_asked_that_a_page_made_too_dear(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.extract.judging.opinion.main_text", lambda _: pytest.fail("asked"))
    document = parse(page.encode())
    assert not opinion(document, outline(document.tree)).any()


def test_a_long_page_with_formatting_closed_or_not_is_asked_about() -> None:
    bold = (
        '<p>The <b class="name">tide</b> and its <i>pier</i> are measured by eleven phones of the harbour office.</p>'
    )
    document = parse(f"<main>{bold * 2_000}</main>".encode())
    assert opinion(document, outline(document.tree)).all()


def test_in_more_than_can_be_looked_through_whole_lines_are_found() -> None:
    said = "The tide is in.\nSo is the ferry."
    assert standing(["Thetideisin.", "ferry", "dock"], said) == [True, True, False]
    assert standing(["Thetideisin.", "ferry", "dock"], said, most=10) == [True, False, False]
