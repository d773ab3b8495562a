"""What a page itself announces as other articles never stays in the body, whatever the model makes of it."""

from __future__ import annotations

import html

import numpy as np
import pytest

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.judging.model import Verdicts, load
from pipelines.extract.parsing.parse import parse
from pipelines.extract.selecting.announced import announced

PROSE = "The hall opened on Monday with forty racks and a queue that reached the harbour, said the operator."
LINK = '<a href="/other-{0}">The other article number {0} of this week</a>'
SHAPES = {
    "list": "<ul>" + "".join(f"<li>{LINK.format(n)}<p>It starts and is cut in the</p></li>" for n in "123") + "</ul>",
    "bare list": "<ul>" + "".join(f"<li>{LINK.format(n)}</li>" for n in "123") + "</ul>",
    "cards": "".join(f"<div><h4>{LINK.format(n)}</h4><p>It starts and is cut in the</p></div>" for n in "123"),
    "paragraphs": "".join(f"<p>{LINK.format(n)}</p>" for n in "123"),
}


def judged_all_body(markup: str) -> tuple[list[str], list[bool], list[str]]:
    """Texts of a page's blocks, which stay in the body, and their roles, where the model gives all to the body."""
    model = load()
    found = outline(parse(f"<html><body><article>{markup}</article></body></html>".encode(), None).tree)
    size = len(found.blocks)
    roles = np.zeros((size, len(model.roles)), np.float32)
    roles[:, model.roles.index("body")] = 1
    verdicts = announced(found, Verdicts(np.ones(size, np.float32), roles), model, "https://news.example/hall")
    texts = [block.text for block in found.blocks]
    return texts, (verdicts.body > 0.5).tolist(), [model.roles[at] for at in verdicts.roles.argmax(axis=1)]


@pytest.mark.parametrize(
    "heading", ["Explore more", "Lesen Sie auch", "À lire aussi", "Te puede interesar", "関連記事"]
)
@pytest.mark.parametrize("shape", SHAPES)
def test_an_announced_block_leaves_the_body(heading: str, shape: str) -> None:
    texts, kept, _ = judged_all_body(f"<p>{PROSE}</p><h3>{heading}</h3>{SHAPES[shape]}<p>{PROSE} It closes at six.</p>")
    assert [text for text, keep in zip(texts, kept, strict=True) if keep] == [PROSE, f"{PROSE} It closes at six."]


@pytest.mark.parametrize("marker", ["READ MORE:", "Read also:", "Lesen Sie auch:"])
def test_an_inline_teaser_leaves_the_body(marker: str) -> None:
    _, kept, roles = judged_all_body(f"<p>{PROSE}</p><p><b>{marker}</b> {LINK.format(1)}</p><p>{PROSE}</p>")
    assert kept == [True, False, True]
    assert roles[1] == "inline_teaser"


@pytest.mark.parametrize(("said", "told"), [("promo", "teaser"), ("chrome", "chrome")])
def test_links_under_a_heading_the_model_knows_are_teasers_where_it_takes_them_for_promotion(
    said: str, told: str
) -> None:
    model = load()
    markup = f"<p>{PROSE}</p><h3>Related articles</h3><p>{LINK.format(1)}</p><p>{LINK.format(2)}</p>"
    found = outline(parse(f"<html><body><article>{markup}</article></body></html>".encode(), None).tree)
    roles = np.zeros((4, len(model.roles)), np.float32)
    for at, role in enumerate(("body", "teaser_heading", said, said)):
        roles[at, model.roles.index(role)] = 1
    before = Verdicts(np.array([1, 0, 0, 0], np.float32), roles)
    after = announced(found, before, model, "https://news.example/hall")
    assert [model.roles[at] for at in after.roles.argmax(axis=1)] == ["body", "teaser_heading", told, told]


def test_a_marker_of_an_unknown_language_shows_by_standing_before_several_headlines() -> None:
    marked = [f"<p>Izu nofa talu | {LINK.format(number)}</p>" for number in "123"]
    _, kept, roles = judged_all_body(f"<p>{PROSE}</p>".join(marked))
    assert kept == [False, True, False, True, False]
    assert roles[::2] == ["inline_teaser"] * 3
    _, kept, _ = judged_all_body(f"<p>{PROSE}</p>".join(marked[:2]))
    assert all(kept)


def test_a_paragraph_that_is_one_link_to_another_article_leaves_the_body() -> None:
    _, kept, roles = judged_all_body(f"<p>{PROSE}</p><p>{LINK.format(1)}</p><p>{PROSE}</p>")
    assert kept == [True, False, True]
    assert roles[1] == "inline_teaser"


@pytest.mark.parametrize("arrow", ["→ ", ">> ", "➡️", "👉 "])
def test_an_arrow_marks_a_headline_whose_address_is_short(arrow: str) -> None:
    link = '<a href="/2026/04/old-pier">Why the old pier is closed</a>'
    lines = f"<p>{html.escape(arrow)}{link}</p><p>{link}</p><p>→ {link.replace('/2026', 'https://other.example')}</p>"
    _, kept, roles = judged_all_body(f"<p>{PROSE}</p>{lines}<p>→ <a href='#top-of-page'>Back to the top of it</a></p>")
    assert kept == [True, False, True, True, True]
    assert roles[1] == "inline_teaser"


@pytest.mark.parametrize(
    "markup",
    [
        f"<h3>Explore more</h3><p>{PROSE}</p>",
        f"<h3>Explore more</h3><div><h4>{LINK.format(1)}</h4><p>{PROSE * 4}</p></div>",
        '<h3>What the sketches show</h3><p><a href="https://museum.example/a-b-c-d">The sketches of the hall itself</a></p>',
        '<p><a href="/the-hall-in-ten-pictures">Ten pictures of the hall show how it grew from a shed.</a></p>',
        f"<p>Read more: the report says that {LINK.format(1)} is wrong in nearly every one of its figures.</p>",
    ],
)
def test_prose_stays_where_nothing_is_announced(markup: str) -> None:
    _, kept, _ = judged_all_body(f"<p>{PROSE}</p>{markup}")
    assert all(kept)


def test_the_button_of_a_card_announces_nothing() -> None:
    """A buyer's guide, each of whose products links to its shop."""
    cards = "".join(
        f"<div class=card><h2>{LINK.format(n)}</h2><p>It is small and quick.</p><div><a href=/b>Read more</a></div></div>"
        for n in "123"
    )
    _, kept, _ = judged_all_body(f"<p>{PROSE}</p>{cards}")
    assert all(kept)


def test_a_heading_announces_nothing_beyond_its_section() -> None:
    section = f"<h2>{LINK.format(3)}</h2><p>It is small and quick.</p>"
    teasers = f"<h4>More on the hall:</h4><ul><li>{LINK.format(1)}</li><li>{LINK.format(2)}</li></ul>"
    _, kept, _ = judged_all_body(f"<div><p>{PROSE}</p>{teasers}</div><div>{section}</div>")
    assert kept == [True, False, False, False, True, True]


@pytest.mark.parametrize(
    ("card", "headline", "kept"),
    [
        (f"<div><i>News</i><h4>{LINK.format(1)}</h4><p>{PROSE * 4}</p></div>", "teaser", False),
        (f"<div><i>News</i><h4>{LINK.format(1)}</h4><p>{PROSE * 4}</p></div>", "body", True),
        (f"<i>News</i><h4>{LINK.format(1)}</h4><p>{PROSE * 4}</p>", "teaser", True),
        (f"<div><i>News</i><h4>The other article of this week</h4><p>{PROSE * 4}</p></div>", "teaser", True),
        (f'<div><i>News</i><h4><a href="https://museum.example/a-b-c-d">The hall in ten pictures</a></h4><p>{PROSE}</p></div>', "teaser", True),
    ],
    ids=["in a card", "under a section's heading", "in no card", "under no link", "of another site"],
)  # fmt: skip
def test_a_blurb_goes_with_the_headline_above_it_in_its_card(card: str, headline: str, kept: bool) -> None:
    model = load()
    markup = f"<p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p>{card}"
    found = outline(parse(f"<html><body><article>{markup}</article></body></html>".encode(), None).tree)
    said = ["body", "body", "body", "teaser", headline, "body"]
    roles = np.zeros((len(said), len(model.roles)), np.float32)
    roles[range(len(said)), [model.roles.index(role) for role in said]] = 1
    body = np.array([role == "body" for role in said], np.float32)
    verdicts = announced(found, Verdicts(body, roles), model, "https://news.example/hall")
    assert bool(verdicts.body[-1] > 0.5) is kept
    assert model.roles[verdicts.roles[-1].argmax()] == ("body" if kept else "teaser")
    assert (verdicts.body[:3] > 0.5).all()


def test_a_row_of_headlines_in_one_block_is_teasers_though_the_model_drops_it() -> None:
    model = load()
    row = "<div>" + "".join(f'<a href="/2026/other-{n}"><span>Another article of this week</span></a>' for n in "1234")
    found = outline(parse(f"<html><body><p>{PROSE}</p>{row}</div></body></html>".encode(), None).tree)
    roles = np.zeros((2, len(model.roles)), np.float32)
    verdicts = announced(found, Verdicts(np.zeros(2, np.float32), roles), model, "https://news.example/hall")
    assert model.roles[verdicts.roles[1].argmax()] == "teaser"
    assert not verdicts.roles[0].any()


@pytest.mark.parametrize("lead", ["<b>Related</b>", "<b>関連記事</b><br>", "En News |", "On news:"])
def test_a_headline_behind_a_heading_or_the_name_of_the_site_leaves_the_body(lead: str) -> None:
    _, kept, roles = judged_all_body(f"<p>{PROSE}</p><p>{lead} {LINK.format(1)}</p><p>{PROSE}</p>")
    assert kept == [True, False, True]
    assert roles[1] == "inline_teaser"


def test_a_headline_behind_other_words_or_on_another_site_stays() -> None:
    other = LINK.format(1).replace("/other-1", "https://other.example/chips/why-it-is-so-late")
    for line in (f"Related {other}", f"En Hall | {LINK.format(1)}"):
        assert judged_all_body(f"<p>{PROSE}</p><p>{line}</p><p>{PROSE}</p>")[1] == [True, True, True]


def test_the_day_behind_a_headline_hides_it_from_no_list() -> None:
    items = "".join(
        f"<li><a href='/docs/news/158000{n}.html'>桟橋が夜のうちに直された理由</a><span>（2026年2月11日）</span></li>"
        for n in "123"
    )
    _, kept, _ = judged_all_body(f"<p>{PROSE}</p><h2>関連記事</h2><ul>{items}</ul>")
    assert kept == [True, False, False, False, False]
