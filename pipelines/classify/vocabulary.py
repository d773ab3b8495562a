"""Looks terms up in a model's features, and lays a text out as the numbers that the model weighs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipelines.classify.features import term_hash
from pipelines.classify.pieces import pieces

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from pipelines.classify.features import Features

__all__ = ["Vector", "Vocabulary"]

_REMEMBERED = 60_000
"""Words whose features are kept at hand: a day's news uses fewer; they take 30 MB."""
_HIT_SCALE = 0.3
"""Weight of the counts of listed terms beside the rest, whose length is 1; measured in cross-validation."""


class _Word(NamedTuple):
    """What a model knows of a word."""

    row: int
    pieces: NDArray[np.intp]
    topics: tuple[int, ...]


class Vector(NamedTuple):
    """A text as the model sees it: TF-IDF with sublinear counts, terms and pieces each of length 1."""

    terms: list[str]
    """The text's distinct words and pairs that the model knows, words first."""
    rows: NDArray[np.intp]
    """The feature of each of `terms`; -1 for a word known by its pieces or as a listed term only."""
    values: NDArray[np.float32]
    """The value of each of `rows`; 0 where it is -1."""
    piece_rows: NDArray[np.intp]
    """Features of the pieces of words, ascending, each once."""
    piece_values: NDArray[np.float32]
    """Their values."""
    piece_at: NDArray[np.intp]
    """For each piece of each word, in the words' order, its index in `piece_rows`."""
    piece_ends: NDArray[np.intp]
    """For each word, where its pieces end in `piece_at`."""
    listed: dict[str, tuple[int, ...]]
    """The listed terms that stand in the text, with the topics that list them."""
    hits: NDArray[np.float32]
    """How many listed terms of each topic stand in the headline, then in the body; logarithmic."""


class Vocabulary:
    """The features of one model, with a memory for the words met lately."""

    def __init__(
        self,
        keys: NDArray[np.uint32],
        idf: NDArray[np.float32],
        listed: Iterable[tuple[int, int]],
        topics: int,
    ) -> None:
        """Take the hashes of the features with their rarity, and for each listed term its hash and its topic."""
        self.idf = idf
        self.topics = topics
        self._keys = keys
        self._rows = {key: row for row, key in enumerate(keys.tolist())}
        found: dict[int, list[int]] = defaultdict(list)
        for term, topic in listed:
            found[term].append(topic)
        self._listed = {term: tuple(each) for term, each in found.items()}
        self._words: dict[str, _Word] = {}
        self.dim = len(keys) + 2 * topics

    def _look_up(self, words: Collection[str]) -> list[_Word]:
        """Look words up; those not met lately all at once."""
        new = [word for word in words if word not in self._words]
        if new:
            if len(self._words) + len(new) > _REMEMBERED:
                self._words.clear()
                new = list(words)
            self._words |= self._read(new)
        return [self._words[word] for word in words]

    def _read(self, words: Sequence[str]) -> dict[str, _Word]:
        sums, of = pieces(words)
        rows = np.searchsorted(self._keys, sums)
        known = self._keys[np.minimum(rows, len(self._keys) - 1)] == sums
        # A word's number in front makes one ascending list of each word's rows, each once.
        found = np.unique(of[known] * len(self._keys) + rows[known])
        ends = np.searchsorted(found, np.arange(1, len(words) + 1) * len(self._keys)).tolist()
        found %= len(self._keys)
        read, begin = {}, 0
        for word, end in zip(words, ends, strict=True):
            key = term_hash(word)
            read[word] = _Word(self._rows.get(key, -1), found[begin:end], self._listed.get(key, ()))
            begin = end
        return read

    def vector(self, read: Features) -> Vector:
        """Lay a text out."""
        words = self._look_up(read.words)
        pairs = [(pair, term_hash(pair)) for pair in read.pairs]
        known = [(pair, self._rows[key]) for pair, key in pairs if key in self._rows]
        rows = np.array([word.row for word in words] + [row for _, row in known], dtype=np.intp)
        counts = np.array([*read.words.values(), *(read.pairs[pair] for pair, _ in known)], dtype=np.float32)
        values = np.where(rows >= 0, (1 + np.log(counts)) * self.idf[rows], 0) if len(rows) else counts
        listed = {word: found.topics for word, found in zip(read.words, words, strict=True) if found.topics}
        listed |= {pair: self._listed[key] for pair, key in pairs if key in self._listed}
        lengths = [len(word.pieces) for word in words]
        ends = np.cumsum(np.array(lengths, dtype=np.intp))
        flat = np.concatenate([word.pieces for word in words]) if words else np.zeros(0, dtype=np.intp)
        times = np.repeat(counts[: len(words)], lengths)
        piece_rows, piece_at = _distinct(flat, len(self._keys))
        piece_counts = np.bincount(piece_at, times, len(piece_rows))
        return Vector(
            [*read.words, *(pair for pair, _ in known)],
            rows,
            _unit(values),
            piece_rows,
            _unit((1 + np.log(piece_counts)) * self.idf[piece_rows]),
            piece_at,
            ends,
            listed,
            self._hits(read, listed),
        )

    def _hits(self, read: Features, listed: dict[str, tuple[int, ...]]) -> NDArray[np.float32]:
        """Count the listed terms; one that several topics list counts a share for each."""
        found = [0.0] * (2 * self.topics)
        for first, terms in ((0, read.head), (self.topics, read.body)):
            for term, topics in listed.items():
                if term in terms:
                    for topic in topics:
                        found[first + topic] += 1 / len(topics)
        return (_HIT_SCALE * np.log1p(found)).astype(np.float32)


def _distinct(rows: NDArray[np.intp], size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the distinct rows, ascending, and for each of `rows` its place among them; all are under `size`."""
    met = np.zeros(size, dtype=np.bool_)
    met[rows] = True
    distinct = np.flatnonzero(met)
    place = np.empty(size, dtype=np.intp)
    place[distinct] = np.arange(len(distinct))
    return distinct, place[rows]


def _unit(values: NDArray[np.floating]) -> NDArray[np.float32]:
    length = float(np.sqrt((values**2).sum())) or 1.0
    return (values / length).astype(np.float32)
