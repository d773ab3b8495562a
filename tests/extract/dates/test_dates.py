"""Days and times as newspapers write them, in the zone that the page states."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from pipelines.extract.dates.dates import parse_moment
from pipelines.records import Precision
from tests.extract.head import read


@pytest.mark.parametrize(
    ("text", "time", "precision"),
    [
        ("2026-03-04", datetime(2026, 3, 4, tzinfo=UTC), Precision.DAY),
        ("20260304", datetime(2026, 3, 4, tzinfo=UTC), Precision.DAY),
        ("2026-03-04T12:05Z", datetime(2026, 3, 4, 12, 5, tzinfo=UTC), Precision.MINUTE),
        (
            "2026-03-04 12:05:06.789 +0530",
            datetime(2026, 3, 4, 12, 5, 6, tzinfo=timezone(timedelta(hours=5.5))),
            Precision.SECOND,
        ),
        ("Wed, 04 Mar 2026 12:05:06 GMT", datetime(2026, 3, 4, 12, 5, 6, tzinfo=UTC), Precision.SECOND),
        ("March 4, 2026 at 3:05 pm", datetime(2026, 3, 4, 15, 5, tzinfo=UTC), Precision.MINUTE),
        ("4. März 2026, 15:05 Uhr", datetime(2026, 3, 4, 15, 5, tzinfo=UTC), Precision.MINUTE),
        ("4 de marzo de 2026", datetime(2026, 3, 4, tzinfo=UTC), Precision.DAY),
        ("04.03.2026", datetime(2026, 3, 4, tzinfo=UTC), Precision.DAY),
        ("4. März 2026, 17.45 Uhr", datetime(2026, 3, 4, 17, 45, tzinfo=UTC), Precision.MINUTE),
        ("4 mars 2026 à 15h", datetime(2026, 3, 4, 15, tzinfo=UTC), Precision.MINUTE),
        ("20260304T120506Z", datetime(2026, 3, 4, 12, 5, 6, tzinfo=UTC), Precision.SECOND),
        ("2026年3月4日 午後3時05分", datetime(2026, 3, 4, 15, 5, tzinfo=UTC), Precision.MINUTE),
        ("2026年3月4日 午前0時", datetime(2026, 3, 4, tzinfo=UTC), Precision.MINUTE),
        ("2026年3月4日下午3:05", datetime(2026, 3, 4, 15, 5, tzinfo=UTC), Precision.MINUTE),
        ("2026年3月4日 晚上8点05分", datetime(2026, 3, 4, 20, 5, tzinfo=UTC), Precision.MINUTE),
        ("2026년 3월 4일 오후 3:05", datetime(2026, 3, 4, 15, 5, tzinfo=UTC), Precision.MINUTE),
        ("2026년 3월 4일 오전 12:05", datetime(2026, 3, 4, 0, 5, tzinfo=UTC), Precision.MINUTE),
        ("2026-03-04 07:30 PM", datetime(2026, 3, 4, 19, 30, tzinfo=UTC), Precision.MINUTE),
        ("2026年3月4日", datetime(2026, 3, 4, tzinfo=UTC), Precision.DAY),
        ("1772625906", datetime(2026, 3, 4, 12, 5, 6, tzinfo=UTC), Precision.SECOND),
    ],
)
def test_times_are_read_as_newspapers_write_them(text: str, time: datetime, precision: Precision) -> None:
    found = read(f"<meta name='date' content='{text}'>", url="https://harbour-post.example/tide")
    assert (found.published, found.published_precision) == (time, precision)


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Wed Mar 04 2026 23:30:00 GMT-0800 (Pacific Standard Time)", "2026-03-04T23:30:00-08:00"),
        ("Wed Mar 04 23:30:00 EST 2026", "2026-03-04T23:30:00-05:00"),
        ("2026/03/04 09:30:00 +0900", "2026-03-04T09:30:00+09:00"),
        ("2026-03-04T07:30:00PST", "2026-03-04T07:30:00-08:00"),
        ("2026-03-04 07:30 UTC+5:30", "2026-03-04T07:30:00+05:30"),
        ("Wed, 04 Mar 2026 12:05:06 JST", "2026-03-04T12:05:06+09:00"),
        ("March 4, 2026 3:05 PM EST", "2026-03-04T15:05:00-05:00"),
        ("3:05 PM EST, Wed March 4, 2026", "2026-03-04T15:05:00-05:00"),
        ("March 4, 2026 at 3 p.m. ET", "2026-03-04T15:00:00-05:00"),
        ("July 4, 2025 at 3 p.m. ET", "2025-07-04T15:00:00-04:00"),
        ("04.03.2026, 17:45 Uhr MEZ", "2026-03-04T17:45:00+01:00"),
        ("March 4, 2026 15:05 hrs IST", "2026-03-04T15:05:00+05:30"),
        ("Publié le 4 mars 2026 à 15:05 ET mis à jour", "2026-03-04T15:05:00+00:00"),
        ("March 4, 2026 15:05 AST", "2026-03-04T15:05:00+00:00"),
        ("4 марта 2026, 14:05 МСК", "2026-03-04T14:05:00+03:00"),
        ("04.03.2026 14:05 (мск)", "2026-03-04T14:05:00+03:00"),
        ("04.03.2026 14:05 TSİ", "2026-03-04T14:05:00+03:00"),
        ("March 4, 2026 9:00-16:30", "2026-03-04T09:00:00+00:00"),
    ],
)
def test_a_time_is_in_the_zone_that_stands_beside_it(text: str, stated: str) -> None:
    found = read(f"<meta name='date' content='{text}'>", url="https://harbour-post.example/tide").published
    assert found is not None
    assert found.isoformat() == stated


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2026年3月4日 午後2時5分", 14, 5),
        ("2026년 3월 4일 14시 5분", 14, 5),
        ("4 مارس 2026 - 02:05 م", 14, 5),
        ("4 مارس 2026 2:05 مساءً", 14, 5),
        ("4 مارس 2026 2:05 مساء", 14, 5),
        ("4 مارس 2026 12:05 ص", 0, 5),
        ("4 مارس 2026 12:05 صباحًا", 0, 5),
        ("4 مارس 2026 12:05 ظهرا", 12, 5),
        ("4 Μαρτίου 2026 2:05 μ.μ.", 14, 5),
        ("04.03.2026 02:05 μμ", 14, 5),
        ("4 Μαρτίου 2026 12:05 π.μ.", 0, 5),
        ("14/03/2026 02:05 CH", 14, 5),
        ("14/03/2026 09:05 SA", 9, 5),
        ("14/03/2026 12:05 SA", 0, 5),
        ("4 मार्च 2026, दोपहर 2:05 बजे", 14, 5),
        ("4 मार्च 2026, सुबह 9:05 बजे", 9, 5),
        ("4 मार्च 2026, रात 9:05 बजे", 21, 5),
        ("4 मार्च 2026, रात 2:05 बजे", 2, 5),
        ("4 मार्च 2026, रात 12:05 बजे", 0, 5),
        ("০৪ মার্চ ২০২৬, ০২:০৫ পিএম", 14, 5),
        ("০৪ মার্চ ২০২৬, ১৪:০৫", 14, 5),
        ("প্রকাশ: ০৪ মার্চ ২০২৬, ১৪: ০৫", 14, 5),
        ("٤ مارس ٢٠٢٦ ١٤:٠٥", 14, 5),
        ("۴ مارس ۲۰۲۶ ۱۴:۰۵", 14, 5),
        ("४ मार्च २०२६, १४:०५", 14, 5),
        ("２０２６年３月４日　１４：０５", 14, 5),
        ("4 mars 2026 à 9 h 05", 9, 5),
        ("4 mars 2026 à 14 h", 14, 0),
        ("4 mar 2026 às 14h", 14, 0),
        ("March 4, 2026 12:05 a fine day", 12, 5),
    ],
)
def test_a_half_of_the_day_and_digits_are_read_in_many_languages(text: str, hour: int, minute: int) -> None:
    found = parse_moment(text, "")
    assert found is not None
    assert (found.time.hour, found.time.minute, found.precision) == (hour, minute, Precision.MINUTE)


@pytest.mark.parametrize(("text", "hour"), [("du. 2:05", 14), ("délután 2:05", 14), ("de. 9:05", 9)])
def test_a_half_of_the_day_is_read_before_hungarian_hours(text: str, hour: int) -> None:
    found = parse_moment(f"2026. március 4. {text}", "", language="hu")
    assert found is not None
    assert (found.time.hour, found.time.minute, found.precision) == (hour, 5, Precision.MINUTE)


@pytest.mark.parametrize(
    "text",
    ["March 4, 2026 12:75", "March 4, 2026 | 2 h 30 min read", "March 4, 2026 (2h ago)", "March 4, 2026 | 5 min read"],
)
def test_a_number_behind_a_day_that_is_no_time_leaves_the_day(text: str) -> None:
    found = read(f"<meta name='date' content='{text}'>", url="https://harbour-post.example/tide")
    assert (found.published, found.published_precision) == (datetime(2026, 3, 4, tzinfo=UTC), Precision.DAY)


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("03/04/2026", "en-US", (2026, 3, 4)),
        ("04/03/2026", "en-GB", (2026, 3, 4)),
        ("04/03/2026", "fr", (2026, 3, 4)),
        ("04-03-2026", "nl", (2026, 3, 4)),
        ("03/14/2026", "fr", (2026, 3, 14)),
        ("14/03/2026", "en-US", (2026, 3, 14)),
        ("03/14/2026", "en", (2026, 3, 14)),
        ("14/03/2026", "en", (2026, 3, 14)),
        ("14-03-2026", "ja", (2026, 3, 14)),
        ("14/14/2026", "en", None),
        ("31/02/2026", "en", None),
        ("03/04/2026", "en", None),
        ("03/04/2026", "ja", None),
        ("04.03.26", "de", (2026, 3, 4)),
        ("26.03.04", "de", (2004, 3, 26)),
        ("26.03.04", "ko", (2026, 3, 4)),
        ("26.03.04", "ja", (2026, 3, 4)),
        ("04.03.26", "zh-TW", (2004, 3, 26)),
        ("04.03.26", "en", (2026, 3, 4)),
        ("26.03.04", "en", None),
        ("26.03.04", "", None),
        ("04.03.26", "", (2026, 3, 4)),
        ("den 4. marts 2026", "da", (2026, 3, 4)),
        ("4 березня 2026", "uk", (2026, 3, 4)),
        ("٤ مارس ٢٠٢٦", "ar", (2026, 3, 4)),
        ("04/03/2569", "th", (2026, 3, 4)),
        ("04/03/2569", "lo", None),
        ("۱۴۰۴/۱۲/۱۳", "fa", None),
    ],
)
def test_a_day_is_read_as_the_language_of_the_page_writes_it(
    text: str, language: str, day: tuple[int, int, int] | None
) -> None:
    found = read(f"<meta name='date' content='{text}'>", url="https://harbour-post.example/tide", language=language)
    assert found.published == (datetime(*day, tzinfo=UTC) if day else None)


@pytest.mark.parametrize(
    ("text", "time", "precision"),
    [
        ("Publicerad 2026-03-04 14:05", datetime(2026, 3, 4, 14, 5, tzinfo=UTC), Precision.MINUTE),
        ("입력 2026-03-04 14:05:22", datetime(2026, 3, 4, 14, 5, 22, tzinfo=UTC), Precision.SECOND),
        ("发布时间：2026-03-04 14:05", datetime(2026, 3, 4, 14, 5, tzinfo=UTC), Precision.MINUTE),
        ("发布于2026-03-04", datetime(2026, 3, 4, tzinfo=UTC), Precision.DAY),
        ("Data publikacji: 2026-03-04", datetime(2026, 3, 4, tzinfo=UTC), Precision.DAY),
        ("Megjelent: 2026-03-04.", datetime(2026, 3, 4, tzinfo=UTC), Precision.DAY),
        ("Posted (2026-3-4)", datetime(2026, 3, 4, tzinfo=UTC), Precision.DAY),
        ("Posted 2026-03-04T14:05:22+09:00", datetime.fromisoformat("2026-03-04T14:05:22+09:00"), Precision.SECOND),
        ("4 March 2026 (first seen 2026-02-01)", datetime(2026, 3, 4, tzinfo=UTC), Precision.DAY),
    ],
)
def test_a_machines_date_is_read_behind_a_word(text: str, time: datetime, precision: Precision) -> None:
    found = parse_moment(text, "")
    assert found is not None
    assert (found.time, found.precision) == (time, precision)


@pytest.mark.parametrize(
    "text",
    [
        "Call 2026-03-1234",
        "ISBN 978-2026-03-04",
        "CVE-2026-03-04",
        "build v2026-03-04",
        "release 2026-03-04.2",
        "release 2026-03-04rc1",
        "gauge-2026-03-04-1",
        "see /2026-03-04/tide",
        "tide_2026-03-04_pier",
        "x=2026-03-04",
        "The harbour association's forum for all its members on 2026-03-04",
        "no. 12026-03-04",
        "seats 3026-03-04",
    ],
)
def test_numbers_that_are_parts_of_others_are_no_date(text: str) -> None:
    assert parse_moment(text, "") is None


@pytest.mark.parametrize("text", ["2026-13-45", "soon", "0001-01-01T00:00:00Z", "1890-05-01", "99999999999999999999"])
def test_a_time_that_cannot_be_is_not_believed(text: str) -> None:
    assert read(f"<meta name='date' content='{text}'>", url="https://harbour-post.example/tide").published is None


def test_a_time_after_the_visit_is_passed_over() -> None:
    head = "<meta name='date' content='2027-01-01'><meta name='dc.date' content='2026-03-04'>"
    assert read(head, fetched=datetime(2026, 3, 5, tzinfo=UTC)).published == datetime(2026, 3, 4, tzinfo=UTC)
