"""A text is cut where a wall right behind it says that reading goes on there; a box below a whole text is none."""

from __future__ import annotations

import pytest

from pipelines.extract.claims.evidence import Evidence
from pipelines.extract.cutting.blocks import outline
from pipelines.extract.metadata.access import access, stated
from pipelines.extract.parsing.parse import parse
from pipelines.records import Access
from tests.extract.head import ld

TEXT = "The harbour office has mounted eleven phones under its pier. They measure the tide."
OPEN = "The harbour office has mounted eleven phones under its pier. They measure"
ASKING = "Subscribe to continue reading"


def told(behind: str, *, text: str = TEXT, claimed: Access = Access.FREE) -> Access:
    """What a reader gets of a page whose body is one paragraph with `behind` right behind it."""
    document = parse(f"<main><article><p id='end'>{text}</p>{behind}</article></main>".encode())
    blocks = outline(document.tree).blocks
    at = next(at for at, block in enumerate(blocks) if block.container.element.get("id") == "end")
    return access(Evidence(document, "https://harbour-post.example/tide"), text, claimed, blocks[at : at + 3])


@pytest.mark.parametrize(
    "wall",
    [
        f"<div class='paywall'><h2>{ASKING}</h2><p>Already a subscriber? <a href='/in'>Log in</a></p></div>",
        "<div id='paywall-box'><p>This article is reserved for our subscribers.</p></div>",
        "<aside class='gh-post-upgrade-cta'><h2>This post is for paying subscribers only</h2></aside>",
        "<div class='paywall'><h3>Jetzt weiterlesen mit Plus</h3></div>",
        "<div class='paywall'><p>Il vous reste 71% de cet article à lire.</p></div>",
        "<div class='paywall'><p>Para seguir leyendo, suscríbete.</p></div>",
        "<div class='paywall'><p>Per continuare a leggere, abbonati.</p></div>",
        "<div class='paywall'><p>Log in om verder te lezen.</p></div>",
        "<div class='paywall'><p>Pozostało do przeczytania 65%</p></div>",
        "<div class='paywall'><p>Чтобы читать дальше, оформите подписку.</p></div>",
        "<div class='paywall'><p>この記事は有料会員限定です</p><p>残り1200文字</p></div>",
        "<div class='paywall'><p>订阅后可继续阅读</p></div>",
        "<div class='paywall'><p>유료회원 전용 기사입니다</p></div>",
        f"<div>Share</div><div class='paywall'>{ASKING}</div>",
    ],
)
def test_a_wall_right_behind_the_text_cuts_it(wall: str) -> None:
    assert {told(wall, claimed=claimed) for claimed in Access} == {Access.CUT}


@pytest.mark.parametrize(
    "box",
    [
        "<div class='paywall'><h2>Subscribe to the Harbour Post</h2><p>Unlimited access for £1 a week.</p></div>",
        f"<div class='offer'><h2>{ASKING}</h2></div>",
        f"<p>Ferry</p><p>Tide</p><p>Pier</p><div class='paywall'>{ASKING}</div>",
        f"<div class='paywall-modal'>{ASKING}</div>",
        f"<div class='paywall' hidden>{ASKING}</div>",
        f"<div style='display: none'><div class='paywall'>{ASKING}</div></div>",
        f"<div class='paywall' aria-hidden='true'>{ASKING}</div>",
        "<div class='paywall'>Subscribe now to keep reading and get access to the full archive.</div>",
        "",
    ],
)
def test_a_box_below_a_whole_text_leaves_it_free(box: str) -> None:
    assert told(box) is Access.FREE
    assert told(box, claimed=Access.METERED) is Access.METERED


def test_what_is_around_the_text_too_is_no_wall() -> None:
    document = parse(f"<article class='paywall'><p>{TEXT}</p><p>{ASKING}</p></article>".encode())
    ending = outline(document.tree).blocks
    assert access(Evidence(document, "https://harbour-post.example/tide"), TEXT, Access.FREE, ending) is Access.FREE


def test_a_text_that_ends_in_the_middle_is_cut_by_a_wall_of_whatever_name() -> None:
    assert told(f"<div class='offer'><h2>{ASKING}</h2></div>", text=OPEN) is Access.CUT
    assert told("<div class='offer'><h2>Subscribe to the Harbour Post</h2></div>", text=OPEN) is Access.FREE


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        (({"@type": "WebPage", "isAccessibleForFree": False},), Access.PAYWALLED),
        (({"@type": "WebPage", "isAccessibleForFree": True},), Access.FREE),
        (({"@type": "WebSite", "isAccessibleForFree": False},), Access.FREE),
        (
            ({"@type": "NewsArticle", "isAccessibleForFree": True}, {"@type": "WebPage", "isAccessibleForFree": False}),
            Access.FREE,
        ),
    ],
)
def test_the_page_s_own_object_tells_where_the_article_s_does_not(
    objects: tuple[object, ...], expected: Access
) -> None:
    page = f"<html><head>{ld(*objects)}</head><body></body></html>"
    assert stated(Evidence(parse(page.encode()), "https://harbour-post.example/tide")) is expected
