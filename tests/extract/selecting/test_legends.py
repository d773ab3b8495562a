"""Captions of figures without a picture, which are text of the body."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.extract import extract
from pipelines.extract.cutting.blocks import outline
from pipelines.extract.judging.model import Verdicts, load
from pipelines.extract.markdown.markdown import markdown
from pipelines.extract.parsing.parse import parse
from pipelines.extract.selecting.body import select
from tests.extract.test_article import PARAGRAPHS

TABLE = "<table><tr><th>Year</th><th>Phones</th></tr><tr><td>2025</td><td>11</td></tr></table>"
CODE = "<pre><code>measure(tide)</code></pre>"
QUOTE = "<blockquote><p>It never lies, whatever the weather may be.</p></blockquote>"
LEGEND = "<figcaption>What the phones of the harbour say</figcaption>"


def kept(markup: str) -> tuple[list[str], str]:
    """Texts of the body and its Markdown, where the model takes every block in a `<figcaption>` for a caption, and no other."""
    model = load()
    found = outline(parse(f"<html><body><p>{PARAGRAPHS[0]}</p>{markup}</body></html>".encode(), None).tree)
    roles = np.full((len(found.blocks), len(model.roles)), 0.01, np.float32)
    captions = [at for at, block in enumerate(found.blocks) if block.container.tag == "figcaption"]
    roles[:, model.roles.index("body")] = 0.9
    roles[captions] = 0.01
    roles[captions, model.roles.index("caption")] = 0.9
    body = roles[:, model.roles.index("body")].copy()
    chosen = select(found, Verdicts(body, roles), model).kept
    return [found.blocks[at].text for at in chosen][1:], markdown(found, chosen, "https://news.example/")


@pytest.mark.parametrize("told", [TABLE, CODE, QUOTE])
def test_the_caption_of_a_table_a_listing_or_a_quotation_is_text(told: str) -> None:
    texts, rendered = kept(f"<figure>{told}{LEGEND}</figure><p>{PARAGRAPHS[1]}</p>")
    assert texts[-2:] == ["What the phones of the harbour say", PARAGRAPHS[1]]
    assert f"\n\nWhat the phones of the harbour say\n\n{PARAGRAPHS[1]}" in rendered
    above, rendered = kept(f"<figure>{LEGEND}{told}</figure>")
    assert above[0] == "What the phones of the harbour say"
    assert f"{PARAGRAPHS[0]}\n\nWhat the phones of the harbour say\n\n" in rendered


@pytest.mark.parametrize(
    "markup",
    [
        f"<figure><img src='/pier.jpg'>{LEGEND}</figure>",
        f"<figure>{TABLE}<img src='/pier.jpg'>{LEGEND}</figure>",
        f"<figure>{TABLE}<figure><img src='/pier.jpg'></figure>{LEGEND}</figure>",
        f"<figure>{TABLE}<video src='/pier.mp4'></video>{LEGEND}</figure>",
        f"<figure>{TABLE}<iframe src='/pier'></iframe>{LEGEND}</figure>",
        f"<figure>{LEGEND}</figure>{TABLE}",
        f"<blockquote><figure>{LEGEND}</figure><p>It never lies, whatever the weather may be.</p></blockquote>",
    ],
)
def test_the_caption_of_anything_else_is_none(markup: str) -> None:
    assert "What the phones of the harbour say" not in kept(markup)[0]


def test_an_article_has_the_captions_of_its_tables() -> None:
    told = f"<figure class='wp-block-table'>{TABLE}<figcaption>Table 1: phones in the harbour by year</figcaption></figure>"
    text = "".join(f"<p>{line}</p>{told if at == 2 else ''}" for at, line in enumerate(PARAGRAPHS))
    head = "<title>Chip maker opens its second plant</title><meta property='og:type' content='article'>"
    markup = f"<html lang=en><head>{head}</head><body><article><h1>Chip maker opens its second plant</h1>{text}</article></body></html>"
    found = extract(markup.encode(), "https://news.example/2026/05/fab-opens").article
    assert found is not None
    assert "Table 1: phones in the harbour by year" in found.body.split("\n\n")
    assert "\n\nTable 1: phones in the harbour by year\n\n" in found.markdown
