"""The name of a site whose head declares none."""

from __future__ import annotations

import pytest

from tests.extract.head import read

TITLE = "<title>Old phones measure the tide | Field &amp; Fab</title>"
HEADING = "<h1>Old phones measure the tide</h1>"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"<a href='/'>Field &amp; Fab</a>{HEADING}", id="a link to the home page"),
        pytest.param(f"<a href='/en/'><img src='/l.png' alt='Field &amp; Fab logo'></a>{HEADING}", id="its picture"),
        pytest.param(f"<a href='/' aria-label='Field &amp; Fab'><svg></svg></a>{HEADING}", id="its label"),
        pytest.param(f"{HEADING}<footer>© 2026 Field &amp; Fab</footer>", id="the copyright"),
        pytest.param(
            f"{HEADING}{'<figcaption>© Ada Byron</figcaption>' * 30}<footer>COPYRIGHT 2026 Field &amp; Fab</footer>",
            id="the copyright below those of pictures",
        ),
    ],
)
def test_a_site_is_named_by_its_title_where_the_page_says_the_same(body: str) -> None:
    assert read(TITLE, body).site_name == "Field & Fab"
    assert read(TITLE + "<meta property='og:site_name' content='Fab'>", body).site_name == "Fab"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Field &amp; Fab: Old phones measure the tide", "Field & Fab"),
        ("Old phones measure the tide-Field &amp; Fab", "Field & Fab"),
        ("Old phones measure the tide - Science - Field &amp; Fab", "Field & Fab"),
        ("Old phones measure the tide | Science", None),
        ("Old phones measure the tide", None),
    ],
)
def test_the_name_of_a_site_is_what_its_title_adds_to_the_headline(title: str, name: str | None) -> None:
    assert read(f"<title>{title}</title>", f"<a href='/'>Field &amp; Fab</a>{HEADING}").site_name == name


@pytest.mark.parametrize(
    "body",
    [
        HEADING,
        f"<a href='/'>Home</a>{HEADING}",
        f"<a href='https://elsewhere.example/'>Field &amp; Fab</a>{HEADING}",
        f"<a href='/fab'>Field &amp; Fab</a>{HEADING}",
        f"<a href='/'>Field &amp; Fab and thirty other papers</a>{HEADING}",
    ],
)
def test_what_a_title_adds_is_no_name_where_nothing_says_the_same(body: str) -> None:
    assert read(TITLE, body).site_name is None
