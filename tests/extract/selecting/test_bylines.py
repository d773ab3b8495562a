from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipelines.extract.cutting.blocks import Outline, outline
from pipelines.extract.metadata.metadata import Metadata, metadata
from pipelines.extract.parsing.parse import parse
from pipelines.extract.selecting.body import Selection
from pipelines.extract.selecting.bylines import completed, without_bylines

URL = "https://harbour-post.example/tide"
BODY = "The harbour office has mounted eleven discarded phones under its pier, and they now measure the tide."


def read(*lines: str, fetched: datetime | None = None) -> Metadata:
    """Complete the metadata of a page that has these bylines between headline and body, and no claims."""
    markup = "".join(f"<div>{line}</div>" for line in lines)
    document = parse(f"<html><body><main>{markup}<p>{BODY}</p></main></body></html>".encode())
    found: Outline = outline(document.tree)
    silent = replace(metadata(document, URL), published=None, authors=(), organisations=())
    roles = tuple("body" if block.text == BODY else "byline" for block in found.blocks)
    selection = Selection((len(lines),), (), (), roles, (0.0,) * len(roles), 0.9)
    return completed(silent, found, selection, fetched)


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (("Ada Byron", "March 4, 2026"), ("Ada Byron",)),
        (("March 4, 2026", "Ada Byron and Grace Murray"), ("Ada Byron", "Grace Murray")),
        (("Ada Byron | Senior Writer | March 4, 2026",), ("Ada Byron",)),
        (("Print This Page", "March 4, 2026"), ()),
        (("Kommentare : 0", "4. März 2026"), ()),
        (("Ada Byron", "5 min read"), ()),
        (("By Ada Byron",), ("Ada Byron",)),
        (("기사입력 :[ 2026-03-04 15:24 ]",), ()),
        (("March 4, 2026 · 812 words · Ada Byron | Translations: De",), ("Ada Byron",)),
        (
            ("March 4, 2026 · Ada Byron | <a href='https://forge.example/a/b/edit/main/tide.md'>Suggest Changes</a>",),
            ("Ada Byron",),
        ),
        (("March 4, 2026 · <a href='https://forge.example/ada'>Ada Byron</a>",), ("Ada Byron",)),
        (("#Old Phones", "Published on Mar 4, 2026 Updated on Mar 9, 2026"), ()),
    ],
)
def test_a_name_beside_a_date_is_the_author(lines: tuple[str, ...], authors: tuple[str, ...]) -> None:
    assert read(*lines).authors == authors


def test_the_date_of_a_byline_is_the_time_of_publication() -> None:
    found = read("Ada Byron", "March 4, 2026")
    assert (found.published, found.published_rule) == (datetime(2026, 3, 4, tzinfo=UTC), "byline")


def test_a_change_or_a_day_to_come_is_no_publication() -> None:
    assert read("Updated March 4, 2026").published is None
    assert read("최종수정 2026.03.04 15:24").published is None
    assert read("Published March 4, 2026, updated March 9, 2026").published == datetime(2026, 3, 4, tzinfo=UTC)
    assert read("March 4, 2026", fetched=datetime(2026, 1, 1, tzinfo=UTC)).published is None


def test_what_the_page_claims_is_not_overruled() -> None:
    document = parse(f"<html><body><p>{BODY}</p></body></html>".encode())
    claimed = replace(metadata(document, URL), published=datetime(2026, 3, 1, tzinfo=UTC), authors=("Lin Wei",))
    nothing = Selection((), (), (), (), (), 0.0)
    assert completed(claimed, Outline(), nothing, None) is claimed


def test_the_person_in_a_byline_stands_beside_the_desk_in_the_head() -> None:
    document = parse(f"<html><body><p>By Ada Byron</p><p>{BODY}</p></body></html>".encode())
    claimed = replace(metadata(document, URL), organisations=("Harbour Staff",), authors=())
    selection = Selection((1,), (), (), ("byline", "body"), (0.0, 0.9), 0.9)
    found = completed(claimed, outline(document.tree), selection, None)
    assert (found.authors, found.organisations) == (("Ada Byron",), ("Harbour Staff",))


def kept(*lines: str, authors: tuple[str, ...] = (), tag: str = "p", after: str = "", live: bool = False) -> list[str]:
    """Give what is left of a body of these lines and prose behind them, of a page that declares these authors."""
    markup = "".join(f"<{tag}>{line}</{tag}>" for line in lines)
    document = parse(f"<html><body><main>{markup}<p>{BODY}</p>{after}</main></body></html>".encode())
    found = outline(document.tree)
    size = len(found.blocks)
    everything = Selection(tuple(range(size)), (), (), ("body",) * size, (0.9,) * size, 0.9)
    selection = without_bylines(everything, found, replace(metadata(document, URL), authors=authors), live=live)
    assert all((selection.roles[index] == "body") == (index in selection.kept) for index in range(size))
    return [found.blocks[index].text for index in selection.kept]


@pytest.mark.parametrize(
    "line",
    [
        "Ada Byron and Grace Murray",
        "By ADA BYRON and Grace Murray, Senior Reporters",
        "Ada Byron | March 4, 2026 | 3:05 PM EST",
        "文：Ada Byron",
    ],
)
def test_a_line_of_nothing_but_the_authors_of_the_page_is_no_body(line: str) -> None:
    assert kept(line, authors=("Ada Byron", "Grace Murray")) == [BODY]


@pytest.mark.parametrize(
    "line",
    ["Von Jürgen Weiß, 3. März 2026, 17.45 Uhr", "By Ada Byron", "Wednesday, March 4, 2026", "Updated 4 Mar 2026"],
)
def test_a_byline_or_a_day_before_the_prose_is_no_body_whatever_the_page_declares(line: str) -> None:
    assert kept(line) == [BODY]


@pytest.mark.parametrize(
    "line",
    [
        "Rédigé par Loïc Le Goff, rédacteur en chef adjoint · le mardi 24 novembre 2026 à 9 h 05 · Temps de lecture : 2 min",
        "di Giulia D'Amico, inviata a Torino",
    ],
)
def test_a_long_byline_and_one_that_says_where_its_author_was_sent_are_no_body(line: str) -> None:
    assert kept(line) == [BODY]


@pytest.mark.parametrize(
    "line", ["김하늘 기자 sky@harbour.example", "（岩城俊介）", "Traducción: Camila Ríos. Edición: Pedro Sosa."]
)
def test_a_signature_at_the_end_is_no_body(line: str) -> None:
    assert kept(authors=("岩城俊介",), after=f"<p>{line}</p>") == [BODY]


@pytest.mark.parametrize("line", ["(Ada Byron is right)", "Video: how the tide is measured", "정치부 기자", "(岩城)"])
def test_what_says_more_at_the_end_stays(line: str) -> None:
    assert kept(authors=("Ada Byron", "岩城俊介"), after=f"<p>{line}</p>") == [BODY, line]


def test_who_signs_a_text_at_its_end_is_its_author() -> None:
    document = parse(f"<html><body><p>{BODY}</p><p>김하늘 기자 sky@harbour.example</p></body></html>".encode())
    silent = replace(metadata(document, URL), authors=(), organisations=())
    selection = Selection((0,), (), (), ("body", "byline"), (0.9, 0.0), 0.9)
    assert completed(silent, outline(document.tree), selection, None).authors == ("김하늘",)


@pytest.mark.parametrize(
    "line",
    [
        "Ada Byron measures the tide",
        "By Ada Byron's own account",
        "Lin Wei",
        "By the sea",
        "On March 4, 2026 the gauge froze",
        "London, March 4, 2026",
    ],
)
def test_a_line_that_says_more_stays(line: str) -> None:
    assert kept(line, authors=("Ada Byron",)) == [line, BODY]


def test_a_day_above_its_entries_stays() -> None:
    assert kept("March 4, 2026", tag="h2") == ["March 4, 2026", BODY]


def test_who_speaks_in_an_interview_is_named_again_and_stays() -> None:
    again = "<p>Ada Byron</p><p>And do they float?</p>"
    assert kept("Ada Byron", authors=("Ada Byron",), after=again)[0] == "Ada Byron"


def test_a_name_behind_the_first_prose_stays() -> None:
    assert kept(authors=("Ada Byron",), after="<p>Ada Byron</p>") == [BODY, "Ada Byron"]


@pytest.mark.parametrize(
    "line",
    [
        "18:10 BST Ada Byron",
        "Ada Byron",
        "18.10",
        "6:10 pm",
        "14:05 Uhr",
        "March 4, 2026, 3:05 PM EST",
        "By Lin Wei",
    ],
)
def test_time_and_name_above_each_entry_of_a_live_blog_are_no_body(line: str) -> None:
    entries = f"<h2>The gauge floats</h2><div><p>{line}</p><p>Nobody drowned.</p></div>" * 2
    told = ["The gauge floats", "Nobody drowned."] * 2
    assert kept(line, authors=("Ada Byron",), after=entries, live=True) == [BODY, *told]
    assert kept(authors=("Ada Byron",), after=entries) != [BODY, *told]


@pytest.mark.parametrize(
    "entry",
    [
        "<p>18:10 The gauge floats</p>",
        "<h2>March 4, 2026</h2>",
        "<h2>18:10</h2>",
        "<table><tr><td>18:10</td><td>Ada Byron</td></tr></table>",
        "<p>10,000 of 18,000</p>",
    ],
)
def test_what_an_entry_of_a_live_blog_says_stays(entry: str) -> None:
    assert kept(authors=("Ada Byron",), after=entry, live=True) == kept(authors=("Ada Byron",), after=entry)
