"""Policies, imprints and sign-ins, and articles about them."""

from __future__ import annotations

import pytest

from pipelines.extract.deciding.page_type import decide
from pipelines.extract.metadata.metadata import metadata
from pipelines.extract.parsing.parse import parse
from pipelines.records import Decision, Kind
from tests.extract.deciding.judged import BODY, NEWS, SITE, STORY, judge, paragraphs


def headed(heading: str, url: str = STORY, title: str | None = None) -> Decision:
    """Judge a page with an article's text under another headline."""
    page = f"<html><head><title>{title or heading} - Harbour Post</title></head><body><h1>{heading}</h1>{paragraphs(BODY)}</body></html>"
    document = parse(page.encode())
    return decide(document, url, metadata(document, url), BODY)


@pytest.mark.parametrize(
    "heading",
    [
        "Privacy Policy",
        "Our Privacy & Cookie Policy",
        "Terms of Use",
        "Terms and Conditions",
        "Editorial guidelines",
        "Log in",
        "Datenschutzerklärung",
        "Impressum",
        "Mentions légales",
        "Política de privacidad",
        "Termini e condizioni",
        "Polityka prywatności",
        "Политика конфиденциальности",
        "プライバシーポリシー",
        "隐私政策",
        "سياسة الخصوصية",
    ],
)
def test_a_policy_is_no_article(heading: str) -> None:
    found = headed(heading)
    assert (found.article, found.kind) == (False, Kind.SERVICE)
    assert found.reason.startswith(f"a page of the site about itself ({heading!r}), with ")


@pytest.mark.parametrize(
    ("heading", "path"), [("Contact", "/contact/"), ("About us", "/about-us"), ("Kontakt", "/de/kontakt.html")]
)
def test_what_may_be_a_films_name_is_the_sites_page_at_its_address(heading: str, path: str) -> None:
    assert headed(heading, SITE + path).kind is Kind.SERVICE
    assert headed(heading, f"{SITE}/film/2026/03/{heading.lower().replace(' ', '-')}-a-review").article
    assert headed(heading, f"{SITE}/posts/{heading.lower().replace(' ', '-')}/").article


@pytest.mark.parametrize(
    "heading",
    [
        "Privacy policy of the port raises questions",
        "What the privacy policy does not say",
        "Terms of use – and what they hide",
        "Impressum: was hineingehört",
        "Cookies",
        "How to log in without a password",
    ],
)
def test_an_article_about_policies_is_one(heading: str) -> None:
    assert headed(heading).article


def test_an_article_that_says_so_may_be_headed_like_a_policy() -> None:
    assert judge(f"<h1>Terms of Use</h1>{paragraphs(BODY)}", BODY, ld=NEWS | {"headline": "Terms of Use"}).article
