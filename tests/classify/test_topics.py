from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipelines import settings
from pipelines.classify import features, model, taxonomy, topics
from pipelines.classify.article import classify
from pipelines.errors import Misconfigured
from pipelines.records import Article
from tests.classify.texts import TEXTS


def ids(title: str, body: str = "", **more: object) -> list[str]:
    return [topic.id for topic in topics.classify(title, body, **more)]  # type: ignore[arg-type]  # `more` are its keywords


@pytest.mark.parametrize(("title", "body", "topic"), TEXTS, ids=[text[2] for text in TEXTS])
def test_the_main_topic_comes_first(title: str, body: str, topic: str) -> None:
    assert ids(title, body)[0] == topic


def test_a_title_alone_is_enough() -> None:
    right = [ids(title)[0] == topic for title, _, topic in TEXTS]
    assert sum(right) >= len(TEXTS) - 2


def test_an_article_may_have_several_topics_and_never_more_than_three() -> None:
    found = ids("Chip startup raises $40M for AI processors", "Investors back the semiconductor firm's funding round.")
    assert {"business", "chips"} <= set(found)
    assert len(found) <= 3


def test_what_is_not_technology_says_so_and_stands_alone() -> None:
    assert ids("5 days left to save on your ticket, book your exhibit table", "Volunteer and get a free pass.") == [
        "other"
    ]


def test_each_topic_comes_with_its_probability_and_the_words_that_decided() -> None:
    found = topics.classify(*TEXTS[0][:2])
    assert all(0 < topic.score <= 1 for topic in found)
    assert [topic.score for topic in found] == sorted((topic.score for topic in found), reverse=True)
    text = features.read(*TEXTS[0][:2])
    assert found[0].words
    assert set(found[0].words) <= text.head | text.body
    assert {"data center", "colocation", "megawatts"} & set(found[0].words)


def test_a_section_settles_a_close_call_and_does_not_overrule_the_text() -> None:
    title, body, _ = TEXTS[3]
    plain = {topic.id: topic.score for topic in topics.classify(title, body)}
    filed = {topic.id: topic.score for topic in topics.classify(title, body, section="Semiconductors")}
    assert filed["chips"] > plain["chips"]
    title, body, _ = TEXTS[1]
    assert ids(title, body, section="Games", tags=("gaming",))[0] == "security"


def test_a_sources_own_mapping_comes_before_the_general_one() -> None:
    assert topics.evidence("Markets", (), {}, None) == {"business"}
    assert topics.evidence("Markets", (), {"markets": "fintech"}, None) == {"fintech"}
    assert topics.evidence(None, (), {"chipping": "chips"}, "https://x.example/chipping/2026/a-story") == {"chips"}


def test_nothing_to_read_gives_no_topic() -> None:
    assert topics.classify(" ", "") == ()


@pytest.mark.parametrize("text", ["\x00\ud7ff𝔘" * 400, "a" * 200_000, "😀 " * 5000, "ﷺ" * 3000, "1 2 3 " * 4000])
def test_hostile_text_is_filed_without_trouble(text: str) -> None:
    assert 1 <= len(topics.classify(text, text)) <= 3


def test_the_model_knows_the_headings_and_no_others() -> None:
    headings = taxonomy.load(settings.load().config / "topics.yaml")
    assert sorted(topics.shipped().topics) == sorted(headings.ids)
    assert all(heading.iptc and heading.terms for heading in headings.topics if heading.id != taxonomy.OTHER)


def test_the_model_is_small() -> None:
    assert topics.MODEL.stat().st_size < 5_000_000


def test_a_model_read_again_gives_the_same() -> None:
    again = model.loads(model.dumps(topics.shipped()), "again")
    assert [topics.classify(title, body, used=again) for title, body, _ in TEXTS] == [
        topics.classify(title, body) for title, body, _ in TEXTS
    ]


def test_what_is_no_model_is_refused_with_a_way_out() -> None:
    whole = model.dumps(topics.shipped())
    for data in (b"", b"PK\x03\x04 rubbish", whole[: len(whole) // 2]):
        with pytest.raises(Misconfigured, match="copydesk topics train"):
            model.loads(data, "models/topics.npz")


def test_a_pickle_in_a_model_is_never_opened() -> None:
    import io

    file = io.BytesIO()
    np.savez(file, version=np.array("x"), topics=np.array([{"a": 1}], dtype=object))
    with pytest.raises(Misconfigured):
        model.loads(file.getvalue(), "stranger.npz")


def test_parts_that_do_not_fit_together_are_refused() -> None:
    wrong = replace(topics.shipped(), idf=topics.shipped().idf[:-1])
    with pytest.raises(Misconfigured, match="do not fit"):
        model.loads(model.dumps(wrong), "models/topics.npz")


def test_the_models_version_is_on_the_article() -> None:
    article = Article(
        id="a",
        url="https://a.example/1",
        canonical_url="https://a.example/1",
        source="a",
        title=TEXTS[0][0],
        body=TEXTS[0][1],
        markdown="",
        word_count=10,
        extractor="test",
    )
    other = replace(topics.shipped(), version="mine-1")
    assert classify(article).topics_version == topics.shipped().version
    assert classify(article, None, other).topics_version == "mine-1"
    assert classify(article).language == "en"
