from __future__ import annotations

import pytest

from pipelines.classify.summary import summarise

TITLE = "Harbour Cloud opens a data centre in Lisbon"
LEAD = "Harbour Cloud opened its first data centre in Lisbon on Monday, its largest investment in Portugal so far."
BODY = f"""{LEAD} The company would not say how many people will work there.

A modest start

The site draws 12 megawatts and is cooled with river water, which the city's council approved in March after two hearings.
"We like the river," said a neighbour.

Subscribe to our newsletter for more on Harbour Cloud and its data centre in Lisbon every Monday.

Harbour Cloud plans two more data centres in Portugal by 2030, and is in talks with the port of Sines about the land.
It rained on the day of the opening. Visitors were given umbrellas in the colours of the company and a cup of coffee.
Analysts expect that prices for hosting in Portugal will fall once the three sites are running at full load.
The council, which owns the ground, receives a share of the revenue and has promised to spend it on public transport.
"""


def test_sentences_are_the_articles_own_in_its_order() -> None:
    found = summarise(TITLE, BODY, "en")
    places = [BODY.index(sentence) for sentence in found]
    assert 2 <= len(found) <= 3
    assert places == sorted(places)


def test_the_lead_is_taken() -> None:
    assert summarise(TITLE, BODY, "en")[0] == LEAD


def test_headings_and_promotion_are_left_out() -> None:
    text = " ".join(summarise(TITLE, BODY, "en"))
    assert "Subscribe" not in text
    assert "modest start" not in text


def test_a_sentence_that_says_the_same_again_is_left_out() -> None:
    body = f"{LEAD} {LEAD.replace('so far', 'to date')} The council expects that tourism on the river will not suffer."
    assert summarise(TITLE, body, "en") == (LEAD, "The council expects that tourism on the river will not suffer.")


def test_an_item_of_a_list_is_taken_without_its_mark() -> None:
    item = "The council expects that tourism on the river will not suffer."
    assert summarise(TITLE, f"{LEAD}\n\n- {item}", "en") == (LEAD, item)


def test_abbreviations_do_not_end_a_sentence() -> None:
    body = "Dr. Smith of Acme Inc. said the U.S. unit made $1.5 million in Jan. 2024 with its new sensors. All agreed on it."
    assert summarise("", body, "en")[0].endswith("sensors.")


def test_chinese_sentences_are_found() -> None:
    body = (
        "某公司周一在上海发布了一款新的人工智能芯片。该芯片的性能是上一代产品的两倍以上。公司计划明年开始量产这种芯片。"
    )
    found = summarise("新芯片", body, "zh")
    assert found
    assert all(sentence in body for sentence in found)


@pytest.mark.parametrize("body", ["", "\n\n", "Menu", "One\n\nTwo\n\nThree"])
def test_no_sentence_no_summary(body: str) -> None:
    assert summarise("Title", body, None) == ()


def test_a_title_before_a_name_does_not_end_a_sentence() -> None:
    body = '"We are growing," said Ms. Lee of the harbour office. The council expects that tourism will not suffer from it.'
    assert summarise("", body, "en")[0].endswith("harbour office.")


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Stocks of the three chip makers fell on Monday\nThe index lost more than on any day since last May"),
        ("th", "บริษัทเปิดศูนย์ข้อมูลแห่งใหม่ในกรุงเทพฯ เมื่อวันจันทร์ การลงทุนครั้งนี้มีมูลค่าหนึ่งพันล้านบาท"),
        ("hi", "कंपनी ने सोमवार को मुंबई में एक नया डेटा सेंटर खोला है। यह भारत में उसका सबसे बड़ा निवेश है।"),
        (
            "ar",
            "أعلنت شركة التقنية يوم الاثنين عن افتتاح مركز بيانات جديد خارج العاصمة. وقالت إن المركز سيوفر ثلاثمئة وظيفة؟",
        ),
    ],
)
def test_texts_without_a_latin_full_stop_have_a_summary(language: str, body: str) -> None:
    found = summarise("", body, language)
    assert found
    assert all(sentence in body for sentence in found)
