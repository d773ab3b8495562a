"""Files items under topics, or measures how well: `topics.py ITEMS.jsonl OUT.tsv`, or without arguments, cross-validated.

With arguments: `id<TAB>topics` for each item (JSON lines with id and title; text and url where there are), in the file's
order; topics parted by commas, the main one first. Without: five folds of the labelled development items, each filed by a
model that has seen neither them nor anything at their address or of their title, beside TF-IDF with logistic regression
and the topics whose listed terms are met most; then the whole stage's speed in CPU time.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rich.console import Console
from rich.table import Table

from pipelines import settings
from pipelines.classify import entities, features, language, summary, taxonomy, topics
from pipelines.classify.training.calibration import expected_error, probabilities
from pipelines.classify.training.items import Item, judged, labelled, unlike
from pipelines.classify.training.learn import folds, learn, raw_outputs, truth_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

SHARED = Path(os.environ.get("COPYDESK_SHARED") or Path(__file__).parents[2].parent / "shared")
DATA = SHARED / "data" / "topics"
FOLDS = 5


class Figures(NamedTuple):
    """What is measured of a classifier; F1 over the topics without `other`."""

    macro: float
    macro_with_other: float
    micro: float
    first: float
    """Share of the items whose first topic is one of the labels."""
    error: float
    """Expected calibration error."""
    rate: float
    """Items a second of CPU time."""


def predict(items: Path, out: Path) -> None:
    """Write the topics of each item, in the file's order."""
    with out.open("w", encoding="utf-8") as file:
        for line in items.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                row = json.loads(line)
                found = topics.classify(row.get("title") or "", row.get("text") or "", url=row.get("url"))
                file.write(f"{row['id']}\t{','.join(topic.id for topic in found)}\n")


def figures(
    chances: NDArray[np.float32], chosen: Sequence[Sequence[int]], truth: NDArray[np.float32], rate: float
) -> Figures:
    """Score given topics."""
    from sklearn.metrics import f1_score

    given = np.zeros_like(truth)
    for row, each in zip(given, chosen, strict=True):
        row[list(each)] = 1
    names = headings().ids
    own = [number for number, name in enumerate(names) if name != taxonomy.OTHER]
    first = float(np.mean([truth[number, each[0]] for number, each in enumerate(chosen) if each]))
    return Figures(
        f1_score(truth[:, own], given[:, own], average="macro", zero_division=0),
        f1_score(truth, given, average="macro", zero_division=0),
        f1_score(truth, given, average="micro"),
        first,
        expected_error(chances, truth),
        rate,
    )


def headings() -> taxonomy.Taxonomy:
    return taxonomy.load(settings.load().config / "topics.yaml")


def ours(items: Sequence[Item], first: int = FOLDS, seed: int = 0) -> Figures:
    """The `first` of five folds, each learned, calibrated and given thresholds without the items that it files."""
    names, terms, extra = headings().ids, headings().terms, judged(DATA)
    chances = np.zeros((len(items), len(names)), dtype=np.float32)
    chosen: list[Sequence[int]] = [()] * len(items)
    spent = 0.0
    parts = folds(len(items), FOLDS, seed)[:first]
    for part in parts:
        test, out = [items[number] for number in part], set(part.tolist())
        rest = [item for number, item in enumerate(items) if number not in out]
        model = learn(unlike(rest, test), unlike(extra, items), names, terms)
        began = time.process_time()
        chances[part] = probabilities(raw_outputs(model, test), model.slope, model.shift)
        spent += time.process_time() - began
        for number in part:
            chosen[number] = topics.given(names, chances[number], model.threshold)
    filed = np.concatenate(parts)
    truth = truth_of(items, names)[filed]
    return figures(chances[filed], [chosen[number] for number in filed], truth, len(filed) / spent)


def tfidf(items: Sequence[Item]) -> Figures:
    """The floor: TF-IDF of words and pieces, one logistic regression a topic, one threshold for all."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    names = headings().ids
    truth = truth_of(items, names)
    texts = np.array([f"{item.title} {item.title} {item.text}" for item in items])
    chances = np.zeros_like(truth)
    spent = 0.0
    for part in folds(len(items), FOLDS):
        rest = np.setdiff1d(np.arange(len(items)), part)
        kinds = (
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2),
        )
        learned = hstack([kind.fit_transform(texts[rest]) for kind in kinds]).tocsr()
        judges = [
            LogisticRegression(C=5, class_weight="balanced", solver="liblinear").fit(learned, column)
            if column.any()
            else None
            for column in truth[rest].T
        ]
        began = time.process_time()
        seen = hstack([kind.transform(texts[part]) for kind in kinds]).tocsr()
        for topic, judge in enumerate(judges):
            if judge is not None:
                chances[part, topic] = judge.predict_proba(seen)[:, 1]
        spent += time.process_time() - began
    floor = np.full(len(names), 0.4, dtype=np.float32)
    return figures(chances, [topics.given(names, row, floor) for row in chances], truth, len(items) / spent)


def keywords(items: Sequence[Item]) -> Figures:
    """Rules: the topics whose listed terms are met most, a headline's counting three times."""
    names = headings().ids
    listed = {topic: {" ".join(features.words(term)) for term in terms} for topic, terms in headings().terms.items()}
    began = time.process_time()
    shares = np.zeros((len(items), len(names)), dtype=np.float32)
    for row, item in zip(shares, items, strict=True):
        read = features.read(item.title, item.text)
        for number, name in enumerate(names):
            row[number] = 3 * len(listed[name] & read.head) + len(listed[name] & read.body)
    shares /= np.maximum(1, shares.sum(axis=1, keepdims=True))
    spent = time.process_time() - began
    floor = np.full(len(names), 0.25, dtype=np.float32)
    chosen = [topics.given(names, row, floor) for row in shares]
    return figures(shares, chosen, truth_of(items, names), len(items) / spent)


def articles() -> list[tuple[str, str]]:
    """Full articles to measure speed on: the truth bodies of two page sets."""
    pages = SHARED / "data" / "pages"
    lines = [line for name in ("aeb", "fundus-a") for line in (pages / f"{name}.jsonl").open(encoding="utf-8")]
    rows = [json.loads(line) for line in lines]
    return [(row.get("title") or "", row["body"]) for row in rows if len(row.get("body") or "") > 500]


def speeds(read: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Articles a second of CPU time, by step and in all; each step reads some articles before it is timed."""
    # A process of the line holds nothing of the folds above: what they left is not to be swept again and again.
    gc.collect()
    gc.freeze()
    steps: dict[str, Callable[[str, str], object]] = {
        "language": lambda title, body: language.detect(title, body, None),
        "topics": topics.classify,
        "names and figures": lambda title, body: entities.find(title, body, "en"),
        "summary": lambda title, body: summary.summarise(title, body, "en"),
    }
    spent = {}
    for name, step in steps.items():
        for title, body in read[:20]:
            step(title, body)
        began = time.process_time()
        for title, body in read:
            step(title, body)
        spent[name] = time.process_time() - began
    spent["the whole stage"] = sum(spent.values())
    return {name: len(read) / seconds for name, seconds in spent.items()}


def tables() -> list[Table]:
    items = labelled(DATA / "labelled-dev.jsonl")
    table = Table("", "macro-F1", "with other", "micro-F1", "first right", "ECE", "items/s")
    table.title = f"Topics: {FOLDS} folds of {len(items)} items"
    for name, found in (("ours", ours(items)), ("TF-IDF + LR", tfidf(items)), ("listed terms", keywords(items))):
        *scores, rate = found
        table.add_row(name, *(f"{score:.3f}" for score in scores), f"{rate:.0f}")
    read = articles()
    speed = Table("step", "new words", "known words", title=f"Articles a second: {len(read)}, CPU time of one core")
    fresh, again = speeds(read), speeds(read)
    for name, rate in fresh.items():
        speed.add_row(name, f"{rate:.0f}", f"{again[name]:.0f}")
    return [table, speed]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("items", type=Path, nargs="?", help="JSON lines with id, title, text")
    parser.add_argument("out", type=Path, nargs="?", help="file to write: id<TAB>topics")
    given = parser.parse_args(arguments)
    if given.items and not given.out:
        parser.error("name the file to write, too")
    if given.items:
        predict(given.items, given.out)
        return
    for table in tables():
        Console().print(table)


if __name__ == "__main__":
    main()
