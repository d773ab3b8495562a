"""Which lines of a plain text a wrap has parted, and which stand by themselves between them."""

from __future__ import annotations

from textwrap import fill, indent

import pytest

from pipelines.extract.text.text import extract_text
from tests.extract.harbour import FIRST, LAST, OTHER, SECOND, THIRD, TITLE, body_of, text, titles

PARAGRAPHS = (FIRST, SECOND, LAST)
WRAPPED = text(*(fill(line, 72) for line in PARAGRAPHS))
ADDRESS = f"https://harbour.example/tides/{'a1b2c3d4' * 12}"
QUOTED = f"{SECOND} {LAST}"


@pytest.mark.parametrize(
    "below",
    [
        (ADDRESS,),
        ("Harbour Ledger\n12 Long Street\nOrrin",),
        ("The office asks for:", "Ada Byron\nIdris Vaughan\nGrace de la Cruz"),
        ("Tide  Height\n0:00  1.2 m\n6:00  4.7 m",),
    ],
)
def test_lines_that_are_not_wrapped_tear_no_wrapped_paragraph(below: tuple[str, ...]) -> None:
    found = body_of(extract_text(text(TITLE, WRAPPED, *below)))
    lines = [" ".join(line.split()) for part in below for line in part.split("\n")]
    assert found == text(*PARAGRAPHS, *lines)


def test_a_headline_may_stick_out_of_the_wrap() -> None:
    headline = f"{TITLE} and Measures with Them What No Harbour of Its Size Has Measured Before"
    for between in ("\n", "\n\n"):
        found = extract_text(f"{headline}{between}{WRAPPED}")
        assert body_of(found) == text(*PARAGRAPHS)
        assert found.article is not None
        assert found.article.title == headline


def test_headlines_between_wrapped_paragraphs_stay_apart() -> None:
    headlines = f"{OTHER}\n{THIRD}\nGulls Learn to Open Parcel Lockers in Three Ports"
    found = extract_text(text(TITLE, WRAPPED, "Explore more", headlines, fill(f"{SECOND} {LAST}", 72)))
    assert body_of(found) == text(*PARAGRAPHS, f"{SECOND} {LAST}")
    assert titles(found) == headlines.split("\n")


def test_paragraphs_of_two_wrapped_lines_are_joined() -> None:
    told = (LAST, "The readings agree with the official gauge to within two centimetres, and cost less.")
    assert [fill(line, 70).count("\n") for line in told] == [1, 1]
    assert body_of(extract_text(text(TITLE, *(fill(line, 70) for line in told)))) == text(*told)


def test_a_wrapped_paragraph_whose_lines_begin_with_nouns_is_joined() -> None:
    lines = (
        "Das Büro hat elf Telefone unter den Steg gehängt, und seitdem misst der",
        "Hafen die Flut selbst. Das Wasser steht seit Tagen hoch, und das sieht",
        "Birgit Sommerfeld mit Sorge. Ihr Haus steht am Kai, und die Gezeiten im",
        "Hafen kennt niemand besser. Die Möwen stört all das nicht, sie lieben",
        "Glas und Salz.",
    )
    assert " ".join(lines) in body_of(extract_text(text(TITLE, WRAPPED, "\n".join(lines))))


def test_a_dash_where_a_line_begins_may_be_the_sentences() -> None:
    told = "Nobody on this coast had believed that discarded phones could do the work"
    aside = "— and do it every four minutes, as the office says — of a gauge."
    assert f"{told} {aside}" in body_of(extract_text(text(TITLE, WRAPPED, f"{told}\n{aside}")))
    items = ("The office wants:", "– eleven phones", "– a pier")
    assert body_of(extract_text(text(TITLE, WRAPPED, "\n".join(items)))) == text(*PARAGRAPHS, *items)


def test_a_line_of_an_address_goes_on_with_its_paragraph() -> None:
    told = f"The plans are at\n{ADDRESS}\nfor everyone who wants them."
    assert " ".join(told.split()) in body_of(extract_text(text(TITLE, WRAPPED, told)))


def test_what_hangs_below_an_item_is_the_items() -> None:
    items = (
        "all letters that were sent to harbours from March to May of this year, with the plans",
        "the names of those who have asked for it since, and what they were told by The Harbour Post",
    )
    hanging = "\n".join(fill(item, 68, initial_indent="  * ", subsequent_indent="    ") for item in items)
    found = body_of(extract_text(text(TITLE, WRAPPED, "The office wants:", hanging)))
    assert found == text(*PARAGRAPHS, "The office wants:", *(f"* {item}" for item in items))


def test_a_quoted_paragraph_is_joined_without_the_marks_within() -> None:
    quoted = indent(fill(QUOTED, 70), "> ")
    for parts in ((WRAPPED, quoted), (f"{WRAPPED}\n{quoted}\n{WRAPPED}",)):
        assert f"> {QUOTED}" in body_of(extract_text(text(TITLE, *parts))).split("\n\n")


VERSES = (
    "The lamps go out along the northern quay",
    "and no one calls the ferry home tonight",
    "the gulls are sleeping on the open sea",
    "the keeper turns his face against the light",
)


def test_verses_between_lines_that_nobody_wrapped_stay_verses() -> None:
    found = body_of(extract_text(text(TITLE, *PARAGRAPHS, "\n".join(VERSES), FIRST)))
    assert found == text(*PARAGRAPHS, *VERSES, FIRST)


UNCASED = {
    "korean": (
        "항구 사무소는 더 이상 쓰지 않는 전화기 열한 대를 부두 아래에 달아 사 분마다 조수를 재고 있으며 오차는 이 센티미터 이내라고 밝혔다.",
        "관련 기사",
        (
            "항만 노동자 평균 연령 오십 세 넘어",
            "북빈항 새 부두 개장 반년이나 늦어져",
            "등대지기가 프로그램을 쓰는 까닭은",
        ),
    ),
    "chinese": (
        "港口办公室把十一部废弃的电话装在码头下面，每四分钟测量一次潮位，误差不超过两厘米。海盐和海鸥至今毁掉了其中的两部。",
        "相关阅读",
        ("港口工人平均年龄超过五十岁了", "北滨港的新码头推迟半年开业", "灯塔看守人为什么开始写程序"),
    ),
    "hindi": (
        "बंदरगाह के दफ्तर ने पुराने फोन घाट के नीचे लगाए हैं और वे हर चार मिनट में ज्वार नापते हैं।",
        "संबंधित खबरें",
        ("बंदरगाह के मजदूरों की औसत उम्र बढ़ी", "नया घाट छह महीने देर से खुला आज", "क्रेन कंपनी देश में उत्पादन बढ़ाएगी"),
    ),
    "thai": (
        "สำนักงานท่าเรือติดตั้งโทรศัพท์เก่าสิบเอ็ดเครื่องไว้ใต้สะพานปลาเพื่อวัดระดับน้ำทุกสี่นาที และนกนางนวลทำลายไปสองเครื่อง",
        "ข่าวที่เกี่ยวข้อง",
        ("อายุเฉลี่ยของคนงานท่าเรือเกินห้าสิบปี", "ท่าเรือใหม่เปิดช้ากว่ากำหนดหกเดือน", "ผู้ผลิตเครนขยายการผลิตในประเทศ"),
    ),
}


@pytest.mark.parametrize(("paragraph", "heading", "headlines"), UNCASED.values(), ids=UNCASED)
def test_headlines_without_letters_of_a_case_are_not_glued(
    paragraph: str, heading: str, headlines: tuple[str, ...]
) -> None:
    found = extract_text(text(headlines[0], paragraph, paragraph, heading, "\n".join(headlines)))
    assert titles(found) == list(headlines)


def test_a_wrapped_japanese_text_may_have_a_wide_headline_and_a_signature() -> None:
    paragraph = (
        "港の事務所は、使われなくなった電話機を桟橋の下に取り付けた。電話機は自分で出した音の反響を聞き、潮位を測っている。"
        * 2
    )
    wrapped = "\n".join(paragraph[at : at + 30] for at in range(0, len(paragraph), 30))
    headline = "港町が古い電話で潮位計を作り、誤差を二センチ以内に抑えたと港の事務所の所長が明らかにした"
    found = extract_text(text(headline, wrapped, wrapped, "港の事務所\n桟橋一丁目\n北浜"))
    assert body_of(found).split("\n\n")[:2] == [paragraph, paragraph]


HOSTILE = {
    "short": "ab cd\n" * 99_000,
    "full": f"{'x ' * 25}\n" * 90_000,
    "quoted": "> x\n" * 90_000,
    "marks": f"{'>' * 500_000} x",
    "hanging": "- x\n" + f"{' ' * 40}y\n" * 90_000,
    "uncased": "港\n" * 90_000,
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_wrap_is_read_in_linear_time(hostile: str) -> None:
    assert extract_text(hostile).decision.reason
