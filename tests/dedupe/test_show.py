from __future__ import annotations

from pipelines.dedupe import show
from tests.dedupe.tables import Tables, article
from tests.dedupe.test_families import prose


def test_a_family_is_shown_from_its_origin_on() -> None:
    tables = Tables()
    tables.take([article(name, prose(1), hour=hour) for name, hour in (("late", 9), ("first", 1), ("next", 4))])
    shown = show.copies("next", tables)
    assert [member.article for member in shown] == ["first", "next", "late"]
    assert [member.copy.of if member.copy else None for member in shown] == [None, "first", "first"]


def test_an_unknown_article_has_no_family() -> None:
    assert show.copies("nobody", Tables()) == []


def test_noise_is_shown_only_where_asked_for() -> None:
    tables = Tables()
    text = prose(1)
    tables.take([article("a", f"{text}\n\nUpdated {n} hours ago", seen=n) for n in (1, 2)])
    tables.take([article("a", f"{text} Corrected.\n\nUpdated 3 hours ago", seen=3, title="Another title")])
    versions = tables.versions({"a"})
    assert [edit.number for edit in show.edits(versions)] == [3]
    assert [edit.number for edit in show.edits(versions, noise=True)] == [2, 3]
    assert show.edits(versions)[0].title == "Another title"
