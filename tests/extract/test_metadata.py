from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from time import process_time
from typing import TYPE_CHECKING

import pytest

from pipelines.extract.evidence import text_of
from pipelines.extract.metadata import Metadata, metadata
from pipelines.extract.parse import parse
from pipelines.records import Access, Precision

if TYPE_CHECKING:
    from collections.abc import Callable

URL = "https://www.harbour-post.example/science/2026/03/04/tide-gauge-phones"


def read(
    head: str = "", body: str = "", *, url: str = URL, fetched: datetime | None = None, language: str = "en_GB"
) -> Metadata:
    page = f"<!doctype html><html lang='{language}'><head>{head}</head><body>{body}</body></html>"
    return metadata(parse(page.encode()), url, fetched=fetched)


def ld(*objects: object) -> str:
    return "".join(f"<script type='application/ld+json'>{json.dumps(o)}</script>" for o in objects)


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Old phones measure the tide",
    "author": {"@type": "Person", "name": "Ada Byron"},
    "datePublished": "2026-03-04T23:30:15-05:00",
    "dateModified": "2026-03-05T10:00:00Z",
    "articleSection": "Science",
    "keywords": ["tide", "phones"],
    "publisher": {"@type": "Organization", "name": "Harbour Post"},
    "image": {"@type": "ImageObject", "url": "/img/pier.jpg"},
    "isAccessibleForFree": "False",
}


def test_everything_is_read_from_json_ld() -> None:
    found = read(ld(ARTICLE))
    assert found.title == "Old phones measure the tide"
    assert found.authors == ("Ada Byron",)
    assert found.published == datetime(2026, 3, 4, 23, 30, 15, tzinfo=timezone(timedelta(hours=-5)))
    assert (found.published_precision, found.published_rule) == (Precision.SECOND, "json-ld:datePublished")
    assert found.modified == datetime(2026, 3, 5, 10, tzinfo=UTC)
    assert (found.section, found.tags, found.site_name) == ("Science", ("tide", "phones"), "Harbour Post")
    assert found.lead_image is not None
    assert found.lead_image.url == "https://www.harbour-post.example/img/pier.jpg"
    assert found.access is Access.PAYWALLED
    assert found.language == "en-GB"


def test_a_page_that_goes_on_beside_an_element_closed_at_once_is_read() -> None:
    page = b"<!DOCTYPE html><html lang='en'/><meta property='og:title' content='Old phones measure the tide'/><p>Ferry.</p>"
    assert metadata(parse(page), URL).title == "Old phones measure the tide"


def test_a_page_that_says_nothing_yields_nulls() -> None:
    found = read()
    assert (found.title, found.authors, found.section, found.lead_image) == (None, (), None, None)
    assert (found.published, found.published_precision, found.published_rule) == (
        datetime(2026, 3, 4, tzinfo=UTC),
        Precision.DAY,
        "url",
    )
    assert found.canonical_url == URL


@pytest.mark.parametrize(
    "script",
    [
        json.dumps({"@graph": [{"@type": "WebPage"}, ARTICLE]}),
        json.dumps([[{"@type": "Organization"}], [ARTICLE]]),
        json.dumps({"@type": "WebPage", "mainEntity": ARTICLE}),
        json.dumps(ARTICLE) + json.dumps({"@type": "Thing"}),
        json.dumps(ARTICLE)[:-1] + ",}",
        json.dumps(ARTICLE).replace('"', "&quot;"),
        "<!-- " + json.dumps(ARTICLE) + " -->",
        "//<![CDATA[\n" + json.dumps(ARTICLE) + "\n//]]>",
        json.dumps(ARTICLE | {"description": "@"}).replace("@", "a raw\n\tline", 0).replace('"@"', '"a\n\tb"'),
        json.dumps(ARTICLE | {"@type": ["Thing", "https://schema.org/NewsArticle"]}),
    ],
)
def test_json_ld_is_read_as_publishers_write_it(script: str) -> None:
    found = read(f"<script type='application/ld+json'>{script}</script>")
    assert found.title == "Old phones measure the tide"
    assert found.authors == ("Ada Byron",)


WRITTEN = json.dumps(ARTICLE | {"author": "Tom O'Neill", "description": "It was a calm night"})
FLAWS: dict[str, Callable[[str], str]] = {
    "a quote escaped that needs none": lambda text: text.replace("O'Neill", r"O\'Neill"),
    "a byte order mark": lambda text: f"\ufeff{text}",
    "quotes inside a text": lambda text: text.replace("a calm night", 'a "calm", "quiet" night'),
    "markup inside a text": lambda text: text.replace("a calm", '<a href="/sea?calm=1">a calm</a>'),
    "no value": lambda text: text.replace('"Science"', ""),
    "two commas": lambda text: text.replace(', "articleSection"', ',, "articleSection"'),
    "no comma": lambda text: text.replace(', "articleSection"', '\n"articleSection"'),
    "a comma behind the last": lambda text: text.replace('"phones"]', '"phones",]'),
    "no brace at the end": lambda text: text[:-1],
    "a brace too early": lambda text: text.replace(', "articleSection"', '}, "articleSection"'),
    "a comment to the end of the line": lambda text: text.replace('"articleSection"', '// isn"t it\n"articleSection"'),
    "a comment within the line": lambda text: text.replace('"articleSection"', '/* "old": 1, */ "articleSection"'),
    "a word of JavaScript": lambda text: text.replace('"Science"', "undefined"),
    "blanks that do not break": lambda text: text.replace(": ", ":\xa0"),
    "names without quotes": lambda text: text.replace('"headline"', "headline").replace('"author"', "author"),
    "quotes of an apostrophe": lambda text: text.replace('"It was a calm night"', "'It was a \"calm\" night'"),
    "quotes of a word processor": lambda text: text.replace('"', "“", 1).replace('"', "”"),
    "entities and a comma behind the last": lambda text: (text[:-1] + ",}").replace('"', "&quot;"),
    "a program around it": lambda text: f"var data = {text};\nshow(data);",
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_flaw_in_json_ld_costs_no_more_than_the_value_it_is_in(flaw: str) -> None:
    script = FLAWS[flaw](WRITTEN)
    assert script != WRITTEN
    found = read(f"<script type='application/ld+json'>{script}</script>")
    assert (found.title, found.authors) == ("Old phones measure the tide", ("Tom O'Neill",))
    assert found.published == datetime(2026, 3, 5, 4, 30, 15, tzinfo=UTC)
    assert found.access is Access.PAYWALLED
    assert found.lead_image is not None


def test_several_flaws_in_json_ld_are_mended_together() -> None:
    chosen = (
        "quotes inside a text",
        "two commas",
        "a comment within the line",
        "no brace at the end",
        "a byte order mark",
    )
    script = WRITTEN
    for flaw in chosen:
        script = FLAWS[flaw](script)
    found = read(f"<script type='application/ld+json'>{script}</script>")
    assert (found.authors, found.standfirst) == (("Tom O'Neill",), 'It was a "calm", "quiet" night')
    assert found.section == "Science"


def test_a_text_of_json_ld_that_breaks_off_is_not_believed() -> None:
    script = '{"@type": "NewsArticle", "author": "Ada Byron", "headline": "Old phones mea'
    found = read(f"<script type='application/ld+json'>{script}</script>")
    assert (found.authors, found.title) == (("Ada Byron",), None)


@pytest.mark.parametrize("scrap", ['"/*', '{"a" ', '{"a":"', '"x ', '\\"', "[1 ", ",", "/* x", '"\n', "word "])
def test_broken_json_ld_takes_no_longer_than_its_length(scrap: str) -> None:
    script = f"<script type='application/ld+json'>[{{{scrap * (150_000 // len(scrap))}</script>"
    begun = process_time()
    read(script * 20)
    assert process_time() - begun < 5


def test_the_article_about_this_page_is_taken_not_its_neighbours() -> None:
    neighbours = [
        ARTICLE | {"headline": f"Another {n}", "url": f"https://harbour-post.example/other/{n}"} for n in range(3)
    ]
    found = read(ld(*neighbours, {"@type": "Article", "headline": "The tide", "mainEntityOfPage": {"@id": URL}}))
    assert found.title == "The tide"


def test_authors_named_by_reference_are_looked_up() -> None:
    graph = {
        "@graph": [
            {"@type": "Article", "headline": "The tide", "author": {"@id": "#a"}},
            {"@type": "Person", "@id": "#a", "name": "Grace Murray"},
        ]
    }
    assert read(ld(graph)).authors == ("Grace Murray",)


@pytest.mark.parametrize(
    "script", ["{", "[" * 100_000, '{"a":' * 50_000, "null", '"text"', "{}{}", '{"@graph": {"@graph": []}}']
)
def test_json_ld_that_says_nothing_breaks_nothing(script: str) -> None:
    assert read(f"<title>The tide</title><script type='application/ld+json'>{script}</script>").title == "The tide"


@pytest.mark.parametrize(
    ("line", "persons", "organisations"),
    [
        ("By Ada Byron and Grace Murray", ("Ada Byron", "Grace Murray"), ()),
        ("Von Ada Byron und Grace Murray, dpa", ("Ada Byron", "Grace Murray"), ("dpa",)),
        ("Par Ada Byron, Grace Murray et Lin Wei", ("Ada Byron", "Grace Murray", "Lin Wei"), ()),
        ("Ada Byron, Senior Editor", ("Ada Byron",), ()),
        ("Ada Byron (aby)", ("Ada Byron",), ()),
        ("Ada Byron ada@harbour-post.example", ("Ada Byron",), ()),
        ("Byron, Ada", ("Ada Byron",), ()),
        ("Ada Byron, London", ("Ada Byron",), ()),
        ("By Ada Byron in Brussels", ("Ada Byron",), ()),
        ("Ada Byron, Reuters", ("Ada Byron",), ("Reuters",)),
        ("Reuters", (), ("Reuters",)),
        ("Harbour Post", (), ("Harbour Post",)),
        ("김하나 기자", ("김하나",), ()),
        ("글: 김하나", ("김하나",), ()),
        ("기자：김하나", ("김하나",), ()),
        ("文：鈴木一郎", ("鈴木一郎",), ()),
        ("取材・文：鈴木一郎、写真：田中花子", ("鈴木一郎",), ()),
        ("文・エイダ・バイロン", ("エイダ・バイロン",), ()),
        ("撰文: 王小明", ("王小明",), ()),
        ("作者：王小明", ("王小明",), ()),
        ("记者王小明", ("王小明",), ()),
        ("記者 王小明／台北報導", ("王小明",), ()),
        ("By：Ada Byron", ("Ada Byron",), ()),
        ("https://social.example/harbour", (), ()),
    ],
)
def test_a_byline_is_parted_into_persons_and_organisations(
    line: str, persons: tuple[str, ...], organisations: tuple[str, ...]
) -> None:
    found = read(f"<meta property='og:site_name' content='Harbour Post'><meta name='author' content='{line}'>")
    assert (found.authors, found.organisations) == (persons, organisations)


def test_a_person_in_the_byline_beats_the_site_itself_in_the_head() -> None:
    head = ld(ARTICLE | {"author": {"@type": "Organization", "name": "Harbour Post"}})
    found = read(
        head, "<h1>Old phones measure the tide</h1><p class='byline'>By <a rel='author' href='/a'>Ada Byron</a></p>"
    )
    assert found.authors == ("Ada Byron",)


BYLINE = "<h1>Old phones measure the tide</h1><p class='byline'>By <a rel='author' href='/a'>Ada Byron</a></p>"


@pytest.mark.parametrize(
    "head",
    [
        "<meta name='author' content='Harbour Staff'>",
        ld(ARTICLE | {"author": "Redacción"}),
        ld(ARTICLE | {"author": {"@type": "Organization", "name": "Science Desk"}}),
    ],
)
def test_a_person_in_the_byline_stands_beside_the_desk_in_the_head(head: str) -> None:
    assert read(head).authors == ()
    found = read(head, BYLINE)
    assert found.authors == ("Ada Byron",)
    assert found.organisations == read(head).organisations != ()


def test_an_agency_in_the_head_wrote_the_text_alone() -> None:
    found = read("<meta name='author' content='Reuters'>", BYLINE)
    assert (found.authors, found.organisations) == ((), ("Reuters",))


def test_who_reviewed_a_text_did_not_write_it() -> None:
    body = "<h1>The tide</h1><p>Reviewed by <a rel='author' href='/a'>Ada Byron</a></p>"
    assert read("<meta name='author' content='Harbour Staff'>", body).authors == ()


def test_the_author_of_a_teaser_is_not_the_author_of_the_page() -> None:
    found = read(body="<h1>The tide</h1><aside class='related'><a rel='author' href='/a'>Ada Byron</a></aside>")
    assert found.authors == ()


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
        ("March 4, 2026 9:00-16:30", "2026-03-04T09:00:00+00:00"),
    ],
)
def test_a_time_is_in_the_zone_that_stands_beside_it(text: str, stated: str) -> None:
    found = read(f"<meta name='date' content='{text}'>", url="https://harbour-post.example/tide").published
    assert found is not None
    assert found.isoformat() == stated


@pytest.mark.parametrize("text", ["March 4, 2026 12:75", "March 4, 2026 (2h ago)", "March 4, 2026 | 5 min read"])
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
        ("03/04/2026", "en", None),
        ("03/04/2026", "ja", None),
        ("04.03.26", "de", (2026, 3, 4)),
        ("den 4. marts 2026", "da", (2026, 3, 4)),
        ("4 березня 2026", "uk", (2026, 3, 4)),
        ("٤ مارس ٢٠٢٦", "ar", (2026, 3, 4)),
        ("04/03/2569", "th", None),
        ("۱۴۰۴/۱۲/۱۳", "fa", None),
    ],
)
def test_a_day_is_read_as_the_language_of_the_page_writes_it(
    text: str, language: str, day: tuple[int, int, int] | None
) -> None:
    found = read(f"<meta name='date' content='{text}'>", url="https://harbour-post.example/tide", language=language)
    assert found.published == (datetime(*day, tzinfo=UTC) if day else None)


@pytest.mark.parametrize("text", ["2026-13-45", "soon", "0001-01-01T00:00:00Z", "1890-05-01", "99999999999999999999"])
def test_a_time_that_cannot_be_is_not_believed(text: str) -> None:
    assert read(f"<meta name='date' content='{text}'>", url="https://harbour-post.example/tide").published is None


def test_a_time_after_the_visit_is_passed_over() -> None:
    head = "<meta name='date' content='2027-01-01'><meta name='dc.date' content='2026-03-04'>"
    assert read(head, fetched=datetime(2026, 3, 5, tzinfo=UTC)).published == datetime(2026, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "title",
    [
        "The tide | Harbour Post",
        "The tide - Harbour Post",
        "Harbour Post: The tide",
        "The tide – harbour-post.example",
        "The tide | Science | Harbour Post",
    ],
)
def test_a_headline_is_free_of_site_names(title: str) -> None:
    found = read(f"<meta property='og:site_name' content='Harbour Post'><title>{title}</title>", "<h1>The tide</h1>")
    assert found.title == "The tide"
    assert title in found.title_candidates


def test_the_name_of_a_blog_in_its_largest_heading_is_no_headline() -> None:
    head = "<title>Notes of a harbour: The tide rises</title><meta property='og:title' content='The tide rises'>"
    assert read(head, "<h1>Notes of a harbour</h1><h2>The tide rises</h2>").title == "The tide rises"
    head = "<title>The tide rises - Tidenotes</title><meta property='og:title' content='Tidenotes'>"
    assert read(head, "<h1>The tide rises</h1>").title == "The tide rises"


def test_a_section_behind_a_headline_that_stands_alone_elsewhere_is_dropped() -> None:
    head = (
        "<meta property='og:title' content='Old phones measure the tide-Science'>"
        "<meta name='title' content='Old phones measure the tide'>"
    )
    assert read(head).title == "Old phones measure the tide"


def test_a_breadcrumb_stands_where_its_position_says() -> None:
    items = [{"position": place, "name": name} for place, name in ((3, "The tide"), (1, "Home"), (2, "Science"))]
    assert read(ld({"@type": "BreadcrumbList", "itemListElement": items})).section == "Science"


@pytest.mark.parametrize("keywords", ["tide, phones", "tide、phones", "tide，phones"])
def test_keywords_in_one_text_are_parted(keywords: str) -> None:
    assert read(f"<meta name='keywords' content='{keywords}'>").tags == ("tide", "phones")


def test_a_text_comes_from_no_machine_inside_its_publisher() -> None:
    assert read("<link rel='canonical' href='http://localhost/tide-gauge'>").syndicated_from is None
    assert read("<link rel='canonical' href='https://wire.example/tide-gauge'>").syndicated_from is not None


def test_a_canonical_url_is_believed_only_within_the_site() -> None:
    own = "https://www.harbour-post.example/tide"
    assert read(f"<link rel='canonical' href='{own}'>").canonical_url == own
    assert read("<link rel='canonical' href='https://elsewhere.example/x'>").canonical_url == URL
    assert read("<link rel='canonical' href='https://www.harbour-post.example/'>").canonical_url == URL
    assert read("<link rel='canonical' href='javascript:alert(1)'>").canonical_url == URL


def test_the_caption_of_the_lead_image_comes_from_its_figure() -> None:
    head = "<meta property='og:image' content='/img/pier-1200x630.jpg'>"
    body = (
        "<figure><img src='/img/pier-300x200.jpg'><figcaption>The pier at dawn (Photo: Lin Wei)</figcaption></figure>"
    )
    image = read(head, body).lead_image
    assert image is not None
    assert image.caption == "The pier at dawn (Photo: Lin Wei)"
    assert image.credit == "Photo: Lin Wei"


@pytest.mark.parametrize(
    ("declared", "shown", "caption"),
    [
        pytest.param("/1.jpg", "/1.jpg", "Dusk", id="a short name"),
        pytest.param("/img/ntt.jpg?w=1200", "/img/ntt.jpg?w=300&amp;fit=crop", "Dusk", id="another size of it"),
        pytest.param("/a/1.jpg", "/b/1.jpg", None, id="the same short name elsewhere"),
        pytest.param("/img?f=a.jpg", "/img?f=b.jpg", None, id="a script that makes pictures"),
        pytest.param("/img?f=a.jpg", "/img?f=a.jpg", "Dusk", id="the same picture of a script"),
    ],
)
def test_a_figure_shows_the_lead_image_by_its_address(declared: str, shown: str, caption: str | None) -> None:
    head = f"<meta property='og:image' content='{declared}'>"
    image = read(head, f"<figure><img src='{shown}'><figcaption>Dusk</figcaption></figure>").lead_image
    assert image is not None
    assert image.caption == caption


def test_the_same_address_comes_before_the_same_file_in_another_size() -> None:
    figure = "<figure><img src='/img/{}.jpg'><figcaption>{}</figcaption></figure>".format
    body = figure("harbour-300x200", "Small") + figure("harbour-1200x630", "Large")
    image = read("<meta property='og:image' content='/img/harbour-1200x630.jpg'>", body).lead_image
    assert image is not None
    assert image.caption == "Large"


def test_a_logo_stands_for_no_article() -> None:
    assert read("<meta property='og:image' content='/static/logo.png'>").lead_image is None


def test_half_a_character_in_json_ld_is_replaced_and_a_whole_one_kept() -> None:
    ld = r'{"@type":"NewsArticle","headline":"Tide \ud83c\udf0a and \ud800 half"}'
    html = f"<title>x</title><script type='application/ld+json'>{ld}</script><h1>Tide</h1>".encode()
    assert metadata(parse(html), "https://news.example/tide").title == "Tide 🌊 and \ufffd half"


@pytest.mark.parametrize("number", ["1" * 5_000, "x" + "1" * 5_000], ids=["decimal", "hexadecimal"])
def test_a_reference_to_no_character_is_replaced(number: str) -> None:
    assert read(f"<meta property=og:title content='Tide &amp;#{number};'>").title == "Tide \ufffd"
    assert read(ld({**ARTICLE, "headline": f"Tide &amp;#{number}; is in"})).title == "Tide \ufffd is in"


def test_a_title_without_end_is_cut() -> None:
    found = read(f"<meta property=og:title content='The tide is in town{' - a.co' * 4_000}'>")
    assert found.title == "The tide is in town"


def test_the_text_of_an_element_is_read_no_further_than_a_headline_goes() -> None:
    page = parse(f"<h1>The <b>tide</b><script>no</script> is in<br></h1>! <p>{'<br>x' * 9_000}".encode())
    assert text_of(page.tree.findall(".//h1")[0]) == "The tide is in"
    assert text_of(page.tree.findall(".//p")[0]) == ("x " * 300).strip() + " "
    assert text_of(page.tree) == f"The tide is in ! {'x ' * 300}"[:600]
