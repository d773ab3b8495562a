from __future__ import annotations

from pipelines.extract import extract
from pipelines.records import Kind
from tests.extract.test_article import PARAGRAPHS

URL = "https://harbour-post.example/2026/03/old-phones-measure-the-tide.html"
TITLES = ("Old phones measure the tide", "The ferry sails on hydrogen now", "A school builds its own weather station")
PATHS = ("/2026/03/04/old-phones", "/2026/03/03/ferry", "/2026/03/02/weather-station")
OWN = tuple(
    tuple(f"{sentence} So it was told at {place}, where people had waited for the news." for sentence in PARAGRAPHS)
    for place in ("the pier", "the quay", "the school")
)


def page(*, linked: bool = True, first: bool = True, tag: str = "article", intro: str = "") -> bytes:
    """Give a page with three whole articles, each under its own headline."""
    parts = []
    for number, (title, path, own) in enumerate(zip(TITLES, PATHS, OWN, strict=True)):
        link = linked and (first or number > 0)
        headline = f"<a href='{path}'>{title}</a>" if link else title
        parts.append(f"<{tag} class='hentry'><h2>{headline}</h2>{''.join(f'<p>{line}</p>' for line in own)}</{tag}>")
    return f"""<!doctype html><html lang="en"><head><title>{TITLES[0]} - Harbour Post</title>
    <meta property="og:type" content="article"><meta property="article:published_time" content="2026-03-04T09:30:00Z">
    <meta name="author" content="Ada Byron"></head><body><nav><a href="/">Home</a></nav>
    <main>{intro}{"".join(parts)}</main><footer><p>© Harbour Post. All rights reserved.</p></footer></body></html>""".encode()


def test_of_several_articles_the_first_is_kept_and_the_others_are_candidates() -> None:
    found = extract(page(), URL)
    assert (found.decision.article, found.decision.kind) == (True, Kind.SEVERAL)
    assert found.decision.reason.startswith("the first of 3 articles on the page")
    assert found.article is not None
    assert found.article.title == TITLES[0]
    assert found.article.body == "\n\n".join(OWN[0])
    assert found.article.canonical_url == f"https://harbour-post.example{PATHS[0]}"
    assert [(teaser.url, teaser.title) for teaser in found.teasers] == [
        (f"https://harbour-post.example{path}", title) for path, title in zip(PATHS[1:], TITLES[1:], strict=True)
    ]


def test_the_first_may_be_the_page_itself_and_entries_need_no_article_element() -> None:
    found = extract(page(first=False, tag="div"), URL)
    assert found.decision.kind is Kind.SEVERAL
    assert found.article is not None
    assert found.article.canonical_url == URL
    assert found.article.body == "\n\n".join(OWN[0])


def test_an_article_whose_sections_call_themselves_articles_is_one() -> None:
    found = extract(page(linked=False), URL)
    assert found.decision.kind is Kind.ARTICLE
    assert found.article is not None
    assert OWN[2][0] in found.article.body


def test_an_article_that_introduces_its_parts_is_one() -> None:
    intro = "".join(
        f"<p>{line} Three stories of one harbour town, told by those who were there.</p>" for line in PARAGRAPHS
    )
    found = extract(page(intro=f"<h1>Three stories of a harbour</h1>{intro}"), URL)
    assert found.decision.kind is Kind.ARTICLE


def test_the_entries_of_a_live_blog_are_one_article() -> None:
    found = extract(page(), "https://harbour-post.example/live/2026/03/the-tide")
    assert found.decision.kind is Kind.LIVE


def hub(lines: tuple[str, ...], between: str = "") -> bytes:
    """Give a page at an article's address whose text is headlines of other pages, each with some lines."""
    parts = "".join(
        f"<h3><a href='/2026/05/0{number}/story-of-the-harbour'>Another story of the harbour, number {number}</a></h3>"
        + "".join(f"<p>{line} This was number {number}.</p>" for line in lines)
        for number in range(1, 7)
    )
    return f"""<!doctype html><html lang="en"><head><title>All about the tide - Harbour Post</title>
    <meta property="og:type" content="article"><meta property="article:published_time" content="2026-03-04T09:30:00Z">
    <meta name="author" content="Ada Byron"></head><body><article><h1>All about the tide</h1>
    <div class="article-body">{between}{parts}</div></article></body></html>""".encode()


def test_a_page_of_openings_of_other_articles_is_an_index() -> None:
    found = extract(hub(PARAGRAPHS[:1]), URL)
    assert (found.decision.article, found.decision.kind) == (False, Kind.INDEX)
    assert found.decision.reason == "6 headlines of other pages, each with its opening"


def test_a_digest_that_tells_each_story_in_full_is_an_article() -> None:
    assert extract(hub(PARAGRAPHS[:3]), URL).decision.article


def news(*counts: int, tag: str = "article") -> bytes:
    """Give a page of short news, each under a linked headline, with so many paragraphs."""
    parts = "".join(
        f"<{tag}><h2><a href='{path}'>{title}</a></h2>"
        + "".join(f"<p>{line}</p>" for line in own[:count])
        + f"</{tag}>"
        for count, title, path, own in zip(counts, TITLES, PATHS, SHORT, strict=True)
    )
    return f"""<!doctype html><html lang="en"><head><title>Three things today - Harbour Post</title>
    <meta property="og:type" content="article"><meta property="article:published_time" content="2026-03-04T09:30:00Z">
    <meta name="author" content="Ada Byron"></head><body><main><h1>Three things today</h1>{parts}</main></body></html>""".encode()


SHORT = tuple(
    tuple(f"{sentence} So it was told at {place}." for sentence in PARAGRAPHS)
    for place in ("the pier", "the quay", "school")
)


def test_short_news_under_linked_headlines_are_an_index() -> None:
    for page in (news(1, 1, 1), news(2, 1, 2), news(1, 2, 1, tag="div")):
        found = extract(page, URL)
        assert (found.decision.article, found.decision.kind) == (False, Kind.INDEX)


def test_sections_that_link_to_longer_stories_are_one_article() -> None:
    found = extract(news(2, 2, 2, tag="div"), URL)
    assert found.decision.kind is Kind.ARTICLE


HEADLINES = (
    "Old phones measure the tide at the pier",
    "The ferry sails on hydrogen from May on",
    "A school builds its own weather station",
    "Pilots train on a bridge of cardboard",
    "Harbour lamps count the bicycles below",
    "Who owns the cable under the sea?",
    "Divers mend the old lock by hand",
)


def archive(head: str = "", own: str = "") -> bytes:
    """Give a page of cards, each with headline, byline, opening and a link to go on."""
    entries = "".join(
        f"<article class='post hentry'><h2 class='entry-title'><a href='/2026/05/0{number}/story'>{title}</a></h2>"
        f"<div class='entry-meta'><time datetime='2026-05-0{number + 1}'>May {number + 1}, 2026</time> by <a href='/author/ada/'>Ada</a></div>"
        f"<div class='entry-summary'><p>{PARAGRAPHS[number % len(PARAGRAPHS)]} […]</p></div>"
        f"<a class='more-link' href='/2026/05/0{number}/story'>Continue reading</a></article>"
        for number, title in enumerate(HEADLINES)
    )
    return f"""<!doctype html><html lang="en"><head><title>May 2026 - Harbour Post</title>{head}</head><body>
    <header><a href="/">Harbour Post</a></header><main>{own or "<h1>May 2026</h1>"}{entries}</main>
    <footer><p>© Harbour Post</p></footer></body></html>""".encode()


def test_a_text_that_stands_in_the_cards_of_others_is_an_index() -> None:
    found = extract(archive(), "https://harbour-post.example/stories/may")
    assert (found.decision.article, found.decision.kind) == (False, Kind.INDEX)
    assert found.decision.reason.startswith("a text of nothing but links to ")


def test_a_declared_brief_above_such_cards_is_an_article() -> None:
    claim = '{"@type": "NewsArticle", "headline": "The ferry sails again", "datePublished": "2026-05-04"}'
    brief = f"<article><h1>The ferry sails again</h1><p>{PARAGRAPHS[0]}</p></article>"
    head = f"<script type='application/ld+json'>{claim}</script>"
    assert extract(archive(head, brief), URL).decision.article


def test_an_article_of_some_length_above_such_cards_is_one() -> None:
    text = "".join(f"<p>{line}</p>" for line in OWN[0])
    assert extract(archive(own=f"<article><h1>Old phones</h1>{text}</article>"), URL).decision.kind is Kind.ARTICLE


def lines(link: str = "/2026/05/12/{}", after: str = "") -> bytes:
    """Give a page of headlines, a line each with the time of day."""
    entries = "".join(
        f"<li><a href='{link.format(f'{number}-{title.lower().replace(chr(32), chr(45))}')}'>{title}</a> <span>1{number}:30</span>{after}</li>"
        for number, title in enumerate(HEADLINES * 2)
    )
    return f"""<!doctype html><html lang="en"><head><title>News of May 12, 2026 - Harbour Post</title></head><body>
    <header><a href="/">Harbour Post</a></header><main><h1>News of May 12, 2026</h1><ul>{entries}</ul></main></body></html>""".encode()


DAY = "https://harbour-post.example/news/2026/05/12"


def test_a_text_of_nothing_but_headlines_is_an_index() -> None:
    found = extract(lines(), DAY)
    assert (found.decision.article, found.decision.kind) == (False, Kind.INDEX)


def test_a_list_of_what_others_wrote_with_a_word_on_each_is_an_article() -> None:
    said = f" {PARAGRAPHS[0]}"
    assert extract(lines("https://{}.example/story", after=said), DAY).decision.article
    assert extract(lines(after=said), DAY).decision.article
