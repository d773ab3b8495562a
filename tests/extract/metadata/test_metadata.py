"""What a page says of its article: title, authors, section, picture and whatever else stands in its head."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from pipelines.extract.claims.evidence import text_of
from pipelines.extract.metadata.metadata import metadata
from pipelines.extract.parsing.parse import parse
from pipelines.records import Access, Precision
from tests.extract.head import ARTICLE, URL, ld, read


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
        ("Dockpix Devices, Inc.", (), ("Dockpix Devices, Inc.",)),
        ("Dockpix Inc.", (), ("Dockpix Inc.",)),
        ("By Ada Byron Jr. and Grace M.", ("Ada Byron Jr.", "Grace M."), ()),
        ("By Ada Byron.", ("Ada Byron",), ()),
        ("Dockpix GmbH, Ada Byron", ("Ada Byron",), ("Dockpix GmbH",)),
        ("深海社 拆开看看再说。 最近内容", (), ()),
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
        ("अनामिका जोशी", ("अनामिका जोशी",), ()),
        ("ரவி குமார்", ("ரவி குமார்",), ()),
        ("ဇော်", ("ဇော်",), ()),
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


@pytest.mark.parametrize(
    ("author", "publisher", "persons"),
    [
        ("灯台メディア", "灯台メディア株式会社", ("Ada Byron",)),
        ("Harbour Post", "Harbour Post Newspapers Ltd", ("Ada Byron",)),
        ("AFP", "Afpost", ()),
    ],
)
def test_the_site_is_known_by_the_beginning_of_its_publishers_name(
    author: str, publisher: str, persons: tuple[str, ...]
) -> None:
    names = {
        "author": {"@type": "Organization", "name": author},
        "publisher": {"@type": "Organization", "name": publisher},
    }
    head = ld(ARTICLE | names)
    assert read(head).organisations == (author,)
    assert read(head, BYLINE, url="https://www.news.example/tide").authors == persons


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


@pytest.mark.parametrize("name", ["articleAuthor", "dable:author", "dd:author"])
def test_the_author_is_read_from_metas_of_content_systems_and_widgets(name: str) -> None:
    assert read(f"<meta name='{name}' content='Ada Byron'>").authors == ("Ada Byron",)
    assert read(f"<meta property='{name}' content='Ada Byron'>").authors == ("Ada Byron",)
    wire = read(f"<meta name='{name}' content='Ankara Ajansı'>")
    assert (wire.authors, wire.organisations) == ((), ())


def test_a_contributor_is_an_author_where_the_byline_names_him() -> None:
    helpers = [{"@type": "Person", "name": name} for name in ("Grace Murray", "Lin Wei")]
    head = ld(ARTICLE | {"contributor": helpers})
    assert read(head, BYLINE).authors == ("Ada Byron",)
    shown = "<h4 class='author-name'><a href='/author/a'>Ada Byron</a>, <a href='/author/g'>Grace Murray</a></h4>"
    assert read(head, f"<h1>The tide</h1>{shown}").authors == ("Ada Byron", "Grace Murray")


def test_who_submitted_a_text_wrote_it() -> None:
    body = "<h1>The tide</h1><div>Submitted by <span>A. Byron</span> on <span>Wed, 01/14/2026</span></div>"
    assert read(body=body).authors == ("A. Byron",)
    assert read("<meta name='author' content='Submitted by Ada Byron'>").authors == ("Ada Byron",)


def test_who_reviewed_a_text_did_not_write_it() -> None:
    body = "<h1>The tide</h1><p>Reviewed by <a rel='author' href='/a'>Ada Byron</a></p>"
    assert read("<meta name='author' content='Harbour Staff'>", body).authors == ()


def test_the_author_of_a_teaser_is_not_the_author_of_the_page() -> None:
    found = read(body="<h1>The tide</h1><aside class='related'><a rel='author' href='/a'>Ada Byron</a></aside>")
    assert found.authors == ()


def test_a_breadcrumb_stands_where_its_position_says() -> None:
    items = [{"position": place, "name": name} for place, name in ((3, "The tide"), (1, "Home"), (2, "Science"))]
    assert read(ld({"@type": "BreadcrumbList", "itemListElement": items})).section == "Science"


def test_section_and_tags_are_read_from_metas_whatever_their_prefix() -> None:
    head = "<meta property='og:article:section' content='Science'><meta property='og:article:tag' content='tide'>"
    assert (read(head).section, read(head).tags) == ("Science", ("tide",))


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
    assert (image.caption, image.credit) == ("The pier at dawn", "Lin Wei")


@pytest.mark.parametrize(
    "section",
    [
        "Uncategorized", "Allgemein", "未分類", "posts", "Egyéb", "Fără categorie", "Genel", "Χωρίς κατηγορία", "Без категория",
        "غير مصنف", "Chưa phân loại", "ไม่มีหมวดหมู่", "Yleinen", "Ukategoriseret", "Nezaradené", "دسته‌بندی نشده", "Tak Berkategori",
    ],
)  # fmt: skip
def test_the_section_of_articles_that_were_given_none_is_none(section: str) -> None:
    trail = "<nav class=breadcrumb><a href=/>Home</a> <a href=/science>Science</a></nav>"
    head = f"<meta property='article:section' content='{section}'>"
    assert read(head).section is None
    assert read(head, trail).section == "Science"


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


@pytest.mark.parametrize("number", ["1" * 5_000, "x" + "1" * 5_000], ids=["decimal", "hexadecimal"])
def test_a_reference_to_no_character_is_replaced(number: str) -> None:
    assert read(f"<meta property=og:title content='Tide &amp;#{number};'>").title == "Tide \ufffd"
    assert read(ld({**ARTICLE, "headline": f"Tide &amp;#{number}; is in"})).title == "Tide \ufffd is in"


def test_the_text_of_an_element_is_read_no_further_than_a_headline_goes() -> None:
    page = parse(f"<h1>The <b>tide</b><script>no</script> is in<br></h1>! <p>{'<br>x' * 9_000}".encode())
    assert text_of(page.tree.findall(".//h1")[0]) == "The tide is in"
    assert text_of(page.tree.findall(".//p")[0]) == ("x " * 300).strip() + " "
    assert text_of(page.tree) == f"The tide is in ! {'x ' * 300}"[:600]
