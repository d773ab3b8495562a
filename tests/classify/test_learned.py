from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.classify.entities import find
from pipelines.classify.gazetteer import Gazetteer, curated, read
from pipelines.classify.learned import Sighting, as_yaml, learn

if TYPE_CHECKING:
    from pathlib import Path

BODY = "Ternworks, a robotics startup, showed an arm for kitchens on Monday."


def article(number: int, source: str, body: str = BODY, book: Gazetteer | None = None) -> Sighting:
    return Sighting(id=f"{source}-{number}", source=source, entities=find("", body, "en", book))


def test_a_name_that_several_sources_use_is_learned() -> None:
    entries = learn([article(number, f"site{number % 2}") for number in range(6)])
    assert [(entry.name, entry.kind, entry.id) for entry in entries] == [
        ("Ternworks", "company", "copydesk:company/ternworks")
    ]


def test_a_learned_name_is_known_without_evidence() -> None:
    entries = learn([article(number, f"site{number % 2}") for number in range(6)])
    body = "We saw Ternworks there."
    assert find("", body, "en") == ()
    assert find("", body, "en", Gazetteer((*curated(), *entries)))[0].id == "copydesk:company/ternworks"


def test_one_sources_habit_is_not_learned() -> None:
    assert learn([article(number, "site") for number in range(6)]) == ()


def test_an_article_given_twice_counts_once() -> None:
    assert learn([article(number % 2, f"site{number % 2}") for number in range(12)]) == ()


def test_learned_names_can_be_checked_as_a_file(tmp_path: Path) -> None:
    entries = learn([article(number, f"site{number % 2}") for number in range(6)])
    path = tmp_path / "learned.yaml"
    path.write_text(as_yaml(entries), encoding="utf-8")
    assert read(path) == entries


def test_what_was_learned_stays_learned_when_articles_know_it_by_then() -> None:
    entries = learn([article(number, f"site{number % 2}") for number in range(6)])
    book = Gazetteer((*curated(), *entries))
    later = [article(number, f"site{number % 2}", book=book) for number in range(6)]
    assert learn(later, entries) == entries
    assert learn([], entries) == entries
