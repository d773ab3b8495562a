"""Measures story detection on graded pairs and on a stream, by words and by meaning, beside plain TF-IDF, in one run.

Pairs are SemEval-2022 Task 8 rows (`id, lang1, lang2, text1, text2, overall`): area under the curve and the best F1 for
"the same story" (overall <= 2). Our cells are cross-validated over several rounds of folds that keep pairs with a common
article together (weights learned on the other folds), with the spread that drawing the pairs anew would give; the shipped
weights stand beside. The weights are learned on pairs of one language; pairs of two are scored by the shipped ones. A stream is JSON lines with title,
text, date and url; items of one URL are one story, and BCubed is taken over the items whose URL comes more than once,
clustered among all items. `--predict` writes what the shipped model says, for any file of the same form.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import precision_recall_curve, roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold

from pipelines.dedupe.stories.assign import StoryInput, StoryState, assign
from pipelines.dedupe.stories.likeness import features, probability, same_event, same_meaning
from pipelines.dedupe.stories.meaning import LANGUAGE, Meanings
from pipelines.dedupe.stories.pairs import Pair, read_pairs
from pipelines.dedupe.stories.train import regress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pipelines.dedupe.stories.sketch import Sketch

SHARED = Path(os.environ.get("COPYDESK_SHARED", Path(__file__).parents[2].parent / "shared"))
PAIRS = SHARED / "data" / "stories" / "pairs-dev.jsonl"
STREAM = SHARED / "data" / "topics" / "weak-newsletter.jsonl.gz"
FOLDS = 5
ROUNDS = 5
DRAWS = 200
"""Samples with replacement that the spread is taken over."""


@dataclass(frozen=True)
class Item:
    """One article of a stream."""

    id: str
    title: str
    text: str
    day: datetime
    url: str | None


def read_stream(path: Path) -> list[Item]:
    data = path.read_bytes()
    rows = [json.loads(line) for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()]
    return [
        Item(
            str(row.get("id", number)),
            row["title"],
            row.get("text") or "",
            datetime.fromisoformat(row["date"]).replace(tzinfo=UTC),
            row.get("url"),
        )
        for number, row in enumerate(rows)
    ]


def best_f1(truth: Sequence[int], scores: Sequence[float]) -> float:
    precision, recall, _ = precision_recall_curve(truth, scores)
    return float(np.max(2 * precision * recall / np.maximum(precision + recall, 1e-9)))


def bcubed(truth: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """BCubed precision, recall and F1 over the items of `truth` (Bagga & Baldwin 1998)."""
    real: dict[str, set[str]] = defaultdict(set)
    made: dict[str, set[str]] = defaultdict(set)
    for item, story in truth.items():
        real[story].add(item)
        made[found[item]].add(item)
    shared = [
        (len(real[truth[item]] & made[found[item]]), len(made[found[item]]), len(real[truth[item]])) for item in truth
    ]
    precision = float(np.mean([both / of for both, of, _ in shared]))
    recall = float(np.mean([both / of for both, _, of in shared]))
    return precision, recall, 2 * precision * recall / (precision + recall)


def stories(items: Sequence[Item], readings: int = 0, language: str = LANGUAGE) -> dict[str, str]:
    """Story id by item, by the shipped model; an item without a story is one of its own. At most `readings` are embedded."""
    articles = [StoryInput(item.id, item.title, item.text, language, "stream", item.day) for item in items]
    found = {item.id: f"alone:{item.id}" for item in items}
    for story in assign(articles, StoryState(), readings).stories:
        found |= dict.fromkeys(story.articles, story.id)
    return found


def nearest_neighbour(items: Sequence[Item], threshold: float, days: int = 7) -> dict[str, str]:
    """Plain TF-IDF: each item joins the story of the most similar earlier one of the last days, if similar enough."""
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(
        f"{item.title} {item.text}" for item in items
    )
    order = sorted(range(len(items)), key=lambda at: (items[at].day, at))
    found: dict[str, str] = {}
    times = [items[at].day for at in order]
    begin = 0
    for place, at in enumerate(order):
        while (times[place] - times[begin]).days > days:
            begin += 1
        earlier = order[begin:place]
        best = -1
        if earlier:
            scores = (vectors[earlier] @ vectors[at].T).toarray().ravel()
            best = int(scores.argmax())
        joined = best >= 0 and scores[best] >= threshold
        found[items[at].id] = found[items[earlier[best]].id] if joined else items[at].id
    return found


def tfidf_scores(pairs: Sequence[Pair]) -> list[float]:
    vectors = TfidfVectorizer(sublinear_tf=True).fit_transform(text for pair in pairs for text in pair.texts)
    return np.asarray(vectors[::2].multiply(vectors[1::2]).sum(axis=1)).ravel().tolist()


def meanings(pairs: Sequence[Pair]) -> list[float]:
    """How alike the meanings of each pair are, by the embedding; 0 where it does not read the language."""
    return [Meanings(2).alike(*pair.sketches()) or 0.0 for pair in pairs]


def shipped(pairs: Iterable[Pair]) -> list[float]:
    """Log odds by the shipped models: of an English pair by words and meaning, of others by words alone."""
    return [_shipped(*pair.sketches()) for pair in pairs]


def _shipped(one: Sketch, other: Sketch) -> float:
    words, alike = same_event(one, other), Meanings(2).alike(one, other)
    return words if alike is None else same_meaning(words, alike)


def families(pairs: Sequence[Pair]) -> list[str]:
    """Name the set of pairs that each pair is in: pairs with a common article, directly or through others."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            name = above[name]
        return name

    articles = [pair.id.split("_") for pair in pairs]
    for first, *others in articles:
        for other in others:
            above[top(other)] = top(first)
    return [top(first) for first, *_ in articles]


def cross_validated(pairs: Sequence[Pair], language: str) -> list[str]:
    """AUC and best F1 on the pairs of a language, scored by weights learned without them: mean of rounds and spread.

    By words alone, then by words and meaning: both models are learned without the pairs that they score.
    """
    values = np.array([features(*pair.sketches()) for pair in pairs])
    truth = np.array([int(bool(pair.same)) for pair in pairs])
    grades = np.array([pair.grade for pair in pairs])
    kin = np.array(families(pairs))
    inside = np.flatnonzero([pair.languages[0] == language for pair in pairs])
    alike = np.zeros(len(pairs))
    if language == LANGUAGE:
        alike[inside] = meanings([pairs[at] for at in inside.tolist()])
    rounds = [np.zeros((len(pairs), 2)) for _ in range(ROUNDS)]
    for seed, scores in enumerate(rounds):
        folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
        for _, held in folds.split(values[inside], truth[inside], kin[inside]):
            train = np.flatnonzero(~np.isin(kin, kin[inside[held]]))
            words = regress(values[train], grades[train].tolist()).decision_function(values)
            both, taught = np.column_stack([words, alike]), np.intersect1d(train, inside)
            meaning = regress(both[taught], grades[taught].tolist()).decision_function(both)
            scores[inside[held]] = np.column_stack([words, meaning])[inside[held]]
    told = range(2 if language == LANGUAGE else 1)
    cells = [spread(truth, [scores[:, way] for scores in rounds], inside) for way in told]
    return cells if len(cells) == 2 else [*cells, "-"]


def spread(truth: Any, rounds: Sequence[Any], inside: Any) -> str:
    """Give the mean figures of the rounds and how far they would go if the pairs were drawn anew."""
    rng = np.random.default_rng(0)
    draws = []
    for scores in rounds:
        for _ in range(DRAWS // ROUNDS):
            drawn = rng.choice(inside, len(inside))
            if 0 < truth[drawn].sum() < len(drawn):
                draws.append(figures(truth[drawn].tolist(), scores[drawn].tolist()))
    means = np.mean([figures(truth[inside].tolist(), scores[inside].tolist()) for scores in rounds], axis=0)
    (area, best), (area_spread, best_spread) = means, np.std(draws, axis=0)
    return f"{area:.3f} ±{area_spread:.3f} / {best:.3f} ±{best_spread:.3f}"


def figures(truth: Sequence[int], scores: Sequence[float]) -> tuple[float, float]:
    """Area under the curve and best F1."""
    return float(roc_auc_score(truth, scores)), best_f1(truth, scores)


def pairs_table(pairs: Sequence[Pair]) -> Table:
    graded = [pair for pair in pairs if pair.same is not None]
    alike = [pair for pair in graded if pair.languages[0] == pair.languages[1]]
    table = Table("languages", "pairs", "words, cross-validated", "with meaning", "shipped", "TF-IDF", "meaning alone")
    table.title = "Same-event pairs: AUC / best F1"
    for languages, _ in Counter(pair.languages for pair in [*alike, *graded]).most_common():
        chosen = [pair for pair in graded if pair.languages == languages]
        truth = [int(bool(pair.same)) for pair in chosen]
        learned = languages[0] == languages[1] and min(truth.count(0), truth.count(1)) >= FOLDS
        cells = cross_validated(alike, languages[0]) if learned else ["-", "-"]
        every = (shipped(chosen), tfidf_scores(chosen), meanings(chosen) if set(languages) == {LANGUAGE} else None)
        measurable = len(set(truth)) > 1
        cells += ["{:.3f} / {:.3f}".format(*figures(truth, each)) if each and measurable else "-" for each in every]
        table.add_row("-".join(dict.fromkeys(languages)), str(len(chosen)), *cells)
    return table


def stream_table(items: Sequence[Item]) -> Table:
    counts = Counter(item.url for item in items)
    truth = {item.id: item.url for item in items if item.url and counts[item.url] > 1}
    every = {item.id: item.url for item in items if item.url}
    table = Table("", "precision", "recall", "BCubed F1", "F1 over all items", "items/s")
    table.title = f"Stories on a stream: {len(items)} items, {len(truth)} with a URL that comes again"
    ways: dict[str, Callable[[], dict[str, str]]] = {
        "words alone": partial(stories, items),
        "words and meaning": partial(stories, items, 1_000_000),
    }
    for threshold in (0.2, 0.25, 0.3, 0.35):
        ways[f"TF-IDF, threshold {threshold}"] = partial(nearest_neighbour, items, threshold)
    for name, way in ways.items():
        began = time.process_time()
        found = way()
        speed = len(items) / (time.process_time() - began)
        precision, recall, f1 = bcubed(truth, found)
        table.add_row(
            name, f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}", f"{bcubed(every, found)[2]:.3f}", f"{speed:.0f}"
        )
    return table


def write(path: Path, rows: Iterable[tuple[str, str]]) -> None:
    path.write_text("".join(f"{name}\t{value}\n" for name, value in rows), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, default=PAIRS, help="pairs to score (JSON lines)")
    parser.add_argument("--stream", type=Path, default=STREAM, help="stream to cluster (JSON lines, may be gzip)")
    parser.add_argument("--readings", type=int, default=1_000_000, help="items of the stream embedded at most")
    parser.add_argument("--predict-pairs", type=Path, metavar="OUT", help="write id<TAB>probability, no table")
    parser.add_argument("--predict-stream", type=Path, metavar="OUT", help="write id<TAB>story, no table")
    arguments = parser.parse_args()
    if arguments.predict_pairs:
        pairs = list(read_pairs(arguments.pairs))
        told = zip(pairs, shipped(pairs), strict=True)
        write(arguments.predict_pairs, ((pair.id, f"{probability(odds):.6f}") for pair, odds in told))
    if arguments.predict_stream:
        write(arguments.predict_stream, stories(read_stream(arguments.stream), arguments.readings).items())
    if not (arguments.predict_pairs or arguments.predict_stream):
        console = Console(width=130)
        console.print(pairs_table(list(read_pairs(arguments.pairs))))
        console.print(stream_table(read_stream(arguments.stream)))


if __name__ == "__main__":
    main()
