from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from pipelines import settings
from pipelines.bucket import Directory
from pipelines.classify import in_use, taxonomy, topics
from pipelines.classify.training import corrections
from pipelines.classify.training.calibration import expected_error, platt, probabilities, thresholds
from pipelines.classify.training.items import Item, key_of, labelled, unlike
from pipelines.classify.training.learn import learn
from pipelines.classify.training.retrain import Example, retrain
from pipelines.errors import Misconfigured, Reject
from pipelines.urls import article_id
from tests.classify.texts import TEXTS

if TYPE_CHECKING:
    from pathlib import Path

AS_IT_IS = (np.ones(2, dtype=np.float32), np.zeros(2, dtype=np.float32))
LIMITS = settings.load().limits.topics


def beekeeping(count: int) -> list[tuple[str, str, str]]:
    """Articles in a jargon that the shipped model cannot know."""
    draw = random.Random(5)
    hives = ("brindlewax", "quenfold", "apistrel", "larkcomb", "ostrava-frame")
    return [
        (f"a{number}", f"The {draw.choice(hives)} and the {draw.choice(hives)}", f"A {draw.choice(hives)} was shown.")
        for number in range(count)
    ]


def test_corrected_labels_teach_the_model() -> None:
    examples = [Example(one, title, body, corrected=("science",)) for one, title, body in beekeeping(300)]
    done = retrain(topics.shipped(), examples, LIMITS)
    assert done.better
    assert done.before.corrected is not None
    assert done.after.corrected is not None
    assert done.after.corrected > max(0.8, done.before.corrected)
    assert done.model.version != topics.shipped().version
    assert done.learned + done.held_back == 300
    # What nobody contradicted stays.
    assert [topics.classify(title, body, used=done.model)[0].id for title, body, _ in TEXTS] == [
        topic for _, _, topic in TEXTS
    ]


def test_sections_of_publishers_teach_it_a_little() -> None:
    examples = [Example(one, title, body, frozenset({"science"})) for one, title, body in beekeeping(300)]
    done = retrain(topics.shipped(), examples, LIMITS)
    assert done.after.corrected is None
    assert done.after.sections is not None
    assert done.before.sections is not None
    assert done.after.sections >= done.before.sections


def test_labels_at_random_do_not_replace_a_model() -> None:
    draw = random.Random(1)
    names = [name for name in topics.shipped().topics if name != "other"]
    examples = [
        Example(f"{number}-{draw.random()}", title, body, corrected=(draw.choice(names),) if number % 2 else (topic,))
        for number in range(20)
        for title, body, topic in TEXTS
    ]
    assert not retrain(topics.shipped(), examples, LIMITS).better


def test_too_few_articles_to_compare_on_is_said() -> None:
    examples = [Example(one, title, body, corrected=("science",)) for one, title, body in beekeeping(20)]
    with pytest.raises(Reject, match="--labels"):
        retrain(topics.shipped(), examples, LIMITS)


def test_a_model_taken_into_use_lives_in_the_bucket_and_is_read_from_there(tmp_path: Path) -> None:
    bucket = Directory(tmp_path / "bucket")
    assert in_use.fetch(bucket, tmp_path) == in_use.SHIPPED
    assert in_use.read(None) is topics.shipped()
    examples = [Example(one, title, body, corrected=("science",)) for one, title, body in beekeeping(300)]
    made = retrain(topics.shipped(), examples, LIMITS).model
    assert in_use.put(bucket, made) == f"models/{made.version}.npz"
    path = in_use.fetch(bucket, tmp_path).model
    assert path == in_use.fetch(bucket, tmp_path).model
    assert in_use.read(path).version == made.version


def test_a_foreign_file_in_the_bucket_stops_with_a_way_out(tmp_path: Path) -> None:
    bucket = Directory(tmp_path / "bucket")
    bucket.replace("models/topics.npz", b"not a model")
    with pytest.raises(Misconfigured, match="remove it"):
        in_use.fetch(bucket, tmp_path)


def test_corrected_labels_name_articles_by_id_or_url(tmp_path: Path) -> None:
    path = tmp_path / "labels.tsv"
    path.write_text("# checked in May\n\nabc\tcloud, business\nhttps://a.example/x\tother\n", encoding="utf-8")
    found = corrections.read(path, topics.shipped())
    assert found == {"abc": ("cloud", "business"), article_id("https://a.example/x"): ("other",)}


@pytest.mark.parametrize("line", ["abc", "abc\t", "abc\tclouds", "abc\tother,ai"])
def test_a_wrong_line_of_labels_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "labels.tsv"
    path.write_text(f"ok\tai\n{line}\n", encoding="utf-8")
    with pytest.raises(Misconfigured, match=r"labels\.tsv:2"):
        corrections.read(path, topics.shipped())


def test_learning_twice_gives_the_same_model() -> None:
    headings = taxonomy.load(settings.load().config / "topics.yaml")
    items = [Item(f"{n}{title}", title, body, (topic,)) for n in range(3) for title, body, topic in TEXTS]
    # Sums that threads share are alike, too, whatever the number of threads here.
    with threadpool_limits(2, "blas"):
        models = [learn(items, [], headings.ids, headings.terms) for _ in range(2)]
    assert models[0].version == models[1].version
    assert topics.classify(*TEXTS[3][:2], used=models[0])[0].id == "chips"


def test_items_like_those_held_back_are_left_out() -> None:
    held = [Item("", "One story", "", ("ai",), "https://www.a.example/one?x=1")]
    same_place = Item("", "Another title", "", ("ai",), "a.example/one")
    same_title = Item("", "One story!", "", ("ai",), "b.example/two")
    fresh = Item("", "A third", "", ("ai",), "b.example/three")
    assert unlike([same_place, same_title, fresh], held) == [fresh]
    assert key_of("https://www.a.example/one/", "One story") == key_of("a.example/one?x=1", "one  STORY")


def test_a_file_without_labels_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text("", encoding="utf-8")
    with pytest.raises(Misconfigured, match="no item"):
        labelled(path)
    path.write_text(json.dumps({"title": "x", "topics": ["ai"]}), encoding="utf-8")
    assert labelled(path)[0].topics == ("ai",)


def test_calibration_mends_outputs_that_are_too_sure() -> None:
    draw = np.random.default_rng(0)
    honest = draw.normal(size=(3000, 2)).astype(np.float32)
    truth = (draw.random((3000, 2)) < probabilities(honest, *AS_IT_IS)).astype(np.float32)
    slope, shift = platt(3 * honest, truth)
    assert expected_error(probabilities(3 * honest, *AS_IT_IS), truth) > 0.1
    assert expected_error(probabilities(3 * honest, slope, shift), truth) < 0.03
    assert (thresholds(probabilities(3 * honest, slope, shift)) >= 0.2).all()
