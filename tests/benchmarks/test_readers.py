"""How an extraction is handed to the scorer."""

from __future__ import annotations

from dataclasses import replace

from pipelines.extract.article import examine
from tests.benchmarks.readers import as_row
from tests.newsroom.site import content
from tests.newsroom.truth import truths

URL = next(url for url in truths() if "drops-the-motherboard" in url)


def test_a_declared_summary_above_the_byline_counts_to_the_head() -> None:
    examined = examine(content(URL, 1).body, URL)
    article = examined.extraction.article
    assert article is not None
    assert article.standfirst
    assert as_row(examined)["body"] == article.body


def test_a_summary_other_than_the_declared_one_counts_to_the_body_where_the_model_gives_it_there() -> None:
    page = content(URL, 1).body.replace(b'description" content="', b'description" content="From Cork: ')
    examined = examine(page, URL)
    article = examined.extraction.article
    assert article is not None
    assert article.standfirst
    (shown,) = [at for at, block in enumerate(examined.outline.blocks) if block.text == article.standfirst]
    bodies = {
        given: as_row(replace(examined, selection=replace(examined.selection, standfirst=given)))["body"]
        for given in ((), (shown,))
    }
    assert bodies == {(): article.body, (shown,): f"{article.standfirst}\n\n{article.body}"}
