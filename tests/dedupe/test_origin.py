from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from pipelines.dedupe import origin
from tests.dedupe.tables import START, Tables, article
from tests.dedupe.test_families import prose

if TYPE_CHECKING:
    from pipelines.records import Article, Duplicate


def copies(*articles: Article) -> dict[str, Duplicate]:
    shuffled = list(articles)
    random.Random(1).shuffle(shuffled)
    tables = Tables()
    tables.take(shuffled)
    return tables.copies


@pytest.mark.parametrize(
    ("body", "claim"),
    [
        ("SAN FRANCISCO, Nov. 3, 2026 /PRNewswire/ -- A chip maker said so.", "agency:prnewswire"),
        ("LONDON (Reuters) - A chip maker said so.", "agency:reuters"),
        ("TOKYO (AP) — A chip maker said so.", "agency:ap"),
        ("A chip maker said so. This article was originally published on The Conversation.", "first:theconversation"),
        ("A chip maker said so. First appeared on www.dailychip.co.uk.", "first:dailychip"),
        ("A chip maker said so. Republished with permission from Quanta Magazine.", "first:quantamagazine"),
    ],
)
def test_an_article_that_names_its_origin_is_understood(body: str, claim: str) -> None:
    assert claim in origin.claims(article("a", body))


def test_a_mere_mention_is_no_claim() -> None:
    body = "The paper first appeared in 1987. Reuters reported the talks, and AP confirmed them."
    assert all(claim.startswith("own:") for claim in origin.claims(article("a", body)))


def test_whom_the_copies_name_is_the_origin_though_dated_later() -> None:
    text = prose(1)
    found = copies(
        article("early", f"{text} This story originally appeared on Daily Chip.", hour=1),
        article("true", text, hour=2, source="daily-chip", site_name="Daily Chip"),
    )
    assert found["early"].of == "true"
    assert "dated earlier" in found["early"].reason
    assert found["early"].origin_confidence > 0.9


def test_a_canonical_address_on_another_site_names_the_origin() -> None:
    found = copies(
        article("early", prose(1), hour=1, syndicated_from="https://www.dailychip.com/story"),
        article("true", prose(1), hour=2, canonical_url="https://dailychip.com/story"),
    )
    assert found["early"].of == "true"


def test_the_agency_own_page_is_the_origin_of_its_copies() -> None:
    text = f"LONDON (Reuters) - {prose(1)}"
    found = copies(article("paper", text, hour=1), article("wire", text, hour=2, source="reuters"))
    assert found["paper"].of == "wire"


def test_an_absent_agency_lowers_the_confidence() -> None:
    text = f"LONDON (Reuters) - {prose(1)}"
    found = copies(article("one", text, hour=1), article("two", text, hour=9))
    assert found["two"].of == "one"
    assert found["two"].origin_confidence <= 0.6
    assert "reuters" in found["two"].reason


def test_times_that_nearly_agree_are_weak_evidence() -> None:
    near = copies(article("one", prose(1), hour=1), article("two", prose(1), hour=1.05))
    far = copies(article("one", prose(1), hour=1), article("two", prose(1), hour=9))
    assert near["two"].origin_confidence < far["two"].origin_confidence


def test_two_pages_that_name_each_other_prove_nothing() -> None:
    found = copies(
        article("one", prose(1), hour=1, syndicated_from="https://two.com/story"),
        article("two", prose(1), hour=9, syndicated_from="https://one.com/story"),
    )
    assert found["two"].of == "one"
    assert found["two"].origin_confidence <= 0.4


def test_an_early_article_that_names_nobody_lowers_the_trust_in_a_credit() -> None:
    found = copies(
        article("true", prose(1), hour=1),
        article("named", prose(1), hour=5, source="sisterpost"),
        article("namer", prose(1), hour=6, syndicated_from="https://sisterpost.com/story"),
    )
    assert found["true"].of == "named"
    assert found["true"].origin_confidence <= 0.6
    assert "true is dated earlier" in found["true"].reason


def test_an_article_that_names_itself_gains_nothing() -> None:
    text = prose(1)
    found = copies(
        article("true", text, hour=1),
        article(
            "thief", f"{text} Originally published on Thief.", hour=0.5, seen=9, published=START + timedelta(hours=3)
        ),
    )
    assert found["thief"].of == "true"


@pytest.mark.parametrize("days", [1, 400, 20_000])
def test_an_article_dated_after_it_was_fetched_counts_as_of_then(days: int) -> None:
    future = START + timedelta(days=days)
    found = copies(article("true", prose(1), seen=2, published=future), article("copy", prose(1), hour=5, seen=6))
    assert found["copy"].of == "true"
    assert found["copy"].origin_confidence <= 0.5
    assert "dated after that" in found["copy"].reason


def test_equal_times_give_one_origin_in_any_order_and_little_trust() -> None:
    rng = random.Random(3)
    articles = [article(f"site-{n}", prose(1), hour=1) for n in range(6)]
    outcomes = set()
    for _ in range(6):
        tables = Tables()
        tables.take(rng.sample(articles, len(articles)))
        outcomes.add(frozenset((row.article, row.of, row.origin_confidence) for row in tables.copies.values()))
    assert len(outcomes) == 1
    assert max(confidence for _, _, confidence in next(iter(outcomes))) <= 0.6
