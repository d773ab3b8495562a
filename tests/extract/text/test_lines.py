"""Lines of a plain text: where a wrap parted them, which are days, in which charset they are."""

from __future__ import annotations

import random
import zlib
from textwrap import fill

import pytest

from pipelines.cli.guarded import Asked, text_extracted
from pipelines.errors import Quarantine, Reject
from pipelines.extract.text.text import extract_text
from pipelines.records import Kind
from tests.extract.harbour import FIRST, LAST, OTHER, SECOND, THIRD, TITLE, body_of, text, titles


def test_lines_wrapped_at_a_fixed_width_are_joined() -> None:
    wrapped = "The harbour office of a small town has mounted\neleven discarded phones under its pier, and they\nmeasure the tide.\n"
    found = extract_text(f"{TITLE}\n\n{wrapped}\n{wrapped}")
    assert body_of(found).split("\n\n")[0] == " ".join(wrapped.split())


def test_single_newlines_part_paragraphs_too() -> None:
    assert body_of(extract_text(text(TITLE, FIRST, SECOND, LAST).replace("\n\n", "\r\n"))) == text(FIRST, SECOND, LAST)


SENTENCES = (
    "Chip designers are before a court again.",
    "It is about licences that were sold along with a company.",
    "Three makers have joined the plaintiff, and one is Oracle.",
    "The judge wants to hear them in May.",
    "Both sides expect an appeal.",
)
JAPANESE = (
    "港の事務所は、使われなくなった電話機を桟橋の下に取り付けた。",
    "電話機は自分で出した音の反響を聞き、四分ごとに潮位を測っている。",
    "誤差は二センチ以内だという。",
)


@pytest.mark.parametrize("mark", ["", "・", "• ", "•"])
def test_short_lines_are_not_joined_with_each_other_nor_with_a_block_of_teasers(mark: str) -> None:
    english = extract_text(text(TITLE, "\n".join(SENTENCES), f"Explore more\n{mark}{OTHER}\n{mark}{THIRD}"))
    assert body_of(english) == text(*SENTENCES)
    assert titles(english) == [OTHER, THIRD]
    others = ("渡し船は乗客の投票で進む", "灯台守がプログラムを書く理由", "港の倉庫が図書館になる")
    tail = "\n".join(("あわせて読みたい", *(f"{mark}{other}" for other in others)))
    japanese = extract_text(text("港町が古い電話で潮位計を作る", "\n".join(JAPANESE), tail))
    assert body_of(japanese) == text(*JAPANESE)
    assert titles(japanese) == list(others)


def test_headlines_of_like_length_are_not_taken_for_a_wrapped_paragraph() -> None:
    headlines = ("Ferry passengers steer by vote", "Gulls open lockers in a port", "Lighthouse keepers now code")
    found = extract_text(text(TITLE, *SENTENCES, "\n".join(("Explore more", *headlines))))
    assert titles(found) == list(headlines)


def test_of_a_wrapped_text_the_block_of_teasers_stays_apart() -> None:
    wrapped = text(*(fill(line, 68) for line in (FIRST, SECOND, LAST)))
    found = extract_text(text(TITLE, wrapped, f"Explore more\n{OTHER}\n{THIRD}"))
    assert body_of(found) == text(FIRST, SECOND, LAST)
    assert titles(found) == [OTHER, THIRD]


def test_a_paragraph_may_end_in_the_word_of_a_heading() -> None:
    long = f"{FIRST} More of them are wanted, and more."
    wrapped = f"{fill(long.removesuffix(' more.'), 68)}\nmore."
    assert body_of(extract_text(text(TITLE, wrapped, fill(SECOND, 68)))) == text(long, SECOND)


def test_wrapped_japanese_is_joined_without_spaces() -> None:
    paragraph = "".join(JAPANESE)
    wrapped = "\n".join(paragraph[at : at + 20] for at in range(0, len(paragraph), 20))
    assert body_of(extract_text(text("港町が古い電話で潮位計を作る", wrapped, wrapped))) == text(paragraph, paragraph)


@pytest.mark.parametrize("heading", ["Windows 11", "Android 17", "The 12 winners", "For 10 players", "2. Framework 13"])
def test_a_sub_heading_with_a_number_is_no_date(heading: str) -> None:
    found = extract_text(text(TITLE, FIRST, heading, SECOND, LAST, "Related", "Pixel 10", OTHER))
    assert body_of(found) == text(FIRST, heading, SECOND, LAST)
    assert titles(found) == ["Pixel 10", OTHER]


@pytest.mark.parametrize(
    "date",
    [
        "October 14",
        "14. Oktober 2026",
        "Wednesday, October 14, 2026",
        "le 14 octobre 2026 à 9h30",
        "14 de octubre de 2026",
    ],
)
def test_a_date_is_neither_body_nor_title(date: str) -> None:
    found = extract_text(text(TITLE, date, FIRST, SECOND, LAST, "Related", OTHER, date, THIRD, date))
    assert body_of(found) == text(FIRST, SECOND, LAST)
    assert titles(found) == [OTHER, THIRD]


def test_a_date_below_a_paragraph_is_the_articles_own() -> None:
    told = text(FIRST, "14 October", SECOND, "15 October", LAST)
    assert body_of(extract_text(text(TITLE, told))) == told
    assert body_of(extract_text(text(TITLE, FIRST, "By Ada Byron", "14 October", SECOND, LAST))) == text(
        FIRST, SECOND, LAST
    )


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("By Ada Byron", "14 October 2026"), "2026-10-14"),
        (("October 14, 2026", "By Ada Byron"), "2026-10-14"),
        (("Mittwoch, 14. Oktober 2026",), "2026-10-14"),
        (("2026-10-14 09:30",), "2026-10-14"),
        (("By Ada Byron", "October 14"), None),
    ],
)
def test_the_date_beside_the_byline_is_that_of_publication(lines: tuple[str, ...], day: str | None) -> None:
    article = extract_text(text(TITLE, *lines, FIRST, SECOND, LAST)).article
    assert article is not None
    assert article.body == text(FIRST, SECOND, LAST)
    assert (article.published and article.published.date().isoformat()) == day
    assert article.published_rule == (day and "byline")


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_a_text_may_be_in_any_charset(charset: str) -> None:
    told = "At the Café Noir nobody had naïvely believed in it, says the owner, Zoë."
    found = text_extracted(Asked(text(TITLE, FIRST, told, LAST).encode(charset), None))
    assert body_of(found) == text(FIRST, told, LAST)


NOISE = random.Random(7).randbytes(3_000)


@pytest.mark.parametrize(
    "content",
    [
        NOISE,
        b"\xff\xfe" + NOISE,
        zlib.compress(FIRST.encode() * 90 + NOISE),
        b"%PDF-1.7\n" + NOISE,
        FIRST.encode() + bytes(90),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(content: bytes) -> None:
    with pytest.raises(Reject, match="no plain text"):
        text_extracted(Asked(content, None))


def test_an_empty_file_is_an_empty_text() -> None:
    assert text_extracted(Asked(b"", None)).decision.kind is Kind.EMPTY


@pytest.mark.parametrize("long", ["Ebb and flow. " * 360_000, "a\n" * 100_001], ids=["characters", "lines"])
def test_a_text_over_a_bound_is_set_aside_and_not_cut(long: str) -> None:
    with pytest.raises(Quarantine, match=r"text of [\d,]+ (characters|lines), over the limit"):
        extract_text(long)


def test_a_text_of_headlines_is_an_index() -> None:
    for headlines in ((OTHER, THIRD, TITLE), (f"- {OTHER}", f"- {THIRD}", f"- {TITLE}", "- Gulls", "- Phones")):
        decision = extract_text("\n".join(headlines)).decision
        assert (decision.article, decision.kind) == (False, Kind.INDEX)
    assert extract_text("Gulls\nPhones\nPiers").decision.kind is Kind.EMPTY
