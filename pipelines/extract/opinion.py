"""A second opinion: which blocks another reader, resiliparse, takes for main content.

Its rules look at a page from another side than the block model does, and cost a tenth of what trafilatura's do; what it
keeps is a feature, never a verdict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipelines.extract.blocks import Outline

__all__ = ["NAMES", "opinion"]

NAMES = ("main", "main_page")


def opinion(text: str, outline: Outline) -> NDArray[np.float32]:
    """Describe each block of the page whose decoded markup is `text` by a row of columns as in `NAMES`.

    `main` is 1 where the block's text, white space aside, stands in what the reader keeps; `main_page` is the share of
    the page's characters that it keeps.
    """
    said = extract_plain_text(HTMLTree.parse(text), main_content=True, alt_texts=False, list_bullets=False)
    whole = "".join(said.split())
    packed = [block.text.replace(" ", "") for block in outline.blocks]
    found = np.zeros((len(packed), len(NAMES)), np.float32)
    found[:, 0] = [line in whole for line in packed]
    sizes = np.array([len(line) for line in packed], dtype=np.float32)
    found[:, 1] = float(sizes @ found[:, 0]) / max(float(sizes.sum()), 1.0)
    return found
