"""The training of the block model, on the newsroom's pages: what it learns from, and what it writes."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extract.cutting.blocks import outline
from pipelines.extract.cutting.layout import layout
from pipelines.extract.judging.model import BlockModel, shares
from pipelines.extract.parsing.parse import parse
from pipelines.extract.training.pages import READ_ROLES, LabelledPage, labelled
from pipelines.records import Kind
from tests.newsroom.site import answer
from tests.newsroom.truth import Truth, truths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

try:
    from pipelines.extract.training import columns, train, trees
    from pipelines.extract.training.onnx_trees import below32, floor32
except OSError:
    pytest.skip("lightgbm finds no libgomp here: apt install libgomp1", allow_module_level=True)

pytestmark = pytest.mark.xdist_group("training")

# Every so many-th of the newsroom's articles; folds are told by publisher, and these have all.
EVERY = 3
SOME = frozenset({0, 1, 3})
LARGE = 2.0**100
# Few trees, which are as right as many and worse.
FIRST, SECOND = (trees.Plans(*(plan._replace(rounds=12) for plan in plans)) for plans in (trees.FIRST, trees.SECOND))
# Pages whose blocks are learnt from as if they stood among those of others.
MOVED = 2


def article_pages() -> Iterator[tuple[Truth, bytes]]:
    articles = [truth for truth in truths().values() if truth.kind is Kind.ARTICLE and not truth.variant_of]
    for truth in articles[::EVERY]:
        parts = urlsplit(truth.url)
        yield truth, answer(parts.netloc, parts.path, {}, edition=1, tries=1).body


def read(truth: Truth, html: bytes) -> LabelledPage:
    """Label a page by the newsroom's truth."""
    row = {"id": "1", "url": truth.url, "body": "\n".join(truth.body)}
    page = labelled(truth.url, row, html, None, None)
    assert page is not None
    titles = {shown.title for shown in truth.teasers}
    roles = [
        "body" if share >= 0.5 else "teaser" if text in titles else "title" if text == truth.title else "chrome"
        for text, share in zip(page.texts, page.share, strict=True)
    ]
    page.roles = np.array([READ_ROLES.index(role) for role in roles], dtype=np.int8)
    return page


def moved(pages: Sequence[LabelledPage]) -> list[LabelledPage]:
    """Take blocks of the first pages for ones that were put among those of others."""
    return [replace(page, moved=True) for page in pages[:MOVED]]


def of_page(trainer: train.Trainer, number: int) -> slice:
    """Give the rows of a page's blocks."""
    ends = np.cumsum([0, *(len(page.texts) for page in trainer.pages)]).tolist()
    return slice(ends[number], ends[number + 1])


@pytest.fixture(scope="module")
def trainer() -> Iterator[train.Trainer]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "LEAST_PUBLISHERS", 10)
        pages = [read(truth, html) for truth, html in article_pages()]
        yield train.Trainer(pages, moved(pages), (FIRST, SECOND))


@pytest.fixture(scope="module")
def path(trainer: train.Trainer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model") / "blocks.onnx"
    trainer.write(path, SOME)
    return path


@pytest.fixture(scope="module")
def written(path: Path) -> BlockModel:
    return BlockModel(path)


def test_the_file_holds_what_a_page_is_read_with(trainer: train.Trainer, written: BlockModel) -> None:
    assert written.roles == tuple(READ_ROLES)
    assert list(written.vocabulary.words[: len(trainer.vocabulary)]) == trainer.vocabulary
    assert len(trainer.vocabulary) > 20
    assert len(written.columns) == trainer.features.shape[1]


def test_a_page_is_described_alike_in_training_and_in_reading(trainer: train.Trainer, written: BlockModel) -> None:
    tables = trainer.first_look(SOME).tables
    for number, (truth, html) in enumerate(article_pages()):
        document = parse(html)
        found = outline(document.tree)
        trainer.fill(tables, np.ones(len(trainer.folds), dtype=bool))
        features = written.features(found, layout(found), document, truth.url)
        np.testing.assert_allclose(features, trainer.features[of_page(trainer, number)], rtol=1e-5, atol=1e-5)


def test_the_file_says_of_a_page_what_the_trees_say(trainer: train.Trainer, written: BlockModel) -> None:
    first, again = trainer.first_look(SOME), trainer.second_look(SOME)
    trainer.fill(first.tables, np.ones(len(trainer.folds), dtype=bool))
    said = first.trees.judge(trainer.features)
    seen = trainer.neighbours(said)
    said = said[: len(seen)] + again.judge(seen)
    odds, likely = said[:, -1], shares(said[:, :-1])
    for number, (truth, html) in enumerate(article_pages()):
        document = parse(html)
        verdicts = written.judge(outline(document.tree), document, truth.url)
        rows = of_page(trainer, number)
        np.testing.assert_allclose(verdicts.body, 1 / (1 + np.exp(-odds[rows])), atol=1e-4)
        np.testing.assert_allclose(verdicts.roles, likely[rows], atol=1e-4)


def test_what_was_written_has_learnt(trainer: train.Trainer, written: BlockModel) -> None:
    right = [
        (written.judge(outline(parse(html).tree), parse(html), truth.url).body > 0.5) == (page.share >= 0.5)
        for page, (truth, html) in zip(trainer.pages, article_pages(), strict=True)
    ]
    assert np.concatenate(right).mean() > 0.9


def test_trained_again_the_file_is_the_same_whatever_the_labels_of_folds_it_is_blind_to(
    trainer: train.Trainer, path: Path, tmp_path: Path
) -> None:
    other = train.Trainer(trainer.pages, moved(trainer.pages), trainer.plans)
    blind = ~other.rows(SOME)
    assert blind.any()
    other.targets.body[blind] = 1 - other.targets.body[blind]
    other.targets.role[blind] = 0
    other.write(tmp_path / "again.onnx", SOME)
    assert (tmp_path / "again.onnx").read_bytes() == path.read_bytes()


def test_several_processes_write_what_one_does(trainer: train.Trainer, path: Path, tmp_path: Path) -> None:
    other = train.Trainer(trainer.pages, moved(trainer.pages), trainer.plans)
    others = frozenset({0, 1, 4})
    other.write_all({tmp_path / "some" / "blocks.onnx": SOME, tmp_path / "others.onnx": others}, 2)
    trainer.write(tmp_path / "alone.onnx", others)
    assert (tmp_path / "some" / "blocks.onnx").read_bytes() == path.read_bytes()
    assert (tmp_path / "others.onnx").read_bytes() == (tmp_path / "alone.onnx").read_bytes()


def test_blocks_among_those_of_other_pages_teach_the_first_look_alone(trainer: train.Trainer) -> None:
    other = train.Trainer(trainer.pages)
    assert len(trainer.folds) > len(other.folds) == sum(len(page.texts) for page in trainer.pages)
    assert trainer.vocabulary == other.vocabulary
    for table, same in zip(trainer.wording(SOME), other.wording(SOME), strict=True):
        assert np.array_equal(table.weights, same.weights)
    first, without = trainer.first_look(SOME), other.first_look(SOME)
    assert first.trees.alone.model_to_string() != without.trees.alone.model_to_string()
    assert first.trees.joint.save_raw() != without.trees.joint.save_raw()


def test_labels_that_pages_of_others_contradict_are_weighed_down(trainer: train.Trainer) -> None:
    """A body that lacks one of its paragraphs, on a page that nobody read."""
    pages = [copy(page) for page in trainer.pages]
    lacking = max(range(len(pages)), key=lambda number: (pages[number].share == 1).sum())
    block = int(np.flatnonzero(pages[lacking].share == 1)[2])
    pages[lacking].roles = None
    pages[lacking].share = pages[lacking].share.copy()
    pages[lacking].share[block] = 0
    other = train.Trainer(pages)
    row = of_page(other, lacking).start + block
    before = other.targets.weight.copy()
    other.doubt()
    changed = np.flatnonzero(other.targets.weight != before)
    assert row in changed
    assert len(changed) < len(before) / 50
    assert other.targets.weight[row] == pytest.approx(train.DOUBTED_WEIGHT * before[row])


@given(st.floats(-LARGE, LARGE), st.floats(-LARGE, LARGE, width=32))
def test_a_threshold_parts_the_same_numbers_in_half_the_bits(threshold: float, value: float) -> None:
    assert (value > threshold) == (value > floor32(threshold))


@given(st.floats(-LARGE, LARGE, width=32), st.floats(-LARGE, LARGE, width=32))
def test_a_number_is_below_another_that_is_not_above_the_last_one_below_it(cut: float, value: float) -> None:
    assert (value < cut) == (value <= below32(cut))


@pytest.mark.parametrize("place", [0.1, 1 / 3, 2.5, -7e-9])
def test_a_number_at_a_threshold_goes_where_the_trees_send_it(place: float) -> None:
    near = np.float32(place) + np.arange(-3, 4, dtype=np.float32) * np.spacing(np.float32(place))
    for value in near:
        assert (float(value) > place) == (float(value) > floor32(place))
