"""Counts how rare words are, in texts of several languages, and writes the background that sketches weigh by."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING
from zlib import crc32

from pipelines.dedupe.stories.sketch import BACKGROUND, PLACES, STEPS, UNSEEN, terms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["write_background"]


def write_background(texts: Iterable[tuple[str, str]], path: Path = BACKGROUND) -> None:
    """Write the inverse document frequency of every place, one byte each, from pairs of language and text.

    Each language is counted by itself and a place takes its commonest use, so that the small words of a language with
    few texts are common, too. No text can be read back from it.
    """
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    sizes: Counter[str] = Counter()
    for language, text in texts:
        sizes[language] += 1
        counts[language].update({crc32(term.encode()) & (PLACES - 1) for term in terms(text)})
    rarities = [UNSEEN] * PLACES
    for language, places in counts.items():
        for place, count in places.items():
            rarities[place] = min(rarities[place], math.log((sizes[language] + 1) / (count + 1)) + 1)
    path.write_bytes(bytes(min(255, round(rarity * STEPS)) for rarity in rarities))
