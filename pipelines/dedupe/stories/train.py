"""Trains what makes two articles one story: `python -m pipelines.dedupe.stories.train PAIRS.jsonl TEXTS.jsonl.gz ...`."""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipelines.dedupe.stories.background import write_background
from pipelines.dedupe.stories.likeness import FEATURES, MEANING, WEIGHTS, Likeness, features
from pipelines.dedupe.stories.meaning import LANGUAGE, Meanings
from pipelines.dedupe.stories.pairs import Pair, read_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["fit", "fit_meaning", "main", "meaning_features", "regress"]

STRENGTH = 1000.0
"""Inverse of the regularisation: seven features and some hundred pairs need little."""

EVEN, STEEPNESS = 2.3, 3.0
"""The grade at which readers are divided, and how fast they agree away from it."""


def fit(pairs: Sequence[Pair]) -> Likeness:
    """Learn the model of words from graded pairs whose two texts are in one language."""
    used = [pair for pair in pairs if pair.languages[0] == pair.languages[1] and pair.grade is not None]
    values = np.array([features(*pair.sketches()) for pair in used])
    return _likeness(regress(values, [float(pair.grade or 0) for pair in used]))


def fit_meaning(pairs: Sequence[Pair], words: Likeness) -> Likeness:
    """Learn how far meaning corrects the log odds of `words`, from the graded pairs in the model's language."""
    used = [pair for pair in pairs if set(pair.languages) == {LANGUAGE} and pair.grade is not None]
    values = np.array([meaning_features(pair, words) for pair in used])
    return _likeness(regress(values, [float(pair.grade or 0) for pair in used]))


def meaning_features(pair: Pair, words: Likeness) -> tuple[float, float]:
    """Give the features of a pair, in the order of `MEANING`."""
    one, other = pair.sketches()
    alike = Meanings(2).alike(one, other)
    if alike is None:
        raise ValueError(f"pair {pair.id} is not {LANGUAGE}: the model reads no other language")
    return words.log_odds(features(one, other)), alike


def regress(values: np.ndarray[Any, np.dtype[np.float64]], grades: Sequence[float]) -> LogisticRegression:
    """Learn from grades as degrees: a pair of grade 2 is more likely one story than not, one of 2.6 is less."""
    degrees = 1 / (1 + np.exp(STEEPNESS * (np.asarray(grades) - EVEN)))
    twice = np.vstack([values, values])
    labels = np.repeat([1, 0], len(values))
    return LogisticRegression(C=STRENGTH, max_iter=5000).fit(twice, labels, np.concatenate([degrees, 1 - degrees]))


def _likeness(model: LogisticRegression) -> Likeness:
    return Likeness(round(float(model.intercept_[0]), 4), tuple(round(float(weight), 4) for weight in model.coef_[0]))


def _texts(pairs: Iterable[Pair], files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Give language and beginning of every text that rarities are counted in; files hold English."""
    for pair in pairs:
        yield from ((language, text[:2500]) for language, text in zip(pair.languages, pair.texts, strict=True))
    for path in files:
        data = path.read_bytes()
        for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines():
            row = json.loads(line)
            yield "en", f"{row.get('title') or ''} {(row.get('text') or row.get('body') or '')[:2500]}"


def main() -> None:
    """Write the background and the weights beside the code that reads them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path, help="graded pairs (SemEval-2022 Task 8 as JSON lines)")
    parser.add_argument("texts", type=Path, nargs="*", help="English texts, JSON lines with title and text or body")
    arguments = parser.parse_args()
    pairs = list(read_pairs(arguments.pairs))
    write_background(_texts(pairs, arguments.texts))
    words = fit(pairs)
    models = (("words", words, FEATURES), ("meaning", fit_meaning(pairs, words), MEANING))
    document = {
        name: {"bias": model.bias, "weights": dict(zip(values, model.weights, strict=True))}
        for name, model, values in models
    }
    WEIGHTS.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
