"""Blocks that training puts between other pages' paragraphs, on pages of the newsroom."""

from __future__ import annotations

import gzip
import random
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
import pytest

from pipelines.extract.training import transplants
from pipelines.extract.training.pages import READ_ROLES, LabelledPage, labelled
from pipelines.extract.training.targets import MOVED_ROLE_WEIGHT, MOVED_WEIGHT, targets
from pipelines.extract.training.transplants import only, renamed, transplanted
from pipelines.records import Kind
from tests.newsroom.site import answer
from tests.newsroom.truth import truths

if TYPE_CHECKING:
    from pathlib import Path

BODY = READ_ROLES.index("body")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared")
    (folder / "data" / "pages" / "newsroom").mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def pages(shared: Path) -> list[LabelledPage]:
    """Read pages, each source's as of two publishers; one source in English has a fold of its own, one is German."""
    wanted = {name: f"{name}.test" for name in ("chipwire", "rackreport", "netzkante")}
    found = []
    articles = [truth for truth in truths().values() if truth.kind is Kind.ARTICLE and not truth.variant_of]
    for number, truth in enumerate(each for each in articles if each.source in wanted):
        parts = urlsplit(truth.url)
        content = answer(parts.netloc, parts.path, {}, edition=1, tries=1).body
        page = labelled(f"newsroom/{number}", {"url": truth.url, "body": "\n".join(truth.body)}, content, None, None)
        if page is None:
            continue
        (shared / "data" / "pages" / f"{page.id}.html.gz").write_bytes(gzip.compress(content))
        titles = {shown.title for shown in truth.teasers}
        roles = [
            "body" if share >= 0.5 else "teaser" if text in titles else "chrome"
            for text, share in zip(page.texts, page.share, strict=True)
        ]
        publisher = f"{wanted[truth.source]}/{number % 2}"
        found.append(replace(page, publisher=publisher, roles=np.array([READ_ROLES.index(r) for r in roles], np.int8)))
    return found


@pytest.fixture(scope="module")
def moved(pages: list[LabelledPage], shared: Path) -> list[LabelledPage]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transplants, "fold_of", fold_of)
        return list(transplanted(pages, shared, 2))


def fold_of(publisher: str) -> int:
    return 1 if publisher.startswith("rackreport") else 0


def test_pages_hold_what_was_put_into_them_and_no_more(pages: list[LabelledPage], moved: list[LabelledPage]) -> None:
    by_id = {page.id: page for page in pages}
    assert len(moved) > len(pages)
    for made in moved:
        host = by_id[made.id]
        assert made.moved
        assert len(made.texts) == len(made.features) == len(made.near) == len(made.share)
        assert made.features.shape[1] == host.features.shape[1]
        assert made.said.block.max() < len(made.texts)
        assert made.roles is not None
        bodies = [text for text, role in zip(made.texts, made.roles, strict=True) if role == BODY]
        assert not set(bodies) & set(host.texts)


def test_blocks_come_from_another_publisher_of_the_same_language_and_fold(
    pages: list[LabelledPage], moved: list[LabelledPage]
) -> None:
    by_id = {page.id: page for page in pages}
    language = {page.id: "de" if "netzkante" in page.publisher else "en" for page in pages}
    roles = set()
    for made in moved:
        host = by_id[made.id]
        assert made.roles is not None
        for text, role in zip(made.texts, made.roles, strict=True):
            assert any(
                text in page.texts
                and page.publisher != host.publisher
                and fold_of(page.publisher) == fold_of(host.publisher)
                and language[page.id] == language[host.id]
                for page in pages
            )
            roles.add(READ_ROLES[role])
    assert roles == {"body", "teaser"}


def test_the_same_pages_give_the_same_blocks(
    pages: list[LabelledPage], moved: list[LabelledPage], shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transplants, "fold_of", fold_of)
    again = list(transplanted(pages, shared, 2))
    assert [page.texts for page in again] == [page.texts for page in moved]
    assert all(np.array_equal(one.features, other.features) for one, other in zip(again, moved, strict=True))


def test_what_was_put_there_weighs_little_and_teaches_no_wording(moved: list[LabelledPage]) -> None:
    found = targets(moved)
    roles = np.concatenate([page.roles for page in moved if page.roles is not None])
    assert np.array_equal(found.body, roles == BODY)
    assert np.array_equal(found.role, roles)
    assert (found.weight >= MOVED_WEIGHT).all()
    assert set(found.role_weight) == {MOVED_ROLE_WEIGHT}
    assert not found.prose.any()


def test_a_page_that_nobody_read_and_one_of_few_paragraphs_take_nothing(
    pages: list[LabelledPage], shared: Path
) -> None:
    assert list(transplanted([replace(page, roles=None) for page in pages], shared, 1)) == []
    without = [replace(page, roles=np.zeros(len(page.texts), np.int8)) for page in pages]
    assert list(transplanted(without, shared, 1)) == []


def test_a_pitch_names_the_site_that_it_is_put_into(pages: list[LabelledPage]) -> None:
    host = replace(pages[0], publisher="quillpress.org", texts=["The Quill-Press, since 1902"])
    pitch = "Join <em>Harbour Post</em> today: Harbour Post readers sail for less"
    assert renamed(pitch, "harbourpost.com", host) == pitch.replace("Harbour Post", "Quill-Press")
    assert renamed(pitch, "harbourpost.com", replace(host, texts=[])) == pitch.replace("Harbour Post", "Quillpress")
    assert renamed(pitch, "post.com", replace(host, publisher="qp.org")) == pitch
    assert renamed(pitch, "lighthouse.com", host) == pitch


def test_words_follow_their_blocks(pages: list[LabelledPage]) -> None:
    said = pages[0].said
    every = sorted(set(said.block.tolist()))
    assert np.array_equal(only(said, range(every[-1] + 1)).block, said.block)
    kept = random.Random(1).sample(every, 3)
    few = only(said, sorted(kept))
    for number, block in enumerate(sorted(kept)):
        assert np.array_equal(few.place[few.block == number], said.place[said.block == block])
        own, all_own = few.block[: few.own] == number, said.block[: said.own] == block
        assert own.sum() == all_own.sum()
