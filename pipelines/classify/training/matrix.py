"""Lays texts out as the rows of a matrix, by the very code that classification uses."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

from pipelines.classify.features import read, term_hash, words
from pipelines.classify.pieces import pieces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from pipelines.classify.features import Features
    from pipelines.classify.vocabulary import Vocabulary

__all__ = ["features_of", "keys_of", "listed_of", "matrix"]

_LEAST = 2
"""Texts that must have a feature: one that a single text has teaches that text only."""


def features_of(texts: Sequence[tuple[str, str]]) -> list[Features]:
    """Read the terms of headlines and bodies."""
    return [read(title, body) for title, body in texts]


def keys_of(texts: Sequence[Features]) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Choose the features worth knowing, and tell their rarity (smoothed inverse document frequency)."""
    counts: Counter[int] = Counter()
    for text in texts:
        found, _ = pieces(list(text.words))
        counts.update({*(term_hash(term) for term in (*text.words, *text.pairs)), *found.tolist()})
    kept = sorted(key for key, count in counts.items() if count >= _LEAST)
    frequency = np.array([counts[key] for key in kept], dtype=np.float32)
    idf = np.log((1 + len(texts)) / (1 + frequency)) + 1
    # As the file keeps them: what is learned here is then exactly what is used there.
    return np.array(kept, dtype=np.uint32), idf.astype(np.float16).astype(np.float32)


def listed_of(terms: Mapping[str, Sequence[str]], topics: Sequence[str]) -> NDArray[np.uint32]:
    """Give the hash and the topic's index of each listed term."""
    pairs = {
        (term_hash(" ".join(words(term))), topics.index(topic))
        for topic, names in terms.items()
        for term in names
        if words(term)
    }
    return np.array(sorted(pairs), dtype=np.uint32).reshape(-1, 2)


def matrix(texts: Sequence[Features], vocabulary: Vocabulary) -> csr_matrix:
    """Lay the texts out: a column for each feature, then one for each topic's terms in headline and in body."""
    rows, columns, values = [], [], []
    size = vocabulary.dim - 2 * vocabulary.topics
    for number, text in enumerate(texts):
        seen = vocabulary.vector(text)
        known = seen.rows >= 0
        hits = np.flatnonzero(seen.hits)
        columns += [seen.rows[known], seen.piece_rows, size + hits]
        values += [seen.values[known], seen.piece_values, seen.hits[hits]]
        rows.append(np.full(int(known.sum()) + len(seen.piece_rows) + len(hits), number))
    made = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    return csr_matrix(made, shape=(len(texts), vocabulary.dim), dtype=np.float32)
