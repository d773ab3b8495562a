from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.classify.article import classify
from pipelines.errors import Misconfigured, Quarantine, Reject
from pipelines.extract import extract
from pipelines.extract.article import examine
from pipelines.records import Rule, Source

URL = "https://news.example/2026/05/fab-opens"
PARAGRAPHS = (
    "The chip maker opened its second plant on Monday after three years of construction and one long delay.",
    "It will employ 1,200 people and make wafers for cars, phones and the machines that build other machines.",
    "“We had to learn how to build in the rain,” said the plant's director, who moved here from the south coast.",
    "The region hopes that suppliers will follow. Two have signed letters of intent, a third is looking at land.",
    "Analysts doubt that demand will hold. Prices for older chips have fallen by a fifth since the spring.",
)
TEASERS = ("Why old chips are getting cheaper again", "The town that a factory brought back to life")


def page(between: str = "", title: str = "Chip maker opens its second plant") -> bytes:
    """Give an article page with navigation, body, related block and footer."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in (*PARAGRAPHS[:2], between, *PARAGRAPHS[2:]) if paragraph)
    cards = "".join(
        f"<li class='card'><a href='/2026/05/{number}-{text.lower().replace(' ', '-')}'>{text}</a></li>"
        for number, text in enumerate(TEASERS)
    )
    return f"""<!doctype html><html lang="en"><head><title>{title} - News Example</title>
    <meta property="og:title" content="{title}"><meta property="og:type" content="article">
    <meta property="article:published_time" content="2026-05-04T09:30:00+02:00"></head><body>
    <nav><a href="/">Home</a> <a href="/chips">Chips</a></nav>
    <main><article><header><h1>{title}</h1><p class="byline">By Ann Author</p></header>
    <div class="article-body">{body}</div></article>
    <section class="related-articles"><h2>Related articles</h2><ul>{cards}</ul></section></main>
    <footer><p>© News Example. All rights reserved.</p></footer></body></html>""".encode()


def test_the_body_is_the_whole_body_and_nothing_but_the_body() -> None:
    article = extract(page(), URL).article
    assert article is not None
    assert article.body == "\n\n".join(PARAGRAPHS)
    assert article.title == "Chip maker opens its second plant"


def test_the_related_block_comes_out_as_teasers() -> None:
    teasers = extract(page(), URL).teasers
    assert [teaser.title for teaser in teasers] == list(TEASERS)
    assert all(teaser.url and teaser.url.startswith("https://news.example/2026/05/") for teaser in teasers)
    assert {teaser.heading for teaser in teasers} == {"Related articles"}


def test_a_body_by_other_means_has_no_headline_date_or_site_name_in_it() -> None:
    title, site = "港の新しい検潮所が動き出す", "潮の新聞"
    told = "港の事務所は古い電話機を桟橋の下に十一台取り付け、毎時間の潮位を測り始めた。" * 4
    more = "観測値は公式の検潮所とよく一致し、学校でも作れる装置になったと技術者は話している。" * 4
    stated = {"@type": "NewsArticle", "headline": title, "author": {"name": "Ada Byron"}}
    stated |= {"articleBody": f"{site}\n{title}\n2026年10月14日 09時30分 公開\nAda Byron\n{told}\n{more}"}
    markup = (
        f"<html lang=ja><head><title>{title} | {site}</title><meta property=og:type content=article>"
        f"<script type=application/ld+json>{json.dumps(stated)}</script></head><body></body></html>"
    )
    article = extract(markup.encode(), URL).article
    assert article is not None
    assert article.body == f"{told}\n\n{more}"


def test_pictures_of_amp_pages_are_pictures() -> None:
    shown = "<figure><amp-img src='/pier.jpg' width=9 height=9></amp-img><figcaption>The pier.</figcaption></figure>"
    markup = page().replace(b"<p>It will", shown.encode() + b"<p>It will")
    article = extract(markup, URL).article
    assert article is not None
    assert [(image.url, image.caption) for image in article.images] == [("https://news.example/pier.jpg", "The pier.")]


def test_pictures_of_a_teaser_are_none_of_the_article() -> None:
    card = (
        "<figure><a href='/2026/05/0-why-old-chips'><div>READ MORE: Why old chips are getting cheaper again</div>"
        "<div><img src='/icon-7.png'><span>News Example</span></div></a></figure>"
    )
    markup = page().replace(b"<p>It will", card.encode() + b"<p>It will")
    markup = markup.replace(b"<p>Analysts", b"<figure><img src='/pier.jpg'></figure><p>Analysts")
    article = extract(markup, URL).article
    assert article is not None
    assert [image.url for image in article.images] == ["https://news.example/pier.jpg"]


def test_a_picture_of_a_card_that_the_model_takes_for_promotion_is_none_of_the_article() -> None:
    card = (
        "<aside class='promo'><a href='/2026/05/30/dock-cranes'><img src='/old.jpg'><h3>Why dock cranes get cheaper</h3>"
        "<span>Subscribe now</span></a></aside>"
    )
    extraction = extract(page().replace(b"<p>Analysts", card.encode() + b"<p>Analysts"), URL)
    assert extraction.article is not None
    assert [teaser.image for teaser in extraction.teasers if teaser.title == "Why dock cranes get cheaper"] == [
        "https://news.example/old.jpg"
    ]
    assert extraction.article.images == ()


def test_addresses_of_pictures_hold_no_markup() -> None:
    shown = "<img src='/pier.jpg?b=1&amp;a=&quot;&gt;&lt;script&gt; x'><img src='http://a b/c.png'>"
    head = "<meta property=og:image content='/lead.png?&quot;&gt;&lt;b&gt;'>"
    markup = (
        page().replace(b"<p>It will", shown.encode() + b"<p>It will").replace(b"<title>", head.encode() + b"<title>")
    )
    article = extract(markup, URL).article
    assert article is not None
    assert [image.url for image in article.images] == ["https://news.example/pier.jpg?b=1&a=%22%3E%3Cscript%3E%20x"]
    assert article.lead_image is not None
    assert article.lead_image.url == "https://news.example/lead.png?%22%3E%3Cb%3E"


def test_the_same_page_gives_the_same_result() -> None:
    assert extract(page(), URL) == extract(page(), URL)


def source(**selectors: str) -> Source:
    """Give a source with one rule in force from 2026 on."""
    rule = Rule(since=date(2026, 1, 1), why="a test", **selectors)
    return Source(id="example", name="Example", home="https://news.example/", rules=(rule,))


def test_a_rule_overrules_the_model() -> None:
    ruled = extract(page(), URL, source=source(remove="article p:nth-of-type(2)", headline=".byline"))
    assert ruled.article is not None
    assert PARAGRAPHS[1] not in ruled.article.body
    assert ruled.article.title == "By Ann Author"


def test_a_rule_is_not_in_force_before_its_day() -> None:
    old = datetime(2025, 12, 31, tzinfo=UTC)
    ruled = extract(page(), URL, source=source(headline=".byline"), fetched=old)
    assert ruled.article is not None
    assert ruled.article.title == "Chip maker opens its second plant"


def test_a_selector_that_cannot_be_parsed_is_the_operators_error() -> None:
    with pytest.raises(Misconfigured, match="selector"):
        extract(page(), URL, source=source(body="p:::x"))


TAGS = st.sampled_from(
    [
        "p",
        "div",
        "a",
        "span",
        "b",
        "table",
        "tr",
        "td",
        "ul",
        "li",
        "h1",
        "h2",
        "article",
        "aside",
        "nav",
        "footer",
        "button",
        "br",
        "img",
        "pre",
        "code",
        "blockquote",
        "form",
        "x-y",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        " class='related'",
        " href='/a-b-c-d'",
        " href='http://['",
        " style='display:none'",
        " hidden",
        " rel=sponsored",
    ]
)


@st.composite
def markup(draw: st.DrawFn) -> bytes:
    """Draw tags in any order, open or closed, with text between them."""
    parts = draw(
        st.lists(
            st.one_of(
                st.builds("<{}{}>".format, TAGS, ATTRIBUTES),
                st.builds("</{}>".format, TAGS),
                st.text(max_size=30),
                st.sampled_from(PARAGRAPHS),
            ),
            max_size=60,
        )
    )
    return "".join(parts).encode("utf-8", "replace")


@given(st.one_of(markup(), st.binary(max_size=300)), st.sampled_from([URL, "https://news.example/"]))
@settings(deadline=None, max_examples=150)
def test_no_page_raises_anything_but_quarantine_and_all_come_out_the_same_twice(html: bytes, url: str) -> None:
    try:
        first = extract(html, url)
    except Quarantine:
        return
    assert extract(html, url) == first


@pytest.mark.parametrize("url", ["", "http://[", "mailto:x", "ftp://news.example/a", "https://"])
def test_an_address_that_is_no_web_page_is_rejected_whatever_the_page(url: str) -> None:
    with pytest.raises(Reject):
        extract(page(), url)


def test_short_paragraphs_of_a_dense_script_are_the_prose_of_their_page() -> None:
    told = [
        "港の事務所は四日、古い電話機を桟橋の下に十一台取り付け、毎時間の潮位を測り始めたと発表した。費用は市が負担する。",
        "観測値は公式の検潮所の値とよく一致しており、学校でも作れる装置になったと担当の技術者は話している。図面は無料だ。",
        "背景には検潮所の老朽化がある。昨年の春には三週間も止まり、漁協は手書きの表で出港の時刻を決めていたという。",
        "来年は湾の反対側にも同じ装置を置く予定で、部品はすでに倉庫にそろっている。設置は梅雨が明ける七月に始まる。",
    ]
    menu = "".join(f"<li><a href='/{name}/'>{name}</a></li>" for name in ("ニュース", "レビュー", "特集"))
    markup = (
        f"<html lang=ja><head><title>古い電話機が潮を測る - 潮の新聞</title></head><body><ul>{menu}</ul><div class=article>"
        f"<h1>古い電話機が潮を測る</h1><p class=date>2026年3月4日 15:22</p><div class=main>{''.join(f'<p>{text}</p>' for text in told)}</div>"
        "<div class=links><h2>関連記事</h2><ul><li><a href='/news/1580001.html'>桟橋が夜のうちに直された理由</a></li></ul></div></div></body></html>"
    )
    examined = examine(markup.encode(), URL)
    assert examined.text.reader is None
    assert examined.text.body == "\n\n".join(told)


@pytest.mark.parametrize("declared", ["en-US", "en-GB", "en"])
def test_the_language_has_no_region_before_classification_and_after(declared: str) -> None:
    content = page().replace(b'lang="en"', f'lang="{declared}"'.encode())
    article = extract(content, URL).article
    assert article is not None
    assert (article.language, classify(article).language) == ("en", "en")


@pytest.mark.parametrize(("declared", "month"), [("en-US", 3), ("en-GB", 4)])
def test_the_region_of_a_language_still_tells_day_from_month(declared: str, month: int) -> None:
    stated = b'<meta property="article:published_time" content="2026-05-04T09:30:00+02:00">'
    content = page().replace(b'lang="en"', f'lang="{declared}"'.encode()).replace(stated, b"")
    article = extract(content.replace(b"By Ann Author", b"By Ann Author, 3/4/2026"), URL).article
    assert article is not None
    assert article.published is not None
    assert article.published.month == month
