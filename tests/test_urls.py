from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pipelines import urls
from pipelines.errors import Reject

PLAIN = "https://www.example.com/2026/11/chips-are-late"

any_url = st.builds(
    lambda scheme, host, path, query: f"{scheme}://{host}/{path}?{query}",
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["example.com", "WWW.Example.com", "m.example.com:80", "amp.example.com:8443", "bücher.example"]),
    st.text(alphabet="aZ09/.%;=-_~ é+", max_size=30),
    st.text(alphabet="aZ09&=;%+ é_", max_size=30),
)


@given(any_url)
@example("https://example.com/a;sid=1;sid=2")
@example("https://example.com/amp/amp/")
@example("https://example.com/?b&a=%83%51&b=")
@example("https://example.com/?=&&+=%")
def test_normalising_twice_changes_nothing(url: str) -> None:
    try:
        once = urls.normalise(url)
    except Reject:
        assume(False)
    assert urls.normalise(once) == once
    assert urls.article_id(once) == urls.article_id(url)


@given(st.from_regex(r"https?://[a-z0-9-]{1,8}(\.[a-z0-9-]{1,8}){1,3}/[a-zA-Z0-9/._~-]{0,20}", fullmatch=True))
def test_a_url_that_is_taken_as_it_is_would_be_given_the_same_form(url: str) -> None:
    once = urls.normalise(url)
    assert urls.normalise(f"{once}#part") == once  # a fragment is taken off by the long way


@pytest.mark.parametrize(
    "other",
    [
        "http://example.com/2026/11/chips-are-late/",
        "https://m.example.com/2026/11/chips-are-late",
        "https://amp.example.com/2026/11/chips-are-late",
        "https://www.example.com/amp/2026/11/chips-are-late",
        "https://www.example.com/2026/11/chips-are-late/amp/",
        "https://www.example.com/2026/11/chips-are-late?amp",
        "https://www.example.com/2026/11/chips-are-late?amp=1&utm_source=feed&utm_medium=rss",
        "https://www.example.com/2026/11/chips-are-late?outputType=amp",
        "https://www.example.com/2026/11/chips-are-late/print",
        "https://www.example.com/2026/11/chips-are-late?print=true",
        "https://www.example.com/2026/11/chips-are-late;jsessionid=0AF3?fbclid=x#comments",
        "https://www.example.com:443/2026/11/./chips-are-late",
        "https://mobile.example.com/mobile/2026/11/chips-are-late",
        "https://www.example.com/print/2026/11/chips-are-late/",
        "https://www.example.com/2026/11/chips-are-late/index.html",
        "https://www.example.com/2026/11/chips-are-late?PHPSESSID=12ab&sessionid=9",
        "https://www.example.com/2026/11/chips-are-late?utm_campaign=a&utm_content=b&gclid=c&mc_cid=d",
        "https://www.example.com/2026/11/chips-are-late?AMP=true&mobile=0",
        "https://www.example.com/2026/11/chips-are-late?printable=yes",
        "https://www.example.com/2026/11/chips-are-late?view=print&output=amp",
        "https://www.example.com/2026/11/chips-are-late?view=comments",
        "https://www.example.com/2026/11/chips-are-late?output=desktop",
        "https://www.example.com/2026/11/chips-are-late?ref=nl-home&source=",
        "https://www.example.com/2026/11/chips-are-late?source=post_page-----ceb9a4f656d7--------------",
        "https://www.example.com/2026/11/chips-are-late?source=Los%20Angeles%20Times",
        "https://www.example.com/2026/11/chips-are-late?ref=herald.example&referrer=%2Fnews%2Ftech",
    ],
)
def test_every_dress_of_an_article_is_one_article(other: str) -> None:
    assert urls.article_id(other) == urls.article_id(PLAIN)


@pytest.mark.parametrize(
    "other",
    [
        "https://www.example.com/2026/11/chips-are-late-again",
        "https://www.example.com/2026/11/chips-are-late?page=2",
        "https://blog.example.com/2026/11/chips-are-late",
        "https://www.example.com/story?id=1",
    ],
)
def test_another_article_is_another(other: str) -> None:
    assert urls.article_id(other) != urls.article_id(PLAIN)


@pytest.mark.parametrize(
    "query",
    [
        "{}",
        "{}=",
        "view={}",
        "source={}",
        "output={}",
        "outputType={}",
        "print={}",
        "ref={}",
        "ref=story-{}",
        "amp={}",
        "a&{}",
    ],
)
def test_a_number_in_a_query_names_the_article_whatever_it_is_called(query: str) -> None:
    one, other = (f"https://www.example.com/read.php?{query.format(number)}" for number in (1001, 1002))
    assert urls.article_id(one) != urls.article_id(other)
    assert urls.article_id(one) != urls.article_id("https://www.example.com/read.php")


def test_fields_of_a_form_left_empty_tell_no_articles_apart() -> None:
    assert urls.article_id("https://e.example/view?idx=8576&find=&day=") == urls.article_id(
        "https://e.example/view?idx=8576"
    )
    assert urls.article_id("https://e.example/view?1001=") == urls.article_id("https://e.example/view?1001")


@pytest.mark.parametrize(
    ("query", "requested"),
    [
        ("tag=%83%51%81%5B%83%80", "tag=%83Q%81%5B%83%80"),  # Shift_JIS
        ("q=%BB%EF%BC%BA&a=%FF", "a=%FF&q=%BB%EF%BC%BA"),  # EUC-KR
        ("123", "123"),
        ("123=", "123="),
        ("b&a&b=&b=1", "a&b&b=&b=1"),
        ("q=ü b&r=a+b/c", "q=%C3%BC+b&r=a+b%2Fc"),
        ("utm_source&id=%32&%75tm_medium=x", "id=2"),
        ("a\nb=1#?c", "ab=1"),
    ],
)
def test_the_bytes_of_a_query_are_requested_as_they_were_linked(query: str, requested: str) -> None:
    assert urls.normalise(f"https://news.example/list?{query}") == f"https://news.example/list?{requested}"
    assert urls.absolute("https://news.example/", f"/list?{query}") == f"https://news.example/list?{requested}"


@pytest.mark.parametrize(
    "declared",
    [
        None,
        "",
        "https://www.example.com/",
        "https://www.example.com/index.html",
        "https://www.example.com/en/",
        "https://www.example.com/2026/",
        "/2026/11",
        "https://other.example.org/story",
        "javascript:void(0)",
        "http://[",
        "mailto:a@b.c",
    ],
)
def test_a_canonical_trap_leaves_the_page_its_own_address(declared: str | None) -> None:
    assert urls.canonical(PLAIN, declared) == PLAIN


@pytest.mark.parametrize(
    "own",
    [
        f"{PLAIN}?ref=home",
        f"{PLAIN}/amp",
        f"{PLAIN}/page/2",
        "https://m.example.com/x/chips-are-late",
        "http://www.example.com/?p=1234",
    ],
)
def test_a_canonical_address_on_the_same_site_is_believed(own: str) -> None:
    assert urls.canonical(own, PLAIN + "?utm_source=x#top") == PLAIN


def test_a_short_canonical_address_is_no_section() -> None:
    assert urls.canonical("https://www.example.com/ai/index.php?story=1", "/ai/") == "https://www.example.com/ai/"
    assert urls.canonical("https://www.example.com/", "https://www.example.com/en/") == "https://www.example.com/en/"
    assert urls.canonical(f"{PLAIN}/print", PLAIN) == PLAIN


@pytest.mark.parametrize(
    ("declared", "origin"),
    [
        ("https://wire.example.org/story-1", "https://wire.example.org/story-1"),
        ("https://wire.example.org/", None),
        ("https://wire.example.org/en/index.html", None),
        ("/2026/11/chips-are-late", None),
        ("https://m.example.com/2026/11/chips-are-late", None),
        ("not a url at all", None),
        (None, None),
    ],
)
def test_a_canonical_address_on_another_site_names_where_a_text_comes_from(
    declared: str | None, origin: str | None
) -> None:
    assert urls.syndicated(PLAIN, declared) == origin


def test_an_address_that_grows_too_long_when_encoded_is_followed_nowhere() -> None:
    link = "/" + "港" * 900
    assert len(link) < urls.MAX_LENGTH
    assert urls.absolute(PLAIN, link) is None
    with pytest.raises(Reject, match="once encoded"):
        urls.normalise(f"https://harbour-post.example{link}")


LINKS = st.lists(
    st.sampled_from(["/", ".", "a", "-b", "_c", "~", "?", "#", ";", "=", "&", "%20", ":", "//"]), max_size=8
)


@given(st.sampled_from(["", "https://wire.example.org/", "http://wire.example.org", "/"]), LINKS.map("".join))
def test_a_link_is_resolved_as_the_standard_library_does(start: str, rest: str) -> None:
    try:
        expected = urls.absolute(PLAIN, urljoin(PLAIN, start + rest))
    except ValueError:
        expected = None
    assert urls.absolute(PLAIN, start + rest) == expected
    picture = urls.verbatim(PLAIN, start + rest)
    assert picture is None or picture == urljoin(PLAIN, start + rest)


@pytest.mark.parametrize("name", ["a b", 'a"b', "a<b>", "a%20b", "a|b", "a^b"])
def test_what_no_host_is_named_is_no_url(name: str) -> None:
    assert urls.absolute("https://harbour-post.example/", f"http://{name}/x-y") is None
    assert urls.verbatim("https://harbour-post.example/", f"http://{name}/x.png") is None


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/b.png?z=1&a=%2F&sig=A+b==#f", "https://harbour-post.example/b.png?z=1&a=%2F&sig=A+b==#f"),
        ("http://[::1]:8080/b.png", "http://[::1]:8080/b.png"),
        ('/"><script>x|y z.png', "https://harbour-post.example/%22%3E%3Cscript%3Ex%7Cy%20z.png"),
        ('/b.png?a="><b>#"><b>', "https://harbour-post.example/b.png?a=%22%3E%3Cb%3E#%22%3E%3Cb%3E"),
        ("https://hafen-münchen.example/ä.png", "https://xn--hafen-mnchen-jlb.example/%C3%A4.png"),
        ("http://a.example:99999/ü.png", None),
        ("javascript:alert(1)", None),
        ("https://[a/b.png", None),
        pytest.param("/" + "ü" * 1_000, None, id="too long"),
    ],
)
def test_an_address_kept_as_it_stands_holds_nothing_that_no_url_may_hold(link: str, expected: str | None) -> None:
    assert urls.verbatim("https://harbour-post.example/a/b", link) == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("#closing", "https://harbour-post.example/a/b#closing"),
        ("https://tide.example/Ice?utm_source=b#Flow", "https://tide.example/Ice#Flow"),
        ("x.py#L10-L20", "https://harbour-post.example/a/x.py#L10-L20"),
        ("/p#ä b<", "https://harbour-post.example/p#%C3%A4%20b%3C"),
        ("#", "https://harbour-post.example/a/b"),
        ("mailto:ada@harbour-post.example#x", None),
    ],
)
def test_a_link_in_a_text_keeps_the_place_that_it_names(link: str, expected: str | None) -> None:
    assert urls.place("https://harbour-post.example/a/b?utm_medium=feed", link) == expected
