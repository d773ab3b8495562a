"""The section of an article by its trail of breadcrumbs."""

from __future__ import annotations

import pytest

from tests.extract.head import URL, ld, read

SITE = "https://www.harbour-post.example"
TITLE = "Old phones measure the tide"
HOME = ("Home", f"{SITE}/")
POST = ("Harbour Post", f"{SITE}/en/")
SCIENCE = ("Science", f"{SITE}/science")
SEA = ("The sea", f"{SITE}/science/sea/")
OWN = (TITLE, f"{URL}?utm_source=feed")
SHORT = ("Phones measure the tide", f"{SITE}/short/1")
HEAD = f"<title>{TITLE}</title><meta property='og:title' content='{TITLE}'>"


def stated(*crumbs: tuple[str, str | None]) -> str:
    items = [
        {"@type": "ListItem", "position": at, "name": name} | ({"item": url} if url else {})
        for at, (name, url) in enumerate(crumbs, 1)
    ]
    return ld({"@type": "BreadcrumbList", "itemListElement": items})


def shown(*crumbs: tuple[str, str | None], around: str = "<nav class='site-breadcrumbs'>{}</nav>") -> str:
    return around.format(" › ".join(f"<a href='{url}'>{name}</a>" if url else name for name, url in crumbs))


@pytest.mark.parametrize(
    ("crumbs", "section"),
    [
        ((HOME, SCIENCE, OWN), "Science"),
        ((HOME, SCIENCE, SEA, OWN), "The sea"),
        ((SCIENCE, OWN), "Science"),
        ((SCIENCE, SEA, OWN), "The sea"),
        ((SCIENCE, SEA), "The sea"),
        ((SCIENCE,), "Science"),
        ((HOME, SCIENCE), "Science"),
        ((POST, SCIENCE), "Science"),
        ((HOME, SCIENCE, (TITLE, None)), "Science"),
        ((HOME, SCIENCE, (TITLE, f"{SITE}/?p=7")), "Science"),
        ((HOME, SCIENCE, SHORT), "Science"),
        ((("Start", None), ("Science", None), (TITLE, None)), "Science"),
        ((HOME, OWN), None),
        ((HOME,), None),
        ((OWN,), None),
        ((("Science", None), (TITLE, None)), None),
        ((("Accueil", f"{SITE}/accueil"), OWN), None),
        ((), None),
    ],
)
def test_the_section_is_the_last_crumb_that_is_neither_the_article_nor_home(
    crumbs: tuple[tuple[str, str | None], ...], section: str | None
) -> None:
    assert read(HEAD + stated(*crumbs)).section == section


@pytest.mark.parametrize(
    ("markup", "section"),
    [
        (shown(HOME, SCIENCE, (TITLE, None)), "Science"),
        (shown(HOME, SCIENCE, OWN), "Science"),
        (shown(SCIENCE, SEA, around="<ol itemscope itemtype='https://schema.org/BreadcrumbList'>{}</ol>"), "The sea"),
        (shown(HOME, SCIENCE, around="<nav aria-label=Breadcrumb>{}</nav>"), "Science"),
        (shown(("Archive", f"{SITE}/science/2026"), around="<div id=breadcrumb>{}</div>"), "Archive"),
        (shown(("Subscribe", f"{SITE}/subscribe")), None),
        (shown(HOME, ("« Back to science", SCIENCE[1])), None),
        (shown(HOME), None),
        (shown(HOME, *[SCIENCE] * 12), None),
        (shown(HOME, SCIENCE, around="<nav class=menu>{}</nav>"), None),
    ],
)
def test_a_trail_that_is_shown_tells_where_none_is_stated(markup: str, section: str | None) -> None:
    assert read(HEAD, f"{markup}<h1>{TITLE}</h1>").section == section


def test_what_the_page_calls_its_section_comes_before_its_trail() -> None:
    head = HEAD + stated(HOME, SEA, OWN) + "<meta property='article:section' content='Science'>"
    assert read(head, shown(HOME, SEA)).section == "Science"
    assert read(HEAD + stated(HOME, SCIENCE, OWN), shown(HOME, SEA)).section == "Science"


def test_links_to_other_languages_are_no_crumbs() -> None:
    trail = "<nav class=breadcrumb><a href=/>Home</a> <a href=/science>Science</a> <a href=/es/x hreflang=es>Español</a></nav>"
    assert read(HEAD, trail).section == "Science"


def test_hostile_crumbs_are_survived() -> None:
    odd = [
        None,
        7,
        {"name": None},
        {"name": ["a"], "item": ["x"]},
        {"name": "b", "item": {"@id": 7}},
        {"item": "javascript:x"},
    ]
    assert read(HEAD + ld({"@type": "BreadcrumbList", "itemListElement": odd})).section in (None, "a", "b")
