from __future__ import annotations

import random

from pipelines import urls
from tests.dedupe.tables import Tables, article

WORDS = [
    a + b + c
    for a in ("ka", "lo", "mi", "tu", "re")
    for b in ("na", "so", "vi", "pu")
    for c in ("x", "r", "m", "st", "l")
]


def prose(seed: int, words: int = 200) -> str:
    rng = random.Random(seed)
    sentences = [" ".join(rng.choices(WORDS, k=10)).capitalize() + "." for _ in range(words // 10)]
    return " ".join(sentences)


def test_a_copy_names_the_earlier_article() -> None:
    tables = Tables()
    tables.take([article("copy", prose(1), hour=5), article("first", prose(1), hour=1), article("other", prose(2))])
    assert {d.article: d.of for d in tables.copies.values()} == {"copy": "first"}
    assert tables.copies["copy"].match == "exact"


def test_an_earlier_article_that_comes_late_becomes_the_origin() -> None:
    tables = Tables()
    tables.take([article("second", prose(1), hour=2), article("third", prose(1), hour=3)])
    tables.take([article("first", prose(1), hour=1)])
    assert {d.article: d.of for d in tables.copies.values()} == {"second": "first", "third": "first"}


def test_a_round_up_of_two_articles_does_not_make_them_copies() -> None:
    tables = Tables()
    tables.take([article("a", prose(1), hour=1), article("b", prose(2), hour=2)])
    tables.take([article("both", prose(1) + " " + prose(2), hour=3)])
    assert {d.article: d.of for d in tables.copies.values()} == {"both": "a"}


def test_a_copy_that_is_rewritten_is_a_copy_no_more() -> None:
    tables = Tables()
    tables.take([article("first", prose(1), hour=1), article("copy", prose(1), hour=2)])
    tables.take([article("copy", prose(3), hour=2, seen=9)])
    assert not tables.copies


def test_any_order_of_batches_gives_the_same_tables() -> None:
    rng = random.Random(7)
    articles = []
    for n in range(6):
        text = prose(n)
        sentences = text.split(". ")
        articles.append(article(f"o{n}", text, hour=n))
        articles.append(article(f"half{n}", ". ".join(sentences[:10]), hour=n + 3))
        articles.append(article(f"frame{n}", "From our partner. " + text + " All rights reserved.", hour=n + 1))
        articles.append(article(f"o{n}", text + " An update follows here.", hour=n, seen=30 + n))
        articles.append(article(f"both{n}", text + " " + prose((n + 1) % 6), hour=n + 7))
    states = []
    for _ in range(6):
        rng.shuffle(articles)
        tables = Tables()
        left = list(articles)
        while left:
            size = rng.randint(1, 9)
            tables.take(left[:size])
            left = left[size:]
        states.append(tables.state())
    assert all(state == states[0] for state in states)
    assert {d.of for i, d in states[0][1].items() if i.startswith("half")} == {f"o{n}" for n in range(6)}


def test_site_furniture_neither_pairs_nor_hides_whatever_the_order() -> None:
    rng = random.Random(3)
    menus = {host: prose(1000 + host, 60) for host in range(3)}
    articles = []
    for n in range(18):
        host = n % 3
        text = prose(n // 2, 100)  # each text twice, on two hosts
        articles.append(article(f"a{n:02}", f"{menus[host]} {text} {menus[host][:90]}", hour=n, source=f"host{host}"))
    states = []
    for _ in range(6):
        rng.shuffle(articles)
        tables = Tables()
        left = list(articles)
        while left:
            size = rng.randint(1, 5)
            tables.take(left[:size])
            left = left[size:]
        states.append(tables.state())
    assert all(state == states[0] for state in states)
    assert {i: d.of for i, d in states[0][1].items()} == {f"a{n:02}": f"a{n - 1:02}" for n in range(1, 18, 2)}


def test_a_round_up_names_what_else_it_holds() -> None:
    tables = Tables()
    tables.take([article(n, prose(i), hour=i) for i, n in enumerate("abc")])
    tables.take([article("all", " ".join(prose(i) for i in range(3)), hour=5)])
    assert {tables.copies["all"].of, *tables.copies["all"].also} == {"a", "b", "c"}


def test_a_run_repeated_changes_nothing() -> None:
    tables = Tables()
    batch = [article("first", prose(1), hour=1), article("copy", prose(1), hour=2)]
    tables.take(batch)
    before = tuple(dict(part) for part in tables.state())
    tables.take(batch)
    assert tables.state() == before


def test_two_pages_that_call_each_other_canonical_are_one_article_and_its_copy() -> None:
    one, other = "https://desk.example/news/chips-are-late", "https://desk.example/blog/chips-are-late"
    tables = Tables()
    for hour, (page, declared) in enumerate([(one, other), (other, one)], 1):
        address = urls.canonical(page, declared)
        tables.take([article(urls.article_id(address), prose(1), hour=hour, source="desk", url=page)])
    assert [(d.match, d.of) for d in tables.copies.values()] == [("same_url", urls.article_id(other))]


def test_hundreds_of_copies_at_once_are_one_family_and_nobody_elses() -> None:
    tables = Tables()
    crowd = [article(f"copy{n:03}", prose(1), hour=n / 60) for n in range(150)]
    tables.take([*crowd, article("other", prose(2))])
    assert {d.of for d in tables.copies.values()} == {"copy000"}
    assert len(tables.copies) == len(crowd) - 1
