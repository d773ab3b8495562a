"""The two or three sentences that carry an article, in its own words and order."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING

from pipelines.classify.sentences import Sentence, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["summarise"]

MOST_SENTENCES = 32
"""Sentences considered: what carries a news article stands in its first pages; the rest only costs time."""
LONG_LINE = 40
"""Characters from which a line that does not end as a sentence is none of a menu's or a list's."""
SHORT_ARTICLE = 120
"""Words under which two sentences do."""
MOST_WORDS = 100
"""Words of a summary: three sentences of a plain style."""
REPEATED = 0.6
"""Share of a sentence's words said already, from which it adds nothing."""

WORD = re.compile(r"\w+")
LONG_WORD = re.compile(r"\w{4,}|\d+")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
PROMOTION = re.compile(
    r"https?://|www\.|\b(?:subscribe|newsletter|click here|sign up|read more|follow us|all rights reserved|cookies?"
    r"|affiliate|commission|abonnieren|s'abonner|suscr[ií]b)",
    re.IGNORECASE,
)
POINTERS = frozenset(
    re.findall(
        r"\w+",
        "he she they it this that these those but and or so however also then meanwhile still yet his her their its"
        " er sie es dies das aber doch il elle ce mais pero esto questo ma to ale он она это но",
    )
)
"""A sentence that begins with one of them leans on the one before."""
QUOTE = re.compile(r"^[\"“„«»‘「『]")


def summarise(title: str, body: str, language: str | None) -> tuple[str, ...]:
    """Sentences of `body` that say most of what it says, in its order.

    Each sentence is weighed by what it shares with the headline, by how much of the article's vocabulary it carries
    and by its place; later picks must add something new. Two sentences for a short article, else three; fewer where
    the body has no more, none where it has no sentence. Headings, promotion and fragments are never picked.
    """
    found = list(islice((s for s in sentences(body, language) if _prose(s.text)), MOST_SENTENCES))
    if not found:
        # Some sites leave out full stops, some scripts have none: a long line does as well.
        found = list(islice((s for s in sentences(body, language) if len(s.text) >= LONG_LINE), MOST_SENTENCES))
    if not found:
        return ()
    words = [_words(sentence.text) for sentence in found]
    count = 2 if sum(map(len, words)) < SHORT_ARTICLE else 3
    weights = _weights(_words(title), found, words)
    return tuple(found[number].text for number in _pick(weights, words, found, count))


def _prose(text: str) -> bool:
    """Whether a sentence is one: it ends as sentences do, and is more than a fragment."""
    if text[-1] in ".!?…\"”»’)'":
        return text.count(" ") >= 4 or (not text.isascii() and UNSPACED.search(text) is not None)
    return text[-1] in "。！？」』؟۔।" and len(text) >= 12


def _words(text: str) -> frozenset[str]:
    """Content words, cut to six letters in place of a stemmer; pairs of characters in a script without spaces."""
    if not text.isascii() and UNSPACED.search(text):
        bare = "".join(WORD.findall(text))
        return frozenset(bare[at : at + 2] for at in range(len(bare) - 1))
    return frozenset([word[:6] for word in LONG_WORD.findall(text.lower())])


def _weights(title: frozenset[str], found: Sequence[Sentence], words: Sequence[frozenset[str]]) -> list[float]:
    frequency = Counter(chain.from_iterable(words))
    worth = {word: math.log(times) for word, times in frequency.items() if times > 1}
    return [
        _weight(title, sentence.text, number, each, worth)
        for number, (sentence, each) in enumerate(zip(found, words, strict=True))
    ]


def _weight(title: frozenset[str], text: str, number: int, words: frozenset[str], worth: dict[str, float]) -> float:
    if not words:
        return 0.0
    about = len(words & title) / math.sqrt(len(title) + 1)
    carried = sum([worth[word] for word in words if word in worth]) / (len(words) + 4)
    place = 1.0 / (1 + number)
    weight = 0.5 * about + 0.6 * carried + 1.2 * place
    if number and (first := WORD.match(text)) and first.group().lower() in POINTERS:
        weight *= 0.7
    if QUOTE.match(text) or text.endswith("?"):
        weight *= 0.6
    length = len(text)
    return weight * (0.7 if length < 60 or length > 320 else 1.0)


def _pick(
    weights: Sequence[float], words: Sequence[frozenset[str]], found: Sequence[Sentence], count: int
) -> Iterable[int]:
    picked: list[int] = []
    said: set[str] = set()
    length = 0
    for number in sorted(range(len(weights)), key=lambda n: (-weights[n], n)):
        text = found[number].text
        size = text.count(" ") + 1
        if picked and (length + size > MOST_WORDS or len(words[number] & said) > REPEATED * len(words[number])):
            continue
        if PROMOTION.search(text):
            continue
        picked.append(number)
        said |= words[number]
        length += size
        if len(picked) == count:
            break
    return sorted(picked)
