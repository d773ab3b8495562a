"""Where a page names its own site: a pitch for the site stands among the paragraphs, looks like one, and names it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
import tldextract

from pipelines.extract.judging.places import NAMES as PLACES
from pipelines.extract.judging.places import PROSE_CHARS, PROSE_LINK_SHARE
from pipelines.extract.judging.signals import NAMES as SIGNALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["NAMES", "own_name", "site_letters", "times_named"]

NAMES = ("named", "page_named")
# Fewer letters stand in too many texts by chance.
LEAST_LETTERS = 4

# The list that came with the package: no request, and the same on every machine.
_EXTRACT = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
_CHARS, _LINK_SHARE = SIGNALS.index("chars"), SIGNALS.index("link_share")
_MAIN_INSIDE = PLACES.index("main_inside")
_PROSE = np.float32(np.log1p(PROSE_CHARS))


def own_name(
    own: NDArray[np.float32], stands: NDArray[np.float32], said: Sequence[list[str]], url: str
) -> NDArray[np.float32]:
    """Describe each block of the page fetched from `url` by a row of columns as in `NAMES`.

    `named` counts how often the block names the site as its address does; `page_named` is the share of the main text's
    paragraphs that do. `own` and `stands` are the blocks' signals and places, `said` their words.
    """
    found = np.zeros((len(said), len(NAMES)), np.float32)
    name = site_letters(url)
    if not name:
        return found
    found[:, 0] = [times_named(words, name) for words in said]
    prose = (own[:, _CHARS] >= _PROSE) & (own[:, _LINK_SHARE] < PROSE_LINK_SHARE)
    main = prose & (stands[:, _MAIN_INSIDE] > 0)
    if main.any():
        found[:, 1] = (found[main, 0] > 0).mean()
    return found


@lru_cache(maxsize=64)
def site_letters(url: str) -> str:
    """Give letters and digits of what stands before the public suffix of an address; empty where they are too few to be a name.

    So they are where there is no public suffix, as in a number of a host.
    """
    found = _EXTRACT(url)
    letters = re.sub(r"[\W_]", "", found.domain.lower()) if found.suffix else ""
    return letters if len(letters) >= LEAST_LETTERS else ""


def times_named(words: list[str], name: str) -> int:
    """Count where whole words, written together, are a name: `harbourpost` is "Harbour Post"."""
    letters = "".join(words)
    if name not in letters:
        return 0
    borders = set(accumulate(map(len, words), initial=0))
    starts = [match.start() for match in re.finditer(re.escape(name), letters)]
    return sum(start in borders and start + len(name) in borders for start in starts)
