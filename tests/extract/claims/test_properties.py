"""Whatever a page claims of author and time, reading it raises nothing, stays in bounds and is the same twice."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.claims.lenient_json import lenient
from pipelines.extract.dates.dates import parse_moment
from pipelines.extract.metadata.metadata import Metadata, metadata
from pipelines.extract.metadata.names import names_in
from pipelines.extract.parsing.parse import parse
from pipelines.records import Precision

URL = "https://harbour-post.example/tide"
NAMES = ("Ada Byron", "Grace Murray", "Lin Wei", "José Ortega", "김하나", "渡辺洋介", "Zoë O'Hara-Smith")
MOMENTS = st.datetimes(min_value=datetime(1995, 1, 1), max_value=datetime(2035, 12, 31))  # noqa: DTZ001  hypothesis wants naive bounds
ZONES = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
SOUP = st.text(st.characters(codec="utf-8"), max_size=200)
SCRAPS = st.lists(
    st.sampled_from(
        ["By ", "by", "Von ", ", ", " and ", " | ", "; ", "&", "(", ")", "2026", "-", "/", ":", "T", "Z", "+05:30", "März",
         "March 4", "am", "年", "月", "\n", "\x00", "@", "Reuters", "Senior Editor", "https://", *NAMES]
    ),
    max_size=25,
).map("".join)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | SOUP,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@id", "@graph", "author", "name", "datePublished", "headline", "hasPart", "image", "url"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)

# What an object of a page says where it says anything: no nulls, names that are words.
SAID = st.recursive(
    st.booleans() | st.integers() | SOUP,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["@id", "author", "name"]), inner),
).filter(lambda value: isinstance(value, dict | list))


def read(head: str = "", body: str = "") -> Metadata:
    return metadata(parse(f"<html><head>{head}</head><body>{body}</body></html>".encode("utf-8", "replace")), URL)


@given(MOMENTS, ZONES)
def test_a_time_with_zone_survives_as_it_is(moment: datetime, zone: timezone) -> None:
    stated = moment.replace(tzinfo=zone, microsecond=0)
    found = parse_moment(stated.isoformat(), "rule")
    assert found is not None
    assert (found.time, found.time.utcoffset(), found.precision) == (stated, stated.utcoffset(), Precision.SECOND)


@given(MOMENTS)
@pytest.mark.parametrize("form", ["%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%B %d, %Y", "%d %b %Y", "%Y年%m月%d日"])
def test_a_day_is_read_in_every_form(form: str, moment: datetime) -> None:
    found = parse_moment(moment.strftime(form), "rule")
    assert found is not None
    assert (found.time, found.precision) == (datetime(moment.year, moment.month, moment.day, tzinfo=UTC), Precision.DAY)


@given(SOUP | SCRAPS)
def test_no_text_breaks_the_reading_of_times(text: str) -> None:
    found = parse_moment(text, "rule")
    assert found is None or found.time.tzinfo is not None
    assert parse_moment(text, "rule") == found


@given(
    st.lists(st.sampled_from(NAMES[:4]), min_size=1, max_size=4, unique=True),
    st.sampled_from([", ", " and ", "; ", " & "]),
)
def test_names_are_parted_whatever_parts_them(names: list[str], separator: str) -> None:
    assert names_in("By " + separator.join(names)) == names


@given(SOUP | SCRAPS)
def test_names_are_short_and_each_stands_once(text: str) -> None:
    found = names_in(text)
    assert len(set(found)) == len(found)
    assert all(2 <= len(name) <= 60 and name == name.strip() and "\n" not in name for name in found)


@given(SAID, st.sampled_from([None, 1]))
def test_sound_json_is_read_as_it_is(value: object, indent: int | None) -> None:
    assert lenient(json.dumps(value, indent=indent)) == [value]


@given(SOUP | SCRAPS | st.text("{}[]\":,\\/* \n'ab1", max_size=60))
def test_no_text_breaks_the_reading_of_broken_json(text: str) -> None:
    assert lenient(text) == lenient(text)


@given(SOUP | SCRAPS, SOUP | SCRAPS, JSON)
@settings(deadline=None, max_examples=150)
def test_no_claims_of_a_page_break_its_metadata(author: str, time: str, claims: object) -> None:
    script = json.dumps(
        {"@type": "NewsArticle", "author": claims, "datePublished": time, "hasPart": claims, "image": claims}
    )
    head = f"<meta name='author' content='{author}'><meta property='article:published_time' content='{time}'>"
    page = (
        head + f"<script type='application/ld+json'>{script}</script>",
        f"<h1>The tide</h1><p class='byline'>{author}</p><time>{time}</time>",
    )
    found = read(*page)
    assert len(found.authors) + len(found.organisations) <= 50
    assert found.published is None or found.published.tzinfo is not None
    assert read(*page) == found
