"""Days in words, as newspapers of the world write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract.dates.dates import parse_moment
from pipelines.extract.dates.months import month_number
from tests.extract.head import read

URL = "https://harbour-post.example/tide"

WRITTEN = [
    ("hi", "13 नवंबर 2025"),
    ("hi", "13 नवम्बर, 2025"),
    ("hi", "नवंबर 13, 2025"),
    ("mr", "१३ नोव्हेंबर २०२५"),
    ("ne", "13 नोभेम्बर 2025"),
    ("bn", "১৩ নভেম্বর ২০২৫"),
    ("ta", "13 நவம்பர் 2025"),
    ("te", "13 నవంబర్ 2025"),
    ("ml", "13 നവംബർ 2025"),
    ("gu", "13 નવેમ્બર 2025"),
    ("ur", "13 نومبر 2025"),
    ("he", "13 בנובמבר 2025"),
    ("he", "13 נובמבר, 2025"),
    ("he", "13 בנוב׳ 2025"),
    ("vi", "Thứ Năm, 13 tháng 11, 2025"),
    ("vi", "ngày 13 tháng 11 năm 2025"),
    ("vi", "13 Tháng Mười Một, 2025"),
    ("vi", "13/11/2025"),
    ("th", "13 พฤศจิกายน 2568"),
    ("th", "13 พ.ย. 2568"),
    ("th", "13 พ.ย. 68"),
    ("th", "13 พฤศจิกายน ๖๘"),
    ("es", "13/nov/2025"),
    ("pt-BR", "13.nov.2025"),
    ("en", "13-Nov-2025"),
    ("th", "วันที่ ๑๓ พฤศจิกายน พ.ศ. ๒๕๖๘"),
    ("th", "13 พฤศจิกายน 2025"),
    ("th", "13/11/2568"),
    ("lo", "13 ພະຈິກ 2025"),
    ("my", "13 နိုဝင်ဘာ 2025"),
    ("hu", "2025. november 13."),
    ("hu", "2025. nov. 13."),
    ("lt", "2025 m. lapkričio 13 d."),
    ("lv", "2025. gada 13. novembris"),
    ("lv", "13. novembris, 2025"),
    ("et", "13. november 2025"),
    ("ar", "13 نوفمبر 2025"),
    ("ar", "13 نوفمبر، 2025"),
    ("ar", "نوفمبر 13، 2025"),
    ("ar", "الخميس، 13 نوفمبر، 2025"),
    ("ar", "13 تشرين الثاني 2025"),
    ("ar-LB", "١٣ تشرين الثاني / نوفمبر ٢٠٢٥"),
    ("ar-MA", "13 نونبر 2025"),
    ("fa", "۱۳ نوامبر ۲۰۲۵"),
    ("el", "13 Νοεμβρίου 2025"),
    ("el", "13 ΝΟΕΜΒΡΙΟΥ 2025"),
    ("el", "13 Νοε 2025"),
    ("uk", "13 листопада 2025 року"),
    ("uk", "13 лист. 2025"),
    ("ru", "13 ноября 2025 г."),
    ("be", "13 лістапада 2025"),
    ("bg", "13 ноември 2025"),
    ("mk", "13 ноември 2025"),
    ("sr", "13. новембар 2025."),
    ("sr", "13. novembar 2025."),
    ("bs", "13. novembar 2025."),
    ("hr", "13. studenoga 2025."),
    ("sl", "13. november 2025"),
    ("sk", "13. novembra 2025"),
    ("cs", "13. listopadu 2025"),
    ("pl", "13 listopada 2025"),
    ("ro", "13 noiembrie 2025"),
    ("id", "Kamis, 13 November 2025"),
    ("fil", "Nobyembre 13, 2025"),
    ("sw", "13 Novemba 2025"),
    ("tr", "13 KASIM 2025"),
    ("az", "13 noyabr 2025"),
    ("ka", "13 ნოემბერი 2025"),
    ("hy", "13 նոյեմբերի 2025"),
    ("kk", "2025 жылғы 13 қараша"),
    ("is", "13. nóvember 2025"),
    ("sq", "13 nëntor 2025"),
    ("ca", "13 de novembre de 2025"),
    ("es", "13 de nov. de 2025"),
    ("ja", "令和7年11月13日"),
    ("ja", "2025年（令和７年）１１月１３日"),
    ("zh-TW", "民國114年11月13日"),
    ("zh-TW", "中華民國 114 年 11 月 13 日"),
]


@pytest.mark.parametrize(("language", "text"), WRITTEN)
def test_a_day_in_words_is_read_in_the_language_of_the_page(language: str, text: str) -> None:
    found = read(f"<meta name='date' content='{text}'>", url=URL, language=language)
    assert found.published == datetime(2025, 11, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text", "month"),
    [
        ("hr", "13. listopada 2025.", 10),
        ("pl", "13 listopada 2025", 11),
        ("ms", "13 Ogos 2025", 8),
        ("ca", "13 d’abril de 2025", 4),
        ("ar", "13 آب 2025", 8),
        ("ja", "令和元年5月13日", 5),
        ("he", "13 במרס 2025", 3),
        ("es", "13 de setiembre de 2025", 9),
        ("id", "13 Agt 2025", 8),
    ],
)
def test_a_month_is_the_one_that_the_pages_language_calls_so(language: str, text: str, month: int) -> None:
    found = read(f"<meta name='date' content='{text}'>", url=URL, language=language).published
    assert found is not None
    assert (found.month, found.day) == (month, 13)


@pytest.mark.parametrize(
    "text", ["13 नवंबर 2025", "13 בנובמבר 2025", "13 พ.ย. 2568", "13 Νοεμβρίου 2025", "13 листопада 2025"]
)
@pytest.mark.parametrize("language", [None, "en-US"])
def test_in_a_script_of_few_languages_no_language_need_be_declared(text: str, language: str | None) -> None:
    found = parse_moment(text, "", language=language)
    assert found is not None
    assert found.time == datetime(2025, 11, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "5 Mac 2025",
        "5 pro 2025",
        "5 api 2025",
        "5 min 2025",
        "13 люди 2025",
        "13 ଏକ 2025",
        "Room 13 2025",
        "13 xx. 2025",
        "13 พ.ย. 14:05",
        "13/nov-2025",
        "1.13.nov.2025",
        "13/node/2025",
    ],
)
def test_words_of_other_languages_are_no_months(text: str) -> None:
    assert parse_moment(text, "", language="en") is None


def test_a_year_stays_as_it_is_where_nothing_is_thai() -> None:
    assert parse_moment("13 November 2568", "").time.year == 2568  # type: ignore[union-attr]  # none would fail here


@pytest.mark.parametrize("language", ["", "xx", "zz-ZZ", "a", "no", "zh", "root"])
def test_an_unknown_language_has_no_months_of_its_own(language: str) -> None:
    assert month_number("November", language) == 11
    assert month_number("Studentski", language) is None
