"""Which blocks make the body, where the model's verdicts leave room: copies, tables, lists of links, left-over data."""

from __future__ import annotations

import html

import numpy as np
import pytest

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.judging.model import Verdicts, load
from pipelines.extract.parsing.parse import parse
from pipelines.extract.selecting.body import select
from tests.extract.selecting.selected import PARAGRAPHS, kept, prose


def test_of_two_copies_of_the_text_the_first_is_kept() -> None:
    once = ["Opening", *PARAGRAPHS[:6], "Short aside", *PARAGRAPHS[6:]]
    desktop, phone = f"<div>{prose(once)}</div>", f"<div class='mobile'>{prose(once)}</div>"
    assert kept(desktop + phone) == once
    assert kept(desktop + phone + phone) == once


def test_a_refrain_is_no_copy() -> None:
    sung = [line for text in PARAGRAPHS for line in (text, PARAGRAPHS[0])]
    assert kept(prose(sung)) == sung


def test_the_whole_text_once_more_in_one_block_is_a_copy() -> None:
    assert kept(prose(PARAGRAPHS) + f"<div hidden>{' '.join(PARAGRAPHS)}</div>") == PARAGRAPHS


def test_a_listing_that_the_prose_takes_apart_stays() -> None:
    listing = " ".join(PARAGRAPHS)
    assert kept(f"<pre>{listing}</pre>{prose(PARAGRAPHS)}") == [listing, *PARAGRAPHS]


def test_a_block_of_json_is_no_prose() -> None:
    assert kept(prose(PARAGRAPHS[:1]) + '<div>{"layout": 2, "align": "center"}</div>') == PARAGRAPHS[:1]
    assert kept('<pre>{"layout": 2, "align": "center"}</pre>') == ['{"layout": 2, "align": "center"}']
    assert kept("<p>{sic} is what the editor wrote.</p>") == ["{sic} is what the editor wrote."]


@pytest.mark.parametrize(
    "left",
    [
        "{{hire-a-pilot=&quot;/banners/pilot&quot;}}",
        "{% include 'crane.html' %}",
        "[CTA_MODULE]",
        "[form id=4711]",
        "[button link=”https://port.example/submit/” type=”big”] Send us YOUR crane[/button]",
    ],
)
def test_what_a_template_left_to_be_filled_in_is_no_prose(left: str) -> None:
    assert kept(prose([*PARAGRAPHS[:2], left, *PARAGRAPHS[2:4]])) == PARAGRAPHS[:4]


@pytest.mark.parametrize("said", ["[Engadget]", "[Purpose]", "[the crane]", "{1, 2, 3}", "[sic] is what it said"])
def test_words_in_brackets_are_the_texts(said: str) -> None:
    assert said in kept(prose([*PARAGRAPHS[:2], said, *PARAGRAPHS[2:4]]))


def test_the_items_of_a_list_of_links_stay_or_go_together() -> None:
    items = "".join(f"<li>Power: <a href='/{n}'>The other article number {n}</a></li>" for n in "1234")
    assert kept(f"<ul>{items}</ul>", [0.2, 0.6, 0.3, 0.55]) == []
    assert len(kept(f"<ul>{items}</ul>", [0.4, 0.9, 0.9, 0.8])) == 4


def test_a_large_table_needs_half_the_evidence_of_a_small_one() -> None:
    row = "<tr><td>Ada</td><td>17</td><td>Graz</td></tr>"
    assert kept(f"<table><tbody>{row * 2}</tbody></table>", 0.4) == []
    assert len(kept(f"<table><tbody>{row * 12}</tbody></table>", 0.4)) == 36


def test_a_page_of_thousands_of_copies_takes_no_longer_than_its_length() -> None:
    assert kept(prose(PARAGRAPHS) * 2_000) == PARAGRAPHS


def test_a_block_that_may_well_be_a_promotion_is_left_out() -> None:
    lines = [*PARAGRAPHS[:2], "Join forty thousand readers of the harbour letter", *PARAGRAPHS[2:4]]
    assert kept(prose(lines), 0.7, [0.05, 0.05, 0.6, 0.1, 0.05]) == PARAGRAPHS[:4]
    assert kept(prose(lines), 0.7, [0.05, 0.05, 0.1, 0.1, 0.05]) == lines


def test_the_notice_in_place_of_a_video_is_left_out() -> None:
    notice = "Ich bin damit einverstanden, dass mir Inhalte von Harbourtube angezeigt werden."
    assert kept(prose([*PARAGRAPHS[:2], notice, *PARAGRAPHS[2:4]])) == PARAGRAPHS[:4]


def test_a_notice_in_place_of_a_video_may_go_on_to_say_what_it_costs() -> None:
    notice = "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden. Mehr dazu steht in der Erklärung."
    section = "Externe Inhalte. So heißt der Ordner, in dem der Hafen seine Filme ablegt."
    assert kept(prose([*PARAGRAPHS[:2], notice, section])) == [*PARAGRAPHS[:2], section]


@pytest.mark.parametrize(
    "line",
    [
        "Annons",
        "- ANZEIGE -",
        "スポンサーリンク",
        "La suite après la publicité",
        "(tekst gaat verder onder de foto)",
        "Dalsza część tekstu pod materiałem wideo",
        "© RIPRODUZIONE RISERVATA",
        "（责任编辑：王小明）",
        "返回搜狐，查看更多",
        "声明：本文版权归原作者所有，转载请注明出处。",
        "Copyright © 例社 2026. 無断転載を禁じます。",
        "<저작권자 ⓒ 테크뉴스, 무단전재 및 재배포 금지>",
        "저작권자 ⓒ 테크뉴스",
        "Нашли ошибку? Выделите ее мышью и нажмите Ctrl+Enter",
        "انتهای پیام/",
        "کد خبر: ۱۲۳۴۵۶",
        "WHERE TO BUY",
        "Best prices today:",
        "Zum Angebot",
        "1/2ページ",
        "Seite 1 von 3",
    ],
)
def test_what_interrupts_or_closes_a_text_is_none_of_it(line: str) -> None:
    assert kept(prose([*PARAGRAPHS[:2], html.escape(line), *PARAGRAPHS[2:4]])) == PARAGRAPHS[:4]


@pytest.mark.parametrize(
    "line",
    [
        "<h3>{}</h3>",
        "<p><strong>{}</strong></p>",
        "<ul><li>{}</li></ul>",
        "<ul><li><p>{}</p></li></ul>",
        "<dl><dt>{}</dt></dl>",
    ],
)
def test_a_section_on_advertising_keeps_its_heading(line: str) -> None:
    around = (prose(PARAGRAPHS[:1]), prose(PARAGRAPHS[1:2]))
    assert kept(line.format("Publicité").join(around)) == [PARAGRAPHS[0], "Publicité", PARAGRAPHS[1]]


@pytest.mark.parametrize(
    "sentence",
    [
        "La suite après la publicité. Puis le maire a parlé du port.",
        "Saken fortsetter under ledelse av havnefogden.",
        "Нашли ошибку? Так бывает в каждом отчёте порта.",
        "무단전재 사례가 늘었다.",
        "公司发表声明：产品没有问题。",
        "Publicité en mer",
    ],
)
def test_a_sentence_that_begins_as_an_interruption_stays(sentence: str) -> None:
    assert kept(prose([*PARAGRAPHS[:1], sentence])) == [PARAGRAPHS[0], sentence]


def test_the_numbers_beside_lines_of_code_are_left_out() -> None:
    listing = "<table><tr><td><pre>{}</pre></td><td><pre>{}</pre></td></tr></table>"
    assert kept(listing.format("1\n2\n3", "10\n20\n30")) == ["10 20 30"]
    assert kept(listing.format("7\n8", "let crane = 4;\nlift(crane);")) == ["let crane = 4; lift(crane);"]
    assert kept("<p>1 2 3</p><pre>4</pre>") == ["1 2 3", "4"]


def test_code_in_the_midst_of_the_text_is_of_it() -> None:
    code = "<figure class=card><pre>systemctl restart relayd</pre><figcaption>By hand</figcaption></figure>"
    inside = f"<section>{prose(PARAGRAPHS[:1])}{code}{prose(PARAGRAPHS[1:2])}</section>"
    assert kept(inside, [0.9, 0.2, 0.1, 0.9]) == [PARAGRAPHS[0], "systemctl restart relayd", PARAGRAPHS[1]]
    behind = f"<section>{prose(PARAGRAPHS[:2])}</section><div>{code}</div>"
    assert kept(behind, [0.9, 0.9, 0.2, 0.1]) == PARAGRAPHS[:2]


def summaries(texts: list[str], named: list[str], body: list[float]) -> tuple[str, ...]:
    """Texts of the summary below the headline, where each block has a likeliest role and a probability to be of the body."""
    model = load()
    found = outline(parse(f"<html><body>{prose(texts)}</body></html>".encode(), None).tree)
    roles = np.full((len(texts), len(model.roles)), 0.05, np.float32)
    roles[range(len(texts)), [model.roles.index(name) for name in named]] = 0.48
    selection = select(found, Verdicts(np.array(body, np.float32), roles), model)
    assert not set(selection.summary) & set(selection.kept)
    return tuple(found.blocks[index].text for index in selection.summary)


def test_a_standfirst_that_is_not_of_the_body_is_no_less_one() -> None:
    head = ["A new plant at the port", "Hall after hall fills with machines from overseas"]
    roles = ["title", "standfirst", "body", "body"]
    assert summaries([*head, *PARAGRAPHS[:2]], roles, [0.1, 0.2, 0.9, 0.9]) == (head[1],)
    assert summaries([*head, *PARAGRAPHS[:2]], ["chrome", *roles[1:]], [0.1, 0.2, 0.9, 0.9]) == ()
    assert summaries([head[0], "1 of 12", *PARAGRAPHS[:2]], roles, [0.1, 0.2, 0.9, 0.9]) == ()
    assert summaries([*PARAGRAPHS[:2], *head], [*roles[2:], *roles[:2]], [0.9, 0.9, 0.1, 0.2]) == ()


def test_a_summary_that_may_as_well_be_body_and_is_not_kept_is_the_standfirst() -> None:
    texts = ["A new plant at the port", "Hall after hall fills with machines from overseas", *PARAGRAPHS[:2]]
    model = load()
    found = outline(parse(f"<html><body>{prose(texts)}</body></html>".encode(), None).tree)
    roles = np.full((4, len(model.roles)), 0.02, np.float32)
    for block, said in enumerate([{"title": 0.9}, {"body": 0.4, "standfirst": 0.3}, {"body": 0.9}, {"body": 0.9}]):
        for role, likely in said.items():
            roles[block, model.roles.index(role)] = likely
    selection = select(found, Verdicts(np.array([0.1, model.threshold - 0.05, 0.9, 0.9], np.float32), roles), model)
    assert (selection.summary, selection.kept) == ((1,), (2, 3))


def test_bylines_may_stand_between_a_headline_and_its_standfirst() -> None:
    head = ["A new plant at the port", "News", "By Ada Byron", "12 March 2026", "Hall after hall fills with machines"]
    roles = ["title", "byline", "byline", "byline", "standfirst", "body", "body"]
    odds = [0.1, 0.1, 0.1, 0.1, 0.2, 0.9, 0.9]
    assert summaries([*head, *PARAGRAPHS[:2]], roles, odds) == (head[-1],)
    dated = "2026/3/12 14:23:11 Source: Dockpix, author: Ada Byron"
    assert summaries([*head[:4], dated, *PARAGRAPHS[:2]], roles, odds) == ()
